"""Form → Grid: what the paper shows, in which order and merged how. The only place that decides it.

Knows the template's blocks and the computed figures; knows no font, no page and no file format.
"""

from dataclasses import replace
from typing import Final, assert_never

from app.form.form import Form
from app.form.rows import Evidence, Indicator
from app.form.template import Block, BudgetBlock, IndicatorBlock, ItemsBlock, LineBlock, StaffingBlock
from app.form.tree import evidence_order
from app.review.digest import short_code
from app.review.edition import Draft, Edition
from app.review.edition import Final as FinalEdition
from app.scoring.assessment import Assessment
from app.sheet import captions
from app.sheet.grid import Align, Cell, Grid, Header, Paper, Role
from app.sheet.layout_blocks import Strip, spread_columns, stack_budget, stack_items, stack_line
from app.sheet.layout_indicators import stack_closing, stack_indicators

TITLE_ROWS: Final = 2


def layout(
    form: Form,
    assessment: Assessment,
    edition: Edition = Draft(),  # noqa: B008 - a frozen value
    paper: Paper = Paper(),  # noqa: B008 - the same
) -> Grid:
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
    blocks = [strip for block in template.blocks for strip in _stack(block, form, assessment)]
    for strip in (*blocks, *_stack_evidence(form)):
        cells += (_shift(cell, row) for cell in strip.cells)
        headers += (Header(each.first + row, each.last + row, each.until + row) for each in strip.headers)
        row += strip.rows
    title = f"{form.cover.unit}{template.title}{subtitle}"
    table = Grid(title, form.cover.unit, widths, row, tuple(cells), tuple(headers), paper)
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


def _stack_evidence(form: Form) -> tuple[Strip, ...]:
    """佐证材料目录 beside its label: a heading row, then one row per file. Nothing without files.

    A paper too narrow for the columns has what they say in one line.
    """
    files = [(holder, row) for holder, rows in evidence_order(form) for row in rows]
    if not files:
        return ()
    widths = [column.width for column in form.template.indicator_table.columns][1:]
    columns = captions.EVIDENCE_COLUMNS
    lines = [tuple(columns), *(_list_file(number, *each) for number, each in enumerate(files, 1))]
    starts = spread_columns(widths, tuple(columns.values())) if len(widths) >= len(columns) else (0,)
    ends = (*starts[1:], len(widths))
    cells = [Cell(0, 0, captions.EVIDENCE, len(lines), role=Role.LABEL, align=Align.CENTER, is_repeated=True)]
    for row, line in enumerate(lines):
        texts = line if len(starts) > 1 else (captions.EVIDENCE_BLANK.join(filter(None, line)),)
        role = Role.BODY if row else Role.HEADER
        for text, start, end in zip(texts, starts, ends, strict=True):
            align = Align.LEFT if row and (start or len(starts) == 1) else Align.CENTER
            cells.append(Cell(row, 1 + start, text, columns=end - start, role=role, align=align))
    return (Strip(len(lines), tuple(cells), (Header(0, 0, len(lines) - 1),)),)


def _list_file(number: int, holder: Indicator | None, row: Evidence) -> tuple[str, ...]:
    return (str(number), holder.name if holder else captions.EVIDENCE_OF_ALL, row.name, row.note)


def _shift(cell: Cell, rows: int) -> Cell:
    sums = tuple((row + rows, column) for row, column in cell.sum_of)
    return replace(cell, row=cell.row + rows, sum_of=sums)
