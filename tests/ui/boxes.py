"""Message boxes that come by themselves, at the end of work in the background."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox


def answer_box(act: Callable[[QMessageBox], None]) -> None:
    """Have the message answered that comes next, whenever that is; whatever goes wrong, it does not stay open."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            try:
                act(box)
            finally:
                if box.isVisible():
                    box.reject()

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(answer)
    timer.start(5)
