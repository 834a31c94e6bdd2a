"""What the charts show of a form: every figure as it is, in proportion, in its place, and nothing that is not there."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.form import Form
from app.form.rows import Cover, Indicator
from app.scoring.assessment import Assessment, assess
from app.scoring.figure import State
from app.sheet.chart.budget import draw_budget
from app.sheet.chart.drawing import Bar, Drawing, Fill, Hint, Ink, Label, Rule, copyable, hatch, stack
from app.sheet.chart.lettering import width_of
from app.sheet.chart.overview import Subject, chart_makers, draw_overview, draw_whole
from app.sheet.chart.scores import draw_scores
from app.sheet.chart.years import Year, draw_years, year_of
from tests.scoring.templates import form_with, row_of, short_template
from tests.sheet.chart.drawings import many_lines, open_form, show, subject, unit_year
from tests.strategies import forms
from tests.tables import form_of, golden, real_form

Shape = Bar | Rule | Label | Hint
WIDTHS = st.sampled_from((400.0, 510.0, 760.0, 1_500.0))


def year(form: Form, number: str) -> Year:
    """The figures of a form, were it another year's."""
    drawn = subject(unit_year(form, number))
    return year_of(drawn.form, drawn.assessment)


def charts(form: Form, width: float = 510.0, *others: Year) -> tuple[Drawing, ...]:
    return tuple(make(width) for make in chart_makers(subject(form, *others)))


def texts(drawing: Drawing) -> list[str]:
    return [label.text for label in drawing.labels]


def bars(drawing: Drawing, fill: Fill) -> list[Bar]:
    """The bars of a kind beside the axis; the first of each kind is in the legend."""
    return [bar for bar in drawing.bars if bar.fill is fill][1:]


def row(drawing: Drawing, name: str) -> tuple[str, ...]:
    (found,) = (cells for cells in drawing.table if cells[0] == name)
    return found


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("rugao-2024", subject(real_form(), year(open_form(), "2023"), year(real_form(), "2022"))),
        ("open", subject(open_form())),
    ],
)
def test_the_charts_of_a_form(name: str, drawn: Subject) -> None:
    lines = [line for drawing in draw_overview(drawn) for line in (*show(drawing), "")]
    assert lines == golden(f"charts-{name}.txt").splitlines()


@given(forms(), WIDTHS)
def test_nothing_stands_outside_the_drawing_or_on_something_else(form: Form, width: float) -> None:
    for drawing in (*draw_overview(subject(form), width), *charts(form, width, year(real_form(), "2023"))):
        assert drawing.width == width
        shapes: list[Shape] = [*drawing.bars, *drawing.rules, *drawing.labels, *drawing.hints]
        assert all(is_inside(each, drawing) for each in shapes)
        assert overlaps(drawing.labels) == []
        assert overlaps_of_bars(drawing) == []


def is_inside(each: Shape, drawing: Drawing) -> bool:
    is_across = -0.01 <= each.left <= each.right <= drawing.width + 0.01
    return is_across and 0 <= each.top <= each.bottom <= drawing.height


def overlaps(labels: Sequence[Label]) -> list[tuple[str, str]]:
    return [(one.text, other.text) for one, other in combinations(labels, 2) if meet(one, other)]


def overlaps_of_bars(drawing: Drawing) -> list[tuple[Fill, str]]:
    return [(bar.fill, label.text) for bar in drawing.bars for label in drawing.labels if meet(bar, label)]


def meet(one: Bar | Label, other: Bar | Label) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0.01 and min(one.bottom, other.bottom) - max(one.top, other.top) > 1


def test_things_on_each_other_are_found() -> None:
    one = Label("甲", 0, 9, 9, 9)
    assert overlaps([one, replace(one, left=8, right=17)]) == [("甲", "甲")]
    assert overlaps([one, replace(one, left=9, right=18), replace(one, baseline=20)]) == []


