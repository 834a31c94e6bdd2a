"""Changes as data: a closed union of patches, each with its inverse, and the pure function that applies them.

Decides what one undo step may do to a form. Knows no storage, no undo stack, no widget. Undo is applying the inverse.
"""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar, assert_never

from app.form.form import Form, rows_of, with_rows
from app.form.rows import ROW_TYPES, CellValue, Place, Record, Row, Section, TableName, field_names, is_table

H = TypeVar("H", bound=Record | Row)


class ChangeConflict(Exception):
    """The form is not in the state the change was made for: a bug in the caller, never the user's fault."""


@dataclass(frozen=True, slots=True)
class SetValue:
    """One cell gets another value."""

    place: Place
    old: CellValue
    new: CellValue


@dataclass(frozen=True, slots=True)
class InsertRow:
    """A row comes to stand at ``index`` of its table."""

    table: TableName
    index: int
    row: Row


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """The row at ``index`` of its table goes; it is kept here so that it can come back."""

    table: TableName
    index: int
    row: Row


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A row goes from index ``source`` to index ``target`` (the index it has afterwards)."""

    table: TableName
    key: str
    source: int
    target: int


Patch = SetValue | InsertRow | RemoveRow | MoveRow


@dataclass(frozen=True, slots=True)
class Change:
    """One undo step: its name for the 编辑 menu, its patches, and a key under which consecutive ones may merge."""

    text: str
    patches: tuple[Patch, ...]
    merge_key: str | None = None


def apply_change(form: Form, change: Change) -> Form:
    """The form after all patches in order. ChangeConflict when one does not fit; the form itself never changes."""
    for (kind, section), patches in groupby(change.patches, _kind_of):
        if kind is SetValue and is_table(section):
            form = _set_values(form, section, tuple(patches))  # type: ignore[arg-type]  # all of them are SetValue
        else:
            for patch in patches:
                form = apply_patch(form, patch)
    return form


def _kind_of(patch: Patch) -> tuple[type[Patch], Section]:
    return type(patch), place_of(patch).section


def apply_patch(form: Form, patch: Patch) -> Form:
    """The form after one patch. ChangeConflict when the patch does not fit the form."""
    match patch:
        case SetValue():
            return _set_value(form, patch)
        case InsertRow():
            return _insert_row(form, patch)
        case RemoveRow():
            return _remove_row(form, patch)
        case MoveRow():
            return _move_row(form, patch)
        case _:
            assert_never(patch)


def invert(change: Change) -> Change:
    """The change that takes this one back, under the same name."""
    return Change(change.text, tuple(_invert_patch(patch) for patch in reversed(change.patches)), change.merge_key)


def merge(first: Change, second: Change) -> Change | None:
    """One change for two consecutive ones of the same merge key that set the same places, otherwise None."""
    if first.merge_key is None or first.merge_key != second.merge_key:
        return None
    sets = {patch.place: patch for patch in first.patches if isinstance(patch, SetValue)}
    later = [patch for patch in second.patches if isinstance(patch, SetValue)]
    if len(sets) != len(first.patches) or [patch.place for patch in later] != list(sets) or len(later) != len(sets):
        return None
    if len(later) != len(second.patches):
        return None
    return replace(second, patches=tuple(replace(sets[patch.place], new=patch.new) for patch in later))


def place_of(patch: Patch) -> Place:
    """Where a patch works: its cell, or the row it is about."""
    match patch:
        case SetValue(place):
            return place
        case InsertRow(table, _, row) | RemoveRow(table, _, row):
            return Place(table, row.key)
        case MoveRow(table, key):
            return Place(table, key)
        case _:
            assert_never(patch)


def changes_nothing(change: Change) -> bool:
    """Whether every patch sets a cell to what it is already."""
    return all(isinstance(patch, SetValue) and patch.old == patch.new for patch in change.patches)


def _invert_patch(patch: Patch) -> Patch:
    match patch:
        case SetValue(place, old, new):
            return SetValue(place, new, old)
        case InsertRow(table, index, row):
            return RemoveRow(table, index, row)
        case RemoveRow(table, index, row):
            return InsertRow(table, index, row)
        case MoveRow(table, key, source, target):
            return MoveRow(table, key, target, source)
        case _:
            assert_never(patch)


def _set_value(form: Form, patch: SetValue) -> Form:
    section = patch.place.section
    if is_table(section):
        return _set_values(form, section, (patch,))  # type: ignore[arg-type]  # is_table
    record: Record = getattr(form, section)
    return replace(form, **{section: _with_value(record, patch)})  # type: ignore[arg-type]  # a record of the section's own type


def _set_values(form: Form, table: TableName, patches: tuple[SetValue, ...]) -> Form:
    """Cells of one table, the rows gone through once however many there are: a paste sets hundreds."""
    rows = {row.key: row for row in rows_of(form, table)}
    for patch in patches:
        row = rows.get(patch.place.key)
        if row is None:
            raise ChangeConflict(patch)
        rows[row.key] = _with_value(row, patch)
    return with_rows(form, table, tuple(rows.values()))


def _with_value(holder: H, patch: SetValue) -> H:
    """A record or row with the patch's value. ChangeConflict when it does not hold what it should."""
    name = patch.place.field
    names = field_names(type(holder))  # type: ignore[arg-type]  # H is one of these
    current: CellValue | None = getattr(holder, name) if name in names else None
    if current is None or current != patch.old or type(patch.old) is not type(patch.new):
        raise ChangeConflict(patch)
    return replace(holder, **{name: patch.new})  # type: ignore[arg-type]  # same type as the old value, checked above


def _insert_row(form: Form, patch: InsertRow) -> Form:
    rows = rows_of(form, patch.table)
    fits = 0 <= patch.index <= len(rows) and isinstance(patch.row, ROW_TYPES[patch.table])
    if not fits or any(row.key == patch.row.key for row in rows):
        raise ChangeConflict(patch)
    return with_rows(form, patch.table, (*rows[: patch.index], patch.row, *rows[patch.index :]))


def _remove_row(form: Form, patch: RemoveRow) -> Form:
    rows = rows_of(form, patch.table)
    if not 0 <= patch.index < len(rows) or rows[patch.index] != patch.row:
        raise ChangeConflict(patch)
    return with_rows(form, patch.table, (*rows[: patch.index], *rows[patch.index + 1 :]))


def _move_row(form: Form, patch: MoveRow) -> Form:
    rows = list(rows_of(form, patch.table))
    if not (0 <= patch.source < len(rows) and 0 <= patch.target < len(rows)) or rows[patch.source].key != patch.key:
        raise ChangeConflict(patch)
    rows.insert(patch.target, rows.pop(patch.source))
    return with_rows(form, patch.table, tuple(rows))
