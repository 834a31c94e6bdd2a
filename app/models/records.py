"""Rows of units, templates, forms and the journal: finding, making, and naming a damaged one.

Decides identities and what belongs to what. Works inside a transaction that `store` opened.
"""

from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.form.change import Change
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.loader import read_template
from app.form.template import Template
from app.models import sentences
from app.models.mapping import read_form, write_cells, write_rows
from app.models.patches import read_patches, write_patches
from app.models.state import FormEntry, JournalEntry
from app.models.tables import (
    Base,
    FormRecord,
    JournalRecord,
    RowRecord,
    TemplateRecord,
    TextItemRecord,
    UnitRecord,
    intact,
)


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
    write_cells(record, form)
    session.add(record)
    session.flush()  # its rows refer to it
    write_rows(session, record.id, None, form)
    return record


def write_form(session: Session, record: FormRecord, before: Form, after: Form) -> None:
    """Write what is different between two states of a stored form."""
    if before.cover.unit != after.cover.unit:
        left = record.unit_id
        record.unit_id = _unit(session, after.cover.unit).id
        session.flush()
        empty = ~select(FormRecord.id).where(FormRecord.unit_id == left).exists()
        session.execute(delete(UnitRecord).where(UnitRecord.id == left, empty))
    write_cells(record, after)
    write_rows(session, record.id, before, after)


def read_whole(session: Session, record: FormRecord) -> Form:
    """The form of a row of forms. Damage when anything of it is not what was written."""
    unit = intact(session.get_one(UnitRecord, record.unit_id))
    template = intact(session.get_one(TemplateRecord, record.template_id))
    return read_form(session, record, read_template(template.source, template.code), unit.name)


def list_entries(session: Session, condition: ColumnElement[bool]) -> tuple[FormEntry, ...]:
    """The forms that meet a condition, by unit and then the newest year first."""
    query = (
        select(FormRecord.id, UnitRecord.name, FormRecord.year, TemplateRecord.name, FormRecord.edited_at)
        .join(UnitRecord, FormRecord.unit_id == UnitRecord.id)
        .join(TemplateRecord, FormRecord.template_id == TemplateRecord.id)
        .where(condition)
        .order_by(UnitRecord.name, FormRecord.year.desc(), FormRecord.id)
    )
    return tuple(
        FormEntry(form_id, unit, year, template, datetime.fromisoformat(edited_at))
        for form_id, unit, year, template, edited_at in session.execute(query)
    )


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


def is_last(session: Session, record: FormRecord, change: Change) -> bool:
    """Whether the form's latest journal row is this very change: no change fits the state that it leads to itself."""
    latest = session.get_one(JournalRecord, (record.id, record.rev))
    return (latest.text, latest.patches) == (change.text, write_patches(change.patches))


def read_journal(session: Session, form_id: int) -> tuple[JournalEntry, ...]:
    """Every committed change of a form, the oldest first."""
    query = select(JournalRecord).where(JournalRecord.form_id == form_id).order_by(JournalRecord.number)
    return tuple(
        JournalEntry(
            record.number,
            datetime.fromisoformat(record.at),
            Change(record.text, read_patches(record.patches), record.merge_key),
        )
        for record in map(intact, session.scalars(query))
    )


def write_time(at: datetime) -> str:
    """A time as stored: ISO text in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def describe_damage(session: Session, record: Base) -> str:
    """The sentence that names a damaged row."""
    match record:
        case UnitRecord():
            what = sentences.DAMAGED_UNIT.format(name=record.name)
        case TemplateRecord():
            what = sentences.DAMAGED_TEMPLATE.format(code=record.code)
        case FormRecord():
            what = sentences.DAMAGED_FORM.format(**_owner(session, record.id))
        case JournalRecord():
            what = sentences.DAMAGED_JOURNAL.format(**_owner(session, record.form_id), number=record.number)
        case RowRecord():
            table = record.section if isinstance(record, TextItemRecord) else record.__tablename__
            title = sentences.TABLE_NAMES.get(table, table)
            what = sentences.DAMAGED_ROW.format(
                **_owner(session, record.form_id), table=title, number=record.position + 1
            )
        case _:
            raise AssertionError(record)
    return sentences.DAMAGED.format(what=what)


def _owner(session: Session, form_id: int) -> dict[str, str]:
    query = (
        select(UnitRecord.name, FormRecord.year)
        .join(FormRecord, FormRecord.unit_id == UnitRecord.id)
        .where(FormRecord.id == form_id)
    )
    row = session.execute(query).first()
    return {"unit": row[0], "year": row[1]} if row else {"unit": "", "year": ""}


def _next(session: Session, column: InstrumentedAttribute[int]) -> int:
    # Not left to SQLite: the hash covers the identity, so it must be known before the row is written.
    return 1 + (session.scalar(select(func.max(column))) or 0)


def _unit(session: Session, name: str) -> UnitRecord:
    record = session.scalar(select(UnitRecord).where(UnitRecord.name == name))
    if record is None:
        record = UnitRecord(id=_next(session, UnitRecord.id), name=name)
        session.add(record)
        session.flush()
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
    return intact(record)
