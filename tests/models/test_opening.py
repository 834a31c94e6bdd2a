"""Only our own files are opened, none is overwritten, nobody else may read them, and SQLite is used as decided."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest

from app.form.reading.loader import blank_form, load_template
from app.models.connection import APPLICATION_ID, connect
from app.models.files.backups import Reason, make_backup
from app.models.files.schema import find_stranger, fingerprint, has_schema
from app.models.folder import FILE_NAME, default_folder, prepare_folder
from app.models.migrations import MIGRATIONS
from app.models.migrations.upgrade import upgrade_file
from app.models.opening import VERSION, Kind, Unopenable, open_file
from tests.models.desk import open_desk

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


# --- permissions -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="no permission bits")
def test_folder_and_file_are_the_user_s_own(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with umask(0o022):
        with open_desk(folder) as desk:
            desk.store.create(blank_form(load_template("rugao-2024")), "新建", AT)
            assert {mode_of(path) for path in folder.iterdir()} == {0o600}
        assert mode_of(folder) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="no permission bits")
def test_the_journal_beside_the_file_is_the_user_s_own(tmp_path: Path) -> None:
    with umask(0o022), closing(connect(open_file(tmp_path))) as connection:
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE more (x)")
        assert mode_of(tmp_path / f"{FILE_NAME}-journal") == 0o600


@pytest.mark.skipif(os.name == "nt", reason="no permission bits")
def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    open_file(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o644)
    open_file(tmp_path)
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
    expected = {
        "journal_mode": "truncate",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "application_id": APPLICATION_ID,
        "user_version": VERSION,
    }
    with closing(connect(open_file(tmp_path))) as connection:
        assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected


def test_there_is_never_a_write_ahead_log(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.store.create(blank_form(load_template("rugao-2024")), "新建", AT)
        assert {path.name for path in tmp_path.iterdir()} <= {FILE_NAME, f"{FILE_NAME}-journal"}
    assert (tmp_path / FILE_NAME).read_bytes()[18:20] == b"\x01\x01"  # file format versions: 1 legacy, 2 WAL


def test_a_transaction_takes_the_lock_at_once(tmp_path: Path) -> None:
    with (
        open_desk(tmp_path) as desk,
        desk.store._transaction(),
        closing(sqlite3.connect(tmp_path / FILE_NAME, timeout=0, isolation_level=None)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_a_write_that_was_cut_off_anywhere_is_rolled_back(tmp_path: Path) -> None:
    """As after kill -9 in the middle of a commit: page 1 already counts pages that the file does not have yet."""
    path, copy = open_file(tmp_path / "a"), prepare_folder(tmp_path / "b")
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # written to the file before the commit
        connection.execute("BEGIN")
        for number in range(500):
            connection.execute("INSERT INTO units VALUES (?, ?, '')", (number, f"单位{number}" * 50))
        for suffix in ("", "-journal"):
            Path(f"{copy}{suffix}").write_bytes(Path(f"{path}{suffix}").read_bytes())
    with copy.open("r+b") as file:
        file.seek(24)
        file.write((7).to_bytes(4, "big") + (9999).to_bytes(4, "big"))  # change counter, number of pages
        file.seek(92)
        file.write((7).to_bytes(4, "big"))  # the counter again: the number of pages is valid
    with (
        closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as control,
        pytest.raises(sqlite3.DatabaseError, match="malformed"),
    ):
        control.execute("PRAGMA application_id")
    with open_desk(copy.parent) as desk:
        assert desk.list_forms() == ()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM units").fetchall() == [(0,)]


# --- what is refused ---------------------------------------------------------------------------------------------------


def make_folder(path: Path) -> None:
    path.mkdir()


def make_empty(path: Path) -> None:
    path.touch()


def make_text(path: Path) -> None:
    path.write_text("单位,年度\n" * 2000, encoding="utf-8")


def make_gbk(path: Path) -> None:
    path.write_bytes("单位,年度\n".encode("gb18030") * 2000)


def make_zip(path: Path) -> None:
    with ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")


def make_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 20)


def make_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def make_zeroed(path: Path) -> None:
    open_file(path.parent)
    with path.open("r+b") as file:
        file.write(bytes(4096))


def make_truncated(path: Path) -> None:
    open_file(path.parent)
    os.truncate(path, path.stat().st_size - 4096)


def make_scrambled(path: Path) -> None:
    """The header is right, the schema behind it is not."""
    open_file(path.parent)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 2000)


def make_misspelt(path: Path) -> None:
    """SQLite quotes the bytes, and the driver cannot decode what it says."""
    open_file(path.parent)
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE units", b"CREATE TAB\xd2E units"))


def make_flipped(path: Path) -> None:
    """One bit of the version."""
    open_file(path.parent)
    with path.open("r+b") as file:
        file.seek(60)
        file.write(b"\x01")


def make_trigger(path: Path) -> None:
    """It would rewrite every edit."""
    open_file(path.parent)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TRIGGER thief AFTER UPDATE ON indicators BEGIN UPDATE indicators SET score = '0'; END"
        )


def make_view(path: Path) -> None:
    open_file(path.parent)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT * FROM n"
        )


def make_column(path: Path) -> None:
    open_file(path.parent)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE units ADD COLUMN more TEXT")


def make_lost(path: Path) -> None:
    """Nothing, but the backup of something."""
    open_file(path.parent)
    make_backup(path.parent, Reason.START, AT)
    path.unlink()


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


REFUSED = [
    (make_folder, Kind.IS_FOLDER, "是一个文件夹"),
    (make_empty, Kind.EMPTY, "0 字节"),
    (make_text, Kind.TEXT, "是一个文本文件"),
    (make_gbk, Kind.TEXT, "是一个文本文件"),
    (make_zip, Kind.ZIP, "是一个压缩文件"),
    (make_picture, Kind.FOREIGN, "不是本程序的数据文件"),
    (make_short, Kind.DAMAGED, "已经损坏"),
    (make_zeroed, Kind.DAMAGED, "已经损坏"),
    (make_scrambled, Kind.DAMAGED, "已经损坏"),
    (make_misspelt, Kind.DAMAGED, "已经损坏"),
    (make_flipped, Kind.DAMAGED, "表的结构与第"),
    (make_column, Kind.DAMAGED, "表的结构与第"),
    (make_truncated, Kind.TRUNCATED, "不完整：应有"),
    (make_foreign, Kind.FOREIGN, "不是本程序的数据文件"),
    (make_foreign_wal, Kind.FOREIGN, "不是本程序的数据文件"),
    (make_nameless, Kind.FOREIGN, "不是本程序的数据文件"),
    (make_trigger, Kind.FOREIGN, "本程序没有的内容（thief）"),
    (make_view, Kind.FOREIGN, "本程序没有的内容（endless）"),
    (make_newer, Kind.NEWER, f"第 99 版格式，本程序支持到第 {VERSION} 版"),
    (make_lost, Kind.MISSING, "不见了"),
]


@pytest.mark.parametrize(("make", "kind", "sentence"), REFUSED)
def test_what_must_not_be_opened_is_named_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], kind: Kind, sentence: str
) -> None:
    path = tmp_path / FILE_NAME
    make(path)
    before = contents(tmp_path)
    with pytest.raises(Unopenable, match=sentence) as caught:
        open_file(tmp_path)
    assert (caught.value.kind, caught.value.path) == (kind, path)
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[Path, bytes]:
    """All there is in a folder; the empty journal that SQLite leaves beside a file of ours counts for nothing."""
    paths = {path for path in folder.rglob("*") if not (path.name.endswith("-journal") and path.stat().st_size == 0)}
    return {path: path.read_bytes() if path.is_file() else b"" for path in paths}


def test_every_kind_of_damage_has_a_way_out() -> None:
    no_help = {Kind.IS_FOLDER, Kind.NEWER}
    assert {kind for _, kind, _ in REFUSED if not Unopenable(kind, Path(), "").can_recover} == no_help


@contextmanager
def as_another_user() -> Iterator[None]:
    """Root may write everywhere."""
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="becomes another user")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o755, 0o644), (0o555, 0o666)])
def test_a_place_that_can_only_be_read_is_said_to_be(folder_mode: int, file_mode: int) -> None:
    with TemporaryDirectory() as name:  # not below pytest's own folder, which is closed to others
        folder = Path(name)
        path = open_file(folder)
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        with as_another_user(), pytest.raises(Unopenable, match="只能读取") as caught:
            open_file(folder)
        folder.chmod(0o755)
    assert caught.value.kind is Kind.READ_ONLY


def test_a_journal_whose_file_is_gone_is_not_rolled_back_into_a_new_one(tmp_path: Path) -> None:
    (tmp_path / f"{FILE_NAME}-journal").write_bytes(b"old pages" * 100)
    open_file(tmp_path)
    assert not (tmp_path / f"{FILE_NAME}-journal").exists()
    (kept,) = (tmp_path / "damaged").iterdir()
    assert kept.read_bytes() == b"old pages" * 100


def test_the_schema_of_every_version_is_known(tmp_path: Path) -> None:
    for version in range(1, VERSION + 1):
        path = tmp_path / f"{version}.db"
        path.touch()
        upgrade_file(path, MIGRATIONS[:version])
        with closing(sqlite3.connect(path)) as connection:
            assert has_schema(connection, version), f'{version}: "{fingerprint(connection)}"'
            assert find_stranger(connection) == ""


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unopenable, match="无法使用数据文件夹") as caught:
        open_file(tmp_path / "file" / "inside")
    assert caught.value.kind is Kind.FOLDER


def test_a_first_start_that_was_interrupted_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / f"{FILE_NAME}.new").write_bytes(b"half")
    (tmp_path / f"{FILE_NAME}.new-journal").write_bytes(b"half")
    with open_desk(tmp_path) as desk:
        assert desk.list_forms() == ()
    assert FILE_NAME in {path.name for path in tmp_path.iterdir()}
    assert not [path for path in tmp_path.iterdir() if ".new" in path.name]


def test_a_file_in_use_is_said_to_be(tmp_path: Path) -> None:
    open_file(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unopenable, match="另一个程序") as caught:
            open_file(tmp_path)
    assert caught.value.kind is Kind.LOCKED
