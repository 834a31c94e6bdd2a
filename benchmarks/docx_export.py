"""The docx painter against python-docx writing the same cells with no program around it.

The peer uses the library's own calls as its documentation shows them: tables, merged cells, a run of text per cell, no
styles, no widths, no page numbers. It is given the cells ready-made, so it does less than the painter.
"""

import io
from typing import Final

import docx as library

from app.sheet import docx
from app.sheet.grid import Grid
from benchmarks.figure import measure_in_turns, say_ratio
from benchmarks.forms import grid_of, real_form

TARGET: Final = 1.5
REPEATS: Final = 7


def measure(repeats: int = REPEATS) -> None:
    """Print the figure."""
    grid = grid_of(real_form())
    pairs = measure_in_turns(lambda: docx.paint(grid), lambda: write_plainly(grid), repeats)
    say_ratio("docx export ÷ python-docx alone", TARGET, pairs, f"{len(grid.cells)} cells")


def write_plainly(grid: Grid) -> bytes:
    """What a short script for this one table would do."""
    document = library.Document()
    table = document.add_table(grid.row_count, len(grid.widths))
    cells = [row.cells for row in table.rows]
    for cell in grid.cells:
        first = cells[cell.row][cell.column]
        if (cell.rows, cell.columns) != (1, 1):
            first = first.merge(cells[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        first.paragraphs[0].add_run(cell.text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    measure()
