"""Long work beside the window: one task at a time in a thread of its own, with progress, cancelling and its answer.

Decides when progress is shown and how a task ends: with its answer, with one polite sentence, or cancelled. The work gets
immutable values only; it knows no widget, and what comes of it is handed back in the window's thread.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

from app.form.failure import AppError
from app.ui.asking import say
from app.ui.look.labels import make_label

T = TypeVar("T")

Tell = Callable[[str, float], None]
"""What the work calls between two steps: what it does now, and which share (0 to 1) of the whole is done."""

SHOWN_AFTER: Final = 400  # milliseconds: shorter work shows no dialog
SHOWN_AGAIN: Final = 100  # milliseconds between two looks at how far it is
PATIENCE: Final = 500  # milliseconds that closing waits for a task to end, and once more for it to stop
WHOLE: Final = 100
WIDTH: Final = 360
BUSY: Final = "请先等“{title}”完成"
STOPPING: Final = "正在停止…"
STOPPING_FIRST: Final = "正在停止，停下后窗口会自动关闭"
CANCELLED: Final = "已取消“{title}”"


class Cancelled(Exception):
    """The user no longer wants what is being done; raised in the work where it tells how far it is."""


@dataclass(slots=True, eq=False)
class _Task:
    """A piece of work, what is done with its answer, and how far it is."""

    title: str
    work: Callable[[Tell], Any]
    done: Callable[[Any], object]
    is_unwanted: Event = field(default_factory=Event)
    answer: "Future[Any]" = field(default_factory=Future)
    step: tuple[str, float] = ("", 0.0)

    def execute(self) -> None:
        """Called in the thread."""
        try:
            self.answer.set_result(self.work(self.tell))
        except BaseException as error:  # noqa: BLE001 - raised again in the window's thread
            self.answer.set_exception(error)

    def tell(self, text: str, share: float) -> None:
        """Called by the work. Cancelled when nobody wants it any more."""
        if self.is_unwanted.is_set():
            raise Cancelled
        self.step = (text, share)


class Tasks(QObject):
    """Remembers the running task and its dialog. Works for one window."""

    _ended = Signal(object)

    def __init__(self, window: QWidget, say: Callable[[str], None], title: str) -> None:
        """``say`` puts a sentence into the status bar; ``title`` heads the messages."""
        super().__init__(window)
        self._window = window
        self._say = say
        self._title = title
        self._task: _Task | None = None
        self._dialog: QProgressDialog | None = None
        self._is_closing = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_progress)
        self._ended.connect(self._on_ended)

    @property
    def is_running(self) -> bool:
        """Whether a task is at work."""
        return self._task is not None

    def start(self, title: str, work: Callable[[Tell], T], done: Callable[[T], object]) -> None:
        """Do ``work`` in the thread, then ``done`` with its answer in the window's. A failure the program knows is shown."""
        if self._task is not None:
            self._say(BUSY.format(title=self._task.title))
            return
        self._task = task = _Task(title, work, done)
        self._timer.start(SHOWN_AFTER)
        self._pool.start(partial(self._execute, task))

    def cancel(self) -> None:
        """Have the task stop at its next step; what it wrote so far is taken back by itself."""
        if self._task is not None:
            self._task.is_unwanted.set()
            self._timer.stop()
            self._put_dialog_away()
            self._say(STOPPING)

    def finish(self) -> bool:
        """Before the window closes: wait a little, then cancel. False when the task still stops; it closes the window then."""
        if not self._pool.waitForDone(PATIENCE):
            self.cancel()
            if not self._pool.waitForDone(PATIENCE):
                self._is_closing = True
                self._say(STOPPING_FIRST)
                return False
        if self._task is not None:
            self._on_ended(self._task)
        return True

    def _execute(self, task: _Task) -> None:
        """Called in the thread."""
        task.execute()
        self._ended.emit(task)

    def _show_progress(self) -> None:
        task = self._task
        if task is None:
            return
        if self._dialog is None:
            self._dialog = self._make_dialog(task.title)
        text, share = task.step
        self._dialog.setLabelText(text or f"{task.title}…")
        self._dialog.setValue(min(round(share * WHOLE), WHOLE - 1))
        self._timer.start(SHOWN_AGAIN)

    def _make_dialog(self, title: str) -> QProgressDialog:
        dialog = QProgressDialog(title, "取消", 0, WHOLE, self._window)
        dialog.setLabel(make_label(title))  # of its own it has one that takes markup
        dialog.setWindowTitle(title)
        # Under a modal dialog (历次定稿) it would be out of the mouse's reach.
        is_beneath = QApplication.activeModalWidget() is not None
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal if is_beneath else Qt.WindowModality.NonModal)
        dialog.setMinimumWidth(WIDTH)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.canceled.connect(self.cancel)
        dialog.show()
        return dialog

    def _put_dialog_away(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.canceled.disconnect(self.cancel)  # closing it would cancel
            dialog.close()
            dialog.deleteLater()

    def _on_ended(self, task: _Task) -> None:
        """The thread says so, or `finish` saw it first."""
        if task is not self._task:
            return
        self._task = None
        self._timer.stop()
        self._put_dialog_away()
        try:
            self._hand_back(task)
        finally:
            if self._is_closing:
                self._is_closing = False
                self._window.close()

    def _hand_back(self, task: _Task) -> None:
        try:
            answer = task.answer.result()
        except Cancelled:
            self._say(CANCELLED.format(title=task.title))
        except AppError as failure:
            say(self._window, self._title, str(failure))
        else:
            task.done(answer)
