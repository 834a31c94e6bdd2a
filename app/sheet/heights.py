"""How high spreadsheet rows must be so that every text shows.

Decides by estimate, on the generous side, because the program that opens the file may lack its fonts and measure with
others. Knows no file format and no cell's meaning. Sizes in points; widths in em (the height of the type).
"""

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

# Line pitch in em. SimSun needs 1.3; Noto CJK, which UOS and Kylin show instead of it, 1.45.
LEADING: Final = 1.45
# SimSun's Latin is half an em wide; the fonts that replace it (DejaVu, Calibri) are wider, capitals most.
_NARROW: Final = 0.62
_CAPITAL: Final = 0.8
# Excel draws no row higher than 409 points; heights are whole pixels of 0.75 points.
MOST_HEIGHT: Final = 408.75
_PIXEL: Final = 0.75
# A page ends between rows only: a higher one in low parts fills its pages.
_PART: Final = 90.0
_PADDING: Final = 4.5

# Words of Latin and digits stay whole; wide characters break anywhere but before a closing mark.
_RUNS: Final = re.compile("[\t !-~\u00a0-\u024f]+|[^\t !-~\u00a0-\u024f]+")
_WORDS: Final = re.compile("[!-~\u00a0-\u024f]+|[\t ]+")
_LAST_NARROW: Final = "\u024f"
_CLOSING: Final = frozenset(
    "\u2019\u201d\u2026\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\u3017"
    "\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d"
)


def count_lines(text: str, width: float) -> int:
    """Lines that ``text`` takes at most in a cell ``width`` em wide (an estimate, never below the truth in common fonts)."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(_count_wrapped(paragraph, max(1.0, width)) for paragraph in text.split("\n"))


def text_height(lines: int, size: float) -> float:
    """Points that ``lines`` lines of ``size``-point type need in a cell."""
    return lines * size * LEADING + _PADDING


def fit_rows(row_count: int, least: float, needs: Iterable[tuple[int, int, float]]) -> list[float]:
    """Heights, in whole pixels and at least ``least``, that satisfy every need (row, rows, height); spans share evenly."""
    heights = [least] * row_count
    spans = []
    for need in needs:
        row, rows, height = need
        if rows > 1:
            spans.append(need)
        elif height > heights[row]:
            heights[row] = height
    for row, rows, height in sorted(spans, key=lambda span: span[1]):
        deficit = height - sum(heights[row : row + rows])
        if deficit > 0:
            for each in range(row, row + rows):
                heights[each] += deficit / rows
    return [_round_up(height) for height in heights]


def split_row(height: float) -> list[float]:
    """The heights of the sheet rows that make up one row of ``height`` points, none higher than Excel can draw."""
    if height <= MOST_HEIGHT:
        return [height]
    parts = math.ceil(height / _PART)
    return [_round_up(height / parts)] * parts


def _round_up(height: float) -> float:
    return math.ceil(height / _PIXEL) * _PIXEL


@lru_cache(maxsize=8192)
def _count_wrapped(paragraph: str, width: float) -> int:
    if len(paragraph) <= width:
        return 1
    lines, used = 1, 0.0
    for run in _RUNS.findall(paragraph):
        wrap = _wrap_wide if run[0] > _LAST_NARROW else _wrap_words
        breaks, used = wrap(run, used, width)
        lines += breaks
    return lines


def _wrap_wide(run: str, used: float, width: float) -> tuple[int, float]:
    """Line breaks in ``run`` after ``used`` em, and the em then used on the last line."""
    breaks, start, room = 0, 0, int(width - used)
    while len(run) - start > room:
        end = start + room
        while end > start and run[end] in _CLOSING:
            end -= 1
        if end == start:
            end += room
        breaks, start, room, used = breaks + 1, end, int(width), 0.0
    return breaks, used + len(run) - start


def _wrap_words(run: str, used: float, width: float) -> tuple[int, float]:
    breaks = 0
    for word in _WORDS.findall(run):
        extent = len(word) * (_CAPITAL if word.isupper() else _NARROW)
        if used + extent > width:
            rest = max(0, math.ceil(extent / width) - 1)
            breaks += rest + (used > 0)
            used, extent = 0.0, extent - rest * width
        used += extent
    return breaks, used
