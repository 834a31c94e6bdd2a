"""A backup is the whole data file as it was, verified before it has its name; what fails leaves nothing."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.form.failure import AppError
from app.models.files.backups import backup_steps, find_backup, is_backed_up, keep_present, verify_backup
from app.models.files.soundness import run
from app.models.opening import VERSION
from app.models.safety.backups import (
    SHELF,
    Backup,
    Reason,
    Unsound,
    list_backups,
    make_backup,
    read_contents,
    save_copy,
)
from tests.models.safety.office import AT, FILES, alter, blank, dump, fill, live, scramble, set_score, writing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / SHELF).iterdir())


def test_a_backup_holds_what_the_data_file_holds(tmp_path: Path) -> None:
    fill(tmp_path)
    backup = make_backup(tmp_path, Reason.START, AT)
    path = tmp_path / SHELF / "20261122-103000-000001-start.db"
    assert backup == Backup(path.name, path, AT, Reason.START, path.stat().st_size, is_verified=True)
    assert dump(path) == dump(live(tmp_path))
    assert names(tmp_path) == [path.name]
    assert list_backups(tmp_path) == (backup,)
    assert find_backup(tmp_path, path.name) == backup


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits")
def test_a_backup_is_the_user_s_own(tmp_path: Path) -> None:
    fill(tmp_path)
    path = make_backup(tmp_path, Reason.MANUAL, AT).path
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_number_orders_whatever_the_clock_says(tmp_path: Path) -> None:
    fill(tmp_path)
    times = [AT, datetime(1975, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC), AT - timedelta(days=1)]
    made = [make_backup(tmp_path, Reason.INTERVAL, at) for at in times]
    assert list_backups(tmp_path) == tuple(reversed(made))
    assert [backup.number for backup in made] == [1, 2, 3, 4]


def test_what_is_no_backup_is_not_listed(tmp_path: Path) -> None:
    assert list_backups(tmp_path) == ()
    (tmp_path / SHELF).mkdir()
    for name in ("说明.txt", "20261122-103000-000001-why.db", "20261322-103000-000001-start.db", "000001.new"):
        (tmp_path / SHELF / name).touch()
    assert list_backups(tmp_path) == ()
    with pytest.raises(AppError, match="备份 x 不存在"):
        find_backup(tmp_path, "x")


def test_changes_that_are_not_committed_yet_are_not_in_it(tmp_path: Path) -> None:
    fill(tmp_path)
    before = dump(live(tmp_path))
    with closing(sqlite3.connect(live(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE indicators SET score = '7'")
        assert dump(make_backup(tmp_path, Reason.MANUAL, AT).path) == before
        other.execute("ROLLBACK")


def test_a_damaged_file_makes_no_backup_and_its_content_is_kept_all_the_same(tmp_path: Path) -> None:
    fill(tmp_path)
    alter(live(tmp_path), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    with pytest.raises(Unsound, match="“甲局”2024 年的表有 1 处"):
        make_backup(tmp_path, Reason.START, AT)
    assert names(tmp_path) == []
    kept = keep_present(tmp_path, Reason.RESTORE, AT)
    assert (kept.reason, kept.is_verified) == (Reason.DAMAGED, False)
    assert dump(kept.path) == dump(live(tmp_path))


def test_a_sound_file_is_kept_as_a_backup(tmp_path: Path) -> None:
    fill(tmp_path)
    assert keep_present(tmp_path, Reason.RESTORE, AT).reason is Reason.RESTORE


def test_a_file_in_use_makes_no_backup(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(live(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(AppError, match=r"没有做成备份（.*另一个程序"):
            make_backup(tmp_path, Reason.START, AT)
    assert names(tmp_path) == []


def test_a_place_that_is_taken_is_told(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / SHELF).touch()
    with pytest.raises(AppError, match=f"没有做成备份（.*{SHELF}"):
        make_backup(tmp_path, Reason.START, AT)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes")
def test_a_full_disk_leaves_no_half_backup(tmp_path: Path) -> None:
    fill(tmp_path)
    script = (
        "import resource, signal, sys; from datetime import datetime, UTC; from pathlib import Path\n"
        "from app.form.failure import AppError; from app.models.safety.backups import Reason, make_backup\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY))\n"
        "try: make_backup(Path(sys.argv[1]), Reason.START, datetime.now(UTC))\n"
        "except AppError as error: print('told')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "told\n", done.stderr
    assert names(tmp_path) == []
    assert make_backup(tmp_path, Reason.START, AT).is_verified


def test_copying_gives_way_and_begins_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    looks = count()
    steps = backup_steps(tmp_path, Reason.START, AT, lambda: next(looks) in (0, 1))
    next(steps)
    assert not list((tmp_path / SHELF).iterdir())
    set_score(tmp_path, "1.5")  # what was waited for
    assert dump(run(steps).path) == dump(live(tmp_path))


def test_giving_a_backup_up_leaves_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    steps = backup_steps(tmp_path, Reason.START, AT)
    next(steps)
    assert names(tmp_path) == ["000001.new"]
    steps.close()
    assert names(tmp_path) == []


def test_only_what_changed_needs_another_backup(tmp_path: Path) -> None:
    fill(tmp_path)
    assert not is_backed_up(tmp_path)
    make_backup(tmp_path, Reason.START, AT)
    assert is_backed_up(tmp_path)
    set_score(tmp_path, "1.5")
    assert not is_backed_up(tmp_path)
    backup = make_backup(tmp_path, Reason.START, AT)
    assert is_backed_up(tmp_path)
    backup.path.write_bytes(backup.path.read_bytes()[:-4096])  # a backup that is cut off is none
    assert not is_backed_up(tmp_path)


def test_a_writer_backs_up_all_that_was_submitted_once(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        writer.create(blank(), "新建")
        backup = writer.back_up(Reason.DELETE)
        assert backup is not None
        assert writer.back_up(Reason.DELETE) is None
        assert writer.list_backups() == (backup,)
        (stored,) = writer.read_backup(backup.name).forms
        assert (stored.entry, stored.form) == (writer.list_forms()[0], blank())


def test_before_something_is_done_a_damaged_file_is_kept_as_it_is(tmp_path: Path) -> None:
    fill(tmp_path)
    alter(live(tmp_path), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    with writing(tmp_path) as writer:
        backup = writer.back_up(Reason.DELETE)
    assert backup is not None
    assert (backup.reason, dump(backup.path)) == (Reason.DAMAGED, dump(live(tmp_path)))


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_backup_of_an_older_version_can_be_looked_into_and_stays_as_it_is(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.db"
    shutil.copyfile(FILES / f"v{version}.db", path)
    before = path.read_bytes()
    (stored,) = read_contents(path).forms
    assert (stored.entry.unit, stored.form.duties[1].text) == ("样本单位", "第二项职能𠮷")
    assert (path.read_bytes(), [*tmp_path.iterdir()]) == (before, [path])


def test_a_copy_elsewhere_is_a_whole_one(tmp_path: Path) -> None:
    fill(tmp_path / "data")
    backup, stick = make_backup(tmp_path / "data", Reason.MANUAL, AT), tmp_path / "stick"
    stick.mkdir()
    for _ in range(2):  # the second time over the first
        assert save_copy(backup, stick) == stick / backup.name
        assert dump(stick / backup.name) == dump(backup.path)
    with pytest.raises(AppError, match="没有做成备份"):
        save_copy(backup, tmp_path / "gone")
    alter(backup.path, "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    with pytest.raises(Unsound):
        save_copy(backup, stick)
    assert [path.name for path in stick.iterdir()] == [backup.name]


# --- rot ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    fill(folder, "甲局", "乙局")
    return make_backup(folder, Reason.START, AT).path


@settings(max_examples=60)
@given(st.data())
def test_a_flipped_bit_is_found_or_changes_nothing(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "flipped.db"
    content = bytearray(sound.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    if verify_backup(path) == "":
        assert read_contents(path) == read_contents(sound)


@pytest.mark.parametrize("offset", [60, 63, 68, 71])
def test_a_flipped_bit_in_what_the_file_says_of_itself_is_found(sound: Path, tmp_path: Path, offset: int) -> None:
    """Version and application id stand in no row."""
    path = tmp_path / "flipped.db"
    content = bytearray(sound.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)
    assert "表的结构与第" in verify_backup(path)


@pytest.mark.parametrize("seed", range(5))
def test_zeroed_pages_and_cut_ends_are_found(sound: Path, tmp_path: Path, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - repeatable on purpose
    content = bytearray(sound.read_bytes())
    page = dice.randrange(1, len(content) // 4096)
    path = tmp_path / "zeroed.db"
    path.write_bytes(content[: page * 4096] + bytes(4096) + content[(page + 1) * 4096 :])
    assert verify_backup(path)
    path.write_bytes(content[: dice.randrange(len(content) - 4096)])
    assert verify_backup(path)


def test_a_damage_that_cannot_even_be_quoted_is_found(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "misspelt.db"
    path.write_bytes(sound.read_bytes().replace(b"CREATE TABLE units", b"CREATE TAB\xd2E units"))
    assert verify_backup(path) == "完整性检查没有通过"


def test_the_structure_alone_would_not_show_a_changed_value(sound: Path, tmp_path: Path) -> None:
    """The control: SQLite finds nothing wrong with what the row's hash finds."""
    path = tmp_path / "changed.db"
    shutil.copyfile(sound, path)
    alter(path, "UPDATE indicators SET score = '9' WHERE key = 'indicator-09' AND form_id = 1")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert verify_backup(path) == "“甲局”2024 年的表有 1 处与写入时不一致"


def test_a_scrambled_backup_is_said_to_be(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "scrambled.db"
    shutil.copyfile(sound, path)
    scramble(path)
    assert verify_backup(path) == "完整性检查没有通过"
