"""Where one page ends and the next begins.

Decides which rows, and which lines of which cells, stand on each page: pages end between rows; header rows stand again
on top; a label that is cut stands again with （续）; any other text that is cut goes on; only a row that is too high is
split, between lines. Nothing is ever left out. Knows nothing of drawing. Time grows with the number of rows only.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from app.sheet.grid import Role
from app.sheet.page.measure import Block, Table
from app.sheet.page.text import Line

_ROUNDING: Final = 0.01
# A page may stay this empty at its foot so that a heading or a label is kept with what follows; share of its height.
_MOST_LEFT_EMPTY: Final = 0.5
# A row higher than this share may be split where at least that share of the page is free.
_LONG: Final = 0.4
_WORTH_FILLING: Final = 0.2
_LEAST_SLICE: Final = 54.0
_HEADINGS: Final = frozenset({Role.TITLE, Role.SUBTITLE, Role.LABEL, Role.HEADER})


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows of a cell, in the strips ``first``..``last`` of the page.

    ``is_start``/``is_end``: the cell's own upper/lower edge is here. ``is_flowing``: its text comes from the page before
    or goes on to the next.
    """

    block: Block
    first: int
    last: int
    lines: tuple[Line, ...]
    is_start: bool
    is_end: bool
    is_flowing: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """One page: the edges of its strips (rows or slices of rows), from the top of the printed area, and its cells."""

    borders: tuple[float, ...]
    parts: tuple[Part, ...]


@dataclass(slots=True)
class _Progress:
    """How much is on pages: all rows before ``row``, some of ``row`` if it is begun; ``rest`` of the texts that are cut."""

    row: int = 0
    is_begun: bool = False
    rest: dict[Block, tuple[Line, ...]] = field(default_factory=dict)
    flowing: set[Block] = field(default_factory=set)

    def left(self, block: Block) -> tuple[Line, ...]:
        """The lines of a block that no page has shown."""
        return self.rest.get(block, block.lines)


class _Rows:
    """Remembers which blocks start in, end in and go beyond each row, and which rows go with the next one."""

    def __init__(self, table: Table, capacity: float) -> None:
        self.table = table
        self.capacity = capacity
        self.starting: dict[int, list[Block]] = defaultdict(list)
        self.ending: dict[int, list[Block]] = defaultdict(list)
        self.crossing: dict[int, list[Block]] = defaultdict(list)
        for block in table.blocks:
            self.starting[block.cell.row].append(block)
            self.ending[block.last].append(block)
            for row in range(block.cell.row, block.last):
                self.crossing[row].append(block)
        headers = {row for header in table.grid.headers for row in range(header.first, header.last + 1)}
        self.headings = headers | {row for row in range(table.grid.row_count) if self._is_heading(row)}

    def _is_heading(self, row: int) -> bool:
        own = [block.cell.role for block in self.ending[row] if block.cell.rows == 1]
        return bool(own) and _HEADINGS.issuperset(own)

    def repeated(self, row: int) -> list[int]:
        """The header rows that stand on top of a page beginning with ``row``; none if they would fill half of it."""
        rows = [
            repeated
            for header in self.table.grid.headers
            if header.last < row <= header.until
            for repeated in range(header.first, header.last + 1)
        ]
        return rows if sum(self.table.heights[repeated] for repeated in rows) < self.capacity / 2 else []


def cut(table: Table, capacity: float) -> Iterator[Cut]:
    """The pages of a table, each ``capacity`` points high."""
    rows, progress = _Rows(table, capacity), _Progress()
    while progress.row < table.grid.row_count:
        repeated = rows.repeated(progress.row)
        top = list(accumulate((table.heights[row] for row in repeated), initial=0.0))
        borders, is_split = _fill(rows, progress, top[-1])
        parts = _repeated_parts(rows, repeated)
        parts += _take(rows, progress, _View(repeated, borders, is_split))
        yield Cut((*top[:-1], *borders), tuple(parts))


def _fill(rows: _Rows, progress: _Progress, top: float) -> tuple[list[float], bool]:
    """The edges of the strips that fill one page from ``top``, and whether the last of them is a slice of its row."""
    borders = [top]
    count = rows.table.grid.row_count - progress.row
    while len(borders) <= count:
        row = progress.row + len(borders) - 1
        height = _height(rows, progress, borders)
        if borders[-1] + height <= rows.capacity + _ROUNDING:
            borders.append(borders[-1] + height)
            continue
        if (size := _slice(rows, row, height, borders)) > 0:
            return [*borders, borders[-1] + size], True
        return borders[: _good_end(rows, progress, borders) + 1], False
    return borders, False


