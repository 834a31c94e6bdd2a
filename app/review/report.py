"""The review as a table: what the second sheet of the workbook shows, and what places are called.

Decides words and order of that table. Knows no file format.
"""

from typing import Final

from app.form.form import Form
from app.form.rows import Place, TableName, is_table
from app.review import captions
from app.review.context import name_field, name_row
from app.review.finding import Finding, Level, explanation_of

Rows = tuple[tuple[str, ...], ...]

# Fields that are the row's own name, or all it has.
ROW_FIELDS: Final = ("", "text", "label")


def report_rows(form: Form, findings: tuple[Finding, ...]) -> Rows:
    """The caption row, then each finding: number, 强制 or 提示, code, place, sentence, 审核说明. Mandatory ones first."""
    return (captions.REPORT, *(_report(form, number, each) for number, each in enumerate(by_level(findings), 1)))


def by_level(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Mandatory findings first, each kind in the order of the codes."""
    return tuple(finding for level in Level for finding in findings if finding.level is level)


def name_level(level: Level) -> str:
    """强制 or 提示."""
    return captions.LEVELS[level]


def name_place(form: Form, place: Place) -> str:
    """Where something is, in the form's own words: 指标评分“预算执行率”得分. The row must exist."""
    section, is_row = captions.SECTIONS[place.section], place.field in ROW_FIELDS
    field = "" if is_row else name_field(form.template, place.section, place.field)
    if not is_table(place.section) or not place.key:
        return f"{section}{field}"
    table: TableName = place.section  # type: ignore[assignment]  # is_table above
    name = name_row(form, table, place.key)
    return f"{name}{field}" if name.startswith(section) else f"{section}{name}{field}"


def _report(form: Form, number: int, finding: Finding) -> tuple[str, ...]:
    level, place = name_level(finding.level), name_place(form, finding.place)
    return (str(number), level, finding.code, place, finding.message, explanation_of(form, finding))
