"""The list of stored forms by unit and year, with search, and buttons, keys and a context menu for whole forms."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.editing.forms import is_example
from app.models.state import FormEntry
from app.ui.faces.naming import name_unit, name_year
from app.ui.look.buttons import bar_button
from app.ui.look.labels import plain_tip
from app.ui.look.spacing import set_spaces
from app.ui.menus import connected
from app.ui.table.empty_note import Emptiness

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole
NO_FORMS: Final = "还没有自评价表。点下面的“新建”，或在“文件 → 开始页”里选择。"
NO_HIT: Final = "没有找到“{text}”。请换一个词，或清空上面的查找框。"


class FormsPanel(QWidget):
    """Renders form entries; says what the user asked for, and ``listed(entries)`` when they are others."""

    open_asked = Signal(int)
    new_asked = Signal()
    copy_asked = Signal(object)
    delete_asked = Signal(object)
    listed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[FormEntry, ...] = ()
        self._open: int | None = None
        self._is_open_for_writing = True
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找单位或年度")
        self.search.setAccessibleName("查找单位或年度")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_searched)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("自评价表列表")
        self.tree.setObjectName("formList")
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.itemActivated.connect(self._on_activated)
        self.tree.itemClicked.connect(self._on_activated)
        self.tree.currentItemChanged.connect(lambda *_: self._update_buttons())
        self._new = self._button("新建", "new", "新建一份自评价表（Ctrl+N）", self.new_asked.emit)
        self._copy = self._button(
            "复制", "copy", "把选中的表复制为另一年度", lambda: self.copy_asked.emit(self.current_entry())
        )
        self._delete = self._button(
            "删除", "delete", "删除选中的表（会先询问）", lambda: self.delete_asked.emit(self.current_entry())
        )
        self._entry_actions = (
            self._add_action("打开", lambda: self._on_activated(self.tree.currentItem())),
            self._add_action("复制…", self._copy.click),
            self._add_action("删除…", self._delete.click, QKeySequence.StandardKey.Delete),
        )
        self._none = Emptiness(self.tree)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._lay_out()
        self._update_buttons()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self._new, self._copy, self._delete):
            row.addWidget(button)
        row.addStretch(1)
        set_spaces(row, (0, 0, 0, 0), 1)
        column = QVBoxLayout(self)
        set_spaces(column, (3, 3, 2, 3), 2)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addLayout(row)

    def close_for_writing(self) -> None:
        """Forms can be opened only."""
        self._is_open_for_writing = False
        self._new.setEnabled(False)
        self._update_buttons()

    def show_entries(self, entries: Sequence[FormEntry], current: int | None) -> None:
        """Show the stored forms, units in their order, and which one is open."""
        self._entries, self._open = tuple(entries), current
        self.tree.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.tree.clear()
        units: dict[str, QTreeWidgetItem] = {}
        for entry in entries:
            if entry.unit not in units:
                units[entry.unit] = QTreeWidgetItem(self.tree, [name_unit(entry.unit)])
                units[entry.unit].setToolTip(0, plain_tip(entry.unit))
                units[entry.unit].setExpanded(True)
            item = QTreeWidgetItem(units[entry.unit], [_title(entry, _copy_number(entry, entries))])
            item.setData(0, ENTRY_ROLE, entry)
            item.setToolTip(
                0, plain_tip(f"{entry.template_name}\n最后修改 {entry.edited_at.astimezone():%Y-%m-%d %H:%M}")
            )
            if entry.id == current:
                self.tree.setCurrentItem(item)
        self.tree.blockSignals(False)  # noqa: FBT003  # the same
        self._filter(self.search.text())
        self._explain()
        self._update_buttons()
        self.listed.emit(self._entries)

    def rename_open(self, unit: str, year: str) -> None:
        """The open form is called otherwise now; what is stored follows by itself."""
        entries = [replace(each, unit=unit, year=year) if each.id == self._open else each for each in self._entries]
        if tuple(entries) != self._entries:
            self.show_entries(entries, self._open)

    def current_entry(self) -> FormEntry | None:
        """The form that is selected in the list."""
        item: QTreeWidgetItem | None = self.tree.currentItem()  # the stubs forget that there may be none
        return item.data(0, ENTRY_ROLE) if item is not None else None

    def _button(self, text: str, name: str, hint: str, ask: object) -> QToolButton:
        button = bar_button(text, name, hint)
        button.clicked.connect(ask)
        return button

    def _add_action(
        self, text: str, act: Callable[[], object], keys: QKeySequence.StandardKey | None = None
    ) -> QAction:
        """An entry of the list's context menu, with a key that works in the list alone."""
        action = connected(QAction(text, self.tree), act, keys or "")
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.tree.addAction(action)
        return action

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        entry: FormEntry | None = item.data(0, ENTRY_ROLE)
        if entry is not None:
            self.open_asked.emit(entry.id)

    def _update_buttons(self) -> None:
        opening, *writing = self._entry_actions
        has_entry = self.current_entry() is not None
        opening.setEnabled(has_entry)
        may_write = has_entry and self._is_open_for_writing
        for button in (self._copy, self._delete):
            button.setEnabled(may_write)
        for action in writing:
            action.setEnabled(may_write)

    def _on_searched(self, text: str) -> None:
        self._filter(text)
        self._explain()

    def _filter(self, text: str) -> None:
        words = text.split()
        for number in range(self.tree.topLevelItemCount()):
            unit = self.tree.topLevelItem(number)
            if unit is not None:
                forms = [unit.child(place) for place in range(unit.childCount())]
                for form in forms:
                    form.setHidden(not all(word in f"{unit.text(0)} {form.text(0)}" for word in words))
                unit.setHidden(all(form.isHidden() for form in forms))

    def _explain(self) -> None:
        """Why the list is empty, where it is."""
        tops = [self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount())]
        is_shown = any(top is not None and not top.isHidden() for top in tops)
        self._none.say("" if is_shown else NO_HIT.format(text=self.search.text().strip()) if tops else NO_FORMS)


def _title(entry: FormEntry, number: int) -> str:
    example = "（样例）" if is_example(entry) else ""
    copy = f"（第 {number} 份）" if number > 1 else ""
    final = "（已定稿）" if entry.final is not None else ""
    return f"{name_year(entry.year)}{example}{copy}{final}"


def _copy_number(entry: FormEntry, entries: Sequence[FormEntry]) -> int:
    """Which of the forms of the same unit and year it is, from 1 in the order they were made."""
    return sum((each.unit, each.year) == (entry.unit, entry.year) and each.id <= entry.id for each in entries)
