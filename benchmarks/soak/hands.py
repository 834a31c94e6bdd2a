"""What a hand can do at a window: click, turn the wheel, press keys, write, paste, choose from the menus.

Everything is a real event to a widget that is visible and enabled; what it does there is the program's own affair.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMainWindow, QMenu, QWidget

NO_KEYS: Final = Qt.KeyboardModifier.NoModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
ALT: Final = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
LEFT: Final = Qt.MouseButton.LeftButton
NOTCH: Final = 120  # what one notch of a wheel counts for
# Closing the window ends the soak, and what the system opens is not the program.
LEFT_OUT: Final = ("退出",)
TEXTS: Final = (
    "1",
    "95%",
    "１２．５",
    "≥98%",
    "155 万元",
    "完成",
    "abc",
    "=1+1",
    "-3",
    "1e5",
    "甲\x07乙",
    "９" * 40,
    "（1）一\n（2）二",
)
BLOCKS: Final = (
    "9",
    "1\t2\n3\t4",
    '"一\n二"\t＝1',
    "\t\t\n",
    "甲\n乙\n丙\n丁",
    "\n".join(["5\t100%\t6"] * 12),
    "长" * 3000,
)
KEYS: Final = (
    *(
        (key, NO_KEYS)
        for key in (Key.Key_Return, Key.Key_Tab, Key.Key_Escape, Key.Key_F2, Key.Key_Delete, Key.Key_Space)
    ),
    *(
        (key, NO_KEYS)
        for key in (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_PageDown)
    ),
    *((key, NO_KEYS) for key in (Key.Key_F1, Key.Key_F3, Key.Key_F4, Key.Key_F6, Key.Key_F8, Key.Key_F9)),
    *((key, CTRL) for key in (Key.Key_A, Key.Key_C, Key.Key_X, Key.Key_V, Key.Key_D, Key.Key_F, Key.Key_H)),
    *((key, CTRL) for key in (Key.Key_Home, Key.Key_End, Key.Key_Insert, Key.Key_Delete, Key.Key_Plus, Key.Key_Minus)),
    *((key, CTRL) for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6)),
    *((Key.Key_Z, CTRL),) * 4,
    *((Key.Key_Y, CTRL),) * 2,
    *((key, SHIFT) for key in (Key.Key_Down, Key.Key_Right, Key.Key_Return, Key.Key_Tab, Key.Key_F4, Key.Key_F6)),
    *((key, ALT) for key in (Key.Key_Up, Key.Key_Down, Key.Key_Return)),
)

Act = Callable[[Random, QWidget], None]


def click(random: Random, window: QWidget) -> None:
    """Click somewhere, now and then twice or with the other button."""
    widget = random.choice(list(_widgets(window)))
    spot = QPoint(random.randrange(max(1, widget.width())), random.randrange(max(1, widget.height())))
    match random.randrange(10):
        case 0:
            QTest.mouseClick(widget, Qt.MouseButton.RightButton, NO_KEYS, spot)
        case 1 | 2:
            QTest.mouseDClick(widget, LEFT, NO_KEYS, spot)
        case 3:
            QTest.mouseClick(widget, LEFT, SHIFT, spot)
        case _:
            QTest.mouseClick(widget, LEFT, NO_KEYS, spot)


def press(random: Random, window: QWidget) -> None:
    """One key, alone or with Ctrl, Shift, Alt."""
    key, modifiers = random.choice(KEYS)
    QTest.keyClick(_focused(window), key, modifiers)


def write(random: Random, window: QWidget) -> None:
    """Some text: by keys where a keyboard has them, otherwise as an input method gives it."""
    text, widget = random.choice(TEXTS), _focused(window)
    if text.isascii() and text.isprintable():
        QTest.keyClicks(widget, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)


def paste(random: Random, window: QWidget) -> None:
    """A block from another program."""
    QApplication.clipboard().setText(random.choice(BLOCKS))
    QTest.keyClick(_focused(window), Key.Key_V, CTRL)


def turn(random: Random, window: QWidget) -> None:
    """The wheel, with Ctrl for larger and smaller."""
    widget = random.choice(list(_widgets(window)))
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, random.choice((-NOTCH, NOTCH))),
        Qt.MouseButton.NoButton,
        random.choice((NO_KEYS, NO_KEYS, CTRL)),
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )
    QApplication.sendEvent(widget, event)


def choose(random: Random, window: QWidget) -> None:
    """An entry of the menus, or one of an open menu."""
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        entries = [each for each in menu.actions() if _can_be_chosen(each)]
        menu.close()
    elif isinstance(window, QMainWindow):
        entries = [each for each in _entries(window.menuBar().actions()) if _can_be_chosen(each)]
    else:
        return
    if entries:
        random.choice(entries).trigger()


def resize(random: Random, window: QWidget) -> None:
    """Another size, from the smallest screen on."""
    if isinstance(window, QMainWindow):
        window.resize(random.randint(1024, 2560), random.randint(600, 1440))


def name_file(random: Random, dialog: QFileDialog, folder: Path) -> None:
    """Give a name in a dialog that asks for one: a file that is there, a new one, a folder."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    match dialog.fileMode():
        case QFileDialog.FileMode.AnyFile:
            name = folder / f"导出{random.randrange(6)}"
        case QFileDialog.FileMode.Directory:
            name = folder
        case _:
            name = random.choice(files)
    for field in dialog.findChildren(QLineEdit):
        if field.objectName() == "fileNameEdit":
            field.setText(str(name))
            QTest.keyClick(field, Key.Key_Return)
            return


ACTS: Final[dict[Act, int]] = {click: 40, press: 24, write: 12, paste: 6, turn: 4, choose: 12, resize: 2}
"""What is done, and how often of a hundred times."""


def _widgets(window: QWidget) -> Iterator[QWidget]:
    """What can be clicked: the window itself and all that is seen and enabled in it."""
    yield window
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and widget.window() is window:
            yield widget


def _focused(window: QWidget) -> QWidget:
    """Who gets the keys; an open menu first."""
    return QApplication.activePopupWidget() or QApplication.focusWidget() or window


def _entries(actions: list[QAction]) -> Iterator[QAction]:
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _entries(menu.actions())
        else:
            yield action


def _can_be_chosen(action: QAction) -> bool:
    return action.isEnabled() and not action.isSeparator() and not action.text().startswith(LEFT_OUT)
