"""A chart as a value: bars, lines and texts where they stand, in points from the drawing's upper left corner.

Decides what a drawing is made of and how a bar is hatched. Knows no figures, no Qt and no file format: the window, the
PDF and the pictures paint this very value, so they can't differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from typing import Final

from app.sheet.chart import captions
from app.sheet.grid import Align

HATCH_GAP: Final = 4.0
STACK_GAP: Final = 22.0

Table = tuple[tuple[str, ...], ...]


class Fill(Enum):
    """What a bar stands for. Painters tell them apart without colour: outline, solid, hatched, crossed."""

    WHOLE = "whole"
    DONE = "done"
    PARTIAL = "partial"
    OVER = "over"


class Ink(Enum):
    """What a text is: a painter chooses its colour from it."""

    TEXT = "text"
    QUIET = "quiet"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle that stands for a figure."""

    left: float
    top: float
    right: float
    bottom: float
    fill: Fill


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text in the room from ``left`` to ``right``, which it takes whole in our own face.

    A painter with another face squeezes what is wider and sets what is narrower by ``align``.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    ink: Ink = Ink.TEXT
    align: Align = Align.LEFT

    @property
    def top(self) -> float:
        """The upper edge of its em box."""
        return self.baseline - 0.88 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its em box."""
        return self.baseline + 0.12 * self.size


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said of everything in a rectangle, nothing cut short."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart. ``table`` has the same figures as texts: a row of headings, then a row for each row of the chart.

    ``remark`` is the sentence below the title.
    """

    title: str
    remark: str
    width: float
    height: float
    bars: tuple[Bar, ...] = ()
    rules: tuple[Rule, ...] = ()
    labels: tuple[Label, ...] = ()
    hints: tuple[Hint, ...] = ()
    table: Table = ()

    @property
    def description(self) -> str:
        """The chart in words, for who can't see it."""
        said = captions.BETWEEN_ROWS.join(filter(None, (self.title, self.remark, *(_say(self.table)))))
        return said + captions.BETWEEN_ROWS.rstrip()


def _say(table: Table) -> Iterator[str]:
    for row in table[1:]:
        cells = [
            captions.CELL.format(name=name, value=value)
            for name, value in zip(table[0][1:], row[1:], strict=True)
            if value
        ]
        said = captions.BETWEEN_CELLS.join(cells)
        yield captions.SAID.format(label=row[0], cells=said) if row[0] else said


def in_order(drawing: Drawing) -> list[Bar]:
    """Bars as they are painted: wholes first, what is done stands on them."""
    return sorted(drawing.bars, key=lambda bar: bar.fill is not Fill.WHOLE)


def copyable(drawings: tuple[Drawing, ...]) -> str:
    """The figures of charts as a spreadsheet takes them over: tabs between cells."""
    return "\n\n".join("\n".join((each.title, *("\t".join(row) for row in each.table))) for each in drawings)


def moved(drawing: Drawing, down: float) -> Drawing:
    """The same drawing further down."""
    return replace(
        drawing,
        bars=tuple(replace(each, top=each.top + down, bottom=each.bottom + down) for each in drawing.bars),
        rules=tuple(replace(each, top=each.top + down, bottom=each.bottom + down) for each in drawing.rules),
        hints=tuple(replace(each, top=each.top + down, bottom=each.bottom + down) for each in drawing.hints),
        labels=tuple(replace(each, baseline=each.baseline + down) for each in drawing.labels),
    )


def stack(title: str, drawings: tuple[Drawing, ...]) -> Drawing:
    """Drawings below each other as one."""
    placed: list[Drawing] = []
    top = 0.0
    for each in drawings:
        placed.append(moved(each, top))
        top += each.height + STACK_GAP
    return Drawing(
        title,
        "",
        max((each.width for each in drawings), default=0.0),
        max(0.0, top - STACK_GAP),
        tuple(chain.from_iterable(each.bars for each in placed)),
        tuple(chain.from_iterable(each.rules for each in placed)),
        tuple(chain.from_iterable(each.labels for each in placed)),
        tuple(chain.from_iterable(each.hints for each in placed)),
    )


def hatch(bar: Bar) -> tuple[Rule, ...]:
    """The slanting lines of a bar that is hatched, both ways where it is crossed; none in others."""
    if bar.fill not in {Fill.PARTIAL, Fill.OVER}:
        return ()
    return tuple(_slanted(bar, is_mirrored=False)) + (
        tuple(_slanted(bar, is_mirrored=True)) if bar.fill is Fill.OVER else ()
    )


def _slanted(bar: Bar, *, is_mirrored: bool) -> Iterator[Rule]:
    """Lines at 45 degrees, cut off at the bar's edges; counted from the left one so that equal bars look alike."""
    height = bar.bottom - bar.top
    start = bar.left - height + min(HATCH_GAP, height) / 2
    for number in range(int((bar.right - start) / HATCH_GAP) + 1):
        foot = start + number * HATCH_GAP  # where the line meets the lower edge
        left, right = max(bar.left, foot), min(bar.right, foot + height)
        if left < right:
            low, high = bar.bottom - (left - foot), bar.bottom - (right - foot)
            yield (
                Rule(left, low, right, high)
                if not is_mirrored
                else Rule(left, bar.top + bar.bottom - low, right, bar.top + bar.bottom - high)
            )
