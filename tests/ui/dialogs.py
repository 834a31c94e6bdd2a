"""Dialogs that come one after the other, entries of the menus, files that are dropped, and what the system was asked to open."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QPushButton, QWidget

from tests.ui.user import push_in

D = TypeVar("D", bound=QDialog)
NO_BUTTONS = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def answer(kind: type[D], act: Callable[[D], None]) -> None:
    """Have the next dialog of this kind answered, whenever that is; whatever goes wrong, it does not stay open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            timer.deleteLater()
            try:
                act(dialog)
            finally:
                if dialog.isVisible():
                    dialog.reject()

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(5)


def save_as(path: Path) -> Callable[[QFileDialog], None]:
    """Give a name in a dialog that asks for one."""

    def act(dialog: QFileDialog) -> None:
        (name,) = (each for each in dialog.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        name.setText(str(path))
        buttons = ("保存", "打开", "选择")
        found = next(
            each for each in buttons if each in {text.replace("&", "").split("(")[0] for text in captions(dialog)}
        )
        push_in(dialog, found)

    return act


def captions(dialog: QDialog) -> list[str]:
    return [button.text() for button in dialog.findChildren(QPushButton) if button.isVisible()]


def choose_entry(menu: QMenu, text: str) -> None:
    next(each for each in menu.actions() if each.text().startswith(text)).trigger()


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drag files onto a widget and let go; whether it took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entering = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, NO_BUTTONS, NO_KEYS)
    QApplication.sendEvent(widget, entering)
    if entering.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, NO_BUTTONS, NO_KEYS))
    return entering.isAccepted()


class Opener(QObject):
    """Stands for the system's programs: remembers what should be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []
        QDesktopServices.setUrlHandler("file", self, "open")  # type: ignore[arg-type]  # bytes is what its stub says, and it takes none

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))

    def close(self) -> None:
        QDesktopServices.unsetUrlHandler("file")
