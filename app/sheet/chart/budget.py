"""预算与支出: what was spent of the budget, line by line.

Decides which lines stand alone where there are too many: those that others are part of, and the largest of the rest;
what is left is one row that says how many it stands for. Amounts are the assessment's, in 万元.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from app.form.form import Form
from app.form.quantity import EXACT
from app.form.rows import BudgetLine, Place
from app.scoring.assessment import Assessment, BudgetTotal, Execution
from app.scoring.figure import Figure, State, add_figures, divide_figures
from app.scoring.linked import show_amount, show_rate
from app.scoring.reading import read_amount
from app.sheet.chart import captions
from app.sheet.chart.drawing import Drawing
from app.sheet.chart.lettering import plain
from app.sheet.chart.pairs import Names, Pair, draw_pairs, empty, say_share

MOST_ROWS: Final = 16
FIELDS: Final[Mapping[str, str]] = {"annual": captions.ANNUAL, "spent": captions.SPENT}


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, or those that are folded into one."""

    label: str
    depth: int
    annual: Figure
    spent: Figure
    rate: Figure
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """All that the chart depends on."""

    lines: tuple[BudgetLine, ...]
    sums: tuple[BudgetTotal, ...]
    rates: tuple[Execution, ...]


def draw_budget(form: Form, assessment: Assessment, width: float) -> Drawing:
    """The chart; a sentence where there are no lines."""
    if not form.budget:
        return empty(captions.BUDGET, captions.NO_BUDGET, width)
    return _draw(_Table(form.budget, assessment.budget, assessment.execution), width)


# Most edits are of indicators: the chart that is shown need not be drawn again for them.
@lru_cache(maxsize=4)
def _draw(table: _Table, width: float) -> Drawing:
    folded = _folded(table.lines)
    rows = tuple(_rows(table, folded))
    shown = len(table.lines) - len({line.part_of for line in table.lines} & {line.key for line in table.lines})
    remark = captions.FOLDED.format(shown=shown - len(folded), rest=len(folded)) if folded else ""
    spent, annual = (captions.IN_WAN.format(name=name) for name in (captions.SPENT, captions.ANNUAL))
    names = Names(
        captions.BUDGET,
        captions.IN_WAN.format(name=captions.OF.format(part=captions.SPENT, whole=captions.ANNUAL)),
        captions.ANNUAL,
        captions.SPENT,
        captions.RATE,
        remark,
    )
    pairs = tuple(map(_pair, rows))
    heads = (captions.LINE, annual, spent, captions.RATE, captions.REMARK)
    cells = (
        (row.label, show(row.annual), show(row.spent), pair.rate, pair.wrong or pair.remark)
        for row, pair in zip(rows, pairs, strict=True)
    )
    return draw_pairs(names, pairs, (heads, *cells), width)


def show(figure: Figure) -> str:
    """An amount in 万元 with its state."""
    if figure.value is None:
        return captions.UNFILLED
    text = show_amount(figure.value)
    return text if figure.state is State.COMPLETE else captions.PART_DONE.format(text=text)


def show_ratio(rate: Figure) -> str:
    """A rate in percent, a dash where there is none; of what is not filled in whole yet a share says nothing."""
    return captions.NO_RATE if rate.value is None or rate.state is not State.COMPLETE else show_rate(rate.value)


def amount(line: BudgetLine, field: str) -> Figure:
    """One typed amount of a line in 万元."""
    return read_amount(getattr(line, field), Place("budget", line.key, field))


def _folded(lines: Sequence[BudgetLine]) -> tuple[BudgetLine, ...]:
    """The lines for which there is no room of their own, in the form's order."""
    if len(lines) <= MOST_ROWS:
        return ()
    wholes = {line.part_of for line in lines}
    small = [line for line in lines if line.key not in wholes]
    room = max(1, MOST_ROWS - 1 - (len(lines) - len(small)))
    kept = {line.key for line in sorted(small, key=_size, reverse=True)[:room]}
    return tuple(line for line in small if line.key not in kept)


def _size(line: BudgetLine) -> Decimal:
    return max(amount(line, field).value or Decimal(0) for field in ("annual", "spent"))


def _rows(table: _Table, folded: Sequence[BudgetLine]) -> Iterator[_Row]:
    rates = {each.key: each.rate for each in table.rates}
    upper = {line.key: line.part_of for line in table.lines}
    gone = {line.key for line in folded}
    for line in (each for each in table.lines if each.key not in gone):
        name = plain(line.label) or captions.UNNAMED
        wrong = _sums_wrong(table.sums, line)
        yield _Row(name, _depth(line.key, upper), amount(line, "annual"), amount(line, "spent"), rates[line.key], wrong)
    if folded:
        annual, spent = (add_figures([amount(line, field) for line in folded]) for field in ("annual", "spent"))
        depth = _depth(folded[0].key, upper)
        yield _Row(captions.REST.format(count=len(folded)), depth, annual, spent, divide_figures(spent, annual))


def _sums_wrong(sums: Sequence[BudgetTotal], line: BudgetLine) -> str:
    """Which sums of parts are off; where both columns are off alike it is said once."""
    wrong = {each.field: _off(each) for each in sums if each.key == line.key and each.field in FIELDS}
    found = {field: said for field, said in wrong.items() if said}
    if len(found) == len(FIELDS) and len(set(found.values())) == 1:
        return next(iter(found.values()))
    return captions.ALSO.join(FIELDS[field] + said for field, said in found.items())


def _off(total: BudgetTotal) -> str:
    """What is wrong with a sum; nothing while parts are missing that it lacks."""
    typed, parts = total.typed.value, total.parts.value
    if typed is None or parts is None or parts == typed or (total.parts.state is State.PARTIAL and parts < typed):
        return ""
    difference = show_amount(abs(EXACT.subtract(typed, parts)))
    return captions.OTHER_SUM.format(parts=show_amount(parts), difference=difference)


def _depth(key: str, upper: dict[str, str]) -> int:
    depth, seen = 0, {key}
    while (key := upper.get(key, "")) and key not in seen:
        seen.add(key)
        depth += 1
    return depth


def _pair(row: _Row) -> Pair:
    annual, spent = row.annual.value, row.spent.value
    wrong = row.wrong
    if not wrong and annual is not None and spent is not None and spent > annual:
        wrong = captions.OVER_BUDGET
    is_open = State.PARTIAL in {row.annual.state, row.spent.state}
    figures = say_share(_bare(row.spent), _bare(row.annual))
    remark = captions.UNFINISHED if is_open else ""
    return Pair(row.label, row.annual, row.spent, figures, show_ratio(row.rate), wrong, remark, row.depth)


def _bare(figure: Figure) -> str:
    return captions.UNFILLED if figure.value is None else show_amount(figure.value)
