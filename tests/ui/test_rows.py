"""Whole rows: adding, deleting, moving, 不适用; with their buttons and keys, and as undo steps."""

import pytest
from PySide6.QtWidgets import QToolButton

from app.form.form import Form, rows_of, value_at
from app.form.rows import Place, TableName
from tests.ui.user import ALT, CTRL, SHIFT, Key, User, focused

DUTY = Place("duties", "duty-03", "text")
FREE = Place("indicators", "indicator-35", "score")
OPTIONAL = Place("indicators", "indicator-14", "score")
FIXED = Place("indicators", "indicator-09", "score")
PROJECT = Place("budget", "project-2", "annual")


def keys(form: Form, table: TableName) -> list[str]:
    return [row.key for row in rows_of(form, table)]


def test_an_item_is_added_below_the_current_one_and_typed_at_once(user: User, sample: Form) -> None:
    user.go_to(DUTY)
    user.push(DUTY, "增加一项")
    user.write("new")
    assert len(user.form.duties) == 23
    assert user.form.duties[3].text == "new"
    table = user.table(DUTY)
    assert table.faces_model.faces.rows[3][0].display == "（4）"
    user.undo()
    user.undo()
    assert user.form == sample


def test_an_item_added_to_an_empty_list_is_its_first(user: User) -> None:
    place = Place("problems", "problem-1", "text")
    user.go_to(place)
    user.push(place, "删除此项")
    assert user.form.problems == ()
    assert user.window.totals.unfilled.text() == "未填 1 处"
    user.push(place, "增加一项")
    user.write("x")
    assert [value_at(user.form, Place("problems", key, "text")) for key in keys(user.form, "problems")] == ["x"]


def test_items_are_deleted_and_moved_by_button_and_key(user: User, sample: Form) -> None:
    user.go_to(DUTY)
    user.push(DUTY, "上移")
    assert keys(user.form, "duties")[:3] == ["duty-01", "duty-03", "duty-02"]
    assert user.current() == DUTY
    user.press(Key.Key_Down, ALT)
    assert keys(user.form, "duties")[:3] == ["duty-01", "duty-02", "duty-03"]
    user.press(Key.Key_Delete, CTRL)
    assert "duty-03" not in keys(user.form, "duties")
    assert user.window.totals.unfilled.text() == "已全部填写"
    for _ in range(3):
        user.undo()
    assert user.form == sample


def test_all_selected_rows_are_deleted_or_moved_as_one_step(user: User, sample: Form) -> None:
    user.go_to(DUTY)
    user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_Up, ALT)
    user.press(Key.Key_Up, ALT)  # they stay selected
    assert keys(user.form, "duties")[:4] == ["duty-03", "duty-04", "duty-01", "duty-02"]
    assert user.session.undo_stack.undoText() == "上移 2 行"
    user.press(Key.Key_Up, ALT)
    assert user.message == "已经到头，不能再上移"
    user.press(Key.Key_Delete, CTRL)
    assert keys(user.form, "duties")[:2] == ["duty-01", "duty-02"]
    assert user.session.undo_stack.undoText() == "删除 2 行"
    for _ in range(3):
        user.undo()
    assert user.form == sample


def test_deleting_rows_leaves_those_of_the_bureau(user: User, sample: Form) -> None:
    user.go_to(Place("indicators", "indicator-31", "score"))
    user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_Delete, CTRL)
    assert {row.key for row in sample.indicators} - {row.key for row in user.form.indicators} == {
        "indicator-32",
        "indicator-33",
    }
    assert user.message == "有 1 行由表样规定，没有删除"
    user.undo()
    assert user.form == sample


def test_after_deleting_a_row_the_keys_work_on_its_neighbour(user: User) -> None:
    user.go_to(DUTY)
    user.press(Key.Key_Delete, CTRL)
    user.press(Key.Key_Delete, CTRL)
    assert keys(user.form, "duties")[:3] == ["duty-01", "duty-02", "duty-05"]


