"""The tables, with real columns: every typed cell as the text that was typed, every row with a hash of itself.

Decides how a form lies in the file; `migrations` must lead to exactly this. Knows nothing of what the texts mean.
"""

from typing import Any, ClassVar, Final, TypeVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.form.rows import TableName
from app.models.encoding import STORED_IN, hash_row, verify

R = TypeVar("R", bound="Base")


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

    ``row_count`` is that of all its tables together: a row that is missing cannot show its own hash.
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
    """One committed change: ``number`` is the form's ``rev`` after it, ``patches`` (JSON) hold old and new values."""

    __tablename__ = "journal"

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    text: Mapped[str]
    merge_key: Mapped[str | None]
    patches: Mapped[str]


_RECORDS: Final[dict[str, type[RowRecord]]] = {
    kind.__tablename__: kind
    for kind in (TextItemRecord, BudgetLineRecord, GroupRecord, IndicatorRecord, ExplanationRecord)
}
ROW_RECORDS: Final[dict[TableName, type[RowRecord]]] = {table: _RECORDS[stored] for table, stored in STORED_IN.items()}


def intact(record: R) -> R:
    """The row itself. Damage when it is not what was written."""
    verify(record.__tablename__, _values(record))
    return record


def _values(record: Base) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__table__.columns.keys()}  # noqa: SIM118 - not a mapping


@event.listens_for(Session, "before_flush")
def _stamp(session: Session, *_: object) -> None:
    """Write the hash of every row that is about to be stored: in one place, so that no row can miss it."""
    for record in (*session.new, *session.dirty):
        record.row_hash = hash_row(record.__tablename__, _values(record))
