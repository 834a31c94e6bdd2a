"""The pages of a PDF as values: characters where they stand, and straight lines.

Decides which way up a page is (as most of its text reads) and what counts as a line: a stroke, a thin filled rectangle.
Knows nothing of tables. All lengths are points; positions count from the page's upper left corner, as it is read.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from app.sheet.reading.refusal import Reason, Refusal

# No form is longer; whatever is, was made to keep a reader busy.
_MOST_GLYPHS: Final = 400_000
_MOST_SEGMENTS: Final = 400_000
_MOST_DEPTH: Final = 6
# A filled rectangle is a line up to this width; strokes lean at most this much.
_THIN: Final = 3.0
_LEAN: Final = 1.0
_SHORTEST: Final = 0.4
# A path of so many filled rectangles is a picture, such as a QR code.
_PICTURE: Final = 64
_WHITE: Final = 250
_SURROGATES: Final = (0xD800, 0xDC00, 0xE000)
# What pdfium makes of a hyphen at the end of a line.
_HYPHENS: Final = (0x02, 0xFFFE)
# About the width of a blank, in ems.
_BLANK: Final = 0.28
_UNNAMED: Final = frozenset({0, 0xFFFD})

Matrix = tuple[float, float, float, float, float, float]
Turn = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character between ``left`` and ``right`` on its baseline; ``size`` is the height of the type."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


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


@dataclass(slots=True)
class Meter:
    """Remembers how much was read of a file, so that reading ends."""

    left: Counter[str] = field(
        default_factory=lambda: Counter(glyphs=_MOST_GLYPHS, segments=_MOST_SEGMENTS),
    )

    def spend(self, kind: str, count: int) -> None:
        """Refusal when there is more than any form has."""
        self.left[kind] -= count
        if self.left[kind] < 0:
            raise Refusal(Reason.TOO_MUCH)


@dataclass(frozen=True, slots=True)
class _Object:
    """What is drawn: its kind, what places it on the page, the number of its segments."""

    handle: Any
    kind: int
    matrix: Matrix
    count: int = 0


def read_page(raw: Any, page: Any, meter: Meter) -> Page:
    """A loaded page; ``raw`` is pdfium's own interface."""
    text = raw.FPDFText_LoadPage(page)
    try:
        count = max(0, raw.FPDFText_CountChars(text))
        meter.spend("glyphs", count)
        turns = [_quarter(raw.FPDFText_GetCharAngle(text, index)) for index in range(count)]
        quarter = Counter(turn for turn in turns if turn is not None).most_common(1)
        turn, width, height = _turned(quarter[0][0] if quarter else 0, _box(raw, page))
        upright = [index for index in range(count) if turns[index] is not None]
        glyphs, unnamed = _glyphs(raw, text, upright, turn)
    finally:
        raw.FPDFText_ClosePage(text)
    objects = list(_objects(raw, page, meter))
    across: list[Rule] = []
    down: list[Rule] = []
    for one, other in _lines(raw, (each for each in objects if each.kind == raw.FPDF_PAGEOBJ_PATH)):
        (x0, y0), (x1, y1) = turn(*one), turn(*other)
        if abs(y1 - y0) <= _LEAN:
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _LEAN:
            down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    starts = (turn(*each.matrix[4:]) for each in objects if each.kind == raw.FPDF_PAGEOBJ_TEXT)
    return Page(width, height, (*glyphs, *_blanks(glyphs, starts)), tuple(across), tuple(down), unnamed)


