"""A change's patches as JSON text and back, for the journal.

Decides the wording of a journal row. Knows no database; reading trusts the text, because its row is hashed.
"""

import json
from dataclasses import asdict
from typing import Any, assert_never

from app.form.change import InsertRow, MoveRow, Patch, RemoveRow, SetValue
from app.form.rows import ROW_TYPES, Place


def write_patches(patches: tuple[Patch, ...]) -> str:
    """The patches as JSON, old and new values in full."""
    return json.dumps([_write(patch) for patch in patches], ensure_ascii=False, separators=(",", ":"))


def read_patches(text: str) -> tuple[Patch, ...]:
    """The patches that `write_patches` wrote."""
    return tuple(_read(patch) for patch in json.loads(text))


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
