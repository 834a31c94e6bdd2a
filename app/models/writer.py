"""The one writer thread: it owns the connection, and an ordered queue stands before it.

Decides when a change counts as saved and when to try again. Loads the database libraries and calls the listener in its thread.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from app.form.change import Change
from app.form.failure import AppError
from app.form.form import Form
from app.form.text import sanitise
from app.models import sentences
from app.models.files.backups import Backup, Reason
from app.models.safety.backups import Contents, find_backup, list_backups, read_contents
from app.models.safety.custody import Custody
from app.models.safety.notices import Bulletin, Notice
from app.models.safety.upkeep import Upkeep
from app.models.state import FormEntry, JournalEntry, Saved, SaveState, Saving, Unsaved, Version, now

if TYPE_CHECKING:
    from app.review import edition

__all__ = ["FormEntry", "JournalEntry", "SaveState", "Saved", "Saving", "Unsaved", "Version", "Writer", "now"]

T = TypeVar("T")

_log: Final = logging.getLogger(__name__)

FIRST_PAUSE: Final = 0.25  # seconds until a failed change is tried again; doubled every time
LONGEST_PAUSE: Final = 8.0
GRACE: Final = 0.02  # seconds between a submission and its writing, unless somebody waits
IDLE: Final = 1.0  # seconds without work after which the libraries for writing are loaded beforehand


@dataclass(slots=True)
class _Submission:
    """A change on its way, and how often it failed."""

    form_id: int
    change: Change
    at: datetime
    failures: int = 0


@dataclass(slots=True)
class _Request(Generic[T]):
    """Something to be asked of the data file, in its turn; somebody waits for the answer."""

    ask: Callable[[Custody], T]
    answer: Future[T] = field(default_factory=Future)

    def execute(self, file: Custody) -> None:
        try:
            self.answer.set_result(self.ask(file))
        except BaseException as error:  # noqa: BLE001 - raised where the answer is waited for
            self.answer.set_exception(error)


class Writer:
    """The queue and its thread. Every method may be called from any thread but the listener's."""

    def __init__(
        self,
        folder: Path,
        listener: Callable[[SaveState], None] | None = None,
        clock: Callable[[], datetime] = now,
        *,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open or make the data file of ``folder`` in the thread and wait for it. AppError when it must not be opened."""
        self._folder: Final = folder
        self._listener: Final = listener
        self._clock: Final = clock
        self._bulletin: Final = Bulletin()
        self.upkeep: Final = Upkeep(folder, self._bulletin.tell, is_urged=self._has_job, clock=clock, timer=timer)
        self._queue: Final[deque[_Submission | _Request[Any]]] = deque()
        self._changed: Final = Condition()
        self._locked: dict[int, int] = {}  # the version that locks each form that is final
        self._is_urged = False
        self._is_closing = False
        opened: Future[None] = Future()
        self._thread: Final = Thread(target=self._run, args=(opened,), name="writer", daemon=True)
        self._thread.start()
        opened.result()

    def list_forms(self) -> tuple[FormEntry, ...]:
        """All forms, by unit and then the newest year first."""
        return self._ask(lambda file: file.reader.list_forms())

    def list_deleted(self) -> tuple[FormEntry, ...]:
        """The forms that were deleted and can be restored."""
        return self._ask(lambda file: file.reader.list_forms(is_deleted=True))

    def load(self, form_id: int) -> Form:
        """A whole form. AppError when there is none or it is damaged."""
        return self._ask(lambda file: file.reader.load(form_id))

    def history(self, form_id: int) -> tuple[JournalEntry, ...]:
        """Every committed change of a form, the oldest first."""
        return self._ask(lambda file: file.reader.history(form_id))

    def create(self, form: Form, text: str) -> FormEntry:
        """Store a new form; ``text`` says in its journal where it came from."""
        return self._ask(lambda file: file.store.create(form, text, self._clock()))

    def delete(self, form_id: int) -> None:
        """Take a form out of the list; `restore` puts it back in."""
        self._ask(lambda file: file.store.mark_deleted(form_id, self._clock()))

    def restore(self, form_id: int) -> None:
        """Put a deleted form back into the list."""
        self._ask(lambda file: file.store.mark_deleted(form_id, None))

    def finalise(self, form_id: int, by: str) -> "edition.Final":
        """Keep the form as its next version, made by ``by``, and lock it. AppError when it is locked or not all is on disk."""
        who = sanitise(by, is_multiline=False).text
        final = self._ask(lambda file: file.store.finalise(form_id, who, self._clock()))
        self._locked[form_id] = final.number
        return final

    def reopen(self, form_id: int, reason: str) -> None:
        """Unlock a final form and keep its version with the reason. AppError when it is not final."""
        why = sanitise(reason).text
        self._ask(lambda file: file.store.reopen(form_id, why, self._clock()))
        self._locked.pop(form_id, None)

    def versions(self, form_id: int) -> tuple[Version, ...]:
        """All versions of a form, the first one first."""
        return self._ask(lambda file: file.reader.versions(form_id))

    def load_version(self, form_id: int, number: int) -> Form:
        """The whole form as that version has it. AppError when there is none or it is damaged."""
        return self._ask(lambda file: file.reader.load_version(form_id, number))

    def back_up(self, reason: Reason) -> Backup | None:
        """A verified backup of all that was submitted; None when nothing changed since the last one. AppError."""
        return self._ask(lambda file: file.back_up(reason, self._clock()))

    def list_backups(self) -> tuple[Backup, ...]:
        """All backups, the newest first."""
        return list_backups(self._folder)

    def read_backup(self, name: str) -> Contents:
        """What is in a backup, every row verified. It takes a while, in the caller's thread. AppError."""
        return read_contents(find_backup(self._folder, name).path)

    def restore_backup(self, name: str) -> Backup:
        """Go back to a backup; the backup of the state before. Every open form must be loaded anew. AppError: nothing changed."""
        return self._ask(lambda file: self._restore(file, name))

    def inspect(self) -> tuple[str, ...]:
        """What is wrong with the data file, a sentence each."""
        return self._ask(lambda file: file.inspect())

    def watch(self, hear: Callable[[Notice], None]) -> None:
        """Have ``hear`` told what the user must know, from the writer's thread; first, in this one, what is so already."""
        self._bulletin.watch(hear)

    def submit(self, form_id: int, change: Change) -> None:
        """Have a change written. Returns at once; the listener hears what becomes of it. AppError when the form is final."""
        if form_id in self._locked:
            raise AppError(sentences.FORM_LOCKED.format(number=self._locked[form_id]))
        self._put(_Submission(form_id, change, self._clock()))

    def retry(self) -> None:
        """Try a failed change again now."""
        with self._changed:
            self._is_urged = True
            self._changed.notify_all()

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until everything submitted is on disk. False when that failed or took longer than ``timeout`` seconds."""
        request: _Request[None] = _Request(lambda _file: None)
        self._put(request)
        try:
            request.answer.result(timeout)
        except (AppError, TimeoutError):
            return False
        return True

    def close(self, timeout: float | None = None) -> bool:
        """Flush and end. False when not everything is on disk: then the writer goes on trying."""
        if not self._thread.is_alive():
            return True
        if not self.flush(timeout):
            return False
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _ask(self, ask: Callable[[Custody], T]) -> T:
        request = _Request(ask)
        self._put(request)
        return request.answer.result()

    def _put(self, job: _Submission | _Request[Any]) -> None:
        with self._changed:
            if self._is_closing:
                raise RuntimeError("the writer is closed")
            self._queue.append(job)
            self._changed.notify_all()

    def _run(self, opened: Future[None]) -> None:
        try:
            file = Custody(self._folder, self.upkeep)
            self._locked |= file.reader.list_final()
        except BaseException as error:  # noqa: BLE001 - raised in the constructor
            opened.set_exception(error)
            return
        opened.set_result(None)
        while (job := self._wait_for_job(file)) is not None:
            if isinstance(job, _Submission):
                self._save(file, job)
            else:
                self._take_off()
                job.execute(file)
        file.close()

    def _wait_for_job(self, file: Custody) -> _Submission | _Request[Any] | None:
        pause = IDLE
        while not self._wait(self._has_job, pause):
            _ = file.store
            pause = self.upkeep.step()
        # The window paints what was typed first: both threads at once would share one interpreter.
        self._wait(lambda: self._has_request() or self._is_closing, GRACE)
        with self._changed:
            return self._queue[0] if self._queue else None

    def _take_off(self) -> None:
        with self._changed:  # the window may be counting
            self._queue.popleft()

    def _restore(self, file: Custody, name: str) -> Backup:
        before = file.restore(name, self._clock())
        self._locked = file.reader.list_final()
        return before

    def _save(self, file: Custody, job: _Submission) -> None:
        if not job.failures:  # while a failure lasts, its message stays
            self._tell(Saving(self.count_pending()))
        try:
            file.store.apply(job.form_id, job.change, job.at, is_retry=job.failures > 0)
        except AppError as error:
            self._postpone(job, str(error))
        except Exception as error:  # noqa: BLE001 - a bug must not end the thread: what waits behind would be lost
            if not job.failures:  # without the traceback, which may hold what was typed
                _log.error("a change could not be stored: %s", type(error).__name__)
            self._postpone(job, sentences.INTERNAL)
        else:
            self._take_off()
            if not self.count_pending():
                self._tell(Saved(self._clock()))

    def _postpone(self, job: _Submission, reason: str) -> None:
        """Keep the change, let nobody wait behind it, and pause."""
        job.failures += 1
        with self._changed:
            waiting = [other for other in self._queue if isinstance(other, _Request)]
            for request in waiting:
                self._queue.remove(request)
        for request in waiting:
            request.answer.set_exception(AppError(sentences.BEHIND.format(reason=reason)))
        self._tell(Unsaved(self.count_pending(), sentences.UNSAVED.format(reason=reason)))
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (job.failures - 1))
        self._wait(lambda: self._is_urged or self._has_request(), pause)
        self._is_urged = False

    def _wait(self, is_so: Callable[[], bool], seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(is_so, seconds)

    def _has_job(self) -> bool:
        return bool(self._queue) or self._is_closing

    def _has_request(self) -> bool:
        return any(isinstance(job, _Request) for job in self._queue)

    def count_pending(self) -> int:
        """How many submitted changes are not on disk yet."""
        with self._changed:
            return sum(isinstance(job, _Submission) for job in self._queue)

    def _tell(self, state: SaveState) -> None:
        if self._listener is None:
            return
        try:
            self._listener(state)
        except Exception:  # noqa: BLE001 - a listener that fails must not end the saving
            _log.exception("the listener failed")
