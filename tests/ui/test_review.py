"""The panel 审核 and 计算依据: findings live, ways to the cells, explanations that answer until the figures change."""

from functools import partial
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.form.rows import Place
from app.program import Program
from app.review.edition import Draft
from app.review.finding import Finding, Level, is_answered
from app.ui.pages.tables import IndicatorView
from app.ui.panels.versions_dialog import VersionsDialog
from app.ui.table.view import TableView
from tests.ui.conftest import close_program, open_program
from tests.ui.user import SHIFT, Key, User, push_in

SATISFACTION: Final = Place("indicators", "indicator-41", "actual")
STAFFING_RATE: Final = Place("indicators", "indicator-28", "actual")
PROJECT: Final = Place("budget", "project", "annual")
SMALL_SCREEN: Final = (1366, 768)
TASK_BAR: Final = 48


@pytest.fixture
def corrected(user: User) -> User:
    """The corrected real form is open; it has no mandatory finding."""
    entry = user.program.writer.create(load_form(resource("samples", "rugao-2024-corrected.json")), "更正")
    user.program.shelf.open_form(entry.id)
    return user


def finding(user: User, code: str, place: Place) -> Finding:
    (found,) = (each for each in user.session.outcome.findings if (each.code, each.place) == (code, place))
    return found


def has(user: User, code: str, place: Place) -> bool:
    return any((each.code, each.place) == (code, place) for each in user.session.outcome.findings)


def listed(user: User) -> list[str]:
    """Codes in the panel, in their order."""
    tree = user.window.review.tree
    tops = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return [top.child(n).text(0) for top in tops if top is not None for n in range(top.childCount())]


def basis(user: User) -> IndicatorView:
    view = user.view(SATISFACTION)
    assert isinstance(view, IndicatorView)
    return view


def is_laid_out(page: QWidget) -> bool:
    return page.minimumSizeHint().height() > page.fontMetrics().height() * 4


def shows_rows(page: QWidget) -> bool:
    return all(view.viewport().height() >= view.fontMetrics().height() for view in page.findChildren(TableView))


def explain_all(user: User) -> None:
    for each in user.session.outcome.findings:
        user.window.review.explained.emit(each, "情况属实", "")


def test_f9_shows_every_finding_by_level_and_the_status_bar_counts_them(user: User) -> None:
    assert user.window.totals.review.text() == "审核：强制 9　提示 13"
    user.press(Key.Key_F9)
    assert user.window.review.isVisible()
    codes = [each.code for level in Level for each in user.session.outcome.findings if each.level is level]
    assert listed(user) == codes


def test_a_finding_goes_at_once_when_its_cell_is_right(user: User) -> None:
    user.press(Key.Key_F9)
    before = listed(user).count("C09")
    user.type_into(SATISFACTION, "98%")
    assert listed(user).count("C09") == before - 1


def test_enter_in_the_panel_goes_to_the_tab_and_cell(user: User) -> None:
    user.window.show_review()
    wanted = finding(user, "C23", PROJECT)
    while user.window.review.current_finding() != wanted:
        user.press(Key.Key_F4)
        user.window.review.tree.setFocus()
    user.open_tab("机构人员")
    user.window.review.tree.setFocus()
    user.press(Key.Key_Return)
    assert user.window.tabs.currentWidget() is user.window.pages[2]
    assert user.current() == PROJECT


def test_f4_goes_round_all_findings_and_shift_f4_back(user: User) -> None:
    user.press(Key.Key_F4)
    first = user.window.review.current_finding()
    for _ in user.session.outcome.findings:
        user.press(Key.Key_F4)
    assert user.window.review.current_finding() == first
    user.press(Key.Key_F4)
    user.press(Key.Key_F4, SHIFT)
    assert user.window.review.current_finding() == first


def test_f4_leaves_out_what_is_explained_while_something_is_left(corrected: User) -> None:
    *others, last = corrected.session.outcome.findings
    for each in others:
        corrected.window.review.explained.emit(each, "情况属实", "")
    for _ in range(2):
        corrected.press(Key.Key_F4)
        assert corrected.window.review.current_finding() == last
    corrected.window.review.explained.emit(last, "情况属实", "")
    corrected.press(Key.Key_F4)
    assert corrected.window.review.current_finding() == others[0]


def test_the_name_of_the_last_version_is_offered_for_the_next(corrected: User) -> None:
    finalise(corrected)
    corrected.program.writer.reopen(corrected.session.workspace.form_id, "更正")
    corrected.window.show_edition(Draft())
    corrected.answer(lambda dialog: push_in(dialog, "确定"))
    corrected.program.finalising.finalise()
    first, second = corrected.program.writer.versions(corrected.session.workspace.form_id)
    assert (first.by, second.by) == ("张三", "张三")


