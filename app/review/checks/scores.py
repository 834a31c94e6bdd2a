"""Whether scores follow from what was reached, and say why where they don't (C08, C11 to C17, C29 to C31, C47)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Final

from app.form.quantity import EXACT, Bound, Number, format_rounded, round_half_up
from app.form.rows import Place
from app.form.rules import RuleKind
from app.form.vocabulary import RATE_SIGN
from app.review import captions
from app.review.checks.cells import is_assessable, is_qualitative
from app.review.context import Context, each_row, show
from app.review.finding import Finding, Level
from app.review.subject import Subject, has_column, quote
from app.scoring.figure import State
from app.scoring.gaps import is_blank

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
TWICE: Final = Decimal(2)
MOST_AHEAD: Final = Decimal(5)
LEAST_ROWS: Final = 3
ROUNDED: Final = 2


@each_row
def check_rule_scores(subject: Subject) -> Iterator[Finding]:
    """C08: the score is the rule's, ±0.01, else there is a reason. Rules that leave a choice are C11's."""
    rule = subject.computed.suggestion
    if rule.score is None or rule.least != rule.most or subject.score is None:
        return
    if abs(subject.score - rule.score) > CENT and _is_unexplained(subject) and not is_scored_by_rate(subject):
        figures = {"value": show(subject.score), "suggested": show(rule.score), "formula": rule.formula}
        yield subject.say("C08", "score", **figures)


@each_row
def check_tiers(subject: Subject) -> Iterator[Finding]:
    """C11: the score of a qualitative row lies within the band of the tier it names."""
    rule = subject.computed.suggestion
    if rule.least is None or rule.most is None or subject.score is None or rule.least == rule.most:
        return
    if not rule.least - CENT / 2 <= subject.score <= rule.most + CENT / 2:
        yield subject.say("C11", "score", value=show(subject.score), least=show(rule.least), most=show(rule.most))


@each_row
def check_tier_words(subject: Subject) -> Iterator[Finding]:
    """C12: a qualitative actual value is a tier or a word of the rule, not the target's sentence again. 效益 rows are C35's."""
    if not subject.is_benefit and is_qualitative(subject) and not is_assessable(subject):
        yield subject.say("C12", "actual", "copied" if subject.row.actual.strip() in subject.row.target else "word")


@each_row
def check_reasons(subject: Subject) -> Iterator[Finding]:
    """C13: a lost point has a reason; mandatory where the form has a column for it."""
    if subject.weight is None or subject.score is None or not _is_unexplained(subject):
        return
    gap = subject.weight - subject.score
    if gap >= CENT:
        found = subject.say("C13", "score", limit=show(subject.weight), value=show(subject.score), gap=show(gap))
        yield replace(found, level=Level.MANDATORY) if has_column(subject.template, "reason") else found


@each_row
def check_reason_words(subject: Subject) -> Iterator[Finding]:
    """C14: full marks do not go with a reason that tells of a shortfall."""
    word = next((word for word in captions.SHORTFALLS if word in subject.row.reason), None)
    if word is not None and _is_full(subject):
        yield subject.say("C14", "reason", value=show(subject.score or Decimal(0)), word=word)


@each_row
def check_over_fulfilment(subject: Subject) -> Iterator[Finding]:
    """C15: an actual value far above the target is explained; from twice the target on the target is in doubt."""
    actual, target = subject.actual, _number(subject, "target")
    is_positive = subject.computed.suggestion.rule == RuleKind.POSITIVE.value
    if not is_positive or not isinstance(actual, Number) or target is None or not _is_unexplained(subject):
        return
    if target.value <= 0 or target.unit != actual.unit:
        return
    if actual.value >= target.value * subject.template.policy.over_fulfilment:
        with localcontext(EXACT):
            ratio = actual.value / target.value
        yield subject.say("C15", "actual", "double" if ratio >= TWICE else "over", ratio=_percent(ratio))


def check_full_marks(context: Context) -> Iterator[Finding]:
    """C16: not every row has full marks."""
    score = context.assessment.score
    if len(context.counted) > 1 and score.value is not None and all(_is_full(subject) for subject in context.counted):
        place = Place("indicators", "", "score")
        yield context.say("C16", place, count=str(len(context.counted)), sum=show(score.value))


def check_score_rate(context: Context) -> Iterator[Finding]:
    """C17: the share of points earned is at most 5 percentage points ahead of the share of money spent."""
    assessment = context.assessment
    weight, score = assessment.weight, assessment.score
    if score.state is not State.COMPLETE or not weight.value or score.value is None:
        return
    roots = {line.key for line in context.form.budget if not line.part_of}
    for execution in assessment.execution:
        if execution.key not in roots or execution.rate.value is None:
            continue
        with localcontext(EXACT):
            rate, spent = HUNDRED * score.value / weight.value, HUNDRED * execution.rate.value
            gap = rate - spent
        if gap > MOST_AHEAD:
            figures = {"rate": _percent(rate), "execution": _percent(spent), "gap": _percent(gap)}
            yield context.say("C17", Place("budget", execution.key, "spent"), **figures)


@each_row
def check_directions(subject: Subject) -> Iterator[Finding]:
    """C29: the sign of a target points where the indicator's name does."""
    if not isinstance(subject.target, Bound):
        return
    name, sign = subject.row.name, subject.target.sign
    if sign in {"≥", ">"} and any(word in name for word in captions.LESS_IS_BETTER):
        yield subject.say("C29", "target", "less")
    elif sign in {"≤", "<"} and any(word in name for word in captions.MORE_IS_BETTER):
        yield subject.say("C29", "target", "more")


