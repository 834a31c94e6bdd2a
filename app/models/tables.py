"""The tables, with real columns: every typed cell as the text that was typed, every row with a hash of itself.

Decides how a form lies in the file (`migrations` must lead to exactly this), and how rows of any table get there: in
one place, so that none can miss its hash or be written over another. Knows nothing of what the texts mean.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar, Final, cast

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ColumnElement,
    Connection,
    Delete,
    ForeignKey,
    Insert,
    Integer,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.form.rows import TableName
from app.models.encoding import COLUMN, STORED_IN, Values, hash_row, verify


class Stale(Exception):
    """A row is not what is to be written over: it was damaged, or changed elsewhere. Nothing must be committed."""


class Base(DeclarativeBase):
    """A row of any table; ``row_hash`` covers the table's name and every other column."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text(), int: Integer(), bool: Boolean()}

    row_hash: Mapped[str] = mapped_column(sort_order=1000)


class UnitRecord(Base):
    """A unit; it exists as long as a form belongs to it."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class TemplateRecord(Base):
    """A template's own text, kept once however many forms were made from it."""

    __tablename__ = "templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str]
    name: Mapped[str]
    source: Mapped[str]


class FormRecord(Base):
    """A form: its single cells (单位名称 is the unit's name), times as ISO text in UTC, ``rev`` one more per change.

    ``final_version`` is the version that locks it, NULL in a draft.

    ``row_count`` is that of all its tables together: a row that is missing cannot show its own hash. ``chain`` is the
    hash of the latest journal row, for the same reason.
    """

    __tablename__ = "forms"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("templates.id"))
    created_at: Mapped[str]
    edited_at: Mapped[str]
    deleted_at: Mapped[str | None]
    rev: Mapped[int]
    row_count: Mapped[int]
    year: Mapped[str]
    staffing_text: Mapped[str]
    staffing_departments: Mapped[str]
    staffing_authorised: Mapped[str]
    staffing_actual: Mapped[str]
    staffing_contract: Mapped[str]
    staffing_retired: Mapped[str]
    stated_weight_total: Mapped[str]
    stated_score_total: Mapped[str]
    stated_grade: Mapped[str]
    final_version: Mapped[int | None] = mapped_column(sort_order=1001)  # came with version 2, so it stands last
    chain: Mapped[str] = mapped_column(server_default="", sort_order=1002)  # with version 3


class RowRecord(Base):
    """A row of a form: addressed by its stable key, standing at ``position`` (0, 1, 2 … without gaps)."""

    __abstract__ = True

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True, sort_order=-30)
    key: Mapped[str] = mapped_column(primary_key=True, sort_order=-10)
    position: Mapped[int] = mapped_column(sort_order=-5)


class TextItemRecord(RowRecord):
    """An item of one of the lists; ``section`` names the list."""

    __tablename__ = "text_items"
    __table_args__ = (CheckConstraint("section IN ('duties', 'achievements', 'problems', 'measures')", name="section"),)

    section: Mapped[str] = mapped_column(primary_key=True, sort_order=-20)
    text: Mapped[str]


class BudgetLineRecord(RowRecord):
    """A line of the budget table."""

    __tablename__ = "budget_lines"

    label: Mapped[str]
    part_of: Mapped[str]
    initial: Mapped[str]
    annual: Mapped[str]
    spent: Mapped[str]


class GroupRecord(RowRecord):
    """一级 or 二级指标."""

    __tablename__ = "groups"

    label: Mapped[str]
    part_of: Mapped[str]


class IndicatorRecord(RowRecord):
    """A 三级指标 row."""

    __tablename__ = "indicators"

    group: Mapped[str]
    name: Mapped[str]
    nature: Mapped[str]
    measure: Mapped[str]
    target: Mapped[str]
    weight: Mapped[str]
    rule: Mapped[str]
    actual: Mapped[str]
    score: Mapped[str]
    reason: Mapped[str]
    note: Mapped[str]
    applies: Mapped[bool]
    # Came with version 2, so they stand last.
    part: Mapped[str] = mapped_column(server_default="", sort_order=1001)
    whole: Mapped[str] = mapped_column(server_default="", sort_order=1001)


class ExplanationRecord(RowRecord):
    """审核说明 of a finding, whose key it has."""

    __tablename__ = "explanations"

    text: Mapped[str]
    basis: Mapped[str]


