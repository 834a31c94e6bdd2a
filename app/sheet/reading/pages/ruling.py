"""Lines on a page → frames: tables as edges and the cells between them.

Decides which lines belong together, which of them are one line drawn in pieces or twice, and where lines that are
missing make one cell of several. Knows no text. Lengths are points.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.sheet.reading.pages.page import Rule
from app.sheet.reading.refusal import Reason, Refusal

# Lines nearer to each other are one line, drawn twice.
_DOUBLED: Final = 2.6
# Dashes and the borders of neighbouring cells leave gaps of at most this.
_DASH: Final = 4.6
_TOUCH: Final = 3.0
# A line that sticks out so far has a cell beyond the last line across it.
_OVERHANG: Final = 8.0
_SIDE: Final = 6.4
_SHORTEST: Final = 3.0
_COVERED: Final = 0.6
_MOST_PAIRS: Final = 2_000_000
_MOST_FIELDS: Final = 20_000
_MOST_GROUPS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: edges ``top``..``bottom`` and ``left``..``right`` by their numbers in the frame."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A table without its texts: edges from the left and from above, and the cells between them, which cover it all."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    boxes: tuple[Box, ...]

    def find(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the field at a point; None outside."""
        row, column = bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1
        is_inside = 0 <= row < len(self.rows) - 1 and 0 <= column < len(self.columns) - 1
        return (row, column) if is_inside else None


def find_frames(across: Iterable[Rule], down: Iterable[Rule]) -> tuple[Frame, ...]:
    """The tables of a page from above; lines that cross no others are none."""
    flat, upright = _merged(across), _merged(down)
    if len(flat) * len(upright) > _MOST_PAIRS:
        raise Refusal(Reason.TOO_MUCH)
    groups = [group for group in _crossing(flat, upright) if group[0] and group[1]]
    if len(groups) > _MOST_GROUPS:
        raise Refusal(Reason.TOO_MUCH)
    frames = (_frame(*group) for group in _nested(groups))
    return tuple(
        sorted((each for each in frames if each is not None), key=lambda each: (each.rows[0], each.columns[0]))
    )


def complete(pages: Sequence[tuple[Frame, ...]]) -> list[tuple[Frame, ...]]:
    """The tables of several pages; one that goes on over a page without its outermost column gets it from there.

    A merged cell that fills a page has no lines across, and some programs draw none beside it either.
    """
    completed = []
    for number, frames in enumerate(pages):
        own = list(frames)
        if own and number and pages[number - 1]:
            own[0] = _widen(own[0], pages[number - 1][-1])
        if own and number + 1 < len(pages) and pages[number + 1]:
            own[-1] = _widen(own[-1], pages[number + 1][0])
        completed.append(tuple(own))
    return completed


def _widen(frame: Frame, other: Frame) -> Frame:
    (left, *_, right), (outer_left, *_, outer_right) = frame.columns, other.columns
    is_inner_left = any(abs(edge - left) <= _SIDE for edge in other.columns)
    is_inner_right = any(abs(edge - right) <= _SIDE for edge in other.columns)
    rows, columns = len(frame.rows) - 1, len(frame.columns) - 1
    if is_inner_left and outer_left < left - _SIDE and abs(outer_right - right) <= _SIDE:
        moved = (Box(box.top, box.bottom, box.left + 1, box.right + 1) for box in frame.boxes)
        return Frame((outer_left, *frame.columns), frame.rows, (Box(0, rows, 0, 1), *moved))
    if is_inner_right and outer_right > right + _SIDE and abs(outer_left - left) <= _SIDE:
        beside = Box(0, rows, columns, columns + 1)
        return Frame((*frame.columns, outer_right), frame.rows, (*frame.boxes, beside))
    return frame


def cluster(places: Iterable[float], width: float) -> list[list[float]]:
    """Places in groups, each at most ``width`` wide, in order."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] <= width:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def nearest(edges: Sequence[float], place: float) -> int:
    """The number of the edge nearest to a place; ``edges`` in order."""
    after = bisect_left(edges, place)
    return min((n for n in (after - 1, after) if 0 <= n < len(edges)), key=lambda n: abs(edges[n] - place))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines drawn in pieces, or beside each other, as one."""
    merged: list[Rule] = []
    near: list[Rule] = []
    for rule in sorted(rules, key=lambda each: each.at):
        if near and rule.at - near[0].at > _DOUBLED:
            merged += _spans(near)
            near = []
        near.append(rule)
    return [rule for rule in (*merged, *_spans(near)) if rule.end - rule.start >= _SHORTEST]


def _spans(near: Sequence[Rule]) -> Iterator[Rule]:
    if not near:
        return
    at = (near[0].at + near[-1].at) / 2
    start, end = 0.0, -_DASH
    begun = False
    for rule in sorted(near, key=lambda each: each.start):
        if begun and rule.start <= end + _DASH:
            end = max(end, rule.end)
            continue
        if begun:
            yield Rule(at, start, end)
        start, end, begun = rule.start, rule.end, True
    yield Rule(at, start, end)


