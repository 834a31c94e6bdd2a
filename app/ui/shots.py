"""Pictures of the window, one per tab, for the demonstration run and for the manual."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.window import MainWindow


def shoot_tabs(window: MainWindow, folder: Path) -> tuple[Path, ...]:
    """Save a picture of the window with each tab in front; the window must be shown."""
    paths = []
    for number in range(1, window.tabs.count() + 1):
        window.tabs.setCurrentIndex(number - 1)
        QApplication.processEvents()
        QApplication.processEvents()
        path = folder / f"{number}-{window.tabs.tabText(number - 1).replace('·', '-')}.png"
        window.grab().save(str(path))
        paths.append(path)
    return tuple(paths)
