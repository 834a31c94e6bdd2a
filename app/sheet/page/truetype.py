"""TrueType files: what a face holds, and a small face made of some of its glyphs.

Decides which bytes of a font file go into a document. Knows nothing of Chinese, pages or PDF. reportlab's own reader
takes 60–180 ms per document for what is needed here and cuts a face into pieces of 256 characters whose text copies
out wrongly beyond the BMP; this one reads tables once and cuts by table of contents.

Only what `scripts/subset_fonts.py` writes is read: TrueType outlines without composites, a format 12 character map.
"""

import struct
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Tables that a glyph-numbered face in a PDF must have (ISO 32000-1, 9.9).
_COPIED: Final = ("head", "hhea", "maxp")
_CHECKSUM_MAGIC: Final = 0xB1B0AFBA
_FULL_UNICODE: Final = ((3, 10), (0, 4))
_MAP_FORMAT: Final = 12


class FontDamaged(Exception):
    """A bundled font is not what the script wrote: a bug or a broken installation."""


@dataclass(frozen=True, slots=True, eq=False)
class TrueType:
    """One face. ``glyphs`` maps a character to its glyph number, ``advances`` a glyph number to font units.

    Heights and ``box`` are font units, ``units`` of them make one em; ``weight`` is 400 for regular, 700 for bold.
    """

    name: str
    units: int
    ascent: int
    descent: int
    cap_height: int
    weight: int
    box: tuple[int, int, int, int]
    glyphs: Mapping[str, int]
    advances: Sequence[int]
    offsets: Sequence[int]
    tables: Mapping[str, bytes]


def read(path: Path) -> TrueType:
    """The face in a file. FontDamaged when it is not a face of ours; OSError when it cannot be read."""
    content = path.read_bytes()
    try:
        return _face(_tables(content))
    except (struct.error, KeyError, IndexError, ValueError) as error:
        raise FontDamaged(path.name) from error


def _tables(content: bytes) -> dict[str, bytes]:
    count: int = struct.unpack_from(">H", content, 4)[0]
    entries = (struct.unpack_from(">4s4xII", content, 12 + 16 * index) for index in range(count))
    return {tag.decode("ascii"): content[start : start + size] for tag, start, size in entries}


def _face(tables: dict[str, bytes]) -> TrueType:
    head, metrics = tables["head"], tables["OS/2"]
    is_long: int = struct.unpack_from(">h", head, 50)[0]
    ascent, descent = struct.unpack_from(">hh", metrics, 68)
    longs: int = struct.unpack_from(">H", tables["hhea"], 34)[0]
    return TrueType(
        name=_postscript_name(tables["name"]),
        units=struct.unpack_from(">H", head, 18)[0],
        ascent=ascent,
        descent=descent,
        cap_height=struct.unpack_from(">h", metrics, 88)[0],
        weight=struct.unpack_from(">H", metrics, 4)[0],
        box=struct.unpack_from(">4h", head, 36),
        glyphs=_glyphs(tables["cmap"]),
        advances=_advances(tables["hmtx"], longs, struct.unpack_from(">H", tables["maxp"], 4)[0]),
        offsets=_numbers("I", tables["loca"]) if is_long else [2 * half for half in _numbers("H", tables["loca"])],
        tables=tables,
    )


def _numbers(kind: str, content: bytes) -> "array[int]":
    """Big-endian numbers of two (``H``) or four (``I``) bytes."""
    numbers = array(kind, content)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _packed(kind: str, numbers: Iterable[int]) -> bytes:
    return _numbers(kind, array(kind, numbers).tobytes()).tobytes()


def _postscript_name(table: bytes) -> str:
    count, strings = struct.unpack_from(">HH", table, 2)
    for index in range(count):
        platform, _encoding, _language, kind, size, start = struct.unpack_from(">6H", table, 6 + 12 * index)
        if (platform, kind) == (3, 6):
            return table[strings + start : strings + start + size].decode("utf-16-be")
    raise ValueError("no PostScript name")


