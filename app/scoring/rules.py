"""Suggested scores: which rule applies to a row, and what it makes of the row's cells (domain.md §3).

Decides the rule that a target names, and in which order obstacles are told. The template says the rules, other modules of
this room compute them; nothing here writes a score into a form.
"""

from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final, assert_never

from app.form.form import Form
from app.form.quantity import EXACT, Blank, Bound, Number, Unreadable, format_number, interpret
from app.form.rows import Indicator
from app.form.rules import (
    Applied,
    Bands,
    ByExecution,
    ByTarget,
    Checklist,
    Equal,
    Manual,
    Mode,
    Positive,
    Qualitative,
    Range,
    Reverse,
    Rule,
    Step,
    Violations,
)
from app.form.template import Template, rule_of
from app.form.vocabulary import RATE_SIGN
from app.scoring import sentences
from app.scoring.gaps import is_blank
from app.scoring.goal import read_count, read_goal, read_rate, read_reached, read_weight
from app.scoring.linked import Rate, budget_rate, show_rate
from app.scoring.lookup import score_band, score_count, score_tier
from app.scoring.proportion import compare, score_range
from app.scoring.suggestion import Mark, Obstacle, Suggestion, calculated, full

HUNDRED: Final = Decimal(100)


def suggest(form: Form, row: Indicator) -> Suggestion:
    """What the row's rule makes of it. Never raises for anything a user can type."""
    if needs_budget(form.template, row):
        return _suggest(row, form.template, budget_rate(form))
    return suggest_alone(row, form.template)


def needs_budget(template: Template, row: Indicator) -> bool:
    """Whether the row's score comes from the budget table: the rule uses what the cell says, and nothing stands in it."""
    return isinstance(rule_of(template, row.key), ByExecution) and is_blank(row.actual)


# Rows are immutable values: one that an edit did not touch is scored only once.
@lru_cache(maxsize=4096)
def suggest_alone(row: Indicator, template: Template) -> Suggestion:
    """The suggestion for a row that does not need the budget table."""
    return _suggest(row, template, Obstacle(sentences.NO_ACTUAL))


def resolve(rule: Rule, target: str) -> Applied | Obstacle:
    """The rule that is applied: the template's own, or the one that the target cell names."""
    if not isinstance(rule, ByTarget):
        return rule
    quantity = interpret(target)
    match quantity:
        case Blank():
            return Obstacle(sentences.NO_TARGET)
        case Unreadable():
            return Qualitative()
        case Bound(sign) if sign in {"≤", "<"}:
            return Reverse()
        case Bound(sign) if sign in {"≥", ">"}:
            return Positive()
        case Bound(_, number) | (Number() as number):
            return Positive() if number.value else Equal()
        case _:
            assert_never(quantity)


def _suggest(row: Indicator, template: Template, execution: Rate | Obstacle) -> Suggestion:
    rule = Manual() if template.policy.mode is Mode.MANUAL else rule_of(template, row.key)
    applied = resolve(rule, row.target)
    name = (rule if isinstance(applied, Obstacle) else applied).kind.value
    with localcontext(EXACT):
        mark = _mark(row, template, applied, execution)
    if isinstance(mark, Obstacle):
        return Suggestion(None, None, None, "", mark.because, name)
    return Suggestion(mark.score, mark.least, mark.most, mark.formula, "", name)


def _mark(
    row: Indicator, template: Template, applied: Applied | Obstacle, execution: Rate | Obstacle
) -> Mark | Obstacle:
    if not row.applies:
        return Obstacle(sentences.NOT_APPLICABLE)
    if isinstance(applied, Manual):
        return Obstacle(sentences.BY_HAND)
    weight = read_weight(row)
    if isinstance(weight, Obstacle):
        return weight
    if isinstance(applied, Obstacle):
        return applied
    match applied:
        case Positive() | Equal() | Reverse() | Step():
            goal = read_goal(row)
            return goal if isinstance(goal, Obstacle) else compare(applied, goal, weight)
        case Range() | Bands():
            reached = read_reached(row)
            return reached if isinstance(reached, Obstacle) else _place(applied, reached, weight)
        case Checklist() | Violations():
            count = read_count(row)
            return count if isinstance(count, Obstacle) else score_count(applied, count, weight)
        case Qualitative():
            return score_tier(row, template.policy.tiers, weight)
        case ByExecution():
            rate = execution if is_blank(row.actual) else _read_execution(row)
            return rate if isinstance(rate, Obstacle) else _execute(rate, weight)
        case _:
            assert_never(applied)


def _place(rule: Range | Bands, reached: Decimal, weight: Decimal) -> Mark | Obstacle:
    return score_range(rule, reached, weight) if isinstance(rule, Range) else score_band(rule, reached, weight)


def _read_execution(row: Indicator) -> Rate | Obstacle:
    percent = read_rate(row)
    if isinstance(percent, Obstacle):
        return percent
    return Rate(percent / HUNDRED, f"{format_number(percent)}{RATE_SIGN}")


def _execute(rate: Rate, weight: Decimal) -> Mark:
    """W × min(1, spent ÷ budget)."""
    if rate.value >= 1:
        return full(f"{show_rate(rate.value)} ≥ 100%", weight)
    steps = sentences.SHARE.format(weight=format_number(weight), rate=rate.steps)
    return calculated(steps, weight * rate.value, weight)
