"""Values as canonical text: a stored row for its hash, a change's patches for the journal.

Decides encodings that files depend on. The hash covers table, identity and all other columns: `PRAGMA integrity_check`
missed 1,019 of 1,053 bit flips that changed data, this missed none (reliability.md D11). Knows no database.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, assert_never

from app.form.change import InsertRow, MoveRow, Patch, RemoveRow, SetValue
from app.form.rows import ROW_TYPES, Place, TableName

Values = dict[str, Any]  # a stored row by column; the driver gives what it finds

COLUMN: Final = "row_hash"
CHAIN_START: Final = ""  # what the first row of a journal is chained to

# The stored table of each of a form's tables; the four lists share one.
STORED_IN: Final[dict[TableName, str]] = {
    "duties": "text_items",
    "budget": "budget_lines",
    "groups": "groups",
    "indicators": "indicators",
    "achievements": "text_items",
    "problems": "text_items",
    "measures": "text_items",
    "explanations": "explanations",
    "evidence": "evidence",
}


# Made once: `json.dumps` would make an encoder for every row.
_canonical: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class Damage(Exception):
    """A stored row is not what was written; ``values`` is what it says now, by column."""

    def __init__(self, table: str, values: Mapping[str, object]) -> None:
        super().__init__(table)
        self.table = table
        self.values = values


def hash_row(table: str, values: Mapping[str, object]) -> str:
    """SHA-256 of a row: the table's name and every column but the hash itself, as canonical JSON."""
    columns = [(name, _plain(value)) for name, value in sorted(values.items()) if name != COLUMN]
    return hashlib.sha256(_canonical((table, columns)).encode("ascii")).hexdigest()


def verify(table: str, values: Mapping[str, object]) -> None:
    """Damage when the row is not what was written."""
    if hash_row(table, values) != values[COLUMN]:
        raise Damage(table, values)


def write_patches(patches: tuple[Patch, ...]) -> str:
    """The patches as JSON, old and new values in full."""
    return json.dumps([_write(patch) for patch in patches], ensure_ascii=False, separators=(",", ":"))


def read_patches(text: str) -> tuple[Patch, ...]:
    """The patches that `write_patches` wrote."""
    return tuple(_read(patch) for patch in json.loads(text))


def _plain(value: object) -> object:
    if value is None or type(value) in (str, int):
        return value
    return int(value) if isinstance(value, bool) else repr(value)


def _write(patch: Patch) -> dict[str, object]:
    match patch:
        case SetValue(place, old, new):
            return {"kind": "set", "section": place.section, "key": place.key, "field": place.field} | {
                "old": old,
                "new": new,
            }
        case InsertRow(table, index, row):
            return {"kind": "insert", "table": table, "index": index, "row": asdict(row)}
        case RemoveRow(table, index, row):
            return {"kind": "remove", "table": table, "index": index, "row": asdict(row)}
        case MoveRow(table, key, source, target):
            return {"kind": "move", "table": table, "key": key, "source": source, "target": target}
        case _:
            assert_never(patch)


def _read(patch: dict[str, Any]) -> Patch:
    kind = patch["kind"]
    if kind == "set":
        return SetValue(Place(patch["section"], patch["key"], patch["field"]), patch["old"], patch["new"])
    if kind == "move":
        return MoveRow(patch["table"], patch["key"], patch["source"], patch["target"])
    row = ROW_TYPES[patch["table"]](**patch["row"])
    return (InsertRow if kind == "insert" else RemoveRow)(patch["table"], patch["index"], row)
