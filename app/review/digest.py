"""The digest of a form: what 校验码 stands for.

Decides the canonical content (docs/digest.md): what the form says, not how a file or the store holds it. So it is the
same for a paper, a workbook that was saved again, and a copy under other row keys.
"""

import json
import unicodedata
from hashlib import sha256
from typing import Final

from app.form.form import Form, format_of, rows_of
from app.form.rows import LATER, RECORDS, TABLES, CellValue, Explanation, Record, Row, TableName, field_names

DOMAIN: Final = "jixiao-digest"
VERSION: Final = 2  # the newest; a form has the code of the oldest that can say all of it (`format_of`)
# Crockford's base 32: no I, L, O, U, which are misread.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_BITS: Final = 80
_BITS: Final = 5
_GROUP: Final = 4
_POINTERS: Final[dict[tuple[TableName, str], TableName]] = {
    ("budget", "part_of"): "budget",
    ("groups", "part_of"): "groups",
    ("indicators", "group"): "groups",
    ("evidence", "indicator"): "indicators",
}


def digest(form: Form) -> str:
    """SHA-256 of the canonical content, in hexadecimal."""
    return sha256(canonical(form).encode("ascii")).hexdigest()


def short_code(digest: str) -> str:
    """The first 80 bits for eyes: DY6N-X9X3-QXA0-JC6F. 40 bits would collide within seconds (reliability.md §4.2)."""
    number = int(digest, 16) >> (len(digest) * 4 - _CODE_BITS)
    code = "".join(ALPHABET[number >> shift & 31] for shift in range(_CODE_BITS - _BITS, -1, -_BITS))
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def canonical(form: Form) -> str:
    """Everything that is typed, blanks too, in one order and one spelling: what is hashed. ASCII.

    Under the oldest format that can say all of it, so that the code of a form never changes by a newer program.
    """
    template = [form.template.code, sha256(form.template.source.encode("utf-8")).hexdigest()]
    positions = {table: {row.key: number for number, row in enumerate(rows_of(form, table))} for table in TABLES}
    content: list[list[object]] = [[record, _cells(getattr(form, record))] for record in RECORDS]
    said = (table for table in TABLES if table not in LATER or rows_of(form, table))
    content += [[table, [_row(table, row, positions) for row in rows_of(form, table)]] for table in said]
    return json.dumps([DOMAIN, format_of(form), template, content], ensure_ascii=True, separators=(",", ":"))


def _cells(holder: Record | Row) -> list[tuple[str, CellValue | int]]:
    return [(name, _spell(getattr(holder, name))) for name in field_names(type(holder))]


def _row(table: TableName, row: Row, positions: dict[TableName, dict[str, int]]) -> list[tuple[str, CellValue | int]]:
    """Its cells; what points to a row by its key says the row's position (from 0; -1: none) instead."""
    cells = [
        (name, positions[_POINTERS[table, name]].get(getattr(row, name), -1) if (table, name) in _POINTERS else value)
        for name, value in _cells(row)
    ]
    return [("finding", _finding(row.key, positions)), *cells] if isinstance(row, Explanation) else cells


def _finding(key: str, positions: dict[TableName, dict[str, int]]) -> str:
    """A finding's key (`Finding.key`) with the position of its row instead of the row's key."""
    code, _, rest = key.partition(":")
    section, _, rest = rest.partition(":")
    row, _, field = rest.rpartition(":")
    number = next((rows[row] for table, rows in positions.items() if table == section and row in rows), None)
    return key if number is None else f"{code}:{section}:{number}:{field}"


def _spell(value: CellValue) -> CellValue:
    if isinstance(value, bool):
        return value
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
