"""A computed figure in three states, with the cells it comes from.

Decides how figures combine: an empty cell is never zero, and a combination is as weak as its weakest part. Knows no
form layout and no wording.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import reduce
from itertools import chain

from app.form.quantity import EXACT, Number, Quantity
from app.form.rows import Place


class State(Enum):
    """How much of what a figure needs is there."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value (None exactly when MISSING), the cells it was computed from, and the cells that would complete it."""

    value: Decimal | None
    state: State
    inputs: tuple[Place, ...] = ()
    gaps: tuple[Place, ...] = ()


def missing(gaps: tuple[Place, ...] = ()) -> Figure:
    """A figure of which nothing is there."""
    return Figure(None, State.MISSING, (), gaps)


def read_figure(quantity: Quantity, place: Place, value: Decimal | None) -> Figure:
    """The figure of one typed cell; ``value`` is what the cell counts as, None when it can't be counted."""
    if isinstance(quantity, Number) and value is not None:
        return Figure(value, State.COMPLETE, (place,))
    return missing((place,))


def add_figures(figures: Iterable[Figure]) -> Figure:
    """Their sum: COMPLETE when all are, MISSING when all are (or there are none), else PARTIAL over what is there."""
    parts = tuple(figures)
    inputs = tuple(chain.from_iterable([part.inputs for part in parts]))
    gaps = tuple(chain.from_iterable([part.gaps for part in parts]))
    values = [part.value for part in parts if part.value is not None]
    if not values:
        return Figure(None, State.MISSING, inputs, gaps)
    is_complete = all(part.state is State.COMPLETE for part in parts)
    return Figure(reduce(EXACT.add, values), State.COMPLETE if is_complete else State.PARTIAL, inputs, gaps)


def divide_figures(part: Figure, whole: Figure) -> Figure:
    """Part ÷ whole as a ratio; MISSING when either is, or when the base is 0 (a rate over nothing cannot be computed)."""
    inputs, gaps = (*part.inputs, *whole.inputs), (*part.gaps, *whole.gaps)
    if part.value is None or whole.value is None or whole.value == 0:
        return Figure(None, State.MISSING, inputs, gaps or whole.inputs)
    is_complete = part.state is State.COMPLETE and whole.state is State.COMPLETE
    return Figure(EXACT.divide(part.value, whole.value), State.COMPLETE if is_complete else State.PARTIAL, inputs, gaps)