def _glyphs(table: bytes) -> dict[str, int]:
    count: int = struct.unpack_from(">H", table, 2)[0]
    for index in range(count):
        platform, encoding, start = struct.unpack_from(">HHI", table, 4 + 8 * index)
        if (platform, encoding) in _FULL_UNICODE and struct.unpack_from(">H", table, start)[0] == _MAP_FORMAT:
            groups: int = struct.unpack_from(">I", table, start + 12)[0]
            break
    else:
        raise ValueError("no full character map")
    glyphs: dict[str, int] = {}
    for first, last, glyph in struct.iter_unpack(">III", table[start + 16 : start + 16 + 12 * groups]):
        glyphs.update(zip(map(chr, range(first, last + 1)), range(glyph, glyph + last + 1 - first), strict=True))
    return glyphs


def _advances(table: bytes, longs: int, count: int) -> Sequence[int]:
    """Glyphs after the first ``longs`` all have the width of the last of these."""
    advances = _numbers("H", table[: 4 * longs])[::2]
    return advances + array("H", advances[-1:] * (count - longs))


def cut(face: TrueType, glyphs: Sequence[int]) -> bytes:
    """A font file that holds the given glyphs, numbered in this order; the first should be 0, the box for "none".

    It has no character map: whoever embeds it addresses glyphs by number.
    """
    outlines, starts = face.tables["glyf"], face.offsets
    pieces = [outlines[starts[glyph] : starts[glyph + 1]] for glyph in glyphs]
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    tables = {tag: face.tables[tag] for tag in _COPIED}
    tables["head"] = _spliced(_spliced(tables["head"], 50, ">h", 1), 8, ">I", 0)
    tables["hhea"] = _spliced(tables["hhea"], 34, ">H", len(glyphs))
    tables["maxp"] = _spliced(tables["maxp"], 4, ">H", len(glyphs))
    tables["hmtx"] = _metrics(face, glyphs)
    tables["loca"] = _packed("I", offsets)
    tables["glyf"] = b"".join(pieces)
    return _file(tables)


def _spliced(content: bytes, at: int, kind: str, number: int) -> bytes:
    piece = struct.pack(kind, number)
    return content[:at] + piece + content[at + len(piece) :]


def _metrics(face: TrueType, glyphs: Sequence[int]) -> bytes:
    """Width and left bearing per glyph; the short entries at the table's end hold the bearing only."""
    table = face.tables["hmtx"]
    longs: int = struct.unpack_from(">H", face.tables["hhea"], 34)[0]
    return b"".join(
        struct.pack(">H", face.advances[glyph])
        + (
            table[4 * glyph + 2 : 4 * glyph + 4]
            if glyph < longs
            else table[2 * (longs + glyph) : 2 * (longs + glyph) + 2]
        )
        for glyph in glyphs
    )


def _file(tables: Mapping[str, bytes]) -> bytes:
    """The tables with their directory and checksums, in the order of their tags as the format asks."""
    tags = sorted(tables)
    padded = [tables[tag] + bytes(-len(tables[tag]) % 4) for tag in tags]
    sums = [sum(_numbers("I", content)) & 0xFFFFFFFF for content in padded]
    power = len(tags).bit_length() - 1
    directory = struct.pack(">I4H", 0x00010000, len(tags), 16 << power, power, 16 * len(tags) - (16 << power))
    position = len(directory) + 16 * len(tags)
    starts = {}
    for tag, content, checksum in zip(tags, padded, sums, strict=True):
        directory += struct.pack(">4sIII", tag.encode("ascii"), checksum, position, len(tables[tag]))
        starts[tag] = position
        position += len(content)
    whole = (sum(_numbers("I", directory)) + sum(sums)) & 0xFFFFFFFF
    return _spliced(directory + b"".join(padded), starts["head"] + 8, ">I", (_CHECKSUM_MAGIC - whole) & 0xFFFFFFFF)
