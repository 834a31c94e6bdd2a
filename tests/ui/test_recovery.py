"""When the data file cannot be opened the user is told what is wrong and what is readable, and chooses a way out."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.bootstrap import Front
from app.form.form import value_at
from app.form.rows import Place
from app.models.folder import FILE_NAME
from app.models.opening import Kind, Unopenable
from app.models.safety.backups import Reason, list_backups
from app.models.safety.recovery import Salvage, salvage
from app.models.writer import Writer
from app.program import Program
from app.ui.safety.recovering import find_way_out
from app.ui.safety.recovery_dialog import Leave, RecoveryDialog, Restore, Retry, describe_salvage
from tests.ui.conftest import close_program, open_program
from tests.ui.user import User, push_in, texts_of

LEFT = Qt.MouseButton.LeftButton
SCORE = Place("indicators", "indicator-09", "score")


@pytest.fixture
def backed_up(folder: Path) -> Path:
    """A data folder with a backup."""
    writer = Writer(folder)
    writer.back_up(Reason.MANUAL)
    assert writer.close(30)
    return folder


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def refusal(folder: Path) -> Unopenable:
    with pytest.raises(Unopenable) as caught:
        Program(Front(folder))
    return caught.value


def answer_in_turn(act: Callable[[QDialog], None], *later: Callable[[QDialog], None], beyond: object = None) -> None:
    """Answer one dialog after the other, each when it is there, ``beyond`` the one before."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog is not beyond:
            timer.stop()
            if later:
                answer_in_turn(*later, beyond=dialog)
            act(dialog)

    timer = QTimer(QApplication.instance())  # each its own: a timer does not come again before it has been answered
    timer.timeout.connect(answer)
    timer.start(5)


def test_the_newest_backup_is_one_click_away(backed_up: Path, qtbot: QtBot) -> None:
    truncate(backed_up / FILE_NAME)
    failure = refusal(backed_up)
    assert failure.kind is Kind.TRUNCATED
    said: list[str] = []

    def answer(dialog: QDialog) -> None:
        said.append(texts_of(dialog))
        button = next(each for each in dialog.findChildren(QPushButton) if "恢复最近的备份" in each.text())
        assert button.isDefault()
        QTest.mouseClick(button, LEFT)

    answer_in_turn(answer)
    assert find_way_out(failure)
    assert "不完整：应有" in said[0]
    assert "这个文件中" in said[0]
    program = open_program(backed_up, qtbot)
    assert value_at(User(program, qtbot).form, SCORE) == "2"
    close_program(program)
    assert len(list((backed_up / "damaged").glob("*.db"))) == 1


def test_another_backup_can_be_chosen(backed_up: Path, qtbot: QtBot) -> None:
    empty(backed_up / FILE_NAME)
    choices: list[object] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryDialog)
        push_in(dialog, "选择其他备份…")
        assert dialog.list.isVisible()
        assert dialog.list.rowCount() == 1
        push_in(dialog, "恢复选中的备份")
        choices.append(dialog.choice)

    answer_in_turn(answer)
    assert find_way_out(refusal(backed_up))
    assert choices == [Restore(list_backups(backed_up)[0], is_salvaging=False)]
    program = Program(Front(backed_up))
    assert len(program.writer.list_forms()) == 1
    assert program.writer.close(30)


def test_beginning_anew_asks_again_and_keeps_the_file(folder: Path) -> None:
    empty(folder / FILE_NAME)
    said: list[str] = []

    def ask(dialog: QDialog) -> None:
        said.append(texts_of(dialog))
        push_in(dialog, "保留损坏的文件并重新开始…")

    def confirm(box: QDialog) -> None:
        said.append(texts_of(box))
        push_in(box, "重新开始")

    answer_in_turn(ask, confirm)
    assert find_way_out(refusal(folder))
    assert "没有找到完好的备份" in said[0]
    assert "不会删除" in said[1]
    writer = Writer(folder)
    assert writer.list_forms() == ()
    assert writer.close(30)
    assert len(list((folder / "damaged").glob("*.db"))) == 1


def test_not_beginning_anew_leaves_everything(folder: Path) -> None:
    empty(folder / FILE_NAME)
    dialogs: list[QDialog] = []

    def ask(dialog: QDialog) -> None:
        dialogs.append(dialog)
        push_in(dialog, "保留损坏的文件并重新开始…")
        push_in(dialog, "退出")

    answer_in_turn(ask, lambda box: push_in(box, "返回"))
    assert not find_way_out(refusal(folder))
    assert (folder / FILE_NAME).read_bytes() == b""
    assert not (folder / "damaged").exists()


def test_readable_forms_are_kept(folder: Path, qtbot: QtBot) -> None:
    """A damaged schema would hide nothing; here a row too many makes the file one that is not opened."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("CREATE TABLE more (x)")
    readable = salvage(folder / FILE_NAME)
    assert "仍可完整读出 1 份表" in describe_salvage(readable)

    def ask(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryDialog)
        assert dialog.salvaging.isChecked()
        push_in(dialog, "保留损坏的文件并重新开始…")

    answer_in_turn(ask, lambda box: push_in(box, "重新开始"))
    assert find_way_out(refusal(folder))
    writer = Writer(folder)
    (entry,) = writer.list_forms()
    assert writer.load(entry.id) == readable.forms[0].form
    assert writer.close(30)


@pytest.mark.parametrize(("caption", "choice"), [("重试", Retry()), ("退出", Leave())])
def test_what_putting_aside_would_not_help_offers_to_try_again_or_leave(caption: str, choice: object) -> None:
    dialog = RecoveryDialog(Unopenable(Kind.LOCKED, Path("x"), "数据文件正被另一个程序使用"), None, (), Salvage())
    assert [each.text() for each in dialog.findChildren(QPushButton)] == ["重试", "退出"]
    dialog.show()
    push_in(dialog, caption)
    assert dialog.choice == choice


def test_the_choice_says_whether_readable_forms_are_wanted(backed_up: Path) -> None:
    readable = salvage(backed_up / FILE_NAME)
    newest = list_backups(backed_up)[0]
    for is_wanted in (True, False):
        dialog = RecoveryDialog(Unopenable(Kind.DAMAGED, Path("x"), "损坏"), newest, (newest,), readable)
        dialog.salvaging.setChecked(is_wanted)
        dialog.show()
        dialog.findChildren(QPushButton)[0].click()
        assert dialog.choice == Restore(newest, is_wanted)


def test_what_is_readable_is_said() -> None:
    assert describe_salvage(Salvage()) == "这个文件中已经没有能读出的表。"
