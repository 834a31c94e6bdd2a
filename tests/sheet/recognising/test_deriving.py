"""A form that no template knows gets one of its own, made from the file: its columns, rows and lists, ready to be printed."""

from dataclasses import replace

from hypothesis import given

from app.editing.planning.importing import Status, plan_import, recognise_forms
from app.form.form import Form
from app.form.reading.loader import read_template
from app.form.rows import Stated
from app.scoring.assessment import assess
from app.sheet.layout import layout
from app.sheet.recognising.deriving import derive_template
from app.sheet.recognising.fitting import fit
from app.sheet.recognising.recognition import read_outlines
from tests.sheet.recognising.pictures import draw
from tests.sheet.recognising.test_recognition import comparable, papers
from tests.tables import template

NATIONAL = """2023年度部门整体支出绩效自评表 | < | < | < | < | < | < | <
填报单位：某某局（盖章） | < | < | < | 金额单位：万元 | < | < | <
部门资金情况（万元） | 项目 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 100 | 120 | 90 | 10 | 75% | 7.5
^ | 其中：财政拨款 | 100 | 110 | 80 | | |
^ | 上年结转资金 | 0 | 10 | 10 | | |
年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <
^ | 完成改造 | < | < | 已完成 | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标（50分） | 数量指标 | 改造户数 | ≥100户 | 90户 | 25 | 22.5 | 雨季停工
^ | 质量指标 | 验收合格率 | 100% | 100% | 25 | 25 |
效益指标 | 社会效益指标 | 投诉次数 | ≤3次 | 1次 | 30 | 30 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥95% | 96% | 10 | 10 |
总分 | < | < | < | < | 100 | 95 |"""


def test_the_national_form_comes_with_its_own_columns_and_rows() -> None:
    grid = draw(NATIONAL)
    (found,) = recognise_forms([grid], [template()])
    form = found.form
    assert form.template.code == "imported"
    assert [column.label for column in form.template.indicator_table.columns] == [
        *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    ]
    assert [(row.name, row.target, row.actual, row.weight, row.score, row.reason) for row in form.indicators] == [
        ("预算执行率", "100%", "75%", "10", "7.5", ""),  # national forms score it in the table of the money
        ("改造户数", "≥100户", "90户", "25", "22.5", "雨季停工"),
        ("验收合格率", "100%", "100%", "25", "25", ""),
        ("投诉次数", "≤3次", "1次", "30", "30", ""),
        ("群众满意度", "≥95%", "96%", "10", "10", ""),
    ]
    assert [(line.label, line.part_of != "", line.initial, line.annual, line.spent) for line in form.budget] == [
        ("年度资金总额", False, "100", "120", "90"),
        ("财政拨款", True, "100", "110", "80"),
        ("上年结转资金", True, "0", "10", "10"),
    ]
    assert (form.cover.unit, form.cover.year, form.stated) == ("某某局", "2023", Stated("100", "95", ""))
    plan = plan_import(found, [grid], "自评表.xlsx")
    assert [line.text for line in plan.lines if line.status is Status.UNRECOGNISED] == [
        *("年度总体目标", "预期目标", "实际完成情况", "完成改造", "已完成"),
    ]
    assert plan.count(Status.MISSING) == 0


def test_what_was_derived_can_be_printed_and_read_again() -> None:
    (found,) = recognise_forms([draw(NATIONAL)], [template()])
    form = found.form
    (again,) = read_outlines([layout(form, assess(form))])
    amounts = tuple(
        replace(line, initial=f"{line.initial} 万元", annual=f"{line.annual} 万元", spent=f"{line.spent} 万元")
        for line in form.budget
    )
    assert comparable(fit(again, form.template).form) == comparable(replace(form, budget=amounts))


@given(papers())
def test_a_template_is_derived_from_any_paper(form: Form) -> None:
    (outline,) = read_outlines([layout(form, assess(form))])
    derived = derive_template(outline)
    assert read_template(derived.source) == derived
    got = fit(outline, derived).form
    assert [(row.name, row.target, row.weight) for row in got.indicators] == [
        (row.name, row.target, row.weight) for row in form.indicators
    ]
    assert [group.label for group in got.groups] == [group.label for group in form.groups]


def test_a_file_with_nothing_but_texts_still_gives_a_template() -> None:
    (outline,) = read_outlines([draw("单位名称 | 某局\n主要成效 | 甲")])
    form = fit(outline, derive_template(outline)).form
    assert [row.text for row in form.achievements] == ["甲"]
    assert replace(form.cover, year="") == form.cover
