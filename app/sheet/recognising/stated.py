"""What a table states of itself: sums and grade below it, a rate of execution beside its amounts.

Decides how exact a rate must be: to its last digit, rounded or cut. Knows no form.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from app.form.quantity import Number, interpret
from app.sheet.grid import Cell
from app.sheet.recognising.indicators import Columns, ref_of
from app.sheet.recognising.labels import grade_places, is_figure, is_total, join_lines, split_grade
from app.sheet.recognising.outline import FoundLine, Ref, Text
from app.sheet.recognising.sections import Line

_NEARLY: Final = Decimal("1.01")
_PERCENT: Final = "%"


def read_closing(lines: Sequence[Line], columns: Columns | None) -> tuple[dict[str, Text], tuple[Ref, ...]]:
    """Stated totals and grade below the table, and the refs of their labels."""
    stated: dict[str, Text] = {}
    explained: list[Ref] = []
    for line in lines:
        grades = grade_places([cell.text for cell in line.own])
        inline = [number for number, cell in enumerate(line.own) if split_grade(cell.text)]
        starts = [
            number
            for number, cell in enumerate(line.own)
            if is_total(cell.text) or number in grades or number in inline
        ]
        for start, end in pairwise([*starts, len(line.own)]):
            label, values = line.own[start], line.own[start + 1 : end]
            if start in inline:
                stated["grade"] = Text(split_grade(label.text), (ref_of(line, label),))
                continue
            explained.append(ref_of(line, label))
            if is_total(label.text):
                stated |= _totals(line, values, columns)
            elif values:
                stated["grade"] = Text(join_lines(values[0].text), (ref_of(line, values[0]),))
    return stated, tuple(explained)


def _totals(line: Line, values: Sequence[Cell], columns: Columns | None) -> dict[str, Text]:
    """The sums by the column they stand in; by their order where the columns are other ones."""
    named = {"weight": "weight_total", "score": "score_total"}
    found: dict[str, Text] = {}
    for cell in values:
        name = columns.fields.get(cell.column, "") if columns else ""
        if name in named:
            found[named[name]] = Text(join_lines(cell.text), (ref_of(line, cell),))
    wanted = [name for field, name in named.items() if columns is None or field in columns.fields.values()]
    free = [cell for cell in values if is_figure(cell.text)]
    if len(found) < len(wanted) == len(free) or columns is None:
        found = {
            name: Text(join_lines(cell.text), (ref_of(line, cell),)) for name, cell in zip(wanted, free, strict=False)
        }
    return found


def is_rate_of(text: str, amounts: Mapping[str, Text]) -> bool:
    """Whether a text is the share that was spent; no form of ours holds it, so another one must be seen."""
    rate, spent = interpret(text), _amount(amounts, "spent")
    if not isinstance(rate, Number) or spent is None:
        return False
    budgets = [each for name in ("annual", "initial") if (each := _amount(amounts, name))]
    last = Decimal(1).scaleb(-_decimals(text))
    scales = (100,) if rate.unit == _PERCENT else (1, 100)
    return any(abs(rate.value - spent / budget * scale) < last for budget in budgets for scale in scales)


def may_be_sum(lines: Sequence[FoundLine]) -> bool:
    """Whether the first line of the money may be what the others are parts of: those without a mark must give as much as it."""
    first, others = lines[0], lines[1:]
    if any(each.is_part for each in others):
        return True
    pairs = [
        (whole, sum(part for each in others if (part := _amount(each.cells, name)) is not None))
        for name in first.cells
        if (whole := _amount(first.cells, name))
    ]
    return not others or not pairs or any(parts * _NEARLY >= whole for whole, parts in pairs)


def _amount(amounts: Mapping[str, Text], name: str) -> Decimal | None:
    found = interpret(amounts[name].text) if name in amounts else None
    return found.value if isinstance(found, Number) else None


def _decimals(text: str) -> int:
    """How many digits stand behind the point."""
    behind = text.partition(".")[2]
    return sum(each.isdecimal() for each in behind)
