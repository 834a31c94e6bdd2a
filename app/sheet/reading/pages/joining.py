"""Bands of pages → Grids: the table that goes on over the page is one again.

Decides what of a page only repeats what stood before (headings), which cells go on across the page, and which columns of
several tables are the same. Knows no lines and characters. Lengths are points.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from app.sheet.captions import CONTINUED
from app.sheet.grid import Cell, Grid
from app.sheet.reading.pages.ruling import cluster, nearest
from app.sheet.reading.pages.text import NOTHING, Block, begins_item, is_full, join
from app.sheet.reading.refusal import Reason, Refusal

# Edges of one column may differ so much from page to page.
_SAME: Final = 3.2
_SIDES: Final = 6.4
_MOST_FIELDS: Final = 400_000
_LEAST_HEADINGS: Final = 3
_MOST_HEADING_ROWS: Final = 4
# A group's weight that the page tore from its name.
_WEIGHT: Final = re.compile(r"[(（]\s*[\d.]+\s*\w?\s*[)）]")


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a band: rows ``top``..``bottom`` (the last not counted), from ``left`` to ``right``.

    ``first`` and ``last`` tell how its text begins and ends where a page cuts it.
    """

    top: int
    bottom: int
    left: float
    right: float
    text: str
    first: Block = NOTHING
    last: Block = NOTHING


@dataclass(frozen=True, slots=True)
class Band:
    """Rows below each other: those of a table, or one line of text outside of tables, whose parts need not fill it."""

    rows: int
    parts: tuple[Part, ...]
    is_table: bool = True

    @property
    def edges(self) -> set[float]:
        """The sides of all its cells."""
        return {edge for part in self.parts for edge in (part.left, part.right)}

    @property
    def sides(self) -> tuple[float, float]:
        """Its left and right edge."""
        return min(self.edges), max(self.edges)


@dataclass(slots=True)
class _Stack:
    """Collects the bands that become one Grid."""

    rows: int = 0
    parts: list[Part] = field(default_factory=list)
    loose: list[Part] = field(default_factory=list)
    edges: set[float] = field(default_factory=set)

    def has_same_sides(self, band: Band) -> bool:
        """Whether a table stands exactly below."""
        if not self.edges:
            return True
        sides = min(self.edges), max(self.edges)
        return all(abs(one - other) <= _SIDES for one, other in zip(sides, band.sides, strict=True))

    def add(self, band: Band) -> None:
        """The band below what is there."""
        moved = (replace(part, top=part.top + self.rows, bottom=part.bottom + self.rows) for part in band.parts)
        (self.parts if band.is_table else self.loose).extend(moved)
        self.rows += band.rows
        if band.is_table:
            self.edges |= band.edges


def join_pages(pages: Iterable[Sequence[Band]]) -> tuple[Grid, ...]:
    """The tables of a file. Tables with other sides are Grids of their own; lines of text go with the table below them."""
    stacks = [_Stack()]
    waiting: list[Band] = []
    for bands in pages:
        for number, band in enumerate(bands):
            if not band.is_table:
                waiting.append(band)
                continue
            if not stacks[-1].has_same_sides(band):
                stacks.append(_Stack())
            is_next = number == 0 and not waiting
            for line in waiting:
                stacks[-1].add(line)
            waiting = []
            _continue(stacks[-1], band, is_next=is_next)
    for line in waiting:
        stacks[-1].add(line)
    return tuple(_grid(stack) for stack in stacks if stack.rows)


def _continue(stack: _Stack, band: Band, *, is_next: bool) -> None:
    """Adds a table; where a page is all that parts it from the rows above it goes on with them."""
    if not is_next or not stack.parts:
        stack.add(band)
        return
    rest = _without_headings(stack, band)
    above = [part for part in stack.parts if part.bottom == stack.rows]
    below = [part for part in rest.parts if part.top == 0]
    pairs = [(one, other) for other in below for one in above if _is_below(one, other)]
    if len(pairs) == len(below) and _is_row_cut(pairs, stack.rows):
        stack.rows -= 1
        merged = {id(other): _merged(one, other) for one, other in pairs}
    else:
        merged = {id(other): _merged(one, other) for one, other in pairs if _is_span(one, other)}
    gone = {id(one) for one, other in pairs if id(other) in merged}
    start = stack.rows
    stack.parts = [part for part in stack.parts if id(part) not in gone]
    kept = [part for part in rest.parts if id(part) not in merged]
    stack.add(Band(rest.rows, tuple(kept)) if kept else Band(rest.rows, ()))
    # A merged cell began in the rows above and ends in the new ones.
    for part in rest.parts:
        if id(part) in merged:
            stack.parts.append(replace(merged[id(part)], bottom=start + part.bottom))


def _without_headings(stack: _Stack, band: Band) -> Band:
    """The table without the rows on top that stood in the same columns before."""
    for count in range(min(_MOST_HEADING_ROWS, band.rows - 1), 0, -1):
        head = [part for part in band.parts if part.top < count]
        if all(part.bottom <= count for part in head) and _is_heading(head) and _stood_before(stack, head):
            rest = (
                replace(part, top=part.top - count, bottom=part.bottom - count)
                for part in band.parts
                if part.top >= count
            )
            return Band(band.rows - count, tuple(rest))
    return band


def _is_heading(parts: Sequence[Part]) -> bool:
    """Whether rows may be headings: words that differ, no figures."""
    texts = {_bare(part.text) for part in parts}
    is_full = len(texts) == len(parts) > 1 and "" not in texts
    return (is_full or len(texts - {""}) >= _LEAST_HEADINGS) and not any(map(str.isdecimal, "".join(texts)))


