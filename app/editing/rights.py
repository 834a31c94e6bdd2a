"""What may be done with a row: the template's rows are the bureau's, all others the unit's own.

Decides yes or no; changes nothing.
"""

from app.form.form import Form, rows_of
from app.form.rows import BudgetLine, Indicator, Place, Row, TableName
from app.form.template import RowKind, row_kind


def can_edit(form: Form, place: Place) -> bool:
    """Whether a cell may be typed into: bureaus match rows by their exact names, so theirs stay (domain.md §6)."""
    match place.section, place.field:
        case "groups", field:
            return field == "label"  # the weights stand in it, and the bureau's may need correcting
        case ("budget", "part_of") | ("indicators", "group"):
            return False
        case "indicators", "name":
            return row_kind(form.template, place.key) is RowKind.FREE
        case "budget", "label":
            return not _is_given(form, place.key)
        case _:
            return True


def can_set_aside(form: Form, key: str) -> bool:
    """Whether an indicator row may be 不适用."""
    return row_kind(form.template, key) is not RowKind.FIXED


def can_remove(form: Form, table: TableName, key: str) -> bool:
    """Whether a row may be deleted: items of the lists, the unit's own indicators and budget lines."""
    match table:
        case "groups":
            return False
        case "indicators":
            return row_kind(form.template, key) is RowKind.FREE
        case "budget":
            return not _is_given(form, key)
        case _:
            return True


def can_move(form: Form, table: TableName, key: str, step: int) -> bool:
    """Whether a row may change places with the one before (step -1) or after it (step 1)."""
    return can_remove(form, table, key) and find_neighbour(form, table, key, step) is not None


def find_neighbour(form: Form, table: TableName, key: str, step: int) -> int | None:
    """The index a row gets when it passes the next row of the same group or sum; None at the end, or when the row holds parts."""
    rows = rows_of(form, table)
    parents = [_parent(row) for row in rows]
    index = next(index for index, row in enumerate(rows) if row.key == key)
    if table == "budget" and key in parents:
        return None
    neighbour = index + step
    while 0 <= neighbour < len(rows) and parents[neighbour] != parents[index]:
        neighbour += step
    if not 0 <= neighbour < len(rows) or not can_remove(form, table, rows[neighbour].key):
        return None
    return end_of_parts(form, rows[neighbour].key, neighbour) if step > 0 and table == "budget" else neighbour


def end_of_parts(form: Form, key: str, index: int) -> int:
    """Index of the last line that belongs to the budget line ``key`` at ``index``, however deep."""
    within = {key}
    for later in range(index + 1, len(form.budget)):
        line = form.budget[later]
        if line.part_of not in within:
            break
        within.add(line.key)
        index = later
    return index


def _parent(row: Row) -> str:
    match row:
        case BudgetLine(part_of=parent) | Indicator(group=parent):
            return parent
        case _:
            return ""


def _is_given(form: Form, key: str) -> bool:
    block = form.template.budget_table
    return block is not None and any(line.key == key for line in block.lines)
