"""Colours and marks of the window, all derived from the system's palette so that light and dark both work."""

from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPalette, QPolygon

from app.ui.face import Face, Tone

WRONG: Final = QColor(200, 30, 30)
WRONG_DARK: Final = QColor(255, 120, 110)
LOCKED: Final = QColor(30, 110, 180)
LOCKED_TINT: Final = 0.14
NOTED: Final = QColor(214, 137, 16)
WRONG_TINT: Final = 0.10
LABEL_TINT: Final = 0.035
COMPUTED_TINT: Final = 0.075
SELECTED_TINT: Final = 0.22
MIDDLE: Final = 128


def is_dark(palette: QPalette) -> bool:
    """Whether the palette is a dark one."""
    return palette.color(QPalette.ColorRole.Base).lightness() < MIDDLE


def wrong_color(palette: QPalette) -> QColor:
    """The colour of what is wrong, readable on the palette's base."""
    return WRONG_DARK if is_dark(palette) else WRONG


def mix(base: QColor, over: QColor, share: float) -> QColor:
    """``base`` with ``share`` (ratio) of another colour in it."""
    return QColor.fromRgbF(
        base.redF() * (1 - share) + over.redF() * share,
        base.greenF() * (1 - share) + over.greenF() * share,
        base.blueF() * (1 - share) + over.blueF() * share,
    )


def background(tone: Tone, palette: QPalette, *, is_selected: bool, is_wrong: bool) -> QColor:
    """The ground of a cell: computed ones are shaded, labels a little, wrong ones tinted."""
    base = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    shade = {Tone.BODY: 0.0, Tone.LABEL: LABEL_TINT, Tone.COMPUTED: COMPUTED_TINT}[tone]
    color = mix(base, text, shade)
    if is_wrong:
        color = mix(color, wrong_color(palette), WRONG_TINT)
    return mix(color, palette.color(QPalette.ColorRole.Highlight), SELECTED_TINT) if is_selected else color


def text_color(face: Face, palette: QPalette) -> QColor:
    """The colour of a cell's text."""
    if face.mark:
        return wrong_color(palette)
    text = palette.color(QPalette.ColorRole.Text)
    return mix(text, palette.color(QPalette.ColorRole.Base), 0.45) if face.is_dim else text


def subtext_color(palette: QPalette) -> QColor:
    """The colour of the small computed line."""
    return mix(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.38)


def paint_mark(painter: QPainter, rect: QRect, size: int) -> None:
    """A small triangle in the upper right corner: here is something wrong (not by colour alone)."""
    right, top = rect.right(), rect.top()
    _paint_corner(painter, WRONG, [QPoint(right - size, top), QPoint(right, top), QPoint(right, top + size)])


def paint_note(painter: QPainter, rect: QRect, size: int) -> None:
    """A small triangle in the lower right corner: here is something to look at."""
    right, bottom = rect.right(), rect.bottom()
    _paint_corner(painter, NOTED, [QPoint(right - size, bottom), QPoint(right, bottom), QPoint(right, bottom - size)])


def _paint_corner(painter: QPainter, color: QColor, points: list[QPoint]) -> None:
    painter.save()
    painter.setBrush(color)
    painter.setPen(color)
    painter.drawPolygon(QPolygon(points))
    painter.restore()


def style_sheet(palette: QPalette) -> str:
    """The few rules beyond the system's style: headings, notes, what is wrong, the banner. Sizes are in font units."""
    wrong = wrong_color(palette).name()
    quiet = subtext_color(palette).name()
    ground = mix(palette.color(QPalette.ColorRole.Base), WRONG, WRONG_TINT).name()
    return (
        "#blockTitle { font-weight: bold; padding: 0.3em 0; }"
        f"#note {{ color: {quiet}; }}"
        f"QLabel[wrong='true'] {{ color: {wrong}; font-weight: bold; }}"
        f"*[review='wrong'] {{ color: {wrong}; border: 1px solid {wrong}; }}"
        f"*[review='noted'] {{ border: 1px solid {NOTED.name()}; }}"
        f"#saveBanner {{ background: {ground}; border-bottom: 1px solid {wrong}; }}"
        f"#lockBar {{ background: {mix(palette.color(QPalette.ColorRole.Base), LOCKED, LOCKED_TINT).name()}; }}"
        "#cellEditor { border: 1px solid palette(highlight); }"
        "QHeaderView::section { padding: 0.3em; }"
        "QStatusBar::item { border: none; }"
    )
