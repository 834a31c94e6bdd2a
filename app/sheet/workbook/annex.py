"""The further sheets of the workbook: what the review found and was told, and the record that programs read.

Decides how they look and where a long record is cut. Knows no finding and no form.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from types import MappingProxyType
from typing import Any, Final

from app.form.text import utf16_length
from app.sheet import captions
from app.sheet.heights import count_lines, split_row, text_height
from app.sheet.workbook.text import clean, header_text, shield, too_long

Notes = tuple[tuple[str, ...], ...]
# What the record's reader must know beside it: name and text, in order.
Facts = tuple[tuple[str, str], ...]

RECORD_FORMAT: Final = "jixiao-record"
RECORD_VERSION: Final = 1
CODE: Final = "digest"
CONTENT: Final = "content"
TEMPLATE: Final = "template"  # of the facts: its source, as JSON
# A quarter of what a cell can hold: LibreOffice puts line ends into longer texts when it saves an .xls as .xlsx.
PIECE: Final = 8_000
# What spreadsheet programs store unlike it was: spaces, control codes, escapes like _x0041_, characters beyond 16 bits.
_FRAGILE: Final = re.compile(r'[^0-9A-Za-z{}\[\]":,.+\\\u4e00-\u9fff-]')
_DIGITS: Final = 4
_WIDE: Final = 0xFFFF
_A4_CODE: Final = 9
_SIZE: Final = 10.0
_INNER: Final = 72.0  # A4 across without margins, in em
_SHORT: Final = 14  # characters
_PIXELS: Final = 13.6  # of one em, the gaps of a cell included
_MARGIN: Final = 0.6  # inches


def add_notes(workbook: Any, notes: Notes, marking: str) -> None:
    """A sheet of texts, headings first: wrapped, as wide as A4 lying across, the headings on every page."""
    page = workbook.add_worksheet(captions.XLSX_NOTES)
    page.set_landscape()
    page.set_paper(_A4_CODE)
    page.fit_to_pages(1, 0)
    page.set_margins(_MARGIN, _MARGIN, _MARGIN * 1.4, _MARGIN * 1.4)
    page.set_header(header_text(marking))
    page.set_footer(captions.XLSX_FOOTER)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    look = {"font_size": _SIZE, "text_wrap": True, "border": 1, "valign": "vcenter"}
    heading = workbook.add_format(look | {"font_name": captions.HEI, "align": "center"})
    body = workbook.add_format(look | {"font_name": captions.SONG})
    widths = _column_widths(notes)
    for column, width in enumerate(widths):
        page.set_column_pixels(column, column, round(width * _PIXELS))
    top = 0
    for texts in notes:
        lines = max(count_lines(clean(text), width) for text, width in zip(texts, widths, strict=True))
        heights = split_row(text_height(lines, _SIZE))
        for row, height in enumerate(heights, top):
            page.set_row(row, height)
        for column, text in enumerate(texts):
            _add_text(page, (top, top + len(heights) - 1, column), text, body if top else heading)
        top += len(heights)


def _add_text(page: Any, where: tuple[int, int, int], text: str, face: Any) -> None:
    """A text in the rows from first to last of a column."""
    first, last, column = where
    if first < last:
        page.merge_range(first, column, last, column, "", face)
    if page.write_string(first, column, shield(clean(text)), face):
        raise too_long(text)


@dataclass(frozen=True, slots=True)
class Record:
    """What the sheet for programs says: the JSON text, the code ("" in a draft), the facts, and which version wrote it."""

    content: str
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    version: int = RECORD_VERSION


def add_record(workbook: Any, record: str, code: str, facts: Facts = ()) -> None:
    """A sheet that only programs see: format and version, the code, the facts, the record in pieces that a cell can hold.

    ``record`` is JSON, or "". The code is a property of the document, too.
    """
    page = workbook.add_worksheet(captions.XLSX_RECORD)
    page.very_hidden()
    rows = [(RECORD_FORMAT, str(RECORD_VERSION)), (CODE, code)]
    rows += [(name, piece) for name, text in facts for piece in cut_record(text)]
    rows += [(CONTENT, piece) for piece in cut_record(harden(record))]
    for row, (name, value) in enumerate(rows):
        page.write_string(row, 0, name)
        page.write_string(row, 1, shield(value))
    workbook.set_custom_property(RECORD_FORMAT, f"{RECORD_VERSION} {code}".strip())


def read_record(rows: Iterable[Sequence[str]]) -> Record | None:
    """The record in the rows (name, piece) of the sheet for programs; None when they are none of ours."""
    texts: dict[str, str] = {}
    for name, piece, *_ in rows:
        texts[name] = texts.get(name, "") + piece
    version = texts.pop(RECORD_FORMAT, "")
    if not (version.isascii() and version.isdecimal()):
        return None
    if not texts.keys() <= {CONTENT, CODE}:  # the first records, without facts, were not hardened
        texts = {name: "".join(text.split()) for name, text in texts.items()}
    content, code = texts.pop(CONTENT, ""), texts.pop(CODE, "")
    return Record(content, code, MappingProxyType(texts), int(version[:_DIGITS]))


def harden(text: str) -> str:
    """The same JSON in characters that every spreadsheet program keeps as they are; "" stays ""."""
    if not text:
        return ""
    return _FRAGILE.sub(_escape, json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code <= _WIDE:
        return f"\\u{code:04x}"
    code -= _WIDE + 1
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def cut_record(record: str) -> Iterator[str]:
    """Pieces of at most 8,000 UTF-16 units, which is what Excel counts."""
    step = PIECE if utf16_length(record) == len(record) else PIECE // 2
    return (record[start : start + step] for start in range(0, len(record), step))


def _column_widths(notes: Notes) -> list[float]:
    """In em: short columns as wide as their texts, the others share the rest; the last one has room to be written into."""
    longest = [max(len(clean(text)) for text in column) for column in zip(*notes, strict=True)]
    longest[-1] = max(longest[-1], _SHORT)
    short = sum(length + 1 for length in longest if length <= _SHORT)
    shares = sum(sqrt(length) for length in longest if length > _SHORT)
    return [
        length + 1 if length <= _SHORT else max(_SHORT, (_INNER - short) * sqrt(length) / shares) for length in longest
    ]
