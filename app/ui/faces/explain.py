"""How computed figures are explained to the user in a line: how they came about and what is missing."""

from decimal import Decimal

from app.form.quantity import format_number, format_rounded
from app.form.rows import Stated
from app.form.template import Template
from app.scoring.assessment import Assessment, BudgetTotal, Execution, GroupTotal
from app.scoring.figure import Figure, State
from app.ui.faces.digits import show_number


def show_figure(figure: Figure) -> str:
    """The figure's value, "—" when there is none."""
    return "—" if figure.value is None else show_number(figure.value)


def explain_sum(name: str, figure: Figure) -> str:
    """How a total came about: 自动计算：39 项分值之和 = 102."""
    done, open_cells = len(figure.inputs), len(figure.gaps)
    match figure.state:
        case State.MISSING:
            return f"自动计算：{name}之和。还没有填写可以相加的{name}"
        case State.PARTIAL:
            return f"自动计算：已填 {done} 项{name}之和 = {show_figure(figure)}，还有 {open_cells} 项未填或无法识别"
        case State.COMPLETE:
            return f"自动计算：{done} 项{name}之和 = {show_figure(figure)}"


def weight_mark(weight: Figure, template: Template) -> str:
    """Why the sum of all weights is wrong, "" when it is right or not yet complete and below the total."""
    if weight.value is None or weight.value == template.total:
        return ""
    if weight.state is State.PARTIAL and weight.value < template.total:
        return ""
    over = weight.value - template.total
    side = "多出" if over > 0 else "还差"
    total = show_number(template.total)
    return f"分值合计 {show_figure(weight)}，应为 {total}，{side} {show_number(abs(over))} 分，请核对各行分值"


def score_mark(score: Figure, template: Template) -> str:
    """Why the sum of all scores is wrong, "" when it can be right."""
    if score.value is None or score.value <= template.total:
        return ""
    return f"得分合计 {show_figure(score)}，超过总分 {show_number(template.total)}，请核对分值和得分"


def group_subtext(total: GroupTotal) -> str:
    """The small line below a group's label: its sums of weights and scores."""
    return f"分值 {show_figure(total.weight)}\n得分 {show_figure(total.score)}"


def group_mark(total: GroupTotal) -> str:
    """Why a group's label and its rows disagree, "" when they agree or the label states no weight."""
    if total.label_weight is None or total.weight.value is None or total.label_weight == total.weight.value:
        return ""
    if total.weight.state is State.PARTIAL and total.weight.value < total.label_weight:
        return ""
    label, rows = show_number(total.label_weight), show_figure(total.weight)
    return f"名称里写的分值是 {label}，下面各行分值之和是 {rows}，请核对"


def parts_subtext(total: BudgetTotal) -> str:
    """The small line below an amount that has parts: their sum and the difference, in 万元."""
    if total.parts.value is None:
        return ""
    if total.typed.value is None:
        return f"各项合计 {show_figure(total.parts)}"
    difference = total.typed.value - total.parts.value
    if difference == 0:
        return f"= 各项合计 {show_figure(total.parts)}"
    return f"⚠ 各项合计 {show_figure(total.parts)}，相差 {show_number(abs(difference))}"


def show_rate(execution: Execution) -> str:
    """执行率 in percent with two decimals, "" when it can't be computed."""
    rate = execution.rate.value
    return "" if rate is None else f"{format_rounded(rate * 100, 2)}%"


def explain_rate(execution: Execution, spent: str, annual: str) -> str:
    """How an execution rate came about, with the figures put in."""
    rate = execution.rate.value
    if rate is None:
        return "自动计算：实际支出数 ÷ 全年预算数。缺少数字或预算数为 0，无法计算"
    return f"自动计算：{spent.strip()} ÷ {annual.strip()} = {format_rounded(rate * 100, 4)}%，保留两位小数"


def stated_marks(stated: Stated, assessment: Assessment) -> dict[str, str]:
    """For each stated figure that differs from the computed one, why; keyed by field of `Stated`."""
    marks: dict[str, str] = {}
    pairs = (
        ("weight_total", "分值合计", stated.weight_total, assessment.weight.value),
        ("score_total", "得分合计", stated.score_total, assessment.scaled_score.value),
    )
    for field, name, text, value in pairs:
        if text and value is not None and text != format_number(value):
            marks[field] = f"原表写的{name}是 {text}，按各行计算是 {show_number(value)}"
    if stated.grade and assessment.grade and stated.grade != assessment.grade:
        marks["grade"] = f"原表写的等级是{stated.grade}，按得分计算是{assessment.grade}"
    return marks


def explain_grade(assessment: Assessment, template: Template) -> str:
    """How the grade came about: the bands of the template and where the total lies."""
    tops: list[Decimal | None] = [None, *(band.at_least for band in template.grades)]
    bands = "；".join(
        f"{band.name} ≥ {show_number(band.at_least)}"
        if top is None or band.at_least
        else f"{band.name} < {show_number(top)}"
        for band, top in zip(template.grades, tops, strict=False)
    )
    rest = "，尚未填完，为暂定等级" if assessment.score.state is State.PARTIAL else ""
    return f"自动计算：得分 {show_figure(assessment.scaled_score)}，{bands}{rest}"
