"""What the user calls a place: the template's own labels.

Decides names only, for the names of changes; knows no change.
"""

from typing import Final

from app.editing import sentences
from app.form.form import Form, rows_of
from app.form.rows import BudgetLine, Evidence, Group, Indicator, Place, Section, TableName, is_table
from app.form.rules import FromInputs
from app.form.template import (
    Block,
    BudgetBlock,
    IndicatorBlock,
    ItemsBlock,
    LineBlock,
    StaffingBlock,
    Template,
    linked_of,
)

_MOST: Final = 20


def name_place(form: Form, place: Place) -> str:
    """A cell's name: “预算执行率”得分, 主要职能第 3 项, 编制（人）. Its row must exist."""
    field = _label_input(form.template, place) or label_field(form.template, place.section, place.field)
    if not is_table(place.section):
        return field
    table: TableName = place.section  # type: ignore[assignment]  # is_table above
    row = name_row(form, table, place.key)
    return row if place.field == "text" else f"{row}{field}"


def name_row(form: Form, table: TableName, key: str) -> str:
    """A row's name: “预算执行率”, or its number in its list. The row must exist."""
    number, row = next(pair for pair in enumerate(rows_of(form, table), 1) if pair[1].key == key)
    match row:
        case BudgetLine(label=title) | Group(label=title) | Indicator(name=title) | Evidence(name=title) if (
            title.strip()
        ):
            return sentences.ROW.format(row=_shorten(title))
        case _:
            return sentences.ITEM.format(label=label_table(form.template, table), number=number)


def label_table(template: Template, table: TableName) -> str:
    """What one row of a table is called: the block's label for lists, a plain word otherwise."""
    for block in template.blocks:
        if isinstance(block, ItemsBlock) and block.table == table:
            return block.label
    return sentences.ROW_LABELS[table]


def label_field(template: Template, section: Section, field: str) -> str:
    """A field's label as the template has it; a plain word for a field that this template does not show."""
    for block in template.blocks:
        label = _labels(block, section).get(field)
        if label:
            return label
    return sentences.FIELD_LABELS.get(section, {}).get(field, sentences.ITEM_FIELD)


def _label_input(template: Template, place: Place) -> str:
    """What an amount beside a rate is called; "" for all other cells."""
    linked = linked_of(template, place.key) if place.section == "indicators" else None
    if not isinstance(linked, FromInputs):
        return ""
    return {"part": linked.part, "whole": linked.whole}.get(place.field, "")


def _labels(block: Block, section: Section) -> dict[str, str]:
    match block, section:
        case LineBlock(), "cover":
            return {block.field: block.label}
        case StaffingBlock(), "staffing":
            return {"text": block.label} | {figure.field: figure.label for figure in block.figures}
        case BudgetBlock(), "budget":
            return {column.field: column.label for column in (block.name, *block.columns)}
        case IndicatorBlock(), "indicators":
            return {column.field: column.label for column in block.columns}
        case _:
            return {}


def _shorten(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= _MOST else f"{line[:_MOST]}…"
