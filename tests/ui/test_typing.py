"""Typing into cells: every key counts at once, a visit is one step, keys do what they do in a spreadsheet."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.form.form import Form, value_at
from app.form.rows import Place
from app.ui.face import Face
from app.ui.table.editor import CellEditor
from tests.ui.user import ALT, CTRL, SHIFT, Key, User, focused

SCORE = Place("indicators", "indicator-09", "score")
NEXT_SCORE = Place("indicators", "indicator-10", "score")
ACTUAL = Place("indicators", "indicator-09", "actual")
FIXED_NAME = Place("indicators", "indicator-09", "name")
AMOUNT = Place("budget", "project-1", "annual")
DUTY = Place("duties", "duty-03", "text")
UNIT = Place("cover", "", "unit")
STAFFING = Place("staffing", "", "text")
ACTUAL_STAFF = Place("staffing", "", "actual")


def total(user: User) -> Face:
    return user.closing("合计")["得分"]


def is_wrong(label: QLabel) -> bool:
    return bool(label.property("wrong"))


def test_every_keystroke_reaches_total_row_and_status_bar(user: User) -> None:
    user.go_to(SCORE)
    for letter, shown, sum_, bar in (
        ("1", "1", "100.5", "⚠ 得分 100.5，超过总分"),
        (".", "1.", "100.5", "⚠ 得分 100.5，超过总分"),
        ("2", "1.2", "100.7", "⚠ 得分 100.7，超过总分"),
        ("5", "1.25", "100.75", "⚠ 得分 100.75，超过总分"),
    ):
        user.write(letter)
        assert user.shown(SCORE) == shown
        assert total(user).text == sum_
        assert user.window.totals.score.text() == bar
        assert is_wrong(user.window.totals.score) == bar.startswith("⚠")


def test_the_grade_follows_the_score(user: User) -> None:
    for number in (38, 39, 40):
        user.type_into(Place("indicators", f"indicator-{number}", "score"), "4")
    assert user.window.totals.grade.text() == "等级 良"
    assert user.closing("绩效等级")["分值"].text == "良"
    assert user.closing("绩效等级")["分值"].mark == "原表写的等级是优，按得分计算是良"


def test_enter_goes_down_and_shift_enter_up(user: User) -> None:
    user.type_into(SCORE, "1")
    assert user.current() == NEXT_SCORE
    user.press(Key.Key_Return, SHIFT)
    assert user.current() == SCORE
    user.write("2")
    user.press(Key.Key_Return, SHIFT)
    assert user.current() == Place("indicators", "indicator-08", "score")
    assert user.shown(SCORE) == "2"


def test_tab_goes_to_the_next_cell_that_can_be_typed_in(user: User) -> None:
    user.go_to(SCORE)
    user.write("1")
    user.press(Key.Key_Tab)
    assert user.current() == Place("indicators", "indicator-10", "target")  # its name is the bureau's
    assert focused() is user.table(SCORE)  # selected, not being typed in
    user.write("1")
    user.press(Key.Key_Backtab, SHIFT)
    assert user.current() == SCORE
    user.press(Key.Key_Tab)  # the same when no editor is open
    assert user.current() == Place("indicators", "indicator-10", "target")
    user.press(Key.Key_Backtab, SHIFT)
    assert user.current() == SCORE


def test_tab_leaves_a_table_behind_its_last_cell(user: User) -> None:
    user.go_to(Place("measures", "measure-1", "text"))
    user.press(Key.Key_Tab)
    assert focused() is not user.table(Place("measures"))


def test_escape_takes_back_what_was_typed_in_this_visit(user: User) -> None:
    user.go_to(SCORE)
    user.write("17")
    user.press(Key.Key_Escape)
    assert user.shown(SCORE) == "2"
    assert total(user).text == "101.5"
    assert not user.session.undo_stack.canUndo()
    assert user.current() == SCORE


def test_typing_over_replaces_and_f2_or_a_double_click_keep_the_text(user: User, sample: Form) -> None:
    user.go_to(DUTY)
    user.press(Key.Key_F2)
    editor = focused()
    assert isinstance(editor, CellEditor)
    assert editor.toPlainText() == value_at(user.form, DUTY)
    user.write("!")
    assert user.value(DUTY) == f"{value_at(sample, DUTY)}!"
    user.press(Key.Key_Escape)
    user.double_click(DUTY)
    user.write("?")
    assert user.value(DUTY) == f"{value_at(sample, DUTY)}?"
    user.press(Key.Key_Escape)
    user.type_into(DUTY, "abc")
    assert user.shown(DUTY) == "abc"


def test_alt_enter_breaks_the_line_where_a_text_may_have_several(user: User) -> None:
    user.go_to(DUTY)
    user.write("one")
    user.press(Key.Key_Return, ALT)
    user.write("two")
    user.press(Key.Key_Return)
    assert user.value(DUTY) == "one\ntwo"
    user.go_to(SCORE)
    user.write("1")
    user.press(Key.Key_Return, ALT)
    user.write("5")
    assert user.value(SCORE) == "15"


def test_delete_clears_the_selected_cells_as_one_step(user: User) -> None:
    user.go_to(SCORE)
    user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_Delete)
    assert (user.shown(SCORE), user.shown(NEXT_SCORE)) == ("", "")
    assert total(user).text == "98.5"
    assert user.window.totals.unfilled.text() == "未填 2 处"
    user.undo()
    assert (user.shown(SCORE), user.shown(NEXT_SCORE)) == ("2", "1")


def test_only_delete_alone_clears(user: User, sample: Form) -> None:
    user.go_to(SCORE)
    for modifier in (SHIFT, ALT):
        user.press(Key.Key_Delete, modifier)
    assert user.form == sample


def test_one_visit_is_one_undo_step(user: User, sample: Form) -> None:
    user.type_into(SCORE, "1.75")
    user.type_into(SCORE, "1.5")
    user.undo()
    assert user.shown(SCORE) == "1.75"
    user.undo()
    assert user.form == sample
    assert not user.session.undo_stack.canUndo()
    user.redo()
    user.redo()
    assert user.shown(SCORE) == "1.5"


def test_undo_inside_an_open_editor_is_the_windows(user: User) -> None:
    user.go_to(SCORE)
    user.write("17")
    user.undo()
    assert user.shown(SCORE) == "2"
    assert isinstance(focused(), CellEditor)
    user.write("1")
    assert user.value(SCORE) == "21"


def test_undo_in_a_line_and_a_paragraph_is_the_windows(user: User, sample: Form) -> None:
    user.type_into(SCORE, "1")
    for place in (UNIT, STAFFING, ACTUAL_STAFF):
        user.go_to(place)
        user.write("5")
        assert user.value(place) != value_at(sample, place)
        user.undo()
        assert user.value(place) == value_at(sample, place)
    user.undo()
    assert user.form == sample


def test_undo_and_redo_show_where_something_changes(user: User) -> None:
    user.type_into(SCORE, "1")
    user.type_into(AMOUNT, "7")
    user.open_tab("机构人员")
    user.undo()
    assert user.window.tabs.tabText(user.window.tabs.currentIndex()) == "预算支出"
    assert user.current() == AMOUNT
    user.undo()
    assert user.window.tabs.tabText(user.window.tabs.currentIndex()) == "指标评分"
    assert user.current() == SCORE
    user.redo()
    user.redo()
    assert user.current() == AMOUNT


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("9。5", "“9。5”中“。5”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
        ("abc", "“abc”里没有数字"),
        ("1e5", "“1e5”中“e5”无法识别，请只写数字和单位（如 155 万元、87.5%）"),
        ("≥9", "“≥9”是一个范围，这里要填写具体的数字"),
        ("9%", "“9%”不是分数，请只填写数字"),
    ],
)
def test_what_cannot_be_read_stays_and_says_why(user: User, typed: str, because: str) -> None:
    user.type_into(SCORE, typed)
    assert user.value(SCORE) == typed
    face = user.face(SCORE)
    assert (face.display, face.mark) == (typed, because)
    index = user.table(SCORE).faces_model.index_of(SCORE)
    assert because in index.data(3)  # Qt.ItemDataRole.ToolTipRole
    assert total(user).hint == "自动计算：已填 38 项得分之和 = 99.5，还有 1 项未填或无法识别"
    assert user.window.totals.score.text() == "得分 99.5（未填完）"
    assert user.window.totals.grade.text() == "等级 优（暂定）"
    assert user.stored() == user.form


def test_wrong_staffing_figures_and_amounts_are_marked_too(user: User) -> None:
    user.go_to(ACTUAL_STAFF)
    user.press(Key.Key_A, CTRL)
    user.write("2.5")
    field = user.field(ACTUAL_STAFF)
    assert field.toolTip().splitlines()[0] == "“2.5”不是人数或个数，请填写不带小数的数字"
    assert field.property("review") == "wrong"
    user.type_into(AMOUNT, "≥5")
    assert user.face(AMOUNT).mark == "“≥5”是一个范围，这里要填写具体的数字"


def test_enter_goes_to_the_next_figure(user: User) -> None:
    user.go_to(ACTUAL_STAFF)
    user.press(Key.Key_A, CTRL)
    user.write("20")
    user.press(Key.Key_Return)
    user.press(Key.Key_A, CTRL)
    user.write("6")
    assert (user.form.staffing.actual, user.form.staffing.contract) == ("20", "6")


def test_full_width_digits_are_digits(user: User) -> None:
    user.type_into(SCORE, "１．５")
    assert user.value(SCORE) == "１．５"
    assert user.face(SCORE).mark == ""
    assert total(user).text == "101"


def test_the_first_letter_of_an_input_method_is_kept(user: User) -> None:
    user.go_to(ACTUAL)
    user.compose("基本完成")
    assert isinstance(focused(), CellEditor)
    assert user.value(ACTUAL) == "基本完成"


def compose(*steps: str, chosen: str = "") -> None:
    """An input method at work: what it shows while the user types, and what is chosen in the end ("": given up)."""
    for step in steps:
        QApplication.sendEvent(focused(), QInputMethodEvent(step, []))
    end = QInputMethodEvent()
    end.setCommitString(chosen)
    QApplication.sendEvent(focused(), end)


@pytest.mark.parametrize("place", [ACTUAL, SCORE, DUTY, AMOUNT])
def test_a_composition_begun_on_a_cell_keeps_every_letter_and_changes_nothing_until_it_is_done(
    user: User, sample: Form, place: Place
) -> None:
    user.go_to(place)
    table = user.table(place)
    for step in ("n", "ni"):
        QApplication.sendEvent(focused(), QInputMethodEvent(step, []))
        assert focused() is table  # another focus would end the composition
        opened = table.indexWidget(table.currentIndex())
        assert isinstance(opened, CellEditor)
        assert opened.document().firstBlock().layout().preeditAreaText() == step
        assert user.form == sample
    assert not user.session.undo_stack.canUndo()
    compose(chosen="你")
    assert focused() is table.indexWidget(table.currentIndex())
    assert user.value(place) == "你"
    compose("h", "hao", chosen="好")
    user.press(Key.Key_Return)
    assert user.value(place) == "你好"
    user.undo()
    assert user.form == sample


def test_a_composition_that_is_given_up_leaves_the_cell_as_it_was(user: User, sample: Form) -> None:
    user.go_to(ACTUAL)
    compose("n", "ni")
    editor = focused()
    assert isinstance(editor, CellEditor)
    assert editor.toPlainText() == value_at(sample, ACTUAL)
    assert user.form == sample
    user.write("9")  # still overwrites
    assert user.value(ACTUAL) == "9"
    compose("n", "ni")
    assert user.value(ACTUAL) == editor.toPlainText() == "9"
    user.write("8")
    user.press(Key.Key_Escape)
    assert user.form == sample


def test_a_composition_does_not_begin_where_nothing_can_be_typed(user: User, sample: Form) -> None:
    user.go_to(SCORE)
    user.press(Key.Key_End, CTRL)
    compose("n", chosen="你")
    assert user.message.startswith("自动计算")
    assert user.form == sample


def cursor_on_screen(widget: QWidget) -> QRect:
    """Where an input method opens its candidates, on the screen."""
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImCursorRectangle)
    QApplication.sendEvent(widget, query)
    rect: QRect = query.value(Qt.InputMethodQuery.ImCursorRectangle)
    return rect.translated(widget.mapToGlobal(QPoint()))


@pytest.mark.parametrize("place", [ACTUAL, DUTY, Place("groups", "level1-2", "label")])
def test_candidates_open_at_the_cell_and_then_at_the_cursor(user: User, place: Place) -> None:
    user.go_to(place)
    table = user.table(place)
    cell = table.visualRect(table.currentIndex()).intersected(table.viewport().rect())
    cell.translate(table.viewport().mapToGlobal(QPoint()))
    assert cursor_on_screen(table) == cell
    QApplication.sendEvent(table, QInputMethodEvent("n", []))
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, CellEditor)
    painted = editor.cursorRect().translated(editor.viewport().mapToGlobal(QPoint()))
    assert cursor_on_screen(table) == painted
    compose(chosen="你")
    painted = editor.cursorRect().translated(editor.viewport().mapToGlobal(QPoint()))
    assert cursor_on_screen(editor) == painted
    assert editor.rect().translated(editor.mapToGlobal(QPoint())).contains(painted)


def test_control_characters_are_taken_out_and_the_cursor_stays(user: User) -> None:
    user.go_to(DUTY)
    user.press(Key.Key_F2)
    user.press(Key.Key_A, CTRL)
    user.paste("职能\x00甲\x07\x0b乙")
    user.write("!")
    assert user.value(DUTY) == "职能甲\n乙!"
    user.go_to(SCORE)
    user.press(Key.Key_F2)
    user.press(Key.Key_A, CTRL)
    user.paste("1\n2")
    user.write("3")
    assert user.value(SCORE) == "1 23"
    user.go_to(STAFFING)
    user.press(Key.Key_A, CTRL)
    user.paste("科室\x07六个")
    user.write("!")
    assert user.value(STAFFING) == "科室六个!"
    user.go_to(UNIT)
    user.press(Key.Key_A, CTRL)
    user.paste("某\x07单位")
    user.write("!")
    assert user.value(UNIT) == "某单位!"


def test_what_is_not_kept_is_not_shown_either(user: User) -> None:
    user.go_to(SCORE)
    user.press(Key.Key_F2)
    editor = focused()
    assert isinstance(editor, CellEditor)
    user.press(Key.Key_A, CTRL)
    user.compose("2\x07")
    assert user.value(SCORE) == editor.toPlainText() == "2"
    user.go_to(UNIT)
    before = user.value(UNIT)
    user.compose("\x07")
    field = user.field(UNIT)
    assert isinstance(field, QLineEdit)
    assert field.text() == user.value(UNIT) == before


def test_names_of_the_bureau_and_computed_cells_say_why_they_refuse(user: User, sample: Form) -> None:
    user.go_to(SCORE)
    user.press(Key.Key_Left)
    for steps in range(10):
        if user.table(SCORE).currentIndex().data() == "预算执行率":
            break
        user.press(Key.Key_Left)
        assert steps < 9
    for key in (Key.Key_F2, Key.Key_9, Key.Key_Delete):
        user.window.statusBar().clearMessage()
        user.press(key)
        assert user.message == "指标名称由表样规定，不能修改"
    user.press(Key.Key_End, CTRL)
    user.window.statusBar().clearMessage()
    user.write("9")
    assert user.message == "自动计算：得分 101.5，优 ≥ 90；良 ≥ 80；中 ≥ 60；差 < 60"
    assert user.form == sample


def test_f8_goes_from_gap_to_gap(user: User) -> None:
    for place in (SCORE, AMOUNT):
        user.go_to(place)
        user.press(Key.Key_Delete)
    user.open_tab("机构人员")
    user.press(Key.Key_F8)
    assert user.current() == AMOUNT
    user.press(Key.Key_F8)
    assert user.current() == SCORE
    user.click(user.window.totals.unfilled)
    assert user.current() == AMOUNT
