"""Whether weights, scores, totals and grade fit each other (C01 to C06). Figures in points, tolerance 0.005."""

from collections.abc import Iterator
from decimal import Decimal

from app.form.quantity import Number, interpret
from app.form.rows import Place
from app.review import sentences
from app.review.context import POINTS, Context, each_row, show
from app.review.finding import Finding
from app.review.subject import Subject, name_title, quote
from app.scoring.figure import Figure, State


def check_weight_total(context: Context) -> Iterator[Finding]:
    """C01: the weights sum to the template's total."""
    total, weight = context.template.total, _whole(context, context.assessment.weight)
    if weight is not None and differ(weight, total):
        gap = weight - total
        words = (sentences.MORE if gap > 0 else sentences.LESS).format(gap=show(abs(gap)))
        place = Place("indicators", "", "weight")
        yield context.say("C01", place, sum=show(weight), total=show(total), gap=words)


def check_group_weights(context: Context) -> Iterator[Finding]:
    """C02: every group's label agrees with its rows and with the groups in it; the uppermost ones sum to the total."""
    labels = {total.key: total.label_weight for total in context.assessment.groups}
    children: dict[str, list[str]] = {}
    for group in context.form.groups:
        children.setdefault(group.part_of, []).append(group.key)
    for group, total in zip(context.form.groups, context.assessment.groups, strict=True):
        stated, rows = total.label_weight, _whole(context, total.weight)
        inner = _sum([labels[key] for key in children.get(group.key, ())])
        place, name = Place("groups", group.key, "label"), name_title(group.label)
        if stated is not None and rows is not None and differ(rows, stated):
            yield context.say("C02", place, "rows", name=name, stated=show(stated), sum=show(rows))
        elif stated is not None and inner is not None and differ(inner, stated):
            yield context.say("C02", place, "groups", name=name, stated=show(stated), sum=show(inner))
    yield from _check_tops(context, [labels[key] for key in children.get("", ())])


def _check_tops(context: Context, weights: list[Decimal | None]) -> Iterator[Finding]:
    total, found = context.template.total, _sum(weights)
    if found is not None and differ(found, total):
        parts = "+".join(show(weight) for weight in weights if weight is not None)
        figures = f"{parts} = {show(found)}" if len(weights) > 1 else parts
        yield context.say("C02", Place("groups"), "total", sum=figures, total=show(total))


def check_stated_totals(context: Context) -> Iterator[Finding]:
    """C03: the totals that a paper states are the computed ones."""
    stated, assessment = context.form.stated, context.assessment
    yield from _check_stated(context, "weight", stated.weight_total, assessment.weight)
    yield from _check_stated(context, "score", stated.score_total, assessment.scaled_score)


def _check_stated(context: Context, variant: str, stated: str, computed: Figure) -> Iterator[Finding]:
    quantity = interpret(stated)
    if not stated.strip() or computed.value is None:
        return
    if not isinstance(quantity, Number) or differ(quantity.value, computed.value):
        place = Place("stated", "", f"{variant}_total")
        yield context.say("C03", place, variant, stated=quote(stated), sum=show(computed.value))


@each_row
def check_score_range(subject: Subject) -> Iterator[Finding]:
    """C04: no score below 0 or above the row's weight."""
    score, weight = subject.score, subject.weight
    if score is not None and score < 0:
        yield subject.say("C04", "score", "below", value=show(score))
    elif score is not None and weight is not None and score > weight + POINTS:
        yield subject.say("C04", "score", "above", value=show(score), limit=show(weight))


def check_score_total(context: Context) -> Iterator[Finding]:
    """C05: the scores do not sum to more than the template's total."""
    total, score = context.template.total, context.assessment.scaled_score.value
    if score is not None and score > total + POINTS:
        yield context.say("C05", Place("indicators", "", "score"), sum=show(score), total=show(total))


def check_grade(context: Context) -> Iterator[Finding]:
    """C06: the grade that a paper states is that of the computed total."""
    stated, grade, score = context.form.stated.grade, context.assessment.grade, context.assessment.scaled_score.value
    if stated.strip() and grade is not None and score is not None and stated.strip() != grade:
        figures = {"stated": quote(stated), "grade": grade, "sum": show(score)}
        yield context.say("C06", Place("stated", "", "grade"), **figures)


def differ(one: Decimal, other: Decimal) -> bool:
    """Whether two points differ by more than the tolerance."""
    return abs(one - other) > POINTS


def _whole(context: Context, weight: Figure) -> Decimal | None:
    """A sum of weights that must fit; None while it is incomplete, and where rows aside leave their weight to others."""
    return weight.value if weight.state is State.COMPLETE and not context.is_scaled else None


def _sum(values: list[Decimal | None]) -> Decimal | None:
    """The sum, None unless all are there."""
    present = [value for value in values if value is not None]
    return sum(present, Decimal(0)) if present and len(present) == len(values) else None
