"""Figures in three states: an empty part is never zero, and a combination is as weak as its weakest part."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.quantity import Blank, Bound, Number, Quantity, Unreadable
from app.form.rows import Place
from app.scoring.figure import Figure, State, add_figures, divide_figures, missing, read_figure

A, B = Place("budget", "a", "spent"), Place("budget", "b", "annual")
FIVE = Number(Decimal(5))


def there(value: str, place: Place = A) -> Figure:
    return Figure(Decimal(value), State.COMPLETE, (place,))


def partial(value: str, gap: Place = B) -> Figure:
    return Figure(Decimal(value), State.PARTIAL, (A,), (gap,))


@pytest.mark.parametrize("quantity", [FIVE, Blank(), Bound("≥", FIVE), Unreadable("", has_digits=False)])
def test_a_cell_that_counts_as_nothing_is_missing(quantity: Quantity) -> None:
    assert read_figure(quantity, A, None) == missing((A,)) == Figure(None, State.MISSING, (), (A,))


def test_only_a_number_counts() -> None:
    assert read_figure(FIVE, A, Decimal("0.5")) == there("0.5")
    assert read_figure(Blank(), A, Decimal(0)) == missing((A,))
    assert read_figure(Bound("=", FIVE), A, Decimal(5)) == missing((A,))


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([], missing()),
        ([missing((A,)), missing((B,))], missing((A, B))),
        ([there("1"), there("2.5", B)], Figure(Decimal("3.5"), State.COMPLETE, (A, B))),
        ([there("1"), missing((B,))], partial("1")),
        ([missing((B,)), there("0")], partial("0")),
        ([partial("1"), there("2", B)], Figure(Decimal(3), State.PARTIAL, (A, B), (B,))),
    ],
)
def test_a_sum_is_as_weak_as_its_weakest_part(parts: list[Figure], total: Figure) -> None:
    assert add_figures(parts) == total


FIGURES = st.builds(there, st.decimals(-(10**19), 10**19, places=10).map(str)) | st.just(missing((B,)))


@given(st.lists(FIGURES, max_size=8))
def test_sums_are_exact_in_any_order(parts: list[Figure]) -> None:
    """Beyond the 28 digits of Decimal's own context."""
    total = add_figures(parts)
    values = [Fraction(part.value) for part in parts if part.value is not None]
    assert (None if total.value is None else Fraction(total.value)) == (sum(values) if values else None)
    assert add_figures(reversed(parts)).value == total.value
    assert len(total.inputs) == len(values)
    assert len(total.gaps) == len(parts) - len(values)


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        (there("9"), there("10", B), Figure(Decimal("0.9"), State.COMPLETE, (A, B))),
        (there("0"), there("10", B), Figure(Decimal(0), State.COMPLETE, (A, B))),
        (partial("9"), there("10", B), Figure(Decimal("0.9"), State.PARTIAL, (A, B), (B,))),
        (there("9", B), partial("10"), Figure(Decimal("0.9"), State.PARTIAL, (B, A), (B,))),
        (there("9"), there("0", B), Figure(None, State.MISSING, (A, B), (B,))),
        (there("9"), missing((B,)), Figure(None, State.MISSING, (A,), (B,))),
        (missing((A,)), there("10", B), Figure(None, State.MISSING, (B,), (A,))),
        (missing((A,)), there("0", B), Figure(None, State.MISSING, (B,), (A,))),
    ],
)
def test_a_rate_needs_both_and_a_base(part: Figure, whole: Figure, rate: Figure) -> None:
    assert divide_figures(part, whole) == rate
