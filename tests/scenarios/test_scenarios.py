"""Whole small forms as text files: what is typed above the line, what must come of it below.

Decides how a scenario reads; what a scenario expects stands in its file. Rows named as in the template of 2024 get that
row's rule and linked figure; everything a file does not say is in order.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from app.cli import summarise
from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.form.rows import Cover, Indicator, Staffing, Stated
from app.form.template import Template
from tests.review.sheets import items, scaling, with_initial, with_limits, with_reason
from tests.tables import NOT_APPLICABLE, form_of, template

FOLDER: Final = Path(__file__).parent
FILES: Final = sorted(FOLDER.glob("*.txt"))
LINE: Final = "=" * 20
ROW_RULE: Final = "按完成情况评分"
REMARK: Final = 7
TEMPLATES: Final[dict[str, Callable[[], Template]]] = {
    "如皋 2024": template,
    "带原因一列": with_reason,
    "带年初预算数": with_initial,
    "限字数": with_limits,
    "不适用的分值分给其他行": scaling,
}
LISTS: Final = {"主要职能": "duties", "主要成效": "achievements", "存在问题": "problems", "整改举措": "measures"}


def read_parts(text: str) -> dict[str, str]:
    """The parts of a scenario by their headings 【…】; the lines before the first one are its title."""
    parts: dict[str, list[str]] = {"": []}
    for line in text.splitlines():
        heading = line.strip("【】")
        if line.startswith("【"):
            parts[heading] = []
        else:
            parts[list(parts)[-1]].append(line)
    return {heading: "\n".join(lines).strip("\n") for heading, lines in parts.items()}


def read_scenario(text: str) -> Form:
    """The form that is typed in a scenario."""
    parts = read_parts(text)
    form = form_of(parts.get("指标", ""), parts.get("预算", "资金总额 | 100 | 100"))
    form = replace(
        form,
        template=TEMPLATES[parts.get("表样", "如皋 2024")](),
        cover=Cover("测试单位", parts.get("年度", "2024")),
        indicators=tuple(read_rows(form, parts.get("指标", ""))),
        staffing=Staffing(parts.get("机构人员", "测试单位设科室 2 个，编制 10 人"), "2", "10", "10", "0", "0"),
        stated=Stated(*(cell.strip() for cell in parts.get("原表", "||").split("|"))),
    )
    if initial := parts.get("年初预算数"):
        form = replace(form, budget=(replace(form.budget[0], initial=initial), *form.budget[1:]))
    lists = {table: items(*parts.get(label, "无").splitlines()) for label, table in LISTS.items()}
    return replace(form, **lists)  # type: ignore[arg-type]  # the four lists


def read_rows(form: Form, table: str) -> Iterator[Indicator]:
    """The rows with the keys of the template's rows of the same name, a rule, and the reason that stands at the end."""
    keys = {row.name: row.key for row in template().indicator_table.indicators}
    lines = [line for line in table.splitlines() if line.strip()]
    for row, line in zip(form.indicators, lines, strict=True):
        remarks = [cell.strip() for cell in line.split("|")][REMARK:]
        reason = "".join(remark for remark in remarks if remark != NOT_APPLICABLE)
        yield replace(row, key=keys.get(row.name, row.key), rule=ROW_RULE, reason=reason)


def say_results(form: Form) -> str:
    """What comes of a form: totals, grade, the rule's scores, and every finding's code."""
    outcome = compute_outcome(form)
    answer = summarise(outcome)
    codes = {
        level: [each.code for each in outcome.findings if each.level.value == level]
        for level in ("mandatory", "advisory")
    }
    lines = [
        f"分值合计 {answer['weight_total']}",
        f"得分合计 {answer['score_total']}",
        f"绩效等级 {answer['grade']}",
        f"强制 {' '.join(codes['mandatory']) or '无'}",
        f"提示 {' '.join(codes['advisory']) or '无'}",
    ]
    for row, assessed in zip(form.indicators, outcome.assessment.rows, strict=True):
        suggestion = assessed.suggestion
        lines.append(f"{row.name}：{suggestion.formula or suggestion.because}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_comes_out_as_written(path: Path) -> None:
    typed, _, expected = path.read_text(encoding="utf-8").partition(f"{LINE}\n")
    assert say_results(read_scenario(typed)) == expected


def test_there_are_scenarios() -> None:
    assert len(FILES) >= 15
