"""What looks like something else in foreign tables, and must neither be lost nor stand in a wrong place."""

import pytest

from app.sheet.recognising.indicators import read_columns
from app.sheet.recognising.sections import read_lines
from tests.sheet.recognising.pictures import draw
from tests.sheet.recognising.test_other_regions import TABLE, listed, outline, recognise, rows


def amounts(picture: str) -> list[tuple[str, str, dict[str, str]]]:
    """The lines of the budget: name, which line it is part of, amounts."""
    form = recognise(draw(picture + TABLE)).form
    names = {line.key: line.label for line in form.budget}
    cells = [
        {name: text for name in ("initial", "annual", "spent") if (text := getattr(line, name))} for line in form.budget
    ]
    return [
        (line.label, names.get(line.part_of, ""), said) for line, said in zip(form.budget, cells, strict=True) if said
    ]


def test_a_text_over_many_columns_of_the_table_is_no_row_and_listed() -> None:
    note = "年度目标2：完善辅具适配 | < | < | < | < | < | <"
    assert rows(TABLE + "\n" + note) == rows(TABLE)
    assert listed(draw(TABLE + "\n" + note)) == ["年度目标2：完善辅具适配"]


def test_a_heading_of_two_rows_needs_no_merged_cells() -> None:
    head = "一级指标 | | 三级指标 | | 完成情况 | | 自评得分\n指标名称 | 分值 | 指标名称 | 分值 | 目标值 | 实际值 | "
    (found,) = rows(f"{head}\n产出 | 60 | 甲 | 60 | 5个 | 4个 | 48")
    cells = {"name": "甲", "weight": "60", "target": "5个", "actual": "4个", "score": "48"}
    assert found == ("产出(60)", cells)


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("一级指标 | 三级指标 | 计划完成值 | 实际完成值 | 得分", ["level1", "name", "target", "actual", "score"]),
        ("三级指标 | 指标解释 | 评价标准 | 年初目标 | 完成情况", ["name", "rule", "target", "actual"]),
        ("考评方面 | 二级指标 | 指标内容 | 目标值 | 自评（分）", ["level1", "level2", "name", "target", "score"]),
        ("指标编码 | 二级指标 | 三级指标 | 偏离度 | 得分", ["level2", "name", "score"]),
    ],
)
def test_columns_are_what_all_headings_together_say(heading: str, fields: list[str]) -> None:
    assert list(read_columns(read_lines([draw(heading)])).fields.values()) == fields


def test_a_target_that_was_not_adjusted_is_the_one_of_the_beginning_of_the_year() -> None:
    head = "指标名称 | 年初指标值 | 调整指标值 | 全年完成值 | 得分"
    found = rows(f"{head}\n甲 | 40个 | 38个 | 38个 | 50\n乙 | 9个 | | 9个 | 50")
    assert [cells["target"] for _, cells in found] == ["38个", "9个"]


def test_income_beside_expenditure_is_listed_and_no_line_of_the_budget() -> None:
    money = "收支情况 | 收入构成 | 金额 | 支出构成 | 预算数 | 决算数 |\n^ | 财政拨款 | 620 | 支出合计 | 640 | 632 |"
    assert amounts(money) == [("支出合计", "", {"annual": "640", "spent": "632"})]
    assert {"财政拨款", "620"} <= {*listed(draw(money + TABLE))}


def test_figures_are_no_names_of_lines() -> None:
    money = "资金情况 | 项目 | 到位金额 | 全年预算数 | 全年执行数 | |\n^ | 合计 | 99 | 100 | 98 | |"
    assert amounts(money) == [("合计", "", {"annual": "100", "spent": "98"})]
    assert "99" in listed(draw(money + TABLE))


def test_a_sum_below_its_parts_is_what_they_are_parts_of() -> None:
    money = "项目 | 年初预算 | 决算数 | | | |\n基本支出 | 420 | 419 | | | |\n其他项目 | 300 | 290 | | | |\n合计 | 720 | 709 | | | |"
    assert [(name, above) for name, above, _ in amounts(money)] == [
        ("基本支出", "合计"),
        ("其他项目", "合计"),
        ("合计", ""),
    ]


def test_a_part_of_the_projects_is_no_part_of_the_whole() -> None:
    money = "项目 | 年初预算 | 决算数 | | | |\n支出总计 | 9 | 9 | | | |\n项目支出 | 8 | 8 | | | |\n其中：培训 | 5 | 5 | | | |\n基本支出 | 1 | 1 | | | |"
    assert [(name, above) for name, above, _ in amounts(money)] == [
        ("支出总计", ""),
        ("项目支出", "支出总计"),
        ("培训", "项目支出"),
        ("基本支出", "支出总计"),
    ]


def test_a_label_over_the_labels_of_several_blocks_is_none_of_them() -> None:
    found = outline(
        "部门概况 | 部门职能 | 执行财税政策。 | < | < | < | <\n^ | 人员编制 | 编制60人。 | < | < | < | <" + TABLE
    )
    assert [text.text for text in found.lists["duties"]] == ["执行财税政策。"]
    assert found.staffing.text == "编制60人。"
