"""与上年核对: what last year's form says in the places of this year's.

Decides which row of the one year is which row of the other: the same key, or else the same name. Knows no check.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from app.form.form import Form, rows_of
from app.form.rows import BudgetLine, Indicator, Place, TableName, TextItem

R = TypeVar("R", Indicator, BudgetLine)

NARRATIVES: Final[tuple[TableName, ...]] = ("achievements", "problems", "measures")
_CELLS: Final = ("target", "weight", "actual", "score")
_AMOUNTS: Final = ("initial", "annual", "spent")


def values_of_last_year(form: Form, last: Form) -> Mapping[Place, str]:
    """Last year's text of every cell of a row that was there then."""
    found: dict[Place, str] = {}
    indicators = _index(last.indicators, lambda row: row.name)
    for row in form.indicators:
        old = indicators.get(row.key) or indicators.get(_plain(row.name))
        if old is not None:
            found |= {Place("indicators", row.key, name): getattr(old, name) for name in _CELLS}
    lines = _index(last.budget, lambda line: line.label)
    for line in form.budget:
        before = lines.get(line.key) or lines.get(_plain(line.label))
        if before is not None:
            found |= {Place("budget", line.key, name): getattr(before, name) for name in _AMOUNTS}
    return found


def same_texts(form: Form, last: Form) -> tuple[Place, ...]:
    """The narratives that are word for word last year's."""
    then = {_plain(row.text) for table in NARRATIVES for row in rows_of(last, table) if isinstance(row, TextItem)} - {
        ""
    }
    return tuple(
        Place(table, row.key, "text")
        for table in NARRATIVES
        for row in rows_of(form, table)
        if isinstance(row, TextItem) and _plain(row.text) in then
    )


def _index(rows: Sequence[R], name: Callable[[R], str]) -> dict[str, R]:
    return {**{_plain(name(row)): row for row in rows}, **{row.key: row for row in rows}}


def _plain(text: str) -> str:
    return "".join(text.split())
