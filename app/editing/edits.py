"""Builders of Changes, one per thing a user can do, each with its name for the 编辑 menu.

Decides patches and names. Pure but for fresh row keys; applies and stores nothing.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.editing import sentences
from app.editing.labels import label_table, name_place, name_row
from app.editing.rights import can_move, can_remove, end_of_parts, find_neighbour
from app.form.change import Change, InsertRow, MoveRow, Patch, RemoveRow, SetValue, apply_change
from app.form.form import Form, rows_of, value_at
from app.form.rows import ROW_TYPES, CellValue, Evidence, Place, TableName
from app.form.text import excerpt, sanitise

_FILE: Final = ("name", "note", "sha256", "size")  # the cells of 佐证材料 that come with the file

# Cells that hold one line; in all others line ends are kept.
_SINGLE_LINE: Final[Mapping[str, frozenset[str]]] = {
    "cover": frozenset({"unit", "year"}),
    "staffing": frozenset({"departments", "authorised", "actual", "contract", "retired"}),
    "stated": frozenset({"weight_total", "score_total", "grade"}),
    "budget": frozenset({"label", "initial", "annual", "spent"}),
    "groups": frozenset({"label"}),
    "indicators": frozenset({"nature", "weight", "score", "part", "whole"}),
    "evidence": frozenset({"name", "note", "sha256", "size"}),
}


def is_multiline(place: Place) -> bool:
    """Whether the text of a cell may have several lines."""
    return place.field not in _SINGLE_LINE.get(place.section, frozenset())


def clean_value(place: Place, value: CellValue) -> CellValue:
    """What is kept of a typed or pasted value in this cell."""
    return value if isinstance(value, bool) else sanitise(value, is_multiline=is_multiline(place)).text


def set_value(form: Form, place: Place, value: CellValue, visit: str = "") -> Change | None:
    """Type into a cell; None when nothing changes. Changes of one ``visit`` of the cell merge into one undo step.

    KeyError when the cell does not exist.
    """
    patch = SetValue(place, value_at(form, place), clean_value(place, value))
    if patch.old == patch.new:
        return None
    merge_key = f"{visit}:{place.section}:{place.key}:{place.field}" if visit else None
    return Change(sentences.SET.format(what=name_place(form, place)), (patch,), merge_key)


def set_values(form: Form, values: Mapping[Place, CellValue], name: str = sentences.SET_MANY) -> Change | None:
    """Fill or empty several cells at once, ``name`` with their ``{count}``; None when nothing changes.

    KeyError when a cell does not exist.
    """
    patches = [SetValue(place, value_at(form, place), clean_value(place, value)) for place, value in values.items()]
    touching = tuple(patch for patch in patches if patch.old != patch.new)
    if not touching:
        return None
    if len(touching) == 1:
        return Change(sentences.SET.format(what=name_place(form, touching[0].place)), touching)
    return Change(name.format(count=len(touching)), touching)


def add_evidence(form: Form, indicator: str, files: Sequence[Evidence]) -> Change | None:
    """List files as 佐证材料 of an indicator row ("" for the whole form); keys and rows are made here. None when all are listed.

    A file that is listed there already, by what is in it, is not listed twice.
    """
    known = {row.sha256 for row in form.evidence if row.indicator == indicator}
    fresh = list({each.sha256: each for each in files if each.sha256 not in known}.values())
    last = form.evidence[-1].key if form.evidence else ""
    cells = [{"indicator": indicator} | {name: getattr(each, name) for name in _FILE} for each in fresh]
    patches = add_rows(form, "evidence", last, cells)
    if len(patches) == 1:
        return Change(sentences.ADD_EVIDENCE.format(what=sentences.ROW.format(row=excerpt(fresh[0].name, 20))), patches)
    return Change(sentences.ADD_EVIDENCES.format(count=len(patches)), patches) if patches else None


def set_applies(form: Form, key: str, *, applies: bool) -> Change | None:
    """Take an indicator row out of the scoring (不适用), or back in; None when it is so already."""
    change = set_value(form, Place("indicators", key, "applies"), applies)
    name = sentences.TAKE_IN if applies else sentences.SET_ASIDE
    return change and Change(name.format(what=name_row(form, "indicators", key)), change.patches)


def new_key() -> str:
    """A key that no row has. Without `uuid`, which asks half the system who it is: a start would wait for that."""
    return os.urandom(16).hex()


def add_row(form: Form, table: TableName, index: int, **cells: str) -> Change:
    """A new row at ``index`` with a fresh key; ``cells`` are values of its fields."""
    values = {field: clean_value(Place(table, "", field), text) for field, text in cells.items()}
    row = ROW_TYPES[table](new_key(), **values)  # type: ignore[arg-type]  # the row type's own fields
    text = sentences.ADD.format(what=label_table(form.template, table))
    return Change(text, (InsertRow(table, index, row),))


def add_indicator(form: Form, group: str, after: str = "") -> Change:
    """An empty row of the unit's own in ``group``: after the row ``after``, or as the group's last."""
    index = _index_of(form, "indicators", after) if after else _last_index(form, group)
    return add_row(form, "indicators", index + 1, group=group)


def add_budget_line(form: Form, under: str) -> Change:
    """An empty line as the last part of the line ``under``."""
    index = end_of_parts(form, under, _index_of(form, "budget", under))
    return add_row(form, "budget", index + 1, part_of=under)


def add_rows(form: Form, table: TableName, after: str, rows: Sequence[Mapping[str, str]]) -> tuple[InsertRow, ...]:
    """New rows with these cells, for the same list, group or sum as the row ``after`` and below it; "" in an empty list."""
    index, within = 0, {}
    match table:
        case "indicators":
            index = _index_of(form, table, after) + 1
            within = {"group": form.indicators[index - 1].group}
        case "budget":
            under = sum_for_new(form, after)
            index = end_of_parts(form, under, _index_of(form, table, under)) + 1
            within = {"part_of": under}
        case _ if after:
            index = _index_of(form, table, after) + 1
    made = (add_row(form, table, at, **within, **cells) for at, cells in enumerate(rows, index))
    return tuple(patch for change in made for patch in change.patches if isinstance(patch, InsertRow))


def sum_for_new(form: Form, key: str) -> str:
    """The budget line of which a line added at the line ``key`` becomes a part.

    Beside a line of the unit's own, its sum; at 资金总额, the last of the sums that the bureau divides it into (项目支出).
    """
    parents = {line.key: line.part_of for line in form.budget}
    upper = parents[key]
    if upper and (parents[upper] or can_remove(form, "budget", key)):
        return upper
    given = [line.key for line in form.budget if line.part_of == key and not can_remove(form, "budget", line.key)]
    return given[-1] if not upper and given else key


def remove_row(form: Form, table: TableName, key: str) -> Change:
    """Delete a row, with a budget line all its parts, with an indicator its 佐证材料. ValueError when the row is the bureau's."""
    if not can_remove(form, table, key):
        raise ValueError(key)
    return _remove(form, table, [key], sentences.REMOVE.format(what=name_row(form, table, key)))


