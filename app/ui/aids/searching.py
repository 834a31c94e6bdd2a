"""Ctrl+F, Ctrl+H, F3 in the menu 编辑. The search itself and its bar are made when they are first asked for."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.menus import add_entry, add_separator
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.ui.aids.search import Search


class Searching(QObject):
    """Remembers the window, and the search once there is one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._search: Search | None = None
        edit = window.menus.edit
        add_separator(edit)
        add_entry(edit, "查找(&F)…", lambda: self.search().open(can_replace=False), "Ctrl+F")
        add_entry(edit, "替换(&H)…", lambda: self.search().open(can_replace=True), "Ctrl+H")
        add_entry(edit, "查找下一个", partial(self.step, 1), "F3")
        add_entry(edit, "查找上一个", partial(self.step, -1), "Shift+F3")

    def step(self, by: int) -> None:
        """Go to the next (1) or the one before (-1) of what was looked for last."""
        self.search().step(by)

    def search(self) -> "Search":
        """The search, with its bar in the window."""
        if self._search is None:
            from app.ui.aids.search import Search  # noqa: PLC0415  # not needed for the window to appear

            self._search = Search(self._window, self)
        return self._search
