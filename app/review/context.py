"""What all checks read: the form, its assessment, and each indicator row interpreted once.

Decides how places are named in sentences, and that checks of single rows look at nothing else. Knows no check.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, wraps
from itertools import chain
from typing import Final

from app.form.form import Form, rows_of
from app.form.quantity import format_number
from app.form.rows import BudgetLine, Evidence, Group, Indicator, Place, Row, Section, TableName
from app.form.rules import NotApplicable
from app.form.template import ColumnKind, ItemsBlock, LineBlock, StaffingBlock, Template
from app.review import captions
from app.review.finding import Finding
from app.review.subject import Subject, column_labels, make_finding, name_title, read_subject
from app.scoring.assessment import ROWS_KEPT, SLICE, Assessment, slices
from app.scoring.reading import read_amount

POINTS: Final = Decimal("0.005")
MONEY: Final = Decimal("0.01")
RATE: Final = Decimal("0.01")
AMOUNTS: Final = ("initial", "annual", "spent")


@dataclass(frozen=True, slots=True)
class Narrative:
    """One of the longer texts."""

    place: Place
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """A form, what is computed from it, its rows read once: ``subjects`` all of them, ``counted`` (by ``slices``) those that apply.

    ``is_scaled``: rows that don't apply leave their weight to the others, so that the weights need not sum to the total.
    ``last`` is last year's form of the same unit, None where there is none.
    """

    form: Form
    assessment: Assessment
    labels: Mapping[str, str]
    subjects: tuple[Subject, ...]
    counted: tuple[Subject, ...]
    slices: tuple[tuple[Subject, ...], ...]
    names: Mapping[str, int]
    amounts: Mapping[tuple[str, str], Decimal | None]
    narratives: tuple[Narrative, ...]
    is_scaled: bool
    last: Form | None = None

    @property
    def template(self) -> Template:
        """The form's template."""
        return self.form.template

    def say(self, code: str, place: Place, variant: str = "", /, **figures: str) -> Finding:
        """The finding of a check that is not about a single row."""
        return make_finding(self.template, code, place, variant, figures)


def read_context(form: Form, assessment: Assessment, last: Form | None = None) -> Context:
    """Everything the checks share, read once."""
    branches = _find_branches(form)
    titles = {group.key: group.label for group in form.groups}
    tops = [(reading, branches.get(reading.row.group, reading.row.group)) for reading in assessment.readings]
    subjects = tuple([read_subject(reading, top, titles.get(top, "")) for reading, top in tops])
    counted = tuple([subject for subject in subjects if subject.row.applies])
    scales = form.template.policy.not_applicable is NotApplicable.SCALE
    return Context(
        form=form,
        assessment=assessment,
        labels=column_labels(form.template),
        subjects=subjects,
        counted=counted,
        slices=tuple(slices(counted)),
        names=Counter([row.name.strip() for row in form.indicators]),
        amounts={
            (line.key, field): read_amount(getattr(line, field), Place("budget", line.key, field)).value
            for line in form.budget
            for field in AMOUNTS
        },
        narratives=tuple(_read_narratives(form)),
        is_scaled=scales and len(counted) < len(subjects),
        last=last,
    )


def each_row(check: Callable[[Subject], Iterator[Finding]]) -> Callable[[Context], Iterator[Finding]]:
    """A check that looks at one row that applies at a time, and at nothing else.

    Only what it may look at is handed to it; so it looks once at a row that edits of other cells leave as it was.
    """

    @lru_cache(maxsize=ROWS_KEPT)
    def find(subject: Subject) -> tuple[Finding, ...]:
        return tuple(check(subject))

    @lru_cache(maxsize=ROWS_KEPT // SLICE)
    def find_all(subjects: tuple[Subject, ...]) -> tuple[Finding, ...]:
        return tuple(chain.from_iterable(map(find, subjects)))

    @wraps(check)
    def check_rows(context: Context) -> Iterator[Finding]:
        return chain.from_iterable(map(find_all, context.slices))

    return check_rows


def _find_branches(form: Form) -> dict[str, str]:
    """The uppermost group over each group."""
    uppers = {group.key: group.part_of for group in form.groups}
    branches: dict[str, str] = {}
    for key in uppers:
        top = key
        while uppers.get(top):
            top = uppers[top]
        branches[key] = top
    return branches


def amount_columns(template: Template) -> tuple[str, ...]:
    """The fields of the amounts that the budget table shows."""
    columns = template.budget_table.columns if template.budget_table else ()
    return tuple(column.field for column in columns if column.kind is ColumnKind.AMOUNT)


def row_names(form: Form, table: TableName) -> dict[str, str]:
    """What each row of a table is called, by its key: its own title, or the list's label and its number."""
    label = name_table(form.template, table)
    return {row.key: _name_row(row, label, number) for number, row in enumerate(rows_of(form, table), 1)}


def name_row(form: Form, table: TableName, key: str) -> str:
    """What one row is called. It must exist."""
    number, row = next(pair for pair in enumerate(rows_of(form, table), 1) if pair[1].key == key)
    return _name_row(row, name_table(form.template, table), number)


def _name_row(row: Row, label: str, number: int) -> str:
    match row:
        case BudgetLine(label=title) | Group(label=title) | Indicator(name=title) | Evidence(name=title) if (
            title.strip()
        ):
            return name_title(title)
        case _:
            return captions.ITEM.format(label=label, number=number)


def name_table(template: Template, table: TableName) -> str:
    """What a list is called: the block's label, or a plain word."""
    blocks = (block for block in template.blocks if isinstance(block, ItemsBlock) and block.table == table)
    return next((block.label for block in blocks if block.label), captions.SECTIONS[table])


def name_field(template: Template, section: Section, field: str) -> str:
    """What the form calls a cell within its row or record."""
    labels: dict[str, str] = {}
    match section:
        case "cover" | "stated":
            labels = {block.field: block.label for block in template.blocks if isinstance(block, LineBlock)}
            labels = captions.RECORD_FIELDS | (labels if section == "cover" else {})
        case "staffing" if template.staffing:
            labels = {figure.field: figure.label for figure in template.staffing.figures}
        case "budget" | "indicators":
            labels = column_labels(template)
        case _:
            pass
    return labels.get(field) or captions.TEXT


def _read_narratives(form: Form) -> Iterator[Narrative]:
    """Staffing paragraph and list items, in the order of the paper."""
    for block in form.template.blocks:
        if isinstance(block, StaffingBlock):
            yield Narrative(Place("staffing", "", "text"), captions.ROW.format(row=block.label), form.staffing.text)
        elif isinstance(block, ItemsBlock):
            label = name_table(form.template, block.table)
            for number, row in enumerate(rows_of(form, block.table), 1):
                name = captions.ITEM.format(label=label, number=number)
                yield Narrative(Place(block.table, row.key, "text"), name, getattr(row, "text", ""))


def show(value: Decimal) -> str:
    """A figure in a sentence."""
    return format_number(value)
