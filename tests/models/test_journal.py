"""The journal only grows: a row that was changed, swapped, put in or left out is found and named, and none can be touched."""

# ruff: noqa: S608 - the statements are our own

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.change import Change, SetValue
from app.form.failure import AppError
from app.form.form import Form
from app.form.rows import Place
from app.models.connection import connect
from app.models.encoding import COLUMN, Damage, Values, hash_row
from app.models.folder import FILE_NAME
from app.models.reader import verify_journal
from tests.models.desk import open_desk
from tests.tables import real_form

FILES: Final = Path(__file__).parent / "files"
AT: Final = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
YEAR: Final = Place("cover", "", "year")
EDITS: Final = 4
GUARDS: Final = ("journal_update", "journal_delete")


def written(folder: Path) -> Path:
    """A data file with two forms, each with its creation and four edits in the journal."""
    with open_desk(folder) as desk:
        for unit in ("甲局", "乙局"):
            form_id = desk.store.create(form_of(unit), "新建", AT).id
            for number in range(EDITS):
                edit = SetValue(YEAR, f"{2024 + number}", f"{2025 + number}")
                desk.store.apply(form_id, Change("修改年度", (edit,)), AT)
    return folder / FILE_NAME


def form_of(unit: str) -> Form:
    return replace(real_form(), cover=replace(real_form().cover, unit=unit, year="2024"))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("original"))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    shutil.copyfile(original, tmp_path / FILE_NAME)
    return tmp_path


def tamper(connection: sqlite3.Connection, *statements: str) -> None:
    """Change the file behind the program's back, without what guards the journal."""
    for guard in GUARDS:
        connection.execute(f"DROP TRIGGER {guard}")
    for statement in statements:
        assert connection.execute(statement).rowcount == 1, statement


def rehash(connection: sqlite3.Connection, table: str, condition: str) -> None:
    """Give rows the hash that their columns have now, as somebody would who knows how it is made."""
    connection.row_factory = sqlite3.Row
    for row in connection.execute(f"SELECT rowid AS address, * FROM {table} WHERE {condition}").fetchall():
        values: Values = {**row}
        address = values.pop("address")
        connection.execute(
            f"UPDATE {table} SET {COLUMN} = ? WHERE rowid = ?",
            (hash_row(table, values), address),
        )


def find_damage(folder: Path, form_id: int = 1) -> str:
    with open_desk(folder) as desk, pytest.raises(AppError) as caught:
        desk.history(form_id)
    return str(caught.value)


def test_a_whole_journal_is_read(folder: Path) -> None:
    with open_desk(folder) as desk:
        for form_id in (1, 2):
            assert [entry.number for entry in desk.history(form_id)] == [1, 2, 3, 4, 5]


