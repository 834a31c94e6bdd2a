"""One line per border of a check: a form that it objects to, and the nearest one that it does not."""

from dataclasses import replace
from typing import Final

from app.form.form import Form
from app.form.rows import Evidence
from tests.review.sheets import (
    aside,
    initial,
    items,
    nested,
    row,
    scaling,
    sheet,
    staff,
    stated,
    titled,
    tree,
    with_evidence,
    with_limits,
    with_reason,
    without_rules,
)

FULL: Final = tuple(row(name=f"指标{number}") for number in range(10))
WORDS: Final = "切实维护社会和谐稳定"
ASKED: Final = row(key="indicator-01", name="年度工作计划")
FILES: Final = (Evidence("e", "indicator-01", "批复.pdf"),)
SURVEYED: Final = {"name": "服务对象满意度", "target": "≥98%", "actual": "95%", "part": "95", "whole": "100"}


def whole(*rows: object, **parts: object) -> Form:
    """Nine rows of ten points and these."""
    return sheet(*FULL[:9], *rows, **parts)  # type: ignore[arg-type]  # rows and parts as `sheet` takes them


def satisfied(score: str, **cells: str) -> Form:
    """满意度 of 95% against 98%."""
    return sheet(row(**(SURVEYED | {"score": score} | cells)))


def budget(annual: str, spent: str) -> Form:
    """One line."""
    return sheet(budget=f"资金总额 | {annual} | {spent}")


def projects(amount: str, *, whole: str = "40") -> Form:
    """项目支出 of 40 with one listed project."""
    lines = "资金总额 | 100 | 100\n  基本支出 | 60 | 60\n  项目支出 | {1} | 40\n    甲项目 | {0} | 40"
    return sheet(budget=lines.format(amount, whole))


def executed(actual: str) -> Form:
    """预算执行率 beside a budget of which 1546.90 of 1546.91 was spent."""
    return sheet(row(key="indicator-09", actual=actual), budget="资金总额 | 1546.91 万元 | 1546.90 万元")


def stated_rate(actual: str, *, name: str = "预算执行率", budget: str = "资金总额 | 1546.91 | 1546.90") -> Form:
    """A rate that the template does not link, beside a budget."""
    return sheet(row(name=name, actual=actual), budget=budget)


def posts(actual: str, text: str = "") -> Form:
    """在职人员控制率 beside 21 of 24 posts."""
    return sheet(row(key="indicator-28", target="≤100%", actual=actual), staffing=staff(text))


def paid(text: str) -> Form:
    """A narrative beside a budget line of 474.37."""
    return sheet(budget="居保转企保参保补助 | 474.37 | 474.37", achievements=items(text))


def procured(actual: str) -> Form:
    """政府采购执行率 beside 48 of 50."""
    return sheet(row(key="indicator-13", actual=actual, part="48", whole="50"))


def reasoned(score: str, reason: str) -> Form:
    """A row in a template with a column for reasons."""
    return sheet(row(score=score, reason=reason), template=with_reason())


PERSONS: Final = "设科室 6 个，编制 {0} 人，实有人数 21 人"
SPLIT: Final = "设科室 6 个，行政编制 {0} 人、事业编制 14 人"
PART: Final = {"target": "合规", "actual": "部分达成"}
WHOLE_SUM: Final = "共计 {0} 万元，其中甲 20 万元、乙 10.5 万元"
BRANCH: Final = (row(name="甲", weight="5", score="5"), row(name="乙", weight="5", score="5"))

