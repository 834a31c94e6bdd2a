"""The one connection to the data file, and the journal and locking modes it works in.

Decides how SQLite is used (reliability.md D1, D2) and what its errors mean. Knows no table.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from app.models import sentences

APPLICATION_ID: Final = 0x4A495841  # "JIXA"
PATIENCE: Final = 0.5  # seconds to wait for another program's lock

# TRUNCATE + FULL lost none of 5,000 power-loss states; WAL goes on "saving" into a file that was moved away.
_PRAGMAS: Final = (
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)


def library_version() -> str:
    """Which SQLite this is."""
    return sqlite3.sqlite_version


def connect(path: Path, *, has_foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection to one of our own files, set up as decided; foreign keys are off only while migrating."""
    connection = open_raw(path, "rw")
    for pragma in (*_PRAGMAS, f"foreign_keys={'ON' if has_foreign_keys else 'OFF'}"):
        connection.execute(f"PRAGMA {pragma}")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # noqa: FBT003 - the driver takes it so
    return connection


def open_raw(path: Path, mode: str) -> sqlite3.Connection:
    """A bare connection that never creates a file and begins no transaction by itself."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE, check_same_thread=False)
    # Damaged text must reach the hash check, not stop the reading.
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    return connection


@contextmanager
def decoding() -> Iterator[None]:
    """Around reading what may be damaged: the driver cannot decode a message that quotes such bytes, which is "malformed", too."""
    try:
        yield
    except UnicodeDecodeError as error:
        malformed = sqlite3.DatabaseError()
        malformed.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise malformed from error


def explain(error: sqlite3.Error) -> str:
    """What the database refused, and what helps, in a few words."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return sentences.MOVED
    match code & 0xFF:  # the primary result code, https://www.sqlite.org/rescode.html
        case sqlite3.SQLITE_FULL:
            return sentences.DISK_FULL
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return sentences.LOCKED
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return sentences.READ_ONLY
        case _:
            # Also "malformed": 234 of 3,312 injected errors said so while every file was whole (reliability.md D14).
            return sentences.UNREADABLE
