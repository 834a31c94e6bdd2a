"""Characters on a page → runs of them, and rows of runs.

Decides which characters belong together, and which runs stand on one line. Lengths are points.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.sheet.page.text import BLANKS_END, CUT_END, EMPTY_LINE, ITEM_END, LINE_END
from app.sheet.reading.pages.page import Glyph

# All in ems: how far characters of a run may be apart; the gap that parts columns; how far runs of one line differ.
_RUN_GAP: Final = 0.6
_BACKWARDS: Final = -0.7
_COLUMN_GAP: Final = 1.7
_SAME_LINE: Final = 0.45
_MIDDLE: Final = 0.36
# What our own files mark the ends of lines with.
ENDS: Final = EMPTY_LINE[-1] + BLANKS_END + LINE_END + ITEM_END + CUT_END


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn one after the other on one line, without gaps that part columns; blanks at its end hang out.

    ``size`` is that of the largest character; ``pin`` a point in the place it is meant for, where it is hidden in part.
    """

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    middle: float
    size: float
    pin: tuple[float, float] | None = None


def make_run(glyphs: Sequence[Glyph]) -> Run:
    """A run of some characters, at least one."""
    left = min(glyphs[0].left, glyphs[-1].left)
    right = max((glyph.right for glyph in glyphs if not glyph.text.isspace()), default=left)
    size = max(glyph.size for glyph in glyphs)
    return Run(tuple(glyphs), left, right, glyphs[0].baseline - _MIDDLE * size, size, glyphs[0].pin)


def runs_of(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """Runs in the order they are drawn."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _goes_on(run[-1], glyph):
            yield make_run(run)
            run = []
        run.append(glyph)
    if run:
        yield make_run(run)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    if before.pin != glyph.pin:
        return False
    size = max(before.size, glyph.size)
    gap = glyph.left - before.right
    if abs(glyph.baseline - before.baseline) > _SAME_LINE / 2 * size:
        return False
    # Of many blanks pdfium gives one; what marks the end of a line stands behind them all.
    return _BACKWARDS * size < gap and (gap < _RUN_GAP * size or glyph.text in ENDS)


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs that stand beside each other, from above."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda each: each.middle):
        if rows and run.middle - rows[-1][0].middle < _SAME_LINE * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def parted(row: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of a row in groups that stand as far apart as columns do."""
    group: list[Run] = []
    for run in sorted(row, key=lambda each: each.left):
        if group and run.left - max(each.right for each in group) > _COLUMN_GAP * run.size:
            yield group
            group = []
        group.append(run)
    if group:
        yield group
