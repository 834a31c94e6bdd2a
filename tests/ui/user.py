"""A user at the window: real mouse, key and input method events, and what can be read on the screen."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.form.form import Form, value_at
from app.form.rows import CellValue, Place
from app.program import Program
from app.ui.face import Face
from app.ui.pages.block import BlockView
from app.ui.pages.fields import FieldsView
from app.ui.pages.table_block import TableBlock
from app.ui.session import Session
from app.ui.table.view import TableView
from app.ui.window import MainWindow

NO_KEYS: Final = Qt.KeyboardModifier.NoModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
ALT: Final = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
PATIENCE: Final = 10_000  # milliseconds; only a failing test waits so long


class User:
    """Works with a shown window. Questions are answered by what is painted or stored, never by what was meant."""

    def __init__(self, program: Program, bot: QtBot) -> None:
        self.program = program
        self.bot = bot

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    @property
    def form(self) -> Form:
        """The open form as the window has it."""
        return self.session.outcome.form

    def stored(self) -> Form:
        """The open form as it is on disk."""
        assert self.program.writer.flush(10)
        return self.program.writer.load(self.session.workspace.form_id)

    # hands
    def open_tab(self, title: str) -> None:
        bar = self.window.tabs.tabBar()
        number = next(number for number in range(bar.count()) if bar.tabText(number) == title)
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, NO_KEYS, bar.tabRect(number).center())
        QApplication.processEvents()  # a tab is laid out before one can click into it

    def open_tab_of(self, place: Place) -> None:
        self.open_tab(next(page.title for page in self.window.pages if any(view.shows(place) for view in page.views)))

    def go_to(self, place: Place) -> None:
        """Open the tab of a place and click its cell."""
        self.window.activateWindow()  # after a dialog the window manager does it
        self.bot.waitUntil(self.window.isActiveWindow, timeout=PATIENCE)
        self.open_tab_of(place)
        view = self.view(place)
        if isinstance(view, FieldsView):
            self.click(self.field(place))
            return
        table = self.table(place)
        index = table.faces_model.index_of(place)
        table.scrollTo(index)
        spot = table.visualRect(index).intersected(table.viewport().rect()).topLeft() + QPoint(8, 8)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, spot)
        assert table.currentIndex() == index

    def double_click(self, place: Place) -> None:
        self.go_to(place)
        table = self.table(place)
        spot = table.visualRect(table.currentIndex()).topLeft() + QPoint(8, 8)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, spot)

    @staticmethod
    def click(widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """A key to whatever has the focus."""
        QTest.keyClick(focused(), key, modifiers)
        settle()

    def write(self, text: str) -> None:
        """Type: Latin letters by keys, everything else by the input method."""
        for character in text:
            if character.isascii() and character.isprintable():
                QTest.keyClicks(focused(), character)
            else:
                self.compose(character)

    @staticmethod
    def compose(text: str) -> None:
        """What an input method does when the user has chosen the characters."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focused(), event)

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.press(Key.Key_V, CTRL)

    def type_into(self, place: Place, text: str) -> None:
        """Click a cell, type over what is there, and go on with Enter."""
        self.go_to(place)
        self.write(text)
        self.press(Key.Key_Return)

    def undo(self) -> None:
        self.press(Key.Key_Z, CTRL)

    def redo(self) -> None:
        self.press(Key.Key_Y, CTRL)

    def push(self, place: Place, caption: str) -> None:
        """Press a button above the table of a place."""
        (button,) = (each for each in self.view(place).findChildren(QToolButton) if each.text() == caption)
        assert button.isEnabled()
        self.click(button)

    def answer(self, act: Callable[[QDialog], None]) -> None:
        """Have the next dialog answered; whatever goes wrong, it does not stay open."""

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog)
            try:
                act(dialog)
            finally:
                if dialog.isVisible():
                    dialog.reject()

        QTimer.singleShot(0, answer)

    # eyes
    def view(self, place: Place) -> BlockView:
        return next(view for page in self.window.pages for view in page.views if view.shows(place))

    def table(self, place: Place) -> TableView:
        view = self.view(place)
        assert isinstance(view, TableBlock)
        return view.view

    def field(self, place: Place) -> QWidget:
        """The line or paragraph field of a place."""
        label = LABELS[place.field]
        found = [each for each in self.view(place).findChildren(QWidget) if each.accessibleName() == label]
        assert len(found) == 1
        return found[0]

    def face(self, place: Place) -> Face:
        """The cell as it is painted now."""
        table = self.table(place)
        face = table.faces_model.face_at(table.faces_model.index_of(place))
        assert face is not None
        return face

    def shown(self, place: Place) -> str:
        return self.face(place).display

    def value(self, place: Place) -> CellValue:
        return value_at(self.form, place)

    def closing(self, label: str) -> dict[str, Face]:
        """A computed row at the end of the indicator table, by column heading."""
        faces = self.table(Place("indicators")).faces_model.faces
        (row,) = (row for row in faces.rows if row[0].text == label)
        return dict(zip(faces.headings, row, strict=True))

    def current(self) -> Place | None:
        """The place of the current cell of the table that has the focus."""
        widget: QWidget | None = focused()
        while widget is not None and not isinstance(widget, TableView):
            widget = widget.parentWidget()
        assert isinstance(widget, TableView)
        return widget.faces_model.place_of(widget.currentIndex())

    @property
    def message(self) -> str:
        """The sentence in the status bar."""
        return self.window.statusBar().currentMessage()

    @property
    def saved(self) -> str:
        return self.window.saved.text()

    def wait_saved(self) -> None:
        self.bot.waitUntil(lambda: self.saved.startswith("已保存"), timeout=PATIENCE)


LABELS: Final = {
    "unit": "单位名称",
    "year": "年度",
    "text": "机构设置及人员配置",
    "departments": "科室（个）",
    "actual": "实有人数（人）",
}


def settle() -> None:
    """What the event loop does between two keys: widgets that were let go are gone."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def focused() -> QWidget:
    """The widget that gets the keys."""
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def texts_of(dialog: QDialog) -> str:
    """Everything a dialog says."""
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    box = [dialog.text(), dialog.informativeText()] if isinstance(dialog, QMessageBox) else []
    return "\n".join((dialog.windowTitle(), *labels, *box))


def captions_of(dialog: QDialog) -> set[str]:
    """The captions of a dialog's buttons, without their accelerators."""
    return {
        button.text().split("(")[0].replace("&", "")
        for box in dialog.findChildren(QDialogButtonBox)
        for button in box.buttons()
    }


def push_in(dialog: QDialog, caption: str) -> None:
    """Press a button of a dialog."""
    buttons = dialog.findChildren(QPushButton)
    QTest.mouseClick(
        next(button for button in buttons if button.text().split("(")[0].replace("&", "") == caption),
        Qt.MouseButton.LeftButton,
    )
