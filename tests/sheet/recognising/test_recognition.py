"""Tables become forms again: our own whole, foreign ones by their headings, whatever stands in which order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.form import Form
from app.form.rows import BudgetLine, Cover, Evidence, Group, Indicator, Staffing, Stated, TextItem
from app.scoring.assessment import assess
from app.sheet.grid import Grid
from app.sheet.layout import layout
from app.sheet.recognising.fitting import Recognition, fit, unused_cells
from app.sheet.recognising.outline import Ref
from app.sheet.recognising.recognition import read_outlines
from tests.sheet.recognising.pictures import draw
from tests.tables import real_form, template

HEAD = "一级指标 | 二级指标 | 三级指标 | 全年指标值 | 分值 | 实际完成值 | 得分\n"


def recognise(*grids: Grid) -> Recognition:
    (outline,) = read_outlines(grids)
    return fit(outline, template())


def rows_in(picture: str) -> list[str]:
    """The indicator rows of a picture: labels, name, then the cells that are there."""
    form = recognise(draw(picture)).form
    labels = {group.key: group for group in form.groups}
    said = []
    for row in form.indicators:
        path, key = [row.name], row.group
        while key:
            path.insert(0, labels[key].label)
            key = labels[key].part_of
        cells = (row.target, row.weight, row.actual, row.score, row.reason, row.note)
        said.append(" > ".join(path) + ": " + " ".join(cell or "-" for cell in cells).removesuffix(" - -"))
    return said


def unused(grid: Grid) -> list[str]:
    texts = {(cell.row, cell.column): cell.text for cell in grid.cells if cell.text.strip()}
    refs = [Ref(0, row, column) for row, column in texts]
    return [texts[ref.row, ref.column] for ref in unused_cells(recognise(grid), refs)]


def comparable(form: Form) -> Form:
    """A form without what no paper shows: keys of lists, amounts beside a rate, explanations."""
    renamed = {
        table: tuple(TextItem(str(number), row.text) for number, row in enumerate(getattr(form, table)))
        for table in ("duties", "achievements", "problems", "measures")
    }
    keys = {line.key: str(number) for number, line in enumerate(form.budget)}
    budget = tuple(replace(line, key=keys[line.key], part_of=keys.get(line.part_of, "")) for line in form.budget)
    groups = {group.key: str(number) for number, group in enumerate(form.groups)}
    return replace(
        form,
        **renamed,  # type: ignore[arg-type]  # text items
        budget=budget,
        groups=tuple(Group(groups[g.key], g.label, groups.get(g.part_of, "")) for g in form.groups),
        indicators=tuple(
            replace(row, key=str(n), group=groups.get(row.group, ""), part="", whole="", note="")
            for n, row in enumerate(form.indicators)
        ),
        stated=Stated(),
        explanations=(),
        evidence=(),
    )


def test_the_list_of_evidence_is_understood_as_nothing_of_the_form() -> None:
    held = real_form().indicators[8].key
    files = (Evidence("1", held, "合计.pdf", "得分"), Evidence("2", "", "主要职能", "一、二"))
    form = replace(real_form(), evidence=files)
    grid = layout(form, assess(form))
    assert comparable(recognise(grid).form) == comparable(real_form())
    listed = ["佐证材料目录", "序号", "三级指标", "材料名称", "备注", "1", "整张表", "主要职能", "一、二"]
    assert unused(grid) == [*listed, "2", "预算执行率", "合计.pdf", "得分"]


def test_the_real_form_is_found_whole_on_its_paper() -> None:
    form = real_form()
    grid = layout(form, assess(form))
    found = recognise(grid)
    assert comparable(found.form) == comparable(form)
    assert [row.key for row in found.form.indicators] == [row.key for row in form.indicators]
    assert found.form.stated == Stated("102", "101.5", "优")
    assert unused(grid) == []
    assert found.missing == ()


WORD = st.text(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), min_size=1, max_size=6)
FIGURE = st.sampled_from(("", "1", "9.5", "100%", "≥98%", "合规", "155 万元", "３"))
AMOUNT = st.sampled_from(("", "5 万元", "1546.91 万元", "15469100 元", "待定"))
ITEMS = st.lists(WORD, max_size=4)


@st.composite
def papers(draw_: st.DrawFn) -> Form:
    """Forms whose paper says everything: words that are no labels, names of their own, groups that differ."""
    lists = {
        table: tuple(TextItem(str(n), text) for n, text in enumerate(draw_(ITEMS)))
        for table in ("duties", "achievements", "problems", "measures")
    }
    names = draw_(st.lists(WORD.map(lambda word: f"指标{word}"), min_size=1, max_size=6, unique=True))
    tops = draw_(st.lists(WORD, min_size=1, max_size=3, unique=True))
    groups = [Group(f"a{n}", f"{top}(5)") for n, top in enumerate(tops)]
    groups += [Group(f"b{n}", f"{top}下（{n}分）", f"a{n}") for n, top in enumerate(tops)]
    rows = tuple(
        Indicator(
            f"r{n}",
            f"b{n * len(tops) // len(names)}",
            name,
            target=draw_(FIGURE),
            weight=draw_(FIGURE),
            actual=draw_(FIGURE),
            score=draw_(FIGURE),
            rule=draw_(FIGURE),
        )
        for n, name in enumerate(names)
    )
    budget = [BudgetLine("total", "资金总额", "", "", draw_(AMOUNT), draw_(AMOUNT))]
    budget.append(BudgetLine("project", "项目支出", "total", "", draw_(AMOUNT), draw_(AMOUNT)))
    budget += [
        BudgetLine(f"p{n}", f"项{name}", "project", "", draw_(AMOUNT), draw_(AMOUNT))
        for n, name in enumerate(draw_(ITEMS))
    ]
    ordered = [group for n in range(len(tops)) for group in (groups[n], groups[n + len(tops)])]
    cover = Cover(draw_(WORD), draw_(st.sampled_from(("2023", "2024", "2031"))))
    form = Form(template(), cover, Staffing(draw_(WORD)))
    form = replace(form, budget=tuple(budget), groups=tuple(ordered), indicators=rows)
    return replace(form, **lists)  # type: ignore[arg-type]  # text items


@given(papers())
def test_what_is_laid_out_is_recognised(form: Form) -> None:
    grid = layout(form, assess(form))
    found = recognise(grid)
    assert comparable(found.form) == comparable(form)
    assert unused(grid) == []


@pytest.mark.parametrize(
    "picture",
    [
        HEAD + "过程(26) | 执行（8分） | 支付 | 100% | 1 | 98% | 1\n^ | ^ | 调整 | 0% | 2 | 0% | 2",
        HEAD + "过程(26) | 执行（8分） | 支付 | 100% | 1 | 98% | 1\n | | 调整 | 0% | 2 | 0% | 2",
        HEAD + "过程(26) | 执行（8分） | 支付 | 100% | 1 | 98% | 1\n过程(26) | 执行（8分） | 调整 | 0% | 2 | 0% | 2",
        HEAD
        + "过 程\\n(26) | 执行（8分） | 支付 | 100% | 1 | 98% | 1\n"
        + HEAD
        + "过程(26)（续） | 执行（8分）（续） | 调整 | 0% | 2 | 0% | 2",
        (
            "得分 | 分  值 | 三级\\n指标 | 年度指标值 | 实际完成情况 | 一级指标 | 二级指标\n"
            "1 | 1 | 支付 | 100% | 98% | 过程(26) | 执行（8分）\n2 | 2 | 调整 | 0% | 0% | ^ | ^"
        ),
        (
            "一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 指标值 | 完成值 | 自评得分\n"
            "过程 | 26 | 执行 | 8 | 支付 | 1 | 100% | 98% | 1\n^ | ^ | ^ | ^ | 调整 | 2 | 0% | 0% | 2"
        ),
        (
            "绩效指标 | < | < | 指标值 | < | 分值 | 得分\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 全年实际值 | ^ | ^\n"
            "过程(26) | 执行（8分） | 支付 | 100% | 98% | 1 | 1\n^ | ^ | 调整 | 0% | 0% | 2 | 2"
        ),
        HEAD
        + "过程(26) | 执行（8分） | 支付 | 100% | 1 | 98% | 1\n^ | ^ | 调整 | 0% | 2 | 0% | 2\n^ | 小计 | < | < | 3 | | 3",
    ],
    ids=[
        "merged",
        "left-out",
        "repeated",
        "second-page",
        "other-order",
        "weights-apart",
        "two-heading-lines",
        "subtotal",
    ],
)
def test_groups_and_columns_however_they_stand(picture: str) -> None:
    said = [line.replace("过 程(26)", "过程(26)").replace("执行(8)", "执行（8分）") for line in rows_in(picture)]
    assert said == ["过程(26) > 执行（8分） > 支付: 100% 1 98% 1", "过程(26) > 执行（8分） > 调整: 0% 2 0% 2"]


def test_columns_that_the_template_does_not_show_are_listed_as_unused() -> None:
    picture = (
        "序号 | 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | 备注 | 是否核心指标\n"
        "1 | 产出(50) | 发放人数 | 100人 | 90人 | 10 | 9 | 人员变动 | 已核 | 是"
    )
    assert rows_in(picture) == ["产出(50) > 发放人数: 100人 10 90人 9"]
    assert sorted(unused(draw(picture))) == sorted(["1", "人员变动", "序号", "已核", "是", "是否核心指标"])


def test_unit_title_and_money_above_the_table() -> None:
    picture = (
        "2023年度部门整体支出绩效自评表 | < | <\n填报单位：某某中心（盖章） | 单位：元 | <\n"
        "预算安排及支出情况 | 项目 | 全年预算数\n^ | 资金总额 | 15469100\n^ | 基本支出 | 5万元\n^ | 其中：印刷费 | 100"
    )
    form = recognise(draw(picture)).form
    assert (form.cover.unit, form.cover.year) == ("某某中心", "2023")
    assert [(line.label, line.part_of, line.annual) for line in form.budget] == [
        ("资金总额", "", "15469100元"),
        ("基本支出", "total", "5万元"),
        ("印刷费", "basic", "100元"),
    ]


def test_a_numbered_list_in_one_cell_falls_into_items() -> None:
    form = recognise(draw("主要职能 | 1、管理档案\\n2、办理登记；\\n负责变更\\n3、其他\n单位名称 | 某局")).form
    assert [row.text for row in form.duties] == ["管理档案", "办理登记；\n负责变更", "其他"]


def test_labels_as_headings_above_their_texts() -> None:
    form = recognise(
        draw("一、单位名称：某局\n二、主要成效\n（1）甲\n（2）乙\n三、存在的问题及原因分析\n丙\n四、下一步改进措施\n丁")
    ).form
    said = [[row.text for row in table] for table in (form.achievements, form.problems, form.measures)]
    assert (form.cover.unit, said) == ("某局", [["甲", "乙"], ["丙"], ["丁"]])


def test_stated_totals_and_grade_in_one_line_or_two() -> None:
    rows = HEAD + "过程(26) | 执行 | 支付 | 100% | 1 | 98% | 1\n"
    two = recognise(draw(rows + "合计 | < | < | < | 100 | | 99.5\n绩效等级 | < | < | < | 优")).form
    one = recognise(draw(rows + "总 计 | < | < | < | 100 | | 99.5\n自评等级 | 优")).form
    apart = recognise(draw(rows), draw("合计 | 100 | 99.5 | 等级 | 优")).form
    assert two.stated == one.stated == apart.stated == Stated("100", "99.5", "优")


def test_a_names_row_of_the_bureau_keeps_its_exact_name() -> None:
    picture = HEAD + "过程(26) | 预算执行(8) | 支付进度\\n符合率 | 100% | 1 | 98% | 1"
    found = recognise(draw(picture))
    assert [(row.key, row.name) for row in found.form.indicators] == [("indicator-08", "支付进度符合率")]
    assert len(found.missing) == 31  # the nine rows that a unit names itself are no rows of the bureau


def test_several_forms_in_one_file() -> None:
    sheet = "部门整体支出绩效自评价表（2024 年） | < | < | <\n单位名称 | {unit} | < | <\n一级指标 | 三级指标 | 分值 | 得分\n过程 | 支付 | 1 | 1\n合计 | | 1 | 1"
    outlines = read_outlines([draw(sheet.format(unit="甲局")), draw(sheet.format(unit="乙局"))])
    assert [(each.unit.text, each.year.text, len(each.table.rows)) for each in outlines] == [
        ("甲局", "2024", 1),
        ("乙局", "2024", 1),
    ]


def test_a_table_of_something_else_is_no_form() -> None:
    assert read_outlines([draw("姓名 | 电话\n张三 | 123")]) == ()
    assert read_outlines([]) == ()


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                (
                    "",
                    "一级指标",
                    "三级指标",
                    "得分",
                    "分值",
                    "指标值",
                    "合计",
                    "小计",
                    "主要职能",
                    "单位名称",
                    "甲",
                    "（1）乙",
                    "^",
                    "<",
                    "1",
                    "等级",
                )
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_table_is_read_without_failing_and_nothing_is_lost_in_silence(rows: list[list[str]]) -> None:
    rows[0] = ["甲", *(text.replace("^", "") for text in rows[0])]
    picture = "\n".join(
        "|".join("" if column == 0 and text == "<" else text for column, text in enumerate(line)) for line in rows
    )
    if not picture.strip():
        return
    grid = draw(picture.strip("\n") or "甲")
    for outline in read_outlines([grid]):
        fit(outline, template())
