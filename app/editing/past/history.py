"""The journal as a user reads it: steps, the newest first, each with what it touched, under the names of that time.

Decides what belongs to one step and how it reads. Pure: it is given the form as it is now and the journal's entries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from app.editing import sentences
from app.editing.labels import label_table, name_place, name_row
from app.form.change import (
    Change,
    InsertRow,
    MoveRow,
    Patch,
    RemoveRow,
    SetValue,
    apply_change,
    changes_nothing,
    invert,
    merge,
    place_of,
)
from app.form.form import Form, rows_of
from app.form.rows import CellValue, Evidence, Indicator, Place, Row, TableName, field_names, is_table
from app.models.state import JournalEntry


@dataclass(frozen=True, slots=True)
class Touch:
    """One cell, or one row (``place`` without a field), that a step changed; both texts as they would be read.

    ``old`` is what the cell held before, None for a row; ``row`` is one that was taken out, from the place ``index``.
    """

    place: Place
    name: str
    before: str
    after: str
    old: CellValue | None = None
    row: Row | None = None
    index: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at once: the journal's entries ``first`` to ``last``, the time of the last one (UTC), and its name."""

    first: int
    last: int
    at: datetime
    text: str
    touches: tuple[Touch, ...]


def walk_steps(now: Form, entries: Sequence[JournalEntry]) -> Iterator[Step]:
    """All steps, the newest first, each made when it is asked for. ChangeConflict when the entries do not lead to ``now``."""
    after = now
    joined = _join(entries)
    for (first, entry), text in zip(reversed(joined), reversed(_name_steps(joined)), strict=True):
        before = apply_change(after, invert(entry.change))
        touches = tuple(_touch(patch, before, after) for patch in entry.change.patches)
        yield Step(first, entry.number, entry.at, text, touches)
        after = before


def touches_at(step: Step, place: Place) -> tuple[Touch, ...]:
    """What a step did to a cell or to its whole row; all that it did in a row for a place without a field."""
    whole_row = replace(place, field="")
    is_row = place == whole_row
    return tuple(
        touch
        for touch in step.touches
        if touch.place in (place, whole_row) or (is_row and replace(touch.place, field="") == place)
    )


def form_at(now: Form, entries: Sequence[JournalEntry], number: int) -> Form:
    """The form as it was after the entry ``number``. ChangeConflict when the entries do not lead to ``now``."""
    form = now
    for entry in reversed(entries):
        if entry.number > number:
            form = apply_change(form, invert(entry.change))
    return form


def _join(entries: Sequence[JournalEntry]) -> list[tuple[int, JournalEntry]]:
    """Entries that merge are one, with the number of the first of them; typing and undoing it are two."""
    joined: list[tuple[int, JournalEntry]] = []
    for entry in entries:
        change: Change | None = merge(joined[-1][1].change, entry.change) if joined else None
        if change is None or changes_nothing(change):
            joined.append((entry.number, entry))
        else:
            joined[-1] = (joined[-1][0], replace(entry, change=change))
    return joined


def _name_steps(joined: Sequence[tuple[int, JournalEntry]]) -> list[str]:
    """What each step is called: taking one back has its name, for it goes through the same door, and here says so."""
    done, undone, names = list[Change](), list[Change](), list[str]()
    for _, entry in joined:
        change, name = entry.change, "{text}"
        if done and change.patches and change == invert(done[-1]):
            name = sentences.UNDONE
            undone.append(done.pop())
        elif undone and change == undone[-1]:
            name = sentences.REDONE
            done.append(undone.pop())
        else:
            undone.clear()
            done.append(change)
        names.append(name.replace("{text}", change.text))
    return names


def _touch(patch: Patch, before: Form, after: Form) -> Touch:
    """A patch of a change that led from one form to the other."""
    place = place_of(patch)
    match patch:
        case SetValue(_, old, new):
            return Touch(place, _name(place, before, after), _show(before, place, old), _show(after, place, new), old)
        case InsertRow(_, _, row):
            return Touch(place, sentences.ROW_ADDED.format(what=_name(place, after, before)), "", _title(row))
        case RemoveRow(_, index, row):
            name = sentences.REMOVE.format(what=_name(place, before, after))
            return Touch(place, name, _title(row), "", row=row, index=index)
        case MoveRow(_, _, source, target):
            was, now = (sentences.POSITION.format(number=index + 1) for index in (source, target))
            return Touch(place, sentences.MOVED.format(what=_name(place, before, after)), was, now)
        case _:
            assert_never(patch)


def _name(place: Place, *forms: Form) -> str:
    """What a place is called in the first of the forms that has it; a row that is in neither came and went in one change."""
    if not is_table(place.section):
        return name_place(forms[0], place)
    table: TableName = place.section  # type: ignore[assignment]  # is_table above
    for form in forms:
        if any(row.key == place.key for row in rows_of(form, table)):
            return name_place(form, place) if place.field else name_row(form, table, place.key)
    return label_table(forms[0].template, table)


def _show(form: Form, place: Place, value: CellValue) -> str:
    """A cell as it would be read: a row that is pointed to by its title, yes and no in words."""
    if isinstance(value, bool):
        return sentences.APPLIES if value else sentences.APPLIES_NOT
    pointed: tuple[Row, ...] = ()
    if place.field in ("group", "part_of"):
        pointed = form.budget if place.section == "budget" else form.groups
    elif place.field == "indicator":
        pointed = form.indicators
    return next((_title(row) for row in pointed if row.key == value), value)


def _title(row: Row) -> str:
    """What a row is known by: its first text, the name of an indicator or a file."""
    return row.name if isinstance(row, Indicator | Evidence) else str(getattr(row, field_names(type(row))[0]))
