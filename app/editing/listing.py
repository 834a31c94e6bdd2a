"""Lists of texts (主要职能, 主要成效 …) written as one text: which Change a new list is.

Decides which items stay the same. Pure but for fresh row keys; knows no widget. Where an item of a pasted text begins
is decided in `app.form.reading.numbering`.
"""

from collections.abc import Sequence

from app.editing import sentences
from app.editing.edits import add_row, clean_value, set_value
from app.editing.labels import label_table, name_row
from app.form.change import Change, InsertRow, Patch, RemoveRow, SetValue
from app.form.form import Form, rows_of
from app.form.rows import Place, Row, TableName


def edit_items(form: Form, table: TableName, texts: Sequence[str], visit: str = "") -> Change | None:
    """Make a list have these texts; None when it has. Items that stay keep their keys.

    Typing within one item is one SetValue; those of one ``visit`` merge into one undo step.
    """
    rows = rows_of(form, table)
    first, last = _differing([_text_of(row) for row in rows], texts)  # what stands in the form is clean already
    old = rows[first : len(rows) - last]
    new = [str(clean_value(Place(table, "", "text"), text)) for text in texts[first : len(texts) - last]]
    sets = [
        SetValue(Place(table, row.key, "text"), _text_of(row), text)
        for row, text in zip(old, new, strict=False)
        if _text_of(row) != text
    ]
    removed = [RemoveRow(table, first + at, old[at]) for at in reversed(range(len(new), len(old)))]
    added = [
        patch
        for at in range(len(old), len(new))
        for patch in add_row(form, table, first + at, text=new[at]).patches
        if isinstance(patch, InsertRow)
    ]
    # Texts last: undo begins with them, and the window shows where it began.
    patches: tuple[Patch, ...] = (*removed, *added, *sets)
    if len(patches) == len(sets) == 1:
        return set_value(form, sets[0].place, sets[0].new, visit)
    return Change(_name_of(form, table, patches), patches) if patches else None


def _text_of(row: Row) -> str:
    text: str = getattr(row, "text", "")
    return text


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many texts are the same at the beginning and, of the others, at the end."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    return first, last


def _name_of(form: Form, table: TableName, patches: tuple[Patch, ...]) -> str:
    what = label_table(form.template, table)
    match patches:
        case (InsertRow(),):
            return sentences.ADD.format(what=what)
        case (RemoveRow(_, _, row),):
            return sentences.REMOVE.format(what=name_row(form, table, row.key))
        case InsertRow(_, _, row), SetValue(place, str(old), str(new)) if new + _text_of(row) == old:
            return sentences.SPLIT.format(what=name_row(form, table, place.key))
        case RemoveRow(_, _, row), SetValue(place, str(old), str(new)) if old + _text_of(row) == new:
            return sentences.JOIN.format(what=name_row(form, table, place.key))
        case _ if all(isinstance(patch, InsertRow) for patch in patches):
            return sentences.ADD_MANY.format(what=what, count=len(patches))
        case _ if all(isinstance(patch, RemoveRow) for patch in patches):
            return sentences.REMOVE_MANY.format(what=what, count=len(patches))
        case _:
            return sentences.SET_LIST.format(what=what)
