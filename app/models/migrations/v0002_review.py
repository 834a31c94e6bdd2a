"""Version 2: amounts beside a rate, 审核说明, and the versions of final forms."""

from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, ForeignKey, Integer, Text, text

from app.models.encoding import COLUMN, Damage, hash_row, verify

if TYPE_CHECKING:
    from alembic.operations import Operations

AMOUNTS: Final = ("part", "whole")
ADDRESS: Final = "address"  # the rowid, under a name that no column has


def upgrade(operations: "Operations") -> None:
    """Make what version 2 has more than version 1."""
    _extend(operations, "forms", Column("final_version", Integer))
    _extend(operations, "indicators", *(Column(name, Text, nullable=False, server_default="") for name in AMOUNTS))
    operations.create_table(
        "explanations",
        _form_id(),
        Column("key", Text, primary_key=True, nullable=False),
        Column("position", Integer, nullable=False),
        *_texts("text", "basis"),
        _hash(),
    )
    operations.create_table(
        "versions",
        _form_id(),
        Column("number", Integer, primary_key=True, nullable=False),
        *_texts("at", "by", "digest", "content"),
        Column("reason", Text),
        _hash(),
    )


def _extend(operations: "Operations", table: str, *columns: "Column[int] | Column[str]") -> None:
    """Add columns, and hash every row anew; one that was damaged before keeps its hash, and so stays recognisable."""
    connection = operations.get_bind()
    for column in columns:
        operations.add_column(table, column)
    added = {column.name: None if column.nullable else "" for column in columns}
    # Only our own names are put together here.
    rows = connection.exec_driver_sql(f'SELECT rowid AS {ADDRESS}, * FROM "{table}"').mappings().all()  # noqa: S608
    update = text(f'UPDATE "{table}" SET {COLUMN} = :hash WHERE rowid = :address')  # noqa: S608
    for row in rows:
        values = {name: value for name, value in row.items() if name != ADDRESS and name not in added}
        try:
            verify(table, values)
        except Damage:
            continue
        connection.execute(update, {"hash": hash_row(table, values | added), "address": row[ADDRESS]})


def _form_id() -> "Column[int]":
    return Column("form_id", Integer, ForeignKey("forms.id"), primary_key=True, nullable=False)


def _texts(*names: str) -> "tuple[Column[str], ...]":
    return tuple(Column(name, Text, nullable=False) for name in names)


def _hash() -> "Column[str]":
    return Column("row_hash", Text, nullable=False)