def _box(raw: Any, page: Any) -> tuple[float, float, float, float]:
    """What of the page is shown, before it is turned."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return box.left, box.bottom, box.right, box.top


def _quarter(angle: float) -> int | None:
    """Quarter turns counterclockwise; None for what stands askew, as watermarks do."""
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else None  # noqa: PLR2004  # five degrees


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


def _glyphs(raw: Any, text: Any, indices: list[int], turn: Turn) -> tuple[tuple[Glyph, ...], int]:
    """The characters that are really drawn, and how many of them have no name."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    found: list[Glyph] = []
    unnamed, high = 0, 0
    for index in indices:
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if code in _UNNAMED:
            unnamed += 1
            continue
        if _SURROGATES[0] <= code < _SURROGATES[1]:
            high = code
            continue
        if _SURROGATES[1] <= code < _SURROGATES[2]:
            code = 0x10000 + ((high - _SURROGATES[0]) << 10) + code - _SURROGATES[1]
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        left, baseline = turn(x.value, y.value)
        sides = (turn(box.left, box.top), turn(box.right, box.bottom))
        size = abs(sides[0][1] - sides[1][1])
        shown = "-" if code in _HYPHENS else chr(code)
        found.append(Glyph(shown, left, max(left, sides[0][0], sides[1][0]), baseline, size))
    return tuple(found), unnamed


def _blanks(glyphs: Sequence[Glyph], starts: Iterable[tuple[float, float]]) -> Iterator[Glyph]:
    """Texts that are drawn but of which pdfium tells nothing: they are blanks on their own."""
    known = {(round(glyph.left), round(glyph.baseline)) for glyph in glyphs}
    sizes = sorted(glyph.size for glyph in glyphs)
    for left, baseline in starts:
        x, y = round(left), round(baseline)
        if sizes and known.isdisjoint((x + right, y + below) for right in (-1, 0, 1) for below in (-1, 0, 1)):
            size = sizes[len(sizes) // 2]
            yield Glyph(" ", left, left + _BLANK * size, baseline, size)


def _lines(raw: Any, paths: Iterable[_Object]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines of a page, in the file's own coordinates."""
    for each in paths:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(each.handle, fill, stroke)
        is_stroked = bool(stroke.value) and _is_dark(each.handle, raw.FPDFPageObj_GetStrokeColor)
        is_filled = bool(fill.value) and _is_dark(each.handle, raw.FPDFPageObj_GetFillColor)
        if not (is_stroked or is_filled):
            continue
        parts = list(_subpaths(raw, each))
        if is_stroked:
            for points in parts:
                yield from pairwise(points)
        elif len(parts) <= _PICTURE:
            yield from filter(None, map(_middle, parts))


def _objects(raw: Any, page: Any, meter: Meter) -> Iterator[_Object]:
    """Everything on a page, what is in its forms too."""
    handles = [raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page))]
    waiting = [(handle, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0) for handle in handles]
    for handle, outer, depth in waiting:
        kind = raw.FPDFPageObj_GetType(handle)
        placed = _Object(handle, kind, _joined(_matrix(raw, handle), outer))
        count = 0
        if kind == raw.FPDF_PAGEOBJ_PATH:
            count = max(0, raw.FPDFPath_CountSegments(handle))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
            inner = raw.FPDFFormObj_CountObjects(handle)
            waiting += ((raw.FPDFFormObj_GetObject(handle, n), placed.matrix, depth + 1) for n in range(inner))
        meter.spend("segments", 1 + count)
        yield replace(placed, count=count)


def _matrix(raw: Any, each: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, found):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _subpaths(raw: Any, path: _Object) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; a curve is no line, so it parts what is before it from what is after it."""
    a, b, c, d, e, f = path.matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(path.count):
        segment = raw.FPDFPath_GetPathSegment(path.handle, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _middle(points: list[tuple[float, float]]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The line that a thin filled shape looks like; None for areas and dots."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    lower, upper = min(y for _, y in points), max(y for _, y in points)
    if upper - lower <= min(_THIN, right - left) and right - left > _SHORTEST:
        return (left, (lower + upper) / 2), (right, (lower + upper) / 2)
    if right - left <= _THIN and upper - lower > _SHORTEST:
        return ((left + right) / 2, lower), ((left + right) / 2, upper)
    return None


def _is_dark(path: Any, ask: Callable[..., int]) -> bool:
    """Whether a colour can be seen on paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(path, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE
