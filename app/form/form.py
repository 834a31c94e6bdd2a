"""The form as a value: what the accountant typed, cell by cell, and nothing computed.

Decides what a whole form is and how a cell of it is found. Knows nothing of scores, storage or screens.
"""

from dataclasses import dataclass, field, replace

from app.form.rows import (
    LATER,
    BudgetLine,
    CellValue,
    Cover,
    Evidence,
    Explanation,
    Group,
    Indicator,
    Place,
    Record,
    Row,
    Staffing,
    Stated,
    TableName,
    TextItem,
    field_names,
)
from app.form.template import Template


@dataclass(frozen=True, slots=True)
class Form:
    """A whole 自评价表 and the template it was made from (its own copy: a later template never changes it)."""

    template: Template
    cover: Cover = field(default_factory=Cover)
    staffing: Staffing = field(default_factory=Staffing)
    stated: Stated = field(default_factory=Stated)
    duties: tuple[TextItem, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    achievements: tuple[TextItem, ...] = ()
    problems: tuple[TextItem, ...] = ()
    measures: tuple[TextItem, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def rows_of(form: Form, table: TableName) -> tuple[Row, ...]:
    """The rows of a table in their order."""
    rows: tuple[Row, ...] = getattr(form, table)
    return rows


def with_rows(form: Form, table: TableName, rows: tuple[Row, ...]) -> Form:
    """The form with the rows of one table replaced."""
    changed: dict[str, tuple[Row, ...]] = {table: rows}
    return replace(form, **changed)  # type: ignore[arg-type]  # the table's row type is checked by ROW_TYPES in `change`


def format_of(form: Form) -> int:
    """The number of the oldest format (of the interchange file, of the digest) that can say everything in a form."""
    return max((number for table, number in LATER.items() if rows_of(form, table)), default=1)


def holder_at(form: Form, place: Place) -> Record | Row:
    """The record or row a place lies in. KeyError when the row does not exist."""
    holder: Record | tuple[Row, ...] = getattr(form, place.section)
    if not isinstance(holder, tuple):
        return holder
    for row in holder:
        if row.key == place.key:
            return row
    raise KeyError(place)


def value_at(form: Form, place: Place) -> CellValue:
    """What stands in a cell. KeyError when the row or field does not exist."""
    holder = holder_at(form, place)
    if place.field not in field_names(type(holder)):
        raise KeyError(place)
    value: CellValue = getattr(holder, place.field)
    return value
