"""Bringing back what was: one Change that leads from a form to another one of the same template.

Decides the patches, as few as there can be: only cells that differ, only rows that must move. Pure; knows no journal.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.editing import sentences
from app.editing.labels import name_place
from app.form.change import Change, InsertRow, MoveRow, Patch, RemoveRow, SetValue
from app.form.form import Form, rows_of, value_at
from app.form.rows import RECORDS, TABLES, CellValue, Place, Record, Row, Section, TableName, field_names


def restore_value(form: Form, place: Place, old: CellValue) -> Change | None:
    """Put back what a cell once held; None when it says so already, or when its row is gone."""
    try:
        now = value_at(form, place)
    except KeyError:
        return None
    if now == old:
        return None
    return Change(sentences.RESTORE_VALUE.format(what=name_place(form, place)), (SetValue(place, now, old),))


def restore_form(now: Form, then: Form, at: datetime) -> Change | None:
    """Bring back a whole form as it was at a time, which the change is named by in local time; None when nothing differs."""
    return change_between(now, then, sentences.RESTORE_FORM.format(time=f"{at.astimezone():%Y-%m-%d %H:%M}"))


def change_between(before: Form, after: Form, text: str) -> Change | None:
    """The change ``text`` that leads from one form to another; None when nothing differs. ValueError for two templates."""
    if before.template != after.template:
        raise ValueError(after.template.code)
    records = (
        patch for record in RECORDS for patch in _set_cells(record, getattr(before, record), getattr(after, record))
    )
    tables = (
        patch for table in TABLES for patch in _change_table(table, rows_of(before, table), rows_of(after, table))
    )
    patches = (*records, *tables)
    return Change(text, patches) if patches else None


def _set_cells(section: Section, old: Record | Row, new: Record | Row) -> Iterator[Patch]:
    key: str = getattr(old, "key", "")
    for field in field_names(type(old)):
        if getattr(old, field) != getattr(new, field):
            yield SetValue(Place(section, key, field), getattr(old, field), getattr(new, field))


def _change_table(table: TableName, before: tuple[Row, ...], after: tuple[Row, ...]) -> Iterator[Patch]:
    """Rows that go, the last one first; cells of rows that stay; then rows that come or move, from the top."""
    wanted = {row.key: row for row in after}
    for index in range(len(before) - 1, -1, -1):
        if before[index].key not in wanted:
            yield RemoveRow(table, index, before[index])
    kept = [row for row in before if row.key in wanted]
    for row in kept:
        yield from _set_cells(table, row, wanted[row.key])
    yield from _arrange(table, [row.key for row in kept], after)


def _arrange(table: TableName, order: list[str], after: tuple[Row, ...]) -> Iterator[Patch]:
    """Put every row that is new or stands wrong behind the one it follows; ``order`` becomes that of ``after``."""
    index_of = {row.key: index for index, row in enumerate(after)}
    present = {*order}
    standing = {after[index].key for index in _longest_rise([index_of[key] for key in order])}
    for index, row in enumerate(after):
        if row.key not in standing:
            source = order.index(row.key) if row.key in present else None
            if source is not None:
                del order[source]
            target = order.index(after[index - 1].key) + 1 if index else 0
            order.insert(target, row.key)
            yield InsertRow(table, target, row) if source is None else MoveRow(table, row.key, source, target)


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The longest subsequence that rises: the rows that need not move (patience sorting)."""
    tops: list[int] = []  # the smallest end of a rise of each length
    lengths = []
    for number in numbers:
        length = bisect_left(tops, number)
        tops[length : length + 1] = [number]
        lengths.append(length)
    rise: list[int] = []
    for number, length in zip(reversed(numbers), reversed(lengths), strict=True):
        if length == len(tops) - 1 - len(rise):
            rise.append(number)
    return rise[::-1]
