"""What forms of other regions say in their own way, and what of it no form of ours can keep."""

import pytest

from app.editing.planning.importing import Status, plan_import, recognise_forms
from app.sheet.grid import Grid
from app.sheet.recognising.fitting import Recognition
from app.sheet.recognising.outline import Outline
from app.sheet.recognising.recognition import read_outlines
from tests.sheet.recognising.pictures import draw
from tests.tables import template

TABLE = """
一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
产出 | 数量 | 甲 | 5个 | 5个 | 50 | 50
效益 | 社会 | 乙 | ≥9% | 9% | 30 | 30
满意度 | 满意度 | 丙 | 90% | 95% | 10 | 10"""


def outline(picture: str) -> Outline:
    (found,) = read_outlines([draw(picture)])
    return found


def recognise(*grids: Grid) -> Recognition:
    (found,) = recognise_forms(grids, [template()])
    return found


def listed(*grids: Grid) -> list[str]:
    plan = plan_import(recognise(*grids), grids, "表")
    return [line.text for line in plan.lines if line.status is Status.UNRECOGNISED]


def rows(picture: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (" > ".join(label.text for label in row.path), {name: cell.text for name, cell in row.cells.items()})
        for row in outline(picture).table.rows
    ]


@pytest.mark.parametrize(
    ("head", "unit", "year"),
    [
        ("填报单位（盖章）：某局", "某局", ""),
        ("编制单位：某镇人民政府 | 2021年度", "某镇人民政府", "2021"),
        ("二〇二三年度部门整体支出绩效自评表", "", "2023"),
        ("某县统计局2022年度部门整体支出绩效自评表", "某县统计局", "2022"),
        ("某县档案馆\n部门整体支出绩效自评表", "某县档案馆", ""),
        ("部门整体支出绩效自评表 | 填报日期：2024年3月1日", "", ""),
        ("单位：万元、%", "", ""),
    ],
)
def test_unit_and_year_wherever_they_stand(head: str, unit: str, year: str) -> None:
    found = outline(head + TABLE)
    assert (found.unit.text, found.year.text) == (unit, year)


def test_a_label_counts_more_than_the_beginning_of_a_title() -> None:
    found = outline("某市财政局部门整体支出绩效自评表\n单位名称 | 某中心" + TABLE)
    assert found.unit.text == "某中心"


def test_the_execution_that_is_scored_with_the_money_becomes_an_indicator() -> None:
    money = "资金（万元） | 项目 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n^ | 年度资金总额 | 100 | 90 | 10 | 90% | 9\n^ | 其中：财政拨款 | 100 | 90 | / | — | "
    found = outline(money.replace("资金（万元）", "年度资金情况") + TABLE)
    assert {name: cell.text for name, cell in found.table.rows[0].cells.items()} == {
        "name": "预算执行率",
        "target": "100%",
        "actual": "90%",
        "weight": "10",
        "score": "9",
    }


def test_its_score_is_listed_where_a_row_has_it_already() -> None:
    money = "年度资金情况 | 项目 | 全年预算数 | 全年执行数 | 分值 | 得分\n^ | 资金总额 | 100 | 90 | 10 | 9"
    assert listed(draw(money + TABLE + "\n执行 | 执行 | 预算执行率 | 100% | 90% | 10 | 9")) == ["10", "9"]


def test_what_no_form_of_ours_has_is_listed_and_ends_the_block_before() -> None:
    goals = "年度总体目标 | 预期 | < | 实际\n^ | 建成 | < | 已建成"
    grid = draw("部门职能 | 管理档案 | <\n" + goals + TABLE + "\n填表人：某人")
    assert [row.text for row in recognise(grid).form.duties] == ["管理档案"]
    assert listed(grid) == ["年度总体目标", "预期", "实际", "建成", "已建成", "填表人：某人"]


def test_tables_of_one_form_below_each_other() -> None:
    head = "一级指标 | 三级指标 | 指标值 | 得分\n"
    picture = (
        f"一、共性指标\n{head}过程 | 甲 | 1 | 1\n小计 | | | 1\n二、个性指标\n{head}产出 | 乙 | 2 | 2\n总计 | | | 3"
    )
    assert rows(picture) == [
        ("过程", {"name": "甲", "target": "1", "score": "1"}),
        ("产出", {"name": "乙", "target": "2", "score": "2"}),
    ]
    assert outline(picture).stated["score_total"].text == "3"


@pytest.mark.parametrize(
    "picture",
    [
        "得分 | 三级指标 | 二级指标 | 一级指标\n1 | 甲 | 数量 | 产出",
        "评价指标 | < | < | 评分\n一级指标 | 二级指标 | 三级指标 | 自评得分\n产出 | 数量 | 甲 | 1",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 得分\n^ | 产出 | 数量 | 甲 | 1",
        "一级指标 | 二级指标 | 三级指标 | 自评得分 | 主管部门评分\n产出 | 数量 | 甲 | 1 | 2",
        "指标大类 | 指标子类 | 指标名称 | 本单位自评得分情况\n产出 | 数量 | 甲 | 1",
    ],
    ids=["levels-behind", "two-lines", "label-beside", "two-scores", "other-words"],
)
def test_headings_of_other_regions(picture: str) -> None:
    assert rows(picture) == [("产出 > 数量", {"name": "甲", "score": "1"})]


def test_four_levels_are_three_groups_and_a_name() -> None:
    picture = "一级指标 | 二级指标 | 三级指标 | 四级指标 | 得分\n产出 | 数量 | 建设 | 甲 | 1"
    assert rows(picture) == [("产出 > 数量 > 建设", {"name": "甲", "score": "1"})]


