"""Backups as the rest of the program knows them, and what is in one.

Decides how a backup is looked into: a copy of it is opened as a data file is, so that one of an older version can be read
too and the backup itself stays untouched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.form.form import Form
from app.models.files.backups import (
    SHELF,
    Backup,
    Reason,
    Unsound,
    find_backup,
    is_backed_up,
    list_backups,
    make_backup,
    verify_backup,
)
from app.models.files.copying import UNFINISHED, copy_database, explaining, publish
from app.models.folder import FILE_NAME
from app.models.reader import Reader
from app.models.state import FormEntry

__all__ = [
    "SHELF",
    "Backup",
    "Contents",
    "Reason",
    "StoredForm",
    "Unsound",
    "find_backup",
    "is_backed_up",
    "list_backups",
    "make_backup",
    "opened",
    "read_contents",
    "save_copy",
    "unpacked",
    "verify_backup",
]

WORKBENCH: Final = ".work-"  # prefix of folders that are gone when the work is done


@dataclass(frozen=True, slots=True)
class StoredForm:
    """A form as it lies in a backup or was salvaged."""

    entry: FormEntry
    form: Form


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a backup: its forms by unit and then the newest year first, the deleted ones left out."""

    forms: tuple[StoredForm, ...]


def read_contents(path: Path) -> Contents:
    """What is in the backup at ``path``, every row verified. AppError when it cannot be read or is damaged."""
    with unpacked(path) as folder, opened(folder) as reader:
        return Contents(tuple(StoredForm(entry, reader.load(entry.id)) for entry in reader.list_forms()))


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder with a copy of the backup as its data file; both are gone afterwards. AppError."""
    with explaining(path), TemporaryDirectory(prefix=WORKBENCH, dir=path.parent) as name:
        copy_database(path, Path(name) / FILE_NAME)
        yield Path(name)


@contextmanager
def opened(folder: Path) -> Iterator[Reader]:
    """A reader of a folder's data file, brought to today's schema. AppError."""
    reader = Reader(folder)
    try:
        yield reader
    finally:
        reader.close()


def save_copy(backup: Backup, folder: Path) -> Path:
    """Another copy of a backup in ``folder``, verified there; where it is. AppError: then nothing is left."""
    target = folder / backup.name
    fresh = target.with_name(target.name + UNFINISHED)
    with explaining(folder):
        fresh.unlink(missing_ok=True)
        copy_database(backup.path, fresh)
        reason = verify_backup(fresh)
        if reason:
            fresh.unlink()
            raise Unsound(reason)
        publish(fresh, target)
    return target
