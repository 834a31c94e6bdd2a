"""What a form still lacks: required cells that are blank, and cells whose text does not say what its column needs.

Decides what counts as unfilled, from the template's blocks. A gap is information for the user, never an error.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from app.form.form import Form, rows_of
from app.form.rows import BudgetLine, Indicator, Place
from app.form.template import (
    Block,
    BudgetBlock,
    Column,
    ColumnKind,
    IndicatorBlock,
    ItemsBlock,
    LineBlock,
    StaffingBlock,
)
from app.scoring.reading import misread_cell, misread_count

READ_KINDS: Final = (ColumnKind.POINTS, ColumnKind.AMOUNT)


@dataclass(frozen=True, slots=True)
class Misreading:
    """A cell whose text does not say what its column needs; ``because`` is a plain Chinese sentence."""

    place: Place
    because: str


def is_blank(text: str) -> bool:
    """Whether nothing but white space stands in a cell."""
    return not text or text.isspace()


def required_columns(table: IndicatorBlock) -> tuple[Column, ...]:
    """The columns of the indicator table that an applicable row must fill; group columns belong to the groups."""
    return tuple(column for column in table.columns if column.is_required and not column.field.startswith("level"))


def blanks_in_block(form: Form, block: Block) -> Iterator[Place]:
    """Every required blank cell of a block but the indicator table's; an empty list counts as one place."""
    match block:
        case LineBlock():
            yield from _blank(Place("cover", "", block.field), getattr(form.cover, block.field))
        case ItemsBlock():
            yield from _blanks_in_items(form, block)
        case StaffingBlock():
            for field in ("text", *(figure.field for figure in block.figures)):
                yield from _blank(Place("staffing", "", field), getattr(form.staffing, field))
        case BudgetBlock():
            for line in form.budget:
                for column in (each for each in (block.name, *block.columns) if each.is_required):
                    yield from _blank(Place("budget", line.key, column.field), getattr(line, column.field))
        case IndicatorBlock():
            pass
        case _:
            assert_never(block)


def _blanks_in_items(form: Form, block: ItemsBlock) -> Iterator[Place]:
    rows = rows_of(form, block.table)
    for row in rows:
        yield from _blank(Place(block.table, row.key, "text"), getattr(row, "text", ""))
    if not rows:
        yield Place(block.table)


def blanks_in_row(row: Indicator, table: IndicatorBlock) -> Iterator[Place]:
    """Every required blank cell of an indicator row; a row that does not apply has none."""
    for column in required_columns(table) if row.applies else ():
        yield from _blank(Place("indicators", row.key, column.field), getattr(row, column.field))


def misread_staffing(form: Form) -> Iterator[Misreading]:
    """Every staffing figure that is no head count."""
    for figure in form.template.staffing.figures if form.template.staffing else ():
        because = misread_count(getattr(form.staffing, figure.field))
        if because is not None:
            yield Misreading(Place("staffing", "", figure.field), because)


def misread_row(place: Place, columns: tuple[Column, ...], row: BudgetLine | Indicator) -> Iterator[Misreading]:
    """Every cell of a row that its column can't read; ``place`` is the row's."""
    for column in columns:
        if column.kind in READ_KINDS:
            because = misread_cell(getattr(row, column.field), column.kind)
            if because is not None:
                yield Misreading(Place(place.section, place.key, column.field), because)


def _blank(place: Place, text: str) -> Iterator[Place]:
    if is_blank(text):
        yield place
