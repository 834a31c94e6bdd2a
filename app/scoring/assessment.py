"""The assessment: everything that is computed from a form, whole, after every edit (design.md decision 5).

Decides what is counted and what is still missing. Pure; knows no screen, no storage, no wording beyond the reasons
of misread cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.form.form import Form
from app.form.quantity import Number, interpret
from app.form.rows import BudgetLine, Group, Indicator, Place
from app.form.template import IndicatorBlock, Template
from app.scoring.figure import Figure, add_figures, divide_figures
from app.scoring.gaps import Misreading, blanks_in_block, blanks_in_row, misread_row, misread_staffing
from app.scoring.grade import grade_of
from app.scoring.reading import POINT_UNITS, read_amount, read_points


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """What the rows of a group sum to, in points, and the weight its label states (None when it states none)."""

    key: str
    label_weight: Decimal | None
    weight: Figure
    score: Figure


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """One amount of a line that has parts: what is typed and what the parts sum to, both in 万元."""

    key: str
    field: str
    typed: Figure
    parts: Figure


@dataclass(frozen=True, slots=True)
class Execution:
    """预算执行率 of a line as a ratio: 实际支出数 ÷ 全年预算数 (domain.md §4)."""

    key: str
    rate: Figure


@dataclass(frozen=True, slots=True)
class Assessment:
    """All computed figures of a form; ``grade`` is that of the score so far, None when nothing is scored."""

    weight: Figure
    score: Figure
    grade: str | None
    groups: tuple[GroupTotal, ...]
    budget: tuple[BudgetTotal, ...]
    execution: tuple[Execution, ...]
    unfilled: tuple[Place, ...]
    misread: tuple[Misreading, ...]


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one indicator row says by itself: its points and its gaps."""

    weight: Figure
    score: Figure
    unfilled: tuple[Place, ...]
    misread: tuple[Misreading, ...]


def assess(form: Form) -> Assessment:
    """Everything computed from the form, in one go. Never raises for anything a user can type."""
    counted = [(row, read_row(row, form.template)) for row in form.indicators if row.applies]
    score = add_figures([reading.score for _, reading in counted])
    return Assessment(
        weight=add_figures([reading.weight for _, reading in counted]),
        score=score,
        grade=None if score.value is None else grade_of(score.value, form.template.grades),
        groups=tuple(_total_groups(form.groups, counted)),
        budget=tuple(_total_budget(form)),
        execution=tuple(
            Execution(line.key, divide_figures(_amount(line, "spent"), _amount(line, "annual"))) for line in form.budget
        ),
        unfilled=tuple(_find_unfilled(form)),
        misread=tuple(_find_misread(form)),
    )


# Rows are immutable values, so a row that an edit did not touch is read only once: recomputing the whole stays cheap.
@lru_cache(maxsize=16384)
def read_row(row: Indicator, template: Template) -> RowReading:
    """The points and gaps of one indicator row."""
    table = template.indicator_table
    return RowReading(
        weight=read_points(row.weight, Place("indicators", row.key, "weight")),
        score=read_points(row.score, Place("indicators", row.key, "score")),
        unfilled=tuple(blanks_in_row(row, table)),
        misread=tuple(misread_row(Place("indicators", row.key), table.columns, row)),
    )


def label_weight(label: str) -> Decimal | None:
    """The weight in points that a group's label ends with: 过程(26), 过程（26分）. None when there is none."""
    body, bracket, inner = label.replace("（", "(").replace("）", ")").rstrip().rpartition("(")
    if not body or not bracket or not inner.endswith(")"):
        return None
    quantity = interpret(inner.removesuffix(")"))
    return quantity.value if isinstance(quantity, Number) and quantity.unit in POINT_UNITS else None


def _total_groups(groups: tuple[Group, ...], counted: Sequence[tuple[Indicator, RowReading]]) -> Iterator[GroupTotal]:
    parents = {group.key: group.part_of for group in groups}
    members: dict[str, list[RowReading]] = {group.key: [] for group in groups}
    for row, reading in counted:
        upper = row.group
        while upper in members:
            members[upper].append(reading)
            upper = parents[upper]
    for group in groups:
        inside = members[group.key]
        weight = add_figures([reading.weight for reading in inside])
        score = add_figures([reading.score for reading in inside])
        yield GroupTotal(group.key, label_weight(group.label), weight, score)


def _amount(line: BudgetLine, field: str) -> Figure:
    return read_amount(getattr(line, field), Place("budget", line.key, field))


def _total_budget(form: Form) -> Iterator[BudgetTotal]:
    table = form.template.budget_table
    for line in form.budget:
        parts = [part for part in form.budget if part.part_of == line.key]
        for column in table.columns if parts and table else ():
            field = column.field
            yield BudgetTotal(
                line.key, field, _amount(line, field), add_figures([_amount(part, field) for part in parts])
            )


def _find_unfilled(form: Form) -> Iterator[Place]:
    for block in form.template.blocks:
        yield from blanks_in_block(form, block)
        if isinstance(block, IndicatorBlock):
            for row in form.indicators:
                yield from read_row(row, form.template).unfilled


def _find_misread(form: Form) -> Iterator[Misreading]:
    yield from misread_staffing(form)
    table = form.template.budget_table
    for line in form.budget if table else ():
        yield from misread_row(Place("budget", line.key), table.columns if table else (), line)
    for row in form.indicators:
        yield from read_row(row, form.template).misread
