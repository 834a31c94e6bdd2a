"""The chart that sets one figure against another row by row: what is done as a bar inside the outline of the whole.

Decides where a row's label, bars and figures stand, and that all rows have one scale. Knows no form: a row is a `Pair`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from app.scoring.figure import Figure, State
from app.sheet.chart import captions
from app.sheet.chart.drawing import Bar, Drawing, Fill, Hint, Ink, Label, Rule, Table
from app.sheet.chart.lettering import BODY, SMALL, TITLE, cut, label, shrunk, width_of, wrapped
from app.sheet.grid import Align

HEAD: Final = 18.0
REMARK: Final = 14.0
LEGEND: Final = 18.0
ROW: Final = 26.0
FOOT: Final = 4.0
INDENT: Final = 9.0
GAP: Final = 8.0
LEADING: Final = 11.0
BAR: Final = 13.0
INSET: Final = 3.0
LABEL_SHARE: Final = 0.24
FIGURES_SHARE: Final = 0.44
SWATCH: Final = (16.0, 7.0)


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: ``done`` of ``whole``, ``figures`` that say so, the ``rate``, and what is wrong with them ("" for nothing)."""

    label: str
    whole: Figure
    done: Figure
    figures: str
    rate: str
    wrong: str = ""
    remark: str = ""
    depth: int = 0

    @property
    def bars(self) -> tuple[tuple[Decimal, Decimal, Fill], ...]:
        """What is drawn, from–to in the figures' own unit."""
        whole, done = self.whole.value, self.done.value
        drawn: list[tuple[Decimal, Decimal, Fill]] = []
        if done is not None and done > 0:
            fill = Fill.DONE if self.done.state is State.COMPLETE else Fill.PARTIAL
            inside = done if whole is None else min(done, max(whole, Decimal(0)))
            drawn += [(Decimal(0), inside, fill)] if inside > 0 else []
            drawn += [(inside, done, Fill.OVER)] if inside < done else []
        if whole is not None and whole > 0:
            drawn.append((Decimal(0), whole, Fill.WHOLE))
        return tuple(drawn)


@dataclass(frozen=True, slots=True)
class Names:
    """What the parts of a chart are called: title, the heading of its figures, whole, done, rate; its remark."""

    title: str
    figures: str
    whole: str
    done: str
    rate: str
    remark: str = ""
    is_remark_wrong: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns stand: labels end, bars from–to, figures end, rates end."""

    labels: float
    start: float
    end: float
    figures: float
    right: float
    scale: float


def draw_pairs(names: Names, pairs: Sequence[Pair], table: Table, width: float) -> Drawing:
    """The chart, ``width`` points wide. The longest bar takes all the room; the others are in proportion to it."""
    columns = _columns(names, pairs, width)
    top = HEAD + (REMARK if names.remark else 0.0) + LEGEND
    labels: list[Label] = [*head(names.title, names.remark, is_wrong=names.is_remark_wrong)]
    bars: list[Bar] = []
    hints: list[Hint] = []
    swatches, captions_ = legend(names, pairs, top - LEGEND / 2 - 1)
    labels += captions_
    labels.append(_quiet(label(names.figures, columns.figures, top - LEGEND / 2 - 1, SMALL, Align.RIGHT)))
    labels.append(_quiet(label(names.rate, columns.right, top - LEGEND / 2 - 1, SMALL, Align.RIGHT)))
    for number, pair in enumerate(pairs):
        upper = top + number * ROW
        bars += _bars(pair, columns, upper + ROW / 2)
        labels += _texts(pair, columns, upper + ROW / 2)
        hints.append(Hint(0.0, upper, width, upper + ROW, _hint(names, pair)))
    bottom = top + len(pairs) * ROW
    axis = Rule(columns.start, top, columns.start, bottom)
    return Drawing(
        names.title, names.remark, width, bottom + FOOT, (*swatches, *bars), (axis,), tuple(labels), tuple(hints), table
    )


def head(title: str, remark: str, *, is_wrong: bool = False) -> Iterator[Label]:
    """A chart's title and the sentence below it."""
    yield label(title, 0.0, HEAD / 2 - 1, TITLE)
    if remark:
        said = label(remark, 0.0, HEAD + REMARK / 2 - 2, BODY)
        yield replace(said, ink=Ink.WRONG if is_wrong else Ink.QUIET)


