"""What is done when nobody waits: at its time, in short steps, told once, and never in the way of saving."""

import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from app.models.files.backups import make_backup
from app.models.opening import Kind, Unopenable
from app.models.safety.backups import SHELF, Reason, list_backups
from app.models.safety.custody import MARKER, Custody
from app.models.safety.notices import Bulletin, Matter, Notice
from app.models.safety.upkeep import BREATH, EVERY, LEAST, LOOK, Upkeep
from app.models.writer import Writer
from tests.models.safety.office import AT, alter, blank, fill, live, scramble, set_score, writing


@dataclass
class Office:
    """A data folder that is looked after, and a clock that goes only when it is told to."""

    folder: Path
    at: datetime = AT
    seconds: float = 0.0
    heard: list[Notice] = field(default_factory=list)
    is_urged: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        self.bulletin = Bulletin()
        self.bulletin.watch(self.heard.append)
        self.upkeep = Upkeep(
            self.folder,
            self.bulletin.tell,
            is_urged=self.is_urged,
            clock=lambda: self.at,
            timer=lambda: self.seconds,
        )

    def rest(self) -> float:
        """Let everything be done that is due; seconds until there is more."""
        while (pause := self.upkeep.step()) == BREATH:
            pass
        return pause

    def reasons(self) -> list[Reason]:
        return [backup.reason for backup in reversed(list_backups(self.folder))]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    fill(tmp_path)
    return Office(tmp_path)


def test_a_start_after_a_change_makes_a_backup(office: Office) -> None:
    assert office.rest() == LOOK
    assert office.reasons() == [Reason.START]
    Office(office.folder).rest()
    assert office.reasons() == [Reason.START]
    set_score(office.folder, "1.5")
    Office(office.folder).rest()
    assert office.reasons() == [Reason.START, Reason.START]
    assert office.heard == []


def test_every_half_hour_what_changed_is_backed_up(office: Office) -> None:
    office.rest()
    for number in range(5):
        if number % 2:
            set_score(office.folder, str(number))
        office.seconds += EVERY - 1
        assert office.rest() == 1
        assert len(office.reasons()) == 1 + number // 2
        office.seconds += 1
        office.rest()
    assert office.reasons() == [Reason.START, Reason.INTERVAL, Reason.INTERVAL]


def test_a_clock_that_was_set_back_delays_and_displaces_nothing(office: Office) -> None:
    office.rest()
    office.at = datetime(1975, 1, 1, tzinfo=UTC)
    for score in ("1", "2"):
        set_score(office.folder, score)
        office.seconds += EVERY
        office.rest()
    newest, _, oldest = list_backups(office.folder)
    assert (newest.at.year, newest.number, oldest.at.year) == (1975, 3, 2026)


def test_outdated_backups_go_when_a_new_one_is_there(office: Office) -> None:
    for number in range(20):
        set_score(office.folder, str(number))
        office.seconds += EVERY
        office.rest()
    assert len(office.reasons()) == 12


def test_no_step_takes_more_than_its_part(tmp_path: Path) -> None:
    fill(tmp_path, *(f"第{number}局" for number in range(10)))
    office = Office(tmp_path)
    steps = 0
    while office.upkeep.step() == BREATH:
        steps += 1
    assert steps > 15


def test_who_waits_is_let_in_front(office: Office) -> None:
    busy = Event()
    office.upkeep._is_urged = busy.is_set  # type: ignore[misc]
    busy.set()
    for _ in range(100):
        assert office.upkeep.step() == BREATH
    assert office.reasons() == []
    busy.clear()
    office.rest()
    assert office.reasons() == [Reason.START]


def test_a_backup_that_fails_is_told_once_and_made_later(office: Office) -> None:
    (office.folder / SHELF).touch()
    for _ in range(3):
        office.seconds += EVERY
        office.rest()
    (notice,) = office.heard
    assert notice.matter is Matter.BACKUP
    assert "没有做成备份" in notice.text
    assert "仍照常保存" in notice.text
    (office.folder / SHELF).unlink()
    office.seconds += EVERY
    office.rest()
    assert office.heard[1:] == [Notice(Matter.BACKUP, "")]
    assert office.reasons() == [Reason.INTERVAL]


