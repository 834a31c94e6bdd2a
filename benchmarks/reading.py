"""From choosing a file to seeing its plan: the real form as xlsx, docx and pdf, the reader's process started beforehand.

Decides how long the user takes to choose: long enough for that process to be ready. The first reading is not counted: it
loads what plans need.
"""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.editing.planning.importing import ImportPlan, Status, plan_import, recognise_forms
from app.form.reading.loader import load_template
from app.sheet import docx, pdf, xlsx
from app.sheet.reading.source import prepare, read_source
from benchmarks.figure import milliseconds, say_time
from benchmarks.forms import grid_of, real_form

REPEATS: Final = 9
CHOOSING: Final = 3.0  # seconds
TARGETS: Final = (("xlsx", 250), ("docx", 500), ("pdf", 1500))  # in milliseconds; nobody asked for one for docx


def measure(repeats: int = REPEATS) -> None:
    """Print the figures: the median of each, and what it is without a process that waits."""
    grid = grid_of(real_form())
    files = {"xlsx": xlsx.paint(grid), "docx": docx.paint(grid), "pdf": pdf.paint(grid).content}
    with TemporaryDirectory() as folder:
        for ending, target in TARGETS:
            path = Path(folder, f"form.{ending}")
            path.write_bytes(files[ending])
            if any(line.status is Status.UNRECOGNISED for line in plan(path).lines):
                raise AssertionError("something was not recognised: the figure means nothing")
            warm = []
            for _ in range(repeats):
                prepare()
                time.sleep(CHOOSING)
                warm.append(milliseconds(lambda path=path: plan(path)))  # type: ignore[misc]  # mypy can't infer defaults of a lambda
            cold = statistics.median(milliseconds(lambda path=path: plan(path)) for _ in range(3))  # type: ignore[misc]  # the same
            note = f"n={repeats}, slowest {max(warm):.0f} ms; without a process that waits {cold:.0f} ms"
            say_time(f"import as {ending} to the plan", target, statistics.median(warm), note)


def plan(path: Path) -> ImportPlan:
    """What importing would do to a new form."""
    source = read_source(path)
    (recognition,) = recognise_forms(source.grids, (load_template("rugao-2024"),))
    return plan_import(recognition, source.grids, source.name)


if __name__ == "__main__":
    measure()
