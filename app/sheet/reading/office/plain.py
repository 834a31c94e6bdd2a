"""Workbooks that the exact library refuses → tables, with the values as they are stored: formats are not known here.

Decides which sheet is which part, as the parts themselves say. Some programs write styles or properties that are not quite
right; what stands in the cells is worth having all the same.
"""

import zipfile
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from typing import IO, Final
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from app.sheet.captions import XLSX_RECORD
from app.sheet.reading import sentences
from app.sheet.reading.office.beside import say_hidden
from app.sheet.reading.office.lists import attribute
from app.sheet.reading.preflight.extents import Extent
from app.sheet.reading.process.wire import Reading, Table, make_table
from app.sheet.reading.showing.shown import show

_VISIBLE: Final = ("", "visible")


def read_plainly(file: IO[bytes], main: str, extents: Mapping[str, Extent]) -> Reading:
    """All that the workbook holds in visible sheets, and the rows of our own."""
    with zipfile.ZipFile(file) as archive:
        sheets = tuple(_sheets(archive, main))
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    tables: list[Table] = []
    own: tuple[tuple[str, str], ...] = ()
    remarks = [sentences.NO_FORMATS]
    for name, state, part in sheets:
        extent = extents.get(part, Extent())
        if not extent.rows:
            continue
        if state not in _VISIBLE and name != XLSX_RECORD:
            remarks.append(sentences.HIDDEN.format(sheet=name))
            continue
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        texts = {(row, column): show(value) for row, values in enumerate(rows) for column, value in enumerate(values)}
        if name == XLSX_RECORD:
            own = tuple((texts.get((row, 0), ""), texts.get((row, 1), "")) for row in range(extent.rows))
        else:
            tables.append(make_table(name, (extent.rows, extent.columns), texts, extent.spans()))
            remarks += say_hidden(name, extent)
    return Reading("xlsx", tuple(tables), own, tuple(remarks))


def _sheets(archive: zipfile.ZipFile, main: str) -> Iterator[tuple[str, str, str]]:
    """Name, state and part of every sheet."""
    folder, _, name = main.rpartition("/")
    links = ET.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))  # noqa: S314  the preflight refuses declarations
    parts = {attribute(link, "Id"): normpath(join("/", folder, attribute(link, "Target")))[1:] for link in links}
    for sheet in ET.fromstring(archive.read(main)).iterfind("./{*}sheets/{*}sheet"):  # noqa: S314  the same
        yield attribute(sheet, "name"), attribute(sheet, "state"), parts.get(attribute(sheet, "id"), "")
