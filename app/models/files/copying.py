"""Copies of a data file through SQLite's backup API, never by copying the file (reliability.md D4, D5).

Decides how a copy gets to the disk whole, and how one is written into a file that is in use. Knows no folder and no name.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models.connection import connect, decoding, explain, open_raw
from app.models.files import sentences
from app.models.folder import sync_folder

PAGES: Final = 256  # copied between two looks at whether somebody waits
UNFINISHED: Final = ".new"


class Interrupted(Exception):
    """A copy was given up because somebody waits; nothing of it is left."""


def copy_database(
    source: Path, target: Path, is_urged: Callable[[], bool] = lambda: False, *, mode: str = "rw"
) -> None:
    """Make ``target``, where nothing is, a copy of ``source``; it is on disk when this returns. sqlite3.Error, OSError, Interrupted.

    ``mode`` "ro" touches nothing beside the source, and fails where an interrupted write waits there.
    """

    def look(status: int, *_: int) -> None:
        _refuse_lock(status)
        if is_urged():
            raise Interrupted

    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        # "rw": what an interrupted write left beside the source is rolled back, not copied.
        with closing(open_raw(source, mode)) as live, closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # it is worth nothing before it is whole; then it is synced below
            live.backup(copy, pages=PAGES, progress=look, sleep=0.0)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def write_into(source: Path, live: Path) -> None:
    """Give the file ``live``, in its place, the content of ``source``, in one transaction. sqlite3.Error: then it is as it was."""
    with decoding(), closing(open_raw(source, "ro")) as new, closing(connect(live)) as old:
        new.backup(old, progress=lambda status, *_: _refuse_lock(status))


def publish(fresh: Path, target: Path) -> None:
    """Give a finished file its name, so that it survives a power cut."""
    fresh.replace(target)
    sync_folder(target.parent)


@contextmanager
def explaining(folder: Path) -> Iterator[None]:
    """Around work on copies: what disk and system refuse becomes an AppError that says so."""
    try:
        with decoding():
            yield
    except sqlite3.Error as error:
        raise AppError(sentences.COPY_FAILED.format(reason=explain(error))) from error
    except OSError as error:
        reason = f"{folder}：{error.strerror or type(error).__name__}"
        raise AppError(sentences.COPY_FAILED.format(reason=reason)) from error


def _refuse_lock(status: int) -> None:
    # The driver would wait for ever.
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        error = sqlite3.OperationalError()
        error.sqlite_errorcode = status
        raise error
