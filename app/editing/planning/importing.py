"""The import plan: what every cell of a file would do to the form, before anything is done.

Decides new, changed, same, invalid, or not recognised for each cell, and the one Change that accepting the plan makes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from app.editing.labels import name_place, name_row
from app.editing.planning import sentences
from app.editing.planning.merging import Merged, merge
from app.editing.restoring import change_between
from app.form.change import Change
from app.form.form import Form, rows_of, value_at
from app.form.reading.loader import blank_form
from app.form.rows import TABLES, Place
from app.form.template import Template
from app.scoring.assessment import assess
from app.sheet.grid import Grid
from app.sheet.recognising.deriving import derive_template
from app.sheet.recognising.fitting import Recognition, closeness, fit, known_share, shows_all, unused_cells
from app.sheet.recognising.outline import Outline, Ref
from app.sheet.recognising.recognition import read_outlines

LEAST_ROWS: Final = 3  # a shorter table says nothing about its template
LEAST_KNOWN: Final = 0.3  # share of the rows whose names a template must know
LEAST_KNOWN_OF_OTHER_COLUMNS: Final = 0.6  # the same, where the file has columns that the template could not show


class Status(Enum):
    """What becomes of a cell of the file, or of a row of the form."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    INVALID = "invalid"
    UNRECOGNISED = "unrecognised"
    REMOVED = "removed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One cell of the file (``ref``) or one row of the form: where it goes, what stood there, what will, and why it is invalid."""

    status: Status
    text: str
    name: str = ""
    ref: Ref | None = None
    place: Place | None = None
    before: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What reading a file would do: the form that results, line by line. ``change`` leads from the open form to it (None: nothing does)."""

    form: Form
    lines: tuple[PlanLine, ...]
    explained: int
    change: Change | None = None

    def count(self, status: Status) -> int:
        """How many lines have this status."""
        return sum(line.status is status for line in self.lines)


def recognise_forms(
    grids: Sequence[Grid], templates: Sequence[Template], current: Template | None = None
) -> tuple[Recognition, ...]:
    """The forms in a file's tables, each under the template it fits best (``current`` where that fits as well).

    A form most of whose rows no template knows gets a template of its own, made from the file.
    """
    ordered = [*([current] if current else []), *(each for each in templates if each != current)]
    outlines = read_outlines(grids)
    return tuple(
        replace(
            fit(outline, _choose(outline, ordered)),
            elsewhere=frozenset[Ref]().union(*(other.extent for other in outlines if other is not outline)),
        )
        for outline in outlines
    )


def plan_import(recognition: Recognition, grids: Sequence[Grid], name: str, current: Form | None = None) -> ImportPlan:
    """What becomes of every cell: in a new form, or in the open one when it has the same template."""
    template = recognition.form.template
    base = current if current is not None and current.template == template else blank_form(template)
    is_new = base is not current
    merged = merge(recognition, replace(base, cover=recognition.form.cover) if is_new else base)
    before = None if is_new else base
    lines = (*_cell_lines(merged, grids, before, recognition), *_row_lines(merged, recognition, before))
    change = change_between(base, merged.form, sentences.IMPORT.format(name=name)) if before else None
    return ImportPlan(merged.form, lines, len({*recognition.explained}), change)


def _choose(outline: Outline, templates: Sequence[Template]) -> Template:
    best = max(templates, key=lambda each: closeness(outline, each))
    least = LEAST_KNOWN if shows_all(outline, best) else LEAST_KNOWN_OF_OTHER_COLUMNS
    is_foreign = len(outline.table.rows) >= LEAST_ROWS and known_share(outline, best) < least
    return derive_template(outline) if is_foreign else best


def _cell_lines(
    merged: Merged, grids: Sequence[Grid], before: Form | None, recognition: Recognition
) -> Iterator[PlanLine]:
    texts = {
        Ref(table, cell.row, cell.column): cell.text
        for table, grid in enumerate(grids)
        for cell in sorted(grid.cells, key=lambda each: (each.row, each.column))
        if cell.text.strip()
    }
    misread = {each.place: each.because for each in assess(merged.form).misread}
    places: dict[Ref, list[Place]] = {}
    for place, refs in merged.sources.items():
        for ref in refs:
            places.setdefault(ref, []).append(place)
    unused = {*unused_cells(recognition, tuple(texts))} - recognition.elsewhere
    for ref, text in texts.items():
        if ref in unused:
            yield PlanLine(Status.UNRECOGNISED, text, ref=ref)
        for place in places.get(ref, ()):
            yield _line(place, ref, (merged.form, before), misread.get(place, ""))


def _line(place: Place, ref: Ref, forms: tuple[Form, Form | None], because: str) -> PlanLine:
    form, before = forms
    text = str(value_at(form, place))
    old = _old_text(before, place)
    status = Status.NEW if not old else Status.SAME if old == text else Status.CHANGED
    if because and status is not Status.SAME:
        status = Status.INVALID
    return PlanLine(status, text, name_place(form, place), ref, place, old or "", because)


def _old_text(before: Form | None, place: Place) -> str | None:
    if before is None:
        return None
    try:
        return str(value_at(before, place))
    except KeyError:
        return None


def _row_lines(merged: Merged, recognition: Recognition, before: Form | None) -> Iterator[PlanLine]:
    """Rows of the open form that the file does not have and that would go, and rows of the bureau's that it leaves out."""
    for place in recognition.missing:
        what = name_row(merged.form, "indicators", place.key)
        yield PlanLine(Status.MISSING, "", sentences.MISSING.format(what=what), place=place)
    for table in TABLES if before else ():
        kept = {row.key for row in rows_of(merged.form, table)}
        for row in rows_of(before, table) if before else ():
            if row.key not in kept and table != "explanations":
                what = sentences.REMOVED.format(what=name_row(before, table, row.key)) if before else ""
                yield PlanLine(Status.REMOVED, "", what, place=Place(table, row.key))
