"""Figures that other parts of the form determine: domain.md §4, each with its formula or the reason why there is none."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.form import Form
from app.form.reading.loader import read_template
from app.form.rows import BudgetLine, Staffing
from app.form.rules import FromBudget, FromInputs, FromStaffing
from app.form.template import linked_of
from app.scoring.assessment import assess
from app.scoring.linked import link
from app.scoring.rules import suggest
from app.scoring.suggestion import LinkedFigure
from tests.scoring.templates import form_with, row_of, short_template
from tests.strategies import texts
from tests.tables import real_form, template

INPUTS: Final = 'kind = "inputs", part = "在用", whole = "全部"'
CHANGE: Final = 'kind = "inputs", part = "本年", whole = "上年", change = true'

# link | part | whole | what is shown | formula or reason
INPUT_CASES: Final = """
ratio  | 80      | 100       | 80.00%    | 80 ÷ 100 = 80.00%
ratio  | 1,546.90万元 | 15469100元 | 100.00% | 1546.90 ÷ 1546.91 = 99.9994% → 100.00%
ratio  | 2       | 3         | 66.67%    | 2 ÷ 3 = 66.6667% → 66.67%
ratio  | 1       | 8         | 12.50%    | 1 ÷ 8 = 12.50%
ratio  | 1       | 800       | 0.13%     | 1 ÷ 800 = 0.1250% → 0.13%
ratio  | 97.995  | 100       | 98.00%    | 97.995 ÷ 100 = 97.9950% → 98.00%
ratio  | 0       | 7         | 0.00%     | 0 ÷ 7 = 0.00%
ratio  | 5 人    | 8         | 62.50%    | 5 ÷ 8 = 62.50%
ratio  | 3       | 0.5万元   | 600.00%   | 3 ÷ 0.50 = 600.00%
ratio  | 5人     | 8万元     | —         | “在用”与“全部”的单位不同，无法相除
ratio  |         | 8         | —         | “在用”还没有填写
ratio  | 5       |           | —         | “全部”还没有填写
ratio  | 5       | 0         | —         | “全部”为 0，不能作除数，无法计算
ratio  | 5       | -2.5      | —         | “全部”为 -2.50，不能作除数，无法计算
ratio  | ≥5      | 8         | —         | “在用”无法计算：“≥5”是一个范围，这里要填写具体的数字
ratio  | 5       | 八        | —         | “全部”无法计算：“八”里没有数字
ratio  | 50%     | 8         | —         | “在用”无法计算：“50%”不是金额或数量
change | 90      | 100       | -10.00%   | (90 − 100) ÷ 100 = -10.00%
change | 3       | 2.7       | 11.11%    | (3 − 2.70) ÷ 2.70 = 11.1111% → 11.11%
change | 4       | 4         | 0.00%     | (4 − 4) ÷ 4 = 0.00%
change | 4       | 0         | —         | “上年”为 0，不能作除数，无法计算
"""


def outcome(figure: LinkedFigure | None) -> tuple[str, str, bool]:
    """What is shown (— for nothing), how it came about or why not, and whether the form itself determines it."""
    assert figure
    assert (figure.value is None) is (figure.shown == "") is (figure.formula == "") is (figure.because != "")
    return figure.shown or "—", figure.formula or figure.because, figure.is_certain


def linked_in(form: Form, key: str) -> LinkedFigure | None:
    [row] = [row for row in form.indicators if row.key == key]
    return link(form, row)


@pytest.mark.parametrize("line", INPUT_CASES.strip().splitlines())
def test_a_rate_of_entered_amounts(line: str) -> None:
    kind, part, whole, shown, formula = (cell.strip() for cell in line.split("|"))
    row = replace(row_of("100%"), part=part, whole=whole)
    form = form_with(short_template("", INPUTS if kind == "ratio" else CHANGE), row)
    assert outcome(link(form, row)) == (shown, formula, False)


def test_the_real_forms_execution_rate_is_100_percent_after_rounding() -> None:
    found = linked_in(real_form(), "indicator-09")
    assert outcome(found) == ("100.00%", "1546.90 ÷ 1546.91 = 99.9994% → 100.00%", True)
    assert found
    assert found.value
    assert found.value < 1


def test_the_real_forms_staffing_rate_is_87_5_percent() -> None:
    found = linked_in(real_form(), "indicator-28")
    assert outcome(found) == ("87.50%", "21 ÷ 24 = 87.50%", True)
    assert found
    assert found.value == Decimal("0.875")


def test_the_template_of_2024_links_what_can_be_computed() -> None:
    linked = {
        row.name: linked_of(template(), row.key)
        for row in real_form().indicators
        if linked_of(template(), row.key) is not None
    }
    assert list(linked) == [
        "预算调整率",
        "预算执行率",
        "结转结余率",
        "公用经费控制率",
        '"三公经费"变动率',
        "政府采购执行率",
        "非税收入预算完成率",
        "绩效管理覆盖率",
        "固定资产利用率",
        "在职人员控制率",
        "组织建设工作及时完成率",
        "业务学习与培训及时完成率",
        "服务对象满意度",
    ]
    assert linked.pop("预算执行率") == FromBudget()
    assert linked.pop("在职人员控制率") == FromStaffing()
    changes = [name for name, each in linked.items() if isinstance(each, FromInputs) and each.is_change]
    assert changes == ['"三公经费"变动率']


def test_the_assessment_carries_the_figures_of_all_rows() -> None:
    form = real_form()
    rows = {each.key: each for each in assess(form).rows}
    assert list(rows) == [row.key for row in form.indicators]
    assert {row.key: rows[row.key].linked for row in form.indicators} == {
        row.key: link(form, row) for row in form.indicators
    }
    assert outcome(rows["indicator-41"].linked) == ("—", "“满意人数”还没有填写", False)


def test_a_row_that_does_not_apply_has_no_figure() -> None:
    row = replace(row_of(), part="1", whole="2", applies=False)
    assert link(form_with(short_template("", INPUTS), row), row) is None


def test_a_row_that_nothing_is_linked_to_has_no_figure() -> None:
    row = replace(row_of(), part="1", whole="2")
    assert link(form_with(short_template(), row), row) is None


# link | 年初预算数 | 全年预算数 | 全年执行数 | what is shown | formula or reason
BUDGET_CASES: Final = """
budget     |     | 200 | 150   | 75.00%  | 150 ÷ 200 = 75.00%
budget     |     | 200 | 210万元 | 105.00% | 210 ÷ 200 = 105.00%
budget     |     | 0   | 150   | —       | “全年预算数”为 0，不能作除数，无法计算
budget     |     |     | 150   | —       | “全年预算数”还没有填写
budget     |     | 200 |       | —       | “全年执行数”还没有填写
budget     |     | 200 | 150人 | —       | “全年执行数”无法计算：“150人”不是金额，请填写以万元为单位的数字
adjustment | 160 | 200 |       | 25.00%  | |200 − 160| ÷ 160 = 25.00%
adjustment | 250 | 200 |       | 20.00%  | |200 − 250| ÷ 250 = 20.00%
adjustment | 0   | 200 |       | —       | “年初预算数”为 0，不能作除数，无法计算
adjustment |     | 200 |       | —       | “年初预算数”还没有填写
"""


@pytest.mark.parametrize("line", BUDGET_CASES.strip().splitlines())
def test_a_rate_of_the_budget_table(line: str) -> None:
    kind, initial, annual, spent, shown, formula = (each.strip() for each in line.split("|", 5))
    amounts = BudgetLine("b1", "资金总额", initial=initial, annual=annual, spent=spent)
    part = BudgetLine("b0", "基本支出", part_of="b1", annual="7", spent="7")
    form = form_with(short_template("", f'kind = "{kind}"'), row_of("100%"))
    found = link(replace(form, budget=(part, amounts)), form.indicators[0])
    assert outcome(found) == (shown, formula, True)


def test_a_budget_without_lines_or_columns_gives_no_rate() -> None:
    form = form_with(short_template("", 'kind = "budget"'), row_of())
    assert outcome(link(form, form.indicators[0])) == ("—", "预算表还没有填写", True)
    for kind in ("budget", "adjustment", "staffing"):
        bare = form_with(short_template("", f'kind = "{kind}"', has_budget=False), row_of())
        assert outcome(link(bare, bare.indicators[0])) == ("—", "表样里没有可供计算的栏目", True)


def test_a_template_without_the_years_first_budget_gives_no_adjustment() -> None:
    source = template().source.replace("linked = { kind = 'budget' }", 'linked = { kind = "adjustment" }')
    form = replace(real_form(), template=read_template(source))
    assert outcome(linked_in(form, "indicator-09")) == ("—", "表样里没有可供计算的栏目", True)


# 编制 | 实有 | what is shown | formula or reason
STAFFING_CASES: Final = """
24   | 21   | 87.50%  | 21 ÷ 24 = 87.50%
24人 | 26 人 | 108.33% | 26 ÷ 24 = 108.3333% → 108.33%
0    | 0    | —       | “编制数”为 0，不能作除数，无法计算
     | 21   | —       | “编制数”还没有填写
