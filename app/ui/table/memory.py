"""What the tables of the window remember of how they are looked at: the zoom, and the columns that were dragged.

Decides the limits of the zoom and how both are stored; knows no table.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal

NORMAL: Final = 100  # per cent
SMALLEST: Final = 50
LARGEST: Final = 300
STEP: Final = 10
ZOOM: Final = "zoom"
COLUMNS: Final = "columns/"


class Memory(QObject):
    """Remembers in ``settings``, or without them for as long as the program runs. ``zoomed()``: the zoom is another."""

    zoomed = Signal()

    def __init__(self, settings: QSettings | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._widths: dict[str, tuple[int, ...]] = {}
        self.zoom = _within(_read_number(settings))

    def zoom_by(self, steps: int) -> None:
        """Larger (positive) or smaller by steps of ten per cent."""
        self._zoom_to(self.zoom + steps * STEP)

    def reset_zoom(self) -> None:
        """As large as the window's other text."""
        self._zoom_to(NORMAL)

    def widths(self, table: str) -> tuple[int, ...]:
        """The column widths a table was given, in pixels at 100 %; () when none was dragged."""
        if table not in self._widths:
            text = self._settings.value(COLUMNS + table, "") if self._settings is not None else ""
            parts = str(text).split()
            self._widths[table] = tuple(map(int, parts)) if all(map(str.isdecimal, parts)) else ()
        return self._widths[table]

    def keep_widths(self, table: str, widths: Sequence[int]) -> None:
        """Remember widths in pixels at 100 %; none: they follow the window again."""
        self._widths[table] = tuple(widths)
        if self._settings is not None:
            self._settings.setValue(COLUMNS + table, " ".join(map(str, widths)))

    def _zoom_to(self, zoom: int) -> None:
        zoom = _within(zoom)
        if zoom != self.zoom:
            self.zoom = zoom
            if self._settings is not None:
                self._settings.setValue(ZOOM, zoom)
            self.zoomed.emit()


def _within(zoom: int) -> int:
    return max(SMALLEST, min(LARGEST, zoom))


def _read_number(settings: QSettings | None) -> int:
    text = str(settings.value(ZOOM, NORMAL)) if settings is not None else ""
    return int(text) if text.isascii() and text.isdecimal() else NORMAL
