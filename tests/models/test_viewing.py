"""What may be read but not written is copied and viewed, and nothing is ever written where it lies."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.editing.edits import set_value
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place
from app.models.connection import connect
from app.models.files.backups import Reason
from app.models.folder import FILE_NAME
from app.models.migrations import MIGRATIONS
from app.models.migrations.upgrade import upgrade_file
from app.models.opening import Kind, Unopenable, open_file
from app.models.viewing.copying import can_only_be_read, copy_for_viewing
from app.models.viewing.viewer import Viewer
from app.models.writer import Writer

NOBODY = 65534
becomes_another = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="becomes another user")


@pytest.fixture
def form() -> Form:
    return blank_form(load_template("rugao-2024"))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "room").mkdir()
    return tmp_path / "room"


def fill(folder: Path, form: Form) -> Path:
    """A data folder with one form, closed cleanly."""
    writer = Writer(folder)
    writer.create(form, "新建")
    assert writer.close(30)
    return folder


def state_of(folder: Path) -> dict[Path, tuple[int, int, bytes]]:
    """Everything there is in a folder, with its content, mode and time."""
    found = {path: path.stat() for path in (folder, *folder.rglob("*"))}
    return {
        path: (status.st_mode, status.st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path, status in found.items()
    }


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@becomes_another
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "is_only_read"),
    [(0o755, 0o644, True), (0o777, 0o644, True), (0o555, 0o666, True), (0o777, 0o666, False), (0o755, 0o600, False)],
)
def test_what_can_be_read_and_not_written_is_told(
    folder_mode: int, file_mode: int, is_only_read: bool, form: Form
) -> None:
    """The last one cannot be read either: there is nothing to view."""
    with TemporaryDirectory() as name:  # not below pytest's own folder, which is closed to others
        folder = fill(Path(name), form)
        (folder / FILE_NAME).chmod(file_mode)
        folder.chmod(folder_mode)
        with as_nobody():
            assert can_only_be_read(folder) is is_only_read


@becomes_another
def test_another_user_views_without_leaving_a_trace(form: Form) -> None:
    with TemporaryDirectory() as name, TemporaryDirectory() as own:
        folder, room = fill(Path(name), form), Path(own)
        (folder / FILE_NAME).chmod(0o644)
        folder.chmod(0o755)
        os.chown(room, NOBODY, NOBODY)
        before = state_of(folder)
        with as_nobody():
            copy_for_viewing(folder, room)
        viewer = Viewer(room)
        assert [viewer.load(entry.id) for entry in viewer.list_forms()] == [form]
        assert viewer.close(30)
        assert state_of(folder) == before


def test_a_place_that_can_be_written_is_not_for_viewing(tmp_path: Path, form: Form) -> None:
    assert not can_only_be_read(tmp_path / "nothing")
    assert not can_only_be_read(fill(tmp_path / "data", form))


def test_a_viewer_refuses_whatever_would_write(tmp_path: Path, room: Path, form: Form) -> None:
    copy_for_viewing(fill(tmp_path / "data", form), room)
    viewer = Viewer(room)
    (entry,) = viewer.list_forms()
    change = set_value(form, Place("cover", "", "unit"), "另一局")
    assert change is not None
    acts: tuple[Callable[[], object], ...] = (
        lambda: viewer.create(form, "新建"),
        lambda: viewer.submit(entry.id, change),
        lambda: viewer.delete(entry.id),
        lambda: viewer.restore(entry.id),
        lambda: viewer.finalise(entry.id, "张三"),
        lambda: viewer.reopen(entry.id, "改"),
        lambda: viewer.back_up(Reason.IMPORT),
        lambda: viewer.restore_backup("x"),
    )
    for act in acts:
        with pytest.raises(AppError, match="只读打开"):
            act()
    assert viewer.load(entry.id) == form
    assert viewer.close(30)


def test_the_copy_is_looked_after_by_nobody(tmp_path: Path, room: Path, form: Form) -> None:
    """No backups of it: the negative control is any usual store, whose first idle second makes one."""
    copy_for_viewing(fill(tmp_path / "data", form), room)
    viewer = Viewer(room)
    assert viewer.upkeep.step() == viewer.upkeep.step()
    assert not (room / "backups").exists()
    assert viewer.close(30)


def test_what_another_one_is_writing_is_seen_as_it_was_committed_last(tmp_path: Path, room: Path, form: Form) -> None:
    folder = fill(tmp_path / "data", form)
    with closing(connect(folder / FILE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE units SET name = 'unfinished'")
        copy_for_viewing(folder, room)
        other.execute("ROLLBACK")
    viewer = Viewer(room)
    assert [viewer.load(entry.id) for entry in viewer.list_forms()] == [form]
    assert viewer.close(30)


def test_an_interrupted_write_is_rolled_back_in_the_copy_alone(tmp_path: Path, room: Path, form: Form) -> None:
    """As a machine that lost power left it on a disk that is now write-protected."""
    source, folder = fill(tmp_path / "source", form), tmp_path / "data"
    folder.mkdir()
    with closing(connect(source / FILE_NAME)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # written to the file before the commit
        connection.execute("BEGIN")
        connection.execute("UPDATE units SET name = 'unfinished'")
        for number in range(500):
            connection.execute("INSERT INTO units VALUES (?, ?, '')", (number + 1000, f"单位{number}" * 50))
        for suffix in ("", "-journal"):
            (folder / f"{FILE_NAME}{suffix}").write_bytes((source / f"{FILE_NAME}{suffix}").read_bytes())
    before = state_of(folder)
    copy_for_viewing(folder, room)
    assert state_of(folder) == before
    viewer = Viewer(room)
    assert [viewer.load(entry.id) for entry in viewer.list_forms()] == [form]
    assert viewer.close(30)


def test_a_file_of_an_older_version_is_brought_up_to_date_in_the_copy(tmp_path: Path, room: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / FILE_NAME
    path.touch()
    upgrade_file(path, MIGRATIONS[:1])
    before = state_of(folder)
    copy_for_viewing(folder, room)
    viewer = Viewer(room)
    assert viewer.list_forms() == ()
    assert viewer.close(30)
    assert state_of(folder) == before


def test_what_is_no_file_of_ours_is_not_copied(tmp_path: Path, room: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / FILE_NAME).write_text("单位名称,年度\n", encoding="utf-8")
    with pytest.raises(Unopenable) as caught:
        copy_for_viewing(folder, room)
    assert caught.value.kind is Kind.TEXT
    assert not any(room.iterdir())


def test_a_file_that_another_one_has_to_itself_is_said_to_be(tmp_path: Path, room: Path, form: Form) -> None:
    folder = fill(tmp_path / "data", form)
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(AppError, match="正被另一个程序使用"):
            copy_for_viewing(folder, room)


def test_a_file_that_another_one_is_writing_is_not_opened_for_writing(tmp_path: Path, form: Form) -> None:
    """Opening takes the lock for writing once: what can't be written is found out before anything was typed."""
    folder = fill(tmp_path, form)
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unopenable) as caught:
            open_file(folder)
    assert caught.value.kind is Kind.LOCKED
