"""What stands on a page beside its table: the marking on top, the page number below, the code after the last row.

Decides where each stands, so that none covers the table. All lengths are points.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.form.text import sanitise
from app.sheet.captions import CODE, PAGE_FOOTER
from app.sheet.page.code import qr_modules
from app.sheet.page.fonts import Type, advances
from app.sheet.page.measure import POINTS_PER_MM
from app.sheet.page.text import ANNEX_END

# Of the em box of Chinese faces 0.88 stand above the baseline: its middle is 0.38 above.
MIDDLE: Final = 0.38
_SIZE: Final = 9.0
_LEADING: Final = 13.0
QR_SIDE: Final = 22 * POINTS_PER_MM
_QR_MARGIN: Final = 4  # modules
_GAP: Final = 2 * POINTS_PER_MM
_PIECE: Final = 32

CODE_HEIGHT: Final = QR_SIDE + _GAP


@dataclass(frozen=True, slots=True)
class Run:
    """One line of text; ``stretch`` is added after every character; ``end`` is only for who reads the file again."""

    text: str
    left: float
    baseline: float
    kind: Type
    size: float
    stretch: float = 0.0
    end: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A black rectangle."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Shade:
    """A rectangle of a grey between 0 (black) and 1 (white)."""

    box: Box
    grey: float


def heading(text: str, left: float, middle: float) -> Run:
    """What stands above a page that is not of the form, at the left; whoever reads the file again passes over the page."""
    return replace(_run(sanitise(text, is_multiline=False).text, left, middle), end=ANNEX_END)


def footer(number: int, count: int, centre: float, middle: float) -> Run:
    """The page number, in the middle between the table and the paper's edge."""
    text = PAGE_FOOTER.format(page=number, pages=count)
    return _run(text, centre - _width(text) / 2, middle)


def marking(text: str, right: float, middle: float) -> Run:
    """What every page says of the form's state, at the right above the table."""
    shown = sanitise(text, is_multiline=False).text
    return _run(shown, right - _width(shown), middle)


def code_runs(code: str, right: float, top: float) -> tuple[Run, ...]:
    """The code in letters, left of its picture, whose upper right corner is at ``right``, ``top``."""
    pieces = [code[start : start + _PIECE] for start in range(0, len(code), _PIECE)]
    lines = (CODE, *pieces)
    middle = top + QR_SIDE / 2 - _LEADING * (len(lines) - 1) / 2
    edge = right - QR_SIDE - _GAP
    return tuple(_run(line, edge - _width(line), middle + number * _LEADING) for number, line in enumerate(lines))


def code_boxes(code: str, right: float, top: float) -> Iterator[Box]:
    """The code as a QR picture: neighbours in a row joined."""
    modules = qr_modules(code)
    side = QR_SIDE / (len(modules) + 2 * _QR_MARGIN)
    left, upper = right - QR_SIDE + _QR_MARGIN * side, top + _QR_MARGIN * side
    for row, dark in enumerate(modules):
        y, start = upper + row * side, 0
        for column, is_dark in enumerate((*dark, False)):
            if not is_dark:
                if start < column:
                    yield Box(left + start * side, y, left + column * side, y + side)
                start = column + 1


def _run(text: str, left: float, middle: float) -> Run:
    return Run(text, left, middle + MIDDLE * _SIZE, Type.SONG, _SIZE)


def _width(text: str) -> float:
    return sum(map(advances(Type.SONG).__getitem__, text)) * _SIZE
