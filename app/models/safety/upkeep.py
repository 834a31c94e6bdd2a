"""What is done when nobody waits: clearing up, looking for damage, backing up, watching the space that is left.

Decides when; each step is short, so that an edit never waits long behind one. Its thread and its pauses are the writer's.
"""

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models.files import sentences
from app.models.files.backups import SHELF, Reason, backup_steps, is_backed_up
from app.models.files.copying import UNFINISHED
from app.models.files.putting_aside import ASIDE
from app.models.folder import FILE_NAME
from app.models.safety.backups import WORKBENCH
from app.models.safety.inspection import inspection_steps, summarise
from app.models.safety.notices import Matter, Notice
from app.models.safety.retention import remove_outdated
from app.models.safety.second import SecondCopies
from app.models.state import now

EVERY: Final = 30 * 60.0  # seconds between two backups of what goes on changing, unless arranged otherwise
LOOK: Final = 60.0  # seconds between two looks at whether something is due
BREATH: Final = 0.005  # seconds between two steps of the same work
LEAST: Final = 50 * 1024 * 1024  # bytes on the disk

_log: Final = logging.getLogger(__name__)


class Upkeep:
    """Remembers how far the work is; it never ends. One thread."""

    def __init__(
        self,
        folder: Path,
        tell: Callable[[Notice], None],
        *,
        is_urged: Callable[[], bool] = lambda: False,
        clock: Callable[[], datetime] = now,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Look after the data file of ``folder``; ``tell`` hears what the user must know, ``is_urged`` says that somebody waits."""
        self._folder: Final = folder
        self._tell: Final = tell
        self._is_urged: Final = is_urged
        self._clock: Final = clock
        self._timer: Final = timer
        self._every = EVERY
        self.second: Final = SecondCopies(folder, tell)
        self._is_inspected = False
        self.damage = ""  # as one sentence
        self._work = self._go_on()

    def step(self) -> float:
        """Do the next piece; seconds until the one after it is due."""
        try:
            return next(self._work)
        except Exception as error:  # noqa: BLE001 - a bug here must not end the saving
            _log.error("upkeep stopped: %s", type(error).__name__)
            self._work = self._rest()
            return LOOK

    def rest(self) -> None:
        """Do nothing from now on: the file is not ours to look after."""
        self._work = self._rest()

    def stop(self) -> None:
        """Give up what is under way; nothing of it is left."""
        self._work.close()

    def arrange(self, every: float, second: Path | None) -> None:
        """Seconds between two backups, and where second copies go, from now on. Any thread."""
        self._every = every
        self.second.move(second)

    def accept(self, damage: str = "") -> None:
        """Somebody else has inspected the file; ``damage`` is what was found, as one sentence."""
        self._is_inspected = True
        self.damage = damage
        self._tell(Notice(Matter.DAMAGE, damage))

    def _go_on(self) -> Generator[float, None, None]:
        reason = Reason.START
        while True:
            self._clear_up()
            self._watch_space()
            yield BREATH
            if not self._is_inspected:
                yield from self._inspect()
            yield from self._back_up(reason)
            begun = self._timer()
            while (left := begun + self._every - self._timer()) > 0:
                self.second.go_on()
                yield min(left, LOOK)
            reason = Reason.INTERVAL

    @staticmethod
    def _rest() -> Generator[float, None, None]:
        while True:
            yield LOOK

    def _clear_up(self) -> None:
        """What a work that was killed left behind."""
        with suppress(OSError):
            for folder in (self._folder, self._folder / SHELF, self._folder / ASIDE):
                for path in folder.glob(f"{WORKBENCH}*"):
                    shutil.rmtree(path, ignore_errors=True)
            for path in (self._folder / SHELF).glob(f"*{UNFINISHED}*"):
                path.unlink()

    def _watch_space(self) -> None:
        with suppress(OSError):
            free = shutil.disk_usage(self._folder).free
            text = sentences.LOW_SPACE.format(free=free // 2**20) if free < LEAST else ""
            self._tell(Notice(Matter.SPACE, text))

    def _inspect(self) -> Generator[float, None, None]:
        steps = inspection_steps(self._folder / FILE_NAME)
        try:
            while True:
                next(steps)
                yield BREATH
        except StopIteration as end:
            self.accept(summarise(end.value))
        except sqlite3.Error:
            return  # it could not be read now: again at the next turn

    def _back_up(self, reason: Reason) -> Generator[float, None, None]:
        try:
            if is_backed_up(self._folder):
                return
            steps = backup_steps(self._folder, reason, self._clock(), self._is_urged)
            while True:
                try:
                    next(steps)
                except StopIteration:
                    break
                yield BREATH
            self.second.drop(remove_outdated(self._folder, self._clock().astimezone()))
        except AppError as error:
            self._tell(Notice(Matter.BACKUP, sentences.BACKUP_FAILED.format(reason=error)))
        except OSError as error:
            self._tell(Notice(Matter.BACKUP, sentences.BACKUP_FAILED.format(reason=error.strerror)))
        else:
            self._tell(Notice(Matter.BACKUP, ""))
