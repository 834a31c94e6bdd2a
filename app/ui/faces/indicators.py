"""The indicator table of the window: merged level cells with subtotals, typed rows, and the computed closing rows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.editing.workspace import Outcome
from app.form.form import Form
from app.form.rows import Group, Indicator, Place
from app.form.template import Alignment, Column, ColumnKind, IndicatorBlock, RowKind, Template, row_kind
from app.form.tree import Run, TreeRow, group_runs, tree_rows
from app.scoring.assessment import ROWS_KEPT, GroupTotal, RowReading, locked_score
from app.scoring.figure import State
from app.ui.face import NO_FACE, Face, Faces, Span, Tone
from app.ui.faces import explain

FIXED_NAME: Final = "指标名称由表样规定，不能修改"
SINGLE_LINE: Final = (ColumnKind.POINTS,)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where the rows stand: for each line its place among the form's indicators (None: a group without any), and the merges."""

    order: tuple[int | None, ...]
    runs: tuple[Run, ...]
    spans: tuple[Span, ...]


def indicator_faces(outcome: Outcome, block: IndicatorBlock) -> Faces:
    """The whole table. Rows whose indicator did not change keep their very faces."""
    form, readings = outcome.form, outcome.assessment.readings
    levels = sum(column.field.startswith("level") for column in block.columns)
    arranged = _arrange(form.template, levels, form.groups, tuple([row.group for row in form.indicators]))
    none = (NO_FACE,) * len(block.columns)
    rows = [none if place is None else _row_faces(readings[place]) for place in arranged.order]
    totals = {total.key: total for total in outcome.assessment.groups}
    for run in arranged.runs:
        if run.level < levels:
            row, label = rows[run.first], _level_face(run.group, totals[run.group.key])
            rows[run.first] = (*row[: run.level], label, *row[run.level + 1 :])
    closing, closing_spans = _closing(outcome, block, len(rows))
    keys = ["" if place is None else form.indicators[place].key for place in arranged.order]
    return Faces(
        headings=tuple(column.label for column in block.columns),
        widths=tuple(float(column.width) for column in block.columns),
        rows=(*rows, *closing),
        keys=(*keys, *("" for _ in closing)),
        spans=(*arranged.spans, *closing_spans),
    )


# Where rows stand depends on the tree and on the group of each row, on no other cell: most edits leave it as it was.
@lru_cache(maxsize=16)
def _arrange(template: Template, levels: int, groups: tuple[Group, ...], owners: tuple[str, ...]) -> Arrangement:
    """The arrangement of rows that stand in the groups ``owners``, in the form's order."""
    bare = tuple(Indicator(str(number), owner) for number, owner in enumerate(owners))
    rows = tree_rows(Form(template, groups=groups, indicators=bare))
    runs = group_runs(rows)
    order = tuple(int(row.indicator.key) if row.indicator else None for row in rows)
    return Arrangement(order, runs, tuple(_level_spans(runs, rows, levels)))


# Readings of rows that an edit did not touch are the very same, and are found by their identity.
@lru_cache(maxsize=ROWS_KEPT)
def _row_faces(reading: RowReading) -> tuple[Face, ...]:
    """A row without labels of groups."""
    row, template = reading.row, reading.template
    marks = {misreading.place.field: misreading.because for misreading in reading.misread}
    is_fixed = row_kind(template, row.key) is not RowKind.FREE
    faces = {
        column.field: NO_FACE
        if column.field.startswith("level")
        else _cell_face(row, column, marks.get(column.field, ""), is_fixed=is_fixed)
        for column in template.indicator_table.columns
    }
    score = locked_score(row, template, reading.assessed)
    if score is not None and "score" in faces:
        hint = "本表样的得分由规则自动计算，不能修改"
        faces["score"] = Face(score, tone=Tone.COMPUTED, align=faces["score"].align, hint=hint)
    return tuple(faces.values())


def _cell_face(row: Indicator, column: Column, mark: str, *, is_fixed: bool) -> Face:
    is_name = column.field == "name" and is_fixed
    hint = FIXED_NAME if is_name else "" if row.applies else "此项不适用，不参与计分"
    return Face(
        text=getattr(row, column.field),
        place=None if is_name else Place("indicators", row.key, column.field),
        tone=Tone.LABEL if is_name else Tone.BODY,
        align=column.align,
        mark=mark if row.applies else "",
        hint=hint,
        is_dim=not row.applies,
        is_single_line=column.kind in SINGLE_LINE,
    )


