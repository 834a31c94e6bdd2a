"""历次定稿: the versions of a form, to be looked at, compared field by field, and exported."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.editing.finalising import compare_forms
from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.models.state import Version
from app.review.digest import short_code
from app.ui.asking import show_modal
from app.ui.faces.naming import name_form
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import size_window
from app.ui.pages.page import Page

HEADINGS = ("版本", "定稿时间", "定稿人", "校验码", "取消定稿的原因")
WIDE: Final = 64
HIGH: Final = 30
DIFFERENCES = ("位置", "原来", "现在")


class VersionsDialog(QDialog):
    """Shows versions; ``export_asked(number)`` for one that shall be written to a file."""

    export_asked = Signal(int)

    def __init__(
        self, versions: Sequence[Version], load: Callable[[int], Form], current: Form, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("历次定稿")
        self._versions = versions
        self._load = load
        self._current = current
        self.table = make_table(
            HEADINGS,
            [
                (
                    f"第 {each.number} 版",
                    f"{each.at.astimezone():%Y-%m-%d %H:%M}",
                    each.by,
                    short_code(each.digest),
                    each.reason,
                )
                for each in versions
            ],
        )
        self.table.setAccessibleName("历次定稿")
        self.table.selectRow(0)
        self.other = QComboBox()
        self.other.setAccessibleName("与哪一版比较")
        self.other.addItem("当前内容", None)
        for each in versions:
            self.other.addItem(f"第 {each.number} 版", each.number)
        self.verdict = make_label()
        self.differences = make_table(DIFFERENCES, [])
        self.differences.setAccessibleName("不同之处")
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for text, act in (("查看", self._view), ("导出…", self._export)):
            button = QPushButton(text)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(make_label("与"))
        row.addWidget(self.other)
        compare = QPushButton("比较")
        compare.clicked.connect(self.compare)
        row.addWidget(compare)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.verdict)
        column.addWidget(self.differences, 2)
        column.addWidget(buttons)
        size_window(self, WIDE, HIGH)

    def number(self) -> int:
        """The version that is selected."""
        return self._versions[max(0, self.table.currentRow())].number

    def compare(self) -> None:
        """List what differs between the selected version and the other one."""
        other: int | None = self.other.currentData()
        found = compare_forms(self._load(self.number()), self._current if other is None else self._load(other))
        self.verdict.setText(f"有 {len(found)} 处不同" if found else "内容完全相同")
        fill_table(self.differences, [(each.name, each.before, each.after) for each in found])

    def _export(self) -> None:
        self.export_asked.emit(self.number())

    def _view(self) -> None:
        form = self._load(self.number())
        dialog = QDialog(self)
        dialog.setWindowTitle(f"{name_form(form.cover.unit, form.cover.year)} 第 {self.number()} 版（只能查看）")
        tabs = QTabWidget()
        tabs.tabBar().setAccessibleName("页签")
        outcome = compute_outcome(form)
        for tab in form.template.tabs:
            page = Page(tab)
            page.set_locked(is_locked=True)
            page.show_outcome(outcome)
            tabs.addTab(page, tab.title)
        column = QVBoxLayout(dialog)
        column.addWidget(tabs)
        dialog.resize(self.size())
        show_modal(dialog)


def make_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
    """A read-only table of texts."""
    table = QTableWidget(0, len(headings))
    table.setHorizontalHeaderLabels(list(headings))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    table.verticalHeader().hide()
    table.setWordWrap(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    fill_table(table, rows)
    return table


def fill_table(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Show other rows."""
    table.setRowCount(len(rows))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(number, column, item)
    table.resizeRowsToContents()
