"""关于: every version that whoever helps asks for, the data folder, and the licences of what comes with the program."""

import re
import sqlite3
import tomllib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTableWidget

from app import VERSION
from app.ui.about.about_dialog import AboutDialog
from app.ui.about.licences import LIBRARIES, list_licences
from tests.ui.dialogs import Opener, answer, choose_entry
from tests.ui.user import User, push_in

ROOT = Path(__file__).parents[3]


def show(user: User, act: Callable[[AboutDialog], None]) -> None:
    answer(AboutDialog, act)
    choose_entry(user.window.menus.help, "关于")


def test_versions_and_folder_can_be_copied_and_the_folder_opened(user: User) -> None:
    opener = Opener()
    copied: list[str] = []

    def act(dialog: AboutDialog) -> None:
        push_in(dialog, "复制")
        copied.extend(QApplication.clipboard().text().splitlines())
        push_in(dialog, "打开文件夹")

    show(user, act)
    opener.close()
    assert opener.paths == [user.program.folder]
    assert {
        f"程序：{VERSION}",
        "数据文件格式：第 4 版",
        f"Qt：{qVersion()}（offscreen）",
        f"SQLite：{sqlite3.sqlite_version}",
        f"数据文件夹：{user.program.folder}",
    } <= set(copied)
    assert any(line.startswith("当前表的表样：") and "（rugao-2024）" in line for line in copied)
    assert all(user.form.cover.unit not in line for line in copied)


def test_without_a_form_there_is_no_template(user: User) -> None:
    copied: list[str] = []

    def act(dialog: AboutDialog) -> None:
        push_in(dialog, "复制")
        copied.append(QApplication.clipboard().text())

    user.window.close_form()
    show(user, act)
    assert "当前表的表样：没有打开的表" in copied[0]


def test_licences_are_shown(user: User) -> None:
    def act(dialog: AboutDialog) -> None:
        dialog.tabs.setCurrentIndex(1)
        (table,) = dialog.findChildren(QTableWidget)
        assert table.rowCount() == len(list_licences())
        (text,) = dialog.findChildren(QPlainTextEdit)
        assert "SIL OPEN FONT LICENSE" in text.toPlainText()

    show(user, act)


def test_every_library_that_the_program_asks_for_is_listed() -> None:
    named = {name.lower() for name, _ in LIBRARIES}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split("[<>=]", line)[0].lower() for line in project["dependencies"]}
    assert "pyside6-essentials" in asked
    assert asked <= named
