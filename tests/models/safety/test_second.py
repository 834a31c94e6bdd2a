"""Second copies: each verified backup also lies in the folder that was named; what is wrong there is told and blocks nothing."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.models.files.backups import SHELF, make_backup
from app.models.safety.backups import Reason, list_backups, read_contents
from app.models.safety.notices import Bulletin, Matter, Notice
from app.models.safety.second import SecondCopies
from app.models.safety.upkeep import BREATH, EVERY, Upkeep
from tests.models.safety.office import AT, fill, set_score

PATIENCE = 30.0


@dataclass
class Office:
    """A data folder with second copies, and a clock that goes only when it is told to."""

    folder: Path
    seconds: float = 0.0
    heard: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        bulletin = Bulletin()
        bulletin.watch(self.heard.append)
        self.upkeep = Upkeep(self.folder, bulletin.tell, clock=lambda: AT, timer=lambda: self.seconds)

    def rest(self) -> None:
        while self.upkeep.step() == BREATH:
            pass
        assert self.upkeep.second.wait(PATIENCE)

    def names(self) -> set[str]:
        return {backup.name for backup in list_backups(self.folder)}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "data"
    folder.mkdir()
    fill(folder)
    return Office(folder)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    disk = tmp_path / "另一块盘"
    disk.mkdir()
    return disk


def found(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_backup_gets_a_second_copy(office: Office, disk: Path) -> None:
    make_backup(office.folder, Reason.MANUAL, AT)
    set_score(office.folder, "1.5")
    office.upkeep.arrange(EVERY, disk)
    office.rest()
    assert found(disk) == office.names()
    assert len(found(disk)) == 2
    assert office.heard == []
    (copy,) = (path for path in disk.iterdir() if "start" in path.name)
    (stored,) = read_contents(copy).forms
    assert stored.entry.unit == "甲局"


def test_copies_come_at_the_arranged_interval_and_go_with_their_backups(office: Office, disk: Path) -> None:
    foreign = disk / "20200101-000000-000001-manual.db"
    foreign.write_bytes(b"of another computer")
    office.upkeep.arrange(300, disk)
    for number in range(20):
        office.rest()
        office.seconds += 300
        set_score(office.folder, str(number))
    office.rest()
    assert len(office.names()) == 12
    assert found(disk) == office.names() | {foreign.name}


def test_a_shorter_interval_counts_at_once(office: Office) -> None:
    office.rest()
    set_score(office.folder, "2")
    office.seconds = 300
    office.rest()
    assert len(office.names()) == 1
    office.upkeep.arrange(300, None)
    office.rest()
    assert len(office.names()) == 2


def test_a_disk_that_is_not_there_is_told_once_and_made_up_for(office: Office, disk: Path) -> None:
    disk.rmdir()
    office.upkeep.arrange(EVERY, disk)
    office.rest()
    office.rest()
    (notice,) = office.heard
    assert notice.matter is Matter.SECOND_COPY
    assert str(disk) in notice.text
    assert "本机的备份照常" in notice.text
    assert not disk.exists()
    assert len(office.names()) == 1
    disk.mkdir()
    office.rest()
    assert found(disk) == office.names()
    assert office.heard[1:] == [Notice(Matter.SECOND_COPY, "")]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_disk_that_takes_nothing_is_told(office: Office, disk: Path) -> None:
    disk.chmod(0o500)
    office.upkeep.arrange(EVERY, disk)
    office.rest()
    assert [notice.matter for notice in office.heard] == [Matter.SECOND_COPY]
    disk.chmod(0o700)


def test_the_shelf_itself_is_no_second_place(office: Office) -> None:
    office.upkeep.arrange(EVERY, office.folder / SHELF)
    office.rest()
    assert "请另选一个" in office.heard[0].text
    office.upkeep.arrange(EVERY, None)
    office.rest()
    assert office.heard[1:] == [Notice(Matter.SECOND_COPY, "")]


def test_damaged_backups_get_no_second_copy(office: Office, disk: Path) -> None:
    name = make_backup(office.folder, Reason.MANUAL, AT).name
    shelf = office.folder / SHELF
    (shelf / name).rename(shelf / name.replace("manual", "damaged"))
    office.upkeep.arrange(EVERY, disk)
    office.rest()
    assert found(disk) == {each for each in office.names() if "start" in each}


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe stands for a share that hangs")
def test_a_place_that_hangs_holds_nothing_up(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told: list[Notice] = []
    second = SecondCopies(office.folder, told.append)

    def read(_: Path) -> None:
        pipe.read_bytes()  # until somebody writes

    monkeypatch.setattr(second, "_work", read)
    second.move(tmp_path)
    second.go_on()
    second.go_on()
    assert not second.wait(0)
    pipe.write_bytes(b"")
    assert second.wait(PATIENCE)


def test_what_cant_be_taken_away_now_is_taken_away_later(tmp_path: Path, disk: Path) -> None:
    heard: list[Notice] = []
    copies = SecondCopies(tmp_path, heard.append)
    copies.move(disk)
    outdated = {f"2020010{day}-000000-000001-manual.db" for day in range(1, 5)}
    for name in outdated:
        (disk / name).mkdir()
    copies.drop(outdated)
    for is_free in (False, True):
        if is_free:
            for path in disk.iterdir():
                path.rmdir()
                path.touch()
        copies.go_on()
        assert copies.wait(PATIENCE)
        assert found(disk) == (set() if is_free else outdated)
    assert [bool(notice.text) for notice in heard] == [True, False]