def remove_rows(form: Form, table: TableName, keys: Iterable[str]) -> Change | None:
    """Delete all of these rows that are the unit's own, as one step; None when none is."""
    own = [key for key in keys if can_remove(form, table, key)]
    if len(own) == 1:
        return remove_row(form, table, own[0])
    name = sentences.REMOVE_ROWS.format(count=len(_removals(form, table, own)))
    return _remove(form, table, own, name) if own else None


def _remove(form: Form, table: TableName, keys: Sequence[str], name: str) -> Change:
    """The files that belong to the rows go first: undo and redo end at the rows, which the window shows."""
    files = [row.key for row in form.evidence if table == "indicators" and row.indicator in keys]
    text = sentences.WITH_EVIDENCE.format(name=name, count=len(files)) if files else name
    return Change(text, (*_removals(form, "evidence", files), *_removals(form, table, keys)))


def _removals(form: Form, table: TableName, keys: Iterable[str]) -> tuple[RemoveRow, ...]:
    rows = rows_of(form, table)
    going: set[int] = set()
    for key in keys:
        first = _index_of(form, table, key)
        going.update(range(first, (end_of_parts(form, key, first) if table == "budget" else first) + 1))
    return tuple(RemoveRow(table, index, rows[index]) for index in sorted(going, reverse=True))


def move_row(form: Form, table: TableName, key: str, step: int) -> Change | None:
    """Change places with the row before (step -1) or after it (step 1) within the same group or sum; None where that cannot be."""
    target = find_neighbour(form, table, key, step)
    if target is None or not can_move(form, table, key, step):
        return None
    name = sentences.MOVE_UP if step < 0 else sentences.MOVE_DOWN
    patch = MoveRow(table, key, _index_of(form, table, key), target)
    return Change(name.format(what=name_row(form, table, key)), (patch,))


def move_rows(form: Form, table: TableName, keys: Sequence[str], step: int) -> Change | None:
    """Move rows that follow each other by one row, as one step; None when one of them can't."""
    patches: list[Patch] = []
    after, text = form, ""
    for key in keys if step < 0 else reversed(keys):
        change = move_row(after, table, key, step)
        if change is None:
            return None
        patches += change.patches
        after, text = apply_change(after, change), change.text
    name = sentences.MOVE_ROWS_UP if step < 0 else sentences.MOVE_ROWS_DOWN
    return Change(text if len(keys) == 1 else name.format(count=len(keys)), tuple(patches)) if patches else None


def _index_of(form: Form, table: TableName, key: str) -> int:
    for index, row in enumerate(rows_of(form, table)):
        if row.key == key:
            return index
    raise KeyError(key)


def _last_index(form: Form, group: str) -> int:
    """Index of the last indicator of ``group``, or of the groups before it when it has none yet; -1 at the very top."""
    order = [each.key for each in form.groups]
    before = {*order[: order.index(group) + 1]}
    return max((index for index, row in enumerate(form.indicators) if row.group in before), default=-1)
