"""Version 1: units, templates, forms, their rows, and the journal."""

from typing import TYPE_CHECKING

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, Text

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(operations: "Operations") -> None:
    """Make all tables of version 1."""
    operations.create_table("units", _id(), Column("name", Text, nullable=False, unique=True), _hash())
    operations.create_table(
        "templates",
        _id(),
        Column("sha256", Text, nullable=False, unique=True),
        *_texts("code", "name", "source"),
        _hash(),
    )
    _create_forms(operations)
    _create_rows(operations)
    operations.create_table(
        "journal",
        _form_id(),
        Column("number", Integer, primary_key=True, nullable=False),
        *_texts("at", "text"),
        Column("merge_key", Text),
        *_texts("patches"),
        _hash(),
    )


def _create_forms(operations: "Operations") -> None:
    operations.create_table(
        "forms",
        _id(),
        Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("template_id", Integer, ForeignKey("templates.id"), nullable=False),
        *_texts("created_at", "edited_at"),
        Column("deleted_at", Text),
        Column("rev", Integer, nullable=False),
        Column("row_count", Integer, nullable=False),
        *_texts("year", "staffing_text", "staffing_departments", "staffing_authorised", "staffing_actual"),
        *_texts("staffing_contract", "staffing_retired", "stated_weight_total", "stated_score_total", "stated_grade"),
        _hash(),
    )
    operations.create_index("ix_forms_unit_id", "forms", ["unit_id"])


def _create_rows(operations: "Operations") -> None:
    operations.create_table(
        "text_items",
        _form_id(),
        Column("section", Text, primary_key=True, nullable=False),
        *_row(),
        *_texts("text"),
        _hash(),
        CheckConstraint("section IN ('duties', 'achievements', 'problems', 'measures')", name="section"),
    )
    operations.create_table(
        "budget_lines", _form_id(), *_row(), *_texts("label", "part_of", "initial", "annual", "spent"), _hash()
    )
    operations.create_table("groups", _form_id(), *_row(), *_texts("label", "part_of"), _hash())
    operations.create_table(
        "indicators",
        _form_id(),
        *_row(),
        *_texts("group", "name", "nature", "measure", "target", "weight", "rule", "actual", "score", "reason", "note"),
        Column("applies", Boolean, nullable=False),
        _hash(),
    )


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, nullable=False)


def _form_id() -> Column[int]:
    return Column("form_id", Integer, ForeignKey("forms.id"), primary_key=True, nullable=False)


def _row() -> tuple[Column[str], Column[int]]:
    return Column("key", Text, primary_key=True, nullable=False), Column("position", Integer, nullable=False)


def _texts(*names: str) -> tuple[Column[str], ...]:
    return tuple(Column(name, Text, nullable=False) for name in names)


def _hash() -> Column[str]:
    return Column("row_hash", Text, nullable=False)
