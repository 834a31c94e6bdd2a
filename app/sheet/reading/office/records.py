"""Our own sheet for programs, as `app.sheet.workbook.annex` writes it.

Decides whether a sheet is one. Knows nothing of what the record says.
"""

from collections.abc import Sequence
from typing import Final

from app.sheet.captions import XLSX_RECORD

SHEET: Final = XLSX_RECORD
_FORMAT: Final = "jixiao-record"
_KNOWN: Final = "1"


def read_record(rows: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The record and the code of the form; "" for what is not there, or is written in a way that we don't know."""
    if not rows or rows[0] != (_FORMAT, _KNOWN):
        return "", ""
    record = "".join(value for name, value in rows[1:] if name == "content")
    return record, next((value for name, value in rows[1:] if name == "digest"), "")
