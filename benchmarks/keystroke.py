"""From an edit to the painted window: the program as it is wired, on a folder of its own, its window shown.

An edit goes through the table's model, as the editor's does: change, apply, recompute, queue for the disk, undo step,
faces, signals, row heights; then everything dirty is painted. Each edit waits for the one before to be on disk, so the
writer's thread is at work while the window paints. Parts are timed by themselves afterwards.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.bootstrap import Front, collect_garbage
from app.editing.edits import set_value
from app.editing.workspace import Workspace, compute_outcome
from app.form.change import apply_change
from app.form.form import Form
from app.form.rows import Place
from app.models.state import Saved, SaveState
from app.models.writer import Writer
from app.program import Program
from app.ui.face import Faces
from app.ui.pages.tables import IndicatorView
from benchmarks.figure import percentile, say_ratio, say_time
from benchmarks.forms import form_with, real_form

FRAME: Final = 16.0  # milliseconds
GROWTH_TARGET: Final = 3.0
EDITS: Final = 300
WARM: Final = 20
WINDOW: Final = (1366, 768)


@dataclass(slots=True)
class Times:
    """Milliseconds of every edit: until the call returned, painting, and from the edit to Saved."""

    edit: list[float] = field(default_factory=list)
    paint: list[float] = field(default_factory=list)
    commit: list[float] = field(default_factory=list)

    def until_painted(self) -> list[float]:
        """Edit and paint together."""
        return [edit + paint for edit, paint in zip(self.edit, self.paint, strict=True)]


class Ear(QObject):
    """Hears which cells were signalled, which widgets were painted, and when all was saved.

    A QObject, because the writer's thread tells: PySide hands a call that waits in Qt's queue to the freed memory of a
    plain object that has gone in between (a segmentation fault in whichever benchmark ran next); a QObject takes such
    calls with it.
    """

    def __init__(self, view: IndicatorView) -> None:
        super().__init__(view)
        self.cells: set[tuple[int, int]] = set()
        self.paints = 0
        self.saved = 0.0
        view.view.faces_model.dataChanged.connect(self._on_data_changed)
        view.view.viewport().installEventFilter(self)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        columns = range(first.column(), last.column() + 1)
        self.cells |= {(row, column) for row in range(first.row(), last.row() + 1) for column in columns}

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt: count the paints of the table."""
        self.paints += event.type() == QEvent.Type.Paint
        return False

    def on_told(self, state: SaveState) -> None:
        """The writer's relay tells."""
        if isinstance(state, Saved):
            self.saved = time.perf_counter()


class Desk:
    """A shown window with a form on its indicator tab, and what its edits took."""

    def __init__(self, folder: Path, form: Form) -> None:
        writer = Writer(folder)
        writer.create(form, "benchmark")
        writer.close()
        self.program = Program(Front(folder))
        self.window = self.program.window
        self.window.resize(*WINDOW)
        self.window.show()
        self.view = self._open_indicators()
        self.ear = Ear(self.view)
        self.times = Times()
        self.program.front.relay.told.connect(self.ear.on_told)
        for _ in range(10):  # until nothing waits to be done or painted
            QApplication.processEvents()
        collect_garbage()  # as at every start

    def _open_indicators(self) -> IndicatorView:
        for number, page in enumerate(self.window.pages):
            for view in page.views:
                if isinstance(view, IndicatorView):
                    self.window.tabs.setCurrentIndex(number)
                    return view
        raise AssertionError("no tab shows indicators")

    @property
    def workspace(self) -> Workspace:
        """The open form's."""
        if self.window.session is None:
            raise AssertionError("no form is open")
        return self.window.session.workspace

    def edit(self, number: int) -> None:
        """Type a score that was never there, now into this row, now into that, all on the screen; then wait for the disk."""
        model = self.view.view.faces_model
        row = number % 5
        column = next(
            each for each, face in enumerate(model.faces.rows[row]) if face.place and face.place.field == "score"
        )
        before, self.ear.cells, self.ear.paints, self.ear.saved = model.faces, set(), 0, 0.0
        start = time.perf_counter()
        model.setData(model.index(row, column), f"1.{number:03}1")
        edited = time.perf_counter()
        QApplication.processEvents()
        painted = time.perf_counter()
        if self.ear.cells != _differing(before, model.faces) or not self.ear.cells:
            raise AssertionError(
                f"signalled {sorted(self.ear.cells)}, changed {sorted(_differing(before, model.faces))}"
            )
        if not self.ear.paints:
            raise AssertionError("nothing was painted")
        while not self.ear.saved:
            QApplication.processEvents()
            time.sleep(0.0005)
        self.times.edit.append((edited - start) * 1000)
        self.times.paint.append((painted - edited) * 1000)
        self.times.commit.append((self.ear.saved - start) * 1000)

    def close(self) -> None:
        """End this program, and its window with it, so that nothing of it runs on beside what is measured next."""
        self.window.close()
        self.program.writer.close()
        delete(self.window)


def measure(edits: int = EDITS) -> None:
    """Print both figures, their parts, and the commit."""
    with _desk(real_form()) as desk:
        for number in range(WARM + edits):
            desk.edit(number)
        times = desk.times.until_painted()[WARM:]
        say_time("edit to painted, real form, p99", FRAME, percentile(times, 0.99), f"n={len(times)}")
        _say_parts(desk)
    with _desk(form_with(60, is_distinct=True)) as small, _desk(form_with(1000, is_distinct=True)) as large:
        for number in range(WARM + edits):
            small.edit(number)
            large.edit(number)
        pairs = list(zip(large.times.until_painted()[WARM:], small.times.until_painted()[WARM:], strict=True))
        ends = " and ".join(f"{percentile(side, 0.99):.1f}" for side in zip(*pairs, strict=True))
        say_ratio("edit to painted, 1,000 rows ÷ 60 rows", GROWTH_TARGET, pairs, f"p99 {ends} ms")
        _say_parts(large)


@contextmanager
def _desk(form: Form) -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), form)
        try:
            yield desk
        finally:
            desk.close()


def _differing(before: Faces, after: Faces) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, (old, new) in enumerate(zip(before.rows, after.rows, strict=True))
        for column, face in enumerate(new)
        if face != old[column]
    }


def _say_parts(desk: Desk) -> None:
    times = desk.times
    compute, faces = _measure_parts(desk)
    edit, paint, whole = (statistics.median(each[WARM:]) for each in (times.edit, times.paint, times.until_painted()))
    commits = times.commit[WARM:]
    print(
        f"  median {whole:.1f} ms = apply, assess and review {compute:.1f} + faces {faces:.1f}"
        f" + queue, signals and row heights {edit - compute - faces:.1f} + paint {paint:.1f};"
        f" apart: edit to saved {statistics.median(commits):.1f} (p99 {percentile(commits, 0.99):.1f})"
    )


def _measure_parts(desk: Desk) -> tuple[float, float]:
    """Medians of computing the outcome and of making the faces, by themselves, each for an edit that was not seen before."""
    form = desk.workspace.outcome.form
    place = Place("indicators", form.indicators[0].key, "score")
    compute, faces = [], []
    for number in range(EDITS):
        change = set_value(form, place, f"2.{number:03}1")
        if change is None:
            raise AssertionError("nothing would change")
        begin = time.perf_counter()
        outcome = compute_outcome(apply_change(form, change))
        middle = time.perf_counter()
        desk.view.faces_of(outcome)
        faces.append((time.perf_counter() - middle) * 1000)
        compute.append((middle - begin) * 1000)
    return statistics.median(compute), statistics.median(faces)
