"""Rules that compare the actual value with a target: positive, equal, reverse, range, step (domain.md §3).

Decides scores from numbers alone; which rule a row has and what its cells say is decided elsewhere. B is the actual value,
A the target, W the weight. A negative B counts as 0 where it would be multiplied or subtracted. Arithmetic is exact as far
as `quantity.EXACT` goes: callers compute in that context.
"""

from decimal import ROUND_CEILING, Decimal
from typing import Final, assert_never

from app.form.quantity import format_number as show
from app.form.rules import Equal, Positive, Range, Reverse, Step
from app.scoring import sentences
from app.scoring.goal import Goal
from app.scoring.suggestion import Mark, Obstacle, calculated, full, nothing

REVERSE_BY_RATIO: Final = 2  # form 2 (Hubei): W × A ÷ B


def compare(rule: Positive | Equal | Reverse | Step, goal: Goal, weight: Decimal) -> Mark | Obstacle:
    """The score of a row whose target cell holds the bound."""
    match rule:
        case Positive():
            return score_positive(goal.target, goal.actual, weight)
        case Equal():
            return score_equal(goal.target, goal.actual, weight)
        case Reverse(form):
            return score_reverse(goal.target, goal.actual, weight, form)
        case Step():
            return score_step(rule, goal, weight)
        case _:
            assert_never(rule)


def score_positive(target: Decimal, actual: Decimal, weight: Decimal) -> Mark | Obstacle:
    """B ≥ A → W, else W × B ÷ A. Nothing can be computed for A = 0."""
    if target == 0:
        return Obstacle(sentences.ZERO_TARGET)
    if actual >= target:
        return full(f"{show(actual)} ≥ {show(target)}", weight)
    if target < 0:
        return Obstacle(sentences.NEGATIVE_TARGET.format(target=show(target)))
    counted = max(actual, Decimal(0))
    steps = sentences.PROPORTION.format(weight=show(weight), part=show(counted), whole=show(target))
    return calculated(_note_zero(steps, actual), weight * counted / target, weight)


def score_equal(target: Decimal, actual: Decimal, weight: Decimal) -> Mark:
    """B = A → W, else 0; for A = 0 already B ≤ 0 is enough."""
    if actual == target:
        return full(f"{show(actual)} = {show(target)}", weight)
    if target == 0 and actual < 0:
        return full(f"{show(actual)} ≤ 0", weight)
    return nothing(f"{show(actual)} ≠ {show(target)}")


def score_reverse(target: Decimal, actual: Decimal, weight: Decimal, form: int = 1) -> Mark | Obstacle:
    """B ≤ A → W. Form 1: A < B < 2A → W × (1 − (B − A) ÷ A), beyond 0. Form 2: W × A ÷ B. For A = 0: B > 0 → 0."""
    if actual <= target:
        return full(f"{show(actual)} ≤ {show(target)}", weight)
    if target < 0:
        return Obstacle(sentences.NEGATIVE_TARGET.format(target=show(target)))
    if target == 0:
        return nothing(f"{show(actual)} > 0")
    if form == REVERSE_BY_RATIO:
        steps = sentences.PROPORTION.format(weight=show(weight), part=show(target), whole=show(actual))
        return calculated(steps, weight * target / actual, weight)
    if actual >= 2 * target:
        return nothing(sentences.TWICE.format(actual=show(actual), target=show(target)))
    steps = sentences.EXCESS.format(weight=show(weight), actual=show(actual), target=show(target))
    # As one fraction: the difference is exact, and only the last step can round.
    return calculated(steps, weight * (2 * target - actual) / target, weight)


def score_range(rule: Range, actual: Decimal, weight: Decimal) -> Mark | Obstacle:
    """Inside → W; below: positive against the lower bound; above: reverse, form 1, against the upper one."""
    counted = max(actual, Decimal(0)) if rule.low >= 0 else actual
    if counted < rule.low:
        return score_positive(rule.low, actual, weight)
    if counted > rule.high:
        return score_reverse(rule.high, actual, weight)
    within = sentences.WITHIN.format(low=show(rule.low), actual=show(counted), high=show(rule.high))
    return full(_note_zero(within, actual) if counted != actual else within, weight)


def score_step(rule: Step, goal: Goal, weight: Decimal) -> Mark:
    """At the target or better → W; else ``points`` less for each begun ``per`` of the distance, never below 0."""
    counted = max(goal.actual, Decimal(0)) if goal.target >= 0 else goal.actual
    distance = counted - goal.target if rule.is_ceiling else goal.target - counted
    if distance <= 0:
        sign = "≤" if rule.is_ceiling else "≥"
        return full(f"{show(goal.actual)} {sign} {show(goal.target)}", weight)
    count = (distance / rule.per).to_integral_value(ROUND_CEILING)
    steps = sentences.DEDUCTION.format(weight=show(weight), points=show(rule.points), count=show(count))
    noted = _note_zero(steps, goal.actual) if counted != goal.actual else steps
    return calculated(noted, weight - rule.points * count, weight)


def _note_zero(steps: str, actual: Decimal) -> str:
    return sentences.COUNTED_AS_ZERO.format(actual=show(actual), steps=steps) if actual < 0 else steps
