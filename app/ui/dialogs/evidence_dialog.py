"""佐证材料: the indicators at the left, the files of one of them at the right.

Decides how both look and what may be asked for; the controller does it, and shows the form again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.form.form import Form
from app.form.rows import Evidence
from app.form.tree import tree_rows
from app.models.evidence.keeping import Condition
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import size_window

HEADINGS: Final = ("材料名称", "大小", "状态", "备注")
WIDTHS: Final = (20, 6, 7)  # in 汉字; the last one takes what is left
LEFT: Final = 17
SIZE: Final = (64, 26)  # in 汉字 and lines
NOTE: Final = HEADINGS.index("备注")
ROLE: Final = Qt.ItemDataRole.UserRole
WHOLE_FORM: Final = "整张表"
STATES: Final = {
    Condition.SOUND: "完好",
    Condition.MISSING: "⚠ 不见了",
    Condition.ALTERED: "⚠ 被改动",
    Condition.UNREADABLE: "⚠ 读不出",
}
HINT: Final = "可以把文件拖到这里。双击名称打开，双击备注填写；文件存入数据文件夹，以后不受原文件移动或修改的影响。"
LOCKED: Final = "这份表已经定稿或只读打开，佐证材料只能查看；需要修改请先取消定稿，或照窗口上方的提示做"
_UNITS: Final = ((1024 * 1024, "MB"), (1024, "KB"))


class EvidenceDialog(QDialog):
    """Shows a form's 佐证材料.

    ``add_asked(indicator, paths)``, without paths: which files is still to be asked; ``remove_asked(keys)``;
    ``open_asked(key)``, ``save_asked(key)``, ``noted(key, text)`` for one file; ``undo_asked`` for Ctrl+Z.
    """

    add_asked = Signal(str, object)
    remove_asked = Signal(object)
    open_asked = Signal(str)
    save_asked = Signal(str)
    noted = Signal(str, str)
    undo_asked = Signal()

    def __init__(self, form: Form, indicator: str, *, is_locked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("佐证材料")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAcceptDrops(not is_locked)
        self._is_locked = is_locked
        self._form = form
        self._conditions: Mapping[str, Condition] = {}
        self.holders = QListWidget()
        self.holders.setAccessibleName("指标")
        self.files = QTreeWidget()
        self.files.setAccessibleName("材料")
        self.problems = make_label(LOCKED if is_locked else HINT)
        self.add_button = QPushButton("添加(&A)…")
        self.remove_button = QPushButton("移除(&R)")
        self.open_button = QPushButton("打开(&O)")
        self.save_button = QPushButton("另存为(&S)…")
        self._lay_out()
        self._connect()
        self.show_form(form, {})
        self._choose(indicator)
        self.holders.setFocus()

    def _lay_out(self) -> None:
        self.files.setHeaderLabels(HEADINGS)
        self.files.setRootIsDecorated(False)
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.files.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.holders.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the count stands at the end
        self.holders.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        letter = self.fontMetrics().horizontalAdvance("国")
        header = self.files.header()
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, width * letter)
        header.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        self.problems.setWordWrap(True)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for button in (self.add_button, self.remove_button, self.open_button, self.save_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        right = QWidget()
        column_of_files = QVBoxLayout(right)
        column_of_files.setContentsMargins(0, 0, 0, 0)
        column_of_files.addWidget(self.files, 1)
        column_of_files.addWidget(self.problems)
        panes = QSplitter()
        panes.addWidget(self.holders)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        panes.setSizes((LEFT * letter, (SIZE[0] - LEFT) * letter))
        outer = QVBoxLayout(self)
        outer.addWidget(panes, 1)
        outer.addLayout(buttons)
        size_window(self, *SIZE)

    def _connect(self) -> None:
        self.holders.currentItemChanged.connect(lambda: self._show_files())  # noqa: PLW0108  # Qt would hand over items
        self.files.itemSelectionChanged.connect(self._update_buttons)
        self.files.itemDoubleClicked.connect(self._on_double_clicked)
        self.files.itemChanged.connect(self._on_item_changed)
        self.add_button.clicked.connect(lambda: self.add_asked.emit(self.indicator, []))
        self.remove_button.clicked.connect(self._ask_removal)
        self.open_button.clicked.connect(lambda: self.open_asked.emit(self.chosen()[0]))
        self.save_button.clicked.connect(lambda: self.save_asked.emit(self.chosen()[0]))
        inside = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence("F2"), self.files, self._edit_note, context=inside)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.files, self._ask_removal, context=inside)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo_asked.emit)

    @property
    def indicator(self) -> str:
        """The key of the indicator whose files are shown, "" for the whole form."""
        item: QListWidgetItem | None = self.holders.currentItem()  # the stubs forget that there may be none
        return str(item.data(ROLE)) if item is not None else ""

    def chosen(self) -> tuple[str, ...]:
        """The keys of the selected files, from the top."""
        items = (self.files.topLevelItem(number) for number in range(self.files.topLevelItemCount()))
        return tuple(item.data(0, ROLE) for item in items if item is not None and item.isSelected())

    def show_form(self, form: Form, conditions: Mapping[str, Condition]) -> None:
        """Show the form as it is now; ``conditions`` by the digests of the files. What was chosen stays so."""
        self._form, self._conditions = form, conditions
        rows = [row.indicator for row in tree_rows(form) if row.indicator is not None]
        holders = [("", WHOLE_FORM), *((row.key, f"{number}. {row.name}") for number, row in enumerate(rows, 1))]
        before = self.indicator
        self.holders.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.holders.clear()
        for key, title in holders:
            item = QListWidgetItem(self._describe(key, " ".join(title.split())))
            item.setData(ROLE, key)
            item.setToolTip(plain_tip(item.text()))
            self.holders.addItem(item)
        self._choose(before)
        self.holders.blockSignals(False)  # noqa: FBT003  # the same
        self._show_files()

    def _describe(self, key: str, title: str) -> str:
        rows = self._rows(key)
        is_wanting = not rows and key in self._form.template.evidence
        is_bad = any(self._condition(row) is not Condition.SOUND for row in rows)
        return f"{'⚠ ' if is_bad else ''}{title}（{len(rows)}{'，要求列明' if is_wanting else ''}）"

    def _rows(self, key: str) -> tuple[Evidence, ...]:
        return tuple(row for row in self._form.evidence if row.indicator == key)

    def _condition(self, row: Evidence) -> Condition:
        return self._conditions.get(row.sha256, Condition.SOUND)

    def _choose(self, key: str) -> None:
        items = [self.holders.item(number) for number in range(self.holders.count())]
        self.holders.setCurrentItem(next((item for item in items if item.data(ROLE) == key), items[0]))

    def _show_files(self) -> None:
        kept = self.chosen()
        rows = self._rows(self.indicator)
        self.files.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.files.clear()
        for row in rows:
            item = QTreeWidgetItem([row.name, show_size(row.size), STATES[self._condition(row)], row.note])
            item.setData(0, ROLE, row.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            for column, text in enumerate((row.name, f"{row.size} 字节", self._sentence(row), row.note)):
                item.setToolTip(column, plain_tip(text))
            self.files.addTopLevelItem(item)
            item.setSelected(row.key in kept)
        self.files.blockSignals(False)  # noqa: FBT003  # the same
        found = [sentence for sentence in map(self._sentence, rows) if sentence]
        self.problems.setText("\n".join(found) or (LOCKED if self._is_locked else HINT))
        self._update_buttons()

    def _sentence(self, row: Evidence) -> str:
        return self._condition(row).value.format(name=row.name)

    def _update_buttons(self) -> None:
        count = len(self.chosen())
        self.add_button.setEnabled(not self._is_locked)
        self.remove_button.setEnabled(not self._is_locked and count > 0)
        self.open_button.setEnabled(count == 1)
        self.save_button.setEnabled(count == 1)

    def _ask_removal(self) -> None:
        if self.chosen() and not self._is_locked:
            self.remove_asked.emit(self.chosen())

    def _on_double_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column != NOTE:
            self.open_asked.emit(item.data(0, ROLE))
        elif not self._is_locked:
            self.files.editItem(item, NOTE)

    def _edit_note(self) -> None:
        items = self.files.selectedItems()
        if items and not self._is_locked:
            self.files.editItem(items[0], NOTE)

    def _on_item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == NOTE:
            key, text = item.data(0, ROLE), item.text(NOTE)
            QTimer.singleShot(0, self, lambda: self.noted.emit(key, text))  # the editor is still closing

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: files were dropped, onto an indicator or for the one that is shown."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        spot = self.holders.viewport().mapFrom(self, event.position().toPoint())
        item: QListWidgetItem | None = self.holders.itemAt(spot)  # the stubs forget that there may be none
        if item is not None and self.holders.viewport().rect().contains(spot):
            self.holders.setCurrentItem(item)
        if paths:
            event.acceptProposedAction()
            self.add_asked.emit(self.indicator, paths)


def show_size(size: str) -> str:
    """A size in bytes as people read it."""
    count = int(size) if size.isdecimal() else 0
    for unit, name in _UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} 字节"
