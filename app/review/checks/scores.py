"""Whether scores follow from what was reached, and say why where they don't (C08, C11 to C17, C29 to C31, C47)."""

from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import Final

from app.form.quantity import EXACT, Bound, Number, format_rounded, round_half_up
from app.form.rows import Place
from app.form.rules import RuleKind
from app.form.vocabulary import RATE_SIGN
from app.review import captions
from app.review.checks.cells import is_assessable, is_qualitative
from app.review.context import Context, Subject, has_column, quote, show
from app.review.finding import Finding
from app.scoring.figure import State
from app.scoring.gaps import is_blank
from app.scoring.suggestion import Suggestion

CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)
TWICE: Final = Decimal(2)
MOST_AHEAD: Final = Decimal(5)
LEAST_ROWS: Final = 3
ROUNDED: Final = 2


def check_rule_scores(context: Context) -> Iterator[Finding]:
    """C08: the score is the rule's, ±0.01, else there is a reason. Rules that leave a choice are C11's."""
    for subject in context.counted:
        rule = _suggestion(subject)
        if rule is None or rule.score is None or rule.least != rule.most or subject.score is None:
            continue
        if abs(subject.score - rule.score) > CENT and _is_unexplained(subject) and not is_scored_by_rate(subject):
            figures = {"name": subject.name, "value": show(subject.score), "suggested": show(rule.score)}
            yield context.say("C08", subject.at("score"), **figures, formula=rule.formula)


def check_tiers(context: Context) -> Iterator[Finding]:
    """C11: the score of a qualitative row lies within the band of the tier it names."""
    for subject in context.counted:
        rule = _suggestion(subject)
        if rule is None or rule.least is None or rule.most is None or subject.score is None or rule.least == rule.most:
            continue
        if not rule.least - CENT / 2 <= subject.score <= rule.most + CENT / 2:
            figures = {"value": show(subject.score), "least": show(rule.least), "most": show(rule.most)}
            yield context.say("C11", subject.at("score"), **subject.texts, **figures)


def check_tier_words(context: Context) -> Iterator[Finding]:
    """C12: a qualitative actual value is a tier or a word of the rule, not the target's sentence again. 效益 rows are C35's."""
    benefits = {group.key for group in context.form.groups if captions.BENEFIT in group.label}
    for subject in context.counted:
        if subject.branch in benefits or not is_qualitative(subject) or is_assessable(context, subject):
            continue
        variant = "copied" if subject.row.actual.strip() in subject.row.target else "word"
        yield context.say("C12", subject.at("actual"), variant, **subject.texts)


def check_reasons(context: Context) -> Iterator[Finding]:
    """C13: a lost point has a reason; mandatory where the form has a column for it."""
    say = context.demand if has_column(context.template, "reason") else context.say
    for subject in context.counted:
        if subject.weight is None or subject.score is None or not _is_unexplained(subject):
            continue
        if subject.weight - subject.score >= CENT:
            figures = {"limit": show(subject.weight), "value": show(subject.score)}
            yield say(
                "C13", subject.at("score"), name=subject.name, **figures, gap=show(subject.weight - subject.score)
            )


def check_reason_words(context: Context) -> Iterator[Finding]:
    """C14: full marks do not go with a reason that tells of a shortfall."""
    for subject in context.counted:
        word = next((word for word in captions.SHORTFALLS if word in subject.row.reason), None)
        if word is not None and _is_full(subject):
            figures = {"name": subject.name, "value": show(subject.score or Decimal(0)), "word": word}
            yield context.say("C14", subject.at("reason"), **figures)


def check_over_fulfilment(context: Context) -> Iterator[Finding]:
    """C15: an actual value far above the target is explained; from twice the target on the target is in doubt."""
    least = context.template.policy.over_fulfilment
    for subject in context.counted:
        rule, target = _suggestion(subject), _number(subject, "target")
        if (
            rule is None
            or rule.rule != RuleKind.POSITIVE.value
            or not isinstance(subject.actual, Number)
            or target is None
        ):
            continue
        if target.value <= 0 or target.unit != subject.actual.unit or not _is_unexplained(subject):
            continue
        if subject.actual.value >= target.value * least:
            with localcontext(EXACT):
                ratio = subject.actual.value / target.value
            variant = "double" if ratio >= TWICE else "over"
            yield context.say("C15", subject.at("actual"), variant, **subject.texts, ratio=_percent(ratio))


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


def check_directions(context: Context) -> Iterator[Finding]:
    """C29: the sign of a target points where the indicator's name does."""
    for subject in context.counted:
        if not isinstance(subject.target, Bound):
            continue
        name, sign = subject.row.name, subject.target.sign
        if sign in {"≥", ">"} and any(word in name for word in captions.LESS_IS_BETTER):
            yield context.say("C29", subject.at("target"), "less", **subject.texts)
        elif sign in {"≤", "<"} and any(word in name for word in captions.MORE_IS_BETTER):
            yield context.say("C29", subject.at("target"), "more", **subject.texts)


def check_satisfaction_scores(context: Context) -> Iterator[Finding]:
    """C30: the score of 满意度 is weight × actual ÷ target, not weight × actual."""
    for subject in context.counted:
        reached, goal = _number(subject, "actual"), _number(subject, "target")
        if not is_scored_by_rate(subject) or reached is None or goal is None:
            continue
        weight, score = subject.weight or Decimal(0), subject.score or Decimal(0)
        formula = f"{show(weight)} × {show(reached.value)} ÷ {show(goal.value)}"
        figures = {"value": show(score), "limit": show(weight), "rate": f"{show(reached.value)}{RATE_SIGN}"}
        right = show(_proportion(weight, reached.value, goal.value))
        yield context.say("C30", subject.at("score"), name=subject.name, **figures, formula=formula, right=right)


def check_surveys(context: Context) -> Iterator[Finding]:
    """C31: 满意度 says how many were asked."""
    for subject in context.counted:
        is_reached = _number(subject, "actual") is not None
        if captions.SATISFACTION in subject.row.name and is_reached and is_blank(subject.row.whole):
            yield context.say("C31", subject.at("actual"), **subject.texts)


def check_shares(context: Context) -> Iterator[Finding]:
    """C47: no row has more than half of its uppermost group, where that has three rows or more."""
    branches: dict[str, list[Subject]] = {}
    for subject in context.counted:
        branches.setdefault(subject.branch, []).append(subject)
    labels = {group.key: group.label for group in context.form.groups}
    for key, subjects in branches.items():
        total = sum((subject.weight for subject in subjects if subject.weight is not None), Decimal(0))
        for subject in subjects if len(subjects) >= LEAST_ROWS and total > 0 else ():
            if subject.weight is not None and subject.weight * 2 > total:
                figures = {"value": show(subject.weight), "sum": show(total), "branch": quote(labels.get(key, ""))}
                yield context.say("C47", subject.at("weight"), name=subject.name, **figures)


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


def _suggestion(subject: Subject) -> Suggestion | None:
    return subject.computed.suggestion if subject.computed else None


def _is_unexplained(subject: Subject) -> bool:
    return is_blank(subject.row.reason)


def _is_full(subject: Subject) -> bool:
    return bool(subject.weight) and subject.score is not None and subject.score == subject.weight


def _percent(value: Decimal) -> str:
    return show(Decimal(format_rounded(value, ROUNDED)))
