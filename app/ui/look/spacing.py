"""The one scale of spaces, in font units: a step is a quarter of the font's size, so that spaces grow with the text."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QLayout, QWidget

STEP: Final = 4  # steps to the font's size
MARGINS: Final = "marginSteps"
GAP: Final = "gapSteps"
MOST: Final = 0.92  # of the screen: a title and the task bar are there too


def font_size(font: QFont) -> int:
    """The size of a font in the pixels of the layout."""
    return QFontInfo(font).pixelSize()


def space(steps: float) -> int:
    """Pixels of a space of some steps, with the font that the program has now."""
    return round(font_size(QApplication.font()) * steps / STEP)


def set_spaces(layout: QLayout, margins: tuple[int, int, int, int], gap: int) -> None:
    """Margins (left, top, right, bottom) and the gap of a layout in steps; they follow the font's size."""
    layout.setProperty(MARGINS, list(margins))
    layout.setProperty(GAP, gap)
    _respace(layout)


def size_window(window: QWidget, letters: int, lines: int) -> None:
    """Give a window the size of so many letters and lines, as far as the screen has room for it."""
    metrics = window.fontMetrics()
    wanted = QSize(metrics.horizontalAdvance("国") * letters, metrics.lineSpacing() * lines)
    window.resize(wanted.boundedTo(window.screen().availableSize() * MOST))


def respace() -> None:
    """The font has another size: so have all spaces that were set."""
    for widget in QApplication.topLevelWidgets():
        for layout in widget.findChildren(QLayout):
            if layout.property(MARGINS) is not None:
                _respace(layout)


def _respace(layout: QLayout) -> None:
    left, top, right, bottom = (space(int(steps)) for steps in layout.property(MARGINS))
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(space(int(layout.property(GAP))))
