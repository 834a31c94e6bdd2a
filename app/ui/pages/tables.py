"""Blocks that are tables of figures: the budget and the indicators, each with the edits of its rows."""

from typing import Final

from PySide6.QtWidgets import QWidget

from app.editing import edits
from app.editing.rights import can_set_aside
from app.editing.workspace import Outcome
from app.form.change import Change
from app.form.form import Form
from app.form.rows import Indicator, Place, Stated, field_names
from app.form.template import BudgetBlock, IndicatorBlock
from app.ui.face import Faces
from app.ui.faces.budget import budget_faces
from app.ui.faces.indicators import indicator_faces
from app.ui.faces.marks import with_findings
from app.ui.faces.years import with_last_year
from app.ui.pages.basis import BasisStrip
from app.ui.pages.table_block import ADD, TableBlock
from app.ui.table.empty_note import explain_empty

NO_LINES: Final = "这份表没有支出行。可以从文件导入：文件 → 导入。"


class BudgetView(TableBlock):
    """预算安排及支出情况."""

    table = "budget"
    sections = ("budget",)

    def __init__(self, block: BudgetBlock, parent: QWidget | None = None) -> None:
        super().__init__(block.label, "budget", parent)
        self._block = block
        self.add_action("增加项目", "add", ADD, self._make_line, self._is_row)
        self.add_row_actions("项目")
        explain_empty(self.view, NO_LINES)

    def faces_of(self, outcome: Outcome) -> Faces:
        """Lines with amounts and rates."""
        return with_findings(budget_faces(outcome, self._block), outcome)

    def fields(self) -> tuple[str, ...]:
        """Name and amounts; 执行率 is computed."""
        return ("label", *(column.field for column in self._block.columns), "")

    def _make_line(self, form: Form, key: str) -> Change:
        return edits.add_budget_line(form, edits.sum_for_new(form, key))


class IndicatorView(TableBlock):
    """指标评分."""

    table = "indicators"
    sections = ("indicators", "groups", "stated")

    def __init__(self, block: IndicatorBlock, parent: QWidget | None = None) -> None:
        super().__init__(block.label or "指标评分", "indicators", parent)
        self._block = block
        self.add_action("增加指标", "add", ADD, self._make_indicator, self._is_row)
        self.add_row_actions("指标")
        self.add_action("适用/不适用", "not_applicable", "", self._switch_applies, self._is_switchable)
        self.add_action("清除原表合计", "clear", "", self._clear_stated, lambda form, _key: form.stated != Stated())
        self.basis = BasisStrip()
        self.basis.typed.connect(self.emit_value)
        self.basis.taken.connect(self._on_taken)
        self.column.addWidget(self.basis)

    def set_locked(self, *, is_locked: bool) -> None:
        """The strip below too."""
        super().set_locked(is_locked=is_locked)
        self.basis.set_locked(is_locked=is_locked)

    def faces_of(self, outcome: Outcome) -> Faces:
        """The tree with subtotals, and the closing rows."""
        return with_last_year(with_findings(indicator_faces(outcome, self._block), outcome), outcome)

    def fields(self) -> tuple[str, ...]:
        """The template's columns without the groups', and nothing for last year's behind them."""
        own = field_names(Indicator)
        shown = tuple(column.field if column.field in own else "" for column in self._block.columns)
        return shown if self.outcome is None or self.outcome.last is None else (*shown, "")

    def _on_current_moved(self) -> None:
        super()._on_current_moved()
        if self.outcome is not None:
            key = self.view.current_key()
            row = next((row for row in self.outcome.form.indicators if row.key == key), None)
            self.basis.show_row(self.outcome, row)

    def reveal(self, place: Place) -> bool:
        """A place of no row is about the totals: go to the closing rows."""
        if place.key:
            return super().reveal(place)
        self.view.setFocus()
        faces = self.view.faces_model.faces
        first = max((number for number, key in enumerate(faces.keys, 1) if key), default=0)
        fields = [column.field for column in self._block.columns]
        column = fields.index(place.field) if place.field in fields else fields.index("score")
        index = self.view.faces_model.index(min(first, len(faces.rows) - 1), column)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        return True

    def _make_indicator(self, form: Form, key: str) -> Change:
        return edits.add_indicator(form, _indicator(form, key).group, key)

    def _on_taken(self, place: Place, text: str) -> None:
        self.emit_value(place, text)
        self.view.setFocus()  # the button is gone, and the keys would go with it

    def _clear_stated(self, form: Form, _key: str) -> Change | None:
        return edits.set_values(form, {Place("stated", "", field): "" for field in field_names(Stated)})

    def _switch_applies(self, form: Form, key: str) -> Change | None:
        return edits.set_applies(form, key, applies=not _indicator(form, key).applies)

    def _is_switchable(self, form: Form, key: str) -> bool:
        return self._is_row(form, key) and can_set_aside(form, key)


def _indicator(form: Form, key: str) -> Indicator:
    return next(row for row in form.indicators if row.key == key)
