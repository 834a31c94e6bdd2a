"""The ways out when the data file cannot be opened: what is readable in it, and a sound file in its place.

Decides how a sound file is made and put there; the damaged one is kept aside, never deleted. For use before the data file is
open in this process.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.form.failure import AppError
from app.models.connection import decoding, open_raw
from app.models.encoding import Damage
from app.models.files import sentences
from app.models.files.backups import Backup, list_backups, verify_backup
from app.models.files.copying import copy_database, explaining, publish
from app.models.files.kinds import journal_of
from app.models.files.putting_aside import put_aside, put_journal_aside
from app.models.files.schema import find_stranger
from app.models.folder import FILE_NAME
from app.models.opening import open_file
from app.models.reader import Reader, read_form
from app.models.safety.backups import WORKBENCH, StoredForm
from app.models.state import FormEntry, now

__all__ = ["Salvage", "newest_good", "put_aside", "recover", "salvage"]


@dataclass(frozen=True, slots=True)
class Salvage:
    """What is readable in a damaged file: forms whose every row is what was written, and how many others there are."""

    forms: tuple[StoredForm, ...] = ()
    lost: int = 0


def newest_good(folder: Path) -> Backup | None:
    """The newest backup that is sound, looked at now."""
    return next((each for each in list_backups(folder) if each.is_verified and not verify_backup(each.path)), None)


def salvage(path: Path) -> Salvage:
    """What is readable in the file at ``path``, which nobody has open and which stays as it is. OSError."""
    if not path.is_file():
        return Salvage()
    with TemporaryDirectory(prefix=WORKBENCH, dir=path.parent) as name:
        copy = Path(name) / FILE_NAME
        for source, target in ((path, copy), (journal_of(path), journal_of(copy))):
            if source.exists():
                shutil.copyfile(source, target)
        try:
            return _read_what_is_sound(copy)
        except sqlite3.Error:
            return Salvage()


def recover(
    folder: Path, backup: Backup | None, salvaged: tuple[StoredForm, ...] = (), at: datetime | None = None
) -> Path | None:
    """Put a sound data file into ``folder``: what ``backup`` holds or, without one, a new file; and the ``salvaged`` forms.

    Where the file that stood there is kept now, None when there was none. AppError: then nothing is changed.
    """
    path = folder / FILE_NAME
    with explaining(folder), TemporaryDirectory(prefix=WORKBENCH, dir=folder) as name:
        fresh = Path(name) / FILE_NAME
        if backup is not None:
            copy_database(backup.path, fresh)
        open_file(Path(name))  # made, or brought to today's schema
        _take_over(Path(name), salvaged, at or now())
        reason = verify_backup(fresh)
        if reason:
            raise AppError(sentences.NOT_SOUND.format(name=backup.name if backup else FILE_NAME, reason=reason))
        aside = put_aside(path, at or now()) if path.exists() else None
        put_journal_aside(path, at or now())
        publish(fresh, path)
    return aside


def _read_what_is_sound(copy: Path) -> Salvage:
    with suppress(sqlite3.Error, AppError), decoding():
        from app.models.migrations.upgrade import upgrade_file  # noqa: PLC0415  # loads the database libraries

        upgrade_file(copy)  # an older one cannot be read otherwise
    with decoding(), closing(open_raw(copy, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = ON")  # SQLite opens a truncated file only so
        if find_stranger(connection):
            return Salvage()
        forms, lost = [], 0
        for form_id, edited_at in _list_ids(connection):
            try:
                _, form = read_form(connection, form_id)
                entry = FormEntry(
                    form_id, form.cover.unit, form.cover.year, form.template.name, datetime.fromisoformat(edited_at)
                )
            except (sqlite3.Error, Damage, AppError, ValueError, KeyError):  # a UnicodeDecodeError is a ValueError
                lost += 1
            else:
                forms.append(StoredForm(entry, form))
    forms.sort(key=lambda stored: (stored.entry.unit, stored.entry.year))
    return Salvage(tuple(forms), lost)


def _list_ids(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Forms that are not deleted, as far as they can be read."""
    found: list[tuple[int, str]] = []
    with suppress(sqlite3.Error), decoding():
        query = "SELECT id, edited_at FROM forms WHERE deleted_at IS NULL ORDER BY id"
        for row in connection.execute(query):
            found.append(row)  # noqa: PERF402 - one by one: what was read before the damage counts
    return found


def _take_over(folder: Path, salvaged: tuple[StoredForm, ...], at: datetime) -> None:
    """Store the salvaged forms that are not there already."""
    if not salvaged:
        return
    from app.models.store import Store  # noqa: PLC0415  # loads the database libraries

    reader = Reader(folder)
    try:
        present = {(entry.unit, entry.year): reader.load(entry.id) for entry in reader.list_forms()}
        store = Store(reader)
        for stored in salvaged:
            if present.get((stored.form.cover.unit, stored.form.cover.year)) != stored.form:
                store.create(stored.form, sentences.SALVAGED, at)
    finally:
        reader.close()
