"""Blocks that are lists of texts: 主要职能, 主要成效 and the like, as a table or written as one text.

Decides which of the two is in front; both show the same outcome, and what is typed in either is one Change.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.editing import edits
from app.editing.listing import edit_items
from app.editing.workspace import Outcome
from app.form.change import Change
from app.form.form import Form, rows_of
from app.form.rows import Place
from app.form.template import ItemsBlock
from app.ui.face import Faces
from app.ui.faces.items import items_faces
from app.ui.faces.marks import with_findings
from app.ui.look.buttons import action_button
from app.ui.look.icons import icon
from app.ui.pages.table_block import ADD, LOCKED, TableBlock
from app.ui.table.empty_note import explain_empty

if TYPE_CHECKING:
    from app.editing.pasting import Texts
    from app.ui.writing.pane import WritingPane

SWITCH: Final = "Ctrl+Shift+E"
WRITE: Final = "连续编写"
TABULATE: Final = "逐项表格"
EMPTY: Final = "还没有{label}。点“增加一项”逐项填写，或点“连续编写”，从 Word 整段粘贴。"


class ItemsView(TableBlock):
    """A list of texts."""

    def __init__(self, block: ItemsBlock, parent: QWidget | None = None) -> None:
        super().__init__(block.label, block.table, parent)
        self.table = block.table
        self.sections = (block.table,)
        self._block = block
        self._pane: WritingPane | None = None
        self._ways = QStackedWidget()
        self.column.replaceWidget(self.view, self._ways)
        self._ways.addWidget(self.view)
        self._switch = self._add_switch()
        self._row_actions = [self.add_action("增加一项", "add", ADD, self._make_row, lambda _form, _key: True)]
        others = len(self.view.actions())
        self.add_row_actions("此项")
        self._row_actions += self.view.actions()[others:]
        explain_empty(self.view, EMPTY.format(label=block.label))

    def _add_switch(self) -> QAction:
        action = QAction(WRITE, self)
        action.setShortcut(QKeySequence(SWITCH))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(self._on_switched)
        self.bar.addWidget(action_button(action, "write"))
        self.addAction(action)
        return action

    @property
    def is_written(self) -> bool:
        """Whether the list is shown as one text."""
        return self._pane is not None and self._ways.currentWidget() is self._pane

    def received(self, texts: "Texts", field: str) -> "Texts":
        """Without the numbers of a numbered list, unless they come to stand where the table writes its own."""
        from app.editing.pasting import without_numbers  # noqa: PLC0415  # not needed for the window to appear

        return without_numbers(texts) if field else texts

    def faces_of(self, outcome: Outcome) -> Faces:
        """Numbers and texts."""
        return with_findings(items_faces(outcome, self._block), outcome)

    def render_outcome(self, outcome: Outcome) -> None:
        """Show the outcome in the table and, where it is open, in the editor."""
        super().render_outcome(outcome)
        if self._pane is not None and self.is_written:
            self._pane.show_font(self.view.font())
            self._pane.show_faces(self.view.faces_model.faces)

    def set_locked(self, *, is_locked: bool) -> None:
        """A final list can be read and copied."""
        super().set_locked(is_locked=is_locked)
        if self._pane is not None:
            self._pane.editor.set_locked(is_locked=is_locked)

    def reveal(self, place: Place) -> bool:
        """Go to an item where the list is being written; one that is gone has left the cursor where it was."""
        if not self.shows(place) or self._pane is None or not self.is_written:
            return self.shows(place) and super().reveal(place)
        keys = self.view.faces_model.faces.keys
        if not place.key or place.key in keys:
            self._pane.editor.go_to(keys.index(place.key) if place.key else 0)
        self._pane.editor.setFocus()
        self._follow_editor()
        return True

    def _make_row(self, form: Form, key: str) -> Change:
        keys = [row.key for row in rows_of(form, self.table)]
        return edits.add_row(form, self.table, keys.index(key) + 1 if key in keys else len(keys))

    def _on_switched(self) -> None:
        if self.is_written:
            self._ways.setCurrentWidget(self.view)
            self.view.setFocus()
            self.view.reveal(Place(self.table, self.view.current_key(), "text"))
        else:
            pane = self._pane or self._open_pane()
            key, faces = self.view.current_key(), self.view.faces_model.faces
            pane.show_font(self.view.font())
            pane.show_faces(faces)
            self._ways.setCurrentWidget(pane)
            pane.editor.go_to(faces.keys.index(key) if key else 0)
            pane.editor.setFocus()
        self._switch.setText(TABULATE if self.is_written else WRITE)
        self._switch.setIcon(icon("table" if self.is_written else "write"))

    def _open_pane(self) -> "WritingPane":
        from app.ui.writing.pane import WritingPane  # noqa: PLC0415  # not needed for the window to appear

        self._pane = pane = WritingPane(self._block)
        pane.editor.set_locked(is_locked=self._is_locked)
        pane.typed.connect(self._on_typed)
        pane.editor.refused.connect(lambda: self.refused.emit(LOCKED))
        pane.editor.moved.connect(self._follow_editor)
        pane.editor.zoomed.connect(self._on_zoomed)
        for action in self._row_actions:
            pane.editor.addAction(action)
            action.triggered.connect(self._follow_table)
        self._ways.addWidget(pane)
        return pane

    def _on_typed(self, texts: Sequence[str], visit: str) -> None:
        if self.outcome is None:
            return
        change = edit_items(self.outcome.form, self.table, texts, visit)
        if change is not None:
            self.changed.emit(change)
        else:
            self.render_outcome(self.outcome)
        self._follow_editor()

    def _on_zoomed(self, steps: int) -> None:
        self.view.zoom_by(steps)
        if self._pane is not None:
            self._pane.show_font(self.view.font())

    def _follow_editor(self) -> None:
        """The item with the cursor is the table's current one: the buttons above are about it."""
        keys = self.view.faces_model.faces.keys
        if self._pane is not None and self._pane.editor.item < len(keys):
            key = keys[self._pane.editor.item]
            if key != self.view.current_key():
                self.view.reveal(Place(self.table, key, "text"))

    def _follow_table(self) -> None:
        """After a button above, the cursor stands in the table's current item."""
        if self.is_written:
            self.reveal(Place(self.table, self.view.current_key()))
