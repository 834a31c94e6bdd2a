"""What a scoring rule makes of one row: the suggested score, how it came about, or why it can't be computed.

Decides how a score is rounded and kept between 0 and the weight. Knows no rule.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.form.quantity import format_number, format_rounded, round_half_up
from app.scoring import sentences

PLACES: Final = 2  # of a score: every row is rounded before rows are summed (domain.md §3)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule gives: the score, the bounds it allows, and how it came about."""

    score: Decimal
    least: Decimal
    most: Decimal
    formula: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why something can't be computed, as a plain Chinese sentence."""

    because: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``score`` in points, rounded half up to 0.01, between 0 and the weight; None when it can't be computed.

    ``least``..``most`` is what the rule allows (equal to ``score`` unless the rule leaves a choice, as tiers do).
    ``formula`` has the figures put in ("10 × 95 ÷ 98 = 9.69"); ``because`` says why there is no score ("" when there is).
    ``rule`` is a short name of the rule that was applied, for findings: positive, equal, reverse, range, qualitative …
    """

    score: Decimal | None
    least: Decimal | None
    most: Decimal | None
    formula: str
    because: str
    rule: str


@dataclass(frozen=True, slots=True)
class LinkedFigure:
    """A figure of the row that other parts of the form determine (domain.md §4), as a ratio; None when it can't be computed.

    ``shown`` is the text to take over into the cell ("100.00%"), ``formula`` how it came about
    ("1546.90 ÷ 1546.91 = 99.9994% → 100.00%"), ``because`` why there is none. ``is_certain``: the budget table or the
    staffing figures determine it (not inputs typed for it).
    """

    value: Decimal | None
    shown: str
    formula: str
    because: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class RowAssessment:
    """Everything computed for one indicator row. ``linked`` is None where nothing determines the figure, and for 不适用."""

    key: str
    suggestion: Suggestion
    linked: LinkedFigure | None


def settle(value: Decimal, weight: Decimal) -> Decimal:
    """The score that an exact value earns: between 0 and the weight, rounded half up to 0.01.

    A weight of more than two decimals is never exceeded by rounding.
    """
    return min(round_half_up(min(max(value, Decimal(0)), weight), PLACES), weight)


def calculated(steps: str, value: Decimal, weight: Decimal) -> Mark:
    """The score of a formula whose figures are put in."""
    score = settle(value, weight)
    return Mark(score, score, score, sentences.RESULT.format(steps=steps, score=show_score(score)))


def full(comparison: str, weight: Decimal) -> Mark:
    """Full marks because of a comparison."""
    score = settle(weight, weight)
    return Mark(score, score, score, sentences.FULL.format(comparison=comparison, weight=format_number(weight)))


def nothing(comparison: str) -> Mark:
    """No points because of a comparison."""
    zero = Decimal(0)
    return Mark(zero, zero, zero, sentences.NOTHING.format(comparison=comparison))


def show_score(score: Decimal) -> str:
    """A score with two decimals; a weight of more decimals keeps them."""
    return format_rounded(score, PLACES) if score == round_half_up(score, PLACES) else format_number(score)
