"""The budget table of the window: typed amounts, the sums of their parts beside them, and the computed 执行率."""

from typing import Final

from app.editing.workspace import Outcome
from app.form.rows import BudgetLine, Place
from app.form.template import Alignment, BudgetBlock
from app.scoring.assessment import BudgetTotal
from app.scoring.gaps import misread_row
from app.ui.face import Face, Faces, Tone
from app.ui.faces import explain

FIXED_LINE: Final = "项目名称由表样规定，不能修改"


def budget_faces(outcome: Outcome, block: BudgetBlock) -> Faces:
    """The whole table: one row per line, columns name, amounts, 执行率."""
    form = outcome.form
    totals = {(total.key, total.field): total for total in outcome.assessment.budget}
    depths = _depths(form.budget)
    fixed = {line.key for line in block.lines}
    rates = {execution.key: execution for execution in outcome.assessment.execution}
    rows = []
    for line in form.budget:
        marks = {each.place.field: each.because for each in misread_row(Place("budget", line.key), block.columns, line)}
        amounts = (_amount(line, column.field, marks, totals) for column in block.columns)
        rate = explain.explain_rate(rates[line.key], line.spent, line.annual)
        rows.append(
            (
                _name(line, depths[line.key], is_fixed=line.key in fixed),
                *amounts,
                Face(explain.show_rate(rates[line.key]), tone=Tone.COMPUTED, align=Alignment.RIGHT, hint=rate),
            )
        )
    headings = (block.name.label or "项目", *(f"{column.label}（{block.unit}）" for column in block.columns), "执行率")
    widths = (float(block.name.width), *(float(column.width) for column in block.columns), 24.0)
    return Faces(headings, widths, tuple(rows), tuple(line.key for line in form.budget))


def _depths(lines: tuple[BudgetLine, ...]) -> dict[str, int]:
    parents = {line.key: line.part_of for line in lines}
    depths = {}
    for line in lines:
        depth, upper = 0, line.part_of
        while upper:
            depth, upper = depth + 1, parents.get(upper, "")
        depths[line.key] = depth
    return depths


def _name(line: BudgetLine, depth: int, *, is_fixed: bool) -> Face:
    return Face(
        line.label,
        place=None if is_fixed else Place("budget", line.key, "label"),
        tone=Tone.LABEL if is_fixed else Tone.BODY,
        hint=FIXED_LINE if is_fixed else "",
        shown="　" * 2 * depth + line.label if depth and line.label else "",
    )


def _amount(line: BudgetLine, field: str, marks: dict[str, str], totals: dict[tuple[str, str], BudgetTotal]) -> Face:
    total = totals.get((line.key, field))
    return Face(
        getattr(line, field),
        place=Place("budget", line.key, field),
        align=Alignment.RIGHT,
        mark=marks.get(field, ""),
        hint=explain.explain_sum("下级金额", total.parts) if total else "",
        subtext=explain.parts_subtext(total) if total else "",
        is_single_line=True,
    )
