"""Saved is said only when it is so; what fails is kept, said, and tried again; nobody waits for the disk by typing."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from app.form.change import Change, InsertRow, SetValue
from app.form.failure import AppError
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place, TextItem
from app.models.folder import FILE_NAME
from app.models.safety.backups import Reason
from app.models.state import Saved, SaveState, Saving, Unsaved
from app.models.writer import Writer

ROOT: Final = Path(__file__).resolve().parents[2]
AT: Final = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
SCORE: Final = Place("indicators", "indicator-09", "score")


@dataclass
class Ear:
    """Hears what the writer tells."""

    heard: SimpleQueue[SaveState] = field(default_factory=SimpleQueue)

    def __call__(self, state: SaveState) -> None:
        self.heard.put(state)

    def wait_for(self, kind: type[SaveState]) -> SaveState:
        while not isinstance(state := self.heard.get(timeout=20), kind):
            pass
        return state

    def drain(self) -> list[SaveState]:
        return [self.heard.get_nowait() for _ in range(self.heard.qsize())]


@contextmanager
def open_writer(folder: Path, listener: Callable[[SaveState], None] | None = None) -> Iterator[Writer]:
    writer = Writer(folder, listener, lambda: AT)
    try:
        yield writer
    finally:
        writer.close(20)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program writes for as long as this lasts."""
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def create(writer: Writer, unit: str = "甲局", year: str = "2024") -> int:
    return writer.create(blank_form(load_template("rugao-2024"), unit, year), "新建").id


def set_score(new: str, old: str = "") -> Change:
    return Change("修改得分", (SetValue(SCORE, old, new),))


def score_of(writer: Writer, form_id: int) -> str:
    return next(row.score for row in writer.load(form_id).indicators if row.key == SCORE.key)


def test_an_edit_is_first_saving_then_saved(tmp_path: Path) -> None:
    ear = Ear()
    with open_writer(tmp_path, ear) as writer:
        form_id = create(writer)
        writer.submit(form_id, set_score("1"))
        assert writer.flush()
        assert score_of(writer, form_id) == "1"
    assert ear.drain() == [Saving(1), Saved(AT)]


def test_saved_is_told_only_after_the_commit(tmp_path: Path) -> None:
    found: list[str] = []

    def look(state: SaveState) -> None:
        if isinstance(state, Saved):
            with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
                query = "SELECT score FROM indicators WHERE key = 'indicator-09'"
                found.extend(row[0] for row in other.execute(query))

    with open_writer(tmp_path, look) as writer:
        writer.submit(create(writer), set_score("1"))
    assert found == ["1"]


def test_edits_are_written_in_their_order_one_transaction_each(tmp_path: Path) -> None:
    with open_writer(tmp_path) as writer:
        form_id = create(writer)
        for number in range(20):
            row = TextItem(f"duty-{number}", str(number))
            writer.submit(form_id, Change(f"第 {number} 次", (InsertRow("duties", number, row),)))
        assert [row.text for row in writer.load(form_id).duties] == [str(number) for number in range(20)]
        texts = [entry.change.text for entry in writer.history(form_id)]
        assert texts == ["新建", *(f"第 {number} 次" for number in range(20))]


def test_what_waits_is_counted_while_it_goes_away(tmp_path: Path) -> None:
    """The window counts in its own thread; a long queue must not go away under it."""
    released = threading.Event()

    def hold(state: SaveState) -> None:
        if isinstance(state, Saving):
            released.wait(30)

    with open_writer(tmp_path, hold) as writer:
        writer.submit(create(writer), set_score("1"))
        for _ in range(20_000):
            writer.flush(0)  # one more that waits
        released.set()
        counts = [writer.count_pending() for _ in range(500)]
        assert set(counts) <= {0, 1}
        assert writer.flush()
        assert writer.count_pending() == 0


def test_forms_are_listed_created_deleted_and_restored(tmp_path: Path) -> None:
    with open_writer(tmp_path) as writer:
        first, second = create(writer, "甲局", "2023"), create(writer, "甲局", "2024")
        assert [entry.id for entry in writer.list_forms()] == [second, first]
        writer.delete(second)
        assert [entry.id for entry in writer.list_forms()] == [first]
        assert [entry.id for entry in writer.list_deleted()] == [second]
        writer.restore(second)
        assert [entry.id for entry in writer.list_forms()] == [second, first]
        assert writer.list_forms()[0].edited_at == AT