# code, what differs, a form the check objects to, one it does not
CASES: Final[tuple[tuple[str, str, Form, Form], ...]] = (
    ("C01", "weights", whole(row(name="末", weight="10.01")), whole(row(name="末", weight="10.005"))),
    ("C01", "aside", whole(aside(name="末")), whole(aside(name="末"), template=scaling())),
    ("C02", "rows", sheet(row(), label="产出(11)"), sheet(row(), label="产出")),
    ("C02", "groups", sheet(groups=nested("甲(100)", "乙(50)")), sheet(groups=nested("甲(100)", "乙(100)"))),
    ("C02", "top", sheet(groups=tree("甲(60)", "乙(30)")), sheet(groups=tree("甲(60)", "乙（40分）"))),
    ("C03", "weight", whole(row(), stated=stated("99.9")), whole(row(), stated=stated("100 分"))),
    ("C03", "score", whole(row(), stated=stated("", "一百")), whole(row(), stated=stated("", "１００"))),
    ("C04", "above", sheet(row(score="10.01")), sheet(row(score="10"))),
    ("C04", "below", sheet(row(score="-0.01")), sheet(row(score="0"))),
    ("C05", "total", whole(row(name="末", score="10.01")), whole(row(name="末"))),
    ("C06", "grade", whole(row(), stated=stated(grade="良")), whole(row(), stated=stated(grade=" 优 "))),
    ("C08", "rule", sheet(row(actual="95%", score="10")), sheet(row(actual="95%", score="9.51"))),
    ("C08", "reason", sheet(row(actual="95%", score="9")), sheet(row(actual="95%", score="9", reason="延期"))),
    ("C09", "bound", sheet(row(actual="≥100%")), sheet(row(actual="100%"))),
    ("C09", "words", sheet(row(actual="已完成")), sheet(row(target="完成", actual="完成"))),
    ("C10", "sign", sheet(row(target="≥九成")), sheet(row(target="≥90公里", actual="91公里"))),
    (
        "C10",
        "other word",
        sheet(row(target="≥90公里", actual="91千米")),
        sheet(row(target="2024年底前", actual="年内")),
    ),
    ("C10", "percent", sheet(row(target="≥95%", actual="96")), sheet(row(target="≥95 %", actual="９６％"))),
    ("C10", "unit", sheet(row(target="5万元", actual="5个")), sheet(row(target="5万元", actual="50000元"))),
    ("C10", "count", sheet(row(target="5%", actual="5个")), sheet(row(target="5", actual="5个"))),
    ("C11", "tier", sheet(row(**PART, score="8")), sheet(row(**PART, score="7.99"))),
    ("C11", "bottom", sheet(row(**PART, score="5.99")), sheet(row(**PART, score="6"))),
    ("C12", "copied", sheet(row(target=f"已{WORDS}", actual=WORDS)), sheet(row(target="合规", actual="合规"))),
    (
        "C12",
        "word",
        sheet(row(target="健全", actual="尚可")),
        sheet(row(target="健全", actual="尚可", rule="尚可得一半")),
    ),
    ("C12", "figures", sheet(row(target="健全", actual="尚可")), sheet(row(target="健全", actual="建立3项制度"))),
    ("C13", "lost", sheet(row(score="9.99")), sheet(row(score="10"))),
    ("C13", "reason", reasoned("9", " "), reasoned("9", "雨天停工")),
    ("C14", "words", sheet(row(reason="延期至下年")), sheet(row(reason="延期至下年", score="9"))),
    ("C15", "over", sheet(row(target="100人", actual="130人")), sheet(row(target="100人", actual="129人"))),
    ("C15", "reason", sheet(row(actual="200%")), sheet(row(actual="200%", reason="上级追加任务"))),
    ("C15", "rule", sheet(row(actual="200%")), sheet(row(target="≤100%", actual="200%", score="0"))),
    ("C16", "all", sheet(row(name="甲"), row(name="乙")), sheet(row(name="甲"), row(name="乙", score="9.9"))),
    ("C17", "rate", sheet(row(), budget="总 | 100 | 94.99"), sheet(row(), budget="总 | 100 | 95")),
    ("C18", "unspent", budget("100", "79.99"), budget("100", "80")),
    ("C19", "rate", stated_rate("99.98%"), stated_rate("100%")),
    ("C19", "name", stated_rate("90%", name="执行率"), stated_rate("90%", name="项目执行率")),
    ("C19", "linked", stated_rate("90%"), executed("90%")),
    ("C19", "roots", stated_rate("90%"), stated_rate("90%", budget="甲 | 100 | 100\n乙 | 50 | 50")),
    ("C19", "blank", stated_rate("90%"), stated_rate("90%", budget="")),
    ("C21", "overspent", budget("100", "100.02"), budget("100", "100.01")),
    ("C22", "sum", projects("40", whole="40.02"), projects("40", whole="40.01")),
    ("C23", "less", projects("39.98"), projects("39.99")),
    ("C23", "more", projects("40.02"), projects("40.01")),
    ("C24", "zero", projects("40", whole="0"), projects("40")),
    ("C24", "blank", projects("40", whole=""), projects("0", whole="")),
    ("C25", "budget", initial(budget("130.01", "1"), "100"), initial(budget("130", "1"), "100")),
    ("C25", "base", initial(budget("130.01", "1"), "100"), initial(budget("130.01", "1"), "0")),
    ("C25", "row", sheet(row(name="预算调整率", actual="30.1%")), sheet(row(name="预算调整率", actual="-30%"))),
    ("C26", "execution", executed("99.98%"), executed("100%")),
    ("C27", "rate", posts("100%"), posts("87.50%")),
    ("C27", "text", posts("87.5%", PERSONS.format(25)), posts("87.5%", PERSONS.format("２４"))),
    ("C27", "parts", posts("87.5%", SPLIT.format(11)), posts("87.5%", SPLIT.format(10))),
    ("C28", "inputs", procured("100%"), procured("96.01%")),
    ("C29", "less", sheet(row(name="三公经费", target="≥5%")), sheet(row(name="三公经费", target="≤5%"))),
    ("C29", "more", sheet(row(name="覆盖率", target="≤95%")), sheet(row(name="覆盖率", target="≥95%"))),
    ("C30", "slip", satisfied("9.5"), satisfied("9.69")),
    ("C30", "name", satisfied("9.5"), satisfied("9.5", name="覆盖率")),
    ("C30", "weight", satisfied("9.5"), satisfied("9.5", weight="")),
    ("C31", "survey", satisfied("9.69", whole=" "), satisfied("9.69")),
    ("C32", "asked", sheet(ASKED, template=with_evidence()), sheet(ASKED)),
    ("C32", "listed", sheet(ASKED, template=with_evidence()), sheet(ASKED, template=with_evidence(), evidence=FILES)),
    (
        "C32",
        "elsewhere",
        sheet(ASKED, row(), template=with_evidence(), evidence=(Evidence("e", "r2"), Evidence("f"))),
        sheet(replace(ASKED, applies=False), row(), template=with_evidence()),
    ),
    ("C33", "twice", sheet(row(), row(name=" 培训完成率 ")), sheet(row(), row(name="培训覆盖率"))),
    (
        "C35",
        "words",
        sheet(row(target="提高", actual=WORDS), label="效益(10)"),
        sheet(row(target="提高", actual="完成"), label="效益(10)"),
    ),
    ("C36", "name", sheet(row(target="培训完成率")), sheet(row(target="完成", actual="完成"))),
    ("C37", "aside", sheet(aside(weight="", score="")), sheet(aside(weight="", actual=" ", score=""))),
    ("C37", "shared out", sheet(aside(actual="", score="")), sheet(aside(actual="", score=""), template=scaling())),
    ("C37", "weight", sheet(row(weight="0", score="0")), sheet(row(weight="0", score=""))),
    ("C38", "rule", sheet(row(rule=" ")), sheet(row())),
    ("C38", "column", sheet(row(rule="")), sheet(row(rule=""), template=without_rules())),
    ("C40", "line", paid("发放居保转企保参保补助 454.2 万元"), paid("发放居保转企保参保补助 4743700 元")),
    ("C40", "parts", paid("居保转企保参保补助 454.2 万元、20 万元"), paid("居保转企保参保补助 454.2 万元、20.17 万元")),
    ("C40", "unreadable", paid(WHOLE_SUM.format(30)), paid("共计 1,23 万元，其中甲 20 万元、乙 10.5 万元")),
    ("C40", "one part", paid(WHOLE_SUM.format(30)), paid("共计 30 万元，其中甲 20 万元")),
    ("C40", "sum", paid(WHOLE_SUM.format(30)), paid(WHOLE_SUM.format("30.50"))),
    ("C41", "slip", budget("15.5", "155000"), budget("15.5", "1550")),
    ("C41", "decimals", budget("15.501", "15"), budget("15.500", "155010 元")),
    ("C42", "year", sheet(problems=items("2023年遗留")), sheet(problems=items("2024 年完成《2023年计划》"))),
    ("C42", "next year", sheet(problems=items("2025年完成")), sheet(measures=items("2025年完成"))),
    (
        "C42",
        "unit",
        sheet(staffing=staff("如皋市档案馆设科室 6 个")),
        sheet(staffing=staff("测试单位设科室 6 个，下属如皋市档案馆设科室")),
    ),
    ("C43", "year", sheet(year="24"), sheet(year="２０２４")),
    ("C43", "title", sheet(template=titled("2023 年自评价表")), sheet(template=titled("2024 年自评价表"))),
    (
        "C44",
        "items",
        sheet(problems=items("一二三四五六"), template=with_limits()),
        sheet(problems=items("一二三四五 "), template=with_limits()),
    ),
    (
        "C44",
        "staffing",
        sheet(staffing=staff("一二三四五六"), template=with_limits()),
        sheet(staffing=staff("一二三四五六")),
    ),
    ("C47", "share", sheet(*BRANCH, row(name="丙", weight="10.01")), sheet(*BRANCH, row(name="丙", weight="10"))),
    ("C47", "two rows", sheet(*BRANCH, row(name="丙", weight="30")), sheet(BRANCH[0], row(name="丙", weight="30"))),
)
