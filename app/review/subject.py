"""One indicator row as the checks read it, and what they say about it.

Decides how a row is named and quoted in sentences and how a finding is put together. Knows no other row and no check.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from app.form.quantity import Quantity, interpret
from app.form.rows import Indicator, Place
from app.form.template import Template
from app.form.text import excerpt
from app.review import captions, sentences
from app.review.finding import Finding
from app.scoring.assessment import ROWS_KEPT, RowReading
from app.scoring.suggestion import RowAssessment

MOST_OF_NAME: Final = 20
MOST_OF_TEXT: Final = 40

_LEVELS: Final = {check.code: check.level for check in captions.CHECKS}


# Equal only to itself, as its reading is: what the checks of single rows find is found again by its identity.
@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One indicator row: ``weight`` and ``score`` in points, ``branch`` key and ``title`` label of its uppermost group."""

    row: Indicator
    template: Template
    target: Quantity
    actual: Quantity
    weight: Decimal | None
    score: Decimal | None
    branch: str
    title: str
    computed: RowAssessment

    @property
    def is_benefit(self) -> bool:
        """Whether it stands among the 效益指标."""
        return captions.BENEFIT in self.title

    @property
    def name(self) -> str:
        """What sentences call the row."""
        return name_title(self.row.name)

    def at(self, field: str) -> Place:
        """The place of one of its cells."""
        return Place("indicators", self.row.key, field)

    def say(self, code: str, field: str, variant: str = "", /, **figures: str) -> Finding:
        """The finding of a check about one of its cells; sentences may quote name, target and actual value."""
        texts = {"name": self.name, "goal": quote(self.row.target), "text": quote(self.row.actual), **figures}
        return make_finding(self.template, code, self.at(field), variant, texts)


@lru_cache(maxsize=ROWS_KEPT)
def read_subject(reading: RowReading, branch: str, title: str) -> Subject:
    """The subject of a row's reading; the very same for the same."""
    return Subject(
        row=reading.row,
        template=reading.template,
        target=interpret(reading.row.target),
        actual=interpret(reading.row.actual),
        weight=reading.weight.value,
        score=reading.score.value,
        branch=branch,
        title=title,
        computed=reading.assessed,
    )


def make_finding(template: Template, code: str, place: Place, variant: str, figures: dict[str, str]) -> Finding:
    """The finding of a check; ``figures`` are the texts its sentence asks for beside the column labels."""
    message = sentences.SENTENCES[code][variant].format_map(column_labels(template) | figures)
    return Finding(code, _LEVELS[code], place, message)


@lru_cache(maxsize=64)
def column_labels(template: Template) -> dict[str, str]:
    """What the form calls its columns, by field; plain words for fields it does not show."""
    columns = (*template.indicator_table.columns, *(template.budget_table.columns if template.budget_table else ()))
    return captions.FIELDS | {column.field: column.label for column in columns if column.label}


def has_column(template: Template, field: str) -> bool:
    """Whether the indicator table shows a field."""
    return any(column.field == field for column in template.indicator_table.columns)


def name_title(title: str) -> str:
    """A row's own name, quoted and short; a plain word when it has none."""
    line = " ".join(title.split())
    short = line if len(line) <= MOST_OF_NAME else f"{line[:MOST_OF_NAME]}…"
    return captions.ROW.format(row=short or sentences.NOTHING)


def quote(text: str) -> str:
    """The beginning of a cell's text as one line; a word for a blank one."""
    return excerpt(text.strip(), MOST_OF_TEXT) or sentences.NOTHING
