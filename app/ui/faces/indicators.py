"""The indicator table of the window: merged level cells with subtotals, typed rows, and the computed closing rows."""

from functools import lru_cache
from typing import Final

from app.editing.workspace import Outcome
from app.form.rows import Group, Indicator, Place
from app.form.template import Alignment, Column, ColumnKind, IndicatorBlock, RowKind, Template, row_kind
from app.form.tree import Run, TreeRow, group_runs, tree_rows
from app.scoring.assessment import GroupTotal, locked_score, read_row
from app.ui.face import NO_FACE, Face, Faces, Span, Tone
from app.ui.faces import explain

FIXED_NAME: Final = "指标名称由表样规定，不能修改"
SINGLE_LINE: Final = (ColumnKind.POINTS,)


def indicator_faces(outcome: Outcome, block: IndicatorBlock) -> Faces:
    """The whole table. Rows whose indicator did not change keep their very faces."""
    form, assessment = outcome.form, outcome.assessment
    rows = tree_rows(form)
    runs = group_runs(rows)
    levels = sum(column.field.startswith("level") for column in block.columns)
    totals = {total.key: total for total in assessment.groups}
    labels = {(run.first, run.level): _level_face(run.group, totals[run.group.key]) for run in runs}
    computed = {each.key: each for each in assessment.rows}
    scores = {row.key: locked_score(row, form.template, computed[row.key]) for row in form.indicators}
    body = tuple(
        (
            *(labels.get((number, level), NO_FACE) for level in range(levels)),
            *_row_faces(row.indicator, form.template, scores[row.indicator.key] if row.indicator else None),
        )
        for number, row in enumerate(rows)
    )
    closing, closing_spans = _closing(outcome, block, len(rows))
    return Faces(
        headings=tuple(column.label for column in block.columns),
        widths=tuple(float(column.width) for column in block.columns),
        rows=(*body, *closing),
        keys=(*(row.indicator.key if row.indicator else "" for row in rows), *("" for _ in closing)),
        spans=(*_level_spans(runs, rows, levels), *closing_spans),
    )


@lru_cache(maxsize=4096)
def _row_faces(row: Indicator | None, template: Template, score: str | None) -> tuple[Face, ...]:
    columns = [column for column in template.indicator_table.columns if not column.field.startswith("level")]
    if row is None:
        return tuple(NO_FACE for _ in columns)
    marks = {misreading.place.field: misreading.because for misreading in read_row(row, template).misread}
    is_fixed = row_kind(template, row.key) is not RowKind.FREE
    faces = {
        column.field: _cell_face(row, column, marks.get(column.field, ""), is_fixed=is_fixed) for column in columns
    }
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


@lru_cache(maxsize=1024)
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
    grade = _computed(assessment.grade or "—", mark, explain.explain_grade(assessment, outcome.form.template))
    row = _closing_row(block, first, block.grade_label, {})
    return (*row[:first], grade, *row[first + 1 :])


def _closing_row(block: IndicatorBlock, first: int, label: str, cells: dict[str, Face]) -> tuple[Face, ...]:
    head = (_computed(label), *(_computed("") for _ in range(first - 1)))
    return (*head, *(cells.get(column.field, _computed("")) for column in block.columns[first:]))
