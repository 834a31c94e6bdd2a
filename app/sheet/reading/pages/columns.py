"""A table without lines → a frame: columns by the gaps under its headings, rows by what stands beside each other.

Decides which line is a heading: several short words without figures, apart from each other. Lengths are points.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from app.sheet.reading.pages.ruling import Box, Frame
from app.sheet.reading.pages.runs import Run, parted, rows_of

_LEAST_HEADINGS: Final = 3
_LONGEST: Final = 16
_PADDING: Final = 2.0
# Lines nearer than this many times the nearest two are lines of one row, if they fill few of its columns.
_CLOSE: Final = 1.25

_Piece = tuple[float, float, str]


def frame_columns(runs: Sequence[Run]) -> tuple[Frame, ...]:
    """The tables of a page that has no lines; each begins with its heading."""
    rows = rows_of(runs)
    pieces = [[_piece(group) for group in parted(row)] for row in rows]
    heads = [number for number, row in enumerate(pieces) if _is_heading(row)]
    frames = []
    for start, end in pairwise((*heads, len(rows))):
        frames.append(_frame(rows[start:end], pieces[start:end]))
    return tuple(frames)


def _piece(group: Sequence[Run]) -> _Piece:
    text = "".join(glyph.text for run in group for glyph in run.glyphs).strip()
    return min(run.left for run in group), max(run.right for run in group), text


def _is_heading(row: Sequence[_Piece]) -> bool:
    return len(row) >= _LEAST_HEADINGS and all(
        len(text) <= _LONGEST and not any(each.isdecimal() for each in text) for _, _, text in row
    )


def _frame(rows: Sequence[list[Run]], pieces: Sequence[list[_Piece]]) -> Frame:
    every = [piece for row in pieces for piece in row]
    inner = [_edge(before, after, every) for before, after in pairwise(pieces[0])]
    columns = [min(left for left, _, _ in every) - _PADDING, *inner, max(right for _, right, _ in every) + _PADDING]
    middles = [row[0].middle for row in rows]
    size = max(run.size for row in rows for run in row)
    filled = [_filled(row, columns) for row in pieces]
    nearest = min((after - before for before, after in pairwise(middles)), default=size)
    edges = [middles[0] - size]
    for (upper, before), (lower, after) in pairwise(zip(filled, middles, strict=True)):
        is_rest = lower < upper and 0 not in lower and 2 * len(lower) <= len(upper)
        if not (is_rest and after - before < _CLOSE * nearest):
            edges.append((before + after) / 2)
    edges.append(middles[-1] + size)
    boxes = (
        Box(row, row + 1, column, column + 1) for row in range(len(edges) - 1) for column in range(len(columns) - 1)
    )
    return Frame(tuple(columns), tuple(edges), tuple(boxes))


def _edge(before: _Piece, after: _Piece, every: Sequence[_Piece]) -> float:
    """Where between two headings the fewest pieces are cut, in the middle of the widest gap there."""
    low, high = (before[0] + before[1]) / 2, (after[0] + after[1]) / 2
    ends = sorted({low, high, *(x for left, right, _ in every for x in (left, right) if low < x < high)})
    gaps = [
        (sum(left < (start + end) / 2 < right for left, right, _ in every), start - end, (start + end) / 2)
        for start, end in pairwise(ends)
    ]
    return min(gaps)[2]


def _filled(row: Sequence[_Piece], columns: Sequence[float]) -> frozenset[int]:
    return frozenset(
        next((number for number, edge in enumerate(columns[1:]) if (left + right) / 2 < edge), len(columns) - 2)
        for left, right, _ in row
    )
