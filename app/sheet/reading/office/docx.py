"""Word documents (.docx) → tables, with the paragraphs above and between them as rows of one cell.

Decides which tables belong together and what of a paragraph is its text: what is on the page, with the numbers that Word
sets, without what was deleted. Nothing but the document's own part is read: pictures and links stay where they are.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import IO, Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from app.sheet.reading.office.boxes import Content, Nested, Slot, flatten
from app.sheet.reading.office.lists import Numbering, attribute, children, local_name, read_numbering
from app.sheet.reading.process.wire import Reading, Table
from app.sheet.reading.refusal import Reason, Refusal

_UNSEEN: Final = frozenset({"pPr", "rPr", "del", "moveFrom", "Fallback", "rt"})
_WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)
_MARKS: Final = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "cr": "\n"}
_NO_LINE_ENDS: Final = ("page", "column")
_BESIDE: Final = "\v"  # between a paragraph and what stands in a box of its own
_CONTINUED: Final = "continue"
_CODE: Final = re.compile("[0-9A-Fa-f]{4}")
_LIKENESS: Final = 50  # of the width: edges may be so far apart in tables that go on with each other


def read_docx(file: IO[bytes], main: str) -> Reading:
    """All tables of the document; ``main`` is the name of its part in the archive."""
    folder = main.rpartition("/")[0]
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        parts = [f"{folder}/{name}" if folder else name for name in ("numbering.xml", "styles.xml")]
        root = ET.fromstring(archive.read(main))  # noqa: S314  the preflight refuses declarations
        further = [ET.fromstring(archive.read(name)) if name in names else None for name in parts]  # noqa: S314  the same
    body = next(children(root, "body"), None)
    if body is None:
        raise Refusal(Reason.OTHER_OFFICE)
    return Reading("docx", tuple(_Reader(read_numbering(*further)).tables(body)))


class _Reader:
    """Remembers the numbers of lists on the way through the document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering

    def tables(self, body: Element) -> Iterator[Table]:
        """One per run of tables of the same columns, each with the paragraphs before it."""
        inside: list[Content] = []
        widths: tuple[int, ...] = ()
        paragraphs: list[Content] = []
        for block in _blocks(body):
            if local_name(block) == "p":
                text = self._paragraph(block)
                paragraphs += [text] if text.strip() else []
                continue
            table, own = self._table(block), _widths(block)
            if inside and widths and not _are_alike(own, widths):
                yield flatten(inside)
                inside = []
            inside += [*paragraphs, table]
            widths, paragraphs = own, []
        if inside or paragraphs:
            yield flatten([*inside, *paragraphs])

    def _table(self, table: Element) -> Nested:
        slots: list[Slot] = []
        below: dict[int, int] = {}  # by column: the slot that goes on in the next row
        width = len(_widths(table))
        rows = list(_inside(table, "tr"))
        for number, row in enumerate(rows):
            above, below = below, {}
            column = _count(_property(row, "trPr", "gridBefore"))
            for cell in _inside(row, "tc"):
                columns = max(1, _count(_property(cell, "tcPr", "gridSpan")))
                merge, beside = _property(cell, "tcPr", "vMerge"), _property(cell, "tcPr", "hMerge")
                start = above.get(column)
                if beside == _CONTINUED and slots and slots[-1].row == number:
                    slots[-1] = replace(slots[-1], columns=slots[-1].columns + columns)
                elif merge == _CONTINUED and start is not None and slots[start].columns == columns:
                    slots[start] = replace(slots[start], rows=slots[start].rows + 1)
                    below[column] = start
                else:
                    slots.append(Slot(number, column, 1, columns, self._content(cell)))
                    below[column] = len(slots) - 1
                column += columns
            width = max(width, column)
        return Nested(len(rows), width, tuple(slots))

    def _content(self, cell: Element) -> tuple[Content, ...]:
        """Texts and tables from the top; one text when there is no table in it."""
        contents: list[Content] = []
        lines: list[str] = []
        for block in _blocks(cell):
            if local_name(block) == "p":
                lines.append(self._paragraph(block))
            else:
                contents += [*_joined(lines), self._table(block)]
                lines = []
        contents += _joined(lines)
        return tuple(contents) or ("",)

    def _paragraph(self, paragraph: Element) -> str:
        number = self._numbering.next_number(paragraph)
        text = "".join(_pieces(paragraph)).strip(_BESIDE).replace(_BESIDE, "\n")
        return number + text if text.strip() else text


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a cell as its lines, without blank ones above and below."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    if filled:
        yield "\n".join(lines[filled[0] : filled[-1] + 1])


def _pieces(element: Element) -> Iterator[str]:
    """What of an element is seen on the page, piece by piece."""
    for child in element:
        name = local_name(child)
        if name in _UNSEEN or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "br":
            yield "" if attribute(child, "type") in _NO_LINE_ENDS else "\n"
        elif name == "sym":
            yield _symbol(attribute(child, "char"))
        else:
            yield _BESIDE * (name == "p")
            yield from _pieces(child)


def _is_hidden(run: Element) -> bool:
    return any(attribute(each, "val") not in ("0", "false") for each in _properties(run, "rPr", "vanish"))


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if _CODE.fullmatch(code) else ""


def _blocks(element: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body or cell, in order."""
    return _inside(element, "p", "tbl")


def _inside(element: Element, *names: str) -> Iterator[Element]:
    """The children of some names, those in content controls and insertions too."""
    for child in element:
        name = local_name(child)
        if name in names:
            yield child
        elif name in _WRAPPERS:
            yield from _inside(child, *names)


def _properties(element: Element, holder: str, name: str) -> Iterator[Element]:
    return (each for properties in children(element, holder) for each in children(properties, name))


def _property(element: Element, holder: str, name: str) -> str:
    """What a property says, "" when it is not there; a merge that says nothing goes on."""
    return next((attribute(each, "val") or _CONTINUED for each in _properties(element, holder, name)), "")


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _widths(table: Element) -> tuple[int, ...]:
    return tuple(_count(attribute(each, "w")) for each in _properties(table, "tblGrid", "gridCol"))


def _are_alike(these: tuple[int, ...], those: tuple[int, ...]) -> bool:
    """Whether the columns of two tables stand below each other."""
    if len(these) != len(those):
        return False
    edges = zip(accumulate(these), accumulate(those), strict=True)
    return all(abs(one - other) * _LIKENESS <= max(sum(these), sum(those)) for one, other in edges)