def test_damage_is_told_and_no_backup_is_made_of_it(office: Office) -> None:
    office.rest()
    alter(live(office.folder), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    again = Office(office.folder)
    again.rest()
    assert [notice.matter for notice in again.heard] == [Matter.DAMAGE]
    assert "“甲局”2024 年的表有 1 处" in again.heard[0].text
    assert "备份与恢复" in again.heard[0].text
    fill(office.folder, "乙局")
    again.seconds += EVERY
    again.rest()
    assert [notice.matter for notice in again.heard] == [Matter.DAMAGE, Matter.BACKUP]
    assert again.reasons() == [Reason.START]


def test_little_space_is_told_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's
    free = [LEAST - 1, LEAST - 1, LEAST, LEAST - 1]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, free.pop(0)))
    while free:
        office.rest()
        office.seconds += EVERY
    assert [notice.matter for notice in office.heard] == [Matter.SPACE] * 3
    assert "只剩 49 MB" in office.heard[0].text
    assert office.heard[1].text == ""


def test_what_was_killed_leaves_nothing_for_long(office: Office) -> None:
    make_backup(office.folder, Reason.START, AT)
    shelf = office.folder / SHELF
    (shelf / ".work-x").mkdir()
    for path in (shelf / "000007.new", shelf / "000007.new-journal", shelf / ".work-x" / "jixiao.db"):
        path.touch()
    office.rest()
    assert [path.name for path in shelf.iterdir()] == ["20261122-103000-000001-start.db"]


@pytest.mark.expected_logs
def test_a_bug_in_upkeep_is_logged_and_ends_nothing_else(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.upkeep._watch_space = None  # type: ignore[assignment,method-assign]
    assert [office.upkeep.step() for _ in range(3)] == [LOOK] * 3
    assert caplog.messages == ["upkeep stopped: TypeError"]


# --- in the writer -----------------------------------------------------------------------------------------------------


def test_the_writer_backs_up_when_it_is_idle(tmp_path: Path) -> None:
    fill(tmp_path)
    set_score(tmp_path, "1.5")
    done = Event()
    looked = []

    def timer() -> float:  # asked once the backup of the start is made
        looked.append(list_backups(tmp_path))
        done.set()
        return 0.0

    writer = Writer(tmp_path, None, lambda: AT, timer=timer)
    assert done.wait(20)
    assert [backup.reason for backup in looked[0]] == [Reason.START]
    assert writer.close(20)


def test_what_was_noticed_before_anybody_watched_is_told_then(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        writer._bulletin.tell(Notice(Matter.SPACE, "只剩 3 MB"))
        heard: list[Notice] = []
        writer.watch(heard.append)
        assert heard == [Notice(Matter.SPACE, "只剩 3 MB")]


def test_after_a_clean_end_no_mark_is_left(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        writer.create(blank(), "新建")
        assert (tmp_path / MARKER).exists()
    assert not (tmp_path / MARKER).exists()


def test_after_an_unclean_end_damage_is_known_before_the_window_appears(tmp_path: Path) -> None:
    fill(tmp_path)
    alter(live(tmp_path), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    (tmp_path / MARKER).touch()
    for _ in range(2):  # closing does not hide it
        with writing(tmp_path) as writer:
            heard: list[Notice] = []
            writer.watch(heard.append)
            assert [notice.matter for notice in heard] == [Matter.DAMAGE]
            assert len(writer.inspect()) == 1


def test_a_broken_structure_is_not_opened_after_an_unclean_end(tmp_path: Path) -> None:
    fill(tmp_path, *(f"第{number}局" for number in range(10)))
    backup = make_backup(tmp_path, Reason.START, AT)
    scramble(live(tmp_path))
    (tmp_path / MARKER).touch()
    with pytest.raises(Unopenable) as caught:
        Writer(tmp_path)
    assert caught.value.kind is Kind.DAMAGED
    assert [*list_backups(tmp_path)] == [backup]


def test_restoring_settles_the_damage(tmp_path: Path) -> None:
    fill(tmp_path)
    backup = make_backup(tmp_path, Reason.START, AT)
    alter(live(tmp_path), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    (tmp_path / MARKER).touch()
    with writing(tmp_path) as writer:
        heard: list[Notice] = []
        writer.watch(heard.append)
        writer.restore_backup(backup.name)
        assert heard[1:] == [Notice(Matter.DAMAGE, "")]
    assert not (tmp_path / MARKER).exists()


def test_a_locked_file_is_inspected_later(office: Office) -> None:
    (office.folder / MARKER).touch()
    with closing(sqlite3.connect(live(office.folder), isolation_level=None)) as other:
        custody = Custody(office.folder, office.upkeep)
        other.execute("BEGIN EXCLUSIVE")
        office.rest()
        other.execute("ROLLBACK")
    assert [notice.matter for notice in office.heard] == [Matter.BACKUP]
    office.seconds += EVERY
    office.rest()
    assert office.heard[1:] == [Notice(Matter.BACKUP, "")]
    custody.close()
