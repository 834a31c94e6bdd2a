"""The parts of a workbook: rows, cells, merged ranges, strings and styles, one after the other.

Decides what no sheet has that a program of Office wrote: cells out of order or twice.
"""

import re
from typing import Final

from app.sheet.reading.preflight.extents import Extent, name_place
from app.sheet.reading.refusal import Reason, Refusal

MOST_STRINGS: Final = 200_000
MOST_CHARACTERS: Final = 32_767  # of a cell, as in Excel itself
STYLES: Final = frozenset({"xf", "font", "fill", "border", "numFmt"})
MOST_STYLES: Final = 66_000  # Excel has 65,490
SHEETS: Final = frozenset({"sheet"})
MOST_SHEETS: Final = 300
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_TRUE: Final = ("1", "true")
_CELL: Final = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE: Final = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


class SheetVisitor:
    """Follows rows and cells as a reader would, and remembers where the last ones with content stand."""

    def __init__(self) -> None:
        self.extent = Extent()
        self._row = self._column = 0
        self._kind = ""
        self._is_inside = self._is_filled = self._is_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Rows and cells must come in order, each once."""
        match name:
            case "c":
                self._begin_cell(attributes)
            case "v" | "t":
                self._is_inside = True
            case "f":
                self._is_formula = True
            case "row":
                self._begin_row(attributes.get("r"))
                if attributes.get("hidden") in _TRUE:
                    self.extent.hide_row(self._row)
            case "col" if attributes.get("hidden") in _TRUE:
                self.extent.hide_columns(number(attributes.get("min", "")), number(attributes.get("max", "")))
            case "mergeCell":
                self._add_merge(attributes.get("ref", ""))

    def text(self, _text: str) -> None:
        """Any value or inline text is content."""
        self._is_filled = self._is_filled or self._is_inside

    def end(self, name: str) -> None:
        """A cell that had something in it widens the extent."""
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._is_inside = False

    def _begin_row(self, declared: str | None) -> None:
        row = self._row + 1 if declared is None else number(declared)
        if not self._row < row <= _LAST_ROW:
            raise Refusal(Reason.MISPLACED, declared or "")
        self._row, self._column = row, 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        column = self._column + 1
        if place is not None:
            match = _CELL.fullmatch(place)
            column = _column(match[1]) if match and int(match[2]) == self._row else 0
        if not self._column < column <= _LAST_COLUMN:
            raise Refusal(Reason.MISPLACED, place or "")
        self._column = column
        self._kind = attributes.get("t", "")
        self._is_inside = self._is_filled = self._is_formula = False

    def _end_cell(self) -> None:
        if not self._is_filled and not self._is_formula:
            return
        self.extent.widen(self._row, self._column)
        if self._is_formula and not self._is_filled and self._kind != "str":
            self.extent.unsolved.append(name_place(self._row, self._column))

    def _add_merge(self, ref: str) -> None:
        match = _RANGE.fullmatch(ref)
        if match is None:
            raise Refusal(Reason.MISPLACED, ref[:30])
        left, top, right, bottom = match.groups()
        self.extent.add_merge((int(top), _column(left), int(bottom or top), _column(right or left)))


class StringsVisitor:
    """Counts the shared strings and their characters."""

    def __init__(self) -> None:
        self._strings = self._characters = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """One string more."""
        if name == "si":
            self._strings += 1
            self._characters = 0
            if self._strings > MOST_STRINGS:
                raise Refusal(Reason.TOO_MUCH)

    def end(self, _name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """No cell holds more than Excel lets it."""
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise Refusal(Reason.TOO_MUCH)


class CountVisitor:
    """Counts the elements of some names."""

    def __init__(self, names: frozenset[str], most: int) -> None:
        self._names = names
        self._left = most

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """One more of whatever it is."""
        if name in self._names:
            self._left -= 1
            if self._left < 0:
                raise Refusal(Reason.TOO_MUCH)

    def end(self, _name: str) -> None:
        """Nothing to do."""

    def text(self, _text: str) -> None:
        """Nothing to do."""


def number(text: str) -> int:
    """A count as XML writes it; -1 when it is none, or has more digits than any could."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(_LAST_ROW)) + 2 else -1


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
