"""Every schema version is brought up, wholly or not at all, and leads to exactly the tables."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Text

from app.form.change import Change, InsertRow, SetValue, apply_change
from app.form.failure import AppError
from app.form.reading.loader import blank_form, load_template
from app.form.rows import ROW_TYPES, TABLES, Cover, Evidence, Explanation, Place, Staffing, Stated, field_names
from app.models.connection import connect, open_raw
from app.models.engine import open_engine
from app.models.folder import FILE_NAME
from app.models.migrations import MIGRATIONS
from app.models.migrations.upgrade import upgrade_file
from app.models.opening import VERSION, open_file
from app.models.tables import ROW_RECORDS, Base, FormRecord
from tests.models.desk import open_desk

FILES: Final = Path(__file__).parent / "files"
AT = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)


def ask(path: Path, question: str) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(question)]


def test_the_version_counts_the_migrations() -> None:
    assert len(MIGRATIONS) == VERSION


def test_the_migrations_lead_to_exactly_the_tables(tmp_path: Path) -> None:
    migrated, made = open_file(tmp_path), tmp_path / "made.db"
    engine = open_engine(lambda: connect(migrated))
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    made.touch()
    engine = open_engine(lambda: connect(made))
    Base.metadata.create_all(engine)
    engine.dispose()
    assert schema(migrated) == schema(made)


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
    with open_desk(tmp_path) as desk:
        (entry,) = desk.list_forms()
        assert (entry.unit, entry.year) == ("样本单位", "2024")
        form = desk.load(entry.id)
        assert [row.text for row in form.duties] == ["第一项职能", "第二项职能𠮷"]
        assert next(row.score for row in form.indicators if row.key == "indicator-09") == "1.99"
        assert [each.number for each in desk.history(entry.id)][:2] == [1, 2]
    assert ask(tmp_path / FILE_NAME, "PRAGMA user_version") == [len(MIGRATIONS)]


def test_what_version_2_adds_is_blank_in_a_form_of_version_1(tmp_path: Path) -> None:
    shutil.copyfile(FILES / "v1.db", tmp_path / FILE_NAME)
    with open_desk(tmp_path) as desk:
        form = desk.load(1)
        assert form.explanations == ()
        assert {row.part + row.whole for row in form.indicators} == {""}
        amount = Place("indicators", "indicator-09", "part")
        answer = InsertRow("explanations", 0, Explanation("C16:indicators::score", "已核对", "全部满分"))
        desk.store.apply(1, Change("改", (SetValue(amount, "", "21"), answer)), AT)
        assert desk.load(1) == apply_change(form, Change("改", (SetValue(amount, "", "21"), answer)))


def test_a_form_of_version_2_comes_back_whole(tmp_path: Path) -> None:
    shutil.copyfile(FILES / "v2.db", tmp_path / FILE_NAME)
    with open_desk(tmp_path) as desk:
        form = desk.load(1)
        assert form.explanations == (Explanation("C16:indicators::score", "逐项核对无误", "全部指标均为满分"),)
        row = next(row for row in form.indicators if row.key == "indicator-09")
        assert (row.part, row.whole) == ("21", "24")
        assert len(desk.history(1)) == 6
        (version,) = desk.reader.versions(1)
        assert (version.number, version.by, version.reason) == (1, "王会计", "财政要求修改")
        assert desk.reader.load_version(1, 1) == form


def test_a_form_of_version_4_comes_back_with_its_evidence(tmp_path: Path) -> None:
    shutil.copyfile(FILES / "v4.db", tmp_path / FILE_NAME)
    with open_desk(tmp_path) as desk:
        form = desk.load(1)
        assert form.evidence == (
            Evidence("e1", "indicator-09", "支出明细.pdf", "盖章件", "ab" * 32, "20481"),
            Evidence("e2", "", "批复.docx", "", "0f" * 32, "1024"),
        )
        assert desk.reader.load_version(1, 2) == form
        assert desk.reader.load_version(1, 1).evidence == ()


def test_what_version_4_adds_is_empty_in_older_forms(tmp_path: Path) -> None:
    shutil.copyfile(FILES / "v3.db", tmp_path / FILE_NAME)
    with open_desk(tmp_path) as desk:
        form = desk.load(1)
        assert form.evidence == ()
        change = Change("添加", (InsertRow("evidence", 0, Evidence("e", "", "批复.pdf", "", "ab" * 32, "12")),))
        desk.store.apply(1, change, AT)
        assert desk.load(1) == apply_change(form, change)


def test_a_copy_from_before_the_migration_is_kept(tmp_path: Path) -> None:
    shutil.copyfile(FILES / "v1.db", tmp_path / FILE_NAME)
    before = ask(tmp_path / FILE_NAME, "SELECT row_hash FROM indicators ORDER BY 1")
    open_file(tmp_path)
    (copy,) = (tmp_path / "backups").iterdir()
    assert ask(copy, "PRAGMA user_version") == [1]
    assert ask(copy, "SELECT row_hash FROM indicators ORDER BY 1") == before
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    open_file(tmp_path)
    assert list((tmp_path / "backups").iterdir()) == [copy]


def test_without_a_copy_nothing_is_migrated(tmp_path: Path) -> None:
    shutil.copyfile(FILES / "v1.db", tmp_path / FILE_NAME)
    (tmp_path / "backups").touch()
    with pytest.raises(AppError, match=r"没有做成备份.*没有升级，数据未改动"):
        open_file(tmp_path)
    assert ask(tmp_path / FILE_NAME, "PRAGMA user_version") == [1]


def test_a_migration_does_not_hide_damage(tmp_path: Path) -> None:
    shutil.copyfile(FILES / "v1.db", tmp_path / FILE_NAME)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE indicators SET score = '2' WHERE key = 'indicator-09'")
    with open_desk(tmp_path) as desk, pytest.raises(AppError, match=r"指标评分.*第 9 行.*已经损坏"):
        desk.load(1)


def add_column(operations: Operations) -> None:
    operations.add_column("units", Column("code", Text))


def add_column_and_fail(operations: Operations) -> None:
    operations.add_column("forms", Column("more", Text))
    raise ZeroDivisionError


def leave_dangling(operations: Operations) -> None:
    operations.execute("UPDATE forms SET unit_id = 77")


def filled(folder: Path) -> Path:
    with open_desk(folder) as desk:
        desk.store.create(blank_form(load_template("rugao-2024"), "甲局"), "新建", AT)
    return folder / FILE_NAME


def test_an_older_file_is_brought_up(tmp_path: Path) -> None:
    path = filled(tmp_path)
    upgrade_file(path, (*MIGRATIONS, add_column))
    assert ask(path, "PRAGMA user_version") == [len(MIGRATIONS) + 1]
    assert ask(path, "SELECT code FROM units") == [None]
    assert ask(path, "SELECT count(*) FROM indicators") == [41]


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        upgrade_file(path, (*MIGRATIONS, add_column, add_column_and_fail))
    assert path.read_bytes() == before
    upgrade_file(path, (*MIGRATIONS, add_column))


def test_a_migration_that_breaks_a_reference_is_taken_back(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with pytest.raises(AppError, match="数据未改动"):
        upgrade_file(path, (*MIGRATIONS, leave_dangling))
    assert ask(path, "SELECT unit_id FROM forms") == [1]
    assert ask(path, "PRAGMA user_version") == [len(MIGRATIONS)]


def test_the_driver_alone_would_leave_half_a_migration(tmp_path: Path) -> None:
    """The control: without the explicit BEGIN, DDL stays although the migration failed."""
    path = filled(tmp_path)
    with closing(open_raw(path, "rw")) as connection:
        connection.execute("ALTER TABLE units ADD COLUMN code TEXT")
        connection.rollback()
    assert ask(path, "SELECT code FROM units") == [None]
