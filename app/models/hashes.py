"""What proves that a stored row is what was written: a hash over its table, its identity and all its other columns.

Decides the canonical encoding. `PRAGMA integrity_check` missed 1,019 of 1,053 bit flips that changed data, this missed
none (reliability.md D11). Knows no database.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from app.form.rows import TableName

COLUMN: Final = "row_hash"

# The stored table of each of a form's tables; the four lists share one.
STORED_IN: Final[dict[TableName, str]] = {
    "duties": "text_items",
    "budget": "budget_lines",
    "groups": "groups",
    "indicators": "indicators",
    "achievements": "text_items",
    "problems": "text_items",
    "measures": "text_items",
}


class Damage(Exception):
    """A stored row is not what was written; ``values`` is what it says now, by column."""

    def __init__(self, table: str, values: Mapping[str, object]) -> None:
        super().__init__(table)
        self.table = table
        self.values = values


def hash_row(table: str, values: Mapping[str, object]) -> str:
    """SHA-256 of a row: the table's name and every column but the hash itself, as canonical JSON."""
    columns = [[name, _plain(values[name])] for name in sorted(values) if name != COLUMN]
    text = json.dumps([table, columns], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(table: str, values: Mapping[str, object]) -> None:
    """Damage when the row is not what was written."""
    if hash_row(table, values) != values[COLUMN]:
        raise Damage(table, values)


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, (int, str)) else repr(value)
