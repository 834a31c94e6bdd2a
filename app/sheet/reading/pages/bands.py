"""Frames and runs of a page → bands: cells with their texts, and the lines of text outside of tables.

Decides in which cell a run stands, also where it hangs out of it, and which cells hold the items of a list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Final

from app.sheet.reading.pages.joining import Band, Part
from app.sheet.reading.pages.ruling import Box, Frame
from app.sheet.reading.pages.runs import Run, make_run, parted, rows_of
from app.sheet.reading.pages.text import NOTHING, Block, Line, lines_of, read_block

# A gap over a line between columns parts a run, in ems.
_GAP: Final = 0.2
_CENTRED: Final = 2.0
_PADDING: Final = 8.0
# Cells wider than this share of their table may hold items.
_WIDE: Final = 0.5
_OTHER_SIZE: Final = 1.15
_PITCH: Final = 2.4

_Fields = Mapping[tuple[int, int], Box]
_Row = list[list[Run]]


def read_bands(frames: Sequence[Frame], runs: Iterable[Run], *, is_own: bool) -> list[Band]:
    """The tables of a page and the lines outside of them, from above; tables without a text are none."""
    inside: list[dict[Box, list[Run]]] = [defaultdict(list) for _ in frames]
    outside: list[Run] = []
    fields = [_fields(frame) for frame in frames]
    for run in runs:
        number = next((n for n, frame in enumerate(frames) if _field(frame, run)), None)
        if number is None:
            outside.append(run)
            continue
        for piece in _pieces(run, frames[number], fields[number]):
            inside[number][_box(piece, frames[number], fields[number])].append(piece)
    bands = [
        (frame.rows[0], _table(frame, said, is_own=is_own)) for frame, said in zip(frames, inside, strict=True) if said
    ]
    bands += _loose(outside, frames, is_own=is_own)
    return [band for _, band in sorted(bands, key=lambda each: each[0])]


def _fields(frame: Frame) -> dict[tuple[int, int], Box]:
    return {
        (row, column): box
        for box in frame.boxes
        for row in range(box.top, box.bottom)
        for column in range(box.left, box.right)
    }


def _ends(run: Run) -> tuple[float, float]:
    """Places just inside a run's ends."""
    inset = min(0.4 * run.size, (run.right - run.left) / 2)
    return run.left + inset, run.right - inset


def _field(frame: Frame, run: Run) -> bool:
    return bool(frame.find(*run.pin)) if run.pin else any(frame.find(x, run.middle) for x in _ends(run))


def _pieces(run: Run, frame: Frame, fields: _Fields) -> Iterator[Run]:
    """A run in the pieces that lines between columns part, where it has gaps there."""
    if run.pin:
        yield run
        return
    found = [frame.find(x, run.middle) for x in _ends(run)]
    boxes = {fields[each] for each in found if each}
    if len(boxes) == 1 and None not in found:
        yield run
        return
    start = 0
    for number, (glyph, after) in enumerate(pairwise(run.glyphs), 1):
        gap = after.left - glyph.right
        if gap >= _GAP * run.size and any(glyph.right - 1 <= x <= after.left + 1 for x in frame.columns):
            yield make_run(run.glyphs[start:number])
            start = number
    yield make_run(run.glyphs[start:])


def _box(run: Run, frame: Frame, fields: _Fields) -> Box:
    """The cell of a run. One that hangs out stands in the cell it begins in, is centred in, or ends in."""
    if run.pin:
        return fields[frame.find(*run.pin) or (0, 0)]
    first, last = (frame.find(x, run.middle) for x in _ends(run))
    if first is None or last is None or fields[first] == fields[last]:
        place = first or last or frame.find(frame.columns[0], run.middle) or (0, 0)
        return fields[place]
    between = [fields[first[0], column] for column in range(first[1], last[1] + 1)]
    middle = (run.left + run.right) / 2
    for box in between:
        if abs((frame.columns[box.left] + frame.columns[box.right]) / 2 - middle) < _CENTRED:
            return box
    is_at_end = 0 <= frame.columns[fields[last].right] - run.right < _PADDING
    is_at_start = 0 <= run.left - frame.columns[fields[first].left] < _PADDING
    return fields[last] if is_at_end and not is_at_start else fields[first]


