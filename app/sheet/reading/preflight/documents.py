"""The body of a Word document: how many tables, rows and cells it has, and how wide they say they are.

Decides what no form has. Word itself allows 63 columns.
"""

from typing import Final

from app.sheet.reading.preflight.workbooks import number
from app.sheet.reading.refusal import Reason, Refusal

MOST_PARAGRAPHS: Final = 100_000
MOST_CELLS: Final = 100_000
MOST_COLUMNS: Final = 200
MOST_NESTED: Final = 6
MOST_CHARACTERS: Final = 8_000_000
MOST_REMEMBERED: Final = 200


class TextVisitor:
    """Remembers the beginning of what is written in parts that no reader looks at: text boxes, headers, footers."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._is_inside = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Another paragraph, or a run's text."""
        if name == "p" and len(self.paragraphs) < MOST_REMEMBERED:
            self.paragraphs.append("")
        self._is_inside = name == "t"

    def end(self, name: str) -> None:
        """What follows a run's text is none."""
        self._is_inside = self._is_inside and name != "t"

    def text(self, text: str) -> None:
        """No more than somebody would read."""
        if self._is_inside and self.paragraphs and len(self.paragraphs[-1]) < MOST_REMEMBERED:
            self.paragraphs[-1] += text


class DocumentVisitor:
    """Counts."""

    def __init__(self) -> None:
        self._paragraphs = self._cells = self._beside = self._characters = self._nested = self._columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Nothing may be too many or too wide."""
        match name:
            case "p":
                self._paragraphs += 1
            case "tc":
                self._cells += 1
                self._beside += 1
            case "tr":
                self._beside = 0
            case "tbl":
                self._nested += 1
            case "tblGrid":
                self._columns = 0
            case "gridCol":
                self._columns += 1
            case "gridSpan" | "gridBefore" | "gridAfter":
                self._check_width(attributes)
        self._check_counts()

    def end(self, name: str) -> None:
        """A table within another ends."""
        self._nested -= name == "tbl"

    def text(self, text: str) -> None:
        """All of it together."""
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise Refusal(Reason.TOO_MUCH)

    def _check_counts(self) -> None:
        if self._paragraphs > MOST_PARAGRAPHS or self._cells > MOST_CELLS:
            raise Refusal(Reason.TOO_MUCH)
        if max(self._columns, self._beside) > MOST_COLUMNS:
            raise Refusal(Reason.TOO_MUCH)
        if self._nested > MOST_NESTED:
            raise Refusal(Reason.UNSAFE)

    def _check_width(self, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name.endswith("}val") and not 0 <= number(value) <= MOST_COLUMNS:
                raise Refusal(Reason.UNSAFE)
