"""The cells of a file beside the table that was painted from the form: what is no longer the same, cell by cell.

Decides when two values are the same: by what they say, whatever number format a program has put on them. Knows no verdict.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from app.form.form import Form
from app.form.text import excerpt
from app.review.report import name_place
from app.sheet import captions
from app.sheet.grid import Cell, Grid, Role
from app.sheet.handover import sentences
from app.sheet.handover.cells import Seen, Value
from app.sheet.handover.traits import Spot
from app.sheet.numbers import number_format
from app.sheet.recognising.fitting import fit
from app.sheet.recognising.recognition import read_outlines
from app.sheet.workbook.text import clean
from app.sheet.xlsx import Entry, arrange

_SUM: Final = re.compile(r"SUM\(([A-Z0-9:,;~]+)\)")
_RANGE: Final = re.compile(r"([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?")
_NOISE: Final = re.compile(r"[\[\].$ ]")
_MOST_CELLS: Final = 100_000  # in one sum
_MOST_NAMED: Final = 20  # characters
_MOST_LEVELS: Final = 5  # of sums in sums


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that says something else than at the export: its sheet, address, what it is called, and both texts ("": blank)."""

    sheet: str
    address: str
    name: str
    before: str
    after: str


def compare_table(form: Form, grid: Grid, seen: Seen) -> tuple[CellChange, ...]:
    """What differs between the painted table and the sheet, from the top."""
    entries = {(entry.top, entry.cell.column): entry for entry in arrange(grid).entries}
    seen = _with_sums(seen)
    different = [
        spot
        for spot in sorted(entries.keys() | seen.values.keys() | seen.traits.formulas.keys())
        if not _is_same(entries.get(spot), _value_at(seen, spot))
    ]
    if not different:
        return ()
    rows = {(entry.cell.row, entry.cell.column) for spot in different for entry in (entries.get(spot),) if entry}
    names = _name_cells(form, grid, rows)
    return tuple(
        CellChange(
            seen.name,
            xl_rowcol_to_cell(*spot),
            names.get((entry.cell.row, entry.cell.column), "") if entry else sentences.OUTSIDE,
            clean(entry.cell.text) if entry else "",
            _show(seen, spot, entry),
        )
        for spot in different
        for entry in (entries.get(spot),)
    )


def differing_numbers(grid: Grid, seen: Seen) -> Iterator[tuple[Cell, str]]:
    """The painted table's numbers that the sheet has otherwise, sums added up anew; each with what stands there."""
    seen = _with_sums(seen)
    for entry in arrange(grid).entries:
        spot = entry.top, entry.cell.column
        if entry.cell.number is not None and not _is_same(entry, _value_at(seen, spot)):
            yield entry.cell, _show(seen, spot, entry)


def find_table(sheets: Sequence[Seen]) -> Seen | None:
    """The sheet of the table: by its name, or the first one that can be seen, since it may have been renamed."""
    others = (captions.XLSX_NOTES, captions.XLSX_RECORD)
    named = [each for each in sheets if each.name == captions.XLSX_SHEET]
    seen = [each for each in sheets if each.is_visible and each.name not in others]
    return next(iter([*named, *seen]), None)


def compare_rows(rows: Sequence[Sequence[str]], seen: Seen) -> tuple[CellChange, ...]:
    """What differs between rows of texts and those of a sheet, where a row may take several: blank ones do not count."""
    width = max([len(rows[0]), *(column + 1 for _, column in seen.values)])
    numbers = sorted({row for row, _ in seen.values})
    changes = []
    for position in range(max(len(rows), len(numbers))):
        texts = [*map(clean, rows[position]), *[""] * (width - len(rows[0]))] if position < len(rows) else [""] * width
        row = numbers[position] if position < len(numbers) else (numbers[-1] if numbers else -1) + 1
        for column, text in enumerate(texts):
            after = _spell(seen.values.get((row, column), "")) if position < len(numbers) else ""
            if _plain(text) != _plain(after):
                heading = rows[0][column] if column < len(rows[0]) else ""
                name = sentences.ORDER.format(row=position + 1, header=heading)
                changes.append(CellChange(seen.name, xl_rowcol_to_cell(row, column), name, text, after))
    return tuple(changes)


