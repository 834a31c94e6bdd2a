"""帮助 → 使用手册: the reader, and the entry of a finding's code in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.menus import add_entry
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.ui.manual.reader import Reader


class Manual(QObject):
    """Remembers the reader once it was opened, so that the user comes back to the same page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reader: Reader | None = None
        add_entry(window.menus.help, "使用手册(&M)", self.show, "Ctrl+F1")
        window.review.manual_asked.connect(self.show_code)

    def show(self) -> None:
        """The manual, where it was left."""
        self.open_reader().open_at()

    def show_code(self, code: str) -> None:
        """What a code of the review means and what to do."""
        from app.ui.manual.chapters import find_heading, list_chapters  # noqa: PLC0415  # not needed for the window to appear

        self.open_reader().open_at(*find_heading(list_chapters(), code))

    def open_reader(self) -> "Reader":
        """The one reader; made at the first time."""
        from app.form.resources import resource  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.manual.chapters import FOLDER, list_chapters  # noqa: PLC0415  # the same
        from app.ui.manual.reader import Reader  # noqa: PLC0415  # the same

        if self._reader is None:
            self._reader = Reader(list_chapters(), resource(FOLDER), self._window)
        return self._reader
