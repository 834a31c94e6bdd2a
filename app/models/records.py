"""Values into rows of the tables: only what is different, under identities that are known beforehand.

Decides which column holds which cell and what belongs to what. Works inside a transaction that `store` opened.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import zip_longest

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.form.change import Change
from app.form.failure import AppError
from app.form.form import Form, rows_of
from app.form.reading.interchange import read_form as read_interchange
from app.form.reading.interchange import write_form as write_interchange
from app.form.rows import TABLES, Row, Staffing, Stated, TableName, field_names
from app.form.template import Template
from app.models import sentences
from app.models.encoding import CHAIN_START, COLUMN, STORED_IN, Values, write_patches
from app.models.tables import (
    ROW_RECORDS,
    FormRecord,
    JournalRecord,
    TemplateRecord,
    UnitRecord,
    VersionRecord,
    delete_rows,
    find_row,
    insert_rows,
    update_rows,
)
from app.review.digest import digest

Placed = tuple[int, Row]  # a row and its position


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What is different in one table: rows that are gone, rows that are new, and both states of those that changed or moved."""

    gone: tuple[Placed, ...]
    new: tuple[Placed, ...]
    touched: tuple[tuple[Placed, Placed], ...]


def compare_rows(before: tuple[Row, ...], after: tuple[Row, ...]) -> RowChanges:
    """What must be written to get from one state of a table to the other."""
    pairs = [(at, *pair) for at, pair in enumerate(zip_longest(before, after)) if pair[0] is not pair[1]]
    old: dict[str, Placed] = {row.key: (at, row) for at, row, _ in pairs if row is not None}
    new: dict[str, Placed] = {row.key: (at, row) for at, _, row in pairs if row is not None}
    return RowChanges(
        tuple(placed for key, placed in old.items() if key not in new),
        tuple(placed for key, placed in new.items() if key not in old),
        tuple((old[key], placed) for key, placed in new.items() if key in old and old[key] != placed),
    )


def add_form(connection: Connection, form: Form, change: Change, at: datetime) -> Values:
    """Store a new form: its row with unit, template and cells, its tables, and ``change`` as its first journal row."""
    record: Values = {
        "id": _next(connection, FormRecord.id),
        "unit_id": _unit(connection, form.cover.unit),
        "template_id": _template(connection, form.template),
        "created_at": write_time(at),
        "edited_at": write_time(at),
        "deleted_at": None,
        "rev": 0,
        "final_version": None,
        "chain": CHAIN_START,
        **_cells(form),
    }
    (stored,) = insert_rows(connection, FormRecord, [record])  # the other rows refer to it
    for table in TABLES:
        _write_rows(connection, record["id"], table, compare_rows((), rows_of(form, table)))
    return write_record(connection, stored, stored, change, at)


def write_form(connection: Connection, record: Values, before: Form, after: Form) -> Values:
    """Write what is different between two states of a stored form; gives its row as that must become (`write_record`)."""
    for table in TABLES:
        if rows_of(before, table) is not rows_of(after, table):  # apply_change leaves the others as they are
            _write_rows(connection, record["id"], table, compare_rows(rows_of(before, table), rows_of(after, table)))
    unit_id = record["unit_id"] if before.cover.unit == after.cover.unit else _unit(connection, after.cover.unit)
    return record | _cells(after) | {"unit_id": unit_id}


def write_record(connection: Connection, old: Values, new: Values, change: Change, at: datetime) -> Values:
    """Write a form's row with what a change made of it, and chain the change's journal row to the one before."""
    entry: Values = {
        "form_id": old["id"],
        "number": old["rev"] + 1,
        "at": write_time(at),
        "text": change.text,
        "merge_key": change.merge_key,
        "patches": write_patches(change.patches),
        "chain": old["chain"],
    }
    (entry,) = insert_rows(connection, JournalRecord, [entry])
    counted = {"rev": entry["number"], "edited_at": entry["at"], "chain": entry[COLUMN]}
    (stored,) = update_rows(connection, FormRecord, [(old, new | counted)])
    if old["unit_id"] != new["unit_id"]:
        _leave_unit(connection, old["unit_id"])
    return stored