class EvidenceRecord(RowRecord):
    """A file of 佐证材料; the file lies in the data folder under its ``sha256``."""

    __tablename__ = "evidence"

    indicator: Mapped[str]
    name: Mapped[str]
    note: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[str]


class VersionRecord(Base):
    """定稿: a whole form as it was then; ``content`` is the interchange text, ``reason`` that of the 取消定稿, if any."""

    __tablename__ = "versions"

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    by: Mapped[str]
    digest: Mapped[str]
    content: Mapped[str]
    reason: Mapped[str | None]


class JournalRecord(Base):
    """One committed change: ``number`` is the form's ``rev`` after it, ``patches`` (JSON) hold old and new values.

    ``chain`` is the hash of the form's row before it, "" in the first. Triggers refuse to change or delete a row.
    """

    __tablename__ = "journal"

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    text: Mapped[str]
    merge_key: Mapped[str | None]
    patches: Mapped[str]
    chain: Mapped[str] = mapped_column(server_default="", sort_order=1001)  # came with version 3, so it stands last


_RECORDS: Final[dict[str, type[RowRecord]]] = {
    kind.__tablename__: kind
    for kind in (TextItemRecord, BudgetLineRecord, GroupRecord, IndicatorRecord, ExplanationRecord, EvidenceRecord)
}
ROW_RECORDS: Final[dict[TableName, type[RowRecord]]] = {table: _RECORDS[stored] for table, stored in STORED_IN.items()}


def find_row(connection: Connection, kind: type[Base], *conditions: ColumnElement[bool]) -> Values | None:
    """The one row that meets the conditions, if there is one. Damage when it is not what was written."""
    row = connection.execute(select(_table(kind)).where(*conditions)).mappings().one_or_none()
    if row is None:
        return None
    values: Values = {**row}
    verify(kind.__tablename__, values)
    return values


def insert_rows(connection: Connection, kind: type[Base], rows: Sequence[Values]) -> list[Values]:
    """Store new rows; gives them as stored, with their hashes."""
    stored = [_stamp(kind, row) for row in rows]
    _execute(connection, _insert(kind), stored)
    return stored


def update_rows(connection: Connection, kind: type[Base], pairs: Sequence[tuple[Values, Values]]) -> list[Values]:
    """Write new rows over old ones; gives the new ones as stored. Stale when an old one is not there just as it is given."""
    stored = [_stamp(kind, new) for _, new in pairs]
    _execute(connection, _update(kind), [new | _as_old(old) for (old, _), new in zip(pairs, stored, strict=True)])
    return stored


def delete_rows(connection: Connection, kind: type[Base], rows: Sequence[Values]) -> None:
    """Delete rows. Stale when one is not there just as it is given."""
    _execute(connection, _delete(kind), [_as_old(row) for row in rows])


def _execute(connection: Connection, statement: str, rows: list[Values]) -> None:
    if rows and connection.exec_driver_sql(statement, rows).rowcount != len(rows):
        raise Stale


# Made once per table, as texts: composing and looking them up would take longer than writing the row.


@cache
def _insert(kind: type[Base]) -> str:
    return _compile(insert(_table(kind)))


@cache
def _update(kind: type[Base]) -> str:
    table = _table(kind)
    values: Values = {column.name: bindparam(column.name) for column in table.columns if not column.primary_key}
    return _compile(update(table).where(*_is_old(table)).values(values))


@cache
def _delete(kind: type[Base]) -> str:
    return _compile(delete(_table(kind)).where(*_is_old(_table(kind))))


def _compile(statement: Insert | Update | Delete) -> str:
    return str(statement.compile(dialect=dialect(paramstyle="named")))


def _is_old(table: Table) -> list[ColumnElement[bool]]:
    """Every column but the hash says what is expected: then the row is intact, whatever its hash has become."""
    columns = (column for column in table.columns if column.name != COLUMN)
    return [column.is_not_distinct_from(bindparam(f"old_{column.name}")) for column in columns]


def _as_old(values: Values) -> Values:
    return {f"old_{name}": value for name, value in values.items()}


def _stamp(kind: type[Base], values: Values) -> Values:
    return values | {COLUMN: hash_row(kind.__tablename__, values)}


def _table(kind: type[Base]) -> Table:
    return cast("Table", kind.__table__)
