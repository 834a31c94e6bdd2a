"""The paper table as a value: the one thing every format paints.

Decides what a printed cell is. Knows no file format, no font, no form: order, wording and rounding are settled
before a Grid exists, so the pdf, the xlsx and the preview can't differ in them.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Role(Enum):
    """What a cell is on the paper; a painter chooses its face and weight from it."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    LABEL = "label"
    HEADER = "header"
    BODY = "body"
    TOTAL = "total"


class Align(Enum):
    """Where the lines of a cell stand between its left and right edge."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, possibly spanning several rows and columns; row and column count from 0.

    ``number`` is the exact value behind ``text`` when the text reads as one (a percentage as a ratio: 87.5% is
    0.875, 万元 as 万元); ``text`` is always what is shown. ``sum_of`` names the (row, column) cells whose sum this
    cell shows. ``is_open_above``/``is_open_below``: no line is drawn there (items of one block). ``is_repeated``: when
    the span crosses a page the text is shown again there with （续）.
    TITLE and SUBTITLE cells have no lines at all.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    role: Role = Role.BODY
    align: Align = Align.LEFT
    number: Decimal | None = None
    sum_of: tuple[tuple[int, int], ...] = ()
    is_open_above: bool = False
    is_open_below: bool = False
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Rows ``first``..``last`` stand again on top of every page that continues the rows up to ``until`` (all inclusive)."""

    first: int
    last: int
    until: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A4 and its margins in millimetres."""

    is_landscape: bool = False
    top: Decimal = Decimal(20)
    right: Decimal = Decimal(16)
    bottom: Decimal = Decimal(18)
    left: Decimal = Decimal(16)


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table. ``widths`` are column shares of the paper's inner width (any positive scale).

    Every (row, column) position is covered by exactly one cell. ``title`` and ``author`` are the document's metadata;
    ``marking`` stands on top of every page, ``code`` (the digest of a final form, "" in a draft) as a QR code on the last.
    """

    title: str
    author: str
    widths: tuple[Decimal, ...]
    row_count: int
    cells: tuple[Cell, ...]
    headers: tuple[Header, ...] = ()
    paper: Paper = Paper()
    marking: str = ""
    code: str = ""
