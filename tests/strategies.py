"""Random forms, cells and changes for hypothesis: any text that the sanitiser lets through, any tree the template can show."""

from dataclasses import replace
from functools import cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.vendor import pretty

from app.form.change import Change, InsertRow, MoveRow, Patch, RemoveRow, SetValue, apply_patch
from app.form.form import Form, rows_of, value_at
from app.form.rows import (
    RECORD_TYPES,
    RECORDS,
    ROW_TYPES,
    TABLES,
    BudgetLine,
    CellValue,
    Evidence,
    Group,
    Indicator,
    Place,
    Record,
    Row,
    TableName,
    field_names,
)
from app.form.template import Template
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
STRUCTURE: Final = frozenset({"key", "part_of", "group", "indicator", "sha256", "size"})
DIGESTS: Final = ("0" * 64, "ab" * 32)

# A failing example shows the form, not its template's whole source.
pretty.for_type_by_name(Template.__module__, Template.__name__, lambda found, printer, _: printer.text(repr(found)))


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


@cache
@st.composite
def rows(draw: st.DrawFn, table: TableName, uppers: tuple[str, ...] = ("",)) -> Row:
    """A row with any texts, in or below one of ``uppers``."""
    kind = ROW_TYPES[table]
    cells = draw(_cells(editable(kind)))
    if kind is Indicator:
        cells |= {"group": draw(st.sampled_from(uppers)), "applies": draw(st.booleans())}
    elif kind in (BudgetLine, Group):
        cells["part_of"] = draw(st.sampled_from(uppers))
    elif kind is Evidence:
        cells |= {"indicator": draw(st.sampled_from(uppers)), "sha256": draw(st.sampled_from(DIGESTS)), "size": "12"}
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
    if table == "evidence":
        return draw(tables(table, ("", *(row.key for row in form.indicators))))
    found = draw(tables(table))
    if table not in {"groups", "budget"} or len(found) < 2:
        return found
    first, *rest = found
    return (first, *(replace(row, part_of=draw(st.sampled_from(("", first.key)))) for row in rest))  # type: ignore[arg-type]  # groups and lines have it


@st.composite
def changes(draw: st.DrawFn, form: Form) -> Change:
    """A change of one to three patches that fits the form; it keeps every row in its group or sum."""
    patches: list[Patch] = []
    for _ in range(draw(st.integers(1, 3))):
        patches.append(_draw_patch(draw, form))
        form = apply_patch(form, patches[-1])
    return Change(draw(_TEXTS), tuple(patches), draw(_MERGE_KEYS))


_MERGE_KEYS: Final = st.none() | st.just("cell")
_PATCHES: Final = st.sampled_from((SetValue, InsertRow, RemoveRow, MoveRow))
_TABLES: Final = st.sampled_from(TABLES)


def _draw_patch(draw: st.DrawFn, form: Form) -> Patch:
    kind, table = draw(_PATCHES), draw(_TABLES)
    present = rows_of(form, table)
    if kind is InsertRow:
        taken = {row.key for row in present}
        row = draw(rows(table).filter(lambda row: row.key not in taken))
        return InsertRow(table, draw(st.integers(0, len(present))), row)
    if kind is SetValue or not present:
        return draw(set_values(form))
    source = draw(st.integers(0, len(present) - 1))
    if kind is RemoveRow:
        return RemoveRow(table, source, present[source])
    return MoveRow(table, present[source].key, source, draw(st.integers(0, len(present) - 1)))


@st.composite
def set_values(draw: st.DrawFn, form: Form) -> SetValue:
    """One cell of the form gets another value."""
    cells = places(form)
    place = cells[draw(st.integers(0, len(cells) - 1))]
    old = value_at(form, place)
    return SetValue(place, old, draw(new_values(old)))


def new_values(old: CellValue) -> st.SearchStrategy[CellValue]:
    """What may stand in a cell instead of ``old``."""
    return st.booleans() if isinstance(old, bool) else _TEXTS


def places(form: Form) -> list[Place]:
    """Every cell of a form that says nothing about its structure."""
    found = [Place(record, "", name) for record in RECORDS for name in field_names(RECORD_TYPES[record])]
    for table in TABLES:
        found += [Place(table, row.key, name) for row in rows_of(form, table) for name in editable(ROW_TYPES[table])]
    return found
