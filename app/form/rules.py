"""The vocabulary of scoring: which rules, linked figures and policies a template can name. Data only (domain.md §3, §4).

Decides what can be said; `app.scoring` says what it means. Scores are in points, shares of a weight are ratios.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar


class Mode(StrEnum):
    """Who scores: the user alone, the user with a suggestion beside (the default), the rule alone."""

    MANUAL = "manual"
    SUGGEST = "suggest"
    LOCKED = "locked"


class NotApplicable(StrEnum):
    """What becomes of the weight of rows that don't apply: nothing, or the others are scaled up to the total."""

    NONE = "none"
    SCALE = "scale"


class RuleKind(StrEnum):
    """The names of the rules, in templates and in findings."""

    BY_TARGET = "target"
    POSITIVE = "positive"
    EQUAL = "equal"
    REVERSE = "reverse"
    RANGE = "range"
    QUALITATIVE = "qualitative"
    EXECUTION = "execution"
    STEP = "step"
    BANDS = "bands"
    CHECKLIST = "checklist"
    VIOLATIONS = "violations"
    MANUAL = "manual"


class LinkedKind(StrEnum):
    """The names of what a figure can be computed from, in templates."""

    BUDGET = "budget"
    ADJUSTMENT = "adjustment"
    STAFFING = "staffing"
    INPUTS = "inputs"


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of a qualitative rule: words that name it, and its band of the weight as ratios, ``most`` excluded unless 1."""

    name: str
    words: tuple[str, ...]
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Policy:
    """How a template scores as a whole. ``over_fulfilment``: from actual ÷ target of this ratio on an explanation is asked for."""

    mode: Mode = Mode.SUGGEST
    over_fulfilment: Decimal = Decimal("1.3")
    not_applicable: NotApplicable = NotApplicable.NONE
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class ByTarget:
    """The rule that the target cell itself names: ≥ > and plain numbers positive, ≤ < reverse, 0 equal, words qualitative."""

    kind: ClassVar[RuleKind] = RuleKind.BY_TARGET


@dataclass(frozen=True, slots=True)
class Positive:
    """More is better."""

    kind: ClassVar[RuleKind] = RuleKind.POSITIVE


@dataclass(frozen=True, slots=True)
class Equal:
    """Exactly the target (0 in practice)."""

    kind: ClassVar[RuleKind] = RuleKind.EQUAL


@dataclass(frozen=True, slots=True)
class Reverse:
    """Less is better; ``form`` 1 falls linearly to 0 at twice the target, form 2 (Hubei) is target ÷ actual."""

    kind: ClassVar[RuleKind] = RuleKind.REVERSE

    form: int = 1


@dataclass(frozen=True, slots=True)
class Range:
    """Between two bounds, both included."""

    kind: ClassVar[RuleKind] = RuleKind.RANGE

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Qualitative:
    """One of the policy's tiers."""

    kind: ClassVar[RuleKind] = RuleKind.QUALITATIVE


@dataclass(frozen=True, slots=True)
class ByExecution:
    """The weight times spent ÷ budget, at most the weight."""

    kind: ClassVar[RuleKind] = RuleKind.EXECUTION


@dataclass(frozen=True, slots=True)
class Step:
    """Full at the target; ``points`` less for each begun ``per`` percentage points below (or above, when ``is_ceiling``) it."""

    kind: ClassVar[RuleKind] = RuleKind.STEP

    points: Decimal
    per: Decimal
    is_ceiling: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Up to and including ``up_to`` (percent; None: everything above) the row earns ``points``."""

    up_to: Decimal | None
    points: Decimal


@dataclass(frozen=True, slots=True)
class Bands:
    """A lookup of the actual value; bands rise without gap, the last one has no end."""

    kind: ClassVar[RuleKind] = RuleKind.BANDS

    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The actual cell counts 评价要点 that are met; each earns ``points``."""

    kind: ClassVar[RuleKind] = RuleKind.CHECKLIST

    points: Decimal


@dataclass(frozen=True, slots=True)
class Violations:
    """The actual cell counts violations; each costs ``points``."""

    kind: ClassVar[RuleKind] = RuleKind.VIOLATIONS

    points: Decimal


@dataclass(frozen=True, slots=True)
class Manual:
    """The unit's own figure; nothing is suggested."""

    kind: ClassVar[RuleKind] = RuleKind.MANUAL


Applied = (
    Positive | Equal | Reverse | Range | Qualitative | ByExecution | Step | Bands | Checklist | Violations | Manual
)
Rule = ByTarget | Applied


@dataclass(frozen=True, slots=True)
class FromBudget:
    """预算执行率: spent ÷ annual of the line that is part of none."""


@dataclass(frozen=True, slots=True)
class FromAdjustment:
    """预算调整率: |annual - initial| ÷ initial of the line that is part of none."""


@dataclass(frozen=True, slots=True)
class FromStaffing:
    """在职人员控制率: 实有 ÷ 编制."""


@dataclass(frozen=True, slots=True)
class FromInputs:
    """A rate of two amounts entered beside the indicator, labelled here; ``is_change``: (part - whole) ÷ whole."""

    part: str
    whole: str
    is_change: bool = False


Linked = FromBudget | FromAdjustment | FromStaffing | FromInputs
