"""帮助 → 关于."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.ui.asking import show_modal
from app.ui.menus import add_entry
from app.ui.window import MainWindow


class About(QObject):
    """Remembers the window and the data folder."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        add_entry(window.menus.help, "关于(&A)…", self.show)

    def show(self) -> None:
        """The dialog."""
        from app.ui.about.about_dialog import AboutDialog  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.about.versions import list_versions  # noqa: PLC0415  # the same

        session = self._window.session
        template = session.outcome.form.template if session else None
        show_modal(AboutDialog(list_versions(template), self._folder, self._window))
