"""What the tables show of a form, without any widget: the real form as golden text, and single cells."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.editing import edits
from app.editing.workspace import Outcome, compute_outcome
from app.form.change import Change, apply_change
from app.form.form import Form
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place, TextItem
from app.form.template import BudgetBlock, IndicatorBlock, ItemsBlock
from app.ui.face import Face, Faces, Tone
from app.ui.faces.budget import budget_faces
from app.ui.faces.indicators import indicator_faces
from app.ui.faces.items import items_faces
from tests.ui.face_text import write_faces

GOLDEN = Path(__file__).parents[1] / "golden"


def faces_of(form: Form, table: str) -> Faces:
    """The table of a form's template as the window shows it."""
    outcome = compute_outcome(form)
    for block in form.template.blocks:
        match block:
            case IndicatorBlock() if table == "indicators":
                return indicator_faces(outcome, block)
            case BudgetBlock() if table == "budget":
                return budget_faces(outcome, block)
            case ItemsBlock() if table == block.table:
                return items_faces(outcome, block)
    raise AssertionError(table)


def edited(form: Form, change: Change | None) -> Form:
    assert change is not None
    return apply_change(form, change)


def typed(form: Form, place: Place, text: str) -> Form:
    return edited(form, edits.set_value(form, place, text))


def face_at(form: Form, place: Place) -> Face:
    faces = faces_of(form, "indicators" if place.section == "groups" else place.section)
    (face,) = (face for row in faces.rows for face in row if face.place == place)
    return face


def grade_of(form: Form) -> str:
    return [face.text for face in closing(form, "绩效等级").values() if face.text][-1]


def closing(form: Form, label: str) -> dict[str, Face]:
    faces = faces_of(form, "indicators")
    (row,) = (row for row in faces.rows if row[0].text == label)
    return dict(zip(faces.headings, row, strict=True))


@pytest.mark.parametrize("table", ["indicators", "budget", "duties", "achievements", "problems", "measures"])
def test_the_real_form_looks_as_in_the_golden_text(sample: Form, table: str) -> None:
    shown = write_faces(faces_of(sample, table))
    assert shown == (GOLDEN / f"faces-{table}.txt").read_text(encoding="utf-8")


def test_weights_that_miss_the_total_are_marked_with_both_figures(sample: Form) -> None:
    weight = closing(sample, "合计")["分值"]
    assert (weight.text, weight.tone) == ("102", Tone.COMPUTED)
    assert weight.mark == "分值合计 102，应为 100，多出 2 分，请核对各行分值"
    right = typed(sample, Place("indicators", "indicator-38", "weight"), "8")
    assert closing(right, "合计")["分值"].mark == ""
    assert face_at(right, Place("groups", "level2-4-1", "label")).mark == (
        "名称里写的分值是 10，下面各行分值之和是 8，请核对"
    )


def test_what_the_paper_stated_is_shown_beside_and_goes_when_it_states_nothing(sample: Form) -> None:
    stated = closing(sample, "原表所列合计")
    assert (stated["分值"].text, stated["得分"].text) == ("100", "99.5")
    assert stated["得分"].mark == "原表写的得分合计是 99.5，按各行计算是 101.5"
    assert stated["得分"].is_dim
    begun = replace(sample, stated=type(sample.stated)())
    assert [row[0].text for row in faces_of(begun, "indicators").rows[-2:]] == ["合计", "绩效等级"]


def test_parts_are_compared_with_the_amount_above_them(sample: Form) -> None:
    project = Place("budget", "project", "annual")
    assert face_at(sample, project).subtext == "⚠ 各项合计 649.76，相差 5"
    assert face_at(typed(sample, project, "649.76"), project).subtext == "= 各项合计 649.76"
    assert face_at(typed(sample, project, ""), project).subtext == "各项合计 649.76"


def test_execution_rates_are_computed(sample: Form) -> None:
    rates = {row[0].text: row[-1] for row in faces_of(sample, "budget").rows}
    assert rates["资金总额"].text == "100.00%"
    assert rates["资金总额"].hint == "自动计算：1546.90 万元 ÷ 1546.91 万元 = 99.9994%，保留两位小数"
    nothing = typed(sample, Place("budget", "total", "annual"), "0")
    rate = {row[0].text: row[-1] for row in faces_of(nothing, "budget").rows}["资金总额"]
    assert (rate.text, rate.hint) == ("", "自动计算：实际支出数 ÷ 全年预算数。缺少数字或预算数为 0，无法计算")