def _is_same(entry: Entry | None, value: Value | None) -> bool:
    if value is None:
        return False
    if entry is None:
        return value == ""
    if isinstance(value, float):
        if isinstance(entry.value, float):
            return _decimal(value) == _decimal(entry.value)
        # Typed again in a spreadsheet program the same digits are a number.
        return number_format(entry.value, _decimal(value)) is not None
    return _plain(value) == _plain(entry.value if isinstance(entry.value, str) else entry.cell.text)


def _value_at(seen: Seen, spot: Spot) -> Value | None:
    """What the cell says after a recalculation; None for a formula that is no sum or whose kept result is another one."""
    value = seen.values.get(spot, "")
    formula = seen.traits.formulas.get(spot)
    if formula is None:
        return value
    total = _sum_of(formula, seen.values)
    return total if total is not None and value in ("", total) else None


def _with_sums(seen: Seen) -> Seen:
    """The sheet with the results that are not kept, as libraries such as openpyxl leave it: sums of sums from below."""
    lacking = {spot: formula for spot, formula in seen.traits.formulas.items() if seen.values.get(spot, "") == ""}
    values = dict(seen.values)
    for _ in range(_MOST_LEVELS if lacking else 0):
        found = {spot: total for spot, formula in lacking.items() if (total := _sum_of(formula, values)) is not None}
        if found.items() <= values.items():
            break
        values |= found
    return replace(seen, values=values) if lacking else seen


def _sum_of(formula: str, values: Mapping[Spot, Value]) -> float | None:
    match = _SUM.fullmatch(_NOISE.sub("", formula.removeprefix("of:").removeprefix("=")))
    if match is None:
        return None
    total, count = Decimal(0), 0
    for part in re.split("[,;~]", match[1]):
        found = _RANGE.fullmatch(part)
        if found is None:
            return None
        (top, left), (bottom, right) = (xl_cell_to_rowcol(name) for name in (found[1], found[2] or found[1]))
        count += max(0, bottom - top + 1) * max(0, right - left + 1)
        if count > _MOST_CELLS:
            return None
        total += _add(values, range(top, bottom + 1), range(left, right + 1))
    return float(total)


def _add(values: Mapping[Spot, Value], rows: range, columns: range) -> Decimal:
    found = (values.get((row, column)) for row in rows for column in columns)
    return sum((_decimal(value) for value in found if isinstance(value, float)), Decimal(0))


def _name_cells(form: Form, grid: Grid, places: Collection[Spot]) -> Mapping[Spot, str]:
    """What cells of the grid are called: as the review calls them, or by their headings where nothing was typed."""
    names = {place: _name_by_headings(grid, *place) for place in places}
    for outline in read_outlines((grid,)):
        recognition = fit(outline, form.template)
        for place, refs in recognition.sources.items():
            if place.section != "stated" and any((ref.row, ref.column) in places for ref in refs):
                names |= {(ref.row, ref.column): name_place(recognition.form, place) for ref in refs}
    return names


def _name_by_headings(grid: Grid, row: int, column: int) -> str:
    own = next(cell for cell in grid.cells if (cell.row, cell.column) == (row, column))
    if own.role is not Role.TOTAL or own.number is None:
        return excerpt(own.text, _MOST_NAMED)
    label = next((cell.text for cell in grid.cells if cell.row == row), "")
    headings = [cell for cell in grid.cells if cell.role is Role.HEADER and cell.column == column and cell.row < row]
    heading = max(headings, key=lambda cell: cell.row).text if headings else ""
    return sentences.CELL.format(row=excerpt(label, _MOST_NAMED), header=excerpt(heading, _MOST_NAMED))


def _show(seen: Seen, spot: Spot, entry: Entry | None) -> str:
    value = _value_at(seen, spot)
    if value is None:
        return sentences.FORMULA.format(formula=seen.traits.formulas[spot])
    if isinstance(value, float) and entry is not None and entry.number_format.endswith("%"):
        return f"{_decimal(value).scaleb(2).normalize():f}%"
    return _spell(value)


def _spell(value: Value) -> str:
    return value if isinstance(value, str) else f"{_decimal(value).normalize():f}"


def _decimal(value: float) -> Decimal:
    """As a spreadsheet has it: 15 significant digits."""
    return Decimal(f"{value:.15g}")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
