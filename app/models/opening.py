"""Opening the data file: having a new one made, refusing what is not ours, having an older one migrated.

Decides which file may be opened. Never overwrites or empties a file that is there. The database libraries are loaded
only to make or migrate a file: a third of a second that a usual start does not pay.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models import sentences
from app.models.connection import APPLICATION_ID, explain, open_raw
from app.models.folder import prepare_folder

_HEADER: Final = 100  # bytes
_MAGIC: Final = b"SQLite format 3\0"

VERSION: Final = 3  # the number of `migrations.MIGRATIONS`


def open_file(folder: Path) -> Path:
    """The data file of ``folder``, made or brought to the newest schema. AppError when it must not be opened."""
    path = prepare_folder(folder)
    try:
        if not path.exists():
            from app.models.migrations.upgrade import create_file  # noqa: PLC0415

            create_file(path)
        version = read_version(path)
        path.chmod(0o600)
        if version < VERSION:
            from app.models.migrations.backup import back_up  # noqa: PLC0415
            from app.models.migrations.upgrade import upgrade_file  # noqa: PLC0415

            back_up(path, version)
            upgrade_file(path)
    except sqlite3.Error as error:
        raise AppError(sentences.FILE_UNUSABLE.format(path=path, reason=explain(error))) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(sentences.FOLDER_UNUSABLE.format(folder=folder, reason=reason)) from error
    return path


def read_version(path: Path) -> int:
    """The schema version of the file at ``path``. AppError when it is none of ours or newer than we know."""
    if path.is_dir():
        raise AppError(sentences.FILE_IS_FOLDER.format(path=path))
    if path.stat().st_size == 0:
        raise AppError(sentences.FILE_EMPTY.format(path=path))
    application, version = _read_header(path)
    if application != APPLICATION_ID or version == 0:
        raise AppError(sentences.FILE_FOREIGN.format(path=path))
    if version > VERSION:
        raise AppError(sentences.FILE_NEWER.format(found=version, known=VERSION))
    with closing(open_raw(path, "rw")) as connection:  # what an interrupted write left is rolled back first
        current: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return current


def _read_header(path: Path) -> tuple[int, int]:
    """Application id and schema version from the first bytes of the file; zeros when it is no SQLite file.

    Not through SQLite: that would make files beside a foreign one, and find an interrupted write "malformed" unless it
    may roll it back. Reading the file ourselves is safe only here, before this process has a connection (D5).
    """
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return 0, 0
    # https://www.sqlite.org/fileformat2.html: user version at offset 60, application id at 68, both big-endian.
    return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
