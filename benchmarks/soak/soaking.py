"""One soak in a process of its own: visits the whole program, hears what goes wrong, says what it found.

The exit code is 1 when anything was found. ``fails`` and ``keeps`` are controls: the same with a slot that raises, or
that never lets go of memory.
"""

import argparse
import gc
import logging
import os
import sys
import tempfile
import traceback
from collections import deque
from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtWidgets import QApplication

from app.bootstrap import Front
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.program import Program
from app.ui.reports import report_failures
from benchmarks.memory import resident
from benchmarks.soak.visitor import Visitor
from benchmarks.soak.world import Desktop, lay_out_files, load_libraries

WARM_UP: Final = 4000  # acts after which every page was made and every cache is in use
MOST_GROWTH: Final = 1.10
PATIENCE: Final = 60.0
KEPT: Final = 500_000  # bytes that the control keeps at a time
OFFSCREEN: Final = "This plugin does not support"  # said of what only a real screen can do
SHOWN: Final = 12  # faults that are printed


class Ear(logging.Handler):
    """Remembers what the program logs as gone wrong: exceptions anywhere, and Qt's own warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.faults: list[str] = []
        self.acts: deque[str] = deque()

    def emit(self, record: logging.LogRecord) -> None:
        """Called by logging."""
        if OFFSCREEN in record.getMessage():
            return
        trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        self.note(f"{record.levelname} {record.getMessage()}\n{trace}")

    def note(self, what: str) -> None:
        """Remember a fault with the acts that led to it."""
        self.faults.append(f"{what}\n    after {'; '.join(self.acts)}")


def soak(count: int, seed: int, control: str) -> tuple[Visitor, list[str], float]:
    """Visit the program; who visited, the faults, and memory at the end ÷ after the acts that warm up."""
    ear = Ear()
    with tempfile.TemporaryDirectory() as name, report_failures(Path(name) / "data") as reports:
        folder = Path(name)
        sample = load_form(resource("samples", "rugao-2024.json"))
        lay_out_files(folder / "files", sample)
        load_libraries(sample, folder / "files")
        logging.getLogger().addHandler(ear)
        desktop = Desktop()
        program = Program(Front(folder / "data"))
        reports.attach(program.window)
        program.shelf.open_form(program.writer.create(sample, "新建").id)
        program.window.show()
        visitor = Visitor(program.window, folder / "files", Random(seed), WARM_UP + count)  # noqa: S311  # nothing secret
        ear.acts = visitor.last
        sizes: list[float] = []
        kept: list[bytes] = []

        def begin() -> None:
            sizes.append(resident(is_trimmed=True))
            sabotage(control, kept)

        visitor.at[WARM_UP] = begin
        visitor.work()
        touched = resident()
        sizes.append(resident(is_trimmed=True))
        program.writer.flush(PATIENCE)
        session = program.window.session
        if session is not None and program.writer.load(session.workspace.form_id) != session.outcome.form:
            ear.note("the form that is shown is not the one that is stored")
        program.writer.close(PATIENCE)
        desktop.close()
    growth = sizes[-1] / sizes[0]
    if growth > MOST_GROWTH:
        ear.note(f"memory grew from {sizes[0]:.0f} to {sizes[-1]:.0f} MB")
    print(
        f"soak: {sizes[0]:.0f} MB after {WARM_UP} acts, {sizes[-1]:.0f} MB at the end, {touched:.0f} MB before freed memory was given back"
    )
    return visitor, ear.faults, growth


def sabotage(control: str, kept: list[bytes]) -> None:
    """For the controls: a slot that fails, or one that keeps what it should let go, whenever the focus moves.

    Only once the weighing has begun: what is kept while warming up would be weighed on both sides.
    """

    def fail() -> None:
        raise RuntimeError("on purpose")

    def keep() -> None:
        kept.append(os.urandom(KEPT))

    application = QApplication.instance()
    if control and isinstance(application, QApplication):
        act = {"fails": fail, "keeps": keep}[control]
        application.focusChanged.connect(lambda _before, _now: act())


def main() -> None:
    """Soak as the arguments say, and end without cleaning up: what still runs must not change the verdict."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("control", nargs="?", default="", choices=["", "fails", "keeps"])
    chosen = parser.parse_args()
    gc.set_threshold(50_000, 20, 100)
    visitor, faults, growth = soak(chosen.count, chosen.seed, chosen.control)
    for fault in faults[:SHOWN]:
        print(f"  {fault}")
    print(f"soak: {visitor.done.total()} acts, {len(faults)} faults, memory × {growth:.3f}, seed {chosen.seed}")
    print(f"  acts: {', '.join(f'{name} {number}' for name, number in visitor.done.most_common())}")
    print(f"  in: {', '.join(f'{name} {number}' for name, number in visitor.places.most_common())}", flush=True)
    sys.stdout.flush()
    os._exit(bool(faults))


if __name__ == "__main__":
    main()
