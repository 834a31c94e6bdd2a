"""定稿 → 校验文件: whether a file still says what it said when it was exported."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.menus import add_entry
from app.ui.tasks import Tasks
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.ui.dialogs.verify_dialog import VerifyDialog


class Verifying(QObject):
    """Remembers the window and the long work that runs."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        add_entry(window.menus.final, "校验文件(&V)…", self.verify)

    def verify(self) -> None:
        """The dialog; it stays open for the next file."""
        from app.ui.dialogs.verify_dialog import VerifyDialog  # noqa: PLC0415  # not needed for the window to appear

        dialog = VerifyDialog(self._window)
        dialog.file_asked.connect(lambda path: self._inspect(dialog, path))
        dialog.exec()
        dialog.deleteLater()

    def _inspect(self, dialog: "VerifyDialog", path: Path) -> None:
        from app.sheet.handover.arriving import inspect  # noqa: PLC0415  # the same

        self._tasks.start("校验", lambda tell: inspect(path, tell), dialog.show_verification)
