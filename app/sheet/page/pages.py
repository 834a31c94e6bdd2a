"""The pages of a Grid as values: every line of text and every stroke where it stands on the paper.

Decides nothing about rows and lines of text (`measure`, `cut`), only where they come to stand. Whoever draws a page (a
PDF, a preview, a printer) draws just these. All lengths are points; positions count from the paper's upper left corner.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.sheet.grid import Align, Grid, Role
from app.sheet.page.cut import Cut, Part, cut
from app.sheet.page.measure import Block, Table, measure, paper_size, points
from app.sheet.page.seal import (
    CODE_HEIGHT,
    MIDDLE,
    QR_SIDE,
    Box,
    Run,
    Shade,
    code_boxes,
    code_runs,
    footer,
    marking,
)
from app.sheet.page.text import BLANKS_END, CUT_END, EMPTY_LINE, ITEM_END, LINE_END, Line

# A line is drawn out to the right edge only if that hardly shows, in ems per character.
_MOST_STRETCH: Final = 0.08
_UNRULED: Final = frozenset({Role.TITLE, Role.SUBTITLE})


@dataclass(frozen=True, slots=True)
class Stroke:
    """One straight line of the table."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, runs in reading order; shades are the ground of everything else."""

    runs: tuple[Run, ...]
    strokes: tuple[Stroke, ...]
    boxes: tuple[Box, ...] = ()
    shades: tuple[Shade, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages, each ``width`` × ``height``."""

    width: float
    height: float
    pages: tuple[Page, ...]


def paginate(grid: Grid, annex: Sequence[Page] = ()) -> Pages:
    """A Grid on paper; an empty Grid is one empty page. The code of a final form takes a page more where the last is full.

    The pages of ``annex`` come behind them, marked and counted like all others.
    """
    width, height = paper_size(grid.paper)
    top, bottom = points(grid.paper.top), height - points(grid.paper.bottom)
    table = measure(grid)
    cuts = list(cut(table, bottom - top)) or [Cut((0.0,), ())]
    if grid.code and top + cuts[-1].borders[-1] + CODE_HEIGHT > bottom:
        cuts.append(Cut((0.0,), ()))
    right = table.edges[-1]
    pages = [
        Page(tuple(run for part in each.parts for run in _runs(part, each, top)), tuple(_strokes(each, top, table)))
        for each in cuts
    ]
    if grid.code:
        pages[-1] = _with_code(pages[-1], grid.code, right, top + cuts[-1].borders[-1] + CODE_HEIGHT)
    centre = (table.edges[0] + right) / 2
    above = (marking(grid.marking, right, top / 2),) if grid.marking else ()
    count = len(pages) + len(annex)
    return Pages(
        width,
        height,
        tuple(
            replace(page, runs=(*above, *page.runs, footer(number, count, centre, (bottom + height) / 2)))
            for number, page in enumerate((*pages, *annex), 1)
        ),
    )


def _with_code(page: Page, code: str, right: float, bottom: float) -> Page:
    """The page with the code below its table, whose picture ends at ``right``, ``bottom``."""
    top = bottom - QR_SIDE
    return replace(page, runs=(*page.runs, *code_runs(code, right, top)), boxes=tuple(code_boxes(code, right, top)))


def _runs(part: Part, page: Cut, top: float) -> Iterator[Run]:
    """The lines of a cell: in the middle of its height, unless its text flows from page to page."""
    block, style = part.block, part.block.style
    upper, lower = page.borders[part.first], page.borders[part.last + 1]
    free = lower - upper - block.padding - len(part.lines) * style.leading
    start = top + upper + block.padding_above + (0.0 if part.is_flowing else max(0.0, free / 2))
    first = start + style.leading / 2 + MIDDLE * style.size
    for index, line in enumerate(part.lines):
        end = _end(part, index)
        if line.text or end:
            baseline = first + index * style.leading
            left, stretch = _left(block, line), _stretch(block, line)
            yield Run(
                line.text, left, baseline, style.kind, style.size, stretch, end if line.text else EMPTY_LINE + end
            )


def _end(part: Part, index: int) -> str:
    """What is to be known of a line's end; nothing where the width broke it, or the cell ends with it."""
    line, block = part.lines[index], part.block
    end = BLANKS_END if line.text.endswith("  ") or line.text.isspace() else ""
    if line is block.lines[-1] or (block.again and line is block.again[-1]):
        return end + ITEM_END if block.cell.is_open_below else end
    if line.is_last:
        end += LINE_END
    return end + CUT_END if index + 1 == len(part.lines) else end


def _left(block: Block, line: Line) -> float:
    free = block.right - block.left - line.width * block.style.size
    match block.cell.align:
        case Align.LEFT:
            return block.left
        case Align.CENTER:
            return block.left + free / 2
        case Align.RIGHT:
            return block.left + free


def _stretch(block: Block, line: Line) -> float:
    """What draws a full line of a paragraph out to the right edge, as Chinese text is set."""
    if line.is_last or block.cell.align is not Align.LEFT:
        return 0.0
    free = block.right - block.left - line.width * block.style.size
    stretch = free / max(1, len(line.text.rstrip(" ")) - 1)
    return stretch if 0 < stretch <= _MOST_STRETCH * block.style.size else 0.0


def _strokes(page: Cut, top: float, table: Table) -> Iterator[Stroke]:
    """Every edge of every ruled cell once, joined to the longest straight lines."""
    across: dict[int, set[int]] = defaultdict(set)
    down: dict[int, set[int]] = defaultdict(set)
    opened: dict[int, set[int]] = defaultdict(set)
    for part in page.parts:
        cell = part.block.cell
        if cell.role in _UNRULED:
            continue
        columns, strips = range(cell.column, cell.column + cell.columns), range(part.first, part.last + 1)
        across[part.first].update(columns)
        across[part.last + 1].update(columns)
        down[cell.column].update(strips)
        down[cell.column + cell.columns].update(strips)
        if part.is_start and cell.is_open_above and part.first:
            opened[part.first].update(columns)
        if part.is_end and cell.is_open_below and part.last + 2 < len(page.borders):
            opened[part.last + 1].update(columns)
    for border, columns_ruled in sorted(across.items()):
        y = top + page.borders[border]
        for first, last in _joined(columns_ruled - opened[border]):
            yield Stroke(table.edges[first], y, table.edges[last + 1], y)
    for edge, strips_ruled in sorted(down.items()):
        x = table.edges[edge]
        for first, last in _joined(strips_ruled):
            yield Stroke(x, top + page.borders[first], x, top + page.borders[last + 1])


def _joined(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers, as first and last."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
