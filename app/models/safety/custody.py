"""The open data file with both its sides, and all that keeps it safe: the writer's thread works with nothing else.

Decides what an unclean end of the last run leads to, and how the sides go on after a restore. Knows no queue.
"""

import sqlite3
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.models.files import sentences
from app.models.files.backups import Backup, Reason, find_backup, is_backed_up, keep_present
from app.models.files.soundness import run
from app.models.folder import FILE_NAME
from app.models.opening import Kind, Unopenable
from app.models.reader import Reader
from app.models.safety.upkeep import Upkeep

if TYPE_CHECKING:
    from app.models.store import Store

MARKER: Final = "running"  # stands in the data folder while the file is open


class Custody:
    """Both sides of the data file. The write side costs a third of a second to load, so it comes when it is needed."""

    def __init__(self, folder: Path, upkeep: Upkeep) -> None:
        """Open the file, and inspect it at once when the last run did not end cleanly. AppError when it must not be opened."""
        self.folder: Final = folder
        self.reader: Final = Reader(folder)
        self.upkeep: Final = upkeep
        self._marker: Final = folder / MARKER
        if self._marker.exists():
            self._inspect_at_once()
        with suppress(OSError):  # then the next start inspects later
            self._marker.touch(mode=0o600)

    @cached_property
    def store(self) -> "Store":
        """The write side."""
        from app.models.store import Store  # noqa: PLC0415  # not needed to show a form

        return Store(self.reader)

    def close(self) -> None:
        """Close the file: this run ended cleanly. When damage is known, the next start inspects before it shows a window."""
        self.upkeep.stop()
        self.reader.close()
        if not self.upkeep.damage:
            with suppress(OSError):
                self._marker.unlink(missing_ok=True)

    def inspect(self) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each."""
        from app.models.safety.inspection import inspect_file  # noqa: PLC0415  # not needed to show a form

        return inspect_file(self.folder / FILE_NAME)

    def back_up(self, reason: Reason, at: datetime) -> Backup | None:
        """A backup, None when nothing changed since the last one; of a damaged file an unverified one. AppError."""
        return None if is_backed_up(self.folder) else keep_present(self.folder, reason, at)

    def restore(self, name: str, at: datetime) -> Backup:
        """Have the file hold what a backup holds; the backup of the state before. AppError: then nothing is changed."""
        from app.models.safety.restoring import restore_backup  # noqa: PLC0415  # loads the migrations

        self.reader.close()
        before = restore_backup(self.folder, find_backup(self.folder, name).path, at)
        self.upkeep.accept()
        return before

    def _inspect_at_once(self) -> None:
        from app.models.safety.inspection import inspection_steps, summarise  # noqa: PLC0415  # not after a clean end

        path = self.folder / FILE_NAME
        try:
            damages = run(inspection_steps(path))
        except sqlite3.Error:
            return  # not now: upkeep tries again
        if sentences.STRUCTURE in damages:
            raise Unopenable(Kind.DAMAGED, path, sentences.DAMAGED.format(path=path, reason=sentences.STRUCTURE))
        self.upkeep.accept(summarise(damages))
