"""Workbooks of Excel 97 to 2003 and of WPS (.xls, .et) → tables.

Decides which compound file is one. Values come from the library, formats and errors from `biff`: without them 87.5%
would be 0.875.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Final

from python_calamine import CalamineWorkbook

from app.sheet.captions import XLSX_RECORD
from app.sheet.reading import sentences
from app.sheet.reading.office.beside import say_boxes, say_hidden
from app.sheet.reading.office.biff import Page, Records, read_records
from app.sheet.reading.office.compound import Compound
from app.sheet.reading.process.wire import Reading, Table, make_table
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.showing.formats import numbered_format
from app.sheet.reading.showing.shown import Value, show

_STREAM: Final = "Workbook"
_OTHERS: Final = (
    ("EncryptionInfo", Reason.ENCRYPTED),
    ("EncryptedPackage", Reason.ENCRYPTED),
    ("Book", Reason.OLD_WORKBOOK),
    ("WordDocument", Reason.OLD_WORD),
    ("PowerPoint Document", Reason.PRESENTATION),
)

Cell = tuple[tuple[int, int], str]  # row and column from 0, and what is shown


def read_xls(content: bytes) -> Reading:
    """All that the workbook shows, and our record if it has one."""
    compound = Compound(content)
    for name, reason in _OTHERS:
        if name in compound.names and _STREAM not in compound.names:
            raise Refusal(reason)
    if _STREAM not in compound.names:
        raise Refusal(Reason.OTHER_OFFICE)
    records = read_records(compound.stream(_STREAM))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    tables: list[Table] = []
    remarks: list[str] = []
    own: tuple[tuple[str, str], ...] = ()
    for name, page in records.pages.items():
        if not page.extent.rows:
            continue
        if not page.is_visible and name != XLSX_RECORD:
            remarks.append(sentences.HIDDEN.format(sheet=name))
            continue
        texts = dict(_read_cells(book.get_sheet_by_name(name).to_python(skip_empty_area=False), page, records))
        if name == XLSX_RECORD:
            own = tuple((texts.get((row, 0), ""), texts.get((row, 1), "")) for row in range(page.extent.rows))
        else:
            tables.append(_make_table(name, page, texts))
            remarks += [*say_hidden(name, page.extent), *say_boxes(page.boxes)]
    return Reading("xls", tuple(tables), own, tuple(remarks))


def _read_cells(rows: Sequence[Sequence[Value]], page: Page, records: Records) -> Iterator[Cell]:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = row, column
            number_format = numbered_format(page.formats.get(place, 0), records.formats)
            text = page.errors.get(place) or show(value, number_format)
            if text:
                yield place, text


def _make_table(name: str, page: Page, texts: dict[tuple[int, int], str]) -> Table:
    extent = page.extent
    return make_table(name, (extent.rows, extent.columns), texts, extent.spans())
