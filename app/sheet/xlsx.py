"""The Grid as an Excel workbook: one sheet, the same cells and merges, printed on A4 as wide as the page.

Decides faces, lines, column widths and which cells are numbers and live sums; `arrange` settles it as a value, `write`
only writes. Knows no form. Nothing a user typed becomes a formula or a link; equal Grids give equal bytes.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, chain, pairwise
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_range

from app.form.text import utf16_length
from app.sheet import captions
from app.sheet.grid import Cell, Grid, Header, Paper, Role
from app.sheet.heights import count_lines, fit_rows, split_row, text_height
from app.sheet.numbers import number_format
from app.sheet.workbook.annex import Facts, Notes, add_notes, add_record
from app.sheet.workbook.text import MOST_CHARACTERS, clean, header_text, shield, too_long

_MOST_ARGUMENTS: Final = 255
_MILLIMETRES_PER_INCH: Final = 25.4
_PIXELS_PER_INCH: Final = 96
_A4_SHORT: Final = 210
_A4_LONG: Final = 297
_A4_CODE: Final = 9
_LEAST_PIXELS: Final = 12
# Excel keeps a gap on both sides of a text; of the rest (0.75 points a pixel) printers' rounding may take a twentieth.
_GAP_PIXELS: Final = 7
_USABLE_POINTS: Final = 0.75 * 0.95
# Fixed, so that the bytes depend on the Grid alone; when the file was made is what its folder tells.
CREATED: Final = datetime(2024, 1, 1)  # noqa: DTZ001  XlsxWriter writes it unchanged as UTC
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Column widths count digits of this face: 7 pixels in Arial 10 and in what replaces it, 7 to 9 in Calibri 11.
_STANDARD: Final = {"font_name": "Arial", "font_size": 10}

_TITLE_SIZE: Final = 18.0
_SUBTITLE_SIZE: Final = 12.0
_BODY_SIZE: Final = 10.0
# A number that needs this much more than its cell by the generous estimate still fits in SimSun; other faces shrink it.
_NUMBER_SLACK: Final = 1.3
_UNLINED: Final = (Role.TITLE, Role.SUBTITLE)
_SONG_ROLES: Final = (Role.BODY, Role.SUBTITLE)


class Entry(NamedTuple):  # a third of the time that a frozen dataclass takes to make, and there is one per cell
    """A cell in the sheet rows ``top``..``bottom``: a text (``number_format`` is "") or a number, by ``formula`` if not ""."""

    cell: Cell
    top: int
    bottom: int
    value: str | float
    formula: str
    number_format: str

    @property
    def is_split(self) -> bool:
        """One row on paper, several in Excel: the text goes over pages and must begin on the first."""
        return self.cell.rows == 1 and self.bottom > self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the workbook will hold: ``widths`` in pixels, ``heights`` in points, one per sheet row."""

    title: str
    author: str
    paper: Paper
    widths: tuple[int, ...]
    heights: tuple[float, ...]
    entries: tuple[Entry, ...]
    repeated: tuple[int, int] | None
    marking: str = ""
    code: str = ""


def paint(grid: Grid, notes: Notes = (), record: str = "", facts: Facts = ()) -> bytes:
    """The workbook file. AppError when a text is longer than an Excel cell can hold.

    ``notes`` are the rows of a second sheet, headings first; ``record`` is what a hidden sheet keeps for programs, beside the
    grid's code and the ``facts`` about it. Without them the sheets are left out.
    """
    return write(arrange(grid), notes, record, facts)


def arrange(grid: Grid) -> Sheet:
    """Where everything stands; a grid row higher than Excel's 409 points takes several sheet rows, merged."""
    edges = _column_edges(grid)
    contents = list(_measure(grid.cells, edges))
    least = text_height(1, _BODY_SIZE)
    heights = fit_rows(grid.row_count, least, ((cell.row, cell.rows, need) for cell, _, _, need in contents))
    parts = [split_row(height) for height in heights]
    starts = list(accumulate(map(len, parts), initial=0))
    numbers = {(cell.row, cell.column): cell for cell, _, shown, _ in contents if shown}
    return Sheet(
        title=clean(grid.title),
        author=clean(grid.author),
        paper=grid.paper,
        widths=tuple(right - left for left, right in pairwise(edges)),
        heights=tuple(chain.from_iterable(parts)),
        entries=tuple(
            Entry(
                cell,
                starts[cell.row],
                starts[cell.row + cell.rows] - 1,
                float(cell.number) if shown and cell.number is not None else text,
                _sum_formula(cell, numbers, starts) if cell.sum_of else "",
                shown,
            )
            for cell, text, shown, _ in contents
        ),
        repeated=_repeated_rows(grid.headers, starts),
        marking=clean(grid.marking),
        code=grid.code,
    )


def _column_edges(grid: Grid) -> list[int]:
    paper = grid.paper
    inner = (_A4_LONG if paper.is_landscape else _A4_SHORT) - float(paper.left + paper.right)
    pixels = inner / _MILLIMETRES_PER_INCH * _PIXELS_PER_INCH
    scale = pixels / (float(sum(grid.widths)) or 1.0)
    widths = (max(_LEAST_PIXELS, round(float(share) * scale)) for share in grid.widths)
    return list(accumulate(widths, initial=0))


