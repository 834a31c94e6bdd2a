"""定稿: what stands in its way, and what differs between two states of a form.

Decides both as pure functions. Keeping versions and locking is `Writer.finalise`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from app.editing import sentences
from app.editing.labels import label_field, label_table, name_place, name_row
from app.form.form import Form, rows_of
from app.form.rows import (
    RECORDS,
    TABLES,
    BudgetLine,
    CellValue,
    Evidence,
    Explanation,
    Group,
    Indicator,
    Place,
    Row,
    TableName,
    TextItem,
    field_names,
)
from app.review.finding import Finding, blocking


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, row or order that is not the same: what it is called, and both texts as they would be read."""

    name: str
    before: str
    after: str


def can_finalise(form: Form, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that stand in the way; none, and the form may be final."""
    return blocking(form, findings)


def compare_forms(before: Form, after: Form) -> tuple[Difference, ...]:
    """Everything that differs, field by field in the order of the form; rows are the same when their keys are."""
    return (
        *(each for record in RECORDS for each in _compare_record(before, after, Place(record))),
        *(each for table in TABLES for each in _compare_table(before, after, table)),
    )


def _compare_record(before: Form, after: Form, at: Place) -> Iterator[Difference]:
    old, new = getattr(before, at.section), getattr(after, at.section)
    for field in field_names(type(old)):
        if getattr(old, field) != getattr(new, field):
            name = label_field(after.template, at.section, field)
            yield Difference(name, getattr(old, field), getattr(new, field))


def _compare_table(before: Form, after: Form, table: TableName) -> Iterator[Difference]:
    old = {row.key: row for row in rows_of(before, table)}
    new = {row.key: row for row in rows_of(after, table)}
    for key, row in old.items():
        if key not in new:
            yield Difference(sentences.REMOVE.format(what=name_row(before, table, key)), _title(row), "")
    for key, row in new.items():
        if key not in old:
            yield Difference(sentences.ROW_ADDED.format(what=name_row(after, table, key)), "", _title(row))
        elif row != old[key]:
            yield from _compare_rows((before, old[key]), (after, row), table)
    kept, now = [key for key in old if key in new], [key for key in new if key in old]
    if kept != now:
        name = sentences.ORDER.format(what=label_table(after.template, table))
        yield Difference(name, _titles(old[key] for key in kept), _titles(new[key] for key in now))


def _compare_rows(before: tuple[Form, Row], after: tuple[Form, Row], table: TableName) -> Iterator[Difference]:
    """The cells of a row that differ; each row with the form it stands in."""
    (_, old), (form, new) = before, after
    for field in field_names(type(new)):
        if getattr(old, field) != getattr(new, field):
            name = name_place(form, Place(table, new.key, field))
            yield Difference(name, _show(before, field), _show(after, field))


def _show(side: tuple[Form, Row], field: str) -> str:
    """A cell as it would be read: a row that is pointed to by its name, yes and no in words."""
    form, row = side
    value: CellValue = getattr(row, field)
    if isinstance(value, bool):
        return sentences.APPLIES if value else sentences.APPLIES_NOT
    pointed: tuple[Row, ...] = ()
    if field in ("group", "part_of"):
        pointed = form.budget if isinstance(row, BudgetLine) else form.groups
    elif field == "indicator":
        pointed = form.indicators
    return next((_title(each) for each in pointed if each.key == value), value)


def _titles(rows: Iterable[Row]) -> str:
    return "\n".join(_title(row) for row in rows)


def _title(row: Row) -> str:
    """What a row is known by."""
    match row:
        case BudgetLine(label=title) | Group(label=title) | Indicator(name=title) | Evidence(name=title):
            return title
        case TextItem(text=title) | Explanation(text=title):
            return title
        case _:
            assert_never(row)
