"""Opening a data folder with 300 forms against one with 3.

Twice: in the store alone (the file opened, the forms listed, one of them loaded), in turns in one process with all modules
loaded; and as the user sees it, from starting the program to the painted window with the list and a form.
"""

import os
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.models.safety.custody import MARKER
from app.models.writer import Writer
from benchmarks.figure import say_ratio
from benchmarks.forms import real_form
from benchmarks.start import milliseconds_to_paint, program_on

TARGET: Final = 1.5
MANY: Final = 300
FEW: Final = 3
YEARS: Final = 5  # forms of one unit
REPEATS: Final = 40
STARTS: Final = 8


def measure() -> None:
    """Print both figures."""
    with ExitStack() as stack:
        many, few = (_filled(Path(stack.enter_context(TemporaryDirectory())), count) for count in (MANY, FEW))
        loaded = [(_milliseconds_to_load(many), _milliseconds_to_load(few)) for _ in range(REPEATS + 1)][1:]
        shown = [(_milliseconds_to_show(many), _milliseconds_to_show(few)) for _ in range(STARTS + 1)][1:]
    fastest = " and ".join(f"{min(side):.1f}" for side in zip(*loaded, strict=True))
    say_ratio(f"opening {MANY} forms ÷ {FEW}, the store", TARGET, loaded, f"fastest {fastest}")
    say_ratio(f"opening {MANY} forms ÷ {FEW}, until painted", TARGET, shown)


def _milliseconds_to_load(folder: Path) -> float:
    """Until the forms are listed and one is loaded; closing is not part of it."""
    start = time.perf_counter()
    writer = Writer(folder)
    writer.load(writer.list_forms()[-1].id)
    taken = (time.perf_counter() - start) * 1000
    if not writer.close(30):  # cleanly: otherwise the next opening would look for damage
        raise AssertionError("not everything is on disk")
    return taken


def _milliseconds_to_show(folder: Path) -> float:
    """In a process of its own, which is killed then: that it ended uncleanly is not what is measured."""
    taken = milliseconds_to_paint(program_on(folder))
    (folder / MARKER).unlink(missing_ok=True)
    return taken


def _filled(folder: Path, count: int) -> Path:
    """A folder with forms of several units and years."""
    form = real_form()
    writer = Writer(folder)
    for number in range(count):
        cover = replace(form.cover, unit=f"第 {number // YEARS} 局", year=str(2020 + number % YEARS))
        writer.create(replace(form, cover=cover), "benchmark")
    writer.close()
    return folder


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    measure()
