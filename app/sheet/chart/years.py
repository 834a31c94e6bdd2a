"""与其他年度比较: total score and grade, execution rate and budget of one unit's forms, year by year.

Decides what of a form is compared and the order of years. Knows no store: whoever has the other forms hands them in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Final

from app.form.form import Form
from app.form.quantity import format_number
from app.scoring.assessment import Assessment
from app.scoring.figure import Figure, State, missing
from app.sheet.chart import captions
from app.sheet.chart.budget import amount, show, show_ratio
from app.sheet.chart.drawing import Bar, Drawing, Fill, Hint, Ink, Label, Rule
from app.sheet.chart.lettering import BODY, SMALL, cut, label, plain, shrunk
from app.sheet.chart.pairs import FOOT, GAP, HEAD, REMARK, empty, head

MOST_YEARS: Final = 8
YEAR_SHARE: Final = 0.16
ROW: Final = 32.0
HEADING: Final = 18.0
BAR: Final = 8.0
PANEL_GAP: Final = 20.0
LETTERS: Final = 0.3  # the middle of a row's texts, as a share of its height
BARS: Final = 0.72
INDENT: Final = 4.0


@dataclass(frozen=True, slots=True)
class Year:
    """What is compared of one form; ``total`` is what its template gives at most."""

    year: str
    score: Figure
    total: Decimal
    grade: str | None
    rate: Figure
    budget: Figure


@dataclass(frozen=True, slots=True)
class _Panel:
    """One figure of a year: what is written, the bar, and how much all the room is."""

    text: str
    figure: Figure
    whole: Decimal | None
    most: Decimal


@dataclass(frozen=True, slots=True)
class _Row:
    """A year on the chart, below ``top``."""

    name: str
    year: Year
    panels: tuple[_Panel, _Panel, _Panel]
    top: float


def year_of(form: Form, assessment: Assessment) -> Year:
    """The figures of a form. Its budget is that of the line that is part of none."""
    line = next((each for each in form.budget if not each.part_of), None)
    rates = {each.key: each.rate for each in assessment.execution}
    budget, rate = (amount(line, "annual"), rates[line.key]) if line else (missing(), missing())
    scaled = assessment.scaled_score
    return Year(plain(form.cover.year), scaled, form.template.total, assessment.grade, rate, budget)


def draw_years(year: Year, others: Sequence[Year], width: float, remark: str = "") -> Drawing:
    """The chart, the newest year on top; a sentence where there is no other year. ``remark`` says why there may be none."""
    if not others:
        return empty(captions.YEARS, remark or captions.NO_YEARS, width)
    shown = _shown(year, others)
    rest = len(others) + 1 - len(shown)
    said = captions.MORE_YEARS.format(count=rest) if rest else remark
    names = [captions.THIS_FORM.format(year=_name(each)) if each is year else _name(each) for each in shown]
    top = HEAD + (REMARK if said else 0.0) + HEADING
    step = (width - YEAR_SHARE * width + PANEL_GAP) / 3
    lefts = tuple(YEAR_SHARE * width + number * step for number in range(3))
    rows = [
        _Row(name, each, panels, top + number * ROW)
        for number, (name, each, panels) in enumerate(zip(names, shown, _panels(shown), strict=True))
    ]
    bottom = top + len(rows) * ROW
    labels = chain(
        head(captions.YEARS, said), _headings(lefts, top - HEADING / 2), _texts(rows, lefts, step - PANEL_GAP)
    )
    return Drawing(
        captions.YEARS,
        said,
        width,
        bottom + FOOT,
        tuple(bar for row in rows for bar in _bars(row, lefts, step - PANEL_GAP)),
        tuple(Rule(left, top, left, bottom) for left in lefts),
        tuple(labels),
        tuple(Hint(0.0, row.top, width, row.top + ROW, _hint(row)) for row in rows),
        ((captions.YEAR, *_titles()), *((row.name, *_cells(row.year)) for row in rows)),
    )


def _shown(year: Year, others: Sequence[Year]) -> list[Year]:
    """The newest years, and the form's own in any case."""
    ordered = sorted((year, *others), key=lambda each: (each.year, each is year), reverse=True)
    shown = ordered[:MOST_YEARS]
    if not any(each is year for each in shown):
        shown[-1] = year
    return shown