def test_the_panel_has_its_share_of_a_small_screen(user: User) -> None:
    user.window.resize(*SMALL_SCREEN)
    user.press(Key.Key_F4)
    assert user.window.review.height() > user.window.height() / 4
    user.window.panes.setSizes((SMALL_SCREEN[1], 0))
    assert user.window.review.height() > 0
    user.window.panes.setSizes((400, 250))
    left = user.window.review.height()
    user.window.review.hide()
    user.press(Key.Key_F4)
    assert user.window.review.height() == left


def test_the_window_stays_on_a_small_screen_with_everything_open(corrected: User) -> None:
    window, height = corrected.window, SMALL_SCREEN[1] - TASK_BAR
    finalise(corrected)
    window.resize(SMALL_SCREEN[0], height)
    window.step_review(1)
    for tab in range(window.tabs.count()):
        window.tabs.setCurrentIndex(tab)
        corrected.bot.waitUntil(partial(is_laid_out, window.tabs.currentWidget()))
        QApplication.processEvents()  # a window that has too little room grows then
        assert window.height() == height
        corrected.bot.waitUntil(partial(shows_rows, window.tabs.currentWidget()))
        assert window.statusBar().geometry().bottom() < height


def test_cells_carry_the_sentence_mandatory_as_mark_advisory_as_note(user: User) -> None:
    user.open_tab("指标评分")
    face = user.face(SATISFACTION)
    assert finding(user, "C09", SATISFACTION).message in face.mark
    assert finding(user, "C31", SATISFACTION).message in face.note
    assert face.note not in face.mark


def test_a_new_form_is_not_red_all_over(user: User) -> None:
    user.open_tab("指标评分")
    place = Place("indicators", "indicator-01", "score")
    user.go_to(place)
    user.press(Key.Key_Delete)
    assert user.face(place).mark == ""
    assert finding(user, "C07", place).message in user.face(place).note


def test_an_explanation_answers_until_the_figures_change(user: User) -> None:
    user.window.show_review()
    wanted = finding(user, "C23", PROJECT)
    while user.window.review.current_finding() != wanted:
        user.window.step_review(1)
    user.window.review.text.setFocus()
    user.write("其余项目金额较小，未逐项列示")
    assert is_answered(user.form, wanted)
    assert is_answered(user.stored(), wanted)
    assert user.window.totals.review.text() == "审核：强制 9　提示 12"
    assert user.face(PROJECT).note == ""
    user.type_into(Place("budget", "project-1", "annual"), "6.00")
    changed = finding(user, "C23", PROJECT)
    assert changed.message != wanted.message
    assert not is_answered(user.form, changed)


def test_typing_an_explanation_is_undone_like_any_edit(user: User) -> None:
    start = user.form
    user.window.show_review()
    while (current := user.window.review.current_finding()) is None or current.level is not Level.ADVISORY:
        user.window.step_review(1)
    user.window.review.text.setFocus()
    user.write("见附件")
    assert [row.text for row in user.form.explanations] == ["见附件"]
    while user.session.undo_stack.canUndo():
        user.undo()
    assert user.form == start


def test_the_key_that_shows_the_panel_puts_it_away_from_an_explanation_too(user: User) -> None:
    user.window.show_review()
    while (current := user.window.review.current_finding()) is None or current.level is not Level.ADVISORY:
        user.window.step_review(1)
    user.window.review.text.setFocus()
    user.press(Key.Key_F9)
    assert not user.window.review.isVisible()


def test_a_mandatory_finding_takes_no_explanation(user: User) -> None:
    user.press(Key.Key_F4)
    current = user.window.review.current_finding()
    assert current is not None
    assert current.level is Level.MANDATORY
    assert not user.window.review.text.isVisibleTo(user.window.review)


def test_the_basis_explains_the_row_and_one_click_takes_the_figure_over(user: User) -> None:
    user.go_to(STAFFING_RATE)
    strip = basis(user).basis
    assert "21 ÷ 24 = 87.50%" in strip._linked.text()
    user.click(strip.take_linked)
    assert user.value(STAFFING_RATE) == "87.50%"
    assert not has(user, "C27", STAFFING_RATE)
    assert not strip.take_linked.isVisible()
    user.undo()
    assert user.value(STAFFING_RATE) == "100%"


