"""OpenDocument spreadsheets (.ods) → tables: what LibreOffice makes of our own files.

Decides how far repeated cells go. The file itself holds every text as it is shown.
"""

import zipfile
from collections.abc import Iterator
from typing import IO, Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from app.sheet.captions import XLSX_RECORD
from app.sheet.reading import sentences
from app.sheet.reading.office.beside import say_boxes, say_hidden
from app.sheet.reading.office.lists import attribute, children, local_name
from app.sheet.reading.preflight.extents import Extent
from app.sheet.reading.preflight.spreadsheets import MOST_ROWS, repeats
from app.sheet.reading.process.wire import Reading, Table, make_table

_GROUPS: Final = frozenset({"table-rows", "table-header-rows", "table-row-group"})
_CELLS: Final = ("table-cell", "covered-table-cell")
_SHAPES: Final = frozenset({"text-box", "custom-shape", "rect", "ellipse"})
_HIDDEN: Final = ("collapse", "filter")
_MOST_SPACES: Final = 32_767
_UNSEEN: Final = frozenset({"annotation", "note"})


def read_ods(file: IO[bytes], main: str) -> Reading:
    """All that the spreadsheet shows, and our record if it has one."""
    with zipfile.ZipFile(file) as archive:
        root = ET.fromstring(archive.read(main))  # noqa: S314  the preflight refuses declarations
    hidden = set(_hidden_styles(root))
    tables: list[Table] = []
    remarks: list[str] = []
    own: tuple[tuple[str, str], ...] = ()
    for sheet in root.iterfind("./{*}body/{*}spreadsheet/{*}table"):
        name = attribute(sheet, "name")
        extent = Extent()
        table = _read_sheet(sheet, name, extent)
        if name == XLSX_RECORD:
            texts = {(row, column): text for row, column, _, _, text in table.boxes}
            own = tuple((texts.get((row, 0), ""), texts.get((row, 1), "")) for row in range(table.rows))
        elif table.boxes and attribute(sheet, "style-name") in hidden:
            remarks.append(sentences.HIDDEN.format(sheet=name))
        elif table.boxes:
            tables.append(table)
            remarks += [*say_hidden(name, extent), *say_boxes(_box_texts(sheet))]
    return Reading("ods", tuple(tables), own, tuple(remarks))


def _hidden_styles(root: Element) -> Iterator[str]:
    for style in root.iterfind("./{*}automatic-styles/{*}style"):
        if any(attribute(each, "display") == "false" for each in children(style, "table-properties")):
            yield attribute(style, "name")


def _box_texts(sheet: Element) -> Iterator[str]:
    for each in sheet.iter():
        if local_name(each) in _SHAPES:
            yield " ".join("".join(_pieces(line)) for line in each.iter() if local_name(line) == "p")


def _hide_columns(sheet: Element, extent: Extent) -> None:
    left = 0
    for each in sheet.iter():
        if local_name(each) == "table-column":
            wide = repeats(each.attrib, "number-columns-repeated", MOST_ROWS)
            if attribute(each, "visibility") in _HIDDEN:
                extent.hide_columns(left + 1, left + wide)
            left += wide


def _read_sheet(sheet: Element, name: str, extent: Extent) -> Table:
    _hide_columns(sheet, extent)
    texts: dict[tuple[int, int], str] = {}
    top = 0
    for row in _rows(sheet):
        times = repeats(row.attrib, "number-rows-repeated", MOST_ROWS)
        left = 0
        if attribute(row, "visibility") in _HIDDEN:
            extent.hide_row(top + times)
        for cell in row:
            if local_name(cell) not in _CELLS:
                continue
            wide = repeats(cell.attrib, "number-columns-repeated", MOST_ROWS)
            text = "\n".join("".join(_pieces(each)) for each in children(cell, "p"))
            if text:
                extent.widen(top + times, left + wide)
                places = ((r, c) for r in range(top, top + times) for c in range(left, left + wide))
                texts.update(dict.fromkeys(places, text))
            rows, columns = (
                repeats(cell.attrib, "number-rows-spanned", MOST_ROWS),
                repeats(cell.attrib, "number-columns-spanned", MOST_ROWS),
            )
            if rows * columns > 1:
                extent.add_merge((top + 1, left + 1, top + rows, left + columns))
            left += wide
        top += times
    extent.settle()
    return make_table(name, (extent.rows, extent.columns), texts, extent.spans())


def _rows(holder: Element) -> Iterator[Element]:
    for child in holder:
        name = local_name(child)
        if name == "table-row":
            yield child
        elif name in _GROUPS:
            yield from _rows(child)


def _pieces(element: Element) -> Iterator[str]:
    """The text of a paragraph, with the spaces and breaks that stand in it as elements."""
    yield element.text or ""
    for child in element:
        match local_name(child):
            case "s":
                yield " " * repeats(child.attrib, "c", _MOST_SPACES)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case name if name not in _UNSEEN:
                yield from _pieces(child)
        yield child.tail or ""
