"""A data folder that one may read but not write, or that another program holds: copied into a room, and viewed there.

Decides what can only be read and how it is read: nothing is written where it lies, not even a lock, and whoever holds it
is never kept waiting, for the copy takes one short shared lock. An interrupted write waiting beside the file is rolled
back in the copy. Only before this process has a connection to the file (reliability.md D5).
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models.connection import explain, open_raw
from app.models.files.copying import copy_database
from app.models.files.kinds import Kind, Unopenable, examine, journal_of, may
from app.models.folder import FILE_NAME
from app.models.opening import VERSION
from app.models.viewing import sentences

# What is not the data, but shows them as the user is used to: the form that was open last, columns, zoom, digits.
LOOKS: Final = ("window.ini", "settings.toml")


def can_only_be_read(folder: Path) -> bool:
    """Whether there is a data file that may be read where it or its folder may not be written."""
    path = folder / FILE_NAME
    try:
        is_readable = path.is_file() and may(path, os.R_OK)
    except OSError:
        return False
    return is_readable and not (may(path, os.W_OK) and may(folder, os.W_OK | os.X_OK))


def copy_for_viewing(folder: Path, room: Path) -> None:
    """Copy what is in ``folder`` into the empty ``room``. AppError, Unopenable when it is no file of ours, when it can't be read."""
    path = folder / FILE_NAME
    try:
        _examine(path)
        _copy(path, room / FILE_NAME)
    except sqlite3.Error as error:
        raise AppError(sentences.NOT_READ.format(path=path, reason=explain(error))) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(sentences.NOT_READ.format(path=path, reason=reason)) from error
    for name in LOOKS:
        with suppress(OSError):
            shutil.copyfile(folder / name, room / name)


def _examine(path: Path) -> None:
    try:
        examine(path, VERSION)
    except Unopenable as failure:
        if failure.kind is not Kind.READ_ONLY:
            raise


def _copy(path: Path, target: Path) -> None:
    """Through SQLite, which waits for a commit that is under way; byte by byte when it would have to roll one back first."""
    try:
        copy_database(path, target, mode="ro")
    except sqlite3.OperationalError as error:
        if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
            raise
    else:
        return
    for source, copy in ((path, target), (journal_of(path), journal_of(target))):
        if source.exists():
            shutil.copyfile(source, copy)
    with closing(open_raw(target, "rw")) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
