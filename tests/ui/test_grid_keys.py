"""Blocks of cells at the window: cut, copied, pasted, filled and cleared as in a spreadsheet, each as one undo step."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog

from app.form.form import Form, value_at
from app.form.rows import Place
from app.ui.face import Span
from app.ui.table.markup import read_markup
from tests.ui.user import CTRL, SHIFT, Key, User, push_in, texts_of

ACTUAL = Place("indicators", "indicator-09", "actual")
SCORE = Place("indicators", "indicator-09", "score")
DUTY = Place("duties", "duty-03", "text")
LAST_DUTY = Place("duties", "duty-22", "text")
AMOUNT = Place("budget", "project-1", "annual")
FREE_NAME = Place("indicators", "indicator-36", "name")
GROUP = Place("groups", "level1-2", "label")
BLOCK = "90%\t1.5\r\n80%\t0.5\r\n"


def paste(user: User, text: str = "", markup: str = "") -> None:
    """What another program put on the clipboard, and Ctrl+V."""
    content = QMimeData()
    content.setText(text)
    if markup:
        content.setHtml(markup)
    QApplication.clipboard().setMimeData(content)
    user.press(Key.Key_V, CTRL)


def below(place: Place, rows: int) -> Place:
    return Place(place.section, f"{place.key[:-2]}{int(place.key[-2:]) + rows:02}", place.field)


def scores(user: User, count: int) -> list[object]:
    return [user.value(below(SCORE, row)) for row in range(count)]


def answering(caption: str, heard: list[str]) -> Callable[[QDialog], None]:
    def answer(dialog: QDialog) -> None:
        heard.append(texts_of(dialog))
        push_in(dialog, caption)

    return answer


# --- copying ----------------------------------------------------------------------------------------------------------


def test_copying_takes_the_selected_cells_as_text_and_as_a_table(user: User) -> None:
    user.go_to(ACTUAL)
    user.press(Key.Key_Right, SHIFT)
    user.press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "100%\t2"
    user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "100%\t2\n0%\t1\n"
    assert read_markup(QApplication.clipboard().mimeData().html()) == (("100%", "2"), ("0%", "1"))


def test_copying_a_merged_cell_keeps_the_merge(user: User) -> None:
    user.go_to(GROUP)
    area = user.table(GROUP).area()
    assert area is not None
    assert area.rows > 1
    user.press(Key.Key_C, CTRL)
    assert f'<td rowspan="{area.rows}" colspan="1">过程(26)</td>' in QApplication.clipboard().mimeData().html()


def test_a_table_that_is_copied_whole_and_pasted_changes_nothing(user: User, sample: Form) -> None:
    user.go_to(SCORE)
    user.press(Key.Key_A, CTRL)
    user.press(Key.Key_C, CTRL)
    user.press(Key.Key_V, CTRL)
    assert user.form == sample
    assert "保持原样" not in user.message
    assert not user.session.undo_stack.canUndo()


def test_cutting_copies_and_clears_as_one_step(user: User, sample: Form) -> None:
    user.go_to(SCORE)
    user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_X, CTRL)
    assert QApplication.clipboard().text() == "2\n1\n"
    assert scores(user, 2) == ["", ""]
    assert user.session.undo_stack.undoText() == "剪切 2 个单元格"
    user.go_to(below(SCORE, 3))
    user.press(Key.Key_V, CTRL)
    assert scores(user, 5)[3:] == ["2", "1"]
    user.undo()
    user.undo()
    assert user.form == sample


def test_clearing_leaves_protected_cells_and_says_so(user: User, sample: Form) -> None:
    user.go_to(Place("indicators", "indicator-09", "target"))
    user.press(Key.Key_Left, SHIFT)
    user.press(Key.Key_Delete)
    assert user.value(Place("indicators", "indicator-09", "target")) == ""
    assert user.message == "1 个单元格保持原样：指标名称由表样规定，不能修改"
    assert user.session.undo_stack.count() == 1
    user.undo()
    assert user.form == sample


# --- pasting ----------------------------------------------------------------------------------------------------------


def test_a_block_is_pasted_from_its_corner_as_one_step(user: User, sample: Form) -> None:
    user.go_to(ACTUAL)
    paste(user, BLOCK)
    assert [user.value(below(ACTUAL, row)) for row in range(2)] == ["90%", "80%"]
    assert scores(user, 2) == ["1.5", "0.5"]
    assert user.message == "已粘贴 4 个单元格"
    assert user.table(ACTUAL).area() == Span(8, 6, 2, 2)
    assert user.session.undo_stack.undoText() == "粘贴 4 个单元格"
    assert user.stored() == user.form
    user.undo()
    assert user.form == sample


def test_a_paste_of_what_is_there_already_selects_the_block_too(user: User, sample: Form) -> None:
    user.go_to(SCORE)
    paste(user, "\r\n".join(str(text) for text in scores(user, 3)))
    assert user.table(SCORE).area() == Span(user.table(SCORE).currentIndex().row(), 7, 3, 1)
    assert user.form == sample
    assert not user.session.undo_stack.canUndo()


def test_a_table_of_another_program_is_pasted_cell_by_cell(user: User) -> None:
    user.go_to(DUTY)
    paste(user, "一\r\n二\r\n三", "<table><tr><td><p>一</p><p>二</p></td></tr><tr><td>三</td></tr></table>")
    assert [user.value(below(DUTY, row)) for row in range(2)] == ["一\n二", "三"]


def test_one_cell_fills_the_selection_and_a_block_is_repeated(user: User) -> None:
    user.go_to(SCORE)
    for _ in range(3):
        user.press(Key.Key_Down, SHIFT)
    paste(user, "1.5")
    assert scores(user, 4) == ["1.5"] * 4
    paste(user, "1\n2\n")
    assert scores(user, 4) == ["1", "2", "1", "2"]


def test_what_has_no_place_is_said(user: User) -> None:
    user.go_to(below(SCORE, 31))
    paste(user, "1\t2\n" + "3\n" * 2)
    assert user.message == "已粘贴 2 个单元格；右边放不下 1 个单元格，没有粘贴；下面放不下 1 行，没有粘贴"


def test_protected_cells_keep_their_text_and_say_why(user: User) -> None:
    user.go_to(Place("indicators", "indicator-09", "target"))
    user.press(Key.Key_Left)
    paste(user, "预算执行率\t99%\n别的名称\t98%\n")
    assert user.shown(Place("indicators", "indicator-10", "target")) == "98%"
    assert user.message == "已粘贴 2 个单元格；1 个单元格保持原样：指标名称由表样规定，不能修改"


def test_invisible_characters_are_taken_out_and_counted(user: User) -> None:
    user.go_to(SCORE)
    paste(user, "1\x07\n\ufeff2\n")
    assert scores(user, 2) == ["1", "2"]
    assert user.message == "已粘贴 2 个单元格；去掉了 2 个看不见的字符"


def test_an_empty_clipboard_and_a_locked_form_say_so(user: User, sample: Form) -> None:
    user.go_to(SCORE)
    paste(user)
    assert user.message == "剪贴板里没有可以粘贴的文字"
    user.view(SCORE).set_locked(is_locked=True)
    for key in (Key.Key_V, Key.Key_D, Key.Key_X):
        user.window.statusBar().clearMessage()
        user.press(key, CTRL)
        assert user.message.startswith("已定稿")
    assert user.form == sample


def test_a_copied_cell_is_its_text_in_an_open_editor(user: User) -> None:
    user.go_to(DUTY)
    user.press(Key.Key_F2)
    user.press(Key.Key_A, CTRL)
    paste(user, '"一\r\n二"\r\n')
    assert user.value(DUTY) == "一\n二"


# --- rows that are missing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "count", "message"),
    [
        ("增加 2 行并粘贴", 24, "已粘贴，并增加了 2 行"),
        ("只粘贴到现有行", 22, "已粘贴 1 个单元格；下面放不下 2 行，没有粘贴"),
        ("取消", 22, ""),
    ],
)
def test_a_paste_past_the_end_of_a_list_asks(user: User, sample: Form, caption: str, count: int, message: str) -> None:
    user.go_to(LAST_DUTY)
    heard: list[str] = []
    user.answer(answering(caption, heard))
    paste(user, "甲\n乙\n丙\n")
    assert "粘贴的内容比表格多 2 行" in heard[0]
    assert [row.text for row in user.form.duties[21:]] == (
        [sample.duties[21].text] if caption == "取消" else ["甲", "乙", "丙"][: count - 21]
    )
    assert user.message == message
    user.go_to(DUTY)  # after a dialog the window manager gives the keys back
    if caption != "取消":
        user.undo()
    assert user.form == sample
    assert not user.session.undo_stack.canUndo()


def test_an_empty_list_is_pasted_into(user: User) -> None:
    place = Place("problems", "problem-1", "text")
    user.go_to(place)
    user.press(Key.Key_Delete, CTRL)
    user.table(place).setFocus()
    paste(user, "甲\n乙\n")  # without a question: there is nothing to choose
    assert [row.text for row in user.form.problems] == ["甲", "乙"]
    assert user.message == "已粘贴，并增加了 2 行"


def test_own_indicators_of_several_groups_are_pasted_in_one_go(user: User, sample: Form) -> None:
    user.go_to(Place("indicators", "indicator-37", "name"))
    heard: list[str] = []
    user.answer(answering("接着粘贴到下面的指标", heard))
    paste(user, "甲\t≥1天\n乙\t≥2天\n丙\t≥3天\n")
    assert "粘贴的内容比“职能(30)”下面的行多 2 行" in heard[0]
    assert [(row.name, row.target) for row in user.form.indicators[36:39]] == [
        ("甲", "≥1天"),
        ("乙", "≥2天"),
        ("丙", "≥3天"),
    ]
    assert len(user.form.indicators) == len(sample.indicators)
    user.go_to(DUTY)  # after a dialog the window manager gives the keys back
    user.undo()
    assert user.form == sample


def test_a_paste_of_own_indicators_stays_in_its_group_and_says_so(user: User, sample: Form) -> None:
    last = next(row for row in reversed(sample.indicators) if row.group == "level2-3-1")
    user.go_to(Place("indicators", last.key, "name"))
    heard: list[str] = []
    user.answer(answering("只粘贴到现有行", heard))
    paste(user, "甲\n乙\n丙\n")
    assert "比“职能(30)”下面的行多 2 行" in heard[0]
    area = user.table(Place("indicators", last.key, "name")).area()
    assert area is not None
    assert area.rows == 1  # what was not pasted is not selected: Delete must not reach it


def test_a_list_from_word_brings_no_second_numbers(user: User, sample: Form) -> None:
    """Word writes its automatic numbers before a tab."""
    user.go_to(DUTY)
    paste(user, "1.\t甲\r\n2.\t乙\r\n")
    assert [row.text for row in user.form.duties[2:5]] == ["甲", "乙", sample.duties[4].text]
    assert user.message == "已粘贴 2 个单元格；原来的编号已去掉，编号由表格自动生成"
    user.undo()
    assert user.form == sample
    user.go_to(DUTY)
    paste(user, "（3）丙\r\n")  # alone it is no list
    assert user.value(DUTY) == "（3）丙"


def test_projects_are_added_to_their_sum_and_indicators_to_their_group(user: User, sample: Form) -> None:
    user.go_to(Place("budget", sample.budget[-1].key, "label"))
    user.answer(answering("增加 1 行并粘贴", []))
    paste(user, "甲\t1\t2\n乙\t3\t4\t执行率\n")
    assert [(line.label, line.annual, line.spent) for line in user.form.budget[-2:]] == [
        ("甲", "1", "2"),
        ("乙", "3", "4"),
    ]
    assert user.form.budget[-1].part_of == sample.budget[-1].part_of
    assert user.message == "已粘贴，并增加了 1 行；新增的行中有 1 个单元格由程序自动生成或没有对应的列，没有粘贴"
    user.go_to(FREE_NAME)
    user.answer(answering("增加 1 行并粘贴", []))
    paste(user, "甲\n乙\n丙\n")
    assert [row.name for row in user.form.indicators[35:38]] == ["甲", "乙", "丙"]
    assert user.form.indicators[37].group == "level2-3-1"
    user.go_to(FREE_NAME)
    user.undo()
    user.undo()
    assert user.form == sample


# --- filling and moving -----------------------------------------------------------------------------------------------


def test_filling_down_takes_the_first_selected_row_or_the_cell_above(user: User, sample: Form) -> None:
    user.go_to(ACTUAL)
    user.press(Key.Key_Right, SHIFT)
    for _ in range(2):
        user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_D, CTRL)
    assert scores(user, 3) == ["2", "2", "2"]
    assert user.session.undo_stack.undoText().startswith("向下填充 ")
    user.undo()
    assert user.form == sample
    user.go_to(below(SCORE, 1))
    user.press(Key.Key_D, CTRL)
    assert scores(user, 3) == ["2", "2", value_at(sample, below(SCORE, 2))]
    user.go_to(Place("duties", "duty-01", "text"))
    user.press(Key.Key_D, CTRL)
    assert user.message == "上面没有可以用来填充的单元格"


def test_filling_down_leaves_protected_cells(user: User, sample: Form) -> None:
    user.go_to(Place("indicators", "indicator-09", "target"))
    user.press(Key.Key_Left)
    user.press(Key.Key_Down, SHIFT)
    user.press(Key.Key_D, CTRL)
    assert user.message == "1 个单元格保持原样：指标名称由表样规定，不能修改"
    assert user.form == sample
    user.go_to(GROUP)
    user.press(Key.Key_D, CTRL)  # a merged cell fills nothing but itself
    assert user.form == sample


def test_arrows_and_ctrl_keys_move_and_shift_selects(user: User) -> None:
    user.go_to(SCORE)
    for key, place in (
        (Key.Key_Up, below(SCORE, -1)),
        (Key.Key_Down, SCORE),
        (Key.Key_Left, ACTUAL),
        (Key.Key_Right, SCORE),
    ):
        user.press(key)
        assert user.current() == place
    table = user.table(SCORE)
    user.press(Key.Key_Home, CTRL)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 0)
    user.press(Key.Key_End, CTRL)
    assert table.currentIndex().row() == table.model().rowCount() - 1
    user.press(Key.Key_A, CTRL)
    assert table.area() == Span(0, 0, table.model().rowCount(), table.model().columnCount())
    user.go_to(SCORE)
    user.press(Key.Key_Left, SHIFT)
    user.press(Key.Key_Up, SHIFT)
    assert table.area() == Span(7, 6, 2, 2)


def test_enter_below_a_merged_cell_goes_past_it(user: User) -> None:
    user.go_to(GROUP)
    table = user.table(GROUP)
    bottom = table.currentIndex().row() + table.rowSpan(table.currentIndex().row(), 0)
    user.press(Key.Key_Return)
    assert table.currentIndex().row() == bottom


def test_the_menu_of_a_table_offers_what_the_keys_do(user: User) -> None:
    user.go_to(DUTY)
    entries = {action.text().partition("\t")[0]: action for action in user.table(DUTY).actions()}
    assert {"剪切", "复制", "粘贴", "向下填充", "清除内容", "恢复列宽", "增加一项", "删除此项", "上移", "下移"} <= {
        *entries
    }
    before = user.value(DUTY)
    entries["剪切"].trigger()
    assert user.value(DUTY) == ""
    entries["粘贴"].trigger()
    assert user.value(DUTY) == before
    user.press(Key.Key_Down)
    entries["向下填充"].trigger()
    assert user.value(below(DUTY, 1)) == before
    entries["清除内容"].trigger()
    assert user.value(below(DUTY, 1)) == ""


# --- for those who hear the table -------------------------------------------------------------------------------------


def described(user: User, place: Place) -> str:
    """What a screen reader is told about a cell."""
    table = user.table(place)
    index = table.faces_model.index_of(place)
    interface = QAccessible.queryAccessibleInterface(table)
    columns = table.model().columnCount() + 1  # headings count, at the left too
    cell = interface.child((index.row() + 1) * columns + index.column() + 1)
    return str(cell.text(QAccessible.Text.Name))


def test_every_cell_says_its_heading_its_row_and_its_value(user: User) -> None:
    user.go_to(SCORE)
    assert QAccessible.queryAccessibleInterface(user.table(SCORE)).text(QAccessible.Text.Name) == "指标评分"
    assert described(user, SCORE) == "得分，预算执行率，2"
    user.press(Key.Key_Delete)
    assert described(user, SCORE).startswith("得分，预算执行率，空白")
    assert described(user, GROUP).startswith("一级指标，")
    assert described(user, FREE_NAME) == f"三级指标，{user.value(FREE_NAME)}"
    user.go_to(FREE_NAME)
    user.press(Key.Key_Delete)
    assert described(user, FREE_NAME).startswith("三级指标，第 36 行，空白")
    user.go_to(DUTY)
    assert described(user, DUTY).startswith("主要职能，（3），")
    user.go_to(AMOUNT)
    assert described(user, AMOUNT).startswith("全年预算数（万元），")
