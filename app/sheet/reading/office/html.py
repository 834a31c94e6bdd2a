"""HTML as WPS, Excel and Word put it on the clipboard → tables, with the paragraphs above and between them as rows of one cell.

Decides which tables belong together and where a cell stands. Pictures, links, scripts and styles are never looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final

from app.sheet.reading import sentences
from app.sheet.reading.office.boxes import Content, Nested, Slot, flatten
from app.sheet.reading.process.wire import MOST_CELLS, Reading
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.showing.passage import HARD, PARAGRAPHS, UNSEEN, Passage

_END: Final = "<!--EndFragment-->"
_MOST_SPANNED: Final = 1000
_MOST_DEPTH: Final = 20
_KEPT: Final = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACE_RUN: Final = "mso-spacerun"
_MAY_HIDE: Final = frozenset({"p", "span", "div"})
_CELLS: Final = frozenset({"tr", "td", "th"})
_VOID: Final = frozenset({"br", "img", "col", "hr", "input", "link", "meta", "area", "base", "wbr"})


def read_html(content: bytes) -> Reading:
    """All tables of a page. Refusal when there is none, or more than a form could have."""
    whole = content.decode("utf-8", "replace")
    # Before the first tag Windows says where the fragment stands.
    markup = whole[max(0, whole.find("<")) :]
    parser = _Page()
    # Behind the end of the fragment Excel has rows that only hold widths. "<![if" is Office's own, and not every Python can read it.
    parser.feed(markup.partition(_END)[0].replace("<![", "<! ["))
    parser.close()
    tables = tuple(map(flatten, _groups(parser.contents())))
    hidden = parser.hidden_rows
    return Reading("text", tables, remarks=(sentences.HIDDEN_IN_COPY.format(count=hidden),) if hidden else ())


def _groups(contents: list[Content]) -> Iterator[list[Content]]:
    """The tables that have as many columns as the one before go on with it; paragraphs belong to the table below them."""
    group: list[Content] = []
    width, waiting = 0, list[Content]()
    for each in contents:
        if isinstance(each, str):
            waiting.append(each)
            continue
        if width and each.columns != width:
            yield group
            group = []
        group, waiting, width = [*group, *waiting, each], [], each.columns
    if group or waiting:
        yield [*group, *waiting]


@dataclass(slots=True)
class _Flow:
    """Texts and tables one below the other: of the page, where each paragraph is a text of its own, or of a cell."""

    is_page: bool
    passage: Passage
    contents: list[Content] = field(default_factory=list)

    def end_paragraph(self) -> None:
        if self.is_page:
            self.end_text()
        else:
            self.passage.is_broken = True

    def end_text(self) -> None:
        text = self.passage.text()
        self.contents += [text] if text else []
        self.passage = Passage(self.passage.is_kept)


@dataclass(slots=True)
class _Open:
    """A table that is being read: its finished cells, which positions are taken, and the cell that is open."""

    is_kept: bool
    slots: list[Slot] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    row: int = -1
    column: int = 0
    size: tuple[int, int] = (1, 1)
    flow: _Flow | None = None

    def begin_row(self) -> None:
        self.end_cell()
        self.row, self.column = self.row + 1, 0

    def begin_cell(self, rows: int, columns: int) -> None:
        self.end_cell()
        self.row = max(0, self.row)
        while (self.row, self.column) in self.taken:
            self.column += 1
        self.size, self.flow = (rows, columns), _Flow(is_page=False, passage=Passage(self.is_kept))

    def end_cell(self) -> None:
        if self.flow is None:
            return
        self.flow.end_text()
        (rows, columns), content = self.size, tuple(self.flow.contents) or ("",)
        self.flow = None
        columns = next((n for n in range(1, columns) if (self.row, self.column + n) in self.taken), columns)
        if len(self.taken) + rows * columns > MOST_CELLS:
            raise Refusal(Reason.TOO_MUCH)
        self.taken.update((self.row + r, self.column + c) for r in range(rows) for c in range(columns))
        self.slots.append(Slot(self.row, self.column, rows, columns, content))
        self.column += columns

    def close(self) -> Nested | None:
        """The table without the empty rows and columns at its end, None when nothing stands in it."""
        self.end_cell()
        filled = [slot for slot in self.slots if slot.content != ("",)]
        if not filled:
            return None
        rows, columns = max(slot.row for slot in filled) + 1, max(slot.column for slot in filled) + 1
        return Nested(rows, columns, tuple(_cut(self.slots, rows, columns)))


def _cut(slots: list[Slot], rows: int, columns: int) -> Iterator[Slot]:
    for slot in slots:
        if slot.row < rows and slot.column < columns:
            yield replace(slot, rows=min(slot.rows, rows - slot.row), columns=min(slot.columns, columns - slot.column))


class _Page(HTMLParser):
    """Remembers what is open: the page, the tables within each other, and what of them is not seen."""

    def __init__(self) -> None:
        super().__init__()
        self._page = _Flow(is_page=True, passage=Passage())
        self._open: list[_Open] = []
        self._unseen: list[str] = []  # the elements that are open within one that is not seen, and it
        self.hidden_rows = 0
        self._runs: list[bool] = []  # of each open span: whether it is a run of spaces

    def contents(self) -> list[Content]:
        """All that stood there, when it has been read."""
        while self._open:
            self._end_table()
        self._page.end_text()
        return self._page.contents

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_again(tag)
        named = dict(attrs)
        style = named.get("style") or ""
        if self._unseen or tag in UNSEEN or (tag in _MAY_HIDE and _HIDDEN.search(style)):
            self._unseen += [tag] if tag not in _VOID else []
            return
        match tag:
            case "table":
                self._begin_table(style)
            case "tr" if self._open:
                self._open[-1].begin_row()
                self.hidden_rows += _HIDDEN.search(style) is not None
            case "td" | "th" if self._open:
                self._open[-1].begin_cell(_count(named.get("rowspan")), _count(named.get("colspan")))
            case "span":
                self._runs.append(_SPACE_RUN in style)
            case "br":
                self._flow.passage.break_line()
            case _ if tag in PARAGRAPHS:
                self._flow.end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        self._look_again(tag)
        if self._unseen:
            if tag in self._unseen:
                while self._unseen.pop() != tag:
                    pass
            return
        match tag:
            case "table" if self._open:
                self._end_table()
            case "td" | "th" | "tr" if self._open:
                self._open[-1].end_cell()
            case "span" if self._runs:
                self._runs.pop()
            case _ if tag in PARAGRAPHS:
                self._flow.end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        passage = self._flow.passage
        passage.add(data.replace(HARD, " ") if passage.is_kept and any(self._runs) else data)

    def _look_again(self, tag: str) -> None:
        """What is not seen ends with the cell at the latest, also where nobody closed it."""
        if tag == "body" or (tag in _CELLS and "table" not in self._unseen):
            self._unseen.clear()

    @property
    def _flow(self) -> _Flow:
        """Where a text goes now; between the cells of a table it would be lost, and stands above it."""
        return next((each.flow for each in reversed(self._open) if each.flow is not None), self._page)

    def _begin_table(self, style: str) -> None:
        if len(self._open) >= _MOST_DEPTH:
            raise Refusal(Reason.TOO_MUCH)
        self._flow.end_text()
        self._runs = []
        self._open.append(_Open(is_kept=_KEPT.search(style) is not None))

    def _end_table(self) -> None:
        table = self._open.pop().close()
        self._flow.contents += [table] if table is not None else []


def _count(text: str | None) -> int:
    return max(1, min(_MOST_SPANNED, int(text[:6]))) if text and text.isascii() and text.isdecimal() else 1
