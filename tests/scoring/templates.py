"""Short templates for tests of scoring: one indicator table, the rules and policies that a test is about, and nothing else."""

from functools import cache
from typing import Final

from app.form.form import Form
from app.form.reading.loader import read_template
from app.form.rows import Indicator
from app.form.template import Template

TIERS: Final = """[
    { name = "达成", words = ["完成"], from = 0.8, to = 1 },
    { name = "部分达成并具有一定效果", words = ["部分达成"], from = 0.6, to = 0.8 },
    { name = "未达成且效果较差", from = 0, to = 0.6 },
]"""
BUDGET: Final = """
[[tabs.blocks]]
kind = "budget"
name = { field = "label", label = "", width = 1 }
columns = [
    { field = "initial", label = "年初预算数", width = 1, as = "amount" },
    { field = "annual", label = "全年预算数", width = 1, as = "amount" },
    { field = "spent", label = "全年执行数", width = 1, as = "amount" },
]
lines = [{ key = "b1", label = "资金总额" }]

[[tabs.blocks]]
kind = "staffing"
figures = [{ field = "authorised", label = "编制数" }, { field = "actual", label = "实有人数" }]
"""
HEAD: Final = """
format = 1
code = "short"
name = "简表"
year = "2024"
title = "简表"
subtitle = ""
total = 100
grades = [{ name = "优", at_least = 90 }, { name = "差", at_least = 0 }]
"""
TABLE: Final = """
[[tabs]]
title = "指标"

[[tabs.blocks]]
kind = "indicators"
total_label = "合计"
grade_label = "等级"
columns = [
    { field = "name", label = "指标", width = 1 },
    { field = "target", label = "指标值", width = 1 },
    { field = "weight", label = "分值", width = 1, as = "points" },
    { field = "actual", label = "完成值", width = 1 },
    { field = "score", label = "得分", width = 1, as = "points" },
]
groups = []
"""


@cache
def short_template(
    rule: str = "", linked: str = "", policy: str = "", *, has_budget: bool = True, has_tiers: bool = True
) -> Template:
    """A template whose row ``r1`` has this rule and link; ``policy`` are further keys of the part ``scoring``."""
    own = "".join(f", {key} = {{ {text} }}" for key, text in (("scoring", rule), ("linked", linked)) if text)
    rows = f'indicators = [{{ key = "r1", name = "指标一"{own} }}, {{ key = "r2", name = "指标二" }}]\n'
    scoring = ", ".join(part for part in (f"tiers = {TIERS}" if has_tiers else "", policy) if part)
    return read_template(f"{HEAD}scoring = {{ {scoring} }}\n{TABLE}{rows}{BUDGET if has_budget else ''}")


def row_of(target: str = "", weight: str = "10", actual: str = "", score: str = "") -> Indicator:
    """The row ``r1`` with these cells."""
    return Indicator("r1", name="指标一", target=target, weight=weight, actual=actual, score=score)


def form_with(template: Template, *rows: Indicator) -> Form:
    """A form of nothing but these rows."""
    return Form(template, indicators=rows)
