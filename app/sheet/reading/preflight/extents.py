"""How far the content of a sheet reaches, whatever its declared range says.

Decides what no sheet of a form has: content far off, or merged cells all over. A formatted row at the very end is no
content: Excel and LibreOffice write one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.sheet.reading.refusal import Reason, Refusal

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 400
MOST_CELLS: Final = 200_000  # of the range that is read
MOST_MERGES: Final = 20_000
MOST_MERGED: Final = 1_050_000  # cells under one merged range: a whole column may be, and some whole rows

Span = tuple[int, int, int, int]  # first row, first column, last row, last column, from 1, as in the file


@dataclass(slots=True)
class Extent:
    """What a reader may read of a sheet: rows and columns from 1 up to these, the merged ranges, the formulas without a result.

    ``hidden_rows`` and ``hidden_columns`` are those that hold something although nobody sees it.
    """

    rows: int = 0
    columns: int = 0
    merges: list[Span] = field(default_factory=list)
    unsolved: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    _unseen_rows: set[int] = field(default_factory=set)
    _unseen_columns: set[int] = field(default_factory=set)

    def widen(self, row: int, column: int) -> None:
        """There is content in this cell, counted from 1. Refusal when it stands too far from all other."""
        if row in self._unseen_rows:
            self.hidden_rows.add(row)
        if column in self._unseen_columns:
            self.hidden_columns.add(column)
        if row <= self.rows and column <= self.columns:
            return
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if not _is_moderate(self.rows, self.columns):
            raise Refusal(Reason.FAR, name_place(row, column))

    def hide_row(self, row: int) -> None:
        """This row is hidden, counted from 1; said before its cells."""
        self._unseen_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """These columns are hidden, counted from 1; said before all cells."""
        self._unseen_columns.update(range(max(1, first), min(last, MOST_COLUMNS) + 1))

    def add_merge(self, span: Span) -> None:
        """There is a merged range. Refusal when it is none, or covers what no form is large enough for."""
        top, left, bottom, right = span
        rows, columns = bottom - top + 1, right - left + 1
        if min(top, left, rows, columns) < 1 or rows * columns > MOST_MERGED or len(self.merges) >= MOST_MERGES:
            raise Refusal(Reason.MISPLACED, f"{name_place(max(1, top), max(1, left))}:{name_place(bottom, right)}")
        self.merges.append(span)

    def settle(self) -> None:
        """All was said: merged ranges that begin in the extent widen it by a little, or end with it; the others go."""
        for _, _, bottom, right in self._inside():
            rows, columns = max(self.rows, bottom), max(self.columns, right)
            if _is_moderate(rows, columns):
                self.rows, self.columns = rows, columns
        self.merges = [
            (top, left, min(bottom, self.rows), min(right, self.columns)) for top, left, bottom, right in self._inside()
        ]
        area = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in self.merges)
        if area > self.rows * self.columns:  # they can't all lie apart
            raise Refusal(Reason.MISPLACED, name_place(*self.merges[-1][:2]))

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        """The merged ranges as row and column from 0, rows and columns."""
        return ((top - 1, left - 1, bottom - top + 1, right - left + 1) for top, left, bottom, right in self.merges)

    def _inside(self) -> list[Span]:
        return [span for span in self.merges if span[0] <= self.rows and span[1] <= self.columns]


def name_place(row: int, column: int) -> str:
    """The name that people know a cell by: C5, counted from 1."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _is_moderate(rows: int, columns: int) -> bool:
    return rows <= MOST_ROWS and columns <= MOST_COLUMNS and rows * columns <= MOST_CELLS