def test_projects_are_added_deleted_and_moved_within_their_sum(user: User) -> None:
    user.go_to(PROJECT)
    user.push(PROJECT, "增加项目")
    fresh = user.form.budget[-1]
    assert fresh.part_of == "project"
    user.write("new")
    assert user.form.budget[-1].label == "new"
    user.go_to(PROJECT)
    user.press(Key.Key_Up, ALT)
    assert keys(user.form, "budget")[3:5] == ["project-2", "project-1"]
    user.press(Key.Key_Up, ALT)
    assert keys(user.form, "budget")[3:5] == ["project-2", "project-1"]
    user.push(PROJECT, "删除项目")
    assert "project-2" not in keys(user.form, "budget")
    total = Place("budget", "project", "annual")
    assert user.face(total).subtext == "⚠ 各项合计 643.76，相差 11"


def test_indicators_of_the_unit_are_added_deleted_and_moved_within_their_group(user: User) -> None:
    user.go_to(FREE)
    user.press(Key.Key_Insert, CTRL)
    fresh = user.form.indicators[35]
    assert (fresh.group, fresh.name) == ("level2-3-1", "")
    user.write("new")
    assert user.form.indicators[35].name == "new"
    assert user.face(Place("groups", "level1-3", "label")).subtext == "分值 30\n得分 30"
    assert user.window.totals.unfilled.text() == "未填 4 处"
    user.go_to(Place("indicators", fresh.key, "weight"))
    user.press(Key.Key_Up, ALT)
    assert user.form.indicators[34].key == fresh.key
    user.press(Key.Key_Delete, CTRL)
    assert fresh.key not in keys(user.form, "indicators")


@pytest.mark.parametrize(
    ("place", "key", "action"),
    [
        (FIXED, Key.Key_Delete, "删除指标"),
        (FIXED, Key.Key_Up, "上移"),
        (Place("budget", "project", "annual"), Key.Key_Delete, "删除项目"),
    ],
)
def test_rows_of_the_bureau_stay(user: User, sample: Form, place: Place, key: Key, action: str) -> None:
    user.go_to(place)
    user.press(key, ALT if key == Key.Key_Up else CTRL)
    assert user.message == f"不能“{action}”：请先选中一行；表样规定的行不能删除、移动或改为不适用"
    assert user.form == sample
    buttons = [each for each in user.view(place).findChildren(QToolButton) if each.text() == action]
    assert [button.isEnabled() for button in buttons] == [False]


def test_a_row_at_the_end_says_that_it_is_there(user: User, sample: Form) -> None:
    user.go_to(Place("duties", "duty-01", "text"))
    user.press(Key.Key_Up, ALT)
    assert user.message == "已经到头，不能再上移"
    assert user.form == sample


def test_a_row_is_set_aside_and_taken_in(user: User) -> None:
    user.go_to(OPTIONAL)
    assert user.face(OPTIONAL).is_dim
    user.push(OPTIONAL, "适用/不适用")
    assert not user.face(OPTIONAL).is_dim
    assert user.window.totals.unfilled.text() == "未填 2 处"
    user.write("1")
    assert user.closing("合计")["得分"].text == "102.5"
    user.undo()
    user.undo()
    assert user.face(OPTIONAL).is_dim
    assert user.closing("合计")["得分"].text == "101.5"


def test_moving_keeps_the_cell_with_the_focus(user: User, sample: Form) -> None:
    user.go_to(DUTY)
    user.press(Key.Key_F2)
    user.press(Key.Key_Down, ALT)
    user.write("x")
    assert focused() is not user.window.forms.search
    assert value_at(user.form, DUTY) != value_at(sample, DUTY)


def test_what_the_paper_stated_can_be_cleared_and_its_row_goes(user: User, sample: Form) -> None:
    weight, score = Place("stated", "", "weight_total"), Place("stated", "", "score_total")
    user.go_to(weight)
    user.press(Key.Key_Delete)
    user.go_to(score)
    user.press(Key.Key_F2)
    user.press(Key.Key_A, CTRL)
    user.press(Key.Key_Backspace)
    assert (user.form.stated.weight_total, user.form.stated.score_total) == ("", "")
    assert user.table(score).isAncestorOf(focused()) or focused() is user.table(score)
    user.undo()
    user.undo()
    assert user.form == sample