def test_a_lock_is_told_kept_and_overcome(tmp_path: Path) -> None:
    ear = Ear()
    with open_writer(tmp_path, ear) as writer:
        form_id = create(writer)
        with locked(tmp_path):
            writer.submit(form_id, set_score("1"))
            state = ear.wait_for(Unsaved)
            assert isinstance(state, Unsaved)
            assert state.pending == 1
            assert "另一个程序" in state.because
            assert not writer.flush(20)
        writer.retry()
        assert ear.wait_for(Saved) == Saved(AT)
        assert score_of(writer, form_id) == "1"


def test_a_failed_edit_is_tried_again_by_itself(tmp_path: Path) -> None:
    ear = Ear()
    with open_writer(tmp_path, ear) as writer:
        form_id = create(writer)
        with locked(tmp_path):
            writer.submit(form_id, set_score("1"))
            ear.wait_for(Unsaved)
        assert ear.wait_for(Saved) == Saved(AT)


def test_while_a_failure_lasts_its_message_stays(tmp_path: Path) -> None:
    ear = Ear()
    with open_writer(tmp_path, ear) as writer:
        form_id = create(writer)
        with locked(tmp_path):
            writer.submit(form_id, set_score("1"))
            ear.wait_for(Unsaved)
            writer.submit(form_id, set_score("2", "1"))
            writer.retry()
            assert ear.heard.get(timeout=20) == Unsaved(
                2,
                "未能确认已保存：数据文件正被另一个程序使用，请关闭那个程序。内容仍在窗口里，请勿关闭，程序会继续重试",
            )
        writer.retry()
        ear.wait_for(Saved)
        assert score_of(writer, form_id) == "2"


def test_typing_does_not_wait_for_the_disk_and_nobody_waits_behind_a_failure(tmp_path: Path) -> None:
    ear = Ear()
    with open_writer(tmp_path, ear) as writer:
        form_id = create(writer)
        with locked(tmp_path):
            for number in range(50):
                writer.submit(form_id, set_score(str(number + 1), str(number) if number else ""))
            with pytest.raises(AppError, match=r"前面的改动还没有保存（.*另一个程序"):
                writer.list_forms()
            assert not writer.close(20)
        assert writer.flush(20)
        assert score_of(writer, form_id) == "50"


def test_an_answer_that_does_not_come_in_time_is_no_success(tmp_path: Path) -> None:
    go_on = threading.Event()

    def dawdle(state: SaveState) -> None:
        if isinstance(state, Saving):
            go_on.wait(20)

    with open_writer(tmp_path, dawdle) as writer:
        writer.submit(create(writer), set_score("1"))
        assert not writer.flush(0.01)
        go_on.set()
        assert writer.flush(20)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved")
@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_file_that_was_moved_away_takes_no_edit(tmp_path: Path, is_replaced: bool) -> None:
    ear = Ear()
    here, there = tmp_path / "data", tmp_path / "elsewhere.db"
    with open_writer(here, ear) as writer:
        form_id = create(writer)
        (here / FILE_NAME).rename(there)
        if is_replaced:
            (here / FILE_NAME).write_bytes(there.read_bytes())
        writer.submit(form_id, set_score("1"))
        state = ear.wait_for(Unsaved)
        assert isinstance(state, Unsaved)
        assert "移动、删除或替换" in state.because
        there.replace(here / FILE_NAME)
        writer.retry()
        ear.wait_for(Saved)
        assert score_of(writer, form_id) == "1"
        assert len(writer.history(form_id)) == 2


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved")
@pytest.mark.parametrize("is_gone", [False, True])
def test_a_folder_that_is_gone_takes_no_edit_and_they_wait_until_it_is_back(tmp_path: Path, is_gone: bool) -> None:
    ear = Ear()
    here, there = tmp_path / "data", tmp_path / "elsewhere"
    with open_writer(here, ear) as writer:
        form_id = create(writer)
        shutil.copytree(here, there) if is_gone else here.rename(there)
        if is_gone:
            shutil.rmtree(here)
        for number in range(3):
            writer.submit(form_id, set_score(str(number + 1), str(number) if number else ""))
        state = ear.wait_for(Unsaved)
        assert isinstance(state, Unsaved)
        assert "移动、删除或替换" in state.because
        assert writer.count_pending() == 3
        assert not here.exists()
        if not is_gone:
            there.rename(here)
            writer.retry()
            ear.wait_for(Saved)
            assert score_of(writer, form_id) == "3"
    if is_gone:  # another file is not the one that was opened: what was copied stays as it was
        with closing(sqlite3.connect(there / FILE_NAME)) as other:
            assert other.execute("SELECT count(*) FROM journal").fetchone() == (1,)
        release(writer)


