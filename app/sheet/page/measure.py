"""How wide and high the table's cells are on paper.

Decides type sizes, paddings, lines and row heights, all in points. Knows nothing of pages: the table is one long strip.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Final

from app.form.text import sanitise
from app.sheet.captions import CONTINUED
from app.sheet.grid import Align, Cell, Grid, Paper, Role
from app.sheet.page.fonts import Type, advances
from app.sheet.page.text import Line, break_evenly, break_lines

POINTS_PER_MM: Final = 72 / 25.4
A4_MM: Final = (210, 297)

_SIDE_PADDING: Final = 3.6
_PADDING: Final = 3.6
# Between items of one block, which have no line between them.
_OPEN_PADDING: Final = 0.6


@dataclass(frozen=True, slots=True)
class Style:
    """Typeface, its size, and the height of one line."""

    kind: Type
    size: float
    leading: float


STYLES: Final[Mapping[Role, Style]] = {
    Role.TITLE: Style(Type.HEI, 18, 28),
    Role.SUBTITLE: Style(Type.SONG, 12, 18),
    Role.LABEL: Style(Type.HEI, 10, 15),
    Role.HEADER: Style(Type.HEI, 10, 15),
    Role.BODY: Style(Type.SONG, 10, 15),
    Role.TOTAL: Style(Type.HEI, 10, 15),
}


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A cell with its text broken into lines between ``left`` and ``right``.

    ``again`` are the lines that stand on the pages after its first.
    """

    cell: Cell
    style: Style
    left: float
    right: float
    lines: tuple[Line, ...]
    again: tuple[Line, ...]

    @property
    def last(self) -> int:
        """The last row the cell covers."""
        return self.cell.row + self.cell.rows - 1

    @property
    def padding_above(self) -> float:
        """Between the cell's upper edge and its text."""
        return _OPEN_PADDING if self.cell.is_open_above else _PADDING

    @property
    def padding(self) -> float:
        """Above and below the text together."""
        return self.padding_above + (_OPEN_PADDING if self.cell.is_open_below else _PADDING)

    def height(self, lines: int) -> float:
        """What so many lines of it need."""
        return lines * self.style.leading + self.padding if lines else 0.0

    def capacity(self, height: float) -> int:
        """How many lines of it so high a place holds."""
        return max(0, int((height - self.padding + 0.01) / self.style.leading))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A measured Grid: ``edges`` of the columns from the paper's left, ``heights`` of the rows, blocks in reading order."""

    grid: Grid
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    blocks: tuple[Block, ...]


def paper_size(paper: Paper) -> tuple[float, float]:
    """Width and height in points."""
    short, long = (side * POINTS_PER_MM for side in A4_MM)
    return (long, short) if paper.is_landscape else (short, long)


def points(millimetres: Decimal) -> float:
    """A margin in points."""
    return float(millimetres) * POINTS_PER_MM


def measure(grid: Grid) -> Table:
    """The table as one strip: where the columns stand, how each text breaks, how high the rows are."""
    edges = _edges(grid)

    def block(cell: Cell) -> Block:
        left, right = edges[cell.column] + _SIDE_PADDING, edges[cell.column + cell.columns] - _SIDE_PADDING
        style, is_evened = STYLES[cell.role], cell.align is Align.CENTER
        ems = (right - left) / style.size
        lines = _lines(cell.text, style.kind, ems, is_evened=is_evened)
        again = (
            _lines(cell.text + CONTINUED, style.kind, ems, is_evened=is_evened)
            if cell.is_repeated and cell.text
            else ()
        )
        return Block(cell, style, left, right, lines, again)

    blocks = tuple(map(block, sorted(grid.cells, key=lambda cell: (cell.row, cell.column))))
    return Table(grid, edges, _heights(grid.row_count, blocks), blocks)


# A table is measured again after every edit, and nearly all of its texts are those of before.
@lru_cache(maxsize=4096)
def _lines(text: str, kind: Type, limit: float, *, is_evened: bool) -> tuple[Line, ...]:
    """The lines of a text in a width of ``limit`` ems."""
    breaker = break_evenly if is_evened else break_lines
    return breaker(sanitise(text).text, advances(kind), limit)


def _edges(grid: Grid) -> tuple[float, ...]:
    left = points(grid.paper.left)
    inner = paper_size(grid.paper)[0] - left - points(grid.paper.right)
    shares = [float(width) for width in grid.widths]
    return tuple(left + inner * share / sum(shares) for share in accumulate(shares, initial=0.0))


def _heights(row_count: int, blocks: tuple[Block, ...]) -> tuple[float, ...]:
    """Each row as high as its highest cell; a cell over several rows shares out evenly what it needs beyond them."""
    heights = [0.0] * row_count
    for block in blocks:
        if block.cell.rows == 1:
            heights[block.last] = max(heights[block.last], block.height(len(block.lines)))
    for block in sorted(blocks, key=lambda block: block.cell.rows):
        rows = range(block.cell.row, block.last + 1)
        lacking = block.height(len(block.lines)) - sum(heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                heights[row] += lacking / len(rows)
    return tuple(heights)
