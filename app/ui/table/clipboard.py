"""A block of cells as text, as Excel and WPS write and read it on the clipboard. Knows no table and no Qt.

Decides which of two forms is the truer one: a table in HTML says where each cell ends, whatever stands in it, while
Word's text form breaks cells at every paragraph, and Excel's leaves quotation marks open to doubt.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.ui.face import Span

Texts = tuple[tuple[str, ...], ...]

_QUOTED: Final = re.compile('[\t\n\r"]')
_LINE_ENDS: Final = re.compile("\r\n?")
# A cell in quotation marks that end where a cell may end; otherwise the marks are text; then what ends the cell.
_CELL: Final = re.compile('(?:"((?:[^"]|"")*)"(?=[\t\n]|\\Z)|([^\t\n]*))([\t\n]|\\Z)')


def read_block(text: str, markup: str = "") -> Texts:
    """The cells on the clipboard from its text and its HTML, "" for none; rows may differ in length. () when there is nothing."""
    from app.ui.table.markup import read_markup  # noqa: PLC0415  # not needed for the window to appear

    return read_markup(markup) or read_text(text)


def read_text(text: str) -> Texts:
    """Tab-separated cells; the line end of the last row is no further row."""
    whole = _LINE_ENDS.sub("\n", text)
    return tuple(_rows(whole.removesuffix("\n"))) if whole else ()


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    for match in _CELL.finditer(text):
        quoted, plain, end = match.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        if end != "\t":
            yield tuple(row)
            row = []
        if not end:
            return


def write_text(texts: Sequence[Sequence[str]]) -> str:
    """Tab-separated cells; several rows end with a line end each, as in Excel, a single one does not."""
    rows = ["\t".join(_quote(cell) for cell in row) for row in texts]
    return "\n".join(rows) + ("\n" if len(rows) > 1 or rows == [""] else "")


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def spans_within(spans: Sequence[Span], area: Span) -> list[Span]:
    """The merged cells that begin in an area, as far as they lie in it, counted from its corner."""
    found = []
    for span in spans:
        row, column = span.row - area.row, span.column - area.column
        if 0 <= row < area.rows and 0 <= column < area.columns:
            found.append(Span(row, column, min(span.rows, area.rows - row), min(span.columns, area.columns - column)))
    return found
