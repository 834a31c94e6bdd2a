"""The pages of a PDF as values: characters where they stand, and straight lines.

Decides which way up a page is (as most of its text reads), and where a text belongs of which a part is hidden. Knows
nothing of tables. All lengths are points; positions count from the page's upper left corner, as it is read.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.sheet.reading.pages.drawing import Drawn, Meter, Point, address, read_clip, read_drawn, read_lines

# Lines lean at most this much.
_LEAN: Final = 1.0
# Parts of a quarter turn; what stands askew by more is a watermark.
_ASKEW: Final = 0.05
_SURROGATES: Final = (0xD800, 0xDC00, 0xE000)
# What pdfium makes of a hyphen at the end of a line.
_HYPHENS: Final = (0x02, 0xFFFE)
_UNNAMED: Final = frozenset({0, 0xFFFD})
# From here on characters are as wide as high.
_WIDE: Final = "\u2e80"
# In ems: about the width of a blank, and the height of the middle of a letter.
_BLANK: Final = 0.28
_MIDDLE: Final = 0.36
_INSET: Final = 4.0

Turn = Callable[[float, float], Point]
_Clip = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character between ``left`` and ``right`` on its baseline; ``size`` is the height of the type.

    ``pin`` is a point in the place that it is meant for, where all of it or what is drawn with it is hidden in part.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    pin: Point | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line ``at`` a place across its direction, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: characters in the order they are drawn, lines across and down; ``unnamed`` characters can't be read."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()
    unnamed: int = 0


def read_page(raw: Any, page: Any, meter: Meter) -> Page:
    """A loaded page; ``raw`` is pdfium's own interface."""
    objects = list(read_drawn(raw, page, meter))
    text = raw.FPDFText_LoadPage(page)
    try:
        count = max(0, raw.FPDFText_CountChars(text))
        meter.spend("glyphs", count)
        quarters = [_quarter(raw.FPDFText_GetCharAngle(text, index)) for index in range(count)]
        most = Counter(quarter for quarter in quarters if quarter is not None).most_common(1)
        turn, width, height = _turned(most[0][0] if most else 0, _box(raw, page))
        found = _glyphs(raw, text, [index for index in range(count) if quarters[index] is not None], turn)
        texts = [each for each in objects if each.kind == raw.FPDF_PAGEOBJ_TEXT]
        glyphs = _pinned(raw, text, found, _clips(raw, texts, turn, meter))
    finally:
        raw.FPDFText_ClosePage(text)
    paths = (each for each in objects if each.kind == raw.FPDF_PAGEOBJ_PATH)
    across, down = _rules((turn(*one), turn(*other)) for one, other in read_lines(raw, paths))
    named = tuple(glyph for glyph in glyphs if glyph.text)
    blanks = _blanks(named, (turn(*each.matrix[4:]) for each in texts if _is_level(each, turn)))
    return Page(width, height, (*named, *blanks), across, down, len(glyphs) - len(named))


