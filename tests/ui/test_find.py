"""Ctrl+F, Ctrl+H, F3: found over all tabs, shown at its cell, replaced in one step; the keys stay where they belong."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QToolButton

from app.editing.searching import Wanted, find_text
from app.form.form import Form
from app.form.rows import Place
from app.ui.aids.searching import Searching
from app.ui.panels.find_bar import FindBar
from app.ui.table.view import TableView
from tests.ui.user import CTRL, SHIFT, Key, User, focused

UNIT = Place("cover", "", "unit")
STAFFING = Place("staffing", "", "text")
SCORE = Place("indicators", "indicator-09", "score")
LOCKED = "已定稿或只读打开，内容已锁定；需要修改时请先取消定稿，或照窗口上方的提示做"


class Searcher(User):
    """A user with the bar."""

    @property
    def bar(self) -> FindBar:
        bar = self.window.findChild(FindBar)
        assert isinstance(bar, FindBar)
        return bar

    @property
    def verdict(self) -> str:
        return self.bar.verdict.text()

    def look_for(self, text: str, replacement: str | None = None) -> None:
        """Open the bar and type into it."""
        self.press(Key.Key_F if replacement is None else Key.Key_H, CTRL)
        self.write(text)
        if replacement is not None:
            self.press(Key.Key_Tab)
            while focused() is not self.bar.replacement:
                self.press(Key.Key_Tab)
            self.write(replacement)

    def push_in_bar(self, caption: str) -> None:
        (button,) = (each for each in self.bar.findChildren(QToolButton) if each.text().split("(")[0] == caption)
        self.click(button)

    def current_text(self) -> str:
        """What the current cell of the visible table shows."""
        page = self.window.tabs.currentWidget()
        (table,) = (each for each in page.findChildren(TableView) if each.currentIndex().isValid())
        face = table.faces_model.face_at(table.currentIndex())
        assert face is not None
        return face.text


@pytest.fixture
def seeker(user: User) -> Searcher:
    if user.window.findChild(Searching) is None:
        Searching(user.window)
    return Searcher(user.program, user.bot)


def test_the_bar_opens_with_the_keys_and_counts_over_all_tabs(seeker: Searcher) -> None:
    seeker.go_to(SCORE)
    seeker.look_for("社会保险")
    assert focused() is seeker.bar.text
    assert seeker.bar.isVisible()
    count = len(find_text(seeker.form, Wanted("社会保险")))
    assert count > 3
    assert seeker.verdict == f"共 {count} 处"
    assert not seeker.bar.replacement.isVisible()


def test_f3_goes_over_all_tabs_and_round_while_the_bar_keeps_the_keys(seeker: Searcher) -> None:
    seeker.go_to(UNIT)
    seeker.press(Key.Key_Home)
    seeker.look_for("基金管理中心")
    hits = find_text(seeker.form, Wanted("基金管理中心"))
    assert {hit.place.section for hit in hits} >= {"cover", "staffing"}
    for number, hit in enumerate(hits, 1):
        seeker.press(Key.Key_F3)
        assert seeker.verdict == f"第 {number} 处，共 {len(hits)} 处"
        shown = next(page for page in seeker.window.pages if any(view.shows(hit.place) for view in page.views))
        assert seeker.window.tabs.currentWidget() is shown
        assert focused() is seeker.bar.text
    seeker.press(Key.Key_Return)
    assert seeker.verdict == f"第 1 处，共 {len(hits)} 处"
    seeker.press(Key.Key_Return, SHIFT)
    assert seeker.verdict == f"第 {len(hits)} 处，共 {len(hits)} 处"


def test_the_found_text_is_selected_in_its_field(seeker: Searcher) -> None:
    seeker.go_to(UNIT)
    seeker.press(Key.Key_A, CTRL)
    seeker.write("𫖯局一局")
    seeker.look_for("局")
    seeker.press(Key.Key_F3)
    seeker.press(Key.Key_F3)
    field = seeker.field(UNIT)
    assert isinstance(field, QLineEdit)
    assert (field.selectedText(), field.selectionStart()) == ("局", 4)


def test_a_protected_name_is_shown_too(seeker: Searcher) -> None:
    seeker.go_to(SCORE)
    seeker.look_for("固定资产利用率")
    seeker.press(Key.Key_F3)
    assert seeker.current_text() == "固定资产利用率"


def test_an_amount_beside_a_rate_is_found_in_its_field(seeker: Searcher) -> None:
    place = Place("indicators", "indicator-41", "whole")
    seeker.go_to(Place("indicators", "indicator-41", "score"))
    seeker.window.pages[3].views[0].emit_value(place, "7531")
    seeker.open_tab("机构人员")
    seeker.look_for("7531")
    seeker.press(Key.Key_F3)
    seeker.press(Key.Key_Escape)
    field = focused()
    assert isinstance(field, QLineEdit)
    assert (field.text(), field.accessibleName()) == ("7531", "有效调查人数")


def test_the_search_goes_on_from_where_the_user_is(seeker: Searcher) -> None:
    seeker.look_for("100%")
    seeker.press(Key.Key_Escape)
    seeker.go_to(Place("indicators", "indicator-13", "target"))
    seeker.press(Key.Key_F3)
    assert seeker.current() == Place("indicators", "indicator-13", "target")
    seeker.press(Key.Key_F3)
    assert seeker.current() == Place("indicators", "indicator-13", "actual")
    seeker.go_to(Place("indicators", "indicator-09", "score"))
    seeker.press(Key.Key_F3, SHIFT)
    assert seeker.current() == Place("indicators", "indicator-09", "actual")


def test_esc_gives_the_keys_back(seeker: Searcher) -> None:
    seeker.go_to(SCORE)
    table = focused()
    seeker.look_for("没有的内容")
    assert seeker.verdict == "没有找到“没有的内容”"
    seeker.press(Key.Key_Escape)
    assert not seeker.bar.isVisible()
    assert focused() is table
    assert seeker.current() == SCORE


def test_from_an_open_cell_the_bar_opens_and_esc_goes_back_into_it(seeker: Searcher) -> None:
    seeker.go_to(SCORE)
    seeker.press(Key.Key_F2)
    editor = focused()
    seeker.press(Key.Key_A, CTRL)
    seeker.press(Key.Key_H, CTRL)
    assert seeker.bar.text.text() == "2"
    seeker.press(Key.Key_Escape)
    assert focused() is editor


def test_esc_leaves_the_keys_at_the_hit(seeker: Searcher) -> None:
    seeker.go_to(UNIT)
    seeker.look_for("固定资产利用")
    seeker.press(Key.Key_Return)
    seeker.press(Key.Key_Escape)
    assert isinstance(focused(), TableView)
    assert seeker.current_text() == "固定资产利用率"


def test_the_bar_starts_with_what_is_selected(seeker: Searcher) -> None:
    seeker.go_to(SCORE)
    seeker.press(Key.Key_F, CTRL)
    assert seeker.bar.text.text() == "2"
    assert seeker.bar.text.selectedText() == "2"
    seeker.press(Key.Key_Escape)
    seeker.go_to(UNIT)
    seeker.press(Key.Key_Home)
    for _ in "如皋":
        seeker.press(Key.Key_Right, SHIFT)
    seeker.press(Key.Key_H, CTRL)
    assert seeker.bar.text.text() == "如皋"
    assert seeker.bar.replacement.isVisible()


def test_case_and_whole_cells_count_when_asked_for(seeker: Searcher) -> None:
    seeker.look_for("1")
    everywhere = find_text(seeker.form, Wanted("1"))
    whole = find_text(seeker.form, Wanted("1", is_whole_cell=True))
    assert seeker.verdict == f"共 {len(everywhere)} 处"
    (box,) = (each for each in seeker.bar.findChildren(QCheckBox) if each.text().startswith("整格匹配"))
    seeker.press(Key.Key_Tab)
    box.setFocus()
    seeker.press(Key.Key_Space)
    assert len(whole) < len(everywhere)
    assert seeker.verdict == f"共 {len(whole)} 处"


def test_replacing_everything_is_one_step_and_says_what_was_left(seeker: Searcher) -> None:
    before = seeker.form
    seeker.look_for("率", "比")
    seeker.push_in_bar("全部替换")
    assert seeker.verdict == "已替换 3 处；另有 13 处在表样规定的名称里，不能修改，没有替换"
    assert seeker.message == seeker.verdict
    assert seeker.session.undo_stack.count() == 1
    assert seeker.session.undo_stack.undoText() == "将“率”替换为“比”（3 处）"
    (undo,) = (each for each in seeker.window.menus.edit.actions() if each.text().startswith("撤销"))
    assert undo.text() == "撤销将“率”替换为“比”（3 处）"
    assert seeker.stored() == seeker.form != before
    seeker.undo()
    assert seeker.form == before
    assert seeker.stored() == before


def test_one_after_the_other_is_replaced(seeker: Searcher) -> None:
    seeker.go_to(UNIT)
    seeker.press(Key.Key_A, CTRL)
    seeker.write("甲局甲局")
    seeker.look_for("甲", "甲乙")
    seeker.press(Key.Key_Return)
    assert seeker.form.cover.unit == "甲局甲局"
    assert seeker.verdict == "第 1 处，共 2 处"
    seeker.press(Key.Key_Return)
    assert seeker.form.cover.unit == "甲乙局甲局"
    assert seeker.verdict == "第 2 处，共 2 处"
    seeker.press(Key.Key_Return)
    assert seeker.form.cover.unit == "甲乙局甲乙局"
    assert focused() is seeker.bar.replacement


def test_a_protected_name_is_passed_with_a_sentence(seeker: Searcher) -> None:
    before = seeker.form
    seeker.look_for("固定资产利用率", "别的")
    seeker.push_in_bar("替换")
    seeker.push_in_bar("替换")
    assert seeker.verdict == "这是表样规定的名称，不能修改，没有替换"
    seeker.push_in_bar("全部替换")
    assert seeker.verdict == "1 处在表样规定的名称里，不能修改，没有替换"
    assert seeker.form == before


def test_nothing_to_replace_is_said(seeker: Searcher) -> None:
    seeker.look_for("没有的内容", "别的")
    seeker.push_in_bar("全部替换")
    assert seeker.verdict == "没有找到“没有的内容”"
    seeker.bar.text.setFocus()
    seeker.press(Key.Key_A, CTRL)
    seeker.press(Key.Key_Delete)
    seeker.push_in_bar("替换")
    assert seeker.verdict == "请先填写要查找的内容"
    seeker.bar.text.setFocus()
    seeker.write("别的")
    assert seeker.session.undo_stack.count() == 0


def test_a_final_form_is_searched_but_not_replaced_in(seeker: Searcher) -> None:
    form_id = seeker.session.workspace.form_id
    seeker.window.show_edition(seeker.program.writer.finalise(form_id, "张三"))
    before = seeker.form
    seeker.look_for("社会保险", "别的")
    for caption in ("替换", "全部替换"):
        seeker.push_in_bar(caption)
        assert seeker.verdict == LOCKED
    seeker.push_in_bar("下一个")
    assert seeker.verdict.startswith("第 1 处")
    assert seeker.form == before


def test_the_count_follows_edits_and_another_form(seeker: Searcher) -> None:
    seeker.go_to(UNIT)
    seeker.look_for("没有的内容")
    seeker.go_to(UNIT)
    seeker.write("没有的内容")
    assert seeker.verdict == "共 1 处"
    blank = seeker.program.writer.create(Form(seeker.form.template), "新建")
    seeker.program.shelf.open_form(blank.id)
    assert seeker.verdict == "没有找到“没有的内容”"


def test_ctrl_z_in_the_bar_takes_back_the_replacement(seeker: Searcher) -> None:
    before = seeker.form
    seeker.look_for("率", "比")
    seeker.push_in_bar("全部替换")
    seeker.bar.replacement.setFocus()
    seeker.undo()
    assert seeker.form == before


def test_without_a_form_there_is_nothing_to_search(seeker: Searcher) -> None:
    seeker.window.close_form()
    seeker.window.forms.tree.setFocus()
    seeker.press(Key.Key_F, CTRL)
    assert seeker.message == "请先打开一份自评价表"
