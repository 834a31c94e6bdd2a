"""Tables within tables as one: every nested row becomes a row, every nested column a column, cells beside it span them.

Decides places only. Columns are counted in fractions of the whole width until all are known. Knows no format.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.sheet.reading.process.wire import MOST_CELLS, Table, make_table
from app.sheet.reading.refusal import Reason, Refusal

_MOST_COLUMNS: Final = 400


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a table as it was written: from row and column on, over so many; its content from the top."""

    row: int
    column: int
    rows: int
    columns: int
    content: "tuple[Content, ...]"


@dataclass(frozen=True, slots=True)
class Nested:
    """A table within a cell, or one of the page."""

    rows: int
    columns: int
    slots: tuple[Slot, ...]


Content = str | Nested


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text, placed: rows from the top of the whole, left and right edges as shares of its width."""

    row: int
    rows: int
    left: Fraction
    right: Fraction
    text: str


def flatten(contents: Sequence[Content], title: str = "") -> Table:
    """The contents one below the other as a single table; texts are as wide as all of it. Refusal when it would be too large."""
    pieces, rows = _stack(contents, Fraction(0), Fraction(1))
    edges = {Fraction(0), Fraction(1)}
    edges.update(edge for piece in pieces for edge in (piece.left, piece.right))
    columns = {edge: column for column, edge in enumerate(sorted(edges))}
    if len(edges) > _MOST_COLUMNS or rows * len(edges) > MOST_CELLS:
        raise Refusal(Reason.TOO_MUCH)
    spans = [
        (piece.row, columns[piece.left], piece.rows, columns[piece.right] - columns[piece.left]) for piece in pieces
    ]
    texts = {(span[0], span[1]): piece.text for span, piece in zip(spans, pieces, strict=True)}
    return make_table(title, (rows, len(edges) - 1), texts, spans)


def _stack(contents: Iterable[Content], left: Fraction, right: Fraction) -> tuple[list[_Piece], int]:
    """The pieces of contents that stand one below the other, and how many rows they take."""
    pieces: list[_Piece] = []
    row = 0
    for content in contents:
        if isinstance(content, str):
            pieces.append(_Piece(row, 1, left, right, content))
            row += 1
        else:
            inner, rows = _place(content, left, right)
            pieces += (_Piece(row + each.row, each.rows, each.left, each.right, each.text) for each in inner)
            row += rows
    return pieces, row


def _place(table: Nested, left: Fraction, right: Fraction) -> tuple[list[_Piece], int]:
    """The pieces of a table that is as wide as this, and how many rows it takes with all that is nested in it."""
    if table.columns > _MOST_COLUMNS:
        raise Refusal(Reason.TOO_MUCH)
    width = (right - left) / max(1, table.columns)
    edges = [left + column * width for column in range(table.columns + 1)]
    stacks = [_stack(slot.content, edges[slot.column], edges[slot.column + slot.columns]) for slot in table.slots]
    heights = [1] * table.rows
    for slot, (_, rows) in zip(table.slots, stacks, strict=True):
        heights[slot.row] = max(heights[slot.row], rows - slot.rows + 1)
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    pieces: list[_Piece] = []
    for slot, (inner, rows) in zip(table.slots, stacks, strict=True):
        top, room = tops[slot.row], tops[slot.row + slot.rows] - tops[slot.row]
        for each in inner:  # what stands last in a cell goes down to its end
            spare = room - rows if each.row + each.rows == rows else 0
            pieces.append(_Piece(top + each.row, each.rows + spare, each.left, each.right, each.text))
    return pieces, tops[-1]
