"""A list written as one text: items, numbers, counter; what is typed is stored at once and taken back by the one undo."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place, TextItem
from app.form.template import ItemsBlock
from app.ui.pages.items import ItemsView
from app.ui.pages.table_block import LOCKED
from app.ui.writing.gutter import Gutter
from app.ui.writing.items_editor import ItemsEditor
from app.ui.writing.pane import WritingPane, describe_counts
from tests.ui.user import ALT, CTRL, NO_KEYS, SHIFT, Key, User, focused

DUTIES = Place("duties")
THIRD = Place("duties", "duty-03", "text")
WORD = "（1）\t贯彻执行法规\r\n（2）\t拟订规划\r\n"


def pane_of(user: User) -> WritingPane:
    (pane,) = user.view(DUTIES).findChildren(WritingPane)
    return pane


def begin(user: User, *texts: str) -> ItemsEditor:
    """Open a form whose duties have these texts, and write them from the end of the last one."""
    form = replace(user.form, duties=tuple(TextItem(f"k{number}", text) for number, text in enumerate(texts)))
    user.program.shelf.open_form(user.program.writer.create(form, "新建").id)
    user.open_tab_of(DUTIES)
    view = user.view(DUTIES)
    assert isinstance(view, ItemsView)
    if view.is_written:
        user.push(DUTIES, "逐项表格")
    if texts:
        user.go_to(Place("duties", f"k{len(texts) - 1}", "text"))
    else:
        user.table(DUTIES).setFocus()
    user.press(Key.Key_E, CTRL | SHIFT)
    editor = pane_of(user).editor
    assert focused() is editor
    return editor


def check(user: User, *texts: str) -> None:
    """The list has these texts: in the editor, in the table, on disk."""
    editor = pane_of(user).editor
    assert editor.texts == (texts or ("",))
    assert tuple(row[1].text for row in user.table(DUTIES).faces_model.faces.rows) == texts
    assert tuple(item.text for item in user.stored().duties) == texts


def cursor_of(editor: ItemsEditor) -> tuple[int, int]:
    cursor = editor.textCursor()
    return cursor.blockNumber(), cursor.positionInBlock()


def compose(preedit: str) -> None:
    QApplication.sendEvent(focused(), QInputMethodEvent(preedit, []))


def test_a_list_is_written_in_place_and_shown_as_a_table_again(user: User, sample: Form) -> None:
    user.go_to(THIRD)
    user.push(DUTIES, "连续编写")
    editor = focused()
    assert isinstance(editor, ItemsEditor)
    assert editor.isVisible()
    assert not user.table(DUTIES).isVisible()
    assert editor.texts == tuple(item.text for item in sample.duties)
    assert editor.item == 2
    assert editor.accessibleName() == "主要职能"
    user.press(Key.Key_Down, CTRL)
    user.press(Key.Key_Down)
    assert editor.item == 3
    user.press(Key.Key_E, CTRL | SHIFT)
    assert focused() is user.table(DUTIES)
    assert user.current() == Place("duties", "duty-04", "text")
    user.push(DUTIES, "连续编写")
    user.push(DUTIES, "逐项表格")
    assert user.table(DUTIES).isVisible()
    assert user.stored() == sample


def test_typing_is_stored_at_once_and_is_one_step(user: User) -> None:
    begin(user, "甲", "乙")
    user.compose("职")
    check(user, "甲", "乙职")
    user.write("能 ok")
    check(user, "甲", "乙职能 ok")
    user.undo()
    check(user, "甲", "乙")
    user.redo()
    check(user, "甲", "乙职能 ok")


def test_what_is_typed_in_another_visit_is_another_step(user: User) -> None:
    begin(user, "甲", "乙")
    user.write("1")
    user.press(Key.Key_Up)
    user.press(Key.Key_Down)
    user.press(Key.Key_End)
    user.write("2")
    user.undo()
    check(user, "甲", "乙1")


def test_nothing_is_typed_before_the_input_method_is_done(user: User) -> None:
    editor = begin(user, "甲", "乙")
    compose("zhi'neng")
    check(user, "甲", "乙")
    assert not user.session.undo_stack.canUndo()
    user.compose("职能")
    check(user, "甲", "乙职能")
    assert cursor_of(editor) == (1, 3)


def test_an_undo_while_composing_waits_until_the_end(user: User) -> None:
    editor = begin(user, "甲", "乙")
    user.write("1")
    compose("zhi")
    user.window.undo()
    assert editor.texts == ("甲", "乙1")
    user.compose("职")
    check(user, "甲", "乙职")


def test_enter_begins_an_item_at_once(user: User) -> None:
    editor = begin(user, "甲", "乙")
    keys = [item.key for item in user.form.duties]
    user.press(Key.Key_Return)
    check(user, "甲", "乙", "")
    assert [item.key for item in user.form.duties][:2] == keys
    assert user.session.undo_stack.undoText() == "增加一项主要职能"
    user.write("丙")
    check(user, "甲", "乙", "丙")
    user.undo()
    check(user, "甲", "乙", "")
    user.undo()
    check(user, "甲", "乙")
    assert focused() is editor
    assert cursor_of(editor) == (1, 1)


def test_enter_within_an_item_divides_it_and_backspace_joins(user: User) -> None:
    editor = begin(user, "甲乙", "丙丁")
    user.press(Key.Key_Left)
    user.press(Key.Key_Return)
    check(user, "甲乙", "丙", "丁")
    assert user.session.undo_stack.undoText() == "将主要职能第 2 项分开"
    assert cursor_of(editor) == (2, 0)
    user.press(Key.Key_Backspace)
    check(user, "甲乙", "丙丁")
    assert user.session.undo_stack.undoText() == "将主要职能第 2 项与下一项合并"
    assert cursor_of(editor) == (1, 1)
    user.undo()
    user.undo()
    check(user, "甲乙", "丙丁")
    user.redo()
    check(user, "甲乙", "丙", "丁")


@pytest.mark.parametrize("keys", [SHIFT, ALT])
def test_a_line_ends_within_an_item(user: User, keys: object) -> None:
    begin(user, "甲", "乙")
    user.press(Key.Key_Return, SHIFT if keys is SHIFT else ALT)
    user.write("丙")
    check(user, "甲", "乙\n丙")


def test_a_list_from_word_becomes_items(user: User) -> None:
    editor = begin(user, "甲", "乙丙")
    user.press(Key.Key_Left)
    user.paste(WORD)
    check(user, "甲", "乙", "贯彻执行法规", "拟订规划", "丙")
    user.undo()
    check(user, "甲", "乙丙")
    user.press(Key.Key_A, CTRL)
    user.paste(WORD)
    check(user, "贯彻执行法规", "拟订规划")
    assert cursor_of(editor) == (1, 4)
    user.undo()
    check(user, "甲", "乙丙")
    user.redo()
    check(user, "贯彻执行法规", "拟订规划")


def test_a_phrase_is_pasted_into_the_text(user: User) -> None:
    begin(user, "甲", "乙丙")
    user.press(Key.Key_Left)
    user.paste("1.5倍\r\n")
    check(user, "甲", "乙1.5倍丙")
    user.paste("一\v二")
    check(user, "甲", "乙1.5倍一\n二丙")


def test_cells_from_excel_become_items(user: User) -> None:
    begin(user, "甲")
    user.press(Key.Key_A, CTRL)
    user.paste('"（1）贯彻""十四五""规划\n（2）拟订规划"\r\n')
    check(user, '贯彻"十四五"规划', "拟订规划")
    user.press(Key.Key_A, CTRL)
    user.paste('"一\n二"\r\n三\r\n')
    check(user, "一\n二", "三")
    user.paste('"四"')
    check(user, "一\n二", '三"四"')


def test_what_is_copied_here_is_pasted_as_it_is(user: User) -> None:
    begin(user, "1.甲", "2.乙\n丙")
    user.press(Key.Key_A, CTRL)
    user.press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "1.甲\n2.乙\n丙"
    user.press(Key.Key_End, CTRL)
    user.press(Key.Key_Return)
    user.press(Key.Key_V, CTRL)
    check(user, "1.甲", "2.乙\n丙", "1.甲", "2.乙\n丙")


def test_an_empty_list_gets_its_first_item_by_typing(user: User) -> None:
    editor = begin(user)
    check(user)
    user.compose("职")
    check(user, "职")
    user.press(Key.Key_Backspace)
    check(user, "")
    user.undo()
    user.undo()
    check(user)
    assert not user.session.undo_stack.canUndo()
    assert focused() is editor


def test_characters_that_no_file_can_hold_are_not_shown(user: User) -> None:
    begin(user, "甲")
    user.compose("乙\x07")
    check(user, "甲乙")
    user.compose("\x07")
    check(user, "甲乙")


def test_characters_beyond_the_first_plane_are_kept_whole(user: User) -> None:
    editor = begin(user, "𫖯𬱖甲", "乙")
    user.write("𫖯")
    user.undo()
    check(user, "𫖯𬱖甲", "乙")
    user.window.reveal(Place("duties", "k0", "text"))
    user.write("𬱖")
    check(user, "𫖯𬱖甲𬱖", "乙")
    user.undo()
    check(user, "𫖯𬱖甲", "乙")
    assert cursor_of(editor) == (0, 5)


def test_the_buttons_work_on_the_item_with_the_cursor(user: User) -> None:
    editor = begin(user, "甲", "乙", "丙")
    user.press(Key.Key_Up, ALT)
    check(user, "甲", "丙", "乙")
    assert editor.item == 1
    user.push(DUTIES, "删除此项")
    check(user, "甲", "乙")
    assert focused() is editor
    user.push(DUTIES, "增加一项")
    user.write("新")
    assert "新" in editor.texts
    check(user, *editor.texts)


def test_a_place_is_revealed_by_the_cursor(user: User) -> None:
    editor = begin(user, "甲", "乙", "丙")
    user.open_tab("指标评分")
    assert user.window.reveal(Place("duties", "k1", "text"))
    assert focused() is editor
    assert editor.item == 1
    assert user.window.reveal(DUTIES)
    assert editor.item == 0


def test_a_final_list_can_be_read_and_says_why_it_is_closed(user: User) -> None:
    editor = begin(user, "甲", "乙")
    user.view(DUTIES).set_locked(is_locked=True)
    for key in (Key.Key_A, Key.Key_Return, Key.Key_Backspace, Key.Key_Delete):
        user.window.statusBar().clearMessage()
        user.press(key)
        assert user.message == LOCKED
    user.window.statusBar().clearMessage()
    user.paste(WORD)
    assert user.message == LOCKED
    check(user, "甲", "乙")
    user.press(Key.Key_A, CTRL)
    assert editor.textCursor().hasSelection()
    user.view(DUTIES).set_locked(is_locked=False)
    user.press(Key.Key_End)
    user.write("1")
    check(user, "甲", "乙1")


@pytest.mark.parametrize(
    ("texts", "count", "limit", "shown"),
    [
        (["甲" * 56, "乙" * 1178], 56, 500, "本项 56 / 500 字 · 共 2 项 1,234 字"),
        (["甲" * 512], 512, 500, "本项 512 / 500 字，超出 12 字 · 共 1 项 512 字"),
        ([" 甲 "], 1, 0, "本项 1 字 · 共 1 项 1 字"),
        ([], 0, 500, "本项 0 / 500 字 · 共 0 项 0 字"),
    ],
)
def test_the_counter_says_how_long_and_by_how_much_too_long(
    texts: list[str], count: int, limit: int, shown: str
) -> None:
    assert describe_counts(texts, count, limit) == shown


def test_the_list_is_as_large_as_the_tables(user: User) -> None:
    editor = begin(user, "甲", "乙")
    table, gutter = user.table(DUTIES), pane_of(user).gutter
    size = editor.font().pointSizeF()
    spacing = editor.document().lastBlock().blockFormat().bottomMargin()
    spot, still = QPointF(20, 20), QPoint()
    for turn in (60, 60, 480):
        wheel = QWheelEvent(
            spot, spot, still, QPoint(0, turn), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(editor.viewport(), wheel)
    assert editor.font().pointSizeF() == gutter.font().pointSizeF() == table.font().pointSizeF() > size
    assert editor.document().lastBlock().blockFormat().bottomMargin() > spacing
    check(user, "甲", "乙")
    assert not user.session.undo_stack.canUndo()
    table.reset_zoom()
    user.write("1")
    assert editor.font().pointSizeF() == size


def test_what_is_wrong_with_an_item_is_said_in_words(qtbot: QtBot) -> None:
    view = ItemsView(ItemsBlock("主要职能", "duties", "（{n}）", limit=4))
    qtbot.addWidget(view)
    view.resize(600, 400)
    form = blank_form(load_template("rugao-2024"), "甲局")
    duties = (TextItem("a", "恰好四字"), TextItem("b", "不止四个字"))
    view.show_outcome(compute_outcome(replace(form, duties=duties)))
    with qtbot.waitExposed(view):
        view.show()
    view._switch.trigger()
    pane = view.findChild(WritingPane)
    assert isinstance(pane, WritingPane)
    assert (pane.count.text(), bool(pane.count.property("wrong"))) == ("本项 4 / 4 字 · 共 2 项 9 字", False)
    assert view.reveal(Place("duties", "b", "text"))
    assert pane.count.text() == "本项 5 / 4 字，超出 1 字 · 共 2 项 9 字"
    assert pane.count.property("wrong")
    assert pane.said.text() == "共 5 字，超过表样规定的 4 字，请删减 1 字"
    assert "请删减 1 字" in pane.editor.accessibleDescription()
    block = pane.editor.document().findBlockByNumber(1)
    spot = QPoint(4, int(block.layout().position().y()) + 4)
    QApplication.sendEvent(pane.gutter, QHelpEvent(QEvent.Type.ToolTip, spot, pane.gutter.mapToGlobal(spot)))
    assert "请删减 1 字" in QToolTip.text()


class Paintings(QObject):
    """Counts what Qt asks a widget to paint."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_numbers_are_painted_with_the_text_and_lead_to_their_items(user: User) -> None:
    editor = begin(user, "甲", "乙")
    gutter = pane_of(user).gutter
    assert isinstance(gutter, Gutter)
    QApplication.processEvents()
    before = gutter.grab().toImage()
    paintings = Paintings()
    gutter.installEventFilter(paintings)
    user.press(Key.Key_Return)
    QApplication.processEvents()
    assert paintings.count > 0
    assert gutter.grab().toImage() != before
    first = editor.document().firstBlock().layout().position()
    QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(8, int(first.y()) + 4))
    assert editor.item == 0


