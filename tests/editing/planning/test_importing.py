"""The import plan: what every cell of a file does, before anything is done; accepting it is one Change."""

from dataclasses import replace

from app.editing.planning.importing import ImportPlan, Status, plan_import, recognise_forms
from app.form.change import apply_change, invert
from app.form.form import Form
from app.form.rows import Indicator, Stated, TextItem
from app.form.template import RowKind, row_kind
from app.scoring.assessment import assess
from app.sheet.grid import Grid
from app.sheet.layout import layout
from tests.sheet.recognising.pictures import draw
from tests.tables import real_form, template

HEAD = "一级指标 | 二级指标 | 三级指标 | 全年指标值 | 分值 | 实际完成值 | 得分 | 备注\n"


def plan(grid: Grid, current: Form | None = None) -> ImportPlan:
    (found,) = recognise_forms([grid], [template()])
    return plan_import(found, [grid], "上年.xlsx", current)


def said(plan: ImportPlan, *statuses: Status) -> list[str]:
    wanted = [line for line in plan.lines if line.status in statuses]
    return [f"{line.status.value} {line.name} {line.before}>{line.text} {line.because}".strip() for line in wanted]


def test_the_own_paper_changes_nothing_but_the_stated_totals() -> None:
    form = real_form()
    found = plan(layout(form, assess(form)), form)
    assert said(found, Status.CHANGED, Status.NEW, Status.REMOVED, Status.MISSING, Status.UNRECOGNISED) == [
        "changed 原表分值合计 100>102",
        "changed 原表得分合计 99.5>101.5",
    ]
    assert found.form == replace(form, stated=Stated("102", "101.5", "优"))
    assert found.change is not None
    assert (found.change.text, len(found.change.patches)) == ("导入 上年.xlsx", 2)


def test_accepting_is_one_change_and_can_be_taken_back() -> None:
    form = real_form()
    other = replace(form, duties=(TextItem("x", "新职能"), *form.duties[:3]), problems=())
    found = plan(layout(other, assess(other)), form)
    assert found.change is not None
    after = apply_change(form, found.change)
    assert after == found.form
    assert [row.text for row in after.duties] == [row.text for row in other.duties]
    assert after.problems == form.problems  # the file says nothing of it
    assert apply_change(after, invert(found.change)) == form
    assert found.count(Status.REMOVED) == 18


def test_every_cell_of_the_file_is_spoken_of() -> None:
    grid = draw(HEAD + "过程(26) | 预算执行(8) | 支付进度符合率 | 100% | 1 | 98% | 壹 | 附件三")
    found = plan(grid)
    assert said(found, Status.NEW, Status.INVALID, Status.UNRECOGNISED) == [
        "new “过程(26)”名称 >过程(26)",
        "new “预算执行(8)”名称 >预算执行(8)",
        "new “支付进度符合率”三级指标 >支付进度符合率",
        "new “支付进度符合率”全年指标值 >100%",
        "new “支付进度符合率”分值 >1",
        "new “支付进度符合率”实际完成值 >98%",
        "invalid “支付进度符合率”得分 >壹 “壹”里没有数字",
        "unrecognised  >附件三",
    ]
    assert (found.count(Status.MISSING), found.explained) == (31, 8)


def test_rows_of_the_bureau_that_the_file_leaves_out_stay_in_their_place() -> None:
    picture = HEAD + "过程(26) | 预算执行(8) | 预算执行率 | 100% | 2 | 98% | 1\n^ | ^ | 本单位自加 | 1 | 1 | 1 | 1"
    rows = plan(draw(picture)).form.indicators
    names = [row.name for row in rows]
    assert names.index("支付进度符合率") + 1 == names.index("预算执行率")
    assert "本单位自加" in names
    assert len(names) == 33


def test_a_template_s_examples_of_own_rows_do_not_come_into_a_file_without_them() -> None:
    picture = (
        HEAD
        + "过程(26) | 预算执行(8) | 预算执行率 | 100% | 2 | 98% | 1\n履职(30) | 职能(30) | 补贴发放户数 | 1200 | 30 | 1236 | 30"
    )
    found = plan(draw(picture))
    names = [row.name for row in found.form.indicators if row_kind(found.form.template, row.key) is RowKind.FREE]
    assert names == ["补贴发放户数"]
    assert {group.label for group in found.form.groups} >= {"决策(6)", "履职(30)", "满意度(10)"}
    assert all("全民参保" not in line.name for line in found.lines)


def test_the_units_own_rows_keep_their_keys_by_name() -> None:
    form = real_form()
    own = Indicator("own", "level2-3-1", "本单位自加", target="1", weight="1")
    form = replace(form, indicators=(*form.indicators, own))
    other = replace(form, indicators=tuple(replace(row, actual="9") if row is own else row for row in form.indicators))
    found = plan(layout(other, assess(other)), form)
    assert "new “本单位自加”实际完成值 >9" in said(found, Status.NEW)
    assert next(row for row in found.form.indicators if row.name == "本单位自加").key == "own"
