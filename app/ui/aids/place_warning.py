"""The warning that the data folder lies where it is in danger: shown above the form until the user has understood it.

Decides when it is shown; what is dangerous, `app.models.safety.places` knows.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.models.safety.places import describe_place
from app.ui.look.labels import make_label
from app.ui.window import MainWindow

DISMISSED: Final = "place_warning"


class PlaceBar(QFrame):
    """One sentence, and a button after which it does not come again."""

    def __init__(self, sentence: str, dismiss: Callable[[], object]) -> None:
        super().__init__()
        self._dismiss = dismiss
        self.setObjectName("placeBar")
        text = make_label(f"⚠ {sentence}。", is_wrapped=True)
        button = QPushButton("知道了")
        button.setToolTip("不再提示这个位置")
        button.clicked.connect(self._on_understood)
        row = QHBoxLayout(self)
        row.addWidget(text, 1)
        row.addWidget(button)

    def _on_understood(self) -> None:
        self._dismiss()
        self.hide()
        self.deleteLater()


def warn_of_place(window: MainWindow, settings: QSettings, folder: Path) -> None:
    """Show the warning, if there is one and the user has not dismissed this very one; ``settings`` remember it."""
    sentence = describe_place(folder)
    warned = f"{folder.resolve()} {sentence}"
    if sentence and settings.value(DISMISSED) != warned:
        window.middle.add_bar(PlaceBar(sentence, lambda: settings.setValue(DISMISSED, warned)), is_urgent=True)
