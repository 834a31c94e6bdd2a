"""Only our own files are opened, none is overwritten, nobody else may read them, and every schema version is brought up."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Text

from app.form.failure import AppError
from app.form.reading.loader import blank_form, load_template
from app.form.rows import ROW_TYPES, TABLES, Cover, Staffing, Stated, field_names
from app.models.connection import APPLICATION_ID, connect, open_engine
from app.models.folder import FILE_NAME, default_folder, prepare_folder
from app.models.migrations import MIGRATIONS
from app.models.opening import open_file
from app.models.store import Store
from app.models.tables import ROW_RECORDS, Base, FormRecord

FILES: Final = Path(__file__).parent / "files"
AT = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def ask(path: Path, question: str) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(question)]


# --- permissions -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="no permission bits")
def test_folder_and_file_are_the_user_s_own(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with umask(0o022):
        with closing(Store(folder)) as store:
            store.create(blank_form(load_template("rugao-2024")), "新建", AT)
            assert {mode_of(path) for path in folder.iterdir()} == {0o600}
        assert mode_of(folder) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="no permission bits")
def test_the_journal_beside_the_file_is_the_user_s_own(tmp_path: Path) -> None:
    with umask(0o022):
        engine = open_engine(open_file(tmp_path))
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE more (x)")
            assert mode_of(tmp_path / f"{FILE_NAME}-journal") == 0o600
        engine.dispose()


@pytest.mark.skipif(os.name == "nt", reason="no permission bits")
def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    Store(tmp_path).close()
    (tmp_path / FILE_NAME).chmod(0o644)
    Store(tmp_path).close()
    assert mode_of(tmp_path / FILE_NAME) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="no permission bits")
def test_an_empty_folder_is_closed_to_others_and_one_in_use_keeps_its_mode(tmp_path: Path) -> None:
    empty, used = tmp_path / "empty", tmp_path / "used"
    for folder in (empty, used):
        folder.mkdir()
        folder.chmod(0o755)
    (used / "报表.xlsx").touch()
    for folder in (empty, used):
        prepare_folder(folder)
    assert (mode_of(empty), mode_of(used)) == (0o700, 0o755)


def test_the_default_folder_is_the_program_s_own() -> None:
    assert default_folder().name == "jixiao"


# --- how SQLite is used ------------------------------------------------------------------------------------------------


def test_sqlite_is_used_as_decided(tmp_path: Path) -> None:
    engine = open_engine(open_file(tmp_path))
    expected = {
        "journal_mode": "truncate",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "application_id": APPLICATION_ID,
        "user_version": len(MIGRATIONS),
    }
    with engine.begin() as connection:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected} == expected
    engine.dispose()


def test_there_is_never_a_write_ahead_log(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.create(blank_form(load_template("rugao-2024")), "新建", AT)
        assert {path.name for path in tmp_path.iterdir()} <= {FILE_NAME, f"{FILE_NAME}-journal"}
    assert (tmp_path / FILE_NAME).read_bytes()[18:20] == b"\x01\x01"  # file format versions: 1 legacy, 2 WAL


def test_a_transaction_takes_the_lock_at_once(tmp_path: Path) -> None:
    engine = open_engine(open_file(tmp_path))
    with (
        engine.begin(),
        closing(sqlite3.connect(tmp_path / FILE_NAME, timeout=0, isolation_level=None)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    engine.dispose()


# --- what is refused ---------------------------------------------------------------------------------------------------


def make_folder(path: Path) -> None:
    path.mkdir()


def make_empty(path: Path) -> None:
    path.touch()


def make_text(path: Path) -> None:
    path.write_text("单位,年度\n" * 2000, encoding="utf-8")


def make_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE notes (text)")


def make_foreign_wal(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE notes (text)")


def make_nameless(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def make_newer(path: Path) -> None:
    make_nameless(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_folder, "是一个文件夹"),
        (make_empty, "0 字节"),
        (make_text, "不是本程序的数据文件"),
        (make_short, "不是本程序的数据文件"),
        (make_foreign, "不是本程序的数据文件"),
        (make_foreign_wal, "不是本程序的数据文件"),
        (make_nameless, "不是本程序的数据文件"),
        (make_newer, f"第 99 版格式，本程序支持到第 {len(MIGRATIONS)} 版"),
    ],
)
def test_what_is_not_ours_is_refused_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / FILE_NAME
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(AppError, match=sentence):
        Store(tmp_path)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError, match="无法使用数据文件夹"):
        Store(tmp_path / "file" / "inside")


def test_a_first_start_that_was_interrupted_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / f"{FILE_NAME}.new").write_bytes(b"half")
    (tmp_path / f"{FILE_NAME}.new-journal").write_bytes(b"half")
    with closing(Store(tmp_path)) as store:
        assert store.list_forms() == ()
    assert FILE_NAME in {path.name for path in tmp_path.iterdir()}
    assert not [path for path in tmp_path.iterdir() if ".new" in path.name]


def test_a_file_in_use_is_said_to_be(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(AppError, match="另一个程序"):
            Store(tmp_path)


# --- migrations --------------------------------------------------------------------------------------------------------


def test_the_migrations_lead_to_exactly_the_tables(tmp_path: Path) -> None:
    engine = open_engine(open_file(tmp_path))
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    fresh = open_engine_on_new_file(tmp_path / "metadata.db")
    assert schema(tmp_path / FILE_NAME) == schema(fresh)


def open_engine_on_new_file(path: Path) -> Path:
    path.touch()
    engine = open_engine(path)
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


def schema(path: Path) -> dict[str, object]:
    """Tables, columns in order with type, NULL and key, foreign keys, indices: all but the wording of CREATE TABLE."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [
                connection.execute(f"PRAGMA {pragma}('{table}')").fetchall()
                for pragma in ("table_xinfo", "foreign_key_list")
            ]
            + [sorted((row[1:]) for row in connection.execute(f"PRAGMA index_list('{table}')"))]
            for table in sorted(tables)
        }


