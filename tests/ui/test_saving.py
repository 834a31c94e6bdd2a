"""Saved means on disk: what the window says about saving, and what is there when it is opened again."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.form.form import value_at
from app.form.rows import Place
from app.models.folder import FILE_NAME
from app.models.state import Saved, Saving, Unsaved, now
from app.models.writer import Writer
from tests.ui.conftest import close_program, open_program
from tests.ui.user import PATIENCE, User, captions_of, push_in, texts_of

SCORE = Place("indicators", "indicator-09", "score")
UNIT = Place("cover", "", "unit")
ROOT = Path(__file__).parents[2]


def score_on_disk(folder: Path) -> str:
    """The score as another program reads it from the data file now."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        ((score,),) = connection.execute("SELECT score FROM indicators WHERE key = ?", (SCORE.key,)).fetchall()
    return str(score)


def banner_text(user: User) -> str:
    return "".join(label.text() for label in user.window.banner.findChildren(QLabel))


def test_saved_is_said_only_when_it_is_on_disk(user: User, folder: Path) -> None:
    seen: list[tuple[str, str]] = []

    def look(state: object) -> None:
        if isinstance(state, Saved):
            seen.append((user.saved, score_on_disk(folder)))

    user.program.front.relay.told.connect(look)
    user.type_into(SCORE, "1.75")
    user.bot.waitUntil(lambda: bool(seen) and user.saved.startswith("已保存"), timeout=PATIENCE)
    label, stored = seen[-1]
    assert stored == "1.75"
    assert label == user.saved


def test_the_time_of_saving_is_shown(user: User) -> None:
    at = now()
    user.window.show_save_state(Saving(3))
    assert user.saved == "正在保存…"
    user.window.show_save_state(Saved(at))
    assert user.saved == f"已保存 {at.astimezone():%H:%M:%S}"


def test_closing_and_opening_again_gives_the_same_form(folder: Path, qtbot: QtBot) -> None:
    program = open_program(folder, qtbot)
    user = User(program, qtbot)
    user.type_into(SCORE, "1.75")
    user.type_into(UNIT, "x")
    user.go_to(SCORE)
    user.write("9")  # the editor is still open when the window is closed
    form = user.form
    close_program(program)
    again = open_program(folder, qtbot)
    assert User(again, qtbot).form == form
    assert value_at(form, SCORE) == "9"
    close_program(again)


def test_a_file_that_moved_away_is_told_and_trying_again_saves(user: User, folder: Path) -> None:
    moved = (folder / FILE_NAME).rename(folder / "moved")
    user.type_into(SCORE, "1.75")
    user.bot.waitUntil(user.window.banner.isVisible, timeout=PATIENCE)
    assert user.saved == "⚠ 尚未保存"
    assert "数据文件已被移动、删除或替换，请将它放回原处" in banner_text(user)
    user.go_to(SCORE)
    user.write("1.5")  # typing goes on
    assert user.shown(SCORE) == "1.5"
    moved.rename(folder / FILE_NAME)
    (retry,) = user.window.banner.findChildren(QPushButton)
    user.click(retry)
    user.wait_saved()
    assert not user.window.banner.isVisible()
    assert user.stored() == user.form
    assert value_at(user.form, SCORE) == "1.5"


def test_a_file_locked_by_another_program_is_never_called_saved(user: User, folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        user.type_into(SCORE, "1.75")
        user.bot.waitUntil(user.window.banner.isVisible, timeout=PATIENCE)
        assert "数据文件正被另一个程序使用，请关闭那个程序" in banner_text(user)
        assert not user.saved.startswith("已保存")
        other.execute("ROLLBACK")
    user.wait_saved()
    assert score_on_disk(folder) == "1.75"


def test_the_banner_counts_what_waits(user: User) -> None:
    user.window.show_save_state(Unsaved(2, "磁盘已满。"))
    assert user.window.banner.isVisible()
    assert "磁盘已满。" in banner_text(user)
    assert "2 处修改" in banner_text(user)
    user.window.show_save_state(Saved(now()))
    assert not user.window.banner.isVisible()


def test_closing_with_unsaved_changes_asks_first(user: User, folder: Path) -> None:
    moved = (folder / FILE_NAME).rename(folder / "moved")
    user.type_into(SCORE, "1.75")
    user.bot.waitUntil(user.window.banner.isVisible, timeout=PATIENCE)
    said: list[str] = []

    def wait(dialog: QDialog) -> None:
        said.extend((texts_of(dialog), *captions_of(dialog)))
        push_in(dialog, "继续等待")

    user.answer(wait)
    assert not user.window.close()
    assert user.window.isVisible()
    assert "现在关闭会失去这些修改" in said[0]
    assert set(said[1:]) == {"继续等待", "不保存并关闭"}
    moved.rename(folder / FILE_NAME)
    user.program.writer.retry()
    user.wait_saved()


def test_the_file_cannot_grow_so_the_banner_stays_and_nothing_is_called_saved(
    first_folder: Path, tmp_path: Path
) -> None:
    """A full disk, made by the system: in a process of its own that may not write files beyond their size."""
    folder = shutil.copytree(first_folder, tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == ["⚠ 尚未保存|True|1.75"], done.stderr
    assert score_on_disk(folder) == "2"


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from app.bootstrap import Front
from app.program import Program
from app.editing.edits import set_value
from app.form.rows import Place

program = Program(Front(Path(sys.argv[1])))
program.window.show()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
session = program.window.session
place = Place("indicators", "indicator-09", "score")
session.edit(set_value(session.outcome.form, place, "1.75"))
while not program.window.banner.isVisible():
    program.application.processEvents()
value = next(row.score for row in session.outcome.form.indicators if row.key == place.key)
print(program.window.saved.text(), program.window.banner.isVisible(), value, sep="|", flush=True)
"""


def test_killed_while_typing_nothing_called_saved_is_lost(first_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(first_folder, tmp_path / "data"))
    with subprocess.Popen(
        [sys.executable, "-c", TYPING, str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        last = 0
        for line in child.stdout:
            last = int(line)
            if last == 30:
                child.send_signal(signal.SIGKILL)
    assert last >= 30
    writer = Writer(folder)
    (entry,) = writer.list_forms()
    score = value_at(writer.load(entry.id), SCORE)
    assert writer.close(30)
    assert int(str(score)) >= 1000 + last


# Types the next number as soon as the label says that the one before is saved, and prints that one.
TYPING = """
import sys
from pathlib import Path
from app.bootstrap import Front
from app.program import Program
from app.editing.edits import set_value
from app.form.rows import Place
from app.models.state import Saved

program = Program(Front(Path(sys.argv[1])))
program.window.show()
count = 0

def type_next(state):
    global count
    if state is None or isinstance(state, Saved):
        if program.window.saved.text().startswith("已保存"):
            print(count, flush=True)
        count += 1
        session = program.window.session
        session.edit(set_value(session.outcome.form, Place("indicators", "indicator-09", "score"), str(1000 + count)))

program.front.relay.told.connect(type_next)
type_next(None)
program.application.exec()
"""
