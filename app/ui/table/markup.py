"""A block of cells as an HTML table, as Excel, WPS, Word and browsers put it on the clipboard. Knows no table and no Qt.

Decides what of the HTML is a cell's text: line breaks and runs of spaces of the source are none, <br> and paragraphs are
line breaks. Never raises, whatever it is given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Final

from app.sheet.reading.showing.passage import HARD, PARAGRAPHS, UNSEEN, Passage
from app.ui.face import Span

Texts = tuple[tuple[str, ...], ...]

WIDEST: Final = 1000  # cells that a merged one may cover, as in HTML itself
_END: Final = "<!--EndFragment-->"
_KEPT: Final = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
# Excel joins spaces unless they are hard ones in a run of their own.
_RUN: Final = re.compile("^ +|(?<= ) +| +$", re.MULTILINE)
_SPACE_RUN: Final = "mso-spacerun"
# What begins with = + - @ stays text in Excel; a line end stays in its cell; spaces stay as they are.
_HEAD: Final = (
    '<meta charset="utf-8"><style>td{mso-number-format:"\\@"}br{mso-data-placement:same-cell}</style>'
    '<table style="white-space:pre-wrap">'
)


@dataclass(slots=True)
class _Cell:
    rows: int
    columns: int
    passage: Passage


class _Tables(HTMLParser):
    """Remembers the rows of all tables; ``is_mixed`` when there is text beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[_Cell]] = []
        self.is_mixed = False
        self._cell: _Cell | None = None
        self._depth = 0  # of tables within each other
        self._is_kept = False  # whether the table's spaces are text
        self._unseen = 0
        self._runs: list[bool] = []  # of each open span: whether it is a run of spaces

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen = 0 if tag == "body" else self._unseen + (tag in UNSEEN)
        if tag == "table":
            self._depth += 1
            self._is_kept = _KEPT.search(dict(attrs).get("style") or "") is not None
        if self._depth == 1 and tag == "tr":
            self.rows.append([])
            self._cell = None
        elif self._depth == 1 and tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag == "span":
            self._runs.append(_SPACE_RUN in (dict(attrs).get("style") or ""))
        elif self._cell is not None and tag == "br":
            self._cell.passage.break_line()
        elif self._cell is not None and tag in PARAGRAPHS:
            self._cell.passage.is_broken = True

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        if not self.rows:
            self.rows.append([])
        self._cell = _Cell(_count(attrs.get("rowspan")), _count(attrs.get("colspan")), Passage(self._is_kept))
        self.rows[-1].append(self._cell)
        self._runs = []

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "span" and self._runs:
            self._runs.pop()
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
        if not self._depth or (self._depth == 1 and tag in ("td", "th", "tr")):
            self._cell = None
        elif self._cell is not None and tag in PARAGRAPHS:
            self._cell.passage.is_broken = True

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._cell is None:
            self.is_mixed = self.is_mixed or bool(data.strip())
        elif self._cell.passage.is_kept and any(self._runs):
            self._cell.passage.add(data.replace(HARD, " "))
        else:
            self._cell.passage.add(data)


def read_markup(markup: str) -> Texts:
    """The cells of the tables in some HTML, merged ones with their text in the first and none in the others.

    () when there is no table, or text beside it that would be lost.
    """
    if "<" not in markup:
        return ()
    parser = _Tables()
    # Before the first tag Windows says where the fragment stands; behind it Excel has rows that only hold widths.
    # "<![if" is Office's own, and not every Python can read it.
    body = markup[markup.index("<") :].partition(_END)[0]
    parser.feed(body.replace("<![", "<! ["))
    parser.close()
    return () if parser.is_mixed else _place(parser.rows)


def _place(rows: list[list[_Cell]]) -> Texts:
    filled: list[dict[int, str]] = [{} for _ in rows]
    for number, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while column in filled[number]:
                column += 1
            for below in filled[number : number + cell.rows]:
                below.update(dict.fromkeys(range(column, column + cell.columns), ""))
            filled[number][column] = cell.passage.text()
            column += cell.columns
    return tuple(tuple(row.get(column, "") for column in range(max(row, default=-1) + 1)) for row in filled)


def _count(text: str | None) -> int:
    return max(1, min(WIDEST, int(text[:6]))) if text and text.isascii() and text.isdecimal() else 1


def write_markup(texts: Sequence[Sequence[str]], spans: Sequence[Span] = ()) -> str:
    """An HTML table that Excel and WPS take as text; ``spans`` count from the block's corner, cells they cover are left out."""
    corners = {(span.row, span.column): span for span in spans}
    covered = {
        (row, column)
        for span in spans
        for row in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    } - corners.keys()
    rows = (
        "".join(
            _write_cell(text, corners.get((number, column)))
            for column, text in enumerate(row)
            if (number, column) not in covered
        )
        for number, row in enumerate(texts)
    )
    return _HEAD + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _write_cell(text: str, span: Span | None) -> str:
    merge = f' rowspan="{span.rows}" colspan="{span.columns}"' if span else ""
    hard = _RUN.sub(lambda run: f'<span style="{_SPACE_RUN}:yes">{HARD * len(run[0])}</span>', escape(text))
    return f"<td{merge}>{hard.replace(chr(10), '<br>')}</td>"