def empty(title: str, remark: str, width: float) -> Drawing:
    """A chart that has nothing to show yet, and says so."""
    return Drawing(title, remark, width, HEAD + REMARK + FOOT, labels=tuple(head(title, remark)))


def legend(names: Names, pairs: Sequence[Pair], middle: float) -> tuple[list[Bar], list[Label]]:
    """What each kind of bar that occurs stands for."""
    found = {fill for pair in pairs for *_, fill in pair.bars}
    said = {
        Fill.WHOLE: names.whole,
        Fill.DONE: names.done,
        Fill.PARTIAL: captions.PART_DONE.format(text=names.done),
        Fill.OVER: captions.BEYOND,
    }
    bars: list[Bar] = []
    labels: list[Label] = []
    left = 0.0
    for fill in (each for each in Fill if each in found):
        bars.append(Bar(left, middle - SWATCH[1] / 2, left + SWATCH[0], middle + SWATCH[1] / 2, fill))
        labels.append(_quiet(label(said[fill], left + SWATCH[0] + 4, middle, SMALL)))
        left = labels[-1].right + 10
    return bars, labels


def _columns(names: Names, pairs: Sequence[Pair], width: float) -> _Columns:
    rates = max(width_of(text, BODY) for text in (names.rate, *(pair.rate for pair in pairs)))
    wanted = max(
        *(width_of(pair.figures, BODY) for pair in pairs),
        *(width_of(pair.wrong or pair.remark, SMALL) - rates - GAP for pair in pairs),
        width_of(names.figures, SMALL),
    )
    figures = min(wanted, FIGURES_SHARE * width - rates - GAP)
    names_end = LABEL_SHARE * width
    start, end = names_end + GAP, width - rates - 2 * GAP - figures
    longest = max((to for pair in pairs for _, to, _ in pair.bars), default=Decimal(0))
    scale = (end - start) / float(longest) if longest else 0.0
    return _Columns(names_end, start, end, width - rates - GAP, width, scale)


def _bars(pair: Pair, columns: _Columns, middle: float) -> Iterator[Bar]:
    for begin, to, fill in pair.bars:
        inset = 0.0 if fill is Fill.WHOLE else INSET
        left, right = columns.start + float(begin) * columns.scale, columns.start + float(to) * columns.scale
        yield Bar(left, middle - BAR / 2 + inset, right, middle + BAR / 2 - inset, fill)


def _texts(pair: Pair, columns: _Columns, middle: float) -> Iterator[Label]:
    indent = pair.depth * INDENT
    lines = wrapped(pair.label, BODY, columns.labels - indent, 2)
    for number, line in enumerate(lines):
        yield label(line, indent, middle + (number - (len(lines) - 1) / 2) * LEADING, BODY)
    below = pair.wrong or pair.remark
    upper = middle - LEADING / 2 if below else middle
    room = columns.figures - columns.end - GAP
    yield label(pair.figures, columns.figures, upper, shrunk(pair.figures, BODY, room), Align.RIGHT)
    yield label(pair.rate, columns.right, upper, BODY, Align.RIGHT)
    if below:
        said = label(
            cut(below, SMALL, columns.right - columns.end - GAP),
            columns.right,
            middle + LEADING / 2,
            SMALL,
            Align.RIGHT,
        )
        yield replace(said, ink=Ink.WRONG if pair.wrong else Ink.QUIET)


def say_share(done: str, whole: str) -> str:
    """One figure of another; once where neither is filled in."""
    return captions.UNFILLED if done == whole == captions.UNFILLED else captions.OF.format(part=done, whole=whole)


def _hint(names: Names, pair: Pair) -> str:
    figures = captions.CELL.format(name=names.figures, value=pair.figures)
    rate = captions.CELL.format(name=names.rate, value=pair.rate)
    return "\n".join(filter(None, (pair.label, figures, rate, pair.wrong or pair.remark)))


def _quiet(said: Label) -> Label:
    return replace(said, ink=Ink.QUIET)
