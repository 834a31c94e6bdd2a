"""Makes the pictures of the program's icon from its drawing: PNG for windows and desktops, ICO for Windows.

Decides sizes. `python -m scripts.shipping.icons` writes them beside the drawing; a test holds them against it.
"""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from scripts.shipping.product import ICONS, NAME

SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
DRAWING: Final = ICONS / f"{NAME}.svg"
_WHOLE: Final = 256  # a side that Windows writes as 0


def draw(size: int) -> QImage:
    """The icon, ``size`` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    return image


def to_png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(content.data())


def to_ico(pictures: Mapping[int, bytes]) -> bytes:
    """An ICO file of PNG pictures by size, which Windows has read since Vista."""
    place = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in pictures.items():
        side = size % _WHOLE
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures.values())


def picture(size: int) -> Path:
    """Where the PNG of a size lies."""
    return ICONS / f"{NAME}-{size}.png"


def main() -> None:
    """Write them all."""
    pictures = {size: to_png(draw(size)) for size in SIZES}
    for size, content in pictures.items():
        picture(size).write_bytes(content)
    (ICONS / f"{NAME}.ico").write_bytes(to_ico(pictures))


if __name__ == "__main__":
    main()
