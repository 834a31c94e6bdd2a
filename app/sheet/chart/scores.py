"""各一级指标得分: what each level-1 indicator scores of its weight.

Decides the rows: a bar for each level-1 group and for each row outside of groups; 不适用 takes no part. Figures are the
assessment's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.form.form import Form
from app.form.quantity import format_number
from app.scoring.assessment import Assessment
from app.scoring.figure import Figure, State, add_figures, divide_figures
from app.sheet.chart import captions
from app.sheet.chart.budget import show_ratio
from app.sheet.chart.drawing import Drawing
from app.sheet.chart.lettering import plain
from app.sheet.chart.pairs import Names, Pair, draw_pairs, empty, say_share

MOST_ROWS: Final = 16


@dataclass(frozen=True, slots=True)
class _Part:
    """What the table has on its first level."""

    label: str
    weight: Figure
    score: Figure
    stated: Decimal | None


def draw_scores(form: Form, assessment: Assessment, width: float) -> Drawing:
    """The chart; a sentence where nothing is scored yet."""
    found = tuple(_parts(form, assessment))
    if not found:
        return empty(captions.SCORES, captions.NO_SCORES, width)
    parts = _folded(found)
    remark, is_wrong = say_totals(form, assessment)
    if len(parts) < len(found):
        remark = captions.FOLDED_SCORES.format(totals=remark, shown=MOST_ROWS - 1, rest=len(found) - MOST_ROWS + 1)
    names = Names(
        captions.SCORES,
        captions.OF.format(part=captions.SCORE, whole=captions.WEIGHT),
        captions.WEIGHT,
        captions.SCORE,
        captions.SCORE_RATE,
        remark,
        is_wrong,
    )
    pairs = tuple(map(_pair, parts))
    heads = (captions.LEVEL_1, captions.WEIGHT, captions.SCORE, captions.SCORE_RATE, captions.REMARK)
    rows = (
        (pair.label, show(part.weight), show(part.score), pair.rate, pair.wrong or pair.remark)
        for part, pair in zip(parts, pairs, strict=True)
    )
    return draw_pairs(names, pairs, (heads, *rows), width)


def say_totals(form: Form, assessment: Assessment) -> tuple[str, bool]:
    """The totals in a sentence, and whether they are wrong."""
    total, weight = form.template.total, assessment.weight
    scaled = assessment.scaled_score
    sentence = captions.TOTALS if scaled is assessment.score else captions.SCALED
    said = sentence.format(score=show(scaled), weight=show(weight), total=format_number(total))
    if is_off(weight, total):
        return captions.NOT_TOTAL.format(totals=said, total=format_number(total)), True
    return said, scaled.value is not None and scaled.value > total


def is_off(weight: Figure, total: Decimal) -> bool:
    """Whether a sum of weights can't come to the total: it is complete, or too much already."""
    if weight.value is None or weight.value == total:
        return False
    return weight.state is State.COMPLETE or weight.value > total


def show(figure: Figure) -> str:
    """A figure with its state."""
    if figure.value is None:
        return captions.UNFILLED
    text = format_number(figure.value)
    return text if figure.state is State.COMPLETE else captions.PART_DONE.format(text=text)


def _parts(form: Form, assessment: Assessment) -> Iterator[_Part]:
    totals = {total.key: total for total in assessment.groups}
    upper = {group.key: group.part_of for group in form.groups}
    labels = {group.key: group.label for group in form.groups}
    shown: set[str] = set()
    for reading in assessment.readings:
        key = reading.row.group
        if not reading.row.applies:
            continue
        if key not in totals:
            yield _Part(plain(reading.row.name) or captions.UNNAMED, reading.weight, reading.score, None)
            continue
        while upper.get(key) in totals:
            key = upper[key]
        if key not in shown:
            shown.add(key)
            total = totals[key]
            yield _Part(plain(labels[key]) or captions.UNNAMED, total.weight, total.score, total.label_weight)


def _folded(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """The parts with the largest weights, in the form's order, and one that stands for all others where there are many."""
    if len(parts) <= MOST_ROWS:
        return parts
    largest = sorted(parts, key=lambda part: part.weight.value or Decimal(0), reverse=True)
    kept = {id(part) for part in largest[: MOST_ROWS - 1]}
    rest = [part for part in parts if id(part) not in kept]
    weight, score = (add_figures(figures) for figures in ([p.weight for p in rest], [p.score for p in rest]))
    folded = _Part(captions.REST.format(count=len(rest)), weight, score, None)
    return (*(part for part in parts if id(part) in kept), folded)


def _pair(part: _Part) -> Pair:
    weight, score = part.weight.value, part.score.value
    wrong = []
    if weight is not None and score is not None and score > weight:
        wrong.append(captions.OVER_WEIGHT)
    if part.stated is not None and weight is not None and is_off(part.weight, part.stated):
        wrong.append(captions.OTHER_LABEL.format(label=format_number(part.stated), rows=format_number(weight)))
    is_open = part.score.state is not State.COMPLETE
    remark = captions.OPEN_SCORES.format(count=len(part.score.gaps)) if is_open else ""
    rate = show_ratio(divide_figures(part.score, part.weight))
    figures = say_share(_bare(part.score), _bare(part.weight))
    return Pair(part.label, part.weight, part.score, figures, rate, captions.ALSO.join(wrong), remark)


def _bare(figure: Figure) -> str:
    return captions.UNFILLED if figure.value is None else format_number(figure.value)