def _box(raw: Any, page: Any) -> tuple[float, float, float, float]:
    """What of the page is shown, before it is turned."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return box.left, box.bottom, box.right, box.top


def _quarter(angle: float) -> int | None:
    """Quarter turns counterclockwise, pdfium counts clockwise; None for what stands askew, as watermarks do."""
    quarters = angle / (math.pi / 2)
    return -round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else None  # noqa: PLR2004  # five degrees


def _turned(quarter: int, box: tuple[float, float, float, float]) -> tuple[Turn, float, float]:
    """How a point of the file comes to stand on the page as it is read, and the page's width and height."""
    left, bottom, right, top = box
    turns: tuple[Turn, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    sides = (right - left, top - bottom)
    return (turns[quarter], *(sides if quarter % 2 == 0 else sides[::-1]))


def _glyphs(raw: Any, text: Any, indices: Iterable[int], turn: Turn) -> dict[int, Glyph]:
    """The characters that are really drawn, by their numbers; those without a name have no text."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    found: dict[int, Glyph] = {}
    high = 0
    for index in indices:
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        if _SURROGATES[0] <= code < _SURROGATES[1]:
            high = code
            continue
        if _SURROGATES[1] <= code < _SURROGATES[2]:
            code = 0x10000 + (max(0, high - _SURROGATES[0]) << 10) + code - _SURROGATES[1]
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        left, baseline = turn(x.value, y.value)
        sides = (turn(box.left, box.top), turn(box.right, box.bottom))
        right, size = max(left, sides[0][0], sides[1][0]), abs(sides[0][1] - sides[1][1])
        shown = "" if code in _UNNAMED else "-" if code in _HYPHENS else chr(code)
        # Boxes of Chinese characters are often lower than the type.
        found[index] = Glyph(shown, left, right, baseline, max(size, right - left) if shown >= _WIDE else size)
    return found


def _clips(raw: Any, texts: Iterable[Drawn], turn: Turn, meter: Meter) -> dict[int, _Clip]:
    """Where texts can be seen, as far as anything is hidden: from left and above to right and below."""
    clips = {}
    for each in texts:
        if clip := read_clip(raw, each, meter):
            (x0, y0), (x1, y1) = turn(*clip[:2]), turn(*clip[2:])
            clips[address(each.handle)] = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return clips


def _pinned(raw: Any, text: Any, glyphs: dict[int, Glyph], clips: dict[int, _Clip]) -> list[Glyph]:
    """The characters; those drawn together with a hidden one are pinned to the nearest place where they would be seen."""
    if not clips:
        return list(glyphs.values())
    owners = {index: address(raw.FPDFText_GetTextObject(text, index)) for index in glyphs}
    pins: dict[int, Point] = {}
    for index, owner in owners.items():
        if owner in clips and owner not in pins:
            place = _place(glyphs[index])
            seen = _nearest(place, clips[owner])
            if seen != place:
                pins[owner] = seen
    return [replace(glyph, pin=pins.get(owners[index])) for index, glyph in glyphs.items()]


def _place(glyph: Glyph) -> Point:
    """The middle of a character."""
    return (glyph.left + glyph.right) / 2, glyph.baseline - _MIDDLE * glyph.size


def _nearest(place: Point, clip: _Clip) -> Point:
    """The point well inside of what can be seen that is nearest to a place outside of it; else the place itself."""
    (x, y), (left, top, right, bottom) = place, clip
    if left <= x <= right and top <= y <= bottom:
        return place
    inset = min(_INSET, (right - left) / 2, (bottom - top) / 2)
    return min(max(x, left + inset), right - inset), min(max(y, top + inset), bottom - inset)


def _rules(lines: Iterable[tuple[Point, Point]]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The lines across and down."""
    across: list[Rule] = []
    down: list[Rule] = []
    for (x0, y0), (x1, y1) in lines:
        if abs(y1 - y0) <= _LEAN:
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _LEAN:
            down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return tuple(across), tuple(down)


def _is_level(text: Drawn, turn: Turn) -> bool:
    """Whether a text runs from the left to the right of the page."""
    a, b, _, _, x, y = text.matrix
    (x0, y0), (x1, y1) = turn(x, y), turn(x + a, y + b)
    return x1 > x0 and abs(y1 - y0) < _ASKEW * (x1 - x0)


def _blanks(glyphs: Sequence[Glyph], starts: Iterable[tuple[float, float]]) -> Iterator[Glyph]:
    """Texts that are drawn but of which pdfium tells nothing: they are blanks on their own."""
    known = {(round(glyph.left), round(glyph.baseline)) for glyph in glyphs}
    sizes = sorted(glyph.size for glyph in glyphs)
    for left, baseline in starts:
        x, y = round(left), round(baseline)
        if sizes and known.isdisjoint((x + right, y + below) for right in (-1, 0, 1) for below in (-1, 0, 1)):
            size = sizes[len(sizes) // 2]
            yield Glyph(" ", left, left + _BLANK * size, baseline, size)