def _level_face(group: Group, total: GroupTotal) -> Face:
    weight = explain.explain_sum("分值", total.weight)
    score = explain.explain_sum("得分", total.score)
    return Face(
        text=group.label,
        place=Place("groups", group.key, "label"),
        tone=Tone.LABEL,
        mark=explain.group_mark(total),
        hint=f"本级小计\n{weight}\n{score}",
        subtext=explain.group_subtext(total),
    )


def _level_spans(runs: tuple[Run, ...], rows: tuple[TreeRow, ...], levels: int) -> list[Span]:
    spans = [Span(run.first, run.level, run.count, 1) for run in runs if run.level < levels and run.count > 1]
    for number, row in enumerate(rows):
        missing = levels - len(row.path)
        if missing > 0 and row.path:
            spans = [span for span in spans if (span.row, span.column) != (number, len(row.path) - 1)]
    return spans


def _closing(
    outcome: Outcome, block: IndicatorBlock, first_row: int
) -> tuple[tuple[tuple[Face, ...], ...], list[Span]]:
    fields = [column.field for column in block.columns]
    first = min(fields.index(field) for field in ("weight", "score") if field in fields)
    rows = [_total_row(outcome, block, first)]
    stated = outcome.form.stated
    if stated.weight_total or stated.score_total:
        rows.append(_stated_row(outcome, block, first))
    grade = _grade_row(outcome, block, first)
    spans = [Span(first_row + number, 0, 1, first) for number in range(len(rows) + 1)]
    spans.append(Span(first_row + len(rows), first, 1, len(fields) - first))
    return (*rows, grade), spans


def _computed(text: str, mark: str = "", hint: str = "", *, is_dim: bool = False) -> Face:
    return Face(text, tone=Tone.COMPUTED, mark=mark, hint=hint, is_dim=is_dim)


def _total_row(outcome: Outcome, block: IndicatorBlock, first: int) -> tuple[Face, ...]:
    assessment, template = outcome.assessment, outcome.form.template
    cells = {
        "weight": _computed(
            explain.show_figure(assessment.weight),
            explain.weight_mark(assessment.weight, template),
            explain.explain_sum("分值", assessment.weight),
        ),
        "score": _computed(
            explain.show_figure(assessment.scaled_score),
            explain.score_mark(assessment.scaled_score, template),
            explain.explain_sum("得分", assessment.score),
        ),
    }
    return _closing_row(block, first, block.total_label, cells)


def _stated_row(outcome: Outcome, block: IndicatorBlock, first: int) -> tuple[Face, ...]:
    stated = outcome.form.stated
    marks = explain.stated_marks(stated, outcome.assessment)
    hint = "原表所列数字，只供核对，不打印；可以更正或清空"
    cells = {
        "weight": _stated(stated.weight_total, "weight_total", marks, hint),
        "score": _stated(stated.score_total, "score_total", marks, hint),
    }
    return _closing_row(block, first, f"原表所列{block.total_label}", cells)


def _stated(text: str, field: str, marks: dict[str, str], hint: str) -> Face:
    place = Place("stated", "", field)
    return Face(
        text, place, align=Alignment.CENTER, mark=marks.get(field, ""), hint=hint, is_dim=True, is_single_line=True
    )


def _grade_row(outcome: Outcome, block: IndicatorBlock, first: int) -> tuple[Face, ...]:
    assessment, stated = outcome.assessment, outcome.form.stated
    mark = explain.stated_marks(stated, assessment).get("grade", "")
    rest = "（暂定）" if assessment.grade and assessment.score.state is State.PARTIAL else ""
    grade = _computed((assessment.grade or "—") + rest, mark, explain.explain_grade(assessment, outcome.form.template))
    row = _closing_row(block, first, block.grade_label, {})
    return (*row[:first], grade, *row[first + 1 :])


def _closing_row(block: IndicatorBlock, first: int, label: str, cells: dict[str, Face]) -> tuple[Face, ...]:
    head = (_computed(label), *(_computed("") for _ in range(first - 1)))
    return (*head, *(cells.get(column.field, _computed("")) for column in block.columns[first:]))
