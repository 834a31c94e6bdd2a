"""What storage costs, for the real form and 1,000 indicator rows: one edit against the bare driver, opening, loading.

The ratio: `Store.apply` (what the writer's thread does for an edit of one cell, with all checks and hashes), and, in
turns with it, the same rows in one transaction of the plain driver on a file of its own that is set up the same way:
UPDATE of the indicator, UPDATE of the form's row, INSERT of the journal row, all values and hashes made beforehand.
Apart from it: from `submit` to Saved, which holds the 20 ms the writer leaves to the painting, and what `submit` alone
takes, for which the window waits. Milliseconds.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from app.form.change import Change, InsertRow, SetValue
from app.form.form import Form, value_at
from app.form.rows import CellValue, Indicator, Place
from app.models.connection import connect
from app.models.encoding import write_patches
from app.models.folder import FILE_NAME
from app.models.reader import Reader
from app.models.state import Saved, SaveState
from app.models.store import Store
from app.models.writer import GRACE, Writer
from benchmarks.figure import measure_in_turns, milliseconds, percentile, say_ratio
from benchmarks.forms import form_with, real_form

EDITS: Final = 300
OPENINGS: Final = 7
TARGET: Final = 2.0
AT: Final = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
NAME: Final = "修改“预算执行率”得分"
HASH: Final = "0" * 64

Row = tuple[str | int | bool, ...]

UPDATE_ROW: Final = "UPDATE indicators SET score = ?, row_hash = ? WHERE form_id = ? AND key = ?"
UPDATE_FORM: Final = "UPDATE forms SET edited_at = ?, rev = ?, chain = ?, row_hash = ? WHERE id = ?"
INSERT_ENTRY: Final = "INSERT INTO journal (form_id, number, at, text, merge_key, patches, row_hash, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def measure() -> None:
    """Print all figures."""
    for name, form in (("real form", real_form()), ("1,000 indicators", form_with(1000))):
        _measure_edit(name, form)
        _measure_rest(name, form)


def _measure_edit(name: str, form: Form) -> None:
    with _stored(form) as (ours, ours_id, _), _stored(form) as (_, peer_id, path), closing(connect(path)) as bare:
        place = Place("indicators", form.indicators[8].key, "score")
        edits, writes = _edits(form, place), _writes(peer_id, place)
        pairs = measure_in_turns(
            lambda: ours.apply(ours_id, next(edits), AT), lambda: _write(bare, *next(writes)), EDITS
        )
    say_ratio(f"autosave of one edit ÷ the same rows with bare sqlite3, {name}", TARGET, pairs)


@contextmanager
def _stored(form: Form) -> Iterator[tuple[Store, int, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder))
        store = Store(reader)
        yield store, store.create(form, "新建", AT).id, Path(folder) / FILE_NAME
        reader.close()


def _edits(form: Form, place: Place) -> Iterator[Change]:
    old = value_at(form, place)
    for number in count():
        yield Change(NAME, (SetValue(place, old, str(number)),), f"{place}")
        old = str(number)


def _writes(form_id: int, place: Place) -> Iterator[tuple[Row, Row, Row]]:
    """The values of the three statements; numbers go on where creating the form ended."""
    old: CellValue = ""
    for number in count():
        patches = write_patches((SetValue(place, old, str(number)),))
        at, rev, old = AT.isoformat(timespec="microseconds"), number + 2, str(number)
        yield (
            (old, HASH, form_id, place.key),
            (at, rev, HASH, HASH, form_id),
            (form_id, rev, at, NAME, f"{place}", patches, HASH, HASH),
        )


def _write(connection: sqlite3.Connection, row: Row, form: Row, entry: Row) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in ((UPDATE_ROW, row), (UPDATE_FORM, form), (INSERT_ENTRY, entry)):
        connection.execute(statement, values)
    connection.execute("COMMIT")


def _measure_rest(name: str, form: Form) -> None:
    with tempfile.TemporaryDirectory() as folder:
        states: SimpleQueue[SaveState] = SimpleQueue()
        writer = Writer(Path(folder), states.put)
        form_id = writer.create(form, "新建").id
        submits, saves = _submit(
            writer, form_id, _edits(form, Place("indicators", form.indicators[8].key, "score")), states
        )
        rows = _submit(writer, form_id, _insertions(), states)[1]
        writer.close()
        opens, loads = _open(Path(folder), form_id)
    print(
        f"storage, {name}: open {opens:.1f} ms, load {loads:.1f}, submit {statistics.median(submits):.3f},"
        f" submit to Saved {statistics.median(saves):.1f} (p99 {percentile(saves, 0.99):.1f}, of it {GRACE * 1000:.0f} on purpose),"
        f" a row at the top {statistics.median(rows):.1f}"
    )


def _insertions() -> Iterator[Change]:
    for number in range(OPENINGS):
        yield Change("增加", (InsertRow("indicators", 0, Indicator(f"top-{number}", "level1-1")),))


def _submit(
    writer: Writer, form_id: int, changes: Iterator[Change], states: "SimpleQueue[SaveState]"
) -> tuple[list[float], list[float]]:
    """How long `submit` takes, and how long it is until Saved; the first edit only warms up."""
    submits, saves = [], []

    def save(change: Change) -> None:
        submits.append(milliseconds(partial(writer.submit, form_id, change)))
        while not isinstance(states.get(), Saved):
            pass

    for change, _ in zip(changes, range(EDITS), strict=False):
        saves.append(milliseconds(partial(save, change)))
    return submits[1:], saves[1:]


def _open(folder: Path, form_id: int) -> tuple[float, float]:
    opens, loads = [], []
    for _ in range(OPENINGS):
        start = time.perf_counter()
        writer = Writer(folder)
        opens.append((time.perf_counter() - start) * 1000)
        loads.append(milliseconds(partial(writer.load, form_id)))
        writer.close()
    return statistics.median(opens), statistics.median(loads)


if __name__ == "__main__":
    measure()
