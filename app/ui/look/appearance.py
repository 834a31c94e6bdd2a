"""The one door to how the program looks: which theme, and how large its text is.

Decides when the theme is the dark one. Windows that are open follow at once.
"""

from enum import Enum
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from app.ui.look.palette import is_dark, make_box_palette, make_palette
from app.ui.look.spacing import font_size, respace
from app.ui.look.style import style_sheet

STYLE: Final = "Fusion"  # the same everywhere, and calm
SMALLEST: Final = 9
LARGEST: Final = 16
POINTS: Final = 10
BOXES: Final = ("QCheckBox", "QRadioButton", "QAbstractSpinBox", "QComboBox")


class Scheme(Enum):
    """Which theme: as the system has it, light, or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


NATIVE: Final = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


class Appearance(QObject):
    """Remembers what was chosen and what of it is shown, for as long as the application lives."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.scheme = Scheme.SYSTEM
        self.is_dark: bool | None = None  # None: nothing is shown yet
        self.points = 0
        self.is_given_dark = is_dark(application.palette())  # before it is ours
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def _on_system_changed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication) and self.points:
            apply_appearance(application, self.scheme, self.points)


def apply_appearance(application: QApplication, scheme: Scheme, points: int) -> None:
    """Have everything in a theme, with text of so many points (9 to 16). Costs nothing when it is so already."""
    remembered = application.findChild(Appearance) or Appearance(application)
    if remembered.is_dark is None and application.style().name() != STYLE.lower():
        application.setStyle(STYLE)
    if scheme is not remembered.scheme:
        application.styleHints().setColorScheme(NATIVE[scheme])  # frames of windows, and the system's own dialogs
    remembered.scheme = scheme
    dark = _wants_dark(application, remembered)
    size = min(max(points, SMALLEST), LARGEST)
    is_other_size, is_other_theme = size != remembered.points, dark != remembered.is_dark
    remembered.points, remembered.is_dark = size, dark
    if is_other_theme:
        application.setPalette(make_palette(is_dark=dark))
    if is_other_size:
        font = QFont(application.font())
        font.setPointSize(size)
        application.setFont(font)
    if is_other_theme or is_other_size:
        application.setStyleSheet(style_sheet(application.palette(), size, font_size(application.font())))
    if is_other_theme:
        _set_box_palettes(application)
    if is_other_size:
        respace()


def _set_box_palettes(application: QApplication) -> None:
    """Last of all: the first style sheet makes Qt forget the palettes of classes."""
    boxes = make_box_palette(application.palette())
    for kind in BOXES:
        application.setPalette(boxes, kind)  # type: ignore[arg-type]  # bytes is what its stub says, and it takes none


def _wants_dark(application: QApplication, remembered: Appearance) -> bool:
    if remembered.scheme is not Scheme.SYSTEM:
        return remembered.scheme is Scheme.DARK
    match application.styleHints().colorScheme():
        case Qt.ColorScheme.Dark:
            return True
        case Qt.ColorScheme.Light:
            return False
        case _:  # some desktops only hand over their palette
            return remembered.is_given_dark
