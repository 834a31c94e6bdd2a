"""备份与恢复: the backups there are, and what is in the chosen one.

Decides how both look; the controller does what is asked for. Figures are computed one form at a time, so that a backup of
many forms shows at once.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.models.safety.backups import Backup, Contents, Reason
from app.ui.faces.explain import show_figure
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import size_window

HEADINGS: Final = ("时间", "原因", "大小", "校验")
CONTENTS: Final = ("单位", "年度", "得分", "等级")
REASONS: Final = {
    Reason.START: "打开程序后",
    Reason.INTERVAL: "定时（每 30 分钟）",
    Reason.MIGRATION: "升级数据格式前",
    Reason.IMPORT: "导入前",
    Reason.DELETE: "删除前",
    Reason.RESTORE: "恢复备份前",
    Reason.MANUAL: "立即备份",
    Reason.DAMAGED: "保留损坏的内容",
}
VERIFIED: Final = {True: "✓ 已校验", False: "⚠ 未通过校验"}
NOTHING: Final = "还没有备份。内容有变化时，程序会自动备份。"
CHOOSE: Final = "选中一个备份，点“查看内容”看其中有哪些表。"
PENDING: Final = "…"
KIB: Final = 1024
WIDE: Final = 66  # in 汉字
HIGH: Final = 30  # lines


class BackupsDialog(QDialog):
    """Shows backups. Every signal with a name is about the chosen one."""

    backup_asked = Signal()
    folder_asked = Signal()
    preview_asked = Signal(str)
    restore_asked = Signal(str)
    copy_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("备份与恢复")
        self._backups: tuple[Backup, ...] = ()
        self._uncomputed: list[tuple[int, Form]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._compute_next)
        self.table = make_list(HEADINGS, "备份")
        self.table.itemSelectionChanged.connect(self._on_chosen)
        self.table.itemDoubleClicked.connect(lambda: self._ask(self.preview_asked))
        self.verdict = make_label(CHOOSE, is_wrapped=True)
        self.contents = make_list(CONTENTS, "备份中的表")
        self._needing: list[QPushButton] = []  # a chosen backup
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for text, signal in (
            ("查看内容(&V)", self.preview_asked),
            ("恢复到此备份(&R)…", self.restore_asked),
            ("另存备份到(&S)…", self.copy_asked),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._ask, signal))
            self._needing.append(button)
            row.addWidget(button)
        row.addStretch(1)
        below = QHBoxLayout()
        for text, asked in (("立即备份(&B)", self.backup_asked), ("打开备份文件夹(&O)", self.folder_asked)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(asked)
            below.addWidget(button)
        below.addStretch(1)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 3)
        column.addLayout(row)
        column.addWidget(self.verdict)
        column.addWidget(self.contents, 2)
        column.addLayout(below)
        size_window(self, WIDE, HIGH)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """List the backups, the newest first, and choose that one."""
        self._backups = tuple(backups)
        fill_list(self.table, [describe(backup) for backup in backups])
        self.table.selectRow(0)
        self._on_chosen()

    def chosen(self) -> Backup | None:
        """The chosen backup."""
        row = self.table.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def show_contents(self, name: str, contents: Contents) -> None:
        """What is in a backup, if it is still the chosen one."""
        backup = self.chosen()
        if backup is None or backup.name != name:
            return
        forms = contents.forms
        self.verdict.setText(f"{say_time(backup)} 的备份校验无误，其中有 {len(forms)} 份表：")
        fill_list(self.contents, [(each.entry.unit, each.entry.year, PENDING, PENDING) for each in forms])
        self._uncomputed = [(row, each.form) for row, each in enumerate(forms)]
        self._timer.start(0)

    def show_problem(self, text: str) -> None:
        """Say that something failed."""
        self._forget_contents()
        self.verdict.setText(f"⚠ {text}")

    def _forget_contents(self) -> None:
        self._timer.stop()
        self._uncomputed = []
        self.contents.setRowCount(0)

    def _on_chosen(self) -> None:
        self._forget_contents()
        self.verdict.setText(CHOOSE if self._backups else NOTHING)
        for button in self._needing:
            button.setEnabled(self.chosen() is not None)

    def _ask(self, signal: SignalInstance) -> None:
        backup = self.chosen()
        if backup is not None:
            signal.emit(backup.name)

    def _compute_next(self) -> None:
        """One form's figures."""
        if not self._uncomputed:
            self._timer.stop()
            return
        row, form = self._uncomputed.pop(0)
        assessment = compute_outcome(form).assessment
        for column, text in ((2, show_figure(assessment.scaled_score)), (3, assessment.grade or "—")):
            self.contents.setItem(row, column, QTableWidgetItem(text))


def describe(backup: Backup) -> tuple[str, ...]:
    """A backup as a line of the list."""
    return say_time(backup), REASONS[backup.reason], say_size(backup.size), VERIFIED[backup.is_verified]


def say_time(backup: Backup) -> str:
    """When a backup was made, where the user is."""
    return f"{backup.at.astimezone():%Y-%m-%d %H:%M}"


def say_size(size: int) -> str:
    """A size in bytes as one reads it."""
    return f"{size / KIB:.0f} KB" if size < KIB * KIB else f"{size / KIB / KIB:.1f} MB"


def make_list(headings: Sequence[str], name: str) -> QTableWidget:
    """A table of lines that are chosen whole."""
    table = QTableWidget(0, len(headings))
    table.setHorizontalHeaderLabels(list(headings))
    table.setAccessibleName(name)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)
    return table


def fill_list(table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
    """Show other lines."""
    table.setRowCount(len(lines))
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            table.setItem(row, column, item)
