"""Backups: whole copies of the data file in a folder beside it, each verified before it gets its name.

Decides names and order. A name holds time, number and reason; the number alone orders, for a clock may be set back. Which
ones are kept is `safety.retention`'s, when they are made `safety.upkeep`'s.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models.connection import decoding, explain, open_raw
from app.models.files import sentences
from app.models.files.copying import UNFINISHED, Interrupted, copy_database, explaining, publish
from app.models.files.kinds import is_whole
from app.models.files.soundness import Steps, check_steps, run
from app.models.folder import FILE_NAME, sync_folder

SHELF: Final = "backups"
NAME: Final = re.compile(r"(\d{8}-\d{6})-(\d{6,})-([a-z]+)\.db", re.ASCII)
TIME: Final = "%Y%m%d-%H%M%S"


class Reason(Enum):
    """What a backup was made for."""

    START = "start"
    INTERVAL = "interval"
    MIGRATION = "migration"
    IMPORT = "import"
    DELETE = "delete"
    RESTORE = "restore"
    MANUAL = "manual"
    DAMAGED = "damaged"  # kept although not sound, because something was about to be written over it


class Unsound(AppError):
    """What was copied is not what was written; no backup was made."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup made at ``at`` (UTC), ``size`` in bytes; ``is_verified``: it was sound when made and is as long as then."""

    name: str
    path: Path
    at: datetime
    reason: Reason
    size: int
    is_verified: bool

    @property
    def number(self) -> int:
        """Its place in the order: the newest has the highest."""
        return int(self.name.split("-")[2])


def make_backup(folder: Path, reason: Reason, at: datetime) -> Backup:
    """Copy the data file of ``folder``, verify the copy and keep it. AppError: then nothing is left; Unsound when it is damaged."""
    return run(backup_steps(folder, reason, at))


def keep_present(folder: Path, reason: Reason, at: datetime) -> Backup:
    """A backup of what will be written over: of a damaged file an unverified one, so that nothing is lost."""
    try:
        return make_backup(folder, reason, at)
    except Unsound:
        return run(backup_steps(folder, Reason.DAMAGED, at))


def backup_steps(
    folder: Path, reason: Reason, at: datetime, is_urged: Callable[[], bool] = lambda: False
) -> Steps[Backup]:
    """`make_backup` in small steps; copying gives way, and begins anew, while ``is_urged`` says that somebody waits."""
    shelf = folder / SHELF
    with explaining(shelf):
        shelf.mkdir(mode=0o700, exist_ok=True)
        number = 1 + max((backup.number for backup in list_backups(folder)), default=0)
        fresh = shelf / f"{number:06}{UNFINISHED}"
        fresh.unlink(missing_ok=True)
        try:
            while True:
                try:
                    copy_database(folder / FILE_NAME, fresh, is_urged)
                    break
                except Interrupted:
                    yield
            yield
            if reason is not Reason.DAMAGED:
                _demand_sound((yield from check_steps(fresh)))
            target = shelf / f"{at.astimezone(UTC).strftime(TIME)}-{number:06}-{reason.value}.db"
            publish(fresh, target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        sync_folder(folder)
        return find_backup(folder, target.name)


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """All backups of a data folder, the newest first. OSError when there is a folder that cannot be read."""
    shelf = folder / SHELF
    found = [backup for path in shelf.iterdir() if (backup := _read(path))] if shelf.is_dir() else []
    return tuple(sorted(found, key=lambda backup: backup.number, reverse=True))


def find_backup(folder: Path, name: str) -> Backup:
    """The backup of that name. AppError when there is none."""
    for backup in list_backups(folder):
        if backup.name == name:
            return backup
    raise AppError(sentences.NO_BACKUP.format(name=name))


def verify_backup(path: Path) -> str:
    """What is wrong with a backup first: structure, references, row hashes or counts; "" when it is sound."""
    try:
        return next(iter(run(check_steps(path))), "")
    except sqlite3.Error as error:
        return explain(error)


def state_of(path: Path) -> str:
    """What a file holds, told by the hashes of its forms: equal for equal content. "" when it cannot be read."""
    try:
        with decoding(), closing(open_raw(path, "ro")) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()
            hashes = connection.execute("SELECT row_hash FROM forms ORDER BY id").fetchall()
    except sqlite3.Error:
        return ""
    return sha256(repr((version, hashes)).encode()).hexdigest()


def is_backed_up(folder: Path) -> bool:
    """Whether the newest good backup holds just what the data file holds."""
    newest = next((backup for backup in list_backups(folder) if backup.is_verified), None)
    return newest is not None and state_of(newest.path) == state_of(folder / FILE_NAME) != ""


def _demand_sound(damages: tuple[str, ...]) -> None:
    if damages:
        raise Unsound(sentences.UNSOUND.format(reason=damages[0]))


def _read(path: Path) -> Backup | None:
    """The backup at ``path``; None when the name is none of ours."""
    match = NAME.fullmatch(path.name)
    try:
        time, reason = (datetime.strptime(f"{match[1]}+0000", f"{TIME}%z"), Reason(match[3])) if match else (None, None)
    except ValueError:
        return None
    if time is None or reason is None:
        return None
    is_verified = reason is not Reason.DAMAGED and is_whole(path)
    return Backup(path.name, path, time, reason, path.stat().st_size, is_verified)
