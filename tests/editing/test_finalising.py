"""What stands in the way of 定稿, how findings are answered, and what differs between two states of a form."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.edits import is_multiline, set_value
from app.editing.explaining import explain
from app.editing.finalising import Difference, can_finalise, compare_forms
from app.editing.forms import copy_form
from app.form.change import Change, apply_change, invert, merge
from app.form.form import Form
from app.form.rows import BudgetLine, Evidence, Explanation, Group, Indicator, Place, TextItem
from app.review.finding import Finding, Level, explanation_of, is_answered
from tests.strategies import changes, forms
from tests.tables import form_of, real_form

FULL = Finding("C16", Level.ADVISORY, Place("indicators", "", "score"), "39 行全部满分")
OTHER = replace(FULL, message="38 行全部满分")
GRAVE = Finding("C01", Level.MANDATORY, Place("indicators", "", "weight"), "分值合计 102")
FORM = form_of(
    "过程(3) | 执行(3) | 执行率 | 100% | 2 | 99% | 1.98\n | | 控制率 | 0% | 1 | 0% | 1", "总额 | 5 | 4\n  项目 | 5 | 4"
)


def answered(text: str, form: Form = FORM, finding: Finding = FULL) -> Form:
    change = explain(form, finding, text)
    assert change is not None
    return apply_change(form, change)


def test_an_answer_counts_until_the_figures_change() -> None:
    form = answered("逐项核对无误")
    assert form.explanations == (Explanation(FULL.key, "逐项核对无误", FULL.message),)
    assert is_answered(form, FULL)
    assert not is_answered(form, OTHER)
    assert explanation_of(form, OTHER) == "逐项核对无误"
    again = answered("逐项核对无误", form, OTHER)
    assert is_answered(again, OTHER)
    assert len(again.explanations) == 1


def test_an_empty_answer_is_none() -> None:
    assert explain(FORM, FULL, " \n") is None
    form = answered("甲")
    assert explain(form, FULL, "甲") is None
    assert answered("", form) == FORM
    assert explanation_of(FORM, FULL) == ""


def test_each_finding_has_its_own_answer() -> None:
    form = answered("乙", answered("甲"), GRAVE)
    assert [row.text for row in answered("丙", form, GRAVE).explanations] == ["甲", "丙"]
    assert [row.text for row in answered("", form).explanations] == ["乙"]


def test_an_answer_is_an_edit_like_any_other() -> None:
    form, change = answered("甲"), explain(answered("甲"), FULL, "乙\x00", "visit")
    assert change is not None
    assert change.text == "填写 C16 的审核说明"
    after = apply_change(form, change)
    assert explanation_of(after, FULL) == "乙"
    assert apply_change(after, invert(change)) == form
    later = explain(after, FULL, "丙", "visit")
    assert later is not None
    merged = merge(change, later)
    assert merged is not None
    assert explanation_of(apply_change(form, merged), FULL) == "丙"


def test_mandatory_findings_and_unanswered_ones_stand_in_the_way() -> None:
    assert can_finalise(FORM, (GRAVE, FULL)) == (GRAVE, FULL)
    assert can_finalise(answered("已核对"), (GRAVE, FULL)) == (GRAVE,)
    assert can_finalise(answered("已核对", FORM, GRAVE), (GRAVE,)) == (GRAVE,)
    assert can_finalise(FORM, ()) == ()


def test_answers_do_not_come_along_into_another_year() -> None:
    assert copy_form(answered("甲"), "2025").explanations == ()


def test_the_files_of_a_year_do_not_come_along_into_another() -> None:
    assert copy_form(replace(FORM, evidence=(Evidence("e"),)), "2025").evidence == ()


def test_files_are_compared_by_their_names_and_those_of_their_indicators() -> None:
    row = real_form().indicators[8]
    before = replace(real_form(), evidence=(Evidence("e", "", "批复.pdf", "原件"),))
    after = replace(
        real_form(), evidence=(Evidence("e", row.key, "批复.pdf", "复印件"), Evidence("f", "", "附件.docx"))
    )
    assert compare_forms(before, after) == (
        Difference("“批复.pdf”所属指标", "", "预算执行率"),
        Difference("“批复.pdf”备注", "原件", "复印件"),
        Difference("增加“附件.docx”", "", "附件.docx"),
    )


def test_amounts_beside_a_rate_are_called_as_the_template_does() -> None:
    change = set_value(real_form(), Place("indicators", "indicator-12", "part"), "3.5\n")
    assert change == Change('修改“"三公经费"变动率”本年三公经费', change.patches if change else ())
    change = set_value(real_form(), Place("indicators", "indicator-09", "whole"), "3.5")
    assert change is not None
    assert change.text == "修改“预算执行率”总数"
    assert not is_multiline(Place("indicators", "indicator-12", "part"))


CHANGED = replace(
    FORM,
    cover=replace(FORM.cover, year="2025"),
    budget=(*FORM.budget, BudgetLine("b3", "专项", "b2", annual="1")),
)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (FORM, FORM, ()),
        (
            FORM,
            CHANGED,
            (Difference("年度", "2024", "2025"), Difference("增加“专项”", "", "专项")),
        ),
        (CHANGED, FORM, (Difference("年度", "2025", "2024"), Difference("删除“专项”", "专项", ""))),
        (
            FORM,
            replace(FORM, budget=(FORM.budget[0], replace(FORM.budget[1], spent="5", part_of=""))),
            (Difference("“项目”所属", "总额", ""), Difference("“项目”实际支出数", "4", "5")),
        ),
        (
            FORM,
            replace(FORM, indicators=(replace(FORM.indicators[0], applies=False, group="g1"), FORM.indicators[1])),
            (Difference("“执行率”所属", "执行(3)", "过程(3)"), Difference("“执行率”是否适用", "适用", "不适用")),
        ),
        (
            replace(FORM, duties=(TextItem("a", "一"), TextItem("b", "二"))),
            replace(FORM, duties=(TextItem("b", "二"), TextItem("a", "一"))),
            (Difference("主要职能的顺序", "一\n二", "二\n一"),),
        ),
        (FORM, answered("已核对"), (Difference("增加审核说明第 1 项", "", "已核对"),)),
        (
            replace(FORM, indicators=(Indicator("x", "g2"),), groups=(*FORM.groups, Group("g3", "三"))),
            replace(FORM, indicators=(Indicator("x", "g2", "新名"),), groups=(*FORM.groups, Group("g3", "叁"))),
            (Difference("“叁”名称", "三", "叁"), Difference("“新名”三级指标", "", "新名")),
        ),
    ],
)
def test_differences_are_named_as_the_user_knows_them(before: Form, after: Form, found: tuple[Difference, ...]) -> None:
    assert compare_forms(before, after) == found


@given(forms().flatmap(lambda form: st.tuples(st.just(form), changes(form))))
def test_forms_differ_exactly_where_something_is_said(pair: tuple[Form, Change]) -> None:
    form, change = pair
    after = apply_change(form, change)
    assert (compare_forms(form, after) == ()) is (form == after)
    assert len(compare_forms(after, form)) == len(compare_forms(form, after))
