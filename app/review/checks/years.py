"""Whether this year's form only repeats last year's (C49)."""

from collections.abc import Iterator

from app.form.form import Form
from app.form.quantity import Bound, Number, interpret
from app.form.rows import Place
from app.review.context import Context
from app.review.finding import Finding
from app.review.subject import quote
from app.review.years import same_texts, values_of_last_year

AT_LEAST = ("≥", ">", "=")


def check_last_year(context: Context) -> Iterator[Finding]:
    """C49: targets that were exceeded already, and narratives that were copied. Nothing where there is no form of last year."""
    if context.last is not None:
        yield from _check_targets(context, context.last)
        yield from _check_texts(context, context.last)


def _check_targets(context: Context, last: Form) -> Iterator[Finding]:
    """Targets that are limits from above are none that should grow."""
    before = values_of_last_year(context.form, last)
    for subject in context.counted:
        row = subject.row
        actual = before.get(Place("indicators", row.key, "actual"), "")
        target, reached = _least(row.target), interpret(actual)
        if target is None or not isinstance(reached, Number) or target.unit != reached.unit:
            continue
        if target.value < reached.value:
            yield subject.say("C49", "target", "target", reached=quote(actual))


def _check_texts(context: Context, last: Form) -> Iterator[Finding]:
    names = {narrative.place: narrative.name for narrative in context.narratives}
    for place in same_texts(context.form, last):
        yield context.say("C49", place, "text", name=names.get(place, ""))


def _least(text: str) -> Number | None:
    """The number that must at least be reached, None where a target is none such."""
    match interpret(text):
        case Number() as number:
            return number
        case Bound(sign, number) if sign in AT_LEAST:
            return number
        case _:
            return None
