"""Pictures of the window, one per tab, for the demonstration run and for the manual."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.window import MainWindow


def shoot_tabs(window: MainWindow, folder: Path) -> tuple[Path, ...]:
    """Save a picture of the window with each tab in front; the window must be shown."""
    paths = []
    for number, page in enumerate(window.pages, 1):
        window.tabs.setCurrentIndex(number - 1)
        QApplication.processEvents()
        QApplication.processEvents()
        path = folder / f"{number}-{page.title.replace('·', '-')}.png"
        window.grab().save(str(path))
        paths.append(path)
    return tuple(paths)
