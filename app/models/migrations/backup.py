"""A whole copy of the data file before it is migrated, kept in the folder beside it.

Decides where such copies stand. Made through SQLite's backup API, never by copying the file (reliability.md D5).
"""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.models.connection import open_raw
from app.models.folder import sync_folder

FOLDER: Final = "backups"
_UNFINISHED: Final = ".new"


def back_up(path: Path, version: int, at: datetime | None = None) -> Path:
    """Copy the data file of schema ``version``; the copy is on disk when this returns. sqlite3.Error or OSError otherwise."""
    folder = path.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    time = (at or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{path.stem}-v{version}-{time}{path.suffix}"
    fresh = target.with_name(target.name + _UNFINISHED)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with closing(open_raw(path, "ro")) as source, closing(sqlite3.connect(fresh)) as copy:
            source.backup(copy)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    sync_folder(path.parent)
    return target
