"""How a face's tone and state are painted: grounds, inks and the corner marks, all from the palette."""

from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPalette, QPolygon

from app.ui.face import Face, Tone
from app.ui.look.palette import Meaning, Role, color_of, mix, quiet_color

WRONG_TINT: Final = 0.06
LABEL_TINT: Final = 0.03
COMPUTED_TINT: Final = 0.06
SELECTED_TINT: Final = 0.13
DIM: Final = 0.25
BRIGHT: Final = QColor("#f0a020")
BRIGHTER: Final = 0.45


def background(tone: Tone, palette: QPalette, *, is_selected: bool, is_wrong: bool) -> QColor:
    """The ground of a cell: computed ones are shaded, labels a little, wrong ones tinted."""
    base = palette.color(Role.Base)
    shade = {Tone.BODY: 0.0, Tone.LABEL: LABEL_TINT, Tone.COMPUTED: COMPUTED_TINT}[tone]
    color = mix(base, palette.color(Role.Text), shade)
    if is_wrong:
        color = mix(color, color_of(Meaning.WRONG, palette), WRONG_TINT)
    return mix(color, palette.color(Role.Accent), SELECTED_TINT) if is_selected else color


def text_color(face: Face, palette: QPalette) -> QColor:
    """The colour of a cell's text."""
    if face.mark:
        return color_of(Meaning.WRONG, palette)
    text = palette.color(Role.Text)
    return mix(text, palette.color(Role.Base), DIM) if face.is_dim else text


def subtext_color(palette: QPalette) -> QColor:
    """The colour of the small computed line."""
    return quiet_color(palette)


def paint_mark(painter: QPainter, rect: QRect, size: int) -> None:
    """A small triangle in the upper right corner: here is something wrong (not by colour alone)."""
    right, top = rect.right(), rect.top()
    corner = [QPoint(right - size, top), QPoint(right, top), QPoint(right, top + size)]
    _paint_corner(painter, color_of(Meaning.WRONG, QGuiApplication.palette()), corner)


def paint_note(painter: QPainter, rect: QRect, size: int) -> None:
    """A small triangle in the lower right corner: here is something to look at."""
    right, bottom = rect.right(), rect.bottom()
    corner = [QPoint(right - size, bottom), QPoint(right, bottom), QPoint(right, bottom - size)]
    _paint_corner(painter, note_color(QGuiApplication.palette()), corner)


def note_color(palette: QPalette) -> QColor:
    """The colour of the sign for what should be looked at: a sign may be brighter than text."""
    return mix(color_of(Meaning.NOTED, palette), BRIGHT, BRIGHTER)


def _paint_corner(painter: QPainter, color: QColor, points: list[QPoint]) -> None:
    painter.save()
    painter.setBrush(color)
    painter.setPen(color)
    painter.drawPolygon(QPolygon(points))
    painter.restore()
