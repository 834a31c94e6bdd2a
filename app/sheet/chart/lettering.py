"""Texts in the room that a chart has for them.

Decides where a label's text breaks and where it is cut short. Widths are those of our own sans face.
"""

from typing import Final

from app.form.text import sanitise
from app.sheet.chart.drawing import Ink, Label
from app.sheet.grid import Align
from app.sheet.page.fonts import Type, advances
from app.sheet.page.text import break_lines

FACE: Final = Type.HEI
TITLE: Final = 11.0
BODY: Final = 9.0
SMALL: Final = 7.5
CUT: Final = "…"
# The middle of a line of Chinese is so far above its baseline, in ems.
_MIDDLE: Final = 0.38


def width_of(text: str, size: float) -> float:
    """How wide a text is in points."""
    return sum(map(advances(FACE).__getitem__, text)) * size


def plain(text: str) -> str:
    """A typed text in one line."""
    return sanitise(text, is_multiline=False).text.strip()


def wrapped(text: str, size: float, width: float, most: int) -> tuple[str, ...]:
    """The text in at most ``most`` lines so wide; what does not fit is cut off behind …."""
    lines = [line.text.strip() for line in break_lines(text, advances(FACE), width / size)]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], cut(lines[most - 1] + lines[most], size, width, is_cut=True))


def cut(text: str, size: float, width: float, *, is_cut: bool = False) -> str:
    """As much of a text as is so wide, with … behind when that is not all."""
    if not is_cut and width_of(text, size) <= width:
        return text
    while text and width_of(text + CUT, size) > width:
        text = text[:-1]
    return text.rstrip() + CUT


def label(text: str, at: float, middle: float, size: float, align: Align = Align.LEFT) -> Label:
    """A text that begins, has its middle or ends ``at`` a place, around the height ``middle``."""
    width = width_of(text, size)
    left = at - {Align.LEFT: 0.0, Align.CENTER: width / 2, Align.RIGHT: width}[align]
    return Label(text, left, left + width, middle + _MIDDLE * size, size, Ink.TEXT, align)


def shrunk(text: str, size: float, width: float) -> float:
    """The size, smaller if need be, in which a text that must not be cut is at most so wide."""
    wide = width_of(text, size)
    return size if wide <= width else size * width / wide
