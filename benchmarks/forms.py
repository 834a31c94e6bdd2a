"""The forms that are measured: the real one, and the real one with more indicator rows under its own tree."""

from dataclasses import replace
from typing import Any, Final

from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.scoring.assessment import assess
from app.sheet.grid import Grid
from app.sheet.layout import layout

SAMPLE: Final = ("samples", "rugao-2024.json")
TEXTS: Final = ("name", "measure", "target", "rule", "actual", "reason")


def real_form() -> Form:
    """The published form as it is bundled."""
    return load_form(resource(*SAMPLE))


def form_with(count: int, *, is_distinct: bool = False) -> Form:
    """The real form with ``count`` indicator rows: its own, again and again. ``is_distinct``: every repeated text is new."""
    form = real_form()
    rows = []
    for number in range(count):
        turn, place = divmod(number, len(form.indicators))
        row = form.indicators[place]
        if turn:
            row = replace(row, key=f"{row.key}-{turn}")
        if turn and is_distinct:
            texts: dict[str, Any] = {field: f"{getattr(row, field)}{turn}" for field in TEXTS}
            row = replace(row, **texts)
        rows.append(row)
    return replace(form, indicators=tuple(rows))


def grid_of(form: Form) -> Grid:
    """The form's paper table."""
    return layout(form, assess(form))