def test_every_cell_of_a_form_has_a_column() -> None:
    for table in TABLES:
        columns = set(ROW_RECORDS[table].__table__.columns.keys())
        assert {"key", "position", *field_names(ROW_TYPES[table])} <= columns
    cells = {f"staffing_{name}" for name in field_names(Staffing)} | {f"stated_{name}" for name in field_names(Stated)}
    assert cells <= set(FormRecord.__table__.columns.keys())
    assert field_names(Cover) == ("unit", "year")


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_file_of_every_version_opens(tmp_path: Path, version: int) -> None:
    shutil.copyfile(FILES / f"v{version}.db", tmp_path / FILE_NAME)
    assert ask(tmp_path / FILE_NAME, "PRAGMA user_version") == [version]
    with closing(Store(tmp_path)) as store:
        (entry,) = store.list_forms()
        assert (entry.unit, entry.year) == ("样本单位", "2024")
        form = store.load(entry.id)
        assert [row.text for row in form.duties] == ["第一项职能", "第二项职能𠮷"]
        assert next(row.score for row in form.indicators if row.key == "indicator-09") == "1.99"
        assert [each.number for each in store.history(entry.id)] == [1, 2]
    assert ask(tmp_path / FILE_NAME, "PRAGMA user_version") == [len(MIGRATIONS)]


def add_column(operations: Operations) -> None:
    operations.add_column("units", Column("code", Text))


def add_column_and_fail(operations: Operations) -> None:
    operations.add_column("forms", Column("more", Text))
    raise ZeroDivisionError


def leave_dangling(operations: Operations) -> None:
    operations.execute("UPDATE forms SET unit_id = 77")


def filled(folder: Path) -> Path:
    with closing(Store(folder)) as store:
        store.create(blank_form(load_template("rugao-2024"), "甲局"), "新建", AT)
    return folder / FILE_NAME


def test_an_older_file_is_brought_up(tmp_path: Path) -> None:
    path = filled(tmp_path)
    open_file(tmp_path, (*MIGRATIONS, add_column))
    assert ask(path, "PRAGMA user_version") == [len(MIGRATIONS) + 1]
    assert ask(path, "SELECT code FROM units") == [None]
    assert ask(path, "SELECT count(*) FROM indicators") == [41]


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        open_file(tmp_path, (*MIGRATIONS, add_column, add_column_and_fail))
    assert path.read_bytes() == before
    open_file(tmp_path, (*MIGRATIONS, add_column))


def test_a_migration_that_breaks_a_reference_is_taken_back(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with pytest.raises(AppError, match="数据未改动"):
        open_file(tmp_path, (*MIGRATIONS, leave_dangling))
    assert ask(path, "SELECT unit_id FROM forms") == [1]
    assert ask(path, "PRAGMA user_version") == [len(MIGRATIONS)]


def test_the_driver_alone_would_leave_half_a_migration(tmp_path: Path) -> None:
    """The control: without the explicit BEGIN, DDL stays although the migration failed."""
    path = filled(tmp_path)
    with closing(connect(path, "rw")) as connection:
        connection.execute("ALTER TABLE units ADD COLUMN code TEXT")
        connection.rollback()
    assert ask(path, "SELECT code FROM units") == [None]