WHERE: Final = "WHERE form_id = 1 AND number ="
DELETE: Final = f"DELETE FROM journal {WHERE}"
INSERT: Final = (
    "INSERT INTO journal SELECT {form}, {number}, at, text, merge_key, patches, row_hash, chain"
    " FROM journal WHERE form_id = {source} AND number = {take}"
)
TAMPERED: Final[dict[str, tuple[int, str, tuple[str, ...]]]] = {
    # what happened: the first entry that is not to be trusted, which rows get a fitting hash again, the statements
    "a changed row": (3, "0", (f"UPDATE journal SET text = '导入' {WHERE} 3",)),
    "a changed row with its hash": (4, "number = 3", (f"UPDATE journal SET text = '导入' {WHERE} 3",)),
    "the last row, with its hash": (5, "number = 5", (f"UPDATE journal SET text = '导入' {WHERE} 5",)),
    "a changed hash": (2, "0", (f"UPDATE journal SET row_hash = 'ff' {WHERE} 2",)),
    "a changed chain": (2, "0", (f"UPDATE journal SET chain = 'ff' {WHERE} 2",)),
    "no first row": (1, "0", (f"{DELETE} 1",)),
    "no third row": (3, "0", (f"{DELETE} 3",)),
    "no last row": (5, "0", (f"{DELETE} 5",)),
    "no third row, the others moved up": (
        3,
        "number >= 3",
        (f"{DELETE} 3", f"UPDATE journal SET number = 3 {WHERE} 4", f"UPDATE journal SET number = 4 {WHERE} 5"),
    ),
    "two rows swapped": (
        3,
        "number IN (3, 4)",
        tuple(f"UPDATE journal SET number = {new} {WHERE} {old}" for old, new in ((3, 9), (4, 3), (9, 4))),
    ),
    "one row too many": (6, "number = 6", (INSERT.format(form=1, number=6, source=1, take=5),)),
    "a row before the first": (1, "number = 0", (INSERT.format(form=1, number=0, source=1, take=1),)),
    "another form's row": (3, "number = 3", (f"{DELETE} 3", INSERT.format(form=1, number=3, source=2, take=3))),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_a_journal_that_was_tampered_with_is_found(folder: Path, case: str) -> None:
    first, fitting, statements = TAMPERED[case]
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        tamper(connection, *statements)
        rehash(connection, "journal", f"form_id = 1 AND ({fitting})")
    assert f"“甲局”2028 年的第 {first} 条修改记录" in find_damage(folder)
    with open_desk(folder) as desk:
        assert desk.load(1).cover.year == "2028"  # the form itself has hashes of its own
        assert len(desk.history(2)) == 5


@pytest.mark.parametrize("rev", [4, 6])
def test_a_head_that_counts_otherwise_is_found(folder: Path, rev: int) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        tamper(connection, f"UPDATE forms SET rev = {rev} WHERE id = 1")
        rehash(connection, "forms", "id = 1")
    assert f"第 {min(rev, 5) + 1} 条修改记录" in find_damage(folder)


def test_last_rows_cut_off_together_with_the_count_are_found(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        tamper(connection, f"{DELETE} 5", f"{DELETE} 4", "UPDATE forms SET rev = 3 WHERE id = 1")
        rehash(connection, "forms", "id = 1")
    assert "第 3 条修改记录" in find_damage(folder)


@given(st.data())
def test_any_other_text_in_any_column_is_found(original: Path, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, EDITS + 1))
    column = data.draw(st.sampled_from(("at", "text", "merge_key", "patches", "chain", COLUMN)))
    with closing(sqlite3.connect(":memory:")) as connection, closing(sqlite3.connect(original)) as source:
        source.backup(connection)
        verify_journal(connection, 1)
        (old,) = connection.execute(f"SELECT {column} FROM journal {WHERE} {number}").fetchone()
        new = data.draw(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text != old))
        tamper(connection)
        connection.execute(f"UPDATE journal SET {column} = ? {WHERE} {number}", (new,))
        with pytest.raises(Damage) as caught:
            verify_journal(connection, 1)
    assert caught.value.values["number"] == number


@pytest.mark.parametrize(
    "statement", [f"UPDATE journal SET text = '导入' {WHERE} 3", f"{DELETE} 5", "DELETE FROM journal"]
)
def test_the_file_itself_refuses_to_change_the_journal(folder: Path, statement: str) -> None:
    with closing(connect(folder / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    with open_desk(folder) as desk:
        assert len(desk.history(1)) == 5


def test_editing_goes_on_beside_a_damaged_journal(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        tamper(connection, f"{DELETE} 3")
    with open_desk(folder) as desk:
        desk.store.apply(1, Change("修改年度", (SetValue(YEAR, "2028", "2030"),)), AT)
        assert desk.load(1).cover.year == "2030"
    assert "第 3 条修改记录" in find_damage(folder)


ON_V2: Final[dict[str, Callable[[int], str]]] = {
    "changed": lambda number: f"UPDATE journal SET text = '导入' WHERE number = {number}",
    "missing": lambda number: f"DELETE FROM journal WHERE number = {number}",
}


@pytest.mark.parametrize("number", [1, 3, 6])
@pytest.mark.parametrize("harm", ON_V2)
def test_chaining_does_not_hide_earlier_damage(tmp_path: Path, harm: str, number: int) -> None:
    shutil.copyfile(FILES / "v2.db", tmp_path / FILE_NAME)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        assert connection.execute(ON_V2[harm](number)).rowcount == 1
    assert f"第 {number} 条修改记录" in find_damage(tmp_path)


@pytest.mark.parametrize(("version", "count"), [(1, 2), (2, 6), (3, 8)])
def test_the_journal_of_every_version_is_chained_and_goes_on(tmp_path: Path, version: int, count: int) -> None:
    shutil.copyfile(FILES / f"v{version}.db", tmp_path / FILE_NAME)
    with open_desk(tmp_path) as desk:
        assert len(desk.history(1)) == count
        desk.store.apply(1, Change("修改年度", (SetValue(YEAR, "2024", "2025"),)), AT)
        assert len(desk.history(1)) == count + 1
    with closing(connect(tmp_path / FILE_NAME)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM journal")