def _table(frame: Frame, said: Mapping[Box, Sequence[Run]], *, is_own: bool) -> Band:
    """The cells of a frame; where one holds several items, its row becomes as many rows."""
    blocks = {box: _block(frame, box, said.get(box, ()), is_own=is_own) for box in frame.boxes}
    lists = Counter(box.top for box, block in blocks.items() if len(block.texts) > 1)
    counts = [1] * (len(frame.rows) - 1)
    for box, block in blocks.items():
        if box.bottom - box.top == 1 == lists[box.top]:
            counts[box.top] = max(counts[box.top], len(block.texts))
    starts = list(accumulate(counts, initial=0))
    parts: list[Part] = []
    for box in sorted(frame.boxes, key=lambda each: (each.top, each.left)):
        sides = frame.columns[box.left], frame.columns[box.right]
        block, top, bottom = blocks[box], starts[box.top], starts[box.bottom]
        if 1 < len(block.texts) == bottom - top and box.bottom - box.top == 1:
            parts += _items(block, top, sides)
        else:
            parts.append(Part(top, bottom, *sides, "\n".join(block.texts), block, block))
    return Band(starts[-1], tuple(parts))


def _items(block: Block, top: int, sides: tuple[float, float]) -> Iterator[Part]:
    """One cell for each item; a page can only cut the first and the last."""
    last = len(block.texts) - 1
    for number, text in enumerate(block.texts):
        first_of, last_of = (block if number == edge else NOTHING for edge in (0, last))
        yield Part(top + number, top + number + 1, *sides, text, first_of, last_of)


def _block(frame: Frame, box: Box, runs: Sequence[Run], *, is_own: bool) -> Block:
    left, right = frame.columns[box.left], frame.columns[box.right]
    is_wide = right - left > _WIDE * (frame.columns[-1] - frame.columns[0])
    return read_block(lines_of(runs, is_own=is_own), left, right, is_own=is_own, has_items=is_wide)


def _loose(runs: Sequence[Run], frames: Sequence[Frame], *, is_own: bool) -> list[tuple[float, Band]]:
    """Text outside of tables: lines whose pieces stand apart as they are, others joined to paragraphs."""
    if not runs:
        return []
    left = min((*(run.left for run in runs), *(frame.columns[0] for frame in frames)))
    right = max((*(run.right for run in runs), *(frame.columns[-1] for frame in frames)))
    bands: list[tuple[float, Band]] = []
    for group in _paragraphs(rows_of(runs), [frame.rows[0] for frame in frames]):
        pieces = [lines_of(piece, is_own=is_own)[0] for piece in parted(group[0])] if len(group) == 1 else []
        top = min(run.middle for run in group[0])
        if len(pieces) > 1:
            parts = (Part(0, 1, line.left, line.right, line.text.strip()) for line in pieces)
            bands.append((top, Band(1, tuple(parts), is_table=False)))
            continue
        lines = [line for row in group for line in lines_of(row, is_own=is_own)]
        bands += _rows(lines, (left, right), is_own=is_own)
    return bands


def _rows(lines: Sequence[Line], limits: tuple[float, float], *, is_own: bool) -> Iterator[tuple[float, Band]]:
    text = "\n".join(read_block(lines, *limits, is_own=is_own).texts)
    for number, each in enumerate(text.split("\n")):
        if each.strip():
            yield (lines[0].middle + number * 0.01, Band(1, (Part(0, 1, *limits, each),), is_table=False))


def _paragraphs(rows: Sequence[list[Run]], tops: Sequence[float]) -> Iterator[_Row]:
    """Rows that may be lines of one text: of one size, near each other, no table and no columns between them."""
    keys: list[int] = [0]
    for before, row in pairwise(rows):
        sizes = sorted((before[0].size, row[0].size))
        is_apart = (
            sizes[1] > _OTHER_SIZE * sizes[0]
            or row[0].middle - before[0].middle > _PITCH * sizes[1]
            or any(before[0].middle < top < row[0].middle for top in tops)
            or any(len(list(parted(each))) > 1 for each in (before, row))
        )
        keys.append(keys[-1] + is_apart)
    for _, group in groupby(zip(keys, rows, strict=True), key=lambda each: each[0]):
        yield [row for _, row in group]
