"""The key figures of a form in words: totals, grade, execution rate, what is unfilled, what the review says.

Decides which they are and how each is said where it is wrong or not yet whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.form.form import Form
from app.form.quantity import format_number
from app.review.finding import Finding, Level, blocking
from app.scoring.assessment import Assessment
from app.scoring.figure import State
from app.sheet.chart import captions
from app.sheet.chart.budget import show_ratio
from app.sheet.chart.drawing import Drawing, Ink, Label
from app.sheet.chart.lettering import BODY, TITLE, label, shrunk
from app.sheet.chart.pairs import HEAD
from app.sheet.chart.scores import is_off, show
from app.sheet.chart.years import year_of

LINE: Final = 15.0
GAP: Final = 18.0


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure: its name, what it is, and whether that is wrong."""

    name: str
    value: str
    is_wrong: bool = False


def key_figures(form: Form, assessment: Assessment, findings: tuple[Finding, ...]) -> tuple[KeyFigure, ...]:
    """The figures in the order in which they are read."""
    total = form.template.total
    weight, score = show(assessment.weight), show(assessment.scaled_score)
    if is_wrong := is_off(assessment.weight, total):
        weight = captions.SHOULD_BE.format(value=weight, total=format_number(total))
    if is_beyond := assessment.scaled_score.value is not None and assessment.scaled_score.value > total:
        score = captions.BEYOND_TOTAL.format(value=score, total=format_number(total))
    grade = assessment.grade or captions.NO_RATE
    if assessment.grade and assessment.scaled_score.state is not State.COMPLETE:
        grade = captions.TENTATIVE.format(grade=grade)
    gaps = len(assessment.unfilled)
    mandatory = sum(finding.level is Level.MANDATORY for finding in findings)
    advisory = len(blocking(form, findings)) - mandatory
    said = captions.FINDINGS_COUNT.format(mandatory=mandatory, advisory=advisory)
    return (
        KeyFigure(captions.WEIGHT_TOTAL, weight, is_wrong),
        KeyFigure(captions.SCORE, score, is_beyond),
        KeyFigure(captions.GRADE, grade),
        KeyFigure(captions.RATE, show_ratio(year_of(form, assessment).rate)),
        KeyFigure(captions.GAPS, captions.GAPS_COUNT.format(count=gaps) if gaps else captions.NO_GAPS),
        KeyFigure(captions.FINDINGS, said if mandatory or advisory else captions.PASSED, mandatory > 0),
    )


def draw_summary(title: str, figures: tuple[KeyFigure, ...], width: float) -> Drawing:
    """A heading and the figures as lines of text, as many beside each other as there is room for."""
    heading = label(title, 0.0, HEAD / 2 - 1, shrunk(title, TITLE, width))
    labels = (heading, *_placed(figures, width))
    table = (("", *(each.name for each in figures)), ("", *(each.value for each in figures)))
    return Drawing(title, "", width, labels[-1].bottom + LINE / 4, labels=labels, table=table)


def _placed(figures: tuple[KeyFigure, ...], width: float) -> Iterator[Label]:
    left, middle = 0.0, HEAD + LINE / 2
    for figure in figures:
        text = captions.KEY_FIGURE.format(name=figure.name, value=figure.value)
        said = label(text, left, middle, shrunk(text, BODY, width))
        if left and said.right > width:
            left, middle = 0.0, middle + LINE
            said = label(text, left, middle, said.size)
        yield replace(said, ink=Ink.WRONG) if figure.is_wrong else said
        left = said.right + GAP
