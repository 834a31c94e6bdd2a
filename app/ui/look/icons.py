"""The program's own line icons: SVG files in resources/icons, drawn in the palette's colour at whatever size is asked for.

They are drawn from a small part of SVG (paths of M, L, H, V, C, Z, circles, rectangles), which is read here, when an icon is
first painted: Qt's SVG library would be loaded at every start, and colours nothing by the palette.
"""

from functools import cache
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPainterPath, QPalette, QPen, QPixmap

from app.form.resources import resource
from app.ui.look.palette import Meaning, Role, color_of

BOX: Final = 24
STROKE: Final = 1.75
_cloned: Final[list[QIconEngine]] = []
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}


@cache
def icon(name: str, meaning: Meaning | None = None) -> QIcon:
    """An icon by the name of its file, in the colour of text, or of a meaning."""
    return QIcon(LineIcon(name, meaning))


class LineIcon(QIconEngine):
    """Paints one icon. The palette is asked while painting, so that it follows a change of the theme by itself."""

    def __init__(self, name: str, meaning: Meaning | None = None) -> None:
        super().__init__()
        self._name = name
        self._meaning = meaning

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Qt: draw it into a rectangle."""
        palette = QGuiApplication.palette()
        is_disabled, is_selected = mode is QIcon.Mode.Disabled, mode is QIcon.Mode.Selected
        group = QPalette.ColorGroup.Disabled if is_disabled else QPalette.ColorGroup.Active
        color = palette.color(group, Role.HighlightedText if is_selected else Role.ButtonText)
        if self._meaning is not None and not is_disabled and not is_selected:
            color = color_of(self._meaning, palette)
        side = min(rect.width(), rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2)
        painter.scale(side / BOX, side / BOX)
        painter.setPen(QPen(color, STROKE, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(outline(self._name))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Qt: a picture of it on nothing."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Qt: another one of it, for an icon that gets something of its own; PySide would let it go at once."""
        other = LineIcon(self._name, self._meaning)
        _cloned.append(other)
        return other

    def key(self) -> str:
        """Qt: what kind of engine it is."""
        return "line"


@cache
def outline(name: str) -> QPainterPath:
    """The lines of an icon in a box of 24 by 24."""
    return read_outline(resource("icons", f"{name}.svg").read_text(encoding="utf-8"))


def read_outline(text: str) -> QPainterPath:
    """The lines of an icon's file: a shape a line, its attributes in the order below. ValueError for any other shape."""
    lines = QPainterPath()
    for line in text.splitlines()[1:-1]:
        shape, values = line.split()[0], line.split('"')[1::2]
        match shape:
            case "<path":  # d
                _add_path(lines, values[0].split())
            case "<circle":  # cx, cy, r
                x, y, radius = map(float, values)
                lines.addEllipse(QPointF(x, y), radius, radius)
            case "<rect":  # x, y, width, height, rx
                left, top, width, height, radius = map(float, values)
                lines.addRoundedRect(QRectF(left, top, width, height), radius, radius)
            case _:
                raise ValueError(f"an icon may not have {shape!r}")
    return lines


def _add_path(lines: QPainterPath, tokens: list[str]) -> None:
    place = 0
    while place < len(tokens):
        command = tokens[place]
        if command not in _COUNTS:
            raise ValueError(f"an icon's path may not have {command!r}")
        numbers = [float(each) for each in tokens[place + 1 : place + 1 + _COUNTS[command]]]
        place += 1 + len(numbers)
        here = lines.currentPosition()
        match command:
            case "M":
                lines.moveTo(*numbers)
            case "L":
                lines.lineTo(*numbers)
            case "H":
                lines.lineTo(numbers[0], here.y())
            case "V":
                lines.lineTo(here.x(), numbers[0])
            case "C":
                lines.cubicTo(*numbers)
            case _:
                lines.closeSubpath()
