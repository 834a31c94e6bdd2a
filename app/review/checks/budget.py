"""Whether the budget table adds up and what follows from it and from the staffing figures agrees (C18, C19, C21 to C28, C41).

Amounts in 万元, tolerance 0.01; rates agree within 0.01 percentage points.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

from app.form.quantity import EXACT, Number, format_rounded, interpret, round_half_up
from app.form.rows import BudgetLine, Place
from app.form.rules import FromInputs, FromStaffing, Linked
from app.form.template import linked_of
from app.form.vocabulary import NARROW, RATE_SIGN, WAN_UNIT
from app.review import captions, sentences
from app.review.context import MONEY, RATE, Context, amount_columns, each_row, show
from app.review.finding import Finding
from app.review.subject import Subject, name_title, quote
from app.scoring.assessment import BudgetTotal
from app.scoring.figure import State
from app.scoring.gaps import is_blank

HUNDRED: Final = Decimal(100)
MOST_UNSPENT: Final = Decimal("0.2")
MOST_ADJUSTED: Final = Decimal("0.3")
SLIP: Final = (Decimal(5_000), Decimal(20_000))
PLACES: Final = 2


def check_unspent(context: Context) -> Iterator[Finding]:
    """C18: at most 20% of the whole budget is left unspent."""
    for line in _roots(context):
        annual, spent = context.amounts[line.key, "annual"], context.amounts[line.key, "spent"]
        if annual is None or spent is None or annual <= 0:
            continue
        with localcontext(EXACT):
            share = (annual - spent) / annual
        if share > MOST_UNSPENT:
            figures = {"budget": show(annual), "paid": show(spent), "share": _percent(share)}
            yield context.say("C18", Place("budget", line.key, "spent"), name=name_title(line.label), **figures)


def check_execution(context: Context) -> Iterator[Finding]:
    """C19: the execution rate that the form states is spent ÷ budget, where the template does not link it (C26).

    Forms with a rate column beside the money keep its first figure as this row when they are read.
    """
    roots = _roots(context)
    rates = {each.key: each.rate.value for each in context.assessment.execution}
    rate = rates[roots[0].key] if len(roots) == 1 else None
    if rate is None:
        return
    for subject in context.counted:
        typed = _percentage(subject)
        if typed is None or _linked(subject) or subject.row.name.strip() not in captions.EXECUTION:
            continue
        with localcontext(EXACT):
            gap = abs(typed - round_half_up(rate * HUNDRED, PLACES))
        if gap > RATE:
            amounts = {"paid": quote(roots[0].spent), "budget": quote(roots[0].annual)}
            yield subject.say("C19", "actual", shown=f"{_percent(rate)}%", **amounts)


def check_overspent(context: Context) -> Iterator[Finding]:
    """C21: no line spends more than its budget."""
    for line in context.form.budget:
        annual, spent = context.amounts[line.key, "annual"], context.amounts[line.key, "spent"]
        if annual is not None and spent is not None and spent > annual + MONEY:
            figures = {"budget": show(annual), "paid": show(spent)}
            yield context.say("C21", Place("budget", line.key, "spent"), name=name_title(line.label), **figures)


def check_budget_total(context: Context) -> Iterator[Finding]:
    """C22: the whole is the sum of its parts, in every column."""
    roots = {line.key: line for line in _roots(context)}
    for total in context.assessment.budget:
        gap = _gap(total)
        if total.key not in roots or gap is None or abs(gap) <= MONEY:
            continue
        parts = "+".join(name_title(line.label) for line in context.form.budget if line.part_of == total.key)
        words = (sentences.MORE_MONEY if gap > 0 else sentences.LESS_MONEY).format(gap=show(abs(gap)))
        yield context.say("C22", _place(total), **_figures(context, total, roots[total.key]), parts=parts, gap=words)


def check_projects(context: Context) -> Iterator[Finding]:
    """C23: the listed lines sum to the line they are parts of; less may be a partial list, and is said."""
    lines = {line.key: line for line in context.form.budget if line.part_of}
    for total in context.assessment.budget:
        gap = _gap(total)
        if total.key in lines and gap is not None and abs(gap) > MONEY:
            figures = _figures(context, total, lines[total.key])
            yield context.say("C23", _place(total), "more" if gap > 0 else "less", **figures, gap=show(abs(gap)))


def check_missing_totals(context: Context) -> Iterator[Finding]:
    """C24: a sum is not blank or 0 over parts that are above 0."""
    lines = {line.key: line for line in context.form.budget}
    for total in context.assessment.budget:
        line, parts = lines[total.key], total.parts.value
        is_nothing = is_blank(getattr(line, total.field)) or total.typed.value == 0
        if is_nothing and parts is not None and parts > 0:
            figures = {"name": name_title(line.label), "column": context.labels[total.field], "sum": show(parts)}
            yield context.say("C24", _place(total), **figures, text=quote(getattr(line, total.field)))


def check_adjustment(context: Context) -> Iterator[Finding]:
    """C25: a budget that was changed by more than 30% is explained."""
    for line in _roots(context) if "initial" in amount_columns(context.template) else ():
        initial, annual = context.amounts[line.key, "initial"], context.amounts[line.key, "annual"]
        if initial is None or annual is None or initial <= 0:
            continue
        with localcontext(EXACT):
            rate = abs(annual - initial) / initial
        if rate > MOST_ADJUSTED:
            figures = {"before": show(initial), "after": show(annual), "rate": _percent(rate)}
            yield context.say(
                "C25", Place("budget", line.key, "annual"), "budget", name=name_title(line.label), **figures
            )
    yield from _check_adjusted_rows(context)


@each_row
def _check_adjusted_rows(subject: Subject) -> Iterator[Finding]:
    percent = _percentage(subject) if captions.ADJUSTMENT in subject.row.name else None
    if percent is not None and abs(percent) > MOST_ADJUSTED * HUNDRED and is_blank(subject.row.reason):
        yield subject.say("C25", "actual", "row")


@each_row
def check_budget_rates(subject: Subject) -> Iterator[Finding]:
    """C26: rates that the budget table determines agree with it."""
    if not isinstance(_linked(subject), FromInputs | FromStaffing):
        yield from _check_linked(subject, "C26")


def check_staffing(context: Context) -> Iterator[Finding]:
    """C27: the rate of posts filled agrees with the staffing figures, and so does the staffing paragraph."""
    yield from _check_staffing_rates(context)
    staffing, block = context.form.staffing, context.template.staffing
    title = block.label if block else ""
    for figure in block.figures if block else ():
        typed, word = interpret(getattr(staffing, figure.field)), captions.HEADCOUNTS.get(figure.field)
        if word is None or not isinstance(typed, Number):
            continue
        found = find_counts(staffing.text, word)
        # Several mentions may be parts of one figure (行政编制 10 人，事业编制 14 人).
        if found and typed.value not in found and sum(found, Decimal(0)) != typed.value:
            figures = {"title": title, "label": figure.label, "value": show(typed.value)}
            listed = captions.LIST.join(map(show, found))
            yield context.say("C27", Place("staffing", "", figure.field), "text", **figures, found=listed)


@each_row
def _check_staffing_rates(subject: Subject) -> Iterator[Finding]:
    if isinstance(_linked(subject), FromStaffing):
        yield from _check_linked(subject, "C27", "rate")


@each_row
def check_input_rates(subject: Subject) -> Iterator[Finding]:
    """C28: rates that other figures beside the indicator determine agree with them."""
    if isinstance(_linked(subject), FromInputs):
        yield from _check_linked(subject, "C28")


def check_amounts(context: Context) -> Iterator[Finding]:
    """C41: no amount looks like 元 among 万元: 10,000 times another of its line, or more than two decimals of 万元."""
    fields = amount_columns(context.template)
    for line in context.form.budget:
        annual, spent = context.amounts[line.key, "annual"], context.amounts[line.key, "spent"]
        name = name_title(line.label)
        if annual and spent and annual > 0 and spent > 0:
            with localcontext(EXACT):
                ratio = max(annual, spent) / min(annual, spent)
            if SLIP[0] <= ratio <= SLIP[1]:
                figures = {
                    "budget": quote(line.annual),
                    "paid": quote(line.spent),
                    "ratio": str(round_half_up(ratio, 0)),
                }
                yield context.say("C41", Place("budget", line.key), "slip", name=name, **figures)
        for field in fields:
            text: str = getattr(line, field)
            typed = interpret(text)
            if (
                isinstance(typed, Number)
                and typed.unit in {"", WAN_UNIT}
                and typed.value != round_half_up(typed.value, PLACES)
            ):
                place = Place("budget", line.key, field)
                yield context.say("C41", place, "decimals", name=name, column=context.labels[field], text=quote(text))


@lru_cache(maxsize=256)
def find_counts(text: str, word: str) -> tuple[Decimal, ...]:
    """The numbers that a paragraph gives for a word, after it (编制为 24 人) or before it (8 名财政供养退休人员)."""
    narrow = text.translate(NARROW)
    for pattern in (captions.COUNT_AFTER, captions.COUNT_BEFORE):
        found = re.findall(pattern.format(word=word), narrow)
        if found:
            return tuple(Decimal(number) for number in found)
    return ()


def _linked(subject: Subject) -> Linked | None:
    return linked_of(subject.template, subject.row.key)


def _check_linked(subject: Subject, code: str, variant: str = "") -> Iterator[Finding]:
    computed, typed = subject.computed.linked, _percentage(subject)
    if computed is None or computed.value is None or typed is None:
        return
    with localcontext(EXACT):
        gap = abs(typed - round_half_up(computed.value * HUNDRED, PLACES))
    if gap > RATE:
        yield subject.say(code, "actual", variant, shown=computed.shown, formula=computed.formula)


def _percentage(subject: Subject) -> Decimal | None:
    """The actual value in percent; None when it is none."""
    actual = subject.actual
    return actual.value if isinstance(actual, Number) and actual.unit == RATE_SIGN else None


def _roots(context: Context) -> list[BudgetLine]:
    return [line for line in context.form.budget if not line.part_of]


def _gap(total: BudgetTotal) -> Decimal | None:
    """Parts less typed, where all parts are there; None where C24 or a blank cell says it already."""
    if not total.typed.value or total.parts.value is None or total.parts.state is not State.COMPLETE:
        return None
    return total.parts.value - total.typed.value


def _figures(context: Context, total: BudgetTotal, line: BudgetLine) -> dict[str, str]:
    typed, parts = total.typed.value or Decimal(0), total.parts.value or Decimal(0)
    column = context.labels[total.field]
    return {"name": name_title(line.label), "column": column, "typed": show(typed), "sum": show(parts)}


def _place(total: BudgetTotal) -> Place:
    return Place("budget", total.key, total.field)


def _percent(ratio: Decimal) -> str:
    with localcontext(EXACT):
        return format_rounded(ratio * HUNDRED, PLACES)
