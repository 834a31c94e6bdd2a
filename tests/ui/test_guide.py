"""The stages of the year's work: what is said of each, where a click leads, and that the strip stays away when told to."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.editing.explaining import explain
from app.editing.workspace import Outcome, compute_outcome
from app.form.change import apply_change
from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.form.rows import Place
from app.review.edition import Draft, Final
from app.review.finding import blocking
from app.ui.guide.stages import Stage, StageName, StageState, list_stages
from app.ui.guide.strip import GuideStrip
from tests.ui.conftest import close_program, open_program
from tests.ui.dialogs import choose_entry
from tests.ui.user import User, texts_of

SCORE = Place("indicators", "indicator-09", "score")
FINAL = Final(1, "张三", "2026-03-01T02:00:00+00:00", "ab" * 32)
SENT = datetime(2026, 3, 2, 4, 5, tzinfo=UTC)


def corrected() -> Form:
    """The real form without mandatory findings, with every advisory one explained."""
    form = load_form(resource("samples", "rugao-2024-corrected.json"))
    for finding in blocking(form, compute_outcome(form).findings):
        change = explain(form, finding, "情况属实", "")
        assert change is not None
        form = apply_change(form, change)
    return form


def words(outcome: Outcome, edition: Draft | Final, sent: datetime | None = None) -> list[tuple[StageState, str]]:
    return [(stage.state, stage.words) for stage in list_stages(outcome, edition, sent)]


def test_a_form_with_findings(sample: Form) -> None:
    assert words(compute_outcome(sample), Draft()) == [
        (StageState.DONE, "已填完"),
        (StageState.WRONG, "强制 9、提示 13 未说明"),
        (StageState.LATER, "还不能定稿"),
        (StageState.LATER, "定稿后传出"),
    ]


def test_a_form_with_gaps_or_unreadable_cells(sample: Form) -> None:
    rows = sample.indicators
    gap = replace(sample, indicators=(replace(rows[0], score="", actual=""), *rows[1:]))
    assert words(compute_outcome(gap), Draft())[0] == (StageState.NOW, "还有 2 处未填")
    wrong = replace(sample, indicators=(replace(rows[0], score="一分"), *rows[1:]))
    assert words(compute_outcome(wrong), Draft())[0] == (StageState.WRONG, "1 处无法识别")


def test_only_advice_is_left() -> None:
    form = load_form(resource("samples", "rugao-2024-corrected.json"))
    state, said = words(compute_outcome(form), Draft())[1]
    assert state is StageState.NOW
    assert said.startswith("提示 ")
    assert "强制" not in said


def test_a_form_that_may_be_final_and_one_that_is() -> None:
    outcome = compute_outcome(corrected())
    assert words(outcome, Draft())[1:] == [
        (StageState.DONE, "已通过"),
        (StageState.NOW, "可以定稿"),
        (StageState.LATER, "定稿后传出"),
    ]
    assert words(outcome, FINAL)[2:] == [(StageState.DONE, "第 1 版"), (StageState.NOW, "第 1 版，未传出")]
    state, said = words(outcome, FINAL, SENT)[3]
    assert state is StageState.DONE
    assert said == f"第 1 版，{SENT.astimezone():%m-%d %H:%M} 传出"


@pytest.mark.parametrize("state", StageState)
def test_every_state_has_a_sign_and_a_word_of_its_own(user: User, state: StageState) -> None:
    button = strip_of(user).buttons[StageName.FINALISE]
    button.show_stage(Stage(StageName.FINALISE, state, "说明"))
    assert button.text() == f"{state} 定稿　说明"
    assert button.accessibleName().endswith("，说明")
    others = [each for each in StageState if each is not state]
    spoken = button.accessibleName()
    for other in others:
        button.show_stage(Stage(StageName.FINALISE, other, "说明"))
        assert button.accessibleName() != spoken


def strip_of(user: User) -> GuideStrip:
    (strip,) = user.window.middle.findChildren(GuideStrip)
    return strip


def said(user: User, name: StageName) -> str:
    return strip_of(user).buttons[name].toolTip().split("\n")[0]


def test_the_strip_follows_every_edit(user: User) -> None:
    assert said(user, StageName.FILL) == "已填完"
    user.type_into(SCORE, " ")
    assert said(user, StageName.FILL) == "还有 1 处未填"
    user.undo()
    assert said(user, StageName.FILL) == "已填完"


def test_a_click_goes_to_the_gap_and_to_the_findings(user: User) -> None:
    user.type_into(SCORE, " ")
    user.open_tab("机构人员")
    user.click(strip_of(user).buttons[StageName.FILL])
    assert user.current() == SCORE
    user.click(strip_of(user).buttons[StageName.REVIEW])
    assert user.window.review.isVisible()


def test_a_click_goes_to_what_cannot_be_read_and_says_when_nothing_is_left(user: User) -> None:
    user.click(strip_of(user).buttons[StageName.FILL])
    assert user.message == "已全部填写"
    user.type_into(SCORE, "二分")
    user.open_tab("机构人员")
    user.click(strip_of(user).buttons[StageName.FILL])
    assert user.current() == SCORE


def test_the_later_stages_do_what_the_menus_do(user: User) -> None:
    user.click(strip_of(user).buttons[StageName.FINALISE])
    assert user.message.startswith("还不能定稿")
    titles: list[str] = []

    def look(dialog: QDialog) -> None:
        titles.append(texts_of(dialog))

    user.answer(look)
    user.click(strip_of(user).buttons[StageName.HAND_OVER])
    assert "传出" in titles[0]


def test_a_version_that_was_handed_over_is_kept_in_mind(user: User) -> None:
    user.program.shelf.create(corrected(), "新建")
    final = user.program.writer.finalise(user.session.workspace.form_id, "张三")
    user.window.show_edition(final)
    assert said(user, StageName.HAND_OVER) == "第 1 版，未传出"
    user.program.handover.remember_sent(Draft())
    assert said(user, StageName.HAND_OVER) == "第 1 版，未传出"
    user.program.handover.remember_sent(final)
    assert said(user, StageName.HAND_OVER).endswith(" 传出")
    assert user.program.guiding.sent_at(replace(final, number=2)) is None


def test_a_damaged_memory_is_none(user: User) -> None:
    user.program.settings.setValue(f"sent/1-{FINAL.digest[:32]}", "yesterday")
    assert user.program.guiding.sent_at(FINAL) is None


def test_the_strip_can_be_hidden_and_stays_so(folder: Path, qtbot: QtBot) -> None:
    for is_there in (True, False):
        user = User(open_program(folder, qtbot), qtbot)
        assert strip_of(user).isVisible() is is_there
        if is_there:
            strip_of(user).hide_asked.emit()
            assert not strip_of(user).isVisible()
        else:
            choose_entry(user.window.menus.view, "步骤")
            assert strip_of(user).isVisible()
        close_program(user.program)


def test_without_a_form_there_is_no_strip(user: User) -> None:
    user.program.starting.show()
    assert not strip_of(user).isVisible()