@given(forms(), WIDTHS)
def test_bars_are_in_proportion_to_the_amounts(form: Form, width: float) -> None:
    drawing = draw_budget(form, subject(form).assessment, width)
    amounts = [line[1].partition("（")[0] for line in drawing.table[1:]]
    wanted = [Decimal(amount) for amount in amounts if amount != "未填" and Decimal(amount) > 0]
    found = [bar.right - bar.left for bar in bars(drawing, Fill.WHOLE)]
    assert len(found) == len(wanted)
    for bar, amount in zip(found, wanted, strict=True):
        assert bar * float(max(wanted)) == pytest.approx(max(found) * float(amount), abs=1e-6 * float(max(wanted)))


@given(forms())
def test_what_is_not_there_has_no_bar(form: Form) -> None:
    assessment = subject(form).assessment
    drawing = draw_scores(form, assessment, 510.0)
    if assessment.score.state is State.MISSING:
        assert bars(drawing, Fill.DONE) == bars(drawing, Fill.PARTIAL) == []
    if assessment.score.state is State.PARTIAL:
        assert "（未填完）" in drawing.remark


@given(forms(), WIDTHS)
def test_every_label_takes_the_room_that_was_measured_for_it(form: Form, width: float) -> None:
    for drawing in draw_overview(subject(form), width):
        for label in drawing.labels:
            assert label.right - label.left == pytest.approx(width_of(label.text, label.size), abs=0.01)


def test_a_row_that_does_not_apply_is_left_out() -> None:
    drawing = draw_scores(open_form(), subject(open_form()).assessment, 510.0)
    assert [cells[0] for cells in drawing.table[1:]] == ["决策(10)", "过程(30)", "效益(20)"]


def test_a_hundred_projects_are_the_largest_and_one_row_for_the_rest() -> None:
    form = many_lines(100)
    drawing = draw_budget(form, subject(form).assessment, 510.0)
    assert len(drawing.table) == 17
    assert drawing.remark == "金额最大的 13 项单独列出，其余 87 项合为一行"
    assert drawing.remark in texts(drawing)
    assert [cells[0] for cells in drawing.table[1:4]] == ["资金总额", "项目支出", "项目88"]
    # 1 + 2 + … + 87; the smallest project's spending is not filled in.
    assert row(drawing, "其余 87 项")[1:] == ("3828", "3827（未填完）", "—", "未填完")
    assert len([bar for bar in drawing.bars if bar.fill is Fill.PARTIAL]) == 2  # its bar and the legend's


def test_many_rows_without_groups_are_the_largest_and_one_row_for_the_rest() -> None:
    form = form_of("\n".join(f"一 | 二 | 指标{number} | 1 | {number} | 1 | {number}" for number in range(1, 21)))
    form = replace(form, groups=(), indicators=tuple(replace(each, group="") for each in form.indicators))
    drawing = draw_scores(form, subject(form).assessment, 510.0)
    assert "分值最大的 15 项单独列出，其余 5 项合为一行" in drawing.remark
    assert row(drawing, "其余 5 项") == ("其余 5 项", "15", "15", "100.00%", "")


def test_too_long_a_name_is_said_whole_where_one_points_at_it() -> None:
    drawing = draw_budget(open_form(), subject(open_form()).assessment, 400.0)
    (cut,) = (label for label in drawing.labels if label.text.endswith("…"))
    (hint,) = (hint for hint in drawing.hints if hint.top <= cut.baseline < hint.bottom)
    assert hint.text.startswith(open_form().budget[3].label)
    assert "50 / 50" in hint.text


def test_amounts_that_are_long_are_set_smaller_and_never_cut() -> None:
    form = form_of(budget="资金总额 | 123456789012.34 | 123456789012.33")
    drawing = draw_budget(form, subject(form).assessment, 400.0)
    (label,) = (each for each in drawing.labels if "/ 123456789012.34" in each.text)
    assert label.text == "123456789012.33 / 123456789012.34"
    assert label.size < 9


