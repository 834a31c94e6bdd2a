"""What is drawn on a page of a PDF, beside its characters: straight lines, and what of a text is hidden.

Decides what counts as a line: a stroke, a thin filled rectangle. Knows nothing of tables. Lengths are points, in the
file's own coordinates.
"""

import ctypes
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from app.sheet.reading.refusal import Reason, Refusal

# No form is longer; whatever is, was made to keep a reader busy.
_MOST: Final = {"glyphs": 200_000, "segments": 200_000}
_MOST_DEPTH: Final = 6
# A filled rectangle is a line up to this width.
_THIN: Final = 3.0
_SHORTEST: Final = 0.4
# A path of so many filled rectangles is a picture, such as a QR code.
_PICTURE: Final = 64
_WHITE: Final = 250

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_ALONE: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Meter:
    """Remembers how much may still be read of a file, so that reading ends."""

    left: Counter[str] = field(default_factory=lambda: Counter(_MOST))

    def spend(self, kind: str, count: int) -> None:
        """Refusal when there is more than any form has."""
        self.left[kind] -= count
        if self.left[kind] < 0:
            raise Refusal(Reason.TOO_MUCH)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn: its kind, what places it on the page, what placed the form it is in, the number of its segments."""

    handle: Any
    kind: int
    matrix: Matrix
    outer: Matrix
    count: int = 0


def read_drawn(raw: Any, page: Any, meter: Meter) -> Iterator[Drawn]:
    """Everything on a page, what is in its forms too."""
    handles = [raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page))]
    waiting = [(handle, _ALONE, 0) for handle in handles]
    for handle, outer, depth in waiting:
        kind = raw.FPDFPageObj_GetType(handle)
        drawn = Drawn(handle, kind, _joined(_matrix(raw, handle), outer), outer)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            drawn = replace(drawn, count=max(0, raw.FPDFPath_CountSegments(handle)))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
            inner = raw.FPDFFormObj_CountObjects(handle)
            waiting += ((raw.FPDFFormObj_GetObject(handle, n), drawn.matrix, depth + 1) for n in range(inner))
        meter.spend("segments", 1 + drawn.count)
        yield drawn


def address(handle: Any) -> int:
    """By which two handles of one object are known."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def read_clip(raw: Any, drawn: Drawn, meter: Meter) -> tuple[float, float, float, float] | None:
    """Left, lower, right and upper edge of where an object can be seen; None where nothing hides any of it."""
    clip = raw.FPDFPageObj_GetClipPath(drawn.handle)
    edges: list[tuple[float, float, float, float]] = []
    for path in range(raw.FPDFClipPath_CountPaths(clip) if clip else 0):
        count = raw.FPDFClipPath_CountPathSegments(clip, path)
        meter.spend("segments", max(0, count))
        segments = (raw.FPDFClipPath_GetPathSegment(clip, path, index) for index in range(count))
        points = [_point(raw, segment, drawn.outer) for segment in segments]
        if points:
            xs, ys = zip(*points, strict=True)
            edges.append((min(xs), min(ys), max(xs), max(ys)))
    if not edges:
        return None
    lefts, lowers, rights, uppers = zip(*edges, strict=True)
    return max(lefts), max(lowers), min(rights), min(uppers)


def read_lines(raw: Any, paths: Iterable[Drawn]) -> Iterator[tuple[Point, Point]]:
    """The straight lines that some paths show."""
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


def _matrix(raw: Any, each: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, found):
        return _ALONE
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _point(raw: Any, segment: Any, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return a * x.value + c * y.value + e, b * x.value + d * y.value + f


def _subpaths(raw: Any, path: Drawn) -> Iterator[list[Point]]:
    """The corners of each part of a path; a curve is no line, so it parts what is before it from what is after it."""
    points: list[Point] = []
    for index in range(path.count):
        segment = raw.FPDFPath_GetPathSegment(path.handle, index)
        point = _point(raw, segment, path.matrix)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _middle(points: list[Point]) -> tuple[Point, Point] | None:
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