KEYS = {
    "enter": (Key.Key_Return, NO_KEYS),
    "line": (Key.Key_Return, SHIFT),
    "back": (Key.Key_Backspace, NO_KEYS),
    "delete": (Key.Key_Delete, NO_KEYS),
    "up": (Key.Key_Up, NO_KEYS),
    "down": (Key.Key_Down, NO_KEYS),
    "home": (Key.Key_Home, NO_KEYS),
    "all": (Key.Key_A, CTRL),
    "undo": (Key.Key_Z, CTRL),
    "redo": (Key.Key_Y, CTRL),
    "raise": (Key.Key_Up, ALT),
    "add": (Key.Key_Insert, CTRL),
    "switch": (Key.Key_E, CTRL | SHIFT),
}
TYPED = ("a", "职", WORD, "1.5倍")
STEPS = st.lists(st.sampled_from((*KEYS, *TYPED)), max_size=14)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_whatever_is_done_the_editor_shows_the_stored_list(user: User, steps: list[str]) -> None:
    editor = begin(user, "甲乙", "丙\n丁", "")
    start = user.form
    for step in steps:
        act(user, step)
        texts = tuple(item.text for item in user.stored().duties)
        assert user.form == user.stored()
        assert tuple(row[1].text for row in user.table(DUTIES).faces_model.faces.rows) == texts
        if editor.isVisible():
            assert editor.texts == (texts or ("",))
    while user.session.undo_stack.canUndo():
        user.window.undo()
    assert user.stored() == start


def act(user: User, step: str) -> None:
    if step in KEYS:
        user.press(*KEYS[step])
    elif isinstance(focused(), ItemsEditor):
        user.write(step) if len(step) == 1 else user.paste(step)
