"""What every block that is a table can do: show faces, pass on what is typed, offer the buttons for its rows.

Decides which buttons are possible; sub-classes say which faces there are and what their rows' edits are.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QWidget

from app.editing import edits
from app.editing.rights import can_remove
from app.editing.workspace import Outcome
from app.form.change import Change
from app.form.form import Form, rows_of
from app.form.rows import Place, Section, TableName
from app.ui.face import Faces
from app.ui.pages.block import BlockView
from app.ui.table.view import TableView

ADD: Final = "Ctrl+Ins"
REMOVE: Final = "Ctrl+Del"
UP: Final = "Alt+Up"
DOWN: Final = "Alt+Down"
LOCKED: Final = "已定稿，内容已锁定；需要修改时请先取消定稿"


class TableBlock(BlockView):
    """A table with row buttons above it. Sub-classes say which faces it shows and what its rows' edits are."""

    table: TableName
    sections: tuple[Section, ...] = ()

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.bar = QHBoxLayout()
        heading = QLabel(title)
        heading.setObjectName("blockTitle")
        self.bar.addWidget(heading)
        self.bar.addStretch(1)
        self.column.addLayout(self.bar)
        self.view = TableView(name)
        self.view.edited.connect(self.emit_value)
        self.view.cleared.connect(self._on_cleared)
        self.view.refused.connect(self.refused)
        self.view.current_moved.connect(self._on_current_moved)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.column.addWidget(self.view, 1)
        self._is_locked = False
        self._conditions: list[tuple[QToolButton, Callable[[Form, str], bool]]] = []

    def add_action(
        self, text: str, keys: str, make: Callable[[Form, str], Change | None], is_possible: Callable[[Form, str], bool]
    ) -> QAction:
        """A button, menu entry and shortcut for an edit of the current row. Where it can't be, entry and shortcut say why."""
        action = QAction(text, self.view)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(f"{text}（{keys}）")
        action.triggered.connect(lambda: self._on_action(make, is_possible, text))
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.bar.addWidget(button)
        self.view.addAction(action)
        self._conditions.append((button, is_possible))
        return action

    def add_row_actions(self, noun: str) -> None:
        """Delete and move, the same for all tables."""
        self.add_action(
            f"删除{noun}", REMOVE, lambda form, key: edits.remove_row(form, self.table, key), self._can_remove
        )
        self.add_action("上移", UP, lambda form, key: edits.move_row(form, self.table, key, -1), self._can_remove)
        self.add_action("下移", DOWN, lambda form, key: edits.move_row(form, self.table, key, 1), self._can_remove)

    def set_locked(self, *, is_locked: bool) -> None:
        """A final form can be looked at only; whoever tries hears why."""
        self._is_locked = is_locked
        self.view.lock = LOCKED if is_locked else ""
        self._on_current_moved()

    def faces_of(self, outcome: Outcome) -> Faces:
        """What the table shows."""
        raise NotImplementedError

    def render_outcome(self, outcome: Outcome) -> None:
        """Show the outcome's faces; where the current row went, its neighbour becomes current and has the keys."""
        focus: QWidget | None = QApplication.focusWidget()  # the stubs forget that there may be none
        editor = focus if focus is not None and self.view.isAncestorOf(focus) else None
        model, before = self.view.faces_model, self.view.currentIndex()
        row, column = before.row(), before.column()
        self.view.show_faces(self.faces_of(outcome))
        if row >= 0 and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(model.index(min(row, model.rowCount() - 1), column))
        if editor is not None and not editor.isVisible():
            self.view.setFocus()
        self._on_current_moved()

    def reveal(self, place: Place) -> bool:
        """Make a place's cell current; a whole table is revealed by its first cell. An open editor keeps the keys."""
        focus: QWidget | None = QApplication.focusWidget()  # the stubs forget that there may be none
        if focus is None or not self.view.isAncestorOf(focus):
            self.view.setFocus()
        return self.view.reveal(place)

    def shows(self, place: Place) -> bool:
        """Whether the place's section is this table's."""
        return place.section in self.sections

    def _is_row(self, form: Form, key: str) -> bool:
        return any(row.key == key for row in rows_of(form, self.table))

    def _can_remove(self, form: Form, key: str) -> bool:
        return self._is_row(form, key) and can_remove(form, self.table, key)

    def _on_action(
        self, make: Callable[[Form, str], Change | None], is_possible: Callable[[Form, str], bool], text: str
    ) -> None:
        if self._is_locked:
            self.refused.emit(LOCKED)
            return
        if self.outcome is None or not is_possible(self.outcome.form, self.view.current_key()):
            self.refused.emit(f"不能“{text}”：请先选中一行；表样规定的行不能删除、移动或改为不适用")
            return
        self.view.setFocus()  # an open editor would go with the layout, and the keys with it
        before = {row.key for row in rows_of(self.outcome.form, self.table)}
        change = make(self.outcome.form, self.view.current_key())
        if change is None:
            self.refused.emit(f"已经到头，不能再{text}")
            return
        self.changed.emit(change)
        fresh = [row.key for row in rows_of(self.outcome.form, self.table) if row.key not in before]
        if fresh:
            self.view.reveal(Place(self.table, fresh[0]))

    def _on_cleared(self, places: list[Place]) -> None:
        if self.outcome is not None:
            change = edits.set_values(self.outcome.form, dict.fromkeys(places, ""))
            if change is not None:
                self.changed.emit(change)

    def _on_current_moved(self) -> None:
        if self.outcome is not None:
            for button, is_possible in self._conditions:
                is_open = not self._is_locked and is_possible(self.outcome.form, self.view.current_key())
                button.setEnabled(is_open)