def _crossing(flat: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch each other, directly or through others."""
    count = len(flat)
    roots = list(range(count + len(upright)))
    for column, line in enumerate(upright, count):
        for row, other in enumerate(flat):
            if (
                other.start - _TOUCH <= line.at <= other.end + _TOUCH
                and line.start - _TOUCH <= other.at <= line.end + _TOUCH
            ):
                roots[_root(roots, row)] = _root(roots, column)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate((*flat, *upright)):
        groups[_root(roots, number)][number >= count].append(rule)
    return list(groups.values())


def _root(roots: list[int], number: int) -> int:
    while roots[number] != number:
        roots[number] = roots[roots[number]]
        number = roots[number]
    return number


def _nested(groups: Sequence[tuple[list[Rule], list[Rule]]]) -> list[tuple[list[Rule], list[Rule]]]:
    """A table inside a cell of another becomes part of it."""
    whole: list[tuple[list[Rule], list[Rule]]] = []
    extents: list[tuple[float, float, float, float]] = []
    for group in sorted(groups, key=lambda each: -_area(_extent(each))):
        left, top, right, bottom = _extent(group)
        outer = next(
            (
                number
                for number, (x0, y0, x1, y1) in enumerate(extents)
                if x0 - _TOUCH <= left and y0 - _TOUCH <= top and right <= x1 + _TOUCH and bottom <= y1 + _TOUCH
            ),
            None,
        )
        if outer is None:
            whole.append((list(group[0]), list(group[1])))
            extents.append((left, top, right, bottom))
        elif len(group[0]) > 1 and len(group[1]) > 1:
            whole[outer][0].extend(group[0])
            whole[outer][1].extend(group[1])
    return whole


def _extent(group: tuple[list[Rule], list[Rule]]) -> tuple[float, float, float, float]:
    flat, upright = group
    return (
        min(*(rule.start for rule in flat), *(rule.at for rule in upright)),
        min(*(rule.at for rule in flat), *(rule.start for rule in upright)),
        max(*(rule.end for rule in flat), *(rule.at for rule in upright)),
        max(*(rule.at for rule in flat), *(rule.end for rule in upright)),
    )


def _area(extent: tuple[float, float, float, float]) -> float:
    return (extent[2] - extent[0]) * (extent[3] - extent[1])


def _frame(flat: Sequence[Rule], upright: Sequence[Rule]) -> Frame | None:
    """The table that some lines make; None for a single line with a stroke across."""
    columns, rows = _edges(upright, flat), _edges(flat, upright)
    if len(columns) < 2 or len(rows) < 2:  # noqa: PLR2004  # both sides of a cell
        return None
    if len(columns) * len(rows) > _MOST_FIELDS:
        raise Refusal(Reason.TOO_MUCH)
    beside, below = _walls(upright, columns, rows), _walls(flat, rows, columns)
    return Frame(
        tuple(columns),
        tuple(rows),
        tuple(_boxes(len(rows) - 1, len(columns) - 1, (beside.__contains__, below.__contains__))),
    )


def _edges(lines: Sequence[Rule], others: Sequence[Rule]) -> list[float]:
    """The places of some lines, and the ends of those across them where they stick out: a table open at its sides."""
    places = [sum(group) / len(group) for group in cluster((line.at for line in lines), _DOUBLED)]
    first, last = min(rule.start for rule in others), max(rule.end for rule in others)
    if first < places[0] - _OVERHANG:
        places.insert(0, first)
    if last > places[-1] + _OVERHANG:
        places.append(last)
    return places


def _walls(lines: Sequence[Rule], edges: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    """Where lines part fields: the edge's number, and that of the stretch of it; the stretch is covered for the most part."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for line in lines:
        edge = nearest(edges, line.at)
        first = max(0, bisect_right(along, line.start) - 1)
        for stretch in range(first, len(along) - 1):
            if along[stretch] > line.end:
                break
            covered[edge, stretch] += max(0.0, min(line.end, along[stretch + 1]) - max(line.start, along[stretch]))
    return {
        (edge, stretch)
        for (edge, stretch), length in covered.items()
        if length >= _COVERED * (along[stretch + 1] - along[stretch])
    }


Parted = Callable[[tuple[int, int]], bool]


def _boxes(rows: int, columns: int, parted: tuple[Parted, Parted]) -> Iterator[Box]:
    """Fields without lines between them as one cell; what is no rectangle falls into some."""
    beside, below = parted
    roots = list(range(rows * columns))
    for row in range(rows):
        for column in range(columns):
            field = row * columns + column
            if column + 1 < columns and not beside((column + 1, row)):
                roots[_root(roots, field)] = _root(roots, field + 1)
            if row + 1 < rows and not below((row + 1, column)):
                roots[_root(roots, field)] = _root(roots, field + columns)
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for field in range(rows * columns):
        groups[_root(roots, field)].append(divmod(field, columns))
    for fields in groups.values():
        yield from _rectangles(fields)


def _rectangles(fields: Sequence[tuple[int, int]]) -> Iterator[Box]:
    """Fields, in reading order, as few rectangles: runs of a row, and runs below each other that are equally wide."""
    growing: dict[tuple[int, int], Box] = {}
    for row, left, right in _runs(fields):
        above = growing.get((left, right))
        if above is not None and above.bottom == row:
            growing[left, right] = Box(above.top, row + 1, left, right)
            continue
        if above is not None:
            yield above
        growing[left, right] = Box(row, row + 1, left, right)
    yield from growing.values()


def _runs(fields: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Row, first edge and last edge of each run of neighbouring fields."""
    start = 0
    for number, ((row, column), (after_row, after)) in enumerate(pairwise((*fields, (-1, -1))), 1):
        if (after_row, after) != (row, column + 1):
            yield row, fields[start][1], column + 1
            start = number
