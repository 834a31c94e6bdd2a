"""What a paste does to which cell: which texts have a place, which are refused, and how many rows are missing for the rest.

Decides over values only: the cells a paste meets and a block of texts. Knows no clipboard and asks nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.editing import sentences
from app.editing.edits import add_rows, set_values
from app.editing.rights import can_remove
from app.form.change import Change, Patch
from app.form.form import Form
from app.form.reading.numbering import strip_marks
from app.form.rows import ROW_TYPES, Place, TableName, TextItem
from app.form.text import sanitise

Texts = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """A cell that a paste meets: its place (None: it keeps its ``text``, ``why`` says the reason).

    ``is_covered``: it lies under a merged cell and shows nothing.
    """

    place: Place | None
    text: str = ""
    why: str = ""
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What is put where; the reason of every text that is refused; texts beyond the last column; rows below the last one.

    ``removed``: invisible characters that are not kept; ``size``: rows and columns of the whole.
    """

    values: Mapping[Place, str]
    refused: tuple[str, ...]
    beyond: int
    missing: tuple[tuple[str, ...], ...]
    removed: int
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Growth:
    """Where missing rows would come to stand: below the row ``after``; ``fields`` of the columns, "" where nothing is typed."""

    table: TableName
    after: str
    fields: tuple[str, ...]


def plan_paste(targets: Sequence[Sequence[Target]], texts: Texts, size: tuple[int, int]) -> PastePlan:
    """The plan for texts at the corner of ``targets``, of which the first ``size`` (rows, columns) are selected.

    A selection that is a whole multiple of the block is filled with it.
    """
    block = repeat(texts, *size)
    is_repeated = len(block) > len(texts) or len(block[0]) > len(texts[0]) if block else False
    values: dict[Place, str] = {}
    refused: list[str] = []
    beyond = 0
    for cells, row in zip(targets, block, strict=False):
        beyond += sum(bool(text.strip()) for text in row[len(cells) :])
        for target, text in zip(cells, row, strict=False):
            if target.place is not None:
                values[target.place] = text
            elif text.strip() and text != target.text and not (is_repeated and target.is_covered):
                refused.append(target.why)
    missing = [tuple(row) for row in block[len(targets) :]]
    while missing and not any(text.strip() for text in missing[-1]):
        missing.pop()
    removed = sum(sanitise(text).removed for row in texts for text in row)
    whole = (len(block), max(map(len, block), default=0))
    return PastePlan(values, tuple(refused), beyond, tuple(missing), removed, whole)


def without_numbers(texts: Texts) -> Texts:
    """The rows of a numbered list as one text each, without the numbers, for the table gives its own.

    Word writes the number before a tab: then it comes as a cell of its own. Rows that are no such list stay the same.
    """
    if len(texts) < 2 or any(len(row) > 2 for row in texts):  # noqa: PLR2004 - number and text
        return texts
    lines = tuple(line for row in texts if (line := "\t".join(row).strip()))
    items = strip_marks(lines)
    return texts if items == lines else tuple((item,) for item in items)


def repeat(texts: Texts, rows: int, columns: int) -> Texts:
    """The block again and again over a selection of rows × columns that it divides; otherwise the block itself."""
    height, width = len(texts), len(texts[0]) if texts else 0
    is_even = width > 0 and all(len(row) == width for row in texts)
    if not is_even or rows % height or columns % width:
        return texts
    return [[*row] * (columns // width) for row in texts] * (rows // height)


def make_paste(form: Form, plan: PastePlan, growth: Growth | None = None, name: str = sentences.PASTE) -> Change | None:
    """The plan as one Change, with rows for what is missing when ``growth`` says where; None when nothing changes."""
    change = set_values(form, plan.values, name)
    if growth is None or not plan.missing:
        return change
    cells = [{field: text for field, text in zip(growth.fields, row, strict=False) if field} for row in plan.missing]
    values: tuple[Patch, ...] = change.patches if change else ()
    name = sentences.PASTE_ROWS.format(count=len(values) + sum(map(len, cells)), rows=len(cells))
    # Values last: undo begins with them, and the window shows where it began.
    return Change(name, (*add_rows(form, growth.table, growth.after, cells), *values))


def count_unplaced(plan: PastePlan, growth: Growth) -> int:
    """How many texts of the missing rows stand in columns where nothing is typed, or beyond the last one."""
    places = [*growth.fields, *[""] * max((len(row) for row in plan.missing), default=0)]
    return sum(
        bool(text.strip()) and not field for row in plan.missing for field, text in zip(places, row, strict=False)
    )


def can_grow(form: Form, table: TableName, after: str) -> bool:
    """Whether rows may be added below the row ``after`` ("" in an empty table): to lists, sums, and own indicators."""
    if ROW_TYPES[table] is TextItem:
        return True
    return bool(after) and (table == "budget" or can_remove(form, table, after))


def confining_group(form: Form, growth: Growth) -> str:
    """The name of the group that a paste of own indicators stays within, "" where the table itself ends."""
    if growth.table != "indicators" or not form.indicators or form.indicators[-1].key == growth.after:
        return ""
    group = next((row.group for row in form.indicators if row.key == growth.after), "")
    return next((each.label for each in form.groups if each.key == group), "")


def end_of_paste(form: Form, keys: Sequence[str], first: int, place: Place | None) -> int:
    """The index behind the last row that a paste beginning at row ``first`` may fill; ``keys`` are the shown rows', "" for totals.

    Totals are no place for what does not fit above them. Names of own indicators stay within their group.
    """
    if not keys[first]:
        return len(keys)
    end = max(number for number, key in enumerate(keys, 1) if key)
    if place is None or place.section != "indicators" or place.field != "name":
        return end
    groups = {row.key: row.group for row in form.indicators if can_remove(form, "indicators", row.key)}
    group = groups.get(place.key)
    inside = (at for at in range(first, end) if groups.get(keys[at]) != group)
    return end if group is None else next(inside, end)
