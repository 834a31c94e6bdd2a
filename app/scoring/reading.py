"""Typed cells read in the way their column means them: points, money in 万元, head counts.

Decides which quantities a column accepts and what to say otherwise; the text itself stays as typed.
"""

from typing import Final, assert_never

from app.form import sentences
from app.form.quantity import Bound, Number, Unreadable, interpret, to_wan
from app.form.rows import Place
from app.form.template import ColumnKind
from app.form.text import excerpt
from app.form.vocabulary import COUNT_UNITS, POINT_UNIT
from app.scoring.figure import Figure, read_figure

POINT_UNITS: Final = ("", POINT_UNIT)


def read_points(text: str, place: Place) -> Figure:
    """分值 and 得分 in points."""
    quantity = interpret(text)
    value = quantity.value if isinstance(quantity, Number) and quantity.unit in POINT_UNITS else None
    return read_figure(quantity, place, value)


def read_amount(text: str, place: Place) -> Figure:
    """An amount in 万元; plain numbers are 万元 already."""
    quantity = interpret(text)
    return read_figure(quantity, place, to_wan(quantity) if isinstance(quantity, Number) else None)


def misread_cell(text: str, kind: ColumnKind) -> str | None:
    """Why the text does not fit a column of this kind; None when it fits or is blank."""
    match kind:
        case ColumnKind.POINTS:
            return _misread(text, POINT_UNITS, sentences.NOT_POINTS)
        case ColumnKind.AMOUNT:
            return _misread_amount(text)
        case ColumnKind.TEXT | ColumnKind.QUANTITY:
            return None
        case _:
            assert_never(kind)


def misread_count(text: str) -> str | None:
    """Why the text is no head count (a whole number, not negative, any counted unit); None when it is one or blank."""
    quantity = interpret(text)
    because = misread_number(text)
    if because is not None or not isinstance(quantity, Number):
        return because
    if quantity.unit not in ("", *COUNT_UNITS) or quantity.value != quantity.value.to_integral_value():
        return sentences.NOT_A_COUNT.format(text=excerpt(text))
    return sentences.NEGATIVE_COUNT.format(text=excerpt(text)) if quantity.value < 0 else None


def _misread_amount(text: str) -> str | None:
    quantity = interpret(text)
    if isinstance(quantity, Number) and to_wan(quantity) is None:
        return sentences.NOT_MONEY.format(text=excerpt(text))
    return misread_number(text)


def _misread(text: str, units: tuple[str, ...], sentence: str) -> str | None:
    quantity = interpret(text)
    if isinstance(quantity, Number) and quantity.unit not in units:
        return sentence.format(text=excerpt(text))
    return misread_number(text)


def misread_number(text: str) -> str | None:
    """Why the text is no number of whatever unit; None when it is one or blank."""
    quantity = interpret(text)
    if isinstance(quantity, Unreadable):
        return quantity.because
    return sentences.BOUND_IS_NO_VALUE.format(text=excerpt(text)) if isinstance(quantity, Bound) else None
