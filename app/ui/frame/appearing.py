"""When a window has appeared: what nobody can ask for before they see it is made then.

Decides when that is; knows nothing of what follows.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

PATIENCE: Final = 300  # milliseconds; a window that is shown behind others or minimised may never be painted


class FirstPicture(QObject):
    """Calls ``act`` once: when the first picture of a window is on the screen, or after a while without one."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        self._is_over = False
        window.installEventFilter(self)
        QTimer.singleShot(PATIENCE, self, self._go_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the window is painted; with the next event everything in it is, too, and on the screen."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _go_on(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._act()