def test_rows_that_do_not_apply_are_dim_and_not_judged(sample: Form) -> None:
    place = Place("indicators", "indicator-14", "score")
    aside = typed(sample, place, "abc")
    assert face_at(aside, place).is_dim
    assert face_at(aside, place).mark == ""
    assert closing(aside, "合计")["得分"].text == "101.5"
    taken_in = edited(aside, edits.set_applies(aside, "indicator-14", applies=True))
    assert not face_at(taken_in, place).is_dim
    assert face_at(taken_in, place).mark == "“abc”里没有数字"


def test_a_cell_that_cannot_be_read_is_marked_and_makes_the_total_partial(sample: Form) -> None:
    place = Place("indicators", "indicator-09", "score")
    form = typed(sample, place, "9。5")
    assert face_at(form, place).text == "9。5"
    assert face_at(form, place).mark == "“9。5”中“。5”无法识别，请只写数字和单位（如 155 万元、87.5%）"
    assert grade_of(form) == "优（暂定）"
    assert closing(form, "合计")["得分"].hint == "自动计算：已填 38 项得分之和 = 99.5，还有 1 项未填或无法识别"


def test_a_blank_form_claims_no_figures() -> None:
    form = blank_form(load_template("rugao-2024"), "某单位")
    assert closing(form, "合计")["得分"].text == "—"
    assert grade_of(form) == "—"
    assert closing(form, "合计")["得分"].hint == "自动计算：得分之和。还没有填写可以相加的得分"
    assert closing(form, "绩效等级")["分值"].text == "—"
    assert {row[-1].text for row in faces_of(form, "budget").rows} == {""}


def test_names_of_the_bureau_have_no_place_to_type_in(sample: Form) -> None:
    names = {row[2].text: row[2] for row in faces_of(sample, "indicators").rows}
    assert names["预算执行率"].place is None
    assert names["预算执行率"].hint == "指标名称由表样规定，不能修改"
    own = names["建筑施工企业施工工程办理工伤保险参保登记手续"]
    assert own.place == Place("indicators", "indicator-35", "name")
    lines = {row[0].text: row[0] for row in faces_of(sample, "budget").rows}
    assert lines["项目支出"].place is None
    assert lines["社保扩面业务经费"].place == Place("budget", "project-3", "label")


def test_a_text_over_the_limit_of_the_template_says_by_how_much(sample: Form) -> None:
    block = ItemsBlock("主要职能", "duties", "（{n}）", limit=4)
    outcome: Outcome = compute_outcome(replace(sample, duties=(TextItem("a", "恰好四字"), TextItem("b", "不止四个字"))))
    first, second = (row[1] for row in items_faces(outcome, block).rows)
    assert first.mark == ""
    assert second.mark == "共 5 字，超过表样规定的 4 字，请删减 1 字"


def test_rows_keep_their_very_faces_when_another_is_edited(sample: Form) -> None:
    place = Place("indicators", sample.indicators[0].key, "score")
    before, after = (faces_of(form, "indicators") for form in (sample, typed(sample, place, "1.2345")))
    fresh = [number for number, row in enumerate(after.rows) if row is not before.rows[number]]
    kept = {
        number
        for number, (row, key) in enumerate(zip(after.rows, after.keys, strict=True))
        if key and not any(face.place and face.place.section == "groups" for face in row)
    }
    assert 0 in fresh
    assert len(kept) > 20
    assert not kept & set(fresh)


def test_a_row_that_goes_to_another_group_takes_its_label_along(sample: Form) -> None:
    last = sample.indicators[-1]
    moved = replace(sample, indicators=(*sample.indicators[:-1], replace(last, group=sample.indicators[0].group)))
    before, after = faces_of(sample, "indicators"), faces_of(moved, "indicators")
    assert after.keys.index(last.key) < before.keys.index(last.key)
    assert after.spans != before.spans
    assert faces_of(sample, "indicators") == before
