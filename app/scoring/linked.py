"""Figures of indicators that other parts of the form determine (domain.md §4): budget table, staffing, entered amounts.

Decides how such a rate comes about and what is missing for it. Writes nothing into the form: taking a figure over is the
user's choice.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, assert_never

from app.form.form import Form
from app.form.quantity import EXACT, Number, format_number, format_rounded, interpret, round_half_up, to_wan
from app.form.rows import Indicator
from app.form.rules import FromAdjustment, FromBudget, FromInputs, FromStaffing
from app.form.template import ColumnKind, linked_of
from app.form.text import excerpt
from app.form.vocabulary import COUNT_UNITS, MONEY_UNITS, RATE_SIGN
from app.scoring import sentences
from app.scoring.reading import misread_cell, misread_count, misread_number
from app.scoring.suggestion import LinkedFigure, Obstacle

SHOWN_PLACES: Final = 2
FINER_PLACES: Final = 4


class Way(Enum):
    """How a rate comes from two figures; the values are the formulas to show."""

    RATIO = sentences.QUOTIENT
    CHANGE = sentences.CHANGE
    ADJUSTMENT = sentences.ADJUSTMENT


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as an exact ratio, and the division it came from with the figures put in."""

    value: Decimal
    steps: str


@dataclass(frozen=True, slots=True)
class Amount:
    """One typed figure with the name it has for the user; money in 万元. Plain numbers go with money and with counts."""

    name: str
    value: Decimal
    unit: str


def link(form: Form, row: Indicator) -> LinkedFigure | None:
    """The figure that the form determines for this row; None when the template links nothing, and for 不适用."""
    linked = linked_of(form.template, row.key)
    if linked is None or not row.applies:
        return None
    match linked:
        case FromBudget():
            return _show(budget_rate(form), is_certain=True)
        case FromAdjustment():
            return _show(_adjustment_rate(form), is_certain=True)
        case FromStaffing():
            return _show(_staffing_rate(form), is_certain=True)
        case FromInputs():
            return link_inputs(row, linked)
        case _:
            assert_never(linked)


def link_inputs(row: Indicator, linked: FromInputs) -> LinkedFigure:
    """The figure of a row that nothing but its own inputs determines."""
    part = _read(linked.part, row.part, misread_input(row.part))
    whole = _read(linked.whole, row.whole, misread_input(row.whole))
    return _show(_divide(part, whole, Way.CHANGE if linked.is_change else Way.RATIO), is_certain=False)


def budget_rate(form: Form) -> Rate | Obstacle:
    """预算执行率: 实际支出数 ÷ 全年预算数 of the line that is part of none."""
    return _divide(_read_budget(form, "spent"), _read_budget(form, "annual"), Way.RATIO)


def _adjustment_rate(form: Form) -> Rate | Obstacle:
    return _divide(_read_budget(form, "annual"), _read_budget(form, "initial"), Way.ADJUSTMENT)


def _staffing_rate(form: Form) -> Rate | Obstacle:
    return _divide(_read_staffing(form, "actual"), _read_staffing(form, "authorised"), Way.RATIO)


def show_rate(ratio: Decimal, places: int = SHOWN_PLACES) -> str:
    """A ratio in percent, rounded half up."""
    return f"{format_rounded(ratio.scaleb(2, EXACT), places)}{RATE_SIGN}"


def misread_input(text: str) -> str | None:
    """Why an amount entered beside an indicator can't be read; None when it can or is blank."""
    quantity = interpret(text)
    if isinstance(quantity, Number) and quantity.unit not in {"", *MONEY_UNITS, *COUNT_UNITS}:
        return sentences.NOT_AN_INPUT.format(text=excerpt(text))
    return misread_number(text)


def _read_budget(form: Form, field: str) -> Amount | Obstacle:
    table = form.template.budget_table
    name = next((column.label for column in table.columns if column.field == field), None) if table else None
    if name is None:
        return Obstacle(sentences.NO_COLUMN)
    line = next((line for line in form.budget if not line.part_of), None)
    if line is None:
        return Obstacle(sentences.NO_LINE)
    text: str = getattr(line, field)
    return _read(name, text, misread_cell(text, ColumnKind.AMOUNT))


def _read_staffing(form: Form, field: str) -> Amount | Obstacle:
    block = form.template.staffing
    name = next((figure.label for figure in block.figures if figure.field == field), None) if block else None
    if name is None:
        return Obstacle(sentences.NO_COLUMN)
    text: str = getattr(form.staffing, field)
    return _read(name, text, misread_count(text))


def _read(name: str, text: str, because: str | None) -> Amount | Obstacle:
    quantity = interpret(text)
    if because is not None:
        return Obstacle(sentences.BAD_INPUT.format(name=name, because=because))
    if not isinstance(quantity, Number):
        return Obstacle(sentences.BLANK_INPUT.format(name=name))
    amount = to_wan(quantity)
    return Amount(name, quantity.value if amount is None else amount, quantity.unit)


def _divide(part: Amount | Obstacle, whole: Amount | Obstacle, way: Way) -> Rate | Obstacle:
    """The rate of two figures; a base that is not above 0 gives none."""
    if isinstance(part, Obstacle):
        return part
    if isinstance(whole, Obstacle):
        return whole
    if len({amount.unit in MONEY_UNITS for amount in (part, whole) if amount.unit}) > 1:
        return Obstacle(sentences.MIXED_INPUTS.format(part=part.name, whole=whole.name))
    if whole.value <= 0:
        return Obstacle(sentences.BASE_NOT_POSITIVE.format(name=whole.name, whole=show_amount(whole.value)))
    value = part.value if way is Way.RATIO else EXACT.subtract(part.value, whole.value)
    steps = way.value.format(part=show_amount(part.value), whole=show_amount(whole.value))
    return Rate(EXACT.divide(value.copy_abs() if way is Way.ADJUSTMENT else value, whole.value), steps)


def _show(rate: Rate | Obstacle, *, is_certain: bool) -> LinkedFigure:
    if isinstance(rate, Obstacle):
        return LinkedFigure(None, "", "", rate.because, is_certain)
    shown, finer = show_rate(rate.value), show_rate(rate.value, FINER_PLACES)
    is_same = finer == shown.replace(RATE_SIGN, f"00{RATE_SIGN}")
    sentence = sentences.EXACT_RATE if is_same else sentences.ROUNDED_RATE
    return LinkedFigure(rate.value, shown, sentence.format(steps=rate.steps, finer=finer, shown=shown), "", is_certain)


def show_amount(value: Decimal) -> str:
    """A figure as accountants write it: whole numbers bare, others with at least two decimals."""
    is_short = value == round_half_up(value, SHOWN_PLACES) and value != round_half_up(value, 0)
    return format_rounded(value, SHOWN_PLACES) if is_short else format_number(value)