def _measure(cells: Iterable[Cell], edges: list[int]) -> Iterator[tuple[Cell, str, str, float]]:
    """Each cell with its text, its number format ("" for text) and the height it needs in points."""
    for cell in cells:
        text, size, shown = clean(cell.text), _size(cell.role), ""
        width = (edges[cell.column + cell.columns] - edges[cell.column] - _GAP_PIXELS) * _USABLE_POINTS / size
        # A number that is too wide would show as ####, where a text wraps.
        if cell.number is not None and count_lines(text, width * _NUMBER_SLACK) == 1:
            shown = number_format(text, cell.number) or ""
        elif len(text) > MOST_CHARACTERS // 2 and utf16_length(text) > MOST_CHARACTERS:
            raise too_long(text)
        yield cell, text, shown, text_height(1 if shown else count_lines(text, width), size)


def _size(role: Role) -> float:
    """In points."""
    if role is Role.TITLE:
        return _TITLE_SIZE
    return _SUBTITLE_SIZE if role is Role.SUBTITLE else _BODY_SIZE


def _repeated_rows(headers: tuple[Header, ...], starts: list[int]) -> tuple[int, int] | None:
    """Excel repeats one range only, on every later page: the header that heads the most rows."""
    if not headers:
        return None
    header = max(headers, key=lambda header: header.until - header.last)
    return starts[header.first], starts[header.last + 1] - 1


def _sum_formula(cell: Cell, numbers: Mapping[tuple[int, int], Cell], starts: list[int]) -> str:
    """The live sum, or "" where a recalculation would not give the figure shown: some part of it stands as text."""
    place = cell.row, cell.column
    if place not in numbers or place in cell.sum_of:
        return ""
    parts = [numbers[place] for place in cell.sum_of if place in numbers]
    if sum(part.number or 0 for part in parts) != cell.number:
        return ""
    ranges = _ranges(parts, starts)
    return f"=SUM({','.join(ranges)})" if len(ranges) <= _MOST_ARGUMENTS else ""


def _ranges(parts: list[Cell], starts: list[int]) -> list[str]:
    """The cells' names, neighbours in a column joined: B3:B7."""
    blocks: list[tuple[int, int, int]] = []
    for part in sorted(parts, key=lambda part: (part.column, part.row)):
        top, bottom = starts[part.row], starts[part.row + part.rows] - 1
        if blocks and blocks[-1][0] == part.column and blocks[-1][2] == top - 1:
            top = blocks.pop()[1]
        blocks.append((part.column, top, bottom))
    return [xl_range(top, column, bottom, column) for column, top, bottom in blocks]


def write(sheet: Sheet, notes: Notes = (), record: str = "", facts: Facts = ()) -> bytes:
    """The workbook file that holds ``sheet``, and the sheets beside it."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS | {"default_format_properties": dict(_STANDARD)})
    workbook.set_properties({"title": sheet.title, "author": sheet.author, "created": CREATED})
    page = workbook.add_worksheet(captions.XLSX_SHEET)
    set_up_page(page, sheet)
    formats: dict[tuple[object, ...], Any] = {}
    for entry in sheet.entries:
        cell = entry.cell
        style = cell.role, cell.align, cell.is_open_above, cell.is_open_below, entry.number_format, entry.is_split
        face = formats.get(style)
        if face is None:
            face = formats[style] = workbook.add_format(properties(entry))
        _write_entry(page, entry, face)
    if notes:
        add_notes(workbook, notes, sheet.marking)
    if record or sheet.code:
        add_record(workbook, record, sheet.code, facts)
    workbook.close()
    return buffer.getvalue()


def set_up_page(page: Any, sheet: Sheet) -> None:
    """Paper, margins, footer, repeated rows, widths and heights."""
    paper = sheet.paper
    if paper.is_landscape:
        page.set_landscape()
    page.set_paper(_A4_CODE)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.hide_gridlines(2)
    page.set_margins(
        *(float(edge) / _MILLIMETRES_PER_INCH for edge in (paper.left, paper.right, paper.top, paper.bottom))
    )
    page.set_header(header_text(sheet.marking))
    page.set_footer(captions.XLSX_FOOTER)
    if sheet.repeated is not None:
        page.repeat_rows(*sheet.repeated)
    for column, width in enumerate(sheet.widths):
        page.set_column_pixels(column, column, width)
    for row, height in enumerate(sheet.heights):
        page.set_row(row, height)
    if sheet.entries:
        # Digits kept as text on purpose need no green triangle.
        used = xl_range(0, 0, len(sheet.heights) - 1, len(sheet.widths) - 1)
        page.ignore_errors({"number_stored_as_text": used})


def _write_entry(page: Any, entry: Entry, face: Any) -> None:
    cell, top, left, value = entry.cell, entry.top, entry.cell.column, entry.value
    if entry.bottom > top or cell.columns > 1:
        page.merge_range(top, left, entry.bottom, left + cell.columns - 1, "", face)
    if isinstance(value, float):
        if entry.formula:
            page.write_formula(top, left, entry.formula, face, value)
        else:
            page.write_number(top, left, value, face)
    elif value == "":
        page.write_blank(top, left, "", face)
    elif page.write_string(top, left, shield(value), face):
        raise too_long(value)


def properties(entry: Entry) -> dict[str, object]:
    """How a cell looks, in XlsxWriter's words."""
    cell, number_format = entry.cell, entry.number_format
    look: dict[str, object] = {
        "font_name": captions.SONG if cell.role in _SONG_ROLES else captions.HEI,
        "font_size": _size(cell.role),
        "align": cell.align.value,
        "valign": "top" if entry.is_split else "vcenter",
        "text_wrap": not number_format,
        "shrink": bool(number_format),
    }
    if cell.role not in _UNLINED:
        look |= {"left": 1, "right": 1, "top": int(not cell.is_open_above), "bottom": int(not cell.is_open_below)}
    if number_format:
        look["num_format"] = number_format
    return look
