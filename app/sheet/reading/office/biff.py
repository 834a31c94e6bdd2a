"""The records of an .xls workbook, as far as the library leaves them out: number formats, errors, how far content reaches.

Decides which records matter. Values themselves are the library's business.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.sheet.reading.preflight.extents import MOST_CELLS, Extent
from app.sheet.reading.refusal import Reason, Refusal

_BOF, _EOF, _FILEPASS = 0x0809, 0x000A, 0x002F
_BOUNDSHEET, _FORMAT, _XF, _MERGES = 0x0085, 0x041E, 0x00E0, 0x00E5
_FORMULA, _BOOLEAN, _MANY_NUMBERS = 0x0006, 0x0205, 0x00BD
_ROW, _COLUMNS = 0x0208, 0x007D
_OBJECT, _TEXT, _MORE = 0x005D, 0x01B6, 0x003C
_NOTE: Final = 0x19  # of an object: the comment of a cell
_IS_ZERO: Final = 0x20  # of a row
_CELLS: Final = frozenset({_FORMULA, _BOOLEAN, 0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6})
_NEWEST: Final = 0x0600
_WORKSHEET: Final = 0
_MOST_RECORDS: Final = 2_000_000
_ERROR_RESULT: Final = (2, 0xFFFF)
_ERRORS: Final = MappingProxyType(
    {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
)

Place = tuple[int, int]  # row and column from 0


@dataclass(slots=True)
class Page:
    """What the records say of a sheet. ``formats`` are numbers of number formats, ``boxes`` the texts of shapes."""

    is_visible: bool
    extent: Extent = field(default_factory=Extent)
    formats: dict[Place, int] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Records:
    """The sheets by name, in order, and the formats that the workbook spells out."""

    pages: dict[str, Page] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)


def read_records(stream: bytes) -> Records:
    """All that matters of a workbook's stream. Refusal when it is encrypted, too old, or holds content far off."""
    found = Records()
    styles: list[int] = []
    starts: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise Refusal(Reason.ENCRYPTED)
        if kind == _BOF and struct.unpack_from("<H", body)[0] != _NEWEST:
            raise Refusal(Reason.OLD_WORKBOOK)
        if kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _FORMAT:
            found.formats[struct.unpack_from("<H", body)[0]] = _text(body, 4, struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUNDSHEET:
            start, state, what, length = struct.unpack_from("<IBBB", body)
            if what == _WORKSHEET:
                name = _text(body, 7, length)
                starts.append((name, start))
                found.pages[name] = Page(is_visible=not state & 3)
    for name, start in starts:
        _read_page(found.pages[name], stream, start, styles)
    return found


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from a BOF to its EOF, without those of charts within."""
    depth, at = 0, start
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            raise Refusal(Reason.BROKEN)
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth < 1:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
    raise Refusal(Reason.TOO_MUCH)


def _text(body: bytes, flags: int, length: int) -> str:
    """A text of ``length`` characters behind its byte of flags."""
    is_wide = body[flags] & 1
    raw = body[flags + 1 : flags + 1 + length * (2 if is_wide else 1)]
    return raw.decode("utf-16-le" if is_wide else "latin-1", errors="replace")


def _read_page(page: Page, stream: bytes, start: int, styles: list[int]) -> None:
    for kind, body in _records(stream, start):
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", body)
            _add(page, (row, column), styles[style])
            error = _error(kind, body)
            if error:
                page.errors[row, column] = error
        elif kind == _MANY_NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            for offset in range((len(body) - 6) // 6):
                _add(page, (row, first + offset), styles[struct.unpack_from("<H", body, 4 + 6 * offset)[0]])
        elif kind == _MERGES:
            (count,) = struct.unpack_from("<H", body)
            for place in range(count):
                top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * place)
                page.extent.add_merge((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _IS_ZERO:
            page.extent.hide_row(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            page.extent.hide_columns(first + 1, last + 1)
    page.boxes += _read_boxes(stream, start)
    page.extent.settle()


def _read_boxes(stream: bytes, start: int) -> Iterator[str]:
    """The texts of shapes, not those of comments; a text stands in the record behind the one that announces it."""
    is_note, length = False, 0
    for kind, body in _records(stream, start):
        if kind == _OBJECT and len(body) > 5:  # noqa: PLR2004  its kind is the third number
            is_note = struct.unpack_from("<H", body, 4)[0] == _NOTE
        elif kind == _MORE and length and body:
            yield "" if is_note else _text(body, 0, length)
        length = struct.unpack_from("<H", body, 10)[0] if kind == _TEXT and len(body) > 11 else 0  # noqa: PLR2004  the same


def _add(page: Page, place: Place, number: int) -> None:
    page.extent.widen(place[0] + 1, place[1] + 1)
    page.formats[place] = number
    if len(page.formats) > MOST_CELLS:
        raise Refusal(Reason.TOO_MUCH)


def _error(kind: int, body: bytes) -> str:
    """What an error cell shows; "" for all others."""
    if kind == _BOOLEAN and len(body) > 7 and body[7]:  # noqa: PLR2004  the eighth byte says that it is an error
        return _ERRORS.get(body[6], "")
    if kind == _FORMULA:
        what, code, mark = struct.unpack_from("<BxB3xH", body, 6)
        return _ERRORS.get(code, "") if (what, mark) == _ERROR_RESULT else ""
    return ""
