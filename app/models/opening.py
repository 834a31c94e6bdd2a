"""Opening the data file: having a new one made, refusing what is not ours, having an older one migrated.

Decides which file may be opened. Never overwrites or empties a file that is there. The database libraries are loaded
only to make or migrate a file: a third of a second that a usual start does not pay.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models import sentences
from app.models.connection import decoding, explain, open_raw
from app.models.files import sentences as wording
from app.models.files.backups import Reason, keep_present, list_backups
from app.models.files.kinds import Kind, Unopenable, examine
from app.models.files.putting_aside import put_journal_aside
from app.models.files.schema import find_stranger, has_schema
from app.models.files.soundness import is_malformed
from app.models.folder import prepare_folder
from app.models.state import now

__all__ = ["VERSION", "Kind", "Unopenable", "open_file"]

VERSION: Final = 4  # the number of `migrations.MIGRATIONS`

_KINDS: Final = {
    sqlite3.SQLITE_BUSY: Kind.LOCKED,
    sqlite3.SQLITE_LOCKED: Kind.LOCKED,
    sqlite3.SQLITE_READONLY: Kind.READ_ONLY,
    sqlite3.SQLITE_PERM: Kind.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Kind.DAMAGED,
    sqlite3.SQLITE_NOTADB: Kind.DAMAGED,
    sqlite3.SQLITE_ERROR: Kind.DAMAGED,  # "unsupported file format"
}


def open_file(folder: Path) -> Path:
    """The data file of ``folder``, made or brought to the newest schema. Unopenable, and nothing is changed, when it cannot be."""
    try:
        path = prepare_folder(folder)
    except AppError as error:
        raise Unopenable(Kind.FOLDER, folder, str(error)) from error
    try:
        if not path.exists():
            _begin(path)
        examine(path, VERSION)
        version = _read_version(path)
        with suppress(PermissionError):  # another user's, who lets us write it
            path.chmod(0o600)
        if version < VERSION:
            _upgrade(path)
    except sqlite3.Error as error:
        raise _refusal(path, error) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unopenable(Kind.FOLDER, folder, sentences.FOLDER_UNUSABLE.format(folder=folder, reason=reason)) from error
    return path


def _begin(path: Path) -> None:
    """Make the first file of a folder, but not where there was one."""
    if list_backups(path.parent):
        raise Unopenable(Kind.MISSING, path, wording.MISSING.format(path=path))
    from app.models.migrations.upgrade import create_file  # noqa: PLC0415

    put_journal_aside(path, now())
    create_file(path)


def _upgrade(path: Path) -> None:
    from app.models.migrations.upgrade import upgrade_file  # noqa: PLC0415

    try:
        keep_present(path.parent, Reason.MIGRATION, now())
    except AppError as error:
        raise Unopenable(Kind.UNUSABLE, path, wording.NOT_MIGRATED.format(path=path, reason=error)) from error
    upgrade_file(path)


def _read_version(path: Path) -> int:
    """The schema version, once an interrupted write is rolled back and the schema seen to be that version's."""
    try:
        return _ask(path)
    except sqlite3.DatabaseError as error:
        if not is_malformed(error):
            raise
    return _ask(path)  # one "malformed" is no damage yet (reliability.md D14)


def _ask(path: Path) -> int:
    with decoding(), closing(open_raw(path, "rw")) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        # "rw" quietly opens for reading what the system lets nobody write; only a lock for writing tells it (Windows).
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        stranger = find_stranger(connection)
        if stranger:
            raise Unopenable(Kind.FOREIGN, path, wording.HOSTILE.format(path=path, name=stranger))
        if not has_schema(connection, version):
            reason = wording.SCHEMA.format(version=version)
            raise Unopenable(Kind.DAMAGED, path, wording.DAMAGED.format(path=path, reason=reason))
        return version


def _refusal(path: Path, error: sqlite3.Error) -> Unopenable:
    kind = _KINDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, Kind.UNUSABLE)
    if kind is Kind.DAMAGED:
        return Unopenable(kind, path, wording.DAMAGED.format(path=path, reason=wording.STRUCTURE))
    return Unopenable(kind, path, sentences.FILE_UNUSABLE.format(path=path, reason=explain(error)))
