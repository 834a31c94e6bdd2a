"""The menus and how an entry comes into one. Decides their order only; what an entry does is its owner's."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

TAIL: Final = "tail"
WRITES: Final = "writes"
Keys = QKeySequence | QKeySequence.StandardKey | str


class Menus:
    """Remembers the menus, so that every part of the window can add its own entries."""

    def __init__(self, bar: QMenuBar, end: Callable[[], object]) -> None:
        """The empty menus; ``end`` is what 退出 does, which stays the last entry of the first one."""
        self.file: QMenu = bar.addMenu("文件(&F)")
        self.edit: QMenu = bar.addMenu("编辑(&E)")
        self.view: QMenu = bar.addMenu("查看(&V)")
        self.final: QMenu = bar.addMenu("定稿(&D)")
        self.help: QMenu = bar.addMenu("帮助(&H)")
        tail = self.file.addSeparator()
        tail.setObjectName(TAIL)
        self.file.addAction(connected(QAction("退出(&Q)", self.file), end, "Ctrl+Q"))

    def close_for_writing(self) -> None:
        """Nothing that ends in something stored can be chosen."""
        for menu in (self.file, self.edit, self.view, self.final, self.help):
            for action in menu.actions():
                if action.data() == WRITES:
                    action.setEnabled(False)


def add_entry(menu: QMenu, text: str, act: Callable[[], object], keys: Keys = "") -> QAction:
    """An entry of a menu with its shortcut, "" for none."""
    action = connected(QAction(text, menu), act, keys)
    insert(menu, action)
    return action


def add_writing_entry(menu: QMenu, text: str, act: Callable[[], object], keys: Keys = "") -> QAction:
    """An entry that ends in something stored; there is no way to it while the data are open for viewing only."""
    action = add_entry(menu, text, act, keys)
    action.setData(WRITES)
    return action


def add_separator(menu: QMenu) -> None:
    """A line below the entries there are."""
    line = QAction(menu)
    line.setSeparator(True)
    insert(menu, line)


def connected(action: QAction, act: Callable[[], object], keys: Keys = "") -> QAction:
    """An action with its shortcut and what it does, without Qt's "checked"."""
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda: act())  # noqa: PLW0108  # Qt would hand "checked" to the function
    return action


def insert(menu: QMenu, action: QAction) -> None:
    """An entry below those there are, above what stays the last one."""
    tail = next((each for each in menu.actions() if each.objectName() == TAIL), None)
    if tail is None:
        menu.addAction(action)
    else:
        menu.insertAction(tail, action)
