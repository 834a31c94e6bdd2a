"""What a scoring rule makes of one row: the suggested score, how it came about, or why it can't be computed."""

from dataclasses import dataclass
from decimal import Decimal


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
    """Everything computed for one indicator row. ``linked`` is None where the template links nothing."""

    key: str
    suggestion: Suggestion
    linked: LinkedFigure | None
