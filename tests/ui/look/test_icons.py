"""The icons are drawn as a full reader of SVG draws them, in the palette's colour, at any size."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.form.resources import resource
from app.ui.look.appearance import POINTS, Scheme, apply_appearance
from app.ui.look.icons import icon, read_outline
from app.ui.look.palette import Meaning, Role, color_of, make_palette
from tests.ui.look.theme import running

FILES = sorted(path.stem for path in Path(str(resource("icons"))).glob("*.svg"))
SIDE = 48


def opacity(picture: QImage) -> list[int]:
    return [picture.pixelColor(x, y).alpha() for y in range(picture.height()) for x in range(picture.width())]


def drawn_by_qt(name: str) -> QImage:
    picture = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(resource("icons", f"{name}.svg"))).render(painter, QRectF(0, 0, SIDE, SIDE))
    painter.end()
    return picture


def strongest(picture: QImage) -> QColor:
    pixels = [picture.pixelColor(x, y) for y in range(picture.height()) for x in range(picture.width())]
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("name", FILES)
def test_an_icon_is_drawn_as_its_file_says(name: str) -> None:
    ours, theirs = opacity(icon(name).pixmap(SIDE).toImage()), opacity(drawn_by_qt(name))
    assert sum(theirs) > 0
    assert sum(abs(one - other) for one, other in zip(ours, theirs, strict=True)) < 0.05 * sum(theirs)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_an_icon_has_the_colour_of_the_theme_s_text_and_follows_it(scheme: Scheme) -> None:
    kept, noted = icon("add"), icon("warning", Meaning.NOTED)
    apply_appearance(running(), scheme, POINTS)
    palette = make_palette(is_dark=scheme is Scheme.DARK)
    assert strongest(kept.pixmap(SIDE).toImage()).rgb() == palette.color(Role.ButtonText).rgb()
    assert strongest(noted.pixmap(SIDE).toImage()).rgb() == color_of(Meaning.NOTED, palette).rgb()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.5])
def test_an_icon_is_as_sharp_as_the_screen(ratio: float) -> None:
    picture = icon("add").pixmap(QSize(16, 16), ratio)
    assert picture.size() == QSize(round(16 * ratio), round(16 * ratio))


def test_an_icon_that_cannot_be_used_is_dimmed() -> None:
    usual, dimmed = (
        strongest(icon("add").pixmap(SIDE, mode).toImage()) for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert dimmed.lightness() != usual.lightness()


def test_an_icon_can_be_given_more(qapp: object) -> None:
    for _ in range(50):
        other = QIcon(icon("add"))
        other.addPixmap(QPixmap(3, 3))
        assert not other.isNull()
    assert not icon("add").pixmap(16).isNull()


@pytest.mark.parametrize("shape", ['<path d="M 1 1 A 1 1"/>', '<ellipse cx="1"/>'])
def test_what_is_no_part_of_an_icon_is_refused(shape: str) -> None:
    with pytest.raises(ValueError, match="may not have"):
        read_outline(f"<svg>\n{shape}\n</svg>\n")