def _name(year: Year) -> str:
    return year.year or captions.NO_YEAR


def _titles() -> tuple[str, ...]:
    return captions.SCORE, captions.GRADE, captions.RATE, captions.IN_WAN.format(name=captions.ANNUAL)


def _headings(lefts: Sequence[float], middle: float) -> Iterator[Label]:
    score, grade, rate, budget = _titles()
    for left, text in zip(lefts, (captions.SHARE.format(part=score, whole=grade), rate, budget), strict=True):
        yield replace(label(text, left + INDENT, middle, SMALL), ink=Ink.QUIET)


def _cells(year: Year) -> tuple[str, str, str, str]:
    """The figures in words."""
    score = captions.UNFILLED
    if year.score.value is not None:
        score = format_number(year.score.value)
        score = score if year.score.state is State.COMPLETE else captions.PART_DONE.format(text=score)
    is_open = year.score.state is not State.COMPLETE
    grade = captions.TENTATIVE.format(grade=year.grade) if year.grade and is_open else year.grade or ""
    return score, grade, show_ratio(year.rate), show(year.budget)


def _panels(years: Sequence[Year]) -> Iterator[tuple[_Panel, _Panel, _Panel]]:
    """The three panels of every year; each figure has one scale through all years."""
    one = Decimal(1)
    score_most = max(max(year.total, year.score.value or year.total) for year in years)
    rate_most = max(one, *(year.rate.value or one for year in years))
    budget_most = max(year.budget.value or Decimal(0) for year in years)
    for year in years:
        score, grade, rate, budget = _cells(year)
        yield (
            _Panel(
                captions.SHARE.format(part=score, whole=grade) if grade else score, year.score, year.total, score_most
            ),
            _Panel(rate, year.rate, one, rate_most),
            _Panel(budget, year.budget, None, budget_most),
        )


def _texts(rows: Sequence[_Row], lefts: Sequence[float], room: float) -> Iterator[Label]:
    for row in rows:
        name = cut(row.name, BODY, lefts[0] - GAP)
        yield label(name, 0.0, row.top + ROW / 2, BODY)
        for left, panel in zip(lefts, row.panels, strict=True):
            size = shrunk(panel.text, BODY, room - INDENT)
            said = label(panel.text, left + INDENT, row.top + LETTERS * ROW, size)
            yield replace(said, ink=Ink.QUIET) if panel.figure.value is None else said


def _bars(row: _Row, lefts: Sequence[float], room: float) -> Iterator[Bar]:
    for left, panel in zip(lefts, row.panels, strict=True):
        yield from _bars_of(panel, left, room, row.top + BARS * ROW)


def _bars_of(panel: _Panel, left: float, room: float, middle: float) -> Iterator[Bar]:
    def bar(begin: Decimal, to: Decimal, fill: Fill) -> Bar:
        scale = room / float(panel.most)
        top, bottom = middle - BAR / 2, middle + BAR / 2
        return Bar(left + float(begin) * scale, top, left + float(to) * scale, bottom, fill)

    zero, value = Decimal(0), panel.figure.value
    if value is not None and value > 0:
        inside = value if panel.whole is None else min(value, panel.whole)
        yield bar(zero, inside, Fill.DONE if panel.figure.state is State.COMPLETE else Fill.PARTIAL)
        if inside < value:
            yield bar(inside, value, Fill.OVER)
    if panel.whole:
        yield bar(zero, panel.whole, Fill.WHOLE)


def _hint(row: _Row) -> str:
    cells = zip(_titles(), _cells(row.year), strict=True)
    return "\n".join((row.name, *(captions.CELL.format(name=title, value=text) for title, text in cells if text)))
