"""What every block that is a table can do: show faces, pass on what is typed, offer the buttons for its rows.

Decides which buttons are possible; sub-classes say which faces there are and what their rows' edits are.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from app.editing import edits, sentences
from app.editing.rights import can_remove
from app.editing.workspace import Outcome
from app.form.change import Change
from app.form.form import Form, rows_of
from app.form.rows import Place, Section, TableName
from app.ui.face import Faces, Span, Tone
from app.ui.look.buttons import action_button
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import set_spaces
from app.ui.pages.block import BlockView
from app.ui.table.memory import Memory
from app.ui.table.view import TableView

if TYPE_CHECKING:
    from app.editing.pasting import Growth, PastePlan, Texts

ADD: Final = "Ctrl+Ins"
REMOVE: Final = "Ctrl+Del"
UP: Final = "Alt+Up"
DOWN: Final = "Alt+Down"
Make = Callable[[Form, str], Change | None]
Possible = Callable[[Form, str], bool]
WITHOUT_NUMBERS: Final = "；原来的编号已去掉，编号由表格自动生成"
LOCKED: Final = "已定稿或只读打开，内容已锁定；需要修改时请先取消定稿，或照窗口上方的提示做"


class TableBlock(BlockView):
    """A table with row buttons above it. Sub-classes say which faces it shows and what its rows' edits are."""

    table: TableName
    sections: tuple[Section, ...] = ()

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.bar = QHBoxLayout()
        heading = make_label(title)
        heading.setObjectName("blockTitle")
        self.bar.addWidget(heading)
        self.bar.addStretch(1)
        set_spaces(self.bar, (0, 0, 0, 0), 1)
        self.column.addLayout(self.bar)
        self.view = TableView(name)
        self.view.setAccessibleName(title)
        self.view.edited.connect(self.emit_value)
        self.view.cleared.connect(self._on_cleared)
        self.view.pasted.connect(self._on_pasted)
        self.view.filled.connect(self._on_filled)
        self.view.refused.connect(self.refused)
        self.view.current_moved.connect(self._on_current_moved)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.column.addWidget(self.view, 1)
        self._is_locked = False
        self._conditions: list[tuple[QToolButton, Callable[[Form, str], bool]]] = []

    def add_action(self, text: str, name: str, keys: str, make: Make, is_possible: Possible) -> QAction:
        """A button with an icon, menu entry and shortcut for an edit of the current row.

        Where it can't be, entry and shortcut say why.
        """
        action = QAction(text, self.view)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(plain_tip(f"{text}（{keys}）"))
        action.triggered.connect(lambda: self._on_action(make, is_possible, text))
        button = action_button(action, name)
        self.bar.addWidget(button)
        self.view.addAction(action)
        self._conditions.append((button, is_possible))
        return action

    def add_row_actions(self, noun: str) -> None:
        """Delete and move, the same for all tables: of all selected rows."""
        self.add_action(f"删除{noun}", "delete", REMOVE, self._remove_rows, self._can_remove)
        self.add_action("上移", "up", UP, lambda form, _key: self._move_rows(form, -1), self._can_remove)
        self.add_action("下移", "down", DOWN, lambda form, _key: self._move_rows(form, 1), self._can_remove)

    def remember(self, memory: Memory) -> None:
        """Column widths and zoom are as the user left them."""
        self.view.remember(memory)

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

    def _can_remove(self, form: Form, _key: str) -> bool:
        return any(self._is_row(form, key) and can_remove(form, self.table, key) for key in self.view.selected_keys())

    def _remove_rows(self, form: Form, _key: str) -> Change | None:
        keys = self.view.selected_keys()
        kept = sum(not can_remove(form, self.table, key) for key in keys)
        if kept:
            self.refused.emit(f"有 {kept} 行由表样规定，没有删除")
        return edits.remove_rows(form, self.table, keys)

    def _move_rows(self, form: Form, step: int) -> Change | None:
        return edits.move_rows(form, self.table, self.view.selected_keys(), step)

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

    # several cells at once
    def fields(self) -> tuple[str, ...]:
        """The field of a row that each column shows, "" where nothing is typed."""
        return ("", "text")

    def received(self, texts: "Texts", _field: str) -> "Texts":
        """A block pasted from the column of ``_field`` on, as this table takes it; the same unless numbers were taken out."""
        return texts

    def _on_cleared(self, area: Span, is_cut: bool) -> None:  # noqa: FBT001  # a signal has no keywords
        from app.ui.pages.pasting import say_kept, targets_of  # noqa: PLC0415  # not needed for the window to appear

        cells = [cell for row in targets_of(self.view, area) for cell in row]
        places = [cell.place for cell in cells if cell.place is not None]
        kept = [cell.why for cell in cells if cell.place is None and cell.text]
        if self.outcome is not None:
            name = sentences.CUT if is_cut else sentences.CLEAR
            change = edits.set_values(self.outcome.form, dict.fromkeys(places, ""), name)
            if change is not None:
                self.changed.emit(change)
        if kept:
            self.refused.emit(say_kept(kept) if places else kept[0])

    def _on_filled(self) -> None:
        from app.editing.pasting import make_paste, plan_paste  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.pages.pasting import say_kept, targets_of  # noqa: PLC0415  # the same

        area = self.view.area()
        if area is not None and area.rows == 1:
            area = Span(area.row - 1, area.column, 2, area.columns)
        if self.outcome is None or area is None or area.row < 0:
            self.refused.emit("上面没有可以用来填充的单元格")
            return
        first, *others = targets_of(self.view, area)
        below = [
            [replace(cell, text=top.text) if cell.is_covered else cell for cell, top in zip(row, first, strict=True)]
            for row in others
        ]
        plan = plan_paste(below, [[top.text for top in first]], (area.rows - 1, area.columns))
        change = make_paste(self.outcome.form, plan, name=sentences.FILL)
        if change is not None:
            self.changed.emit(change)
        if plan.refused:
            self.refused.emit(say_kept(plan.refused))

    def _growth(self, end: int, left: int) -> "Growth":
        """How the table grows below its first ``end`` rows, for texts from the column ``left`` on."""
        from app.editing.pasting import Growth  # noqa: PLC0415  # not needed for the window to appear

        faces = self.view.faces_model.faces
        above = faces.rows[end - 1] if end else ()
        computed = {column for column, face in enumerate(above) if face.tone is Tone.COMPUTED}
        fields = tuple("" if column in computed else field for column, field in enumerate(self.fields()))
        return Growth(self.table, faces.keys[end - 1] if end else "", fields[left:])

    def _plan(self, area: Span, texts: "Texts", end: int) -> "PastePlan":
        """What a paste at an area does to the rows before ``end``."""
        from app.editing.pasting import plan_paste  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.pages.pasting import targets_of  # noqa: PLC0415  # the same

        met = Span(area.row, area.column, end - area.row, len(self.fields()) - area.column)
        return plan_paste(targets_of(self.view, met), texts, (area.rows, area.columns))

    def _on_pasted(self, texts: "Texts") -> None:
        from app.editing.pasting import (  # noqa: PLC0415  # not needed for the window to appear
            can_grow,
            confining_group,
            count_unplaced,
            end_of_paste,
            make_paste,
        )
        from app.ui.pages.pasting import Missing, ask_rows, say_paste  # noqa: PLC0415  # the same

        if self.outcome is None:
            return
        form, faces = self.outcome.form, self.view.faces_model.faces
        first = next((column for column, field in enumerate(self.fields()) if field), 0)
        area = self.view.area() or Span(0, first, 1, 1)
        given, texts = texts, self.received(texts, self.fields()[area.column])
        place = self.view.faces_model.place_of(self.view.faces_model.index(area.row, area.column))
        end = end_of_paste(form, faces.keys, area.row, place) if faces.keys else 0
        plan = self._plan(area, texts, end)
        growth = self._growth(end, area.column)
        answer: Missing | None = Missing.LEAVE
        if plan.missing and can_grow(form, growth.table, growth.after):
            # There is nothing to choose where no row is yet.
            answer = ask_rows(self, len(plan.missing), confining_group(form, growth)) if faces.keys else Missing.ADD
        if answer is None:
            return
        if answer is Missing.GO_ON:
            end = end_of_paste(form, faces.keys, area.row, None)
            plan = self._plan(area, texts, end)
        is_grown = answer is Missing.ADD
        change = make_paste(form, plan, growth if is_grown else None)
        if change is not None:
            self.changed.emit(change)
        if change is not None or plan.values:  # also what was there already
            rows = plan.size[0] if is_grown else min(plan.size[0], end - area.row)
            self.view.select(Span(area.row, area.column, rows, plan.size[1]))
        unplaced = count_unplaced(plan, growth)
        self.refused.emit(
            say_paste(plan, is_grown=is_grown, unplaced=unplaced) + ("" if texts is given else WITHOUT_NUMBERS)
        )

    def _on_current_moved(self) -> None:
        if self.outcome is not None:
            for button, is_possible in self._conditions:
                is_open = not self._is_locked and is_possible(self.outcome.form, self.view.current_key())
                button.setEnabled(is_open)
