"""C50: a file that was just written, opened again: every number on it is that of the table, and its sums add up anew.

Decides which numbers are looked for and what is said when one is another. Word files and PDFs are read by the very process
that reads files of others; what it does not manage in its time and memory is said, never passed over. Writes nothing for good.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.sheet.files import set_aside
from app.sheet.grid import Cell, Grid, Role
from app.sheet.handover import sentences
from app.sheet.handover.cells import NoWorkbook, read_bytes, read_sheets
from app.sheet.handover.comparison.comparing import differing_numbers, find_table
from app.sheet.reading.process.child import read_apart
from app.sheet.reading.process.wire import lay_out
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.sniffing import HEAD, sniff

_WORKBOOK: Final = ".xlsx"
# Says nothing against the file, only that more is in it than a form has, or that there is no time, memory or process.
_UNREAD: Final = frozenset(
    {Reason.SLOW, Reason.HUNGRY, Reason.TOO_MUCH, Reason.TOO_LARGE, Reason.BLOATED, Reason.NOT_STARTED}
)


class Differs(AppError):
    """A file that was written does not say the numbers of its table."""


def check_contents(grid: Grid, contents: Mapping[str, bytes], target: Path) -> tuple[str, ...]:
    """The same for files that go into a letter or a package, by their endings; each stands beside ``target`` for a moment."""
    remarks: list[str] = []
    for suffix, content in contents.items():
        with set_aside(target, content, suffix) as path:
            remarks += check_file(grid, path)
    return tuple(remarks)


def check_file(grid: Grid, path: Path) -> tuple[str, ...]:
    """Differs when the file at ``path`` does not say the grid's numbers; what could not be looked at, as sentences."""
    try:
        wrong = next(_read_workbook(grid, path) if path.suffix.lower() == _WORKBOOK else _read_paper(grid, path), None)
    except (Refusal, NoWorkbook, AppError) as error:
        refusal = error if isinstance(error, Refusal) else error.__cause__
        if isinstance(refusal, Refusal) and refusal.reason in _UNREAD:
            return (sentences.UNCHECKED.format(suffix=path.suffix),)
        raise Differs(sentences.NOT_REREAD) from error
    if wrong is not None:
        cell, found = wrong
        raise Differs(sentences.OTHER_NUMBER.format(wanted=cell.text, found=found or sentences.BLANK))
    return ()


def _read_workbook(grid: Grid, path: Path) -> Iterator[tuple[Cell, str]]:
    table = find_table(read_sheets(read_bytes(path)))
    if table is None:
        raise Refusal(Reason.BROKEN)
    return differing_numbers(grid, table)


def _read_paper(grid: Grid, path: Path) -> Iterator[tuple[Cell, str]]:
    with path.open("rb") as file:
        family = sniff(file.read(HEAD))
    tables = [lay_out(table) for table in read_apart(family.value, path).tables]
    for table in tables:
        shifts = {
            row: _shift(grid, row, table) for row in {cell.row for cell in grid.cells if cell.role is Role.HEADER}
        }
        if len(tables) == 1 or any(shift is not None for shift in shifts.values()):
            return _differing_texts(grid, table, shifts)
    raise Refusal(Reason.BROKEN)


def _differing_texts(grid: Grid, found: Grid, shifts: Mapping[int, int | None]) -> Iterator[tuple[Cell, str]]:
    """Numbers that read otherwise, blanks and line ends apart; rows are counted from the heading above them."""
    texts = {(cell.row, cell.column): cell.text for cell in found.cells}
    for cell in grid.cells:
        if cell.number is None:
            continue
        above = max((row for row in shifts if row <= cell.row), default=None)
        shift = 0 if above is None else shifts[above]
        text = texts.get((cell.row + (shift or 0), cell.column), "")
        if _squeeze(text) != _squeeze(cell.text):
            yield cell, text


def _shift(grid: Grid, heading: int, found: Grid) -> int | None:
    """How many rows lower than in the grid a heading row stands in what was read; None where it does not stand."""
    wanted = {
        cell.column: _squeeze(cell.text)
        for cell in grid.cells
        if cell.row == heading and cell.role is Role.HEADER and cell.text.strip()
    }
    rows: dict[int, dict[int, str]] = {}
    for cell in found.cells:
        rows.setdefault(cell.row, {})[cell.column] = _squeeze(cell.text)
    shifts = [row - heading for row, texts in rows.items() if wanted.items() <= texts.items()]
    return min(shifts, key=abs, default=None)


def _squeeze(text: str) -> str:
    return "".join(text.split())
