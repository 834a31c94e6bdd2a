"""计算依据: below the indicator table, what the rules make of the current row, with one-click 采用 and the amounts for a rate."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from app.editing.workspace import Outcome
from app.form.quantity import format_number
from app.form.rows import Indicator, Place
from app.form.rules import FromInputs, Mode
from app.scoring.suggestion import LinkedFigure, RowAssessment, Suggestion
from app.ui.faces.marks import mark_text
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import set_spaces
from app.ui.pages.fields import LineField, show_marks

INPUTS: Final = ("part", "whole")


class BasisStrip(QFrame):
    """Shows one row's suggestion and linked figure. ``typed(place, text, visit)`` for the amounts, ``taken(place, text)`` for 采用."""

    typed = Signal(object, str, str)
    taken = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._key = ""
        self._visits = 0
        self._suggested, self._shown = "", ""
        self._score, self._linked = make_label(), make_label()
        for label in (self._score, self._linked):
            label.setWordWrap(True)
        self.take_score = QPushButton("采用建议得分")
        self.take_linked = QPushButton("采用为实际完成值")
        self.take_score.clicked.connect(lambda: self.taken.emit(self._place("score"), self._suggested))
        self.take_linked.clicked.connect(lambda: self.taken.emit(self._place("actual"), self._shown))
        self._captions = (make_label(), make_label())
        self.inputs = (LineField(), LineField())
        for field, line in zip(INPUTS, self.inputs, strict=True):
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.entered.connect(self._on_entered)
            line.textEdited.connect(lambda text, field=field: self._on_edited(field, text))
        grid = QGridLayout(self)
        set_spaces(grid, (3, 2, 3, 2), 2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._score, 0, 0)
        grid.addWidget(self.take_score, 0, 1)
        grid.addWidget(self._linked, 1, 0)
        grid.addWidget(self.take_linked, 1, 1)
        for row, (caption, line) in enumerate(zip(self._captions, self.inputs, strict=True)):
            caption.setBuddy(line)
            grid.addWidget(caption, row, 2, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(line, row, 3)

    def show_row(self, outcome: Outcome, row: Indicator | None) -> None:
        """Show what is computed for a row; None: no row is current."""
        self._key = row.key if row else ""
        computed = next((each for each in outcome.assessment.rows if row and each.key == row.key), None)
        self._show_suggestion(outcome, row, computed)
        self._show_linked(row, computed.linked if computed and row and row.applies else None)
        source = outcome.form.template.linked.get(self._key)
        labels = (source.part, source.whole) if isinstance(source, FromInputs) and row else ()
        for caption, line, field in zip(self._captions, self.inputs, INPUTS, strict=True):
            caption.setVisible(bool(labels))
            line.setVisible(bool(labels))
            if labels and row:
                text = labels[0] if field == "part" else labels[1]
                caption.setText(text)
                line.setAccessibleName(text)
                line.show_text(getattr(row, field))
                show_marks(line, *mark_text(line.text(), "", self._place(field), outcome))

    def reveal(self, place: Place) -> bool:
        """Put the cursor into an amount of the current row; False when it isn't one."""
        line = next(
            (line for field, line in zip(INPUTS, self.inputs, strict=True) if self._place(field) == place), None
        )
        if line is None or line.isHidden():
            return False
        line.setFocus()
        return True

    def place_of(self, field: QWidget) -> Place | None:
        """The place of an amount's field."""
        return next((self._place(name) for name, line in zip(INPUTS, self.inputs, strict=True) if line is field), None)

    def set_locked(self, *, is_locked: bool) -> None:
        """A final form can be looked at only."""
        for line in self.inputs:
            line.setReadOnly(is_locked)
        self.take_score.setEnabled(not is_locked)
        self.take_linked.setEnabled(not is_locked)

    def _show_suggestion(self, outcome: Outcome, row: Indicator | None, computed: RowAssessment | None) -> None:
        is_manual = outcome.form.template.policy.mode is Mode.MANUAL
        if row is None or computed is None or is_manual:
            _say(self._score, "选中一个指标，这里说明它的得分怎样算出。" if row is None else "本表样由单位自行评分。")
            self.take_score.hide()
            return
        if not row.applies:
            _say(self._score, "此项不适用，不参与计分。")
            self.take_score.hide()
            return
        suggestion = computed.suggestion
        _say(self._score, describe_suggestion(suggestion))
        self._suggested = "" if suggestion.score is None else format_number(suggestion.score)
        is_same = self._suggested == row.score.strip()
        self.take_score.setVisible(
            bool(self._suggested) and not is_same and outcome.form.template.policy.mode is Mode.SUGGEST
        )

    def _show_linked(self, row: Indicator | None, linked: LinkedFigure | None) -> None:
        self._linked.setVisible(linked is not None)
        self.take_linked.hide()
        if linked is None or row is None:
            return
        self._shown = linked.shown
        _say(self._linked, describe_linked(linked))
        self.take_linked.setVisible(bool(linked.shown) and linked.shown != row.actual.strip())

    def _place(self, field: str) -> Place:
        return Place("indicators", self._key, field)

    def _on_entered(self) -> None:
        self._visits += 1

    def _on_edited(self, field: str, text: str) -> None:
        self.typed.emit(self._place(field), text, f"basis:{self._visits}")


def describe_suggestion(suggestion: Suggestion) -> str:
    """A suggestion in words: score and formula, the band where the rule leaves a choice, or why there is none."""
    if suggestion.score is None:
        return f"建议得分：无法计算，{suggestion.because}"
    has_choice = suggestion.least is not None and suggestion.most is not None and suggestion.least != suggestion.most
    band = f"（可在 {suggestion.least}～{suggestion.most} 之间）" if has_choice else ""
    return f"建议得分 {format_number(suggestion.score)}{band}：{suggestion.formula}"


def describe_linked(linked: LinkedFigure) -> str:
    """How a rate can be computed from other figures of the form, or why it can't."""
    return f"实际完成值可由表内数字算出：{linked.formula}" if linked.shown else linked.because


def _say(label: QLabel, text: str) -> None:
    """Write a text, and all of it in the tip: with large letters on a small screen there may be no room for two lines."""
    label.setText(text)
    label.setToolTip(plain_tip(text))
