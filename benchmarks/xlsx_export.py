"""The xlsx painter against XlsxWriter writing the same cells with no program around it.

The peer is given everything ready-made: positions, values, formulas, formats, heights. Both files must be equal byte
for byte, so both did the same work.
"""

import io
from typing import Any, Final

import xlsxwriter

from app.sheet import captions, xlsx
from benchmarks.figure import measure_in_turns, say_ratio
from benchmarks.forms import grid_of, real_form

TARGET: Final = 1.3
REPEATS: Final = 15


def measure(repeats: int = REPEATS) -> None:
    """Print the figure, once both files are equal byte for byte."""
    grid = grid_of(real_form())
    sheet = xlsx.arrange(grid)
    ready = [_ready(entry) for entry in sheet.entries]
    if xlsx.paint(grid) != write_plainly(sheet, ready):
        raise AssertionError("the two workbooks differ: the comparison means nothing")
    pairs = measure_in_turns(lambda: xlsx.paint(grid), lambda: write_plainly(sheet, ready), repeats)
    say_ratio("xlsx export ÷ XlsxWriter alone", TARGET, pairs, f"{len(ready)} cells")


def _ready(entry: xlsx.Entry) -> tuple[Any, ...]:
    cell = entry.cell
    style = (
        cell.role.value,
        cell.align.value,
        cell.is_open_above,
        cell.is_open_below,
        entry.number_format,
        entry.is_split,
    )
    corners = (entry.top, cell.column, entry.bottom, cell.column + cell.columns - 1)
    return corners, entry.value, entry.formula, style, xlsx.properties(entry)


def write_plainly(sheet: xlsx.Sheet, ready: list[tuple[Any, ...]]) -> bytes:
    """What a short script for this one table would do."""
    buffer = io.BytesIO()
    options: dict[str, object] = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    options["default_format_properties"] = {"font_name": "Arial", "font_size": 10}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": sheet.title, "author": sheet.author, "created": xlsx.CREATED})
    page = workbook.add_worksheet(captions.XLSX_SHEET)
    xlsx.set_up_page(page, sheet)
    formats: dict[Any, Any] = {}
    for (top, left, bottom, right), value, formula, style, properties in ready:
        if style not in formats:
            formats[style] = workbook.add_format(properties)
        face = formats[style]
        if (top, left) != (bottom, right):
            page.merge_range(top, left, bottom, right, "" if formula else value, face)
            if formula:
                page.write_formula(top, left, formula, face, value)
        elif formula:
            page.write_formula(top, left, formula, face, value)
        elif isinstance(value, float):
            page.write_number(top, left, value, face)
        elif value:
            page.write_string(top, left, value, face)
        else:
            page.write_blank(top, left, "", face)
    workbook.close()
    return buffer.getvalue()
