"""定稿 → 校验文件: whether a file still says what it said when it was exported."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.asking import show_modal
from app.ui.menus import add_entry
from app.ui.tasks import Tasks
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.sheet.handover.verifying import Verification
    from app.ui.dialogs.verify_dialog import VerifyDialog


class Verifying(QObject):
    """Remembers the window, the long work that runs and the dialog while it is open."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._dialog: VerifyDialog | None = None
        add_entry(window.menus.final, "校验文件(&V)…", self.verify)

    def verify(self) -> None:
        """The dialog; it stays open for the next file."""
        from app.ui.dialogs.verify_dialog import VerifyDialog  # noqa: PLC0415  # not needed for the window to appear

        self._dialog = dialog = VerifyDialog(self._window)
        dialog.file_asked.connect(self._inspect)
        show_modal(dialog)
        self._dialog = None

    def _inspect(self, path: Path) -> None:
        from app.sheet.handover.arriving import inspect  # noqa: PLC0415  # the same

        self._tasks.start("校验", lambda tell: inspect(path, tell), self._show)

    def _show(self, found: "Verification") -> None:
        if self._dialog is not None:  # it may have been closed meanwhile
            self._dialog.show_verification(found)
