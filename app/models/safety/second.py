"""A second copy of each verified backup in a folder that the user named, such as another disk.

Decides what is still to be copied, and what is taken away there. It works in a thread of its own: a share that hangs must
not hold up the saving. A folder that is not there is told, not made: what was meant is not plugged in.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from app.form.failure import AppError
from app.models.files import sentences
from app.models.files.backups import SHELF, list_backups
from app.models.safety.backups import save_copy
from app.models.safety.notices import Matter, Notice


class SecondCopies:
    """Remembers the folder, which backups are kept no longer, and the thread while it copies. Any thread."""

    def __init__(self, folder: Path, tell: Callable[[Notice], None]) -> None:
        """Of the backups of the data folder ``folder``; ``tell`` hears what the user must know, from that thread."""
        self._folder: Final = folder
        self._tell: Final = tell
        self._lock: Final = Lock()
        self._target: Path | None = None
        self._outdated: set[str] = set()
        self._thread: Thread | None = None

    def move(self, target: Path | None) -> None:
        """Copy into this folder from now on; None: no longer. What is elsewhere stays."""
        with self._lock:
            if target != self._target:
                self._target = target
                self._outdated.clear()

    def drop(self, names: Iterable[str]) -> None:
        """These backups are kept no longer."""
        with self._lock:
            if self._target is not None:
                self._outdated.update(names)

    def go_on(self) -> None:
        """Begin with what is to be copied, if anything and unless that goes on already. Returns at once."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return
            target = self._target
            if target is None:
                self._tell(Notice(Matter.SECOND_COPY, ""))
                return
            self._thread = Thread(target=self._work, args=(target,), name="second-copies", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether nothing is being copied, after so many seconds at most."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def _work(self, target: Path) -> None:
        try:
            self._copy_missing(target)
            self._remove_outdated(target)
        except AppError as error:
            text = sentences.NO_SECOND_COPY.format(folder=target, reason=error)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            text = sentences.NO_SECOND_COPY.format(folder=target, reason=reason)
        else:
            text = ""
        if self._target == target:  # otherwise nobody asks any more
            self._tell(Notice(Matter.SECOND_COPY, text))

    def _copy_missing(self, target: Path) -> None:
        if target.resolve() == (self._folder / SHELF).resolve():
            raise AppError(sentences.SAME_SHELF)
        there = {path.name for path in target.iterdir()}
        for backup in list_backups(self._folder):  # the newest first
            if backup.is_verified and backup.name not in there:
                save_copy(backup, target)

    def _remove_outdated(self, target: Path) -> None:
        """Only what this program copied or would have, by its name; another computer's backups may lie there too."""
        with self._lock:
            names = tuple(self._outdated)
        for name in names:
            (target / name).unlink(missing_ok=True)
            with self._lock:
                self._outdated.discard(name)  # one that can't be removed now is tried again
