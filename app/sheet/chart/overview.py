"""概览 of a form: its key figures and all its charts, in their order.

Decides which charts there are. A chart more is a function more here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.form.form import Form
from app.review.finding import Finding
from app.scoring.assessment import Assessment
from app.sheet.chart import captions
from app.sheet.chart.budget import draw_budget
from app.sheet.chart.drawing import Drawing, stack
from app.sheet.chart.lettering import plain
from app.sheet.chart.scores import draw_scores
from app.sheet.chart.summary import draw_summary, key_figures
from app.sheet.chart.years import Year, draw_years, year_of

PICTURE_WIDTH: Final = 510.0  # points: as wide as on an upright page


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: a form with all that is computed from it, and the figures of its unit's other years."""

    form: Form
    assessment: Assessment
    findings: tuple[Finding, ...]
    others: tuple[Year, ...] = ()


def chart_makers(subject: Subject, remark: str = "") -> tuple[Callable[[float], Drawing], ...]:
    """All charts, each to be drawn for a width in points; ``remark`` says why there may be no other years."""
    form, assessment = subject.form, subject.assessment
    return (
        partial(draw_scores, form, assessment),
        partial(draw_budget, form, assessment),
        partial(draw_years, year_of(form, assessment), subject.others, remark=remark),
    )


def draw_overview(subject: Subject, width: float = PICTURE_WIDTH) -> tuple[Drawing, ...]:
    """The key figures below a heading, and the charts, each for itself; years only where there are several."""
    cover = subject.form.cover
    title = captions.HEADING.format(unit=plain(cover.unit), year=plain(cover.year)).strip()
    figures = key_figures(subject.form, subject.assessment, subject.findings)
    *charts, years = (make(width) for make in chart_makers(subject))
    return (draw_summary(title, figures, width), *charts, *((years,) if subject.others else ()))


def draw_whole(subject: Subject) -> Drawing:
    """Everything as one picture."""
    return stack(captions.OVERVIEW, draw_overview(subject))
