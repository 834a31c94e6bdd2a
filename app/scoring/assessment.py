"""The assessment: everything that is computed from a form, whole, after every edit (design.md decision 5).

Decides what is counted and what is still missing. Pure; knows no screen, no storage, no wording beyond the reasons
of misread cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Final, TypeVar

from app.form.form import Form
from app.form.quantity import EXACT, Number, interpret, round_half_up
from app.form.rows import BudgetLine, Group, Indicator, Place
from app.form.rules import FromInputs, Mode, NotApplicable, RuleKind
from app.form.template import IndicatorBlock, Template, linked_of, rule_of
from app.scoring.figure import Figure, State, add_figures, divide_figures, missing
from app.scoring.gaps import Misreading, blanks_in_block, blanks_in_row, misread_row, misread_staffing
from app.scoring.grade import grade_of
from app.scoring.linked import link, link_inputs
from app.scoring.reading import POINT_UNITS, read_amount, read_points
from app.scoring.rules import needs_budget, suggest, suggest_alone
from app.scoring.suggestion import PLACES, RowAssessment, show_score

T = TypeVar("T")

ROWS_KEPT: Final = 4096  # more rows than any form has: what is remembered of rows that an edit did not touch
SLICE: Final = 32  # rows that are looked up together: one lookup for those of a slice without an edit


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


# Equal only to itself: a row that an edit did not touch keeps its very reading, and what is made of a reading is found
# again by its identity, which costs a tenth of comparing fifteen texts.
@dataclass(frozen=True, slots=True, eq=False)
class RowReading:
    """One indicator row as it counts: its points, its gaps, and what is computed for it.

    ``score`` is what counts: the typed one, in templates that lock scores the rule's.
    """

    row: Indicator
    template: Template
    weight: Figure
    score: Figure
    unfilled: tuple[Place, ...]
    misread: tuple[Misreading, ...]
    assessed: RowAssessment


@dataclass(frozen=True, slots=True)
class Assessment:
    """All computed figures of a form; ``grade`` is that of ``scaled_score``, None when nothing is scored.

    ``weight`` and ``score`` are the plain sums over the rows that apply. ``scaled_score`` is the final total: the same as
    ``score`` unless the template scales and a row does not apply; then score × total ÷ weight, rounded half up to 0.01.
    ``rows`` and ``readings`` have one entry per indicator, in the form's order.
    """

    weight: Figure
    score: Figure
    scaled_score: Figure
    grade: str | None
    rows: tuple[RowAssessment, ...]
    groups: tuple[GroupTotal, ...]
    budget: tuple[BudgetTotal, ...]
    execution: tuple[Execution, ...]
    unfilled: tuple[Place, ...]
    misread: tuple[Misreading, ...]
    readings: tuple[RowReading, ...] = field(compare=False, repr=False)


def assess(form: Form) -> Assessment:
    """Everything computed from the form, in one go. Never raises for anything a user can type."""
    template = form.template
    readings = tuple([_read_alone(row, template) or _read_in_form(form, row) for row in form.indicators])
    counted = tuple([reading for reading in readings if reading.row.applies])
    weight, score = _sum_points(counted)
    scaled = _scale(form, weight, score)
    return Assessment(
        weight=weight,
        score=score,
        scaled_score=scaled,
        grade=None if scaled.value is None else grade_of(scaled.value, template.grades),
        rows=tuple([reading.assessed for reading in readings]),
        groups=tuple(_total_groups(form.groups, counted)),
        budget=tuple(_total_budget(form)),
        execution=tuple(
            Execution(line.key, divide_figures(_amount(line, "spent"), _amount(line, "annual"))) for line in form.budget
        ),
        unfilled=tuple(_find_unfilled(form, readings)),
        misread=tuple(_find_misread(form, readings)),
        readings=readings,
    )


# Rows are immutable values, so a row that an edit did not touch is read only once: recomputing the whole stays cheap.
@lru_cache(maxsize=ROWS_KEPT)
def _read_alone(row: Indicator, template: Template) -> RowReading | None:
    """The reading of a row that depends on its own cells only, None for others."""
    assessed = _assess_alone(row, template)
    return None if assessed is None else _read_row(row, template, assessed)


def _read_in_form(form: Form, row: Indicator) -> RowReading:
    """The reading of a row that depends on other parts of the form."""
    return _read_row(row, form.template, RowAssessment(row.key, suggest(form, row), link(form, row)))


# By value, so that a row that depends on others keeps its reading while nothing that concerns it changes.
@lru_cache(maxsize=ROWS_KEPT)
def _read_row(row: Indicator, template: Template, assessed: RowAssessment) -> RowReading:
    table = template.indicator_table
    return RowReading(
        row=row,
        template=template,
        weight=read_points(row.weight, Place("indicators", row.key, "weight")),
        score=_count_score(row, template, assessed),
        unfilled=tuple(place for place in blanks_in_row(row, table) if not _is_computed(place, row, template)),
        misread=tuple(misread_row(Place("indicators", row.key), table.columns, row)),
        assessed=assessed,
    )


def _assess_alone(row: Indicator, template: Template) -> RowAssessment | None:
    """What is computed for a row from its own cells; None when other parts of the form are needed."""
    linked = linked_of(template, row.key) if row.applies else None
    if needs_budget(template, row) or not (linked is None or isinstance(linked, FromInputs)):
        return None
    figure = None if linked is None else link_inputs(row, linked)
    return RowAssessment(row.key, suggest_alone(row, template), figure)


def _is_locked(row: Indicator, template: Template) -> bool:
    """Whether the row's score is the rule's, not the typed one; a rule that leaves it to the unit locks nothing."""
    return template.policy.mode is Mode.LOCKED and rule_of(template, row.key).kind is not RuleKind.MANUAL


def locked_score(row: Indicator, template: Template, assessed: RowAssessment) -> str | None:
    """What 得分 shows where the rule alone scores ("" when it can't be computed); None where the typed score counts."""
    if not row.applies or not _is_locked(row, template):
        return None
    score = assessed.suggestion.score
    return "" if score is None else show_score(score)


def _is_computed(place: Place, row: Indicator, template: Template) -> bool:
    return place.field == "score" and _is_locked(row, template)


def _count_score(row: Indicator, template: Template, assessed: RowAssessment) -> Figure:
    place = Place("indicators", row.key, "score")
    if not _is_locked(row, template):
        return read_points(row.score, place)
    if assessed.suggestion.score is None:
        return missing((Place("indicators", row.key, "actual"),))
    return Figure(assessed.suggestion.score, State.COMPLETE, (place,))


def _scale(form: Form, weight: Figure, score: Figure) -> Figure:
    """The final total in points. Weights that sum to something else without any 不适用 are a mistake, never scaled away."""
    is_scaled = form.template.policy.not_applicable is NotApplicable.SCALE
    if not is_scaled or all(row.applies for row in form.indicators):
        return score
    total = form.template.total
    whole = score if score.value is None else replace(score, value=EXACT.multiply(score.value, total))
    scaled = divide_figures(whole, weight)
    return scaled if scaled.value is None else replace(scaled, value=round_half_up(scaled.value, PLACES))


def label_weight(label: str) -> Decimal | None:
    """The weight in points that a group's label ends with: 过程(26), 过程（26分）. None when there is none."""
    body, bracket, inner = label.replace("（", "(").replace("）", ")").rstrip().rpartition("(")
    if not body or not bracket or not inner.endswith(")"):
        return None
    quantity = interpret(inner.removesuffix(")"))
    return quantity.value if isinstance(quantity, Number) and quantity.unit in POINT_UNITS else None


def _total_groups(groups: tuple[Group, ...], counted: tuple[RowReading, ...]) -> Iterator[GroupTotal]:
    parents = {group.key: group.part_of for group in groups}
    members: dict[str, list[RowReading]] = {group.key: [] for group in groups}
    for reading in counted:
        upper = reading.row.group
        while upper in members:
            members[upper].append(reading)
            upper = parents[upper]
    for group in groups:
        weight, score = _sum_points(tuple(members[group.key]))
        yield GroupTotal(group.key, label_weight(group.label), weight, score)


def _sum_points(readings: tuple[RowReading, ...]) -> tuple[Figure, Figure]:
    """The rows' weights and scores, summed."""
    sums = [_sum_slice(each) for each in slices(readings)]
    return add_figures([weight for weight, _ in sums]), add_figures([score for _, score in sums])


# Keyed by the readings' identities: rows among which an edit changed nothing are not summed again.
@lru_cache(maxsize=512)
def _sum_slice(readings: tuple[RowReading, ...]) -> tuple[Figure, Figure]:
    return add_figures([each.weight for each in readings]), add_figures([each.score for each in readings])


def slices(rows: tuple[T, ...]) -> list[tuple[T, ...]]:
    """The rows in their order, some at a time."""
    return [rows[start : start + SLICE] for start in range(0, len(rows), SLICE)]


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


def _find_unfilled(form: Form, rows: Sequence[RowReading]) -> Iterator[Place]:
    for block in form.template.blocks:
        yield from blanks_in_block(form, block)
        if isinstance(block, IndicatorBlock):
            yield from chain.from_iterable([row.unfilled for row in rows])


def _find_misread(form: Form, rows: Sequence[RowReading]) -> Iterator[Misreading]:
    yield from misread_staffing(form)
    table = form.template.budget_table
    for line in form.budget if table else ():
        yield from misread_row(Place("budget", line.key), table.columns if table else (), line)
    yield from chain.from_iterable([row.misread for row in rows])