def _height(rows: _Rows, progress: _Progress, borders: Sequence[float]) -> float:
    """Of the next row, so that every text ending in it has room for what the pages before did not show."""
    row = progress.row + len(borders) - 1
    height = 0.0 if progress.is_begun and row == progress.row else rows.table.heights[row]
    for block in rows.ending[row]:
        if block.cell.rows > 1 or progress.is_begun:
            above = borders[-1] - borders[max(0, block.cell.row - progress.row)]
            height = max(height, block.height(len(progress.left(block))) - above)
    return height


def _slice(rows: _Rows, row: int, height: float, borders: Sequence[float]) -> float:
    """How much of a row that does not fit the page takes; 0 where the whole row had better go to the next one."""
    free = rows.capacity - borders[-1]
    if len(borders) == 1:
        return free
    page = rows.capacity - sum(rows.table.heights[repeated] for repeated in rows.repeated(row))
    is_long = height > page or (height > _LONG * page and free > _WORTH_FILLING * page)
    # Two lines at least go to the next page.
    size = min(free, height - max((block.height(2) for block in rows.ending[row]), default=0.0))
    return size if is_long and size >= _LEAST_SLICE else 0.0


def _good_end(rows: _Rows, progress: _Progress, borders: Sequence[float]) -> int:
    """After how many of the rows that fit the page should end: not after a heading, nor where a label is cut short."""
    fitting = len(borders) - 1
    for count in range(fitting, 0, -1):
        if borders[count] < (1 - _MOST_LEFT_EMPTY) * rows.capacity:
            break
        row = progress.row + count - 1
        if row not in rows.headings and all(
            borders[count] - borders[max(0, block.cell.row - progress.row)] + _ROUNDING
            >= block.height(len(progress.left(block)))
            for block in rows.crossing[row]
            if block.cell.is_repeated
        ):
            return count
    return fitting


@dataclass(frozen=True, slots=True)
class _View:
    """A page while it is filled: the header rows on top, the edges of the strips below them, whether the last is a slice."""

    repeated: Sequence[int]
    borders: Sequence[float]
    is_split: bool


def _repeated_parts(rows: _Rows, repeated: Sequence[int]) -> list[Part]:
    strips = {row: strip for strip, row in enumerate(repeated)}
    return [
        Part(block, strips[row], strips[block.last], block.lines, is_start=True, is_end=True, is_flowing=False)
        for row in repeated
        for block in rows.starting[row]
        if block.last in strips
    ]


def _take(rows: _Rows, progress: _Progress, view: _View) -> list[Part]:
    """The cells of a page below its repeated headers; brings ``progress`` to the start of the next page."""
    first, strips = progress.row, len(view.borders) - 1
    last = first + strips - 1
    continued = [*rows.crossing[first - 1], *(rows.starting[first] if progress.is_begun else ())]
    fresh = [block for row in range(first + progress.is_begun, last + 1) for block in rows.starting[row]]
    shown = {block: _shown(block, progress, view) for block in (*continued, *fresh)}
    began = set(continued)
    is_begun = view.is_split and any(len(shown[block]) < len(progress.left(block)) for block in rows.ending[last])
    following = last if is_begun else last + 1
    parts = []
    for block, lines in shown.items():
        is_start, is_end = block not in began, block.last < following
        left = progress.left(block)[len(lines) :]
        parts.append(
            Part(
                block,
                _first_strip(block, first, view.repeated, is_start=is_start),
                len(view.repeated) + min(block.last, last) - first,
                lines,
                is_start=is_start,
                is_end=is_end,
                is_flowing=bool(left) or block in progress.flowing,
            )
        )
        _remember(progress, block, left, is_end=is_end)
    progress.row, progress.is_begun = following, is_begun
    return parts


def _first_strip(block: Block, first: int, repeated: Sequence[int], *, is_start: bool) -> int:
    """A cell beside the repeated header rows as well stands beside them on every page."""
    if not is_start and repeated and block.cell.row <= repeated[0]:
        return 0
    return len(repeated) + max(0, block.cell.row - first)


def _shown(block: Block, progress: _Progress, view: _View) -> tuple[Line, ...]:
    """The lines of a block that its place on the page holds; all that are left where it ends there."""
    left = progress.left(block)
    last = progress.row + len(view.borders) - 2
    if block.last < last or (block.last == last and not view.is_split):
        return left
    height = view.borders[-1] - view.borders[max(0, block.cell.row - progress.row)]
    # One line at least, so that a page too small for anything still gets on.
    return left[: max(block.capacity(height), int(block.last == last))]


def _remember(progress: _Progress, block: Block, left: tuple[Line, ...], *, is_end: bool) -> None:
    progress.flowing.discard(block)
    if is_end:
        progress.rest.pop(block, None)
    elif left:
        progress.rest[block] = left
        progress.flowing.add(block)
    else:
        progress.rest[block] = block.again
