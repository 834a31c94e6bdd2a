"""The blocks above and below the indicator table as strips of cells, each counted from its own first row.

Decides how a label stands beside its content and how typed amounts are shown; the label takes the table's first column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, combinations
from typing import Final

from app.form.form import Form, rows_of
from app.form.quantity import Number, interpret
from app.form.rows import BudgetLine
from app.form.template import Alignment, BudgetBlock, Column, ColumnKind, ItemsBlock
from app.form.vocabulary import WAN_UNIT
from app.scoring.assessment import Assessment, BudgetTotal
from app.scoring.figure import State
from app.sheet.grid import Align, Cell, Header, Role

WAN_UNITS: Final = ("", WAN_UNIT)


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells of one block, rows counted from 0 at its top."""

    rows: int
    cells: tuple[Cell, ...]
    headers: tuple[Header, ...] = ()


def width_of(form: Form) -> int:
    """How many grid columns the paper has: those of the indicator table."""
    return len(form.template.indicator_table.columns)


def align_of(column: Column) -> Align:
    """Where a template column's text stands."""
    return {Alignment.LEFT: Align.LEFT, Alignment.CENTER: Align.CENTER, Alignment.RIGHT: Align.RIGHT}[column.align]


def number_in(text: str, kind: ColumnKind) -> Decimal | None:
    """The number a cell's text reads as, in its own unit (a percentage as a ratio); None for texts."""
    quantity = interpret(text) if kind is not ColumnKind.TEXT else None
    if not isinstance(quantity, Number):
        return None
    return quantity.value.scaleb(-2) if quantity.unit == "%" else quantity.value


def stack_line(form: Form, label: str, text: str) -> Strip:
    """A label and one text beside it."""
    return Strip(1, (_label(label, 1), Cell(0, 1, text, columns=width_of(form) - 1)))


def stack_items(form: Form, block: ItemsBlock) -> Strip:
    """A label and a list: one row per item, no lines between them, numbered as the template says."""
    texts = [
        block.numbering.replace("{n}", str(number)) + getattr(row, "text", "")
        for number, row in enumerate(rows_of(form, block.table), 1)
    ] or [""]
    last = len(texts) - 1
    items = (
        Cell(row, 1, text, columns=width_of(form) - 1, is_open_above=row > 0, is_open_below=row < last)
        for row, text in enumerate(texts)
    )
    return Strip(len(texts), (_label(block.label, len(texts)), *items))


def stack_budget(form: Form, block: BudgetBlock, assessment: Assessment) -> Strip:
    """The budget table beside its label: a heading row, then one row per line."""
    columns = (block.name, *block.columns)
    widths = [column.width for column in form.template.indicator_table.columns]
    starts = spread_columns(widths[1:], [column.width for column in columns])
    spans = [(1 + start, end - start) for start, end in zip(starts, (*starts[1:], len(widths) - 1), strict=True)]
    cells = [_label(block.label, len(form.budget) + 1)]
    for column, (start, count) in zip(columns, spans, strict=True):
        cells.append(Cell(0, start, column.label, columns=count, role=Role.HEADER, align=Align.CENTER))
    for row, line in enumerate(form.budget, 1):
        text = _name_of(form, block, line)
        cells.append(Cell(row, spans[0][0], text, columns=spans[0][1], align=align_of(block.name)))
        for column, (start, count) in zip(block.columns, spans[1:], strict=True):
            sums = tuple((part, start) for part in _parts_shown(form, assessment, line, column))
            cells.append(_amount_cell(block, line, column, Cell(row, start, "", columns=count, sum_of=sums)))
    return Strip(len(form.budget) + 1, tuple(cells))


def spread_columns(widths: Sequence[Decimal], shares: Sequence[Decimal]) -> tuple[int, ...]:
    """The first grid column of each of some wider columns so that their widths come nearest to the wished shares.

    ``widths`` are the grid columns' widths, of which there are at least as many as ``shares``.
    """
    edges = (Decimal(0), *accumulate(widths))
    wished = [share * edges[-1] / sum(shares) for share in shares]

    def distance(starts: tuple[int, ...]) -> Decimal:
        ends = (*starts[1:], len(widths))
        got = (edges[end] - edges[start] for start, end in zip(starts, ends, strict=True))
        return sum(((have - want) ** 2 for have, want in zip(got, wished, strict=True)), Decimal(0))

    inner = combinations(range(1, len(widths)), len(shares) - 1)
    return min(((0, *starts) for starts in inner), key=distance)


def _label(text: str, rows: int) -> Cell:
    return Cell(0, 0, text, rows=rows, role=Role.LABEL, align=Align.CENTER, is_repeated=True)


def _name_of(form: Form, block: BudgetBlock, line: BudgetLine) -> str:
    parent = next((each for each in form.budget if each.key == line.part_of), None)
    is_part_of_part = parent is not None and parent.part_of != ""
    siblings = [each for each in form.budget if each.part_of == line.part_of]
    return block.item_prefix + line.label if is_part_of_part and siblings[0] is line else line.label


def _amount_cell(block: BudgetBlock, line: BudgetLine, column: Column, cell: Cell) -> Cell:
    text: str = getattr(line, column.field)
    quantity = interpret(text)
    number = number_in(text, ColumnKind.AMOUNT)
    shown = (
        f"{text.strip()} {block.unit}" if isinstance(quantity, Number) and not quantity.unit and block.unit else text
    )
    return Cell(
        cell.row, cell.column, shown, columns=cell.columns, align=align_of(column), number=number, sum_of=cell.sum_of
    )


def _parts_shown(form: Form, assessment: Assessment, line: BudgetLine, column: Column) -> tuple[int, ...]:
    """The strip rows whose sum the amount is; none unless all are there, in 万元, and sum to exactly what is typed."""
    total = next((each for each in assessment.budget if (each.key, each.field) == (line.key, column.field)), None)
    if total is None or not _is_their_sum(total):
        return ()
    parts = [(row, each) for row, each in enumerate(form.budget, 1) if each.part_of == line.key]
    texts = [getattr(each, column.field) for each in (line, *(each for _, each in parts))]
    units = {quantity.unit for quantity in map(interpret, texts) if isinstance(quantity, Number)}
    return tuple(row for row, _ in parts) if units <= set(WAN_UNITS) else ()


def _is_their_sum(total: BudgetTotal) -> bool:
    return total.parts.state is State.COMPLETE and total.typed.value == total.parts.value