def test_amounts_beside_a_rate_compute_it(user: User) -> None:
    user.go_to(SATISFACTION)
    part, whole = basis(user).basis.inputs
    part.setFocus()
    user.write("190")
    whole.setFocus()
    user.write("200")
    assert "190 ÷ 200 = 95" in basis(user).basis._linked.text()
    assert user.stored().indicators[-1].whole == "200"


def test_a_suggested_score_is_taken_over_only_by_a_click(user: User) -> None:
    user.type_into(SATISFACTION, "95%")
    user.go_to(SATISFACTION)
    strip = basis(user).basis
    assert "10 × 95 ÷ 98 = 9.69" in strip._score.text()
    score = Place("indicators", "indicator-41", "score")
    assert user.value(score) == "9.5"
    user.click(strip.take_score)
    assert user.value(score) == "9.69"


def test_stated_totals_can_be_cleared_and_come_back_by_undo(user: User) -> None:
    user.go_to(SATISFACTION)
    user.push(SATISFACTION, "清除原表合计")
    assert user.form.stated.weight_total == ""
    assert not any(each.code == "C03" for each in user.session.outcome.findings)
    user.undo()
    assert user.form.stated.weight_total == "100"


def test_a_form_with_findings_is_not_finalised_and_the_panel_says_which(user: User) -> None:
    user.program.finalising.finalise()
    assert user.session.edition == Draft()
    assert user.window.review.isVisible()
    assert "强制问题 9 条" in user.window.statusBar().currentMessage()


def finalise(user: User) -> None:
    explain_all(user)

    def answer(dialog: object) -> None:
        assert isinstance(dialog, QInputDialog)
        (line,) = dialog.findChildren(QLineEdit)
        line.setText("张三")
        dialog.accept()

    user.answer(answer)
    user.program.finalising.finalise()


def test_who_made_the_last_version_is_offered_for_the_next(corrected: User) -> None:
    finalise(corrected)
    form_id = corrected.session.workspace.form_id
    corrected.program.writer.reopen(form_id, "补充")
    corrected.window.show_edition(Draft())
    corrected.answer(QDialog.accept)
    corrected.program.finalising.finalise()
    assert [version.by for version in corrected.program.writer.versions(form_id)] == ["张三", "张三"]


def test_a_final_form_is_locked_until_the_reason_for_reopening_is_given(corrected: User) -> None:
    finalise(corrected)
    assert corrected.window.lock_bar.isVisible()
    before = corrected.form
    corrected.type_into(SATISFACTION, "1%")
    assert corrected.form == before
    assert "已定稿" in corrected.window.statusBar().currentMessage()
    corrected.undo()
    assert corrected.form == before

    def give_no_reason(dialog: object) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("　")
        push_in(dialog, "确定")
        assert dialog.isVisible()  # and the reason is still asked for
        dialog.reject()

    corrected.answer(give_no_reason)
    corrected.program.finalising.reopen()
    assert corrected.window.lock_bar.isVisible()

    def give_reason(dialog: object) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("更正满意度")
        dialog.accept()

    corrected.answer(give_reason)
    corrected.program.finalising.reopen()
    assert corrected.session.edition == Draft()
    corrected.type_into(SATISFACTION, "96%")
    assert corrected.value(SATISFACTION) == "96%"
    (version,) = corrected.program.writer.versions(corrected.session.workspace.form_id)
    assert (version.number, version.by, version.reason) == (1, "张三", "更正满意度")


def test_a_final_form_is_still_final_after_a_restart(folder: Path, qtbot: QtBot) -> None:
    program: Program = open_program(folder, qtbot)
    user = User(program, qtbot)
    entry = program.writer.create(load_form(resource("samples", "rugao-2024-corrected.json")), "更正")
    program.shelf.open_form(entry.id)
    finalise(user)
    edition = user.session.edition
    close_program(program)
    again = open_program(folder, qtbot)
    assert User(again, qtbot).session.edition == edition
    assert again.window.lock_bar.isVisible()
    close_program(again)


def test_versions_are_compared_field_by_field(corrected: User) -> None:
    finalise(corrected)
    form_id = corrected.session.workspace.form_id
    corrected.program.writer.reopen(form_id, "更正")
    corrected.window.show_edition(Draft())
    corrected.type_into(SATISFACTION, "96%")
    writer = corrected.program.writer
    assert writer.flush(10)
    dialog = VersionsDialog(
        writer.versions(form_id), lambda number: writer.load_version(form_id, number), corrected.form, corrected.window
    )
    dialog.compare()
    table = dialog.differences
    model = table.model()
    assert [model.index(0, column).data() for column in range(3)] == ["“服务对象满意度”实际完成值", "95%", "96%"]
    assert model.rowCount() == 1
