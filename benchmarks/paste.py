"""From Ctrl+V to the painted window: 40 × 8 cells over the indicator table of the real form, as one step.

Every paste brings other texts, so that nothing of it was computed before; the longest rows are on the screen. Each waits
for the one before to be on disk.
"""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from app.ui.face import Face, Faces
from app.ui.table.clipboard import write_text
from app.ui.table.markup import write_markup
from benchmarks.figure import percentile, say_time
from benchmarks.forms import real_form
from benchmarks.keystroke import Desk

TARGET: Final = 60.0  # milliseconds
ROWS: Final = 40
COLUMNS: Final = 8
PASTES: Final = 60
WARM: Final = 5
POINTS: Final = frozenset({"weight", "score"})


def measure(pastes: int = PASTES) -> None:
    """Print how long a paste takes until it is painted."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), real_form())
        base = desk.view.view.faces_model.faces
        times = [_paste(desk, base, number) for number in range(1, WARM + pastes + 1)][WARM:]
        note = f"median {statistics.median(times):.1f} ms, n={len(times)}"
        say_time("paste of 40 × 8 cells to painted, real form, p95", TARGET, percentile(times, 0.95), note)
        # Offscreen, Qt lets the clipboard go when Python is gone: what Python made must not be on it any more.
        QApplication.clipboard().clear()
        desk.close()


def _paste(desk: Desk, base: Faces, number: int) -> float:
    """Milliseconds of one paste over the whole table, in which every cell that can be typed in gets another text."""
    view, texts = desk.view.view, [[_vary(face, number) for face in row[:COLUMNS]] for row in base.rows[:ROWS]]
    content = QMimeData()
    content.setText(write_text(texts))
    content.setHtml(write_markup(texts))
    QApplication.clipboard().setMimeData(content)
    view.setCurrentIndex(view.faces_model.index(0, 0))
    QApplication.processEvents()
    desk.ear.paints = 0
    start = time.perf_counter()
    view.paste()
    QApplication.processEvents()
    taken = (time.perf_counter() - start) * 1000
    shown = [[face.text for face in row[:COLUMNS]] for row in view.faces_model.faces.rows[:ROWS]]
    if shown != texts or not desk.ear.paints:
        raise AssertionError("not everything was pasted and painted")
    if not desk.program.writer.flush(10):
        raise AssertionError("not saved")
    return taken


def _vary(face: Face, number: int) -> str:
    if face.place is None:
        return face.text
    return f"{number % 7}.{number % 10}" if face.place.field in POINTS else f"{number} {face.text}"
