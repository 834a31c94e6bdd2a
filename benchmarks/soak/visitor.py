"""A visitor at the window: does one thing after the other, also in the dialogs that come of it.

Each act is done by a timer of its own, so that one which opens a dialog (and returns only when that is closed) does not
stop the next. A dialog is left after a few acts; one that shows progress is waited for.
"""

from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QProgressDialog, QWidget

from benchmarks.soak.hands import ACTS, Act, name_file

STAY: Final = 12
"""Acts after which a dialog is closed at the latest."""
ACTS_IN_IT: Final = "acts"
WAITING: Final = 20  # milliseconds between two looks at a dialog that shows progress


class Visitor:
    """Remembers how much was done, and where."""

    def __init__(self, window: QWidget, folder: Path, random: Random, count: int) -> None:
        """``folder`` holds files to be read, and is where files go to; ``count`` acts are done."""
        self._window = window
        self._folder = folder
        self._random = random
        self._count = count
        self._depth = 0  # acts that have not come back yet, since what they opened is still there
        self.done: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=6)
        self.at: dict[int, Callable[[], None]] = {}

    def work(self) -> None:
        """Do everything; returns when it is done and no dialog is open any more."""
        QTimer.singleShot(0, self._act)
        QApplication.exec()

    def _act(self) -> None:
        """One act, after the next one has been put into the queue."""
        target = QApplication.activeModalWidget() or self._window
        if self.done.total() >= self._count:
            if target is self._window:
                QApplication.exit()
                return
            QTimer.singleShot(WAITING, self._act)
            self._leave(target)
            return
        is_working = isinstance(target, QProgressDialog) and bool(self._random.randrange(50))
        is_waiting = is_working or self._depth > count_loops()
        QTimer.singleShot(WAITING if is_waiting else 0, self._act)
        if is_waiting:
            return
        self._depth += 1
        try:
            self._go_on(target)
        finally:
            self._depth -= 1

    def _go_on(self, target: QWidget) -> None:
        self._note(target)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if target is self._window:
            self._do(target)
        else:
            self._answer(target)

    def _answer(self, dialog: QWidget) -> None:
        stay = int(dialog.property(ACTS_IN_IT) or 0) + 1
        dialog.setProperty(ACTS_IN_IT, stay)  # remembered by the dialog itself: who keeps it here keeps it alive
        if stay > STAY:
            self._leave(dialog)
        elif isinstance(dialog, QFileDialog) and self._random.randrange(4):
            self.done["name_file"] += 1
            name_file(self._random, dialog, self._folder)
        elif isinstance(dialog, QMessageBox):
            self.done["answer"] += 1
            self._random.choice(dialog.buttons()).click()
        else:
            self._do(dialog)

    def _do(self, target: QWidget) -> None:
        (act,) = self._random.choices(list(ACTS), list(ACTS.values()))
        name = self._name(act)
        self.done[name] += 1
        self.last.append(f"{self.done.total()} {name} in {type(target).__name__}")
        act(self._random, target)

    def _note(self, target: QWidget) -> None:
        self.places[type(target).__name__] += 1
        wanted = self.at.pop(self.done.total(), None)
        if wanted is not None:
            wanted()

    @staticmethod
    def _leave(dialog: QWidget) -> None:
        if isinstance(dialog, QDialog):
            dialog.reject()
        else:
            dialog.close()

    @staticmethod
    def _name(act: Act) -> str:
        return getattr(act, "__name__", "act")


def count_loops() -> int:
    """How many dialogs and menus are open. An act in one that was just closed has still to come back before the next."""
    dialogs = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isModal()]
    return len(dialogs) + (QApplication.activePopupWidget() is not None)
