"""The indicator table as a strip of cells: heading, merged level cells, rows, and the closing lines 合计 and 绩效等级.

Decides which cells a total is the sum of; the figures themselves come from the assessment.
"""

from dataclasses import replace

from app.form.form import Form
from app.form.quantity import format_number
from app.form.rows import Indicator
from app.form.template import Column, IndicatorBlock
from app.form.tree import TreeRow, group_runs, tree_rows
from app.scoring.assessment import Assessment, locked_score
from app.scoring.figure import Figure, State
from app.scoring.suggestion import RowAssessment
from app.sheet import captions
from app.sheet.grid import Align, Cell, Header, Role
from app.sheet.layout_blocks import Strip, align_of, number_in

LEVEL = "level"


def stack_indicators(form: Form, block: IndicatorBlock, assessment: Assessment) -> Strip:
    """Heading row, then one row per indicator with the level cells merged down; groups that are empty keep a blank row."""
    rows = tree_rows(form)
    levels = [column for column in block.columns if column.field.startswith(LEVEL)]
    cells = [
        Cell(0, number, column.label, role=Role.HEADER, align=Align.CENTER)
        for number, column in enumerate(block.columns)
    ]
    cells += _level_cells(rows, len(levels))
    computed = {each.key: each for each in assessment.rows}
    for number, row in enumerate(rows, 1):
        for place in range(len(levels), len(block.columns)):
            column = block.columns[place]
            text = _text_of(form, row.indicator, column, computed) if row.indicator else ""
            number_shown = number_in(text, column.kind)
            cells.append(Cell(number, place, text, align=align_of(column), number=number_shown))
    return Strip(len(rows) + 1, tuple(cells), (Header(0, 0, len(rows)),))


def stack_closing(form: Form, block: IndicatorBlock, assessment: Assessment, table: Strip) -> Strip:
    """合计 with both sums, and 绩效等级, below the table whose strip is given."""
    fields = [column.field for column in block.columns]
    first = min(fields.index(field) for field in ("weight", "score") if field in fields)
    label = Cell(0, 0, block.total_label, columns=first, role=Role.TOTAL, align=Align.CENTER)
    sums = {"weight": assessment.weight, "score": assessment.scaled_score}
    totals = (_total_cell(form, sums.get(field), table, place) for place, field in enumerate(fields) if place >= first)
    grade_label = replace(label, row=1, text=block.grade_label)
    grade = Cell(1, first, assessment.grade or "", columns=len(fields) - first, role=Role.TOTAL, align=Align.CENTER)
    return Strip(2, (label, *totals, grade_label, grade))


def _level_cells(rows: tuple[TreeRow, ...], levels: int) -> list[Cell]:
    cells = [
        Cell(
            run.first + 1,
            run.level,
            run.group.label,
            rows=run.count,
            role=Role.LABEL,
            align=Align.CENTER,
            is_repeated=True,
        )
        for run in group_runs(rows)
        if run.level < levels
    ]
    blanks = (
        Cell(number, level, "", role=Role.LABEL)
        for number, row in enumerate(rows, 1)
        for level in range(len(row.path), levels)
    )
    return [*cells, *blanks]


def _text_of(form: Form, row: Indicator, column: Column, computed: dict[str, RowAssessment]) -> str:
    text: str = getattr(row, column.field)
    score = locked_score(row, form.template, computed[row.key]) if column.field == "score" else None
    return text if score is None else score


def _total_cell(form: Form, figure: Figure | None, table: Strip, place: int) -> Cell:
    cell = Cell(0, place, "", role=Role.TOTAL, align=Align.CENTER)
    if figure is None or figure.value is None:
        return cell
    suffix = captions.UNFINISHED if figure.state is State.PARTIAL else ""
    counted = {each.key for each in figure.inputs}
    numbers = [
        number for number, row in enumerate(tree_rows(form), 1) if row.indicator and row.indicator.key in counted
    ]
    return replace(
        cell,
        text=format_number(figure.value) + suffix,
        number=figure.value,
        sum_of=tuple((number - table.rows, place) for number in numbers),
    )
