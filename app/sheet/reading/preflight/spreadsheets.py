"""The content of an OpenDocument spreadsheet: how far its repeated cells and rows really go.

Decides what no sheet is: larger than any program's, or with content far off. Repeated blanks up to the end are usual.
"""

from typing import Final

from app.sheet.reading.preflight.extents import Extent
from app.sheet.reading.refusal import Reason, Refusal

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})


class SpreadsheetVisitor:
    """Follows rows and cells as a reader would."""

    def __init__(self) -> None:
        self._extent = Extent()
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Repeats are checked where they are declared."""
        if name in _CELLS:
            self._columns = repeats(attributes, "number-columns-repeated", MOST_COLUMNS)
            self._is_filled = False
        elif name == "p":
            self._is_filled = True
        elif name == "table-row":
            self._rows, self._column = repeats(attributes, "number-rows-repeated", MOST_ROWS), 0
        elif name == "table":
            self._extent, self._row = Extent(), 0

    def end(self, name: str) -> None:
        """Where a cell or row ends, the next one begins."""
        if name in _CELLS:
            self._column += self._columns
            if self._is_filled:
                self._extent.widen(self._row + self._rows, self._column)
        elif name == "table-row":
            self._row += self._rows
        if self._column > MOST_COLUMNS or self._row > MOST_ROWS:
            raise Refusal(Reason.TOO_MUCH)

    def text(self, _text: str) -> None:
        """Nothing to do."""


def repeats(attributes: dict[str, str], name: str, most: int) -> int:
    """How often, or how far; 1 when nothing is said. Refusal when no sheet could be so large."""
    text = next((text for key, text in attributes.items() if key.rpartition("}")[2] == name), "1")
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(MOST_ROWS)) or not 0 < int(text) <= most:
        raise Refusal(Reason.MISPLACED, text[:20])
    return int(text)