@each_row
def check_satisfaction_scores(subject: Subject) -> Iterator[Finding]:
    """C30: the score of 满意度 is weight × actual ÷ target, not weight × actual."""
    reached, goal = _number(subject, "actual"), _number(subject, "target")
    if not is_scored_by_rate(subject) or reached is None or goal is None:
        return
    weight, score = subject.weight or Decimal(0), subject.score or Decimal(0)
    formula = f"{show(weight)} × {show(reached.value)} ÷ {show(goal.value)}"
    figures = {"value": show(score), "limit": show(weight), "rate": f"{show(reached.value)}{RATE_SIGN}"}
    right = show(_proportion(weight, reached.value, goal.value))
    yield subject.say("C30", "score", **figures, formula=formula, right=right)


@each_row
def check_surveys(subject: Subject) -> Iterator[Finding]:
    """C31: 满意度 says how many were asked."""
    is_reached = _number(subject, "actual") is not None
    if captions.SATISFACTION in subject.row.name and is_reached and is_blank(subject.row.whole):
        yield subject.say("C31", "actual")


def check_shares(context: Context) -> Iterator[Finding]:
    """C47: no row has more than half of its uppermost group, where that has three rows or more."""
    branches: dict[str, list[Subject]] = {}
    for subject in context.counted:
        branches.setdefault(subject.branch, []).append(subject)
    for subjects in branches.values():
        total = sum((subject.weight for subject in subjects if subject.weight is not None), Decimal(0))
        for subject in subjects if len(subjects) >= LEAST_ROWS and total > 0 else ():
            if subject.weight is not None and subject.weight * 2 > total:
                figures = {"value": show(subject.weight), "sum": show(total), "branch": quote(subject.title)}
                yield subject.say("C47", "weight", **figures)


def is_scored_by_rate(subject: Subject) -> bool:
    """Whether a 满意度 below its target got weight × actual: the common slip."""
    reached, goal = _number(subject, "actual"), _number(subject, "target")
    if captions.SATISFACTION not in subject.row.name or reached is None or goal is None:
        return False
    if not subject.weight or subject.score is None or {reached.unit, goal.unit} != {RATE_SIGN}:
        return False
    slip = _proportion(subject.weight, reached.value, HUNDRED)
    is_below = 0 < reached.value < goal.value
    return is_below and abs(subject.score - slip) < CENT <= abs(
        _proportion(subject.weight, reached.value, goal.value) - slip
    )


def _proportion(weight: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    with localcontext(EXACT):
        return round_half_up(weight * part / whole, ROUNDED)


def _number(subject: Subject, field: str) -> Number | None:
    """The number in a cell, also that of an inequality."""
    quantity = subject.target if field == "target" else subject.actual
    match quantity:
        case Number() as number:
            return number
        case Bound(number=number):
            return number
        case _:
            return None


def _is_unexplained(subject: Subject) -> bool:
    return is_blank(subject.row.reason)


def _is_full(subject: Subject) -> bool:
    return bool(subject.weight) and subject.score is not None and subject.score == subject.weight


def _percent(value: Decimal) -> str:
    return show(Decimal(format_rounded(value, ROUNDED)))