def release(writer: Writer) -> None:
    """End a writer that will never succeed."""
    writer._queue.clear()
    assert writer.close(20)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="becomes another user")
def test_a_permission_that_was_lost_is_told_and_nothing_half_written() -> None:
    ear = Ear()
    with (
        TemporaryDirectory() as name,
        open_writer(Path(name), ear) as writer,
    ):  # pytest's own folder is closed to others
        form_id = create(writer)
        Path(name).chmod(0o555)
        os.seteuid(65534)
        try:
            writer.submit(form_id, set_score("1"))
            state = ear.wait_for(Unsaved)
        finally:
            os.seteuid(0)
        assert isinstance(state, Unsaved)
        assert "只能读取" in state.because
        writer.retry()
        ear.wait_for(Saved)
        assert score_of(writer, form_id) == "1"
        assert len(writer.history(form_id)) == 2


def test_a_clock_that_is_set_back_changes_nothing_but_the_times(tmp_path: Path) -> None:
    times = [AT, datetime(1975, 1, 1, tzinfo=UTC), datetime(1975, 1, 1, 1, tzinfo=UTC)]
    writer = Writer(tmp_path, None, lambda: times.pop(0) if times else AT)
    form_id = create(writer)
    writer.submit(form_id, set_score("1"))
    writer.submit(form_id, set_score("2", "1"))
    assert score_of(writer, form_id) == "2"
    assert [(entry.number, entry.at.year) for entry in writer.history(form_id)] == [(1, 2025), (2, 1975), (3, 1975)]
    backup = writer.back_up(Reason.MANUAL)
    assert writer.close(20)
    assert backup is not None
    assert backup.is_verified


def run(module: str, folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", f"tests.models.{module}", str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    return ended.returncode, ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="no limit on file sizes")
def test_a_full_disk_is_told_and_everything_kept_until_there_is_room(tmp_path: Path) -> None:
    assert run("full_disk", tmp_path) == (0, "")


def test_a_change_that_cannot_be_stored_is_told_and_logged_once_without_its_text(tmp_path: Path) -> None:
    said = "ERROR:app.models.writer:a change could not be stored: UnicodeEncodeError\n"
    assert run("bad_change", tmp_path) == (0, said)


def test_a_form_that_is_not_there_is_told_to_who_asks(tmp_path: Path) -> None:
    with open_writer(tmp_path) as writer:
        with pytest.raises(AppError, match="不存在"):
            writer.load(7)
        assert writer.list_forms() == ()


def test_a_file_that_must_not_be_opened_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(AppError, match="0 字节"):
        Writer(tmp_path)


@pytest.mark.expected_logs
def test_a_listener_that_fails_does_not_end_the_saving(tmp_path: Path) -> None:
    def fail(_state: SaveState) -> None:
        raise ZeroDivisionError

    with open_writer(tmp_path, fail) as writer:
        form_id = create(writer)
        writer.submit(form_id, set_score("1"))
        assert score_of(writer, form_id) == "1"


def test_a_closed_writer_takes_nothing_more(tmp_path: Path) -> None:
    with open_writer(tmp_path) as writer:
        form_id = create(writer)
    assert writer.close()
    with pytest.raises(RuntimeError):
        writer.submit(form_id, set_score("1"))


def test_a_form_is_shown_before_the_database_libraries_are_loaded(tmp_path: Path) -> None:
    with open_writer(tmp_path) as writer:
        create(writer)
    script = (
        "import sys, pathlib; from app.models.writer import Writer; w = Writer(pathlib.Path(sys.argv[1]));"
        "w.load(w.list_forms()[0].id); sys.exit('sqlalchemy' in sys.modules or 'alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=True, timeout=60)
