"""Workbooks (.xlsx, .xlsm) → tables: every visible sheet within the extent that the preflight saw.

Decides which sheets are read. Values are those that were saved; formulas are never computed.
"""

import warnings
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from openpyxl import load_workbook
from openpyxl.utils.datetime import from_excel

from app.sheet.captions import XLSX_RECORD
from app.sheet.reading import sentences
from app.sheet.reading.office.beside import say_hidden
from app.sheet.reading.preflight.extents import Extent
from app.sheet.reading.process.wire import Reading, Table, make_table
from app.sheet.reading.showing import captions
from app.sheet.reading.showing.formats import numbered_format
from app.sheet.reading.showing.shown import Value, show

_FIRST_OWN_FORMAT: Final = 164


def read_xlsx(file: IO[bytes], extents: Mapping[str, Extent]) -> Reading:
    """All that the workbook shows, and our record if it has one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of whatever it leaves out
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        tables: list[Table] = []
        remarks: list[str] = []
        own: tuple[tuple[str, str], ...] = ()
        for sheet in book.worksheets:
            extent = extents.get(sheet._worksheet_path, Extent())  # type: ignore[attr-defined]  # noqa: SLF001  which part it reads, it says nowhere else
            if sheet.title == XLSX_RECORD:
                own = _read_pairs(sheet, extent)
            elif not extent.rows:
                continue
            elif sheet.sheet_state != "visible":
                remarks.append(sentences.HIDDEN.format(sheet=sheet.title))
            else:
                tables.append(_read_sheet(sheet, extent))
                remarks += [*_unsolved(sheet.title, extent.unsolved), *say_hidden(sheet.title, extent)]
    return Reading("xlsx", tuple(tables), own, tuple(remarks))


def _read_pairs(sheet: Any, extent: Extent) -> tuple[tuple[str, str], ...]:
    if not extent.rows:
        return ()
    rows = sheet.iter_rows(min_row=1, max_row=extent.rows, min_col=1, max_col=2)
    return tuple((str(name.value or ""), str(piece.value or "")) for name, piece in rows)


def _read_sheet(sheet: Any, extent: Extent) -> Table:
    texts = {(cell.row - 1, cell.column - 1): text for cell, text in _read_cells(sheet, extent) if text}
    return make_table(sheet.title, (extent.rows, extent.columns), texts, extent.spans())


def _read_cells(sheet: Any, extent: Extent) -> Iterator[tuple[Any, str]]:
    formats: dict[int, tuple[int, str]] = {}
    for row in sheet.iter_rows(min_row=1, max_row=extent.rows, min_col=1, max_col=extent.columns):
        for cell in row:
            if cell.value is not None:
                style = cell._style_id  # noqa: SLF001  asking for the format itself costs ten times as much
                if style not in formats:
                    formats[style] = _format(cell)
                yield cell, show(_with_date(cell.value, formats[style][0], sheet.parent.epoch), formats[style][1])


def _format(cell: Any) -> tuple[int, str]:
    """The number of a cell's format, and the format."""
    number = cell.style_array.numFmtId
    return number, numbered_format(number) if number < _FIRST_OWN_FORMAT else cell.number_format


def _with_date(value: Value, number: int, epoch: Any) -> Value:
    """The Chinese formats of dates are not known to the library: their values are still numbers."""
    is_date = number in captions.FORMATS and isinstance(value, int | float) and not isinstance(value, bool)
    if not is_date:
        return value
    try:
        return from_excel(value, epoch)  # type: ignore[no-any-return]  # a datetime or a time
    except (OverflowError, ValueError):
        return value


def _unsolved(sheet: str, places: list[str]) -> Iterator[str]:
    if places:
        count = len(places)
        shown = places[0] if count == 1 else sentences.MORE_PLACES.format(first=places[0], count=count)
        yield sentences.NO_RESULT.format(sheet=sheet, places=shown)