def test_texts_beside_each_other() -> None:
    found = outline("存在问题 | 甲 | 改进措施 | 乙" + TABLE)
    assert {name: [text.text for text in texts] for name, texts in found.lists.items()} == {
        "problems": ["甲"],
        "measures": ["乙"],
    }


@pytest.mark.parametrize(
    "closing",
    ["绩效等级 | 优 | 合计 | | | 90 | 88", "合计 | | | | | 90 | 88\n评价等次 | 优", "总分 | < | 90 | 88 | | 等级 | 优"],
)
def test_sums_and_grade_in_any_order(closing: str) -> None:
    assert {name: text.text for name, text in outline(TABLE + "\n" + closing).stated.items()} == {
        "weight_total": "90",
        "score_total": "88",
        "grade": "优",
    }


def test_the_parts_of_a_sum_of_another_name_are_parts() -> None:
    form = recognise(draw("预算情况 | 项目 | 全年预算数 | 支出数\n^ | 支出合计 | 9 | 8\n^ | 人员经费 | 5 | 4")).form
    assert [(line.label, line.part_of) for line in form.budget] == [("支出合计", ""), ("人员经费", "total")]


def test_a_sentence_below_the_money_is_no_line_of_it() -> None:
    picture = "预算情况 | 项目 | 全年预算数 | 支出数\n^ | 资金总额 | 9 | 8\n^ | 说明 | 均已按规定支出 | <"
    assert [line.name.text for line in outline(picture).budget] == ["资金总额"]
    assert listed(draw(picture)) == ["说明", "均已按规定支出"]


def test_a_form_lists_nothing_of_the_other_forms_of_its_file() -> None:
    picture = "部门整体支出绩效自评表\n单位名称 | {unit}" + TABLE + "\n总分 | | | | | 90 | 90\n{more}"
    grids = [draw(picture.format(unit="甲局", more="填表人：甲")), draw(picture.format(unit="乙局", more="填表人：乙"))]
    plans = [plan_import(found, grids, "表") for found in recognise_forms(grids, [template()])]
    said = [[line.text for line in plan.lines if line.status is Status.UNRECOGNISED] for plan in plans]
    assert said == [["填表人：甲"], ["填表人：乙"]]


@pytest.mark.parametrize(
    "closing",
    [
        "总分 | 90 | 88 | 评价结果 | 优",
        "总分 | 90 | 88\n评价结果 | 优",
        "总分 | 90 | 88\n自评结果：优",
        "总分 | 90 | 88\n绩效等级：优",
        "总分 | 90 | 88\n二、考核评定结果 | 优",
    ],
)
def test_a_result_that_is_a_grade_is_the_stated_grade(closing: str) -> None:
    picture = TABLE + "\n" + closing
    assert outline(picture).stated["grade"].text == "优"
    assert listed(draw(picture)) == []


def test_a_result_that_is_a_text_or_an_indicator_is_no_grade() -> None:
    found = outline(TABLE + "\n效益 | 考核 | 考核结果 | 优 | 优 | 5 | 5\n总分 | 95 | 93\n评价结果 | 总体较好，仍有不足")
    assert "grade" not in found.stated
    assert found.table.rows[-1].cells["name"].text == "考核结果"


@pytest.mark.parametrize("rate", ["80%", "80.00%", "80", "0.8", "80.0％"])
def test_a_rate_beside_amounts_that_give_it_needs_no_place(rate: str) -> None:
    assert listed(draw(f"预算情况 | 项目 | 全年预算数 | 支出数 | 执行率\n^ | 资金总额 | 10 | 8 | {rate}")) == []


@pytest.mark.parametrize("rate", ["81%", "98.00%", "0.81", "已完成"])
def test_another_rate_than_the_amounts_give_is_listed(rate: str) -> None:
    picture = (
        f"预算情况 | 项目 | 全年预算数 | 支出数 | 执行率\n^ | 资金总额 | 10 | 8 | 80%\n^ | 基本支出 | 10 | 8 | {rate}"
    )
    assert listed(draw(picture)) == [rate]


def test_amounts_beside_nothing_but_their_label_are_called_by_it() -> None:
    picture = "年度预算申请（万元） | 年初预算数 | 全年预算数 | 支出数\n^ | 9 | 10 | 8"
    assert [line.name.text for line in outline(picture).budget] == ["年度预算申请"]


def test_amounts_below_a_heading_of_their_own_are_called_by_it() -> None:
    picture = "部门支出预算数（万元） | 年初预算数 | 调整预算数 | 全年执行数\n | 9 | 10 | 8" + TABLE
    assert [line.name.text for line in outline(picture).budget] == ["部门支出预算数"]


def test_lines_that_do_not_give_the_first_one_are_no_parts_of_it() -> None:
    picture = "预算情况 | 项目 | 全年预算数 | 支出数\n^ | 当年财政拨款 | 90 | 80\n^ | 上年结转 | 10 | 9"
    assert [line.part_of for line in recognise(draw(picture)).form.budget] == ["", ""]
    whole = picture.replace("当年财政拨款 | 90 | 80", "全部财政拨款 | 10 | 9")
    first, second = recognise(draw(whole)).form.budget
    assert second.part_of == first.key


def test_a_seal_is_no_part_of_the_unit_in_its_cell_and_the_score_may_stand_beside_it() -> None:
    found = outline("单位名称 | 某图书馆（公章） | 自评总分 | 96.5" + TABLE)
    assert (found.unit.text, found.stated["score_total"].text) == ("某图书馆", "96.5")


def test_a_line_without_any_text_below_the_table_says_nothing() -> None:
    assert outline(TABLE + "\n合计 | | | | | 90 | 88\n | | | | | | ").stated["weight_total"].text == "90"
