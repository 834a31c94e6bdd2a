"""Restoring goes back to a backup in one step, after the present state was backed up; the old or the new, whole."""

import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.form.failure import AppError
from app.models.connection import open_raw
from app.models.opening import VERSION
from app.models.safety.backups import SHELF, Reason, list_backups, make_backup, verify_backup
from app.models.safety.inspection import inspect_file
from app.models.safety.restoring import restore_backup
from tests.models.desk import open_desk
from tests.models.safety.office import (
    AT,
    FILES,
    alter,
    blank,
    dump,
    fill,
    live,
    score_of,
    scramble,
    set_score,
    writing,
)


def test_going_back_and_forth(tmp_path: Path) -> None:
    fill(tmp_path)
    first = make_backup(tmp_path, Reason.START, AT)
    set_score(tmp_path, "1.5")
    inode, newer = live(tmp_path).stat().st_ino, dump(live(tmp_path))
    before = restore_backup(tmp_path, first.path, AT)
    assert dump(live(tmp_path)) == dump(first.path)
    assert live(tmp_path).stat().st_ino == inode  # written into, not replaced
    assert (before.reason, dump(before.path)) == (Reason.RESTORE, newer)
    restore_backup(tmp_path, before.path, AT)
    assert dump(live(tmp_path)) == newer
    assert score_of(tmp_path) == "1.5"
    assert [backup.reason for backup in list_backups(tmp_path)] == [Reason.RESTORE, Reason.RESTORE, Reason.START]
    assert not [path for path in (tmp_path / SHELF).iterdir() if path.is_dir()]


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_backup_of_an_older_version_is_brought_up(tmp_path: Path, version: int) -> None:
    fill(tmp_path)
    old = tmp_path / "old.db"
    shutil.copyfile(FILES / f"v{version}.db", old)
    restore_backup(tmp_path, old, AT)
    with open_desk(tmp_path) as desk:
        (entry,) = desk.list_forms()
        assert (entry.unit, desk.load(entry.id).duties[1].text) == ("样本单位", "第二项职能𠮷")


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    fill(tmp_path)
    backup, before = make_backup(tmp_path, Reason.START, AT), dump(live(tmp_path))
    alter(backup.path, "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    with pytest.raises(AppError, match=r"已经损坏（“甲局”2024 年的表有 1 处.*当前内容未改动"):
        restore_backup(tmp_path, backup.path, AT)
    scramble(backup.path)
    with pytest.raises(AppError, match="已经损坏（完整性检查没有通过"):
        restore_backup(tmp_path, backup.path, AT)
    assert dump(live(tmp_path)) == before
    assert list_backups(tmp_path)[0].number == 1


def test_a_damaged_row_is_repaired_and_the_damaged_state_kept(tmp_path: Path) -> None:
    fill(tmp_path)
    backup = make_backup(tmp_path, Reason.START, AT)
    alter(live(tmp_path), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    before = restore_backup(tmp_path, backup.path, AT)
    assert (before.reason, before.is_verified) == (Reason.DAMAGED, False)
    assert score_of(tmp_path) == ""


def test_while_another_program_uses_the_file_nothing_is_restored(tmp_path: Path) -> None:
    fill(tmp_path)
    backup = make_backup(tmp_path, Reason.START, AT)
    set_score(tmp_path, "1.5")
    with closing(sqlite3.connect(live(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AppError, match=r"没有恢复（.*另一个程序.*当前内容未改动"):
            restore_backup(tmp_path, backup.path, AT)
        other.execute("ROLLBACK")
    assert score_of(tmp_path) == "1.5"


def test_the_writer_goes_on_with_what_was_restored(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        form_id = writer.create(blank(), "新建").id
        draft = writer.back_up(Reason.MANUAL)
        assert draft is not None
        writer.finalise(form_id, "王会计")
        before = writer.restore_backup(draft.name)
        assert writer.list_forms()[0].final is None
        assert writer.inspect() == ()
        writer.restore_backup(before.name)
        assert writer.list_forms()[0].final == 1
        with pytest.raises(AppError, match="已经定稿（第 1 版）"):
            writer.submit(form_id, None)  # type: ignore[arg-type]  # it is refused before it is looked at
        with pytest.raises(AppError, match="不存在"):
            writer.restore_backup("x")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one_whole(tmp_path: Path) -> None:
    """The bench kills some hundred; before and after every kill the backups are sound, too."""
    fill(tmp_path, *(f"第{number}局" for number in range(12)))
    old = make_backup(tmp_path, Reason.START, AT)
    set_score(tmp_path, "1.5")
    new = make_backup(tmp_path, Reason.START, AT)
    states = {score: dump(backup.path) for score, backup in (("", old), ("1.5", new))}
    dice = Random(7)  # noqa: S311 - repeatable on purpose
    for _ in range(12):
        child = os.fork()
        if child == 0:
            for backup in (old, new) * 100:
                restore_backup(tmp_path, backup.path, AT)
            os._exit(0)
        time.sleep(dice.uniform(0.05, 0.4))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        score = score_of(tmp_path)
        assert dump(live(tmp_path)) == states[score]
        assert not [backup.name for backup in list_backups(tmp_path) if verify_backup(backup.path)]


def test_a_file_copied_over_a_crashed_one_would_be_damaged(tmp_path: Path) -> None:
    """The control: the journal of what was killed is rolled back into the copy."""
    fill(tmp_path)
    backup = make_backup(tmp_path, Reason.START, AT)
    with closing(sqlite3.connect(live(tmp_path), isolation_level=None)) as crashed:
        crashed.execute("PRAGMA cache_size = 1")  # written to the file before the commit
        crashed.execute("BEGIN IMMEDIATE")
        for number in range(300):
            crashed.execute("INSERT INTO units VALUES (?, ?, '')", (number + 10, f"单位{number}" * 50))
        crashed_folder = tmp_path / "crashed"
        crashed_folder.mkdir()
        for suffix in ("", "-journal"):
            shutil.copyfile(f"{live(tmp_path)}{suffix}", f"{live(crashed_folder)}{suffix}")
        crashed.execute("ROLLBACK")
    sound = tmp_path / "sound"
    shutil.copytree(crashed_folder, sound)
    restore_backup(sound, backup.path, AT)
    assert dump(live(sound)) == dump(backup.path)
    fill(tmp_path, "乙局")  # so that the pages in the journal are not those of the copy
    shutil.copyfile(live(tmp_path), live(crashed_folder))
    with closing(open_raw(live(crashed_folder), "rw")) as connection:
        assert inspect_file(connection)
