"""Writing values into rows of the tables: only what is different, under identities that are known beforehand.

Decides which column holds which cell and what belongs to what. Works inside a transaction that `store` opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.form.change import Change
from app.form.failure import AppError
from app.form.form import Form, rows_of
from app.form.reading.interchange import read_form as read_interchange
from app.form.reading.interchange import write_form as write_interchange
from app.form.rows import TABLES, Row, Staffing, Stated, TableName, field_names
from app.form.template import Template
from app.models import sentences
from app.models.encoding import write_patches
from app.models.tables import (
    ROW_RECORDS,
    FormRecord,
    JournalRecord,
    RowRecord,
    TemplateRecord,
    TextItemRecord,
    UnitRecord,
    VersionRecord,
    intact,
)
from app.review.digest import digest


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


def find_form(session: Session, form_id: int) -> FormRecord:
    """The row of a form. AppError when there is none."""
    record = session.get(FormRecord, form_id)
    if record is None:
        raise AppError(sentences.FORM_MISSING)
    return intact(record)


def add_form(session: Session, form: Form, at: datetime) -> FormRecord:
    """A new row of forms with the form's unit, template, cells and rows."""
    record = FormRecord(
        id=_next(session, FormRecord.id),
        unit_id=_unit(session, form.cover.unit).id,
        template_id=_template(session, form.template).id,
        created_at=write_time(at),
        edited_at=write_time(at),
        rev=0,
    )
    _write_cells(record, form)
    session.add(record)
    session.flush()  # its rows refer to it
    for table in TABLES:
        _write_rows(session, record.id, table, RowChanges((), tuple(enumerate(rows_of(form, table)))))
    return record


def write_form(session: Session, record: FormRecord, before: Form, after: Form) -> None:
    """Write what is different between two states of a stored form."""
    if before.cover.unit != after.cover.unit:
        left = record.unit_id
        record.unit_id = _unit(session, after.cover.unit).id
        session.flush()
        empty = ~select(FormRecord.id).where(FormRecord.unit_id == left).exists()
        session.execute(delete(UnitRecord).where(UnitRecord.id == left, empty))
    _write_cells(record, after)
    for table in TABLES:
        _write_rows(session, record.id, table, compare_rows(rows_of(before, table), rows_of(after, table)))


def add_journal(session: Session, record: FormRecord, change: Change, at: datetime) -> None:
    """Count the change and write down what it did."""
    record.rev += 1
    record.edited_at = write_time(at)
    session.add(
        JournalRecord(
            form_id=record.id,
            number=record.rev,
            at=write_time(at),
            text=change.text,
            merge_key=change.merge_key,
            patches=write_patches(change.patches),
        )
    )


def add_version(session: Session, record: FormRecord, form: Form, by: str, at: datetime) -> VersionRecord:
    """Keep the form as the next version of its record, and lock the record with it."""
    latest = session.scalar(select(func.max(VersionRecord.number)).where(VersionRecord.form_id == record.id))
    content = write_interchange(form)
    if read_interchange(content, form.template) != form:  # what is kept must come back
        raise AppError(sentences.INTERNAL)
    version = VersionRecord(
        form_id=record.id,
        number=1 + (latest or 0),
        at=write_time(at),
        by=by,
        digest=digest(form),
        content=content,
    )
    session.add(version)
    record.final_version = version.number
    return version


def close_version(session: Session, record: FormRecord, reason: str) -> None:
    """Unlock a record; the version that locked it says why."""
    intact(session.get_one(VersionRecord, (record.id, record.final_version))).reason = reason
    record.final_version = None


def is_last(session: Session, record: FormRecord, change: Change) -> bool:
    """Whether the form's latest journal row is this very change: no change fits the state that it leads to itself."""
    latest = session.get_one(JournalRecord, (record.id, record.rev))
    return (latest.text, latest.patches) == (change.text, write_patches(change.patches))


def write_time(at: datetime) -> str:
    """A time as stored: ISO text in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _write_cells(record: FormRecord, form: Form) -> None:
    """Put the single cells and the number of rows into the form's row; 单位名称 is the unit's row, not this one's."""
    for column, value in _cells(form):
        setattr(record, column, value)
    record.row_count = sum(len(rows_of(form, table)) for table in TABLES)


def _cells(form: Form) -> Iterator[tuple[str, str]]:
    yield "year", form.cover.year
    for name in field_names(Staffing):
        yield f"staffing_{name}", getattr(form.staffing, name)
    for name in field_names(Stated):
        yield f"stated_{name}", getattr(form.stated, name)


def _write_rows(session: Session, form_id: int, table: TableName, changes: RowChanges) -> None:
    keys = {*changes.gone, *(row.key for _, row in changes.touched)}
    stored = _stored_rows(session, form_id, table, keys) if keys else {}
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


def _stored_rows(session: Session, form_id: int, table: TableName, keys: set[str]) -> dict[str, RowRecord]:
    kind = ROW_RECORDS[table]
    query = select(kind).where(kind.form_id == form_id)
    if kind is TextItemRecord:
        query = query.where(TextItemRecord.section == table)
    if len(keys) == 1:
        query = query.where(kind.key == next(iter(keys)))
    return {record.key: intact(record) for record in session.scalars(query)}


def _new_record(form_id: int, table: TableName, key: str) -> RowRecord:
    kind = ROW_RECORDS[table]
    if kind is TextItemRecord:
        return TextItemRecord(form_id=form_id, section=table, key=key)
    return kind(form_id=form_id, key=key)


def _next(session: Session, column: InstrumentedAttribute[int]) -> int:
    # Not left to SQLite: the hash covers the identity, so it must be known before the row is written.
    return 1 + (session.scalar(select(func.max(column))) or 0)


def _unit(session: Session, name: str) -> UnitRecord:
    record = session.scalar(select(UnitRecord).where(UnitRecord.name == name))
    if record is None:
        record = UnitRecord(id=_next(session, UnitRecord.id), name=name)
        session.add(record)
        session.flush()
        return record
    return intact(record)


def _template(session: Session, template: Template) -> TemplateRecord:
    digest = sha256(template.source.encode("utf-8")).hexdigest()
    record = session.scalar(select(TemplateRecord).where(TemplateRecord.sha256 == digest))
    if record is None:
        record = TemplateRecord(
            id=_next(session, TemplateRecord.id),
            sha256=digest,
            code=template.code,
            name=template.name,
            source=template.source,
        )
        session.add(record)
        session.flush()
        return record
    return intact(record)
