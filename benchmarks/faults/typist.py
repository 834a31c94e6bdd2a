"""Somebody who types, through a real Workspace and Writer, and somebody who looks afterwards at what was kept.

Decides when an edit counts as acknowledged, and what "nothing lost, nothing damaged" means. Knows no fault.
"""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from app.editing.workspace import compute_outcome, open_workspace
from app.form.failure import AppError
from app.form.form import Form
from app.models.files.copying import UNFINISHED
from app.models.folder import FILE_NAME
from app.models.safety.backups import WORKBENCH
from app.models.state import FormEntry, JournalEntry, SaveState, Unsaved
from app.models.writer import Writer
from app.review.edition import Draft
from app.sheet import files, xlsx
from app.sheet.layout import layout
from benchmarks.faults.script import Script
from benchmarks.faults.tally import Trial

PATIENCE: Final = 60.0  # seconds after which somebody who waits gives up
NOTHING: Final = -1  # acknowledged: not even that the form exists


class Typist:
    """An open form that edits are made to. It remembers how many there were."""

    def __init__(self, folder: Path, script: Script, writer: type[Writer] = Writer) -> None:
        """Open the folder's only form; make it when there is none. AppError when that fails."""
        self._script: Final = script
        self._states: Final[SimpleQueue[SaveState]] = SimpleQueue()
        self.writer: Final = writer(folder, self._states.put)
        forms = self.writer.list_forms()
        entry = forms[0] if forms else self.writer.create(script.form(0), "新建")
        self._workspace: Final = open_workspace(self.writer, entry.id)
        self.number = len(self.writer.history(entry.id)) - 1

    @property
    def form(self) -> Form:
        """The form as it is on the screen."""
        return self._workspace.outcome.form

    def edit(self, count: int = 1) -> None:
        """Make the next edits of the script."""
        for _ in range(count):
            self.number += 1
            self._workspace.apply(self._script.change(self.number))

    def is_saved(self) -> bool:
        """Wait until all edits are saved; False when a failure is told instead."""
        while self.writer.count_pending():
            if isinstance(self._states.get(timeout=PATIENCE), Unsaved):
                return False
        return True


def workbook_of(form: Form) -> bytes:
    """The form as the program exports it."""
    return xlsx.paint(layout(form, compute_outcome(form).assessment, Draft()))


def export(target: Path, content: bytes) -> None:
    """Write a workbook as the program does. AppError when that fails."""
    files.write_file(target, content, files.verify_xlsx)


def examine(folder: Path, script: Script, acknowledged: int) -> Trial:
    """Start the program again: every acknowledged edit must be there, and what is there must be whole."""
    start = time.perf_counter()
    try:
        writer = Writer(folder)
        try:
            entries = writer.list_forms()
            forms = [writer.load(entry.id) for entry in entries]
            seconds = time.perf_counter() - start
            journals = [writer.history(entry.id) for entry in entries]
        finally:
            is_closed = writer.close(PATIENCE)
    except AppError as error:
        return Trial(f"not opened: {error}".replace(str(folder), "…"))
    flaw = _judge(entries, forms, journals, script, acknowledged) or _check_file(folder / FILE_NAME)
    return Trial(flaw or ("" if is_closed else "not closed"), seconds)


def look_into(path: Path) -> tuple[Form, ...]:
    """All forms of a backup, read as the program would read its own file. AppError when it must not be opened."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        shutil.copyfile(path, Path(folder, FILE_NAME))  # nobody has it open
        writer = Writer(Path(folder))
        try:
            return tuple(writer.load(entry.id) for entry in writer.list_forms())
        finally:
            writer.close(PATIENCE)


def _judge(
    entries: Sequence[FormEntry],
    forms: Sequence[Form],
    journals: Sequence[Sequence[JournalEntry]],
    script: Script,
    acknowledged: int,
) -> str:
    if not entries:
        return "" if acknowledged == NOTHING else "the acknowledged form is not there"
    (form, *others), journal = forms, journals[0]
    stored = len(journal) - 1
    if others:
        return "more forms than were made"
    if stored < acknowledged:
        return "an acknowledged edit is not there"
    if form != script.form(stored):
        return "the form is not what its edits lead to"
    if tuple(entry.change for entry in journal[1:]) != script.changes(stored):
        return "the journal is not what was done"
    return "" if entries[0].unit == form.cover.unit else "the list says another unit"


def _check_file(path: Path) -> str:
    try:
        with closing(sqlite3.connect(path)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchall()
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        return "SQLite finds damage"
    return "" if (verdict, dangling) == ([("ok",)], []) else "SQLite finds damage"


def leftovers(folder: Path) -> list[str]:
    """Names of unfinished files below ``folder``, which nobody must find after the next start."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in found if is_unfinished(path))


def is_unfinished(path: Path) -> bool:
    """Whether a file is one of those that stand only while something is being written."""
    # SQLite never looks at a journal again that begins with zeros, and writes the next one over it.
    is_hot = path.name.endswith("-journal") and path.read_bytes()[:1] not in (b"", b"\0")
    is_at_work = any(part.startswith(WORKBENCH) for part in path.parts)
    return path.name.startswith(files.TEMPORARY_PREFIX) or UNFINISHED in path.name or is_hot or is_at_work


def slower(trial: Trial, limit: float) -> Trial:
    """The trial, lost if opening took longer than ``limit`` seconds."""
    return (
        trial if trial.flaw or trial.seconds < limit else replace(trial, flaw=f"opening took longer than {limit:g} s")
    )


def memory() -> str | None:
    """Where files are written and read quickly: nothing here depends on the disk any more."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - files of its own in a folder of its own
