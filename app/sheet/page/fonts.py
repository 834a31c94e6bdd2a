"""Which glyph shows a character.

Decides the face of every character: the face the text asks for, then the other everyday face, then the full one, which
is read only when it is needed. A character that no face has is shown as 〓 and can be asked for (``is_missing``), so that
it is reported and never a silent blank. Knows nothing of lines, cells or PDF.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from app.form.resources import resource
from app.sheet.page.truetype import TrueType, read


class Type(Enum):
    """The two typefaces of a Chinese form; the value names the faces that show it, best first."""

    SONG = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Medium.ttf", "NotoSerifSC-Regular-Full.ttf")
    HEI = ("NotoSansSC-Medium.ttf", "NotoSerifSC-Regular.ttf", "NotoSerifSC-Regular-Full.ttf")


@dataclass(frozen=True, slots=True)
class Glyph:
    """How a character is shown: glyph ``number`` of the face in file ``face``, ``advance`` ems wide."""

    face: str
    number: int
    advance: float
    is_missing: bool = False


# The mark that Chinese printing sets where a character is lacking.
STAND_IN: Final = "〓"

# Formatting and variation characters have no shape of their own; a variant that no face has is shown as its base.
_UNSHOWN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
_VARIATION_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x180E))


@cache
def face(name: str) -> TrueType:
    """A bundled face by its file name, read once."""
    return read(resource("fonts", name))


class _Glyphs(dict[str, Glyph]):
    """Remembers the glyphs of one typeface, each found when it is first asked for."""

    def __init__(self, kind: Type) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, character: str) -> Glyph:
        glyph = self[character] = find(character, self._kind)
        return glyph


class _Advances(dict[str, float]):
    """Remembers the widths of one typeface's characters."""

    def __init__(self, kind: Type) -> None:
        super().__init__()
        self._glyphs = glyphs(kind)

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._glyphs[character].advance
        return advance


@cache
def glyphs(kind: Type) -> Mapping[str, Glyph]:
    """Glyphs of a typeface by character; every character has one."""
    return _Glyphs(kind)


@cache
def advances(kind: Type) -> Mapping[str, float]:
    """Widths in ems of a typeface by character; every character has one."""
    return _Advances(kind)


def find(character: str, kind: Type) -> Glyph:
    """The glyph for a character, or a stand-in marked ``is_missing``."""
    if _is_unshown(character):
        return _blank(kind, 0)
    for shape in _shapes(character):
        for name in kind.value:
            shown = face(name)
            if (number := shown.glyphs.get(shape)) is not None:
                return Glyph(name, number, shown.advances[number] / shown.units)
    if unicodedata.category(character) == "Zs":
        return _blank(kind, 0.5)
    stand_in = find(STAND_IN, kind)
    return Glyph(stand_in.face, stand_in.number, stand_in.advance, is_missing=True)


def _shapes(character: str) -> tuple[str, ...]:
    """The character, and the one it is a mere variant of: the radical ⼯, as copied out of many a PDF, looks like 工."""
    plain = unicodedata.normalize("NFKC", character)
    return (character, plain) if len(plain) == 1 and plain != character else (character,)


def _is_unshown(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) in _UNSHOWN or any(code in block for block in _VARIATION_SELECTORS)


def _blank(kind: Type, advance: float) -> Glyph:
    name = kind.value[0]
    return Glyph(name, face(name).glyphs[" "], advance)
