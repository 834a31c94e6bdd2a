"""Rows of the tables to values of the form and back.

Decides which column holds which cell, and what is different between two states of a form. Opens and commits nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.form.form import Form, rows_of
from app.form.rows import ROW_TYPES, TABLES, Cover, Row, Staffing, Stated, TableName, field_names
from app.form.template import Template
from app.models.tables import ROW_RECORDS, Damage, FormRecord, RowRecord, TextItemRecord, intact


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What is different in one table: keys of rows that are gone, and rows that are new, changed or moved, with positions."""

    gone: tuple[str, ...]
    touched: tuple[tuple[int, Row], ...]


def compare_rows(before: tuple[Row, ...], after: tuple[Row, ...]) -> RowChanges:
    """What must be written to get from one state of a table to the other."""
    old = {row.key: (position, row) for position, row in enumerate(before)}
    kept = {row.key for row in after}
    touched = tuple((position, row) for position, row in enumerate(after) if old.get(row.key) != (position, row))
    return RowChanges(tuple(key for key in old if key not in kept), touched)


def select_rows(form_id: int, table: TableName) -> Select[tuple[RowRecord]]:
    """The query for the stored rows of one table of a form, in their order."""
    kind = ROW_RECORDS[table]
    query = select(kind).where(kind.form_id == form_id).order_by(kind.position)
    return query.where(TextItemRecord.section == table) if kind is TextItemRecord else query


def write_rows(session: Session, form_id: int, before: Form | None, after: Form) -> None:
    """Write what is different between two states of a form (None: nothing is stored yet), and only that."""
    for table in TABLES:
        old = rows_of(before, table) if before else ()
        changes = compare_rows(old, rows_of(after, table))
        keys = {*changes.gone, *(row.key for _, row in changes.touched)}
        stored = _stored_rows(session, form_id, table, keys) if keys and old else {}
        for key in changes.gone:
            session.delete(stored[key])
        for position, row in changes.touched:
            record = stored.get(row.key)
            if record is None:
                record = _new_record(form_id, table, row.key)
                session.add(record)
            record.position = position
            for name in field_names(type(row)):
                setattr(record, name, getattr(row, name))


def write_cells(record: FormRecord, form: Form) -> None:
    """Put the form's single cells and its number of rows into its row; 单位名称 is the unit's row, not this one's."""
    for column, value in _cells(form):
        setattr(record, column, value)
    record.row_count = sum(len(rows_of(form, table)) for table in TABLES)


def read_form(session: Session, record: FormRecord, template: Template, unit: str) -> Form:
    """The form that belongs to a row of forms. Damage when a row is not what was written, or is missing."""
    records = {table: tuple(map(intact, session.scalars(select_rows(record.id, table)))) for table in TABLES}
    whole = all([row.position for row in rows] == list(range(len(rows))) for rows in records.values())
    if not whole or sum(map(len, records.values())) != record.row_count:
        raise Damage(record)
    tables = {table: _read_rows(table, rows) for table, rows in records.items()}
    return Form(
        template,
        cover=Cover(unit=unit, year=record.year),
        staffing=Staffing(**{name: getattr(record, f"staffing_{name}") for name in field_names(Staffing)}),
        stated=Stated(**{name: getattr(record, f"stated_{name}") for name in field_names(Stated)}),
        **tables,  # type: ignore[arg-type]  # each table's rows are of its own type, see ROW_TYPES
    )


def _read_rows(table: TableName, records: Iterable[RowRecord]) -> tuple[Row, ...]:
    kind = ROW_TYPES[table]
    names = field_names(kind)
    return tuple(kind(record.key, *(getattr(record, name) for name in names)) for record in records)


def _cells(form: Form) -> Iterator[tuple[str, str]]:
    yield "year", form.cover.year
    for name in field_names(Staffing):
        yield f"staffing_{name}", getattr(form.staffing, name)
    for name in field_names(Stated):
        yield f"stated_{name}", getattr(form.stated, name)


def _stored_rows(session: Session, form_id: int, table: TableName, keys: set[str]) -> dict[str, RowRecord]:
    query = select_rows(form_id, table)
    if len(keys) == 1:
        query = query.where(ROW_RECORDS[table].key == next(iter(keys)))
    return {record.key: intact(record) for record in session.scalars(query)}


def _new_record(form_id: int, table: TableName, key: str) -> RowRecord:
    kind = ROW_RECORDS[table]
    if kind is TextItemRecord:
        return TextItemRecord(form_id=form_id, section=table, key=key)
    return kind(form_id=form_id, key=key)
