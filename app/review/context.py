"""What all checks read: the form, its assessment, and each indicator row interpreted once.

Decides how rows are named in sentences and how a finding is put together. Knows no check.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from app.form.form import Form, rows_of
from app.form.quantity import Quantity, format_number, interpret
from app.form.rows import BudgetLine, Group, Indicator, Place, Row, Section, TableName
from app.form.rules import NotApplicable
from app.form.template import ColumnKind, ItemsBlock, LineBlock, StaffingBlock, Template
from app.form.text import excerpt
from app.review import captions, sentences
from app.review.finding import Finding, Level
from app.scoring.assessment import Assessment, read_row
from app.scoring.reading import read_amount
from app.scoring.suggestion import RowAssessment

POINTS: Final = Decimal("0.005")
MONEY: Final = Decimal("0.01")
RATE: Final = Decimal("0.01")
MOST_OF_NAME: Final = 20
MOST_OF_TEXT: Final = 40
AMOUNTS: Final = ("initial", "annual", "spent")

_LEVELS: Final = {check.code: check.level for check in captions.CHECKS}


@dataclass(frozen=True, slots=True)
class Subject:
    """One indicator row as the checks read it: ``weight`` and ``score`` in points, ``branch`` the key of its uppermost group."""

    row: Indicator
    target: Quantity
    actual: Quantity
    weight: Decimal | None
    score: Decimal | None
    branch: str
    computed: RowAssessment | None

    @property
    def name(self) -> str:
        """What sentences call the row."""
        return name_title(self.row.name)

    @property
    def texts(self) -> dict[str, str]:
        """How sentences quote the row."""
        return {"name": self.name, "goal": quote(self.row.target), "text": quote(self.row.actual)}

    def at(self, field: str) -> Place:
        """The place of one of its cells."""
        return Place("indicators", self.row.key, field)


@dataclass(frozen=True, slots=True)
class Narrative:
    """One of the longer texts."""

    place: Place
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """A form, what is computed from it, its rows read once: ``subjects`` all of them, ``counted`` those that apply."""

    form: Form
    assessment: Assessment
    labels: Mapping[str, str]
    subjects: tuple[Subject, ...]
    counted: tuple[Subject, ...]
    names: Mapping[str, int]
    amounts: Mapping[tuple[str, str], Decimal | None]
    narratives: tuple[Narrative, ...]

    @property
    def template(self) -> Template:
        """The form's template."""
        return self.form.template

    def say(self, code: str, place: Place, variant: str = "", /, **figures: str) -> Finding:
        """The finding of a check; ``figures`` are the texts its sentence asks for beside the column labels."""
        message = sentences.SENTENCES[code][variant].format_map({**self.labels, **figures})
        return Finding(code, _LEVELS[code], place, message)

    def demand(self, code: str, place: Place, variant: str = "", /, **figures: str) -> Finding:
        """The same, mandatory whatever the catalogue says."""
        return Finding(code, Level.MANDATORY, place, self.say(code, place, variant, **figures).message)


def read_context(form: Form, assessment: Assessment) -> Context:
    """Everything the checks share, read once."""
    branches = _find_branches(form)
    computed = {row.key: row for row in assessment.rows}
    subjects = tuple(_read_subject(form, row, branches, computed.get(row.key)) for row in form.indicators)
    return Context(
        form=form,
        assessment=assessment,
        labels=column_labels(form.template),
        subjects=subjects,
        counted=tuple(subject for subject in subjects if subject.row.applies),
        names=Counter(row.name.strip() for row in form.indicators),
        amounts={
            (line.key, field): read_amount(getattr(line, field), Place("budget", line.key, field)).value
            for line in form.budget
            for field in AMOUNTS
        },
        narratives=tuple(_read_narratives(form)),
    )


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


def _read_subject(form: Form, row: Indicator, branches: dict[str, str], computed: RowAssessment | None) -> Subject:
    reading = read_row(row, form.template)
    return Subject(
        row=row,
        target=interpret(row.target),
        actual=interpret(row.actual),
        weight=reading.weight.value,
        score=reading.score.value,
        branch=branches.get(row.group, row.group),
        computed=computed,
    )


@lru_cache(maxsize=64)
def column_labels(template: Template) -> dict[str, str]:
    """What the form calls its columns, by field; plain words for fields it does not show."""
    columns = (*template.indicator_table.columns, *(template.budget_table.columns if template.budget_table else ()))
    return captions.FIELDS | {column.field: column.label for column in columns if column.label}


def has_column(template: Template, field: str) -> bool:
    """Whether the indicator table shows a field."""
    return any(column.field == field for column in template.indicator_table.columns)


def amount_columns(template: Template) -> tuple[str, ...]:
    """The fields of the amounts that the budget table shows."""
    columns = template.budget_table.columns if template.budget_table else ()
    return tuple(column.field for column in columns if column.kind is ColumnKind.AMOUNT)


def name_title(title: str) -> str:
    """A row's own name, quoted and short; a plain word when it has none."""
    line = " ".join(title.split())
    short = line if len(line) <= MOST_OF_NAME else f"{line[:MOST_OF_NAME]}…"
    return captions.ROW.format(row=short or sentences.NOTHING)


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
        case BudgetLine(label=title) | Group(label=title) | Indicator(name=title) if title.strip():
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


def quote(text: str) -> str:
    """The beginning of a cell's text as one line; a word for a blank one."""
    return excerpt(text.strip(), MOST_OF_TEXT) or sentences.NOTHING


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


def is_scaled(form: Form) -> bool:
    """Whether rows that don't apply leave their weight to the others, so that the weights need not sum to the total."""
    scales = form.template.policy.not_applicable is NotApplicable.SCALE
    return scales and not all(row.applies for row in form.indicators)


def show(value: Decimal) -> str:
    """A figure in a sentence."""
    return format_number(value)
