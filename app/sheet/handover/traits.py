"""What a workbook says of its sheets beside their values: formulas, rows and columns that nobody sees, the page's header.

Decides where that stands in xlsx and in OpenDocument; the compound .xls has no such reader. The archive was examined before.
"""

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Final

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from app.sheet.reading.preflight.examining import Content, Examined
from app.sheet.reading.preflight.markup import Silent, Visitor, Walk

Spot = tuple[int, int]

_YES: Final = ("1", "true")
_UNSEEN: Final = ("collapse", "filter")
_MOST_COLUMNS: Final = 1_000
_MOST_ROWS: Final = 100_000


@dataclass(slots=True)
class Traits:
    """Of one sheet: formulas by (row, column) from 0 ("" for one that is only pointed to), hidden rows and columns.

    ``header`` is the page's, None where nobody looked; ``is_known`` is False where the format hides all of it.
    """

    formulas: dict[Spot, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    header: str | None = None
    is_known: bool = True


def read_traits(file: IO[bytes], examined: Examined) -> Mapping[str, Traits]:
    """The traits of every sheet by its name."""
    with zipfile.ZipFile(file) as archive:
        if examined.content is Content.SPREADSHEET:
            spreadsheet = _SpreadsheetVisitor()
            _walk(archive, examined.main, spreadsheet)
            return spreadsheet.sheets
        workbook, relations = _WorkbookVisitor(), _RelationsVisitor()
        _walk(archive, examined.main, workbook)
        folder, name = posixpath.split(examined.main)
        _walk(archive, posixpath.join(folder, "_rels", f"{name}.rels"), relations)
        found: dict[str, Traits] = {}
        for title, relation in workbook.sheets.items():
            sheet = _SheetVisitor()
            part = posixpath.normpath(posixpath.join(folder, relations.targets.get(relation, ""))).lstrip("/")
            _walk(archive, part, sheet)
            found[title] = sheet.traits
        return found


def name_rows(rows: set[int]) -> str:
    """Rows as people count them."""
    return "、".join(str(row + 1) for row in sorted(rows))


def name_columns(columns: set[int]) -> str:
    """Columns by their letters."""
    return "、".join(str(xl_col_to_name(column)) for column in sorted(columns))


def _walk(archive: zipfile.ZipFile, part: str, visitor: Visitor) -> None:
    if part in archive.namelist():
        with archive.open(part) as stream:
            Walk().through(stream, lambda _namespace, _name: visitor)


class _WorkbookVisitor(Silent):
    """Remembers the relation of every sheet by its title."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet is named."""
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith("}id")), "")
            self.sheets[attributes.get("name", "")] = relation


class _RelationsVisitor(Silent):
    """Remembers the part of every relation."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A relation."""
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _SheetVisitor:
    """Collects the traits of one sheet of an xlsx."""

    def __init__(self) -> None:
        self.traits = Traits(header="")
        self._cell: Spot = (0, 0)
        self._texts: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a column, a cell, its formula, or the header."""
        is_hidden = attributes.get("hidden", "").lower() in _YES
        if name == "row":
            if is_hidden or _count(attributes.get("ht", "1")) == 0:
                self.traits.hidden_rows.add(int(_count(attributes.get("r", "1"))) - 1)
        elif name == "col":
            if is_hidden or _count(attributes.get("width", "1")) == 0:
                first, last = (int(_count(attributes.get(key, "1"))) for key in ("min", "max"))
                self.traits.hidden_columns |= set(range(first - 1, min(last, _MOST_COLUMNS)))
        elif name == "c":
            row, column = xl_cell_to_rowcol(attributes.get("r", "A1"))
            self._cell = (row, column)
        elif name in ("f", "oddHeader"):
            self._texts = []

    def text(self, text: str) -> None:
        """Of a formula or the header."""
        if self._texts is not None:
            self._texts.append(text)

    def end(self, name: str) -> None:
        """The formula or the header is whole."""
        if self._texts is None or name not in ("f", "oddHeader"):
            return
        whole = "".join(self._texts)
        self._texts = None
        if name == "f":
            self.traits.formulas[self._cell] = whole
        else:
            self.traits.header = whole


class _SpreadsheetVisitor(Silent):
    """Collects the traits of all sheets of an OpenDocument spreadsheet, where rows and columns are counted by their order."""

    def __init__(self) -> None:
        self.sheets: dict[str, Traits] = {}
        self._traits = Traits()
        self._row = self._column = 0
        self._rows = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A table, one or more rows, columns or cells."""
        found = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if name == "table":
            self._traits = self.sheets[found.get("name", "")] = Traits()
            self._row = self._column = 0
        elif name == "table-column":
            last = self._column + int(_count(found.get("number-columns-repeated", "1")))
            if found.get("visibility") in _UNSEEN:
                self._traits.hidden_columns |= set(range(self._column, min(last, _MOST_COLUMNS)))
            self._column = last
        elif name == "table-row":
            self._column = 0
            self._rows = int(_count(found.get("number-rows-repeated", "1")))
            if found.get("visibility") in _UNSEEN:
                self._traits.hidden_rows |= set(range(self._row, min(self._row + self._rows, _MOST_ROWS)))
        elif name in ("table-cell", "covered-table-cell"):
            if "formula" in found:
                self._traits.formulas[self._row, self._column] = found["formula"]
            self._column += int(_count(found.get("number-columns-repeated", "1")))

    def end(self, name: str) -> None:
        """The rows are over."""
        if name == "table-row":
            self._row += self._rows


def _count(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
