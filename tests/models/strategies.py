"""Arbitrary forms and arbitrary changes that fit them."""

from typing import Final

from hypothesis import strategies as st

from app.form.change import Change, InsertRow, MoveRow, Patch, RemoveRow, SetValue, apply_patch
from app.form.form import Form, rows_of, value_at
from app.form.reading.loader import load_template, read_template
from app.form.rows import (
    RECORD_TYPES,
    RECORDS,
    ROW_TYPES,
    TABLES,
    CellValue,
    Place,
    Row,
    TableName,
    field_names,
)

BUNDLED: Final = load_template("rugao-2024")
OTHER: Final = read_template(BUNDLED.source.replace('code = "rugao-2024"', 'code = "other"') + "\n# 另一份\n")

texts: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys: Final = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)


def rows(table: TableName) -> st.SearchStrategy[Row]:
    kind = ROW_TYPES[table]
    cells: dict[str, st.SearchStrategy[CellValue]] = {
        name: st.booleans() if name == "applies" else texts for name in field_names(kind)
    }
    return st.builds(kind, key=keys, **cells)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    records = {
        record: draw(st.builds(kind, **dict.fromkeys(field_names(kind), texts)))
        for record, kind in RECORD_TYPES.items()
    }
    tables = {table: tuple(draw(st.lists(rows(table), max_size=4, unique_by=lambda row: row.key))) for table in TABLES}
    return Form(draw(st.sampled_from([BUNDLED, OTHER])), **records, **tables)  # type: ignore[arg-type]  # names and types of a form


@st.composite
def changes(draw: st.DrawFn, form: Form) -> Change:
    """A change of one to three patches, each made for the form the earlier ones leave."""
    patches: list[Patch] = []
    for _ in range(draw(st.integers(1, 3))):
        patch = draw(_patches(form))
        form = apply_patch(form, patch)
        patches.append(patch)
    return Change(draw(texts), tuple(patches), draw(st.none() | texts))


@st.composite
def _patches(draw: st.DrawFn, form: Form) -> Patch:
    table = draw(st.sampled_from(TABLES))
    old = rows_of(form, table)
    if not old:
        return draw(st.sampled_from([_insertion, _cell_of_record]))(draw, form, table)
    return draw(st.sampled_from([_insertion, _removal, _move, _cell_of_row, _cell_of_record]))(draw, form, table)


def _insertion(draw: st.DrawFn, form: Form, table: TableName) -> Patch:
    old = rows_of(form, table)
    taken = {row.key for row in old}
    row = draw(rows(table).filter(lambda row: row.key not in taken))
    return InsertRow(table, draw(st.integers(0, len(old))), row)


def _removal(draw: st.DrawFn, form: Form, table: TableName) -> Patch:
    old = rows_of(form, table)
    index = draw(st.integers(0, len(old) - 1))
    return RemoveRow(table, index, old[index])


def _move(draw: st.DrawFn, form: Form, table: TableName) -> Patch:
    old = rows_of(form, table)
    source, target = draw(st.integers(0, len(old) - 1)), draw(st.integers(0, len(old) - 1))
    return MoveRow(table, old[source].key, source, target)


def _cell_of_row(draw: st.DrawFn, form: Form, table: TableName) -> Patch:
    row = draw(st.sampled_from(rows_of(form, table)))
    return _setting(draw, form, Place(table, row.key, draw(st.sampled_from(field_names(type(row))))))


def _cell_of_record(draw: st.DrawFn, form: Form, _table: TableName) -> Patch:
    record = draw(st.sampled_from(RECORDS))
    return _setting(draw, form, Place(record, "", draw(st.sampled_from(field_names(RECORD_TYPES[record])))))


def _setting(draw: st.DrawFn, form: Form, place: Place) -> Patch:
    old = value_at(form, place)
    new: CellValue = draw(st.booleans()) if isinstance(old, bool) else draw(texts)
    return SetValue(place, old, new)