def test_years_are_compared_the_newest_first_and_few_enough() -> None:
    others = [year(real_form(), str(number)) for number in range(2008, 2024)]
    own = year(real_form(), "2010")
    drawing = draw_years(own, others, 510.0)
    names = [cells[0] for cells in drawing.table[1:]]
    assert names == ["2023", "2022", "2021", "2020", "2019", "2018", "2017", "2010（本表）"]
    assert drawing.remark == "另有 9 张表没有列出"


def test_no_other_year_is_said() -> None:
    assert draw_years(year(real_form(), "2024"), (), 510.0).remark == "程序里没有这个单位其他年度的自评价表"
    assert len(draw_overview(subject(real_form()))) == 3


def test_a_form_with_nothing_in_it_says_so() -> None:
    scores, budget, _ = charts(replace(form_of(), cover=Cover()))
    assert (scores.remark, budget.remark) == ("还没有参加评分的指标", "还没有预算安排及支出情况")


def test_what_nobody_filled_in_is_said_once_and_has_no_bar() -> None:
    form = form_of(budget="资金总额 | |")
    _, budget, _ = charts(form)
    assert [text for text in texts(budget) if "未填" in text] == ["未填"]
    assert budget.bars == ()


def test_sums_that_are_off_alike_are_said_once() -> None:
    _, budget, _ = charts(form_of(budget="项目支出 | 9 | 8\n  甲 | 5 | 5"))
    assert row(budget, "项目支出")[-1] == "全年预算数各项合计 5，相差 4；实际支出数各项合计 5，相差 3"
    _, budget, _ = charts(real_form())
    assert row(budget, "项目支出")[-1] == "各项合计 649.76，相差 5"


def test_a_form_that_scales_says_what_its_score_became() -> None:
    rows = (row_of(weight="60", score="54"), replace(row_of(weight="40"), key="r2", applies=False))
    drawing = draw_scores(*scaled(*rows), 510.0)
    assert drawing.remark.startswith("合计：得分 90（按 100 分折算），参加评分的分值 60")


def scaled(*rows: Indicator) -> tuple[Form, Assessment]:
    form = form_with(short_template(policy='not_applicable = "scale"'), *rows)
    return form, assess(form)


def test_a_chart_in_words_has_its_figures() -> None:
    scores, _, _ = charts(open_form())
    assert scores.description.splitlines()[:3] == [
        "各一级指标得分。",
        "合计：得分 34（未填完） / 分值 58；分值合计应为 100。",
        "决策(10)：分值 10，得分 5（未填完），得分率 —，说明 还有 1 项未填。",
    ]
    assert copyable((scores,)).splitlines()[1:3] == [
        "一级指标\t分值\t得分\t得分率\t说明",
        "决策(10)\t10\t5（未填完）\t—\t还有 1 项未填",
    ]


def test_what_is_wrong_is_marked() -> None:
    wrong = [label.text for drawing in charts(open_form()) for label in drawing.labels if label.ink is Ink.WRONG]
    assert wrong == [
        "合计：得分 34（未填完） / 分值 58；分值合计应为 100",
        "得分超过分值；名称写 30，各行合计 28",
        "支出超过预算",
        "全年预算数各项合计 62，相差 2",
    ]


@given(st.floats(0.5, 200), st.floats(1, 20), st.sampled_from(list(Fill)))
def test_a_hatch_stays_in_its_bar(width: float, height: float, fill: Fill) -> None:
    bar = Bar(10, 20, 10 + width, 20 + height, fill)
    lines = hatch(bar)
    assert bool(lines) is (fill in {Fill.PARTIAL, Fill.OVER})
    for line in lines:
        assert bar.left <= line.left <= line.right <= bar.right + 1e-9
        assert all(bar.top - 1e-9 <= side <= bar.bottom + 1e-9 for side in (line.top, line.bottom))


def test_the_whole_picture_has_all_of_every_chart() -> None:
    drawn = subject(real_form(), year(real_form(), "2023"))
    parts, whole = draw_overview(drawn), draw_whole(drawn)
    assert texts(whole) == [text for part in parts for text in texts(part)]
    assert len(whole.bars) == sum(len(part.bars) for part in parts)
    assert overlaps(whole.labels) == []
    assert stack("空", ()).height == 0