def _stood_before(stack: _Stack, head: Sequence[Part]) -> bool:
    anchor = max(head, key=lambda part: len(part.text))
    for part in stack.parts:
        if not _is_same(part, anchor):
            continue
        shift = part.top - anchor.top
        found = [
            each for each in stack.parts if shift <= each.top and each.bottom <= shift + max(h.bottom for h in head)
        ]
        if all(any(_is_same(each, want) and each.top - shift == want.top for each in found) for want in head):
            return True
    return False


def _is_same(one: Part, other: Part) -> bool:
    return (
        _bare(one.text) == _bare(other.text)
        and one.bottom - one.top == other.bottom - other.top
        and _is_below(one, other)
    )


def _is_below(one: Part, other: Part) -> bool:
    """Whether two cells have the same sides."""
    return abs(one.left - other.left) <= _SAME and abs(one.right - other.right) <= _SAME


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_repeated(one: Part, other: Part) -> bool:
    """Whether the lower cell only says again what the upper one is; a hidden text is drawn on both pages."""
    if one.last.is_hidden or other.first.is_hidden:
        return bool(other.text) and _bare(other.text) == _bare(one.text)
    return bool(other.text) and _bare(other.text) == _bare(one.text) + CONTINUED


def _is_span(one: Part, other: Part) -> bool:
    """Whether two cells are one that spans the rows on both pages."""
    is_torn = bool(one.text) and bool(_WEIGHT.fullmatch(other.text))
    return _is_repeated(one, other) or is_torn or (one.last.is_cut and bool(other.text))


def _is_row_cut(pairs: Sequence[tuple[Part, Part]], rows: int) -> bool:
    """Whether the page cuts through a row: a text goes on, and nothing begins that was not there above."""
    going = [(one, other) for one, other in pairs if other.text and not _is_repeated(one, other)]
    inner = [(one, other) for one, other in going if one.top == rows - 1 or other.bottom == 1]
    if not inner or not all(one.text for one, _ in going):
        return False
    if any(one.last.is_cut for one, _ in going):
        return all(one.last.is_cut for one, _ in inner)
    has_ended = any(one.text and not other.text for one, other in pairs if one.top == rows - 1)
    return all(_flows(one, other) for one, other in inner) and (has_ended or len(inner) == len(pairs))


def _flows(one: Part, other: Part) -> bool:
    """Whether a foreign text seems to go on: its line was full, and no item begins."""
    return is_full(one.last.spare, other.first.lead, one.last.size) and not begins_item(other.text)


def _merged(one: Part, other: Part) -> Part:
    text = one.text
    if other.text and not _is_repeated(one, other):
        text = one.text + other.text if one.last.is_cut else join(one.text, other.text)
    return replace(one, text=text, last=other.last if other.text else one.last)


def _grid(stack: _Stack) -> Grid:
    left = min(part.left for part in (*stack.parts, *stack.loose))
    right = max(part.right for part in (*stack.parts, *stack.loose))
    tables = stack.parts or [Part(0, 0, left, right, "")]
    edges = [
        sum(group) / len(group) for group in cluster((x for part in tables for x in (part.left, part.right)), _SAME)
    ]
    columns = len(edges) - 1
    if columns * stack.rows > _MOST_FIELDS:
        raise Refusal(Reason.TOO_MUCH)
    taken: dict[tuple[int, int], int] = {}
    cells: list[Cell] = []
    for part in (*sorted(stack.parts, key=lambda each: (each.top, each.left)), *_filled(stack.loose, edges)):
        _place(part, edges, cells, taken)
    blanks = (
        Cell(row, column, "") for row in range(stack.rows) for column in range(columns) if (row, column) not in taken
    )
    widths = tuple(Decimal(f"{after - before:.2f}") for before, after in pairwise(edges))
    return Grid("", "", widths, stack.rows, tuple(sorted((*cells, *blanks), key=lambda cell: (cell.row, cell.column))))


def _filled(loose: Sequence[Part], edges: Sequence[float]) -> list[Part]:
    """Lines of text over the whole width: each piece from an edge near its left to where the next one begins."""
    rows: dict[int, list[Part]] = {}
    for part in loose:
        rows.setdefault(part.top, []).append(part)
    filled: list[Part] = []
    for parts in rows.values():
        starts = [edges[0]]
        said = [parts[0].text]
        for part in parts[1:]:
            edge = edges[max(0, min(bisect_right(edges, part.left + _SAME), len(edges) - 1) - 1)]
            if edge > starts[-1]:
                starts.append(edge)
                said.append(part.text)
            else:
                said[-1] += "  " + part.text
        for text, (start, end) in zip(said, pairwise((*starts, edges[-1])), strict=True):
            filled.append(Part(parts[0].top, parts[0].bottom, start, end, text))
    return filled


def _place(part: Part, edges: Sequence[float], cells: list[Cell], taken: dict[tuple[int, int], int]) -> None:
    """Puts a cell into the grid; one for which the edges leave no room gives its text to the one there."""
    first, last = (nearest(edges, x) for x in (part.left, part.right))
    fields = [(row, column) for row in range(part.top, part.bottom) for column in range(first, max(last, first + 1))]
    owner = next((taken[each] for each in fields if each in taken), None)
    if owner is not None or first == len(edges) - 1:
        if part.text.strip() and owner is not None:
            cells[owner] = replace(cells[owner], text=f"{cells[owner].text}\n{part.text}".strip("\n"))
        return
    taken.update(dict.fromkeys(fields, len(cells)))
    cells.append(Cell(part.top, first, part.text, part.bottom - part.top, max(1, last - first)))
