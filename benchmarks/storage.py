"""What storage costs: opening, loading, and an edit from `submit` to Saved, for the real form and 1,000 indicator rows.

Beside it, in the same run, the floor: one UPDATE and one COMMIT of the plain driver on a file set up the same way.
Figures in milliseconds; the commit is off the window's thread, `submit` is what the window waits for.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from app.form.change import Change, InsertRow, SetValue
from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.form.rows import Indicator, Place
from app.models.connection import connect
from app.models.folder import FILE_NAME
from app.models.state import Saved, SaveState
from app.models.writer import Writer

EDITS: Final = 300
OPENINGS: Final = 7


def measure() -> None:
    """Print all figures."""
    form = load_form(resource("samples", "rugao-2024.json"))
    more = tuple(
        Indicator(f"more-{number}", "level2-3-1", f"指标 {number}") for number in range(1000 - len(form.indicators))
    )
    for name, each in (("real form", form), ("1,000 indicators", replace(form, indicators=(*form.indicators, *more)))):
        with tempfile.TemporaryDirectory() as folder:
            _measure_form(name, each, Path(folder))


def _measure_form(name: str, form: Form, folder: Path) -> None:
    states: SimpleQueue[SaveState] = SimpleQueue()
    writer = Writer(folder, states.put)
    form_id = writer.create(form, "新建").id
    submits, commits = _edit(writer, form_id, form, states)
    inserts = [_milliseconds(partial(_insert, writer, form_id, number, states)) for number in range(OPENINGS)]
    writer.close()
    opens, loads = [], []
    for _ in range(OPENINGS):
        start = time.perf_counter()
        again = Writer(folder)
        opens.append((time.perf_counter() - start) * 1000)
        loads.append(_milliseconds(partial(again.load, form_id)))
        again.close()
    floor = _floor(folder)
    print(
        f"storage, {name}: open {statistics.median(opens):.1f}, load {statistics.median(loads):.1f},"
        f" submit {statistics.median(submits):.3f}, commit {_spread(commits)} (row at the top {statistics.median(inserts):.1f}),"
        f" floor {_spread(floor)}, commit ÷ floor {statistics.median(commits) / statistics.median(floor):.1f}"
    )


def _edit(
    writer: Writer, form_id: int, form: Form, states: "SimpleQueue[SaveState]"
) -> tuple[list[float], list[float]]:
    row = form.indicators[8]
    place, old = Place("indicators", row.key, "score"), row.score
    submits, commits = [], []
    for number in range(EDITS):
        change = Change("修改", (SetValue(place, old, str(number)),))
        old = str(number)
        start = time.perf_counter()
        writer.submit(form_id, change)
        submits.append((time.perf_counter() - start) * 1000)
        _wait(states)
        commits.append((time.perf_counter() - start) * 1000)
    return submits, commits[1:]  # the first one may load the libraries


def _insert(writer: Writer, form_id: int, number: int, states: "SimpleQueue[SaveState]") -> None:
    row = Indicator(f"top-{number}", "level1-1")
    writer.submit(form_id, Change("增加", (InsertRow("indicators", 0, row),)))
    _wait(states)


def _wait(states: "SimpleQueue[SaveState]") -> None:
    while not isinstance(states.get(), Saved):
        pass


def _floor(folder: Path) -> list[float]:
    with closing(connect(folder / FILE_NAME)) as connection:
        return [_milliseconds(partial(_update, connection, number)) for number in range(EDITS)]


def _update(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE indicators SET score = ? WHERE key = 'indicator-09'", (str(number),))
    connection.execute("COMMIT")


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.1f} (p99 {ordered[int(len(ordered) * 0.99)]:.1f})"


if __name__ == "__main__":
    measure()
