"""Which backups are kept: the 12 newest, the newest of 14 days and of 24 months, and what changed everything.

Decides by counting, not by age: a clock that was set back or forward makes no backup too old. Pure; deletes nothing itself
but through `remove_outdated`.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from app.models.files.backups import Backup, Reason, list_backups

RECENT: Final = 12
DAILY: Final = 14
MONTHLY: Final = 24
TURNS: Final = 3  # kept of those made before a migration, and of those made before restoring


def outdated(backups: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """Those that need not be kept. The time zone of ``now`` says where a day begins.

    A damaged one counts for nothing, and stays until as many good ones as are recent are newer.
    """
    ordered = sorted(backups, key=lambda backup: backup.number, reverse=True)
    good = [backup for backup in ordered if backup.is_verified]
    kept = set(good[:RECENT])
    kept.update(_firsts(good, lambda backup: _local(backup, now).date(), DAILY))
    kept.update(_firsts(good, lambda backup: (_local(backup, now).year, _local(backup, now).month), MONTHLY))
    for turn in (Reason.MIGRATION, Reason.RESTORE):
        kept.update(islice((backup for backup in good if backup.reason is turn), TURNS))
    oldest = good[RECENT - 1].number if len(good) >= RECENT else 0
    kept.update(backup for backup in ordered if not backup.is_verified and backup.number > oldest)
    return tuple(backup for backup in ordered if backup not in kept)


def remove_outdated(folder: Path, now: datetime) -> tuple[str, ...]:
    """Delete those that need not be kept, right after a new one was verified; their names. OSError."""
    found = outdated(list_backups(folder), now)
    for backup in found:
        backup.path.unlink(missing_ok=True)
    return tuple(backup.name for backup in found)


def _local(backup: Backup, now: datetime) -> datetime:
    return backup.at.astimezone(now.tzinfo)


def _firsts(backups: Iterable[Backup], key: Callable[[Backup], Hashable], count: int) -> Iterable[Backup]:
    """The first of each of the first ``count`` keys."""
    found: dict[Hashable, Backup] = {}
    for backup in backups:
        if key(backup) not in found and len(found) < count:
            found[key(backup)] = backup
    return found.values()
