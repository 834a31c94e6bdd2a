"""Blocks of plain fields: one line of the cover, and the staffing paragraph with its figures.

Decides how a field shows its state: by the corner marks that cells have too, never by its colour alone.
"""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.editing.workspace import Outcome
from app.form.rows import Place
from app.form.template import LineBlock, StaffingBlock
from app.ui.faces.marks import mark_text
from app.ui.keys import leaves_undo_to_window
from app.ui.look import tones
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import space
from app.ui.pages.block import BlockView
from app.ui.table.plain_text import PlainText

PARAGRAPH_LINES: Final = 6
MARK: Final = 2  # steps
WRONG: Final = "wrong"
NOTED: Final = "noted"


class LineField(QLineEdit):
    """A one-line field. ``typed`` after every change by the user, ``entered`` when a visit begins."""

    entered = Signal()

    def show_text(self, text: str) -> None:
        """Show a text; one that is there already is left alone, with its cursor."""
        if self.text() != text:
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Qt: Ctrl+Z and Ctrl+Y belong to the window."""
        return leaves_undo_to_window(event) or super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: a visit begins."""
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the corner mark over everything else."""
        super().paintEvent(event)
        _paint_state(self, self)


def show_marks(field: QWidget, mark: str, note: str) -> None:
    """Say at a field what is wrong and what to look at: as tooltip, to screen readers, by its frame and a corner mark."""
    said = "\n".join(part for part in (mark, note) if part)
    state = WRONG if mark else NOTED if note else ""
    if (field.accessibleDescription(), field.property("review")) != (said, state):
        field.setToolTip(plain_tip(said))
        field.setAccessibleDescription(said)
        field.setProperty("review", state)
        if field.isVisible():  # otherwise Qt polishes it when it appears
            field.style().unpolish(field)
            field.style().polish(field)
        field.update()


def _paint_state(field: QWidget, surface: QWidget) -> None:
    """The corner mark of a field's state, as a cell has it."""
    state = field.property("review")
    if state:
        painter = QPainter(surface)
        (tones.paint_mark if state == WRONG else tones.paint_note)(painter, surface.rect(), space(MARK))
        painter.end()


class ParagraphField(PlainText):
    """A field of several lines."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: a visit begins."""
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the corner mark over everything else."""
        super().paintEvent(event)
        _paint_state(self, self.viewport())


class FieldsView(BlockView):
    """A block of single fields, each one place of a record."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._visits = 0
        self._lines: dict[Place, LineField] = {}

    def add_line(self, place: Place, label: str) -> LineField:
        """A line field for a place."""
        field = LineField()
        field.setAccessibleName(label)
        field.textEdited.connect(lambda text: self.emit_value(place, text, f"{place.field}:{self._visits}"))
        field.entered.connect(self._on_entered)
        field.returnPressed.connect(lambda: self._go_on(field))
        self._lines[place] = field
        return field

    def set_locked(self, *, is_locked: bool) -> None:
        """A final form can be looked at only."""
        for field in self._lines.values():
            field.setReadOnly(is_locked)

    def render_outcome(self, outcome: Outcome) -> None:
        """Show every line field's text and whether it is wrong."""
        marks = {misreading.place: misreading.because for misreading in outcome.assessment.misread}
        for place, field in self._lines.items():
            text: str = getattr(getattr(outcome.form, place.section), place.field)
            field.show_text(text)
            show_marks(field, *mark_text(text, marks.get(place, ""), place, outcome))

    def shows(self, place: Place) -> bool:
        """Whether one of the fields is the place's."""
        return place in self._lines

    def reveal(self, place: Place) -> bool:
        """Put the cursor into the field of a place."""
        field = self._lines.get(place)
        if field is None:
            return False
        field.setFocus()
        return True

    def place_of(self, field: QWidget) -> Place | None:
        """The place whose field this is."""
        return next((place for place, each in self._lines.items() if each is field), None)

    def _on_entered(self) -> None:
        self._visits += 1

    def _go_on(self, field: LineField) -> None:
        """Enter goes to the field below, as in a table."""
        fields = list(self._lines.values())
        for each in fields[fields.index(field) + 1 :][:1]:
            each.setFocus()
            each.selectAll()


class CoverView(FieldsView):
    """One line of the cover, such as 单位名称, with the year beside it."""

    def __init__(self, block: LineBlock, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        grid = QGridLayout()
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(3, 1)
        fields = ((block.field, block.label), ("year", "年度"))
        for column, (name, label) in enumerate(fields):
            caption = make_label(label)
            field = self.add_line(Place("cover", "", name), label)
            caption.setBuddy(field)
            grid.addWidget(caption, 0, 2 * column)
            grid.addWidget(field, 0, 2 * column + 1)
        self.column.addLayout(grid)


class StaffingView(FieldsView):
    """机构设置及人员配置: the printed paragraph, and the figures that indicators are computed from."""

    def __init__(self, block: StaffingBlock, parent: QWidget | None = None) -> None:
        super().__init__(block.label, parent)
        self._place = Place("staffing", "", "text")
        self._text = ParagraphField()
        self._text.setAccessibleName(block.label)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(self._text.fontMetrics().lineSpacing() * PARAGRAPH_LINES)
        self._text.textChanged.connect(self._on_text_changed)
        self._text.entered.connect(self._on_entered)
        self.column.addWidget(self._text)
        note = make_label("下列数字不打印，用于计算在职人员控制率等指标：")
        note.setObjectName("note")
        self.column.addWidget(note)
        grid = QGridLayout()
        for row, figure in enumerate(block.figures):
            caption = make_label(figure.label)
            field = self.add_line(Place("staffing", "", figure.field), figure.label)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setMaximumWidth(field.fontMetrics().horizontalAdvance("国") * 10)
            caption.setBuddy(field)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(2, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)

    def set_locked(self, *, is_locked: bool) -> None:
        """The paragraph too."""
        super().set_locked(is_locked=is_locked)
        self._text.setReadOnly(is_locked)

    def render_outcome(self, outcome: Outcome) -> None:
        """Show paragraph and figures."""
        super().render_outcome(outcome)
        self._text.show_text(outcome.form.staffing.text)
        show_marks(self._text, *mark_text(outcome.form.staffing.text, "", self._place, outcome))

    def shows(self, place: Place) -> bool:
        """Whether the place is the paragraph or one of the figures."""
        return place == self._place or super().shows(place)

    def reveal(self, place: Place) -> bool:
        """Put the cursor into the paragraph or a figure."""
        if place == self._place:
            self._text.setFocus()
            return True
        return super().reveal(place)

    def place_of(self, field: QWidget) -> Place | None:
        """The paragraph's place too."""
        return self._place if field is self._text else super().place_of(field)

    def _on_text_changed(self) -> None:
        self.emit_value(self._place, self._text.toPlainText(), f"text:{self._visits}")
