"""Damaged files are kept aside under a dated name, never deleted.

Decides where they stand. Only for files that nobody has open.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.models.files.backups import TIME
from app.models.files.kinds import has_journal, journal_of
from app.models.folder import sync_folder

ASIDE: Final = "damaged"


def put_aside(path: Path, at: datetime) -> Path:
    """Move what stands at ``path``, and the journal beside it, into the folder of damaged files; where it stands now. OSError."""
    target = _choose_name(path, at)
    path.replace(target)
    _follow(path, target)
    return target


def put_journal_aside(path: Path, at: datetime) -> None:
    """Move a journal away whose file is gone: it would be rolled back into a new one."""
    if has_journal(path):
        _follow(path, _choose_name(path, at))


def _choose_name(path: Path, at: datetime) -> Path:
    folder = path.parent / ASIDE
    folder.mkdir(mode=0o700, exist_ok=True)
    time, number = at.astimezone(UTC).strftime(TIME), 1
    while (target := folder / f"{time}-{number}-{path.name}").exists() or journal_of(target).exists():
        number += 1
    return target


def _follow(path: Path, target: Path) -> None:
    if journal_of(path).exists():
        journal_of(path).replace(journal_of(target))
    sync_folder(target.parent)
    sync_folder(path.parent)
