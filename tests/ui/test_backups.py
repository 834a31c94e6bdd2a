"""备份与恢复 at the window: what is there, what is in it, and going back to it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMessageBox, QPushButton, QTableWidget

from app.form.form import value_at
from app.form.rows import Place
from app.models.folder import FILE_NAME
from app.models.safety.backups import Reason, make_backup, verify_backup
from app.models.safety.notices import Matter, Notice
from app.ui.safety.backups import Backups
from app.ui.safety.backups_dialog import BackupsDialog, say_size
from tests.ui.boxes import answer_box
from tests.ui.user import PATIENCE, User, push_in

SCORE = Place("indicators", "indicator-09", "score")
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def backups(user: User) -> Backups:
    program = user.program

    def reopen() -> None:
        form_id = user.session.workspace.form_id
        user.window.close_form()
        program.shelf.open_form(form_id)

    wired: object = getattr(program, "backups", None)
    return wired if isinstance(wired, Backups) else Backups(user.window, program.writer, reopen, program.tasks)


class Guest:
    """Somebody at the open dialog: each step is done when what it waits for is there."""

    def __init__(self, user: User, *steps: Callable[["Guest"], bool]) -> None:
        self.user = user
        self.steps = [*steps]
        self.timer = QTimer()
        self.timer.timeout.connect(self._go_on)
        self.timer.start(5)

    @property
    def dialog(self) -> BackupsDialog:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, BackupsDialog))
        assert isinstance(dialog, BackupsDialog)
        return dialog

    def _go_on(self) -> None:
        if not any(isinstance(each, BackupsDialog) and each.isVisible() for each in QApplication.topLevelWidgets()):
            return
        if not self.steps:
            self.timer.stop()
            self.dialog.reject()
        elif self.steps[0](self):
            self.steps.pop(0)


def push(caption: str) -> Callable[[Guest], bool]:
    def act(guest: Guest) -> bool:
        push_in(guest.dialog, caption)
        return True

    return act


def said(text: str) -> Callable[[Guest], bool]:
    return lambda guest: text in guest.dialog.verdict.text()


def lines(table: QTableWidget) -> list[list[str]]:
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_backups_are_made_listed_and_looked_into(user: User, backups: Backups, folder: Path) -> None:
    seen: list[list[str]] = []

    def look(guest: Guest) -> bool:
        if "…" in str(lines(guest.dialog.contents)):
            return False
        seen.extend(lines(guest.dialog.contents))
        return True

    guest = Guest(
        user,
        lambda guest: "自动备份" in guest.dialog.verdict.text() or guest.dialog.table.rowCount() > 0,
        push("立即备份"),
        lambda guest: guest.dialog.table.rowCount() > 0,
        push("查看内容"),
        said("校验无误，其中有 1 份表"),
        look,
        push("立即备份"),
        said("内容没有变化"),
    )
    user.type_into(SCORE, "1.75")
    user.wait_saved()
    backups.show()
    assert not guest.steps
    cover = user.form.cover
    assert [cover.unit, cover.year] == seen[0][:2]
    assert f"得分 {seen[0][2]}" in user.window.totals.score.text()
    assert user.window.totals.grade.text().startswith(f"等级 {seen[0][3]}")
    (newest, *_) = user.program.writer.list_backups()
    assert newest.is_verified
    assert newest.reason in (Reason.MANUAL, Reason.START)


def test_going_back_to_a_backup_shows_what_was_then(user: User, backups: Backups) -> None:
    writer = user.program.writer
    before = value_at(user.form, SCORE)
    assert writer.back_up(Reason.MANUAL) or writer.list_backups()
    user.type_into(SCORE, "1.75")
    user.wait_saved()
    asked: list[str] = []

    def answer(box: QMessageBox) -> None:
        asked.append(box.informativeText())
        push_in(box, "恢复")

    def restore(guest: Guest) -> bool:
        answer_box(answer)
        push_in(guest.dialog, "恢复到此备份")
        return True

    guest = Guest(user, restore, lambda guest: not guest.dialog.isVisible())
    backups.show()
    guest.timer.stop()
    assert "现在的内容会先做成一个备份" in asked[0]
    assert value_at(user.form, SCORE) == before
    assert user.stored() == user.form
    assert user.message.startswith("已恢复到")
    kept = writer.list_backups()[0]
    assert kept.reason is Reason.RESTORE
    assert value_at(writer.read_backup(kept.name).forms[0].form, SCORE) == "1.75"
    user.type_into(SCORE, "1.5")  # editing goes on
    user.wait_saved()
    assert user.stored() == user.form


def test_not_going_back_changes_nothing(user: User, backups: Backups) -> None:
    user.program.writer.back_up(Reason.MANUAL)
    user.type_into(SCORE, "1.75")
    form = user.form

    def restore(guest: Guest) -> bool:
        answer_box(lambda box: push_in(box, "不恢复"))
        push_in(guest.dialog, "恢复到此备份")
        return True

    guest = Guest(user, restore)
    backups.show()
    assert not guest.steps
    assert user.stored() == user.form == form


def test_a_damaged_backup_is_told(user: User, backups: Backups, folder: Path) -> None:
    user.program.writer.back_up(Reason.MANUAL)
    backup = user.program.writer.list_backups()[0]
    with closing(sqlite3.connect(backup.path)) as connection, connection:
        connection.execute("UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    guest = Guest(user, push("查看内容"), said("已经损坏"))
    backups.show()
    assert not guest.steps


def test_a_backup_is_copied_to_a_stick(
    user: User, backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    user.program.writer.back_up(Reason.MANUAL)
    guest = Guest(user, push("另存备份到"), said("已另存到"))
    backups.show()
    assert not guest.steps
    (copy,) = stick.iterdir()
    assert verify_backup(copy) == ""


def test_without_backups_nothing_can_be_chosen(user: User) -> None:
    dialog = BackupsDialog(user.window)
    dialog.show_backups(())
    assert "还没有备份" in dialog.verdict.text()
    buttons = {button.text().split("(")[0]: button.isEnabled() for button in dialog.findChildren(QPushButton)}
    assert [name for name, is_enabled in buttons.items() if is_enabled] == ["立即备份", "打开备份文件夹", "关闭"]


def test_the_list_says_when_why_and_how_large(user: User, folder: Path) -> None:
    backup = make_backup(folder, Reason.DELETE, AT)
    dialog = BackupsDialog(user.window)
    dialog.show_backups((backup,))
    time = f"{AT.astimezone():%Y-%m-%d %H:%M}"
    assert lines(dialog.table) == [[time, "删除前", say_size(backup.size), "✓ 已校验"]]
    assert say_size(3 * 1024 * 1024) == "3.0 MB"


def test_the_menu_opens_it(user: User, backups: Backups) -> None:
    entry = next(each for each in user.window.menus.file.actions() if each.text().startswith("备份与恢复"))
    opened: list[str] = []

    def look(dialog: QDialog) -> None:
        opened.append(dialog.windowTitle())
        dialog.reject()

    user.answer(look)
    entry.trigger()
    assert opened == ["备份与恢复"]


def test_what_the_store_notices_stands_above_until_it_is_settled(user: User, backups: Backups) -> None:
    tell = user.program.writer._bulletin.tell
    for notice in (Notice(Matter.SPACE, "只剩 3 MB"), Notice(Matter.DAMAGE, "有损坏")):
        tell(notice)
    user.bot.waitUntil(backups.bar.isVisible, timeout=PATIENCE)
    text = "".join(label.text() for label in backups.bar.findChildren(QLabel))
    assert text == "⚠ 只剩 3 MB\n⚠ 有损坏"
    tell(Notice(Matter.DAMAGE, ""))
    user.bot.waitUntil(lambda: not backups.bar.findChildren(QPushButton)[0].isVisible(), timeout=PATIENCE)
    assert backups.bar.isVisible()
    push_in(backups.bar, "知道了")  # type: ignore[arg-type]  # it has buttons as a dialog has
    assert not backups.bar.isVisible()
    tell(Notice(Matter.BACKUP, "没有做成备份"))
    user.bot.waitUntil(backups.bar.isVisible, timeout=PATIENCE)
    tell(Notice(Matter.SPACE, ""))
    tell(Notice(Matter.BACKUP, ""))
    user.bot.waitUntil(lambda: not backups.bar.isVisible(), timeout=PATIENCE)


def test_damage_found_at_the_start_is_shown_with_the_way_out(user: User, backups: Backups, folder: Path) -> None:
    """As the idle writer finds it: the file is changed behind the program's back, and inspected."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE forms SET staffing_actual = '22'")
    (found,) = user.program.writer.inspect()
    user.program.writer.upkeep.accept(found)
    user.bot.waitUntil(backups.bar.isVisible, timeout=PATIENCE)
    (button, _) = backups.bar.findChildren(QPushButton)
    opened: list[str] = []

    def look(dialog: QDialog) -> None:
        opened.append(dialog.windowTitle())
        dialog.reject()

    user.answer(look)
    user.click(button)
    assert opened == ["备份与恢复"]
