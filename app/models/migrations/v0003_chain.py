"""Version 3: the journal is chained by hash, and its rows can neither be changed nor deleted."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, Text, text

from app.models.encoding import CHAIN_START, COLUMN, Damage, hash_row, verify

if TYPE_CHECKING:
    from alembic.operations import Operations

CHAIN: Final = "chain"
ADDRESS: Final = "address"  # the rowid, under a name that no column has
_SELECT: Final = "SELECT rowid AS address, * FROM {table} ORDER BY {order}"
_UPDATE: Final = "UPDATE {table} SET chain = :chain, row_hash = :hash WHERE rowid = :address"
_REFUSE: Final = (
    "CREATE TRIGGER journal_{event} BEFORE {event} ON journal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
)


def upgrade(operations: "Operations") -> None:
    """Chain the rows there are, and guard them."""
    for table in ("journal", "forms"):
        operations.add_column(table, Column(CHAIN, Text, nullable=False, server_default=""))
    heads: dict[Any, str] = {}
    for row in _rows(operations, "journal", "form_id, number"):
        form = row["form_id"]
        heads[form] = _write(operations, "journal", row, heads.get(form, CHAIN_START))
    for row in _rows(operations, "forms", "id"):
        _write(operations, "forms", row, heads.get(row["id"], CHAIN_START))
    for event in ("update", "delete"):
        operations.execute(_REFUSE.format(event=event))


def _rows(operations: "Operations", table: str, order: str) -> list[Mapping[str, Any]]:
    query = _SELECT.format(table=table, order=order)
    return [*operations.get_bind().exec_driver_sql(query).mappings()]


def _write(operations: "Operations", table: str, row: Mapping[str, Any], chain: str) -> str:
    """Give a row its chain; the hash it has then. One that was damaged before keeps its hash, and so stays recognisable."""
    values = {name: value for name, value in row.items() if name not in (ADDRESS, CHAIN)}
    try:
        verify(table, values)
        stamp = hash_row(table, values | {CHAIN: chain})
    except Damage:
        stamp = str(row[COLUMN])
    update = text(_UPDATE.format(table=table))
    operations.get_bind().execute(update, {"chain": chain, "hash": stamp, "address": row[ADDRESS]})
    return stamp
