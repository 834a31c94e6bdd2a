"""Drawings as pictures: for the clipboard, and as files, PNG or SVG by the ending.

Decides size and colours: always those of paper, whatever theme the window has, since reports are white.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QFont, QImage, QImageWriter, QPainter

from app.sheet.chart.drawing import Drawing
from app.sheet.chart.svg import MARGIN, write_svg
from app.sheet.files import DamagedError, write_file
from app.ui.charts.painting import colors_of, paint
from app.ui.look.palette import make_palette

KINDS: Final[Mapping[str, str]] = {".png": "PNG 图片 (*.png)", ".svg": "SVG 矢量图 (*.svg)"}
POINTS_PER_INCH: Final = 72
DOTS_PER_INCH: Final = 192  # twice those of a screen
DOTS_PER_METRE: Final = round(DOTS_PER_INCH / 0.0254)


def picture_of(drawing: Drawing, font: QFont) -> QImage:
    """The drawing with a margin around it, in the colours of paper."""
    scale = DOTS_PER_INCH / POINTS_PER_INCH
    width, height = (round((side + 2 * MARGIN) * scale) for side in (drawing.width, drawing.height))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(DOTS_PER_METRE)
    image.setDotsPerMeterY(DOTS_PER_METRE)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(MARGIN, MARGIN)
    paint(drawing, painter, colors_of(make_palette(is_dark=False)), font)
    painter.end()
    return image


def save_picture(drawing: Drawing, path: Path, font: QFont) -> None:
    """Write the file. AppError when that fails; an old file then stays as it was."""
    content = write_svg(drawing) if path.suffix.lower() == ".svg" else _png(picture_of(drawing, font))
    write_file(path, content, _same_as(content))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _same_as(content: bytes) -> Callable[[Path], None]:
    def verify(path: Path) -> None:
        if path.read_bytes() != content:
            raise DamagedError

    return verify
