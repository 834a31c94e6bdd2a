"""The PDF painter against typst, against LibreOffice, and against itself with a hundred times the rows.

All of them make the whole table of the real form. Warm means: in a process that has made one before.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from app.form.resources import resource
from app.sheet import xlsx
from app.sheet.grid import Grid
from app.sheet.pdf import paint
from benchmarks.figure import measure_in_turns, say_ratio, say_unmeasured
from benchmarks.forms import form_with, grid_of, real_form
from benchmarks.typst_peer import typst_source

TYPST: Final = ("pdf ÷ typst", 1.5)
LIBREOFFICE: Final = ("pdf ÷ LibreOffice from xlsx", 1 / 20)
GROWTH: Final = ("pdf of 100 × the rows ÷ pdf", 110)
MANY: Final = 100
REPEATS: Final = 25
PATIENCE: Final = 120  # seconds


def measure() -> None:
    """Print the three figures."""
    grid = grid_of(real_form())
    measure_typst(grid)
    measure_libreoffice(grid)
    rows = len(real_form().indicators)
    measure_growth(grid, grid_of(form_with(MANY * rows, is_distinct=True)))


def measure_typst(grid: Grid) -> None:
    """Both make the table in this process, after an edit of one cell; what either remembers of the others may help it."""
    try:
        import typst  # noqa: PLC0415 - an optional peer
    except ImportError:
        say_unmeasured(*TYPST, "typst is not installed")
        return
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resource("fonts"))])
    compiler = typst.Compiler(font_paths=fonts)
    for edited, what in ((1, "one text new"), (len(grid.cells), "apart: every text new")):
        grids = [number_texts(grid, number, edited) for number in range(REPEATS + 1)]
        ours, theirs = iter(grids), iter([typst_source(each).encode() for each in grids])
        pairs = measure_in_turns(partial(_paint_next, ours), partial(_compile_next, compiler, theirs), REPEATS)
        say_ratio(*TYPST, pairs, f"{len(grid.cells)} cells, warm, {what}; typst untagged, as ours")


def _paint_next(grids: Iterator[Grid]) -> None:
    paint(next(grids))


def _compile_next(compiler: Any, sources: Iterator[bytes]) -> None:  # noqa: ANN401 - typst has no types here
    compiler.compile(next(sources), pdf_tags=False)


def number_texts(grid: Grid, number: int, count: int) -> Grid:
    """The table with other texts in its last ``count`` cells."""
    kept, last = grid.cells[:-count], grid.cells[-count:]
    return replace(grid, cells=(*kept, *(replace(cell, text=f"{number}{cell.text}") for cell in last)))


def measure_libreoffice(grid: Grid, repeats: int = 5) -> None:
    """LibreOffice converts our xlsx of the same table: a whole process each time, there is no other way to ask it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        say_unmeasured(*LIBREOFFICE, "LibreOffice is not installed")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "form.xlsx").write_bytes(xlsx.paint(grid))
        command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "form.xlsx")]

        def convert() -> None:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
            (folder / "form.pdf").unlink()  # an error when it was not made

        pairs = measure_in_turns(lambda: paint(grid), convert, repeats)
    say_ratio(*LIBREOFFICE, pairs, "ours warm, theirs with the start of its process")


def measure_growth(small: Grid, large: Grid, repeats: int = 5) -> None:
    """Time must grow with the rows, not with their square; every text of the large one is its own."""
    pairs = measure_in_turns(lambda: paint(large), lambda: paint(small), repeats)
    say_ratio(*GROWTH, pairs, f"{large.row_count} and {small.row_count} rows")
