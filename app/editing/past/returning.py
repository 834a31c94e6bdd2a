"""Bringing back one thing that a step changed: what a cell held, or a row that was taken out, where it would stand now.

Decides whether that can be, and where a row comes to stand among those of its own group or sum. Pure.
"""

from collections.abc import Iterator

from app.editing import sentences
from app.editing.labels import name_row
from app.editing.past.history import Touch
from app.editing.restoring import restore_value
from app.editing.rights import end_of_parts
from app.form.change import Change, InsertRow, apply_change
from app.form.form import Form, rows_of
from app.form.rows import BudgetLine, Evidence, Indicator, Row, TableName, is_table


def bring_back(form: Form, touch: Touch) -> Change | None:
    """What was before, under its name; None when it is so already, when its place is gone, or when the step took nothing away."""
    if touch.row is not None:
        return _put_back(form, touch, touch.row)
    return restore_value(form, touch.place, touch.old) if touch.old is not None else None


def _put_back(form: Form, touch: Touch, row: Row) -> Change | None:
    """A row as it was when it was taken out, with its key, so that its history goes on."""
    if not is_table(touch.place.section):
        return None
    table: TableName = touch.place.section  # type: ignore[assignment]  # is_table above
    if any(each.key == row.key for each in rows_of(form, table)):
        return None
    places = tuple(_places(form, table, row))
    if not places:
        return None
    at = next((place for place in places if place >= touch.index), places[-1])
    patches = (InsertRow(table, at, row),)
    after = apply_change(form, Change("", patches))
    return Change(sentences.RESTORE_VALUE.format(what=name_row(after, table, row.key)), patches)


def _places(form: Form, table: TableName, row: Row) -> Iterator[int]:
    """Where a row may stand, from the top: within its group or sum, not between another line and its parts. None without these."""
    match row:
        case Indicator(group=group):
            yield from _within_group(form, group)
        case BudgetLine(part_of=upper):
            yield from _within_sum(form, upper)
        case Evidence(indicator=owner) if owner and all(each.key != owner for each in form.indicators):
            return
        case _ if table != "groups":
            yield from range(len(rows_of(form, table)) + 1)


def _within_group(form: Form, group: str) -> Iterator[int]:
    order = [each.key for each in form.groups]
    if group not in order:
        return
    before = {*order[: order.index(group)]}
    first = max((at + 1 for at, each in enumerate(form.indicators) if each.group in before), default=0)
    yield first
    yield from (at + 1 for at, each in enumerate(form.indicators) if each.group == group)


def _within_sum(form: Form, upper: str) -> Iterator[int]:
    lines = form.budget
    if upper:
        above = next((at for at, line in enumerate(lines) if line.key == upper), None)
        if above is None:
            return
        yield above + 1
    else:
        yield 0
    yield from (end_of_parts(form, line.key, at) + 1 for at, line in enumerate(lines) if line.part_of == upper)
