"""The start page: what stands there when nothing is open, and that each way to begin begins."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from app.bootstrap import Front
from app.editing.forms import new_form
from app.editing.sentences import CREATED
from app.form.form import Form
from app.form.reading.interchange import write_form
from app.form.reading.loader import load_template
from app.program import Program
from app.ui.look.icons import icon
from app.ui.start.start_page import StartPage
from app.ui.start.way_button import WayButton
from tests.ui.conftest import close_program
from tests.ui.dialogs import answer, drop
from tests.ui.user import NO_KEYS, PATIENCE, User, push_in, texts_of

UNIT = "如皋市社会保险基金管理中心"
RECURSIVE = Qt.MatchFlag.MatchRecursive


@pytest.fixture
def newcomer(tmp_path: Path, qtbot: QtBot) -> Iterator[User]:
    """A user who starts the program for the first time."""
    program = Program(Front(tmp_path / "new"))
    program.window.resize(1366, 768)
    with qtbot.waitExposed(program.window):
        program.window.show()
    yield User(program, qtbot)
    close_program(program)


def page_of(user: User) -> StartPage:
    (page,) = user.window.middle.findChildren(StartPage)
    assert page.isVisible()
    return page


def recent(user: User) -> list[list[str]]:
    """Unit, year and state of the recent forms, as the page says them."""
    tree = page_of(user).recent
    items = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(3)] for item in items if item is not None]


def test_the_first_start_stores_nothing_and_says_how_to_begin(newcomer: User) -> None:
    page = page_of(newcomer)
    assert newcomer.program.writer.list_forms() == ()
    assert newcomer.window.session is None
    assert any(label.text().startswith("还没有自评价表") for label in page.findChildren(QLabel) if label.isVisible())
    assert not page.go_on.isVisible()
    assert not page.recent.isVisible()
    assert not page.roll.isEnabled()


def test_a_new_form_is_begun_from_the_page(newcomer: User) -> None:
    def fill(dialog: QDialog) -> None:
        dialog.findChildren(QLineEdit)[0].setText("甲单位")
        push_in(dialog, "确定")

    newcomer.answer(fill)
    newcomer.click(page_of(newcomer).new)
    assert newcomer.form.cover.unit == "甲单位"
    assert newcomer.window.tabs.isVisible()


def test_the_example_is_opened_only_when_asked_and_only_once(newcomer: User, sample: Form) -> None:
    newcomer.click(page_of(newcomer).example)
    assert newcomer.form == sample
    newcomer.program.starting.show()
    newcomer.click(page_of(newcomer).example)
    (entry,) = newcomer.program.writer.list_forms()
    assert newcomer.session.workspace.form_id == entry.id
    (unit,) = (newcomer.window.forms.tree.topLevelItem(0),)
    assert unit is not None
    assert unit.child(0).text(0) == "2024 年（样例）"


def test_the_example_says_that_it_is_one_and_can_be_deleted(newcomer: User) -> None:
    newcomer.click(page_of(newcomer).example)
    (bar,) = (each for each in newcomer.window.middle.parts if each.objectName() == "exampleBar")
    assert bar.isVisible()
    assert bar.findChildren(QLabel)[0].text().startswith("样例：")
    newcomer.answer(lambda dialog: push_in(dialog, "删除"))
    bar.delete_asked.emit()  # type: ignore[attr-defined]  # an ExampleBar
    assert newcomer.program.writer.list_forms() == ()
    assert newcomer.window.session is None
    assert not bar.isVisible()


def test_another_form_is_no_example(newcomer: User) -> None:
    newcomer.program.starting.open_example()
    newcomer.program.shelf.create(new_form(load_template("rugao-2024"), "甲单位", "2025"), CREATED)
    (bar,) = (each for each in newcomer.window.middle.parts if each.objectName() == "exampleBar")
    assert not bar.isVisible()


def test_recent_forms_say_how_far_they_are(user: User) -> None:
    user.program.shelf.create(new_form(load_template("rugao-2024"), "甲单位", "2025"), CREATED)
    user.program.starting.show()
    user.bot.waitUntil(lambda: "得分" in recent(user)[1][2], timeout=PATIENCE)
    assert recent(user) == [
        ["甲单位", "2025", "填写中 · 还有 94 处未填"],
        [UNIT, "2024", "填写中 · 得分 101.5　优"],
    ]
    page = page_of(user)
    assert page.go_on.description().startswith("甲单位 2025 年")
    user.click(page.go_on)
    assert user.form.cover.unit == "甲单位"


def test_a_recent_form_is_opened_by_a_click(user: User, sample: Form) -> None:
    user.program.starting.show()
    tree = page_of(user).recent
    spot = tree.visualRect(tree.model().index(0, 0)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, spot)
    assert user.form == sample


def test_a_deleted_form_leaves_the_page(user: User) -> None:
    user.program.starting.show()
    (entry,) = user.program.writer.list_forms()
    user.answer(lambda dialog: push_in(dialog, "删除"))
    user.program.commands.delete_form(entry)
    assert recent(user) == []


def test_a_file_of_ours_dropped_on_the_page_is_asked_about(newcomer: User, sample: Form, tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text(write_form(sample), encoding="utf-8")
    answer(QMessageBox, lambda box: push_in(box, "装入"))
    assert drop(page_of(newcomer).viewport(), file)
    newcomer.bot.waitUntil(lambda: newcomer.window.session is not None, timeout=PATIENCE)
    assert newcomer.form == sample


def test_a_folder_dropped_on_the_page_is_received(newcomer: User, tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "empty").mkdir()
    answer(QMessageBox, lambda box: said.append(texts_of(box)))
    assert drop(page_of(newcomer).viewport(), tmp_path / "empty")
    newcomer.bot.waitUntil(lambda: len(said) == 1, timeout=PATIENCE)
    assert "empty" in said[0]


def test_the_program_begins_where_the_form_was_open_last(user: User) -> None:
    """The start page is not made at all then."""
    assert user.window.session is not None
    assert user.window.middle.findChildren(StartPage) == []


def test_when_the_last_form_was_deleted_the_page_is_shown(folder: Path, qtbot: QtBot) -> None:
    for is_deleting in (True, False):
        program = Program(Front(folder))
        with qtbot.waitExposed(program.window):
            program.window.show()
        if is_deleting:
            program.shelf.create(new_form(load_template("rugao-2024"), "甲单位", "2025"), CREATED)
            program.writer.delete(next(each.id for each in program.writer.list_forms() if each.unit == "甲单位"))
        else:
            assert [row[0] for row in recent(User(program, qtbot))] == [UNIT]
        close_program(program)


def test_when_the_last_form_cant_be_read_the_page_is_shown(folder: Path, qtbot: QtBot) -> None:
    said: list[str] = []
    with closing(sqlite3.connect(folder / "jixiao.db")) as connection, connection:
        connection.execute("UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    answer(QMessageBox, lambda box: said.append(texts_of(box)))
    program = Program(Front(folder))
    with qtbot.waitExposed(program.window):
        program.window.show()
    assert page_of(User(program, qtbot)).recent.topLevelItemCount() == 1
    assert len(said) == 1
    close_program(program)


def test_a_form_without_unit_and_year_says_so_everywhere(user: User) -> None:
    user.program.shelf.create(new_form(load_template("rugao-2024"), " ", " "), CREATED)
    assert user.window.windowTitle().startswith("（未填单位名称） （未填年度） — ")
    assert "（未填年度）" in [item.text(0) for item in user.window.forms.tree.findItems("（未填年度）", RECURSIVE)]
    user.program.starting.show()
    assert page_of(user).go_on.description().startswith("（未填单位名称） （未填年度），最后修改 ")
    assert recent(user)[0][:2] == ["（未填单位名称）", "（未填年度）"]


def test_the_ways_to_begin_have_letters_of_the_size_that_was_chosen(qtbot: QtBot) -> None:
    button = WayButton(icon("new"), "新建自评价表", "选定单位、年度和表样，从空表开始填写")
    qtbot.addWidget(button)
    wide, narrow = button.sizeHint(), button.sizeHint().width() // 2
    assert button.heightForWidth(narrow) > wide.height()  # the sentence is broken
    font = button.font()
    font.setPointSize(2 * font.pointSize())
    button.setFont(font)
    assert button.sizeHint().width() > 1.5 * wide.width()
    assert button.sizeHint().height() > 1.5 * wide.height()
