"""Form → Grid: what the paper shows, in which order and merged how. The only place that decides it.

Knows the template's blocks and the computed figures; knows no font, no page and no file format.
"""

from dataclasses import replace
from typing import Final, assert_never

from app.form.form import Form
from app.form.template import Block, BudgetBlock, IndicatorBlock, ItemsBlock, LineBlock, StaffingBlock
from app.review.digest import short_code
from app.review.edition import Draft, Edition
from app.review.edition import Final as FinalEdition
from app.scoring.assessment import Assessment
from app.sheet import captions
from app.sheet.grid import Align, Cell, Grid, Header, Role
from app.sheet.layout_blocks import Strip, stack_budget, stack_items, stack_line
from app.sheet.layout_indicators import stack_closing, stack_indicators

TITLE_ROWS: Final = 2


def layout(form: Form, assessment: Assessment, edition: Edition = Draft()) -> Grid:  # noqa: B008 - a frozen value
    """The whole paper table of a form. Totals and grade are the computed ones, never the stated ones."""
    template = form.template
    subtitle = template.subtitle.replace("{year}", form.cover.year)
    widths = tuple(column.width for column in template.indicator_table.columns)
    cells = [
        Cell(0, 0, template.title, columns=len(widths), role=Role.TITLE, align=Align.CENTER),
        Cell(1, 0, subtitle, columns=len(widths), role=Role.SUBTITLE, align=Align.CENTER),
    ]
    headers: list[Header] = []
    row = TITLE_ROWS
    for strip in (strip for block in template.blocks for strip in _stack(block, form, assessment)):
        cells += (_shift(cell, row) for cell in strip.cells)
        headers += (Header(each.first + row, each.last + row, each.until + row) for each in strip.headers)
        row += strip.rows
    title = f"{form.cover.unit}{template.title}{subtitle}"
    table = Grid(title, form.cover.unit, widths, row, tuple(cells), tuple(headers))
    return _mark(table, edition)


def _mark(table: Grid, edition: Edition) -> Grid:
    match edition:
        case Draft():
            return replace(table, marking=captions.DRAFT)
        case FinalEdition(number=number, digest=digest):
            marking = captions.FINAL.format(number=number, code=short_code(digest))
            return replace(table, marking=marking, code=digest)
        case _:
            assert_never(edition)


def _stack(block: Block, form: Form, assessment: Assessment) -> tuple[Strip, ...]:
    match block:
        case LineBlock(label, field):
            return (stack_line(form, label, getattr(form.cover, field)),)
        case ItemsBlock():
            return (stack_items(form, block),)
        case StaffingBlock(label):
            return (stack_line(form, label, form.staffing.text),)
        case BudgetBlock():
            return (stack_budget(form, block, assessment),)
        case IndicatorBlock():
            table = stack_indicators(form, block, assessment)
            return (table, stack_closing(form, block, assessment, table))


def _shift(cell: Cell, rows: int) -> Cell:
    sums = tuple((row + rows, column) for row, column in cell.sum_of)
    return replace(cell, row=cell.row + rows, sum_of=sums)
