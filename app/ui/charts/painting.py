"""Drawings on the screen and in pictures: the shapes of the value, in the colours of a palette.

Decides colours and the face of texts; where things stand is the drawing's. What our own face would not need is squeezed.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen

from app.sheet.chart.drawing import Drawing, Fill, Ink, Label, hatch, in_order
from app.sheet.grid import Align
from app.ui.look.palette import Meaning, Role, color_of, mix, quiet_color

LINE: Final = 0.75
WHOLE_TINT: Final = 0.06
EDGE_TINT: Final = 0.5
# Texts are set in this size and scaled, so that they grow evenly with the drawing.
SET_SIZE: Final = 36


@dataclass(frozen=True, slots=True)
class Colors:
    """What each part of a drawing is painted in."""

    grounds: dict[Fill, QColor]
    lines: dict[Fill, QColor]
    inks: dict[Ink, QColor]
    axis: QColor


def colors_of(palette: QPalette) -> Colors:
    """The colours that go with a palette, light or dark."""
    base, text, accent = (palette.color(role) for role in (Role.Base, Role.Text, Role.Accent))
    wrong, edge = color_of(Meaning.WRONG, palette), mix(base, text, EDGE_TINT)
    return Colors(
        {Fill.WHOLE: mix(base, text, WHOLE_TINT), Fill.DONE: accent, Fill.PARTIAL: base, Fill.OVER: base},
        {Fill.WHOLE: edge, Fill.DONE: accent, Fill.PARTIAL: accent, Fill.OVER: wrong},
        {Ink.TEXT: text, Ink.QUIET: quiet_color(palette), Ink.WRONG: wrong},
        edge,
    )


def paint(drawing: Drawing, painter: QPainter, colors: Colors, font: QFont) -> None:
    """Paint it, one unit of the painter for each point."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for bar in in_order(drawing):
        area = QRectF(bar.left, bar.top, bar.right - bar.left, bar.bottom - bar.top)
        painter.setPen(QPen(colors.lines[bar.fill], LINE))
        painter.fillRect(area, colors.grounds[bar.fill])
        painter.drawLines([QLineF(rule.left, rule.top, rule.right, rule.bottom) for rule in hatch(bar)])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
    painter.setPen(QPen(colors.axis, LINE))
    painter.drawLines([QLineF(rule.left, rule.top, rule.right, rule.bottom) for rule in drawing.rules])
    face = QFont(font)
    face.setPixelSize(SET_SIZE)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    metrics = QFontMetricsF(face)
    painter.setFont(face)
    for label in drawing.labels:
        painter.setPen(colors.inks[label.ink])
        _write(painter, label, metrics.horizontalAdvance(label.text))


def _write(painter: QPainter, label: Label, wide: float) -> None:
    """Set a text that is so ``wide`` in the painter's font into the room of its label."""
    scale, room = label.size / SET_SIZE, label.right - label.left
    narrow = min(1.0, room / (wide * scale)) if wide else 1.0
    free = room - wide * scale * narrow
    left = label.left + {Align.LEFT: 0.0, Align.CENTER: free / 2, Align.RIGHT: free}[label.align]
    painter.save()
    painter.translate(left, label.baseline)
    painter.scale(scale * narrow, scale)
    painter.drawText(QPointF(0, 0), label.text)
    painter.restore()
