"""New forms: blank ones and copies, and which stored one is the example. Pure; storing them is `Writer.create`."""

from dataclasses import replace

from app.editing import sentences
from app.form.form import Form
from app.form.reading.loader import blank_form
from app.form.rows import Stated
from app.form.template import Template
from app.models.state import FormEntry


def new_form(template: Template, unit: str, year: str = "") -> Form:
    """A blank form of a template; the year is the template's unless another is given."""
    return blank_form(template, unit, year)


def copy_form(form: Form, year: str, unit: str | None = None) -> Form:
    """The same form for another year (and unit, when one is given). Not what a paper once stated, what a review was told, and 佐证材料."""
    cover = replace(form.cover, year=year, unit=form.cover.unit if unit is None else unit)
    return replace(form, cover=cover, stated=Stated(), explanations=(), evidence=())


def is_example(entry: FormEntry) -> bool:
    """Whether a stored form is the bundled example, however much of it was changed since; a copy of it is not."""
    return entry.origin == sentences.EXAMPLE
