"""附图: charts on pages of their own behind the form.

Decides which chart stands on which page, and what each kind of bar looks like on a printer that has only black: solid
grey, hatched, crossed, outlined. Page numbers and markings are those of all pages (`app.sheet.page.pages`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from app.sheet.chart import captions
from app.sheet.chart.drawing import STACK_GAP, Bar, Drawing, Fill, hatch, in_order
from app.sheet.chart.lettering import FACE
from app.sheet.grid import Paper
from app.sheet.page.measure import paper_size, points
from app.sheet.page.pages import Page, Stroke
from app.sheet.page.seal import Box, Run, Shade, heading

GROUNDS: Final[Mapping[Fill, float]] = {Fill.WHOLE: 0.94, Fill.DONE: 0.55, Fill.PARTIAL: 1.0, Fill.OVER: 1.0}


def inner_size(paper: Paper) -> tuple[float, float]:
    """The room between the margins of a page."""
    width, height = paper_size(paper)
    return width - points(paper.left) - points(paper.right), height - points(paper.top) - points(paper.bottom)


def annex_pages(drawings: Sequence[Drawing], paper: Paper) -> tuple[Page, ...]:
    """The drawings on as many pages as they need; none is torn, one that is too high for a page is made smaller."""
    room = inner_size(paper)[1]
    pages: list[list[tuple[Drawing, float]]] = []
    top = room
    for each in drawings:
        if top and top + each.height > room:
            pages.append([])
            top = 0.0
        pages[-1].append((each, top))
        top += each.height + STACK_GAP
    return tuple(_page(each, paper) for each in pages)


def _page(placed: Sequence[tuple[Drawing, float]], paper: Paper) -> Page:
    left, above = points(paper.left), points(paper.top)
    room = inner_size(paper)[1]
    sheets = [_Placed(drawing, min(1.0, room / drawing.height), left, above + top) for drawing, top in placed]
    title = heading(captions.ANNEX.format(title=captions.OVERVIEW), left, above / 2)
    return Page(
        (title, *(run for sheet in sheets for run in _runs(sheet))),
        tuple(stroke for sheet in sheets for stroke in _strokes(sheet)),
        shades=tuple(shade for sheet in sheets for shade in _shades(sheet)),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A drawing with its upper left corner on the paper, in its size there."""

    drawing: Drawing
    scale: float
    left: float
    top: float

    def x(self, at: float) -> float:
        return self.left + self.scale * at

    def y(self, at: float) -> float:
        return self.top + self.scale * at

    def box(self, bar: Bar) -> Box:
        return Box(self.x(bar.left), self.y(bar.top), self.x(bar.right), self.y(bar.bottom))


def _runs(sheet: _Placed) -> Iterator[Run]:
    for each in sheet.drawing.labels:
        yield Run(each.text, sheet.x(each.left), sheet.y(each.baseline), FACE, sheet.scale * each.size)


def _strokes(sheet: _Placed) -> Iterator[Stroke]:
    for line in chain(sheet.drawing.rules, *map(hatch, sheet.drawing.bars)):
        yield Stroke(sheet.x(line.left), sheet.y(line.top), sheet.x(line.right), sheet.y(line.bottom))
    for box in map(sheet.box, sheet.drawing.bars):
        yield Stroke(box.left, box.top, box.right, box.top)
        yield Stroke(box.left, box.bottom, box.right, box.bottom)
        yield Stroke(box.left, box.top, box.left, box.bottom)
        yield Stroke(box.right, box.top, box.right, box.bottom)


def _shades(sheet: _Placed) -> Iterator[Shade]:
    for bar in in_order(sheet.drawing):
        yield Shade(sheet.box(bar), GROUNDS[bar.fill])
