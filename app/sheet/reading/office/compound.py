"""Compound files (OLE): the container of .xls, .et, .doc and of encrypted documents, as far as its streams can be found.

Decides nothing about what the streams hold. Chains that run in circles or out of the file are damage.
"""

import struct
from typing import Final

from app.sheet.reading.refusal import Reason, Refusal

_HEADER: Final = 512
_ENTRY: Final = 128
_IN_HEADER: Final = 109  # places of table sectors that the header itself names
_LAST: Final = 0xFFFFFFFA  # from here on numbers are marks, not sectors
_STREAM: Final = 2
_ROOT: Final = 5


class Compound:
    """Remembers the file and where its sectors go on. ``names`` are those of its streams, wherever they stand."""

    def __init__(self, content: bytes) -> None:
        """Refusal when the tables of the container can't be followed."""
        if len(content) < _HEADER:
            raise Refusal(Reason.BROKEN)
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:  # noqa: PLR2004  the two sizes there are
            raise Refusal(Reason.BROKEN)
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_table = struct.unpack_from("<I4xII", content, 48)
        self._table = self._read_table()
        self._entries = dict(self._read_entries(self._follow(directory)))
        self._mini_table = _numbers(self._follow(mini_table)) if mini_table < _LAST else ()
        self._minis = self._follow(self._entries[""][0]) if self._mini_table and "" in self._entries else b""
        self.names = self._entries.keys() - {""}

    def stream(self, name: str) -> bytes:
        """What a stream holds."""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return self._follow(start)[:size]
        found = bytearray()
        for sector in _chain(start, self._mini_table):
            found += self._minis[sector * self._mini_size : (sector + 1) * self._mini_size]
        return bytes(found[:size])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _read_table(self) -> tuple[int, ...]:
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        following, count = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(count, len(self._content) // self._size)):
            if following >= _LAST:
                break
            *more, following = _numbers(self._sector(following)) or (_LAST,)
            sectors += more
        return _numbers(b"".join(self._sector(number) for number in sectors if number < _LAST))

    def _follow(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._table)))

    def _read_entries(self, directory: bytes) -> "list[tuple[str, tuple[int, int]]]":
        found = []
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind in (_STREAM, _ROOT):
                name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
                found.append(("" if kind == _ROOT else name, (start, size)))
        return found


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(start: int, table: tuple[int, ...]) -> list[int]:
    """The sectors from ``start`` on, in order."""
    found: list[int] = []
    sector = start
    while sector < _LAST:
        if sector >= len(table) or len(found) > len(table):
            raise Refusal(Reason.BROKEN)
        found.append(sector)
        sector = table[sector]
    return found
