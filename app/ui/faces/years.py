"""与上年核对: a column at the right of the indicator table with what was reached last year."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.editing.workspace import Outcome
from app.form.rows import Place
from app.form.template import Alignment
from app.review.years import values_of_last_year
from app.ui.face import Face, Faces, Tone

HEADING: Final = "上年完成值"
WIDTH: Final = 20.0
HINT: Final = "上年同一指标的数，只供核对，不打印"


def with_last_year(faces: Faces, outcome: Outcome) -> Faces:
    """The table with the column; the table itself where there is no form of last year."""
    if outcome.last is None:
        return faces
    values = values_of_last_year(outcome.form, outcome.last)
    rows = tuple((*row, _face(values, key)) for row, key in zip(faces.rows, faces.keys, strict=True))
    return replace(faces, headings=(*faces.headings, HEADING), widths=(*faces.widths, WIDTH), rows=rows)


def _face(values: Mapping[Place, str], key: str) -> Face:
    actual = values.get(Place("indicators", key, "actual"), "")
    score = values.get(Place("indicators", key, "score"), "")
    subtext = f"得 {score} 分" if score.strip() else ""
    return Face(actual, tone=Tone.COMPUTED, align=Alignment.CENTER, hint=HINT if key else "", subtext=subtext)
