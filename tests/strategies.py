"""Random forms, cells and changes for hypothesis: any text that the sanitiser lets through, any tree the template can show."""

from dataclasses import replace
from functools import cache
from typing import Final

from hypothesis import strategies as st

from app.form.change import Change, InsertRow, MoveRow, Patch, RemoveRow, SetValue, apply_patch
from app.form.form import Form, rows_of, value_at
from app.form.rows import (
    RECORD_TYPES,
    RECORDS,
    ROW_TYPES,
    TABLES,
    BudgetLine,
    CellValue,
    Group,
    Indicator,
    Place,
    Record,
    Row,
    TableName,
    field_names,
)
from app.form.text import sanitise
from tests.tables import template

TYPED: Final = (
    *(
        "",
        " ",
        "0",
        "1",
        "9.5",
        "100",
        "-3",
        "９．５",
        "1,546.91",
        "1,23",
        "155 万元",
        "￥15469100元",
        "￥5",
        "0.000001 元",
    ),
    *(
        "≥98%",
        "≤0%",
        "87.5%",
        "100 %",
        "24人",
        "5分",
        "合规",
        "nan",
        "1e5",
        "٣",
        "9" * 15,
        "9" * 20,
        "999999999999999亿元",
    ),
    *("过程(26)", "满意度（10)", "（26分）", "=1+1", "𫖯𬱖", "第一行\n第二行", "<b>&"),
)
STRUCTURE: Final = frozenset({"key", "part_of", "group"})


def texts() -> st.SearchStrategy[str]:
    """Whatever may stand in a cell: plausible spellings, and any text that the sanitiser lets through."""
    return _TEXTS


_TEXTS: Final = st.sampled_from(TYPED) | st.text(max_size=12).map(lambda text: sanitise(text).text)
_KEYS: Final = st.text("0a长𫖯 .", min_size=1, max_size=4)


@cache
def _cells(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, CellValue]]:
    """Some of these fields with any texts; the others keep their default."""
    texts_only = [name for name in names if name != "applies"]
    return st.lists(st.tuples(st.sampled_from(texts_only), _TEXTS), max_size=4).map(lambda cells: {**dict(cells)})


@st.composite
def rows(draw: st.DrawFn, table: TableName, uppers: tuple[str, ...] = ("",)) -> Row:
    """A row with any texts, in or below one of ``uppers``."""
    kind = ROW_TYPES[table]
    cells = draw(_cells(editable(kind)))
    if kind is Indicator:
        cells |= {"group": draw(st.sampled_from(uppers)), "applies": draw(st.booleans())}
    elif kind in (BudgetLine, Group):
        cells["part_of"] = draw(st.sampled_from(uppers))
    return kind(draw(_KEYS), **cells)  # type: ignore[arg-type]  # the row type's own fields


def editable(kind: type[Record | Row]) -> tuple[str, ...]:
    """The fields that say nothing about a form's structure."""
    return tuple(name for name in field_names(kind) if name not in STRUCTURE)


@cache
@st.composite
def tables(draw: st.DrawFn, table: TableName, uppers: tuple[str, ...] = ("",)) -> tuple[Row, ...]:
    """Rows of a table with keys of their own."""
    return tuple(draw(st.lists(rows(table, uppers), max_size=4, unique_by=lambda row: row.key)))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of the 2024 template with any texts, any tree of two levels and any budget lines."""
    form = Form(template())
    for record in RECORDS:
        kind = RECORD_TYPES[record]
        form = replace(form, **{record: kind(**draw(_cells(field_names(kind))))})  # type: ignore[arg-type]  # the record's own
    for table in TABLES:
        form = replace(form, **{table: draw(_tree(form, table))})  # type: ignore[arg-type]  # the table's own rows
    return form


@st.composite
def _tree(draw: st.DrawFn, form: Form, table: TableName) -> tuple[Row, ...]:
    if table == "indicators":
        return draw(tables(table, ("", *(group.key for group in form.groups))))
    found = draw(tables(table))
    if table not in {"groups", "budget"} or len(found) < 2:
        return found
    first, *rest = found
    return (first, *(replace(row, part_of=draw(st.sampled_from(("", first.key)))) for row in rest))  # type: ignore[arg-type]  # groups and lines have it


@st.composite
def changes(draw: st.DrawFn, form: Form) -> Change:
    """A change of one to four patches that fits the form; it keeps every row in its group or sum."""
    patches: list[Patch] = []
    for _ in range(draw(st.integers(1, 4))):
        patches.append(draw(_patches(form)))
        form = apply_patch(form, patches[-1])
    return Change(draw(texts()), tuple(patches), draw(st.none() | st.just("cell")))


def _patches(form: Form) -> st.SearchStrategy[Patch]:
    filled = [table for table in TABLES if rows_of(form, table)]
    choices: list[st.SearchStrategy[Patch]] = [set_values(form), _insertions(form)]
    if filled:
        choices += [_removals(form, filled), _moves(form, filled)]
    return st.one_of(choices)


@st.composite
def set_values(draw: st.DrawFn, form: Form) -> SetValue:
    """One cell of the form gets another value."""
    place = draw(st.sampled_from(places(form)))
    old = value_at(form, place)
    values: st.SearchStrategy[CellValue] = st.booleans() if isinstance(old, bool) else texts()
    return SetValue(place, old, draw(values))


def places(form: Form) -> list[Place]:
    """Every cell of a form that says nothing about its structure."""
    found = [Place(record, "", name) for record in RECORDS for name in field_names(RECORD_TYPES[record])]
    for table in TABLES:
        found += [Place(table, row.key, name) for row in rows_of(form, table) for name in editable(ROW_TYPES[table])]
    return found


@st.composite
def _insertions(draw: st.DrawFn, form: Form) -> InsertRow:
    table = draw(st.sampled_from(TABLES))
    present = rows_of(form, table)
    taken = {row.key for row in present}
    row = draw(rows(table).filter(lambda row: row.key not in taken))
    return InsertRow(table, draw(st.integers(0, len(present))), row)


@st.composite
def _removals(draw: st.DrawFn, form: Form, filled: list[TableName]) -> RemoveRow:
    table = draw(st.sampled_from(filled))
    index = draw(st.integers(0, len(rows_of(form, table)) - 1))
    return RemoveRow(table, index, rows_of(form, table)[index])


@st.composite
def _moves(draw: st.DrawFn, form: Form, filled: list[TableName]) -> MoveRow:
    table = draw(st.sampled_from(filled))
    indices = st.integers(0, len(rows_of(form, table)) - 1)
    source = draw(indices)
    return MoveRow(table, rows_of(form, table)[source].key, source, draw(indices))
