"""Memory of the program after 10,000 edits and undos, against after 100: the window, the store and the one undo stack.

Every edit is undone, so the form stays as large as it was; what grows is what is kept without need. Linux only.
"""

import ctypes
import gc
import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from app.bootstrap import Front
from app.form.change import Change, SetValue
from app.form.rows import Place
from app.program import Program

TARGET: Final = 1.2
FEW: Final = 100
MANY: Final = 10_000
PATIENCE: Final = 600.0


def measure(many: int = MANY) -> None:
    """Print the figure."""
    with tempfile.TemporaryDirectory() as folder:
        program = Program(Front(Path(folder)))
        program.window.show()
        program.starting.open_example()
        _edit(program, FEW)
        before = resident()
        _edit(program, many - FEW)
        after = resident()
        program.writer.close(PATIENCE)
    verdict = "met" if after / before <= TARGET else "MISSES"
    print(
        f"memory after {many:,} edits and undos ÷ after {FEW}: {after / before:.3g}, at most {TARGET}: {verdict}"
        f" ({after:.0f} MB ÷ {before:.0f} MB)",
        flush=True,
    )


def _edit(program: Program, times: int) -> None:
    session = program.window.session
    if session is None:
        raise AssertionError("no form is open")
    row = session.outcome.form.indicators[8]
    for number in range(times):
        session.edit(Change("修改", (SetValue(Place("indicators", row.key, "score"), row.score, f"{number % 97}.5"),)))
        session.undo_stack.undo()
        QApplication.processEvents()
    program.writer.flush(PATIENCE)


def resident(*, is_trimmed: bool = False) -> float:
    """Megabytes in memory now; trimmed: without what the C library has got back and keeps for the next time."""
    gc.collect()
    if is_trimmed:
        ctypes.CDLL(None).malloc_trim(0)
    line = next(each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    measure()
