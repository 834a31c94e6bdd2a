"""The pages of a Grid as values: every line of text and every stroke where it stands on the paper.

Decides nothing about rows and lines of text (`measure`, `cut`), only where they come to stand. Whoever draws a page (a
PDF, a preview, a printer) draws just these. All lengths are points; positions count from the paper's upper left corner.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from app.sheet.captions import PAGE_FOOTER
from app.sheet.grid import Align, Grid, Role
from app.sheet.page.cut import Cut, Part, cut
from app.sheet.page.fonts import Type, advances
from app.sheet.page.measure import Block, Table, measure, paper_size, points
from app.sheet.page.text import Line

# Of the em box of Chinese faces 0.88 stand above the baseline: its middle is 0.38 above.
_MIDDLE: Final = 0.38
# A line is drawn out to the right edge only if that hardly shows, in ems per character.
_MOST_STRETCH: Final = 0.08
_FOOTER_SIZE: Final = 9.0
_UNRULED: Final = frozenset({Role.TITLE, Role.SUBTITLE})


@dataclass(frozen=True, slots=True)
class Run:
    """One line of text; ``stretch`` is added after every character."""

    text: str
    left: float
    baseline: float
    kind: Type
    size: float
    stretch: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """One straight line of the table."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, runs in reading order."""

    runs: tuple[Run, ...]
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages, each ``width`` × ``height``."""

    width: float
    height: float
    pages: tuple[Page, ...]


def paginate(grid: Grid) -> Pages:
    """A Grid on paper; an empty Grid is one empty page."""
    width, height = paper_size(grid.paper)
    top, bottom = points(grid.paper.top), height - points(grid.paper.bottom)
    table = measure(grid)
    cuts = list(cut(table, bottom - top)) or [Cut((0.0,), ())]
    centre = (table.edges[0] + table.edges[-1]) / 2
    baseline = (bottom + height) / 2 + _MIDDLE * _FOOTER_SIZE
    pages = []
    for number, each in enumerate(cuts, 1):
        footer = _footer(PAGE_FOOTER.format(page=number, pages=len(cuts)), centre, baseline)
        runs = (run for part in each.parts for run in _runs(part, each, top))
        pages.append(Page((*runs, footer), tuple(_strokes(each, top, table))))
    return Pages(width, height, tuple(pages))


def _footer(text: str, centre: float, baseline: float) -> Run:
    width = sum(map(advances(Type.SONG).__getitem__, text)) * _FOOTER_SIZE
    return Run(text, centre - width / 2, baseline, Type.SONG, _FOOTER_SIZE)


def _runs(part: Part, page: Cut, top: float) -> Iterator[Run]:
    """The lines of a cell: in the middle of its height, unless its text flows from page to page."""
    block, style = part.block, part.block.style
    upper, lower = page.borders[part.first], page.borders[part.last + 1]
    free = lower - upper - block.padding - len(part.lines) * style.leading
    start = top + upper + block.padding_above + (0.0 if part.is_flowing else max(0.0, free / 2))
    first = start + style.leading / 2 + _MIDDLE * style.size
    for index, line in enumerate(part.lines):
        if line.text:
            baseline = first + index * style.leading
            yield Run(line.text, _left(block, line), baseline, style.kind, style.size, _stretch(block, line))


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