def add_version(connection: Connection, record: Values, form: Form, by: str, at: datetime) -> Values:
    """Keep the form as the next version of its row."""
    count = select(func.max(VersionRecord.number)).where(VersionRecord.form_id == record["id"])
    content = write_interchange(form)
    if read_interchange(content, form.template) != form:  # what is kept must come back
        raise AppError(sentences.INTERNAL)
    version: Values = {
        "form_id": record["id"],
        "number": 1 + (connection.scalar(count) or 0),
        "at": write_time(at),
        "by": by,
        "digest": digest(form),
        "content": content,
        "reason": None,
    }
    insert_rows(connection, VersionRecord, [version])
    return version


def close_version(connection: Connection, record: Values, reason: str) -> None:
    """Write into the version that locks a form why it no longer does."""
    latest = (VersionRecord.form_id == record["id"], VersionRecord.number == record["final_version"])
    version = find_row(connection, VersionRecord, *latest)
    if version is not None:
        update_rows(connection, VersionRecord, [(version, version | {"reason": reason})])


def is_last(connection: Connection, record: Values, change: Change) -> bool:
    """Whether the form's latest journal row is this very change: no change fits the state that it leads to itself."""
    latest = (JournalRecord.form_id == record["id"], JournalRecord.number == record["rev"])
    entry = find_row(connection, JournalRecord, *latest)
    return entry is not None and (entry["text"], entry["patches"]) == (change.text, write_patches(change.patches))


def write_time(at: datetime) -> str:
    """A time as stored: ISO text in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _cells(form: Form) -> Values:
    """The single cells and the number of rows, as the form's row has them; 单位名称 is the unit's row, not this one's."""
    return {
        "row_count": sum(len(rows_of(form, table)) for table in TABLES),
        "year": form.cover.year,
        **{f"staffing_{name}": getattr(form.staffing, name) for name in field_names(Staffing)},
        **{f"stated_{name}": getattr(form.stated, name) for name in field_names(Stated)},
    }


def _write_rows(connection: Connection, form_id: int, table: TableName, changes: RowChanges) -> None:
    def values(placed: Placed) -> Values:
        return _row(form_id, table, *placed)

    kind = ROW_RECORDS[table]
    delete_rows(connection, kind, [values(placed) for placed in changes.gone])
    update_rows(connection, kind, [(values(old), values(new)) for old, new in changes.touched])
    insert_rows(connection, kind, [values(placed) for placed in changes.new])


def _row(form_id: int, table: TableName, position: int, row: Row) -> Values:
    own = {name: getattr(row, name) for name in field_names(type(row))}
    section = {"section": table} if STORED_IN[table] == "text_items" else {}
    return {"form_id": form_id, **section, "key": row.key, "position": position, **own}


def _next(connection: Connection, column: InstrumentedAttribute[int]) -> int:
    # Not left to SQLite: the hash covers the identity, so it must be known before the row is written.
    return 1 + (connection.scalar(select(func.max(column))) or 0)


def _unit(connection: Connection, name: str) -> int:
    found = find_row(connection, UnitRecord, UnitRecord.name == name)
    if found is None:
        (found,) = insert_rows(connection, UnitRecord, [{"id": _next(connection, UnitRecord.id), "name": name}])
    return int(found["id"])


def _leave_unit(connection: Connection, unit_id: int) -> None:
    """Delete a unit that no form belongs to any more."""
    unit = find_row(connection, UnitRecord, UnitRecord.id == unit_id)
    others = select(func.count()).where(FormRecord.unit_id == unit_id)
    if unit is not None and not connection.scalar(others):
        delete_rows(connection, UnitRecord, [unit])


def _template(connection: Connection, template: Template) -> int:
    digest = sha256(template.source.encode("utf-8")).hexdigest()
    found = find_row(connection, TemplateRecord, TemplateRecord.sha256 == digest)
    if found is None:
        new = {
            "id": _next(connection, TemplateRecord.id),
            "sha256": digest,
            "code": template.code,
            "name": template.name,
            "source": template.source,
        }
        (found,) = insert_rows(connection, TemplateRecord, [new])
    return int(found["id"])
