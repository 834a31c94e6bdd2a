"""修改记录: what was typed can be read, found and brought back, and bringing back can be undone like any edit."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.editing.past.history import Step, Touch
from app.form.rows import Place
from app.models.folder import FILE_NAME
from app.ui.actions.history import History
from app.ui.panels.history_dialog import AT_ONCE, HistoryDialog
from tests.tables import real_form
from tests.ui.user import CTRL, PATIENCE, SHIFT, Key, User, push_in, texts_of

SCORE: Final = Place("indicators", "indicator-09", "score")
OTHER: Final = Place("indicators", "indicator-10", "score")
UNIT: Final = Place("cover", "", "unit")
WHOLE: Final = "恢复整张表到此时…"


@pytest.fixture
def reader(user: User) -> User:
    """A user with two edits behind: a score that was typed twice. The current cell is the score."""
    if not hasattr(user.program, "history"):
        History(user.window, user.program.writer)
    user.type_into(SCORE, "1.5")
    user.type_into(SCORE, "1.2")
    user.go_to(SCORE)
    return user


def look(user: User, act: Callable[[HistoryDialog], object]) -> None:
    """Open the dialog by its keys, do something in it, and close it."""
    done = []

    def check(dialog: QDialog) -> None:
        assert isinstance(dialog, HistoryDialog)
        act(dialog)
        done.append(dialog)

    user.answer(check)
    user.press(Key.Key_H, CTRL | SHIFT)
    assert done


def lines(dialog: HistoryDialog) -> list[tuple[str, ...]]:
    """What the table says, without the times."""
    model = dialog.model
    rows, columns = range(model.rowCount()), range(1, model.columnCount())
    return [tuple(str(model.index(row, column).data()) for column in columns) for row in rows]


def test_the_newest_change_stands_first_with_old_and_new(reader: User) -> None:
    def check(dialog: HistoryDialog) -> None:
        assert lines(dialog)[:2] == [
            ("“预算执行率”得分", "1.5", "1.2", "修改“预算执行率”得分"),
            ("“预算执行率”得分", "2", "1.5", "修改“预算执行率”得分"),
        ]
        assert lines(dialog)[-1] == ("", "", "", "读自文件 rugao-2024.json")
        time = datetime.strptime(str(dialog.model.index(0, 0).data()), "%Y-%m-%d %H:%M:%S").astimezone()
        assert abs((datetime.now(UTC) - time).total_seconds()) < 60
        assert dialog.problem.isHidden()

    look(reader, check)


def test_a_value_comes_back_and_that_can_be_undone(reader: User) -> None:
    def bring_back(dialog: HistoryDialog) -> None:
        dialog.table.selectRow(1)
        push_in(dialog, "恢复此值")
        assert reader.value(SCORE) == "2"
        assert lines(dialog)[0] == ("“预算执行率”得分", "1.2", "2", "恢复“预算执行率”得分")

    look(reader, bring_back)
    assert (reader.shown(SCORE), reader.message) == ("2", "已恢复“预算执行率”得分")
    assert reader.stored() == reader.form
    reader.go_to(SCORE)  # as the window manager does after a dialog
    reader.undo()
    assert reader.value(SCORE) == "1.2"


def test_the_whole_form_comes_back_as_one_step(reader: User) -> None:
    reader.type_into(OTHER, "0.5")
    before = reader.form
    asked = []

    def confirm(box: QDialog) -> None:
        asked.append(texts_of(box))
        push_in(box, "恢复")

    def bring_back(dialog: HistoryDialog) -> None:
        dialog.table.selectRow(dialog.model.rowCount() - 1)
        reader.answer(confirm)
        push_in(dialog, WHOLE)

    look(reader, bring_back)
    assert "有 2 处会改变" in asked[0]
    assert reader.form == real_form() == reader.stored()
    assert reader.session.undo_stack.undoText().startswith("恢复到 2")
    reader.go_to(SCORE)  # as the window manager does after a dialog
    reader.undo()
    assert reader.form == before


def test_the_whole_form_stays_when_the_user_thinks_again(reader: User) -> None:
    before = reader.form

    def think_again(dialog: HistoryDialog) -> None:
        dialog.table.selectRow(dialog.model.rowCount() - 1)
        reader.answer(lambda box: push_in(box, "不恢复"))
        push_in(dialog, WHOLE)

    look(reader, think_again)
    assert reader.form == before


def test_the_latest_state_need_not_be_brought_back(reader: User) -> None:
    said = []

    def check(dialog: HistoryDialog) -> None:
        def read(box: QDialog) -> None:
            assert isinstance(box, QMessageBox)
            said.append(box.text())

        reader.answer(read)
        push_in(dialog, WHOLE)

    look(reader, check)
    assert said == ["这张表现在就是那时的内容，不需要恢复。"]


def test_lines_are_found_by_text_and_by_cell(reader: User) -> None:
    reader.type_into(OTHER, "0.7")
    reader.go_to(SCORE)

    def search(dialog: HistoryDialog) -> None:
        dialog.filter.setFocus()
        QTest.keyClicks(dialog.filter, "0.7")
        assert [line[1:3] for line in lines(dialog)] == [("1", "0.7")]
        dialog.filter.clear()
        assert dialog.here.text() == "只看当前单元格：“预算执行率”得分"
        dialog.here.click()
        assert [line[1:3] for line in lines(dialog)] == [("1.5", "1.2"), ("2", "1.5")]
        assert dialog.count.text() == "2 条"
        dialog.filter.setText("没有这样的文字")
        assert lines(dialog) == []
        assert not dialog.whole.isEnabled()
        assert dialog.note.text() == "请先选中一条记录"

    look(reader, search)


def test_without_a_current_cell_there_is_nothing_to_look_at_alone(reader: User) -> None:
    reader.window.forms.setFocus()
    reader.window.tabs.tabBar().setFocus()

    def check(dialog: HistoryDialog) -> None:
        assert not dialog.here.isEnabled()
        assert "选中一个单元格" in dialog.here.toolTip()

    look(reader, check)


def test_what_cannot_be_brought_back_alone_is_said(reader: User) -> None:
    reader.type_into(SCORE, "2")

    def check(dialog: HistoryDialog) -> None:
        dialog.table.selectRow(2)  # 2 → 1.5: it is 2 again
        assert (dialog.value.isEnabled(), dialog.whole.isEnabled()) == (False, True)
        assert "现在就是这个内容" in dialog.note.text()
        dialog.table.selectRow(dialog.model.rowCount() - 1)
        assert "没有改动单元格" in dialog.value.accessibleDescription()

    look(reader, check)


def test_a_deleted_row_comes_back_alone(reader: User) -> None:
    before = reader.form
    place = Place("duties", "duty-03", "text")
    reader.go_to(place)
    reader.press(Key.Key_Delete, CTRL)
    reader.type_into(SCORE, "2")

    def bring_back(dialog: HistoryDialog) -> None:
        dialog.table.selectRow(1)
        assert dialog.value.text() == "恢复此行"
        push_in(dialog, "恢复此行")
        dialog.table.selectRow(2)
        assert not dialog.value.isEnabled()
        assert "现在还在表中" in dialog.note.text()

    look(reader, bring_back)
    assert reader.form.duties == before.duties
    assert reader.value(SCORE) == "2"
    assert reader.session.undo_stack.undoText() == "恢复主要职能第 3 项"
    assert reader.stored() == reader.form


def test_a_final_form_can_be_looked_at_only(reader: User) -> None:
    assert reader.program.writer.flush(10)
    reader.window.show_edition(reader.program.writer.finalise(reader.session.workspace.form_id, "王会计"))

    def check(dialog: HistoryDialog) -> None:
        assert lines(dialog)[0] == ("", "", "", "定稿（第 1 版）")
        dialog.table.selectRow(1)
        for button in (dialog.value, dialog.whole):
            assert not button.isEnabled()
            assert "取消定稿" in button.toolTip()

    look(reader, check)


def test_a_damaged_journal_is_said_at_the_top(reader: User, folder: Path) -> None:
    assert reader.program.writer.flush(10)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("DROP TRIGGER journal_delete")
        connection.execute("DELETE FROM journal WHERE number = 2")

    def check(dialog: HistoryDialog) -> None:
        assert dialog.problem.isVisible()
        assert "第 2 条修改记录" in dialog.problem.text()
        assert (lines(dialog), dialog.whole.isEnabled()) == ([], False)

    look(reader, check)
    reader.type_into(SCORE, "1")  # editing goes on
    assert reader.stored() == reader.form


def test_without_a_form_there_is_nothing_to_read(reader: User) -> None:
    reader.window.close_form()
    reader.press(Key.Key_H, CTRL | SHIFT)
    assert reader.message == "请先打开一份自评价表"


def test_ten_thousand_steps_come_a_few_at_a_time(application: None, qtbot: QtBot) -> None:
    taken = []

    def steps() -> Iterator[Step]:
        for number in range(10_000, 0, -1):
            taken.append(number)
            touch = Touch(UNIT, "单位名称", str(number), str(number + 1), str(number))
            yield Step(number, number, datetime(2026, 1, 1, tzinfo=UTC), "修改单位名称", (touch,))

    dialog = HistoryDialog(real_form(), None, is_locked=False)
    qtbot.addWidget(dialog)
    dialog.show_steps(real_form(), steps())
    assert (len(taken), dialog.model.rowCount()) == (AT_ONCE, AT_ONCE)
    assert lines(dialog)[0] == ("单位名称", "10000", "10001", "修改单位名称")
    dialog.filter.setText("5000")
    assert lines(dialog) == []
    qtbot.waitUntil(lambda: len(taken) == 10_000, timeout=PATIENCE)
    assert [line[1:3] for line in lines(dialog)] == [("5000", "5001"), ("4999", "5000")]