24   |      | —       | “实有人数”还没有填写
24   | 20.5 | —       | “实有人数”无法计算：“20.5”不是人数或个数，请填写不带小数的数字
24   | -1   | —       | “实有人数”无法计算：“-1”小于 0，人数或个数不能为负
"""


@pytest.mark.parametrize("line", STAFFING_CASES.strip("\n").splitlines())
def test_a_rate_of_the_staffing_figures(line: str) -> None:
    authorised, actual, shown, formula = (each.strip() for each in line.split("|"))
    form = form_with(short_template("", 'kind = "staffing"'), row_of())
    form = replace(form, staffing=Staffing(authorised=authorised, actual=actual))
    assert outcome(link(form, form.indicators[0])) == (shown, formula, True)


def test_an_execution_row_is_scored_by_its_cell_and_by_the_budget_while_the_cell_is_empty() -> None:
    template_ = short_template('kind = "execution"', 'kind = "budget"')
    budget = (BudgetLine("b1", "资金总额", annual="1546.91", spent="1546.90"),)
    scored = {}
    for actual in ("", "50%"):
        form = replace(form_with(template_, row_of("100%", "2", actual)), budget=budget)
        found = suggest(form, form.indicators[0])
        scored[actual] = (found.score, found.formula)
        assert assess(form).rows[0].suggestion == found
    assert scored == {
        "": (Decimal("2.00"), "2 × 1546.90 ÷ 1546.91 = 2.00"),
        "50%": (Decimal("1.00"), "2 × 50% = 1.00"),
    }
    over = replace(form_with(template_, row_of("100%", "2")), budget=(replace(budget[0], spent="1700"),))
    assert suggest(over, over.indicators[0]).formula == "109.90% ≥ 100%，得满分 2"


def test_an_edit_of_the_budget_changes_the_score_of_the_execution_row() -> None:
    form = form_with(short_template('kind = "execution"'), row_of("100%", "10"))
    scores = []
    for spent in ("10", "20", "10"):
        budget = (BudgetLine("b1", annual="40", spent=spent),)
        scores.append(assess(replace(form, budget=budget)).rows[0].suggestion.score)
    assert scores == [Decimal("2.50"), Decimal("5.00"), Decimal("2.50")]


@given(
    st.sampled_from([INPUTS, CHANGE, 'kind = "budget"', 'kind = "adjustment"', 'kind = "staffing"']), texts(), texts()
)
def test_a_linked_figure_is_a_rate_or_a_reason_whatever_is_typed(linked: str, part: str, whole: str) -> None:
    row = replace(row_of(), part=part, whole=whole)
    form = replace(
        form_with(short_template("", linked), row),
        budget=(BudgetLine("b1", initial=whole, annual=whole, spent=part),),
        staffing=Staffing(authorised=whole, actual=part),
    )
    shown, formula, _ = outcome(link(form, row))
    assert formula.endswith(shown) or shown == "—"


@given(st.decimals(0, 10**6, places=2), st.decimals(Decimal("0.01"), 10**6, places=2))
def test_a_figure_taken_over_scores_like_the_rate_to_a_hundredth_of_a_percent(part: Decimal, whole: Decimal) -> None:
    row = replace(row_of("≥100%"), part=f"{part}", whole=f"{whole}")
    form = form_with(short_template("", INPUTS), row)
    found = link(form, row)
    assert found
    score = suggest(form, replace(row, actual=found.shown)).score
    assert score is not None
    assert abs(score - min(Decimal(10), 10 * part / whole)) <= Decimal("0.01")
