"""Reads templates (TOML) strictly and makes blank forms from them.

Decides what a template file may say. Knows nothing of storage: a stored form hands over its own copy of the text.
"""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeVar, assert_never

from app.form import sentences
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.rules_loader import read_linked, read_policy, read_rule
from app.form.reading.strict import Keys, Misfit, check_belongs, check_keys, check_tree
from app.form.resources import resource
from app.form.rows import (
    ROW_TYPES,
    TABLES,
    BudgetLine,
    Cover,
    Group,
    Indicator,
    Staffing,
    TableName,
    TextItem,
    field_names,
)
from app.form.rules import Linked, Rule
from app.form.template import (
    Alignment,
    Block,
    BlockKind,
    BudgetBlock,
    Column,
    ColumnKind,
    FigureField,
    GradeBand,
    IndicatorBlock,
    ItemsBlock,
    LineBlock,
    RowKind,
    StaffingBlock,
    Tab,
    Template,
)
from app.form.text import excerpt
from app.form.vocabulary import WAN_UNIT

B = TypeVar("B")

FORMAT: Final = 1
GROUP_COLUMNS: Final = ("level1", "level2", "level3")
NO_COLUMNS: Final = frozenset(
    {"group", "applies", "part", "whole"}
)  # structure, state, and amounts that are never printed
ROW_COLUMNS: Final = (*GROUP_COLUMNS, *(name for name in field_names(Indicator) if name not in NO_COLUMNS))
AMOUNT_COLUMNS: Final = ("initial", "annual", "spent")
TEXT_TABLES: Final = tuple(table for table in TABLES if ROW_TYPES[table] is TextItem)


@dataclass(frozen=True, slots=True)
class Traits:
    """What the file says of indicator rows beside their cells, by the key of the row; filled while the rows are read."""

    kinds: dict[str, RowKind] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    linked: dict[str, Linked] = field(default_factory=dict)
    evidence: set[str] = field(default_factory=set)


@lru_cache(maxsize=64)
def read_template(source: str, name: str = "") -> Template:
    """The template that a TOML text describes. AppError naming the part and the nearest known key when it is not one."""
    try:
        document = tomllib.loads(source, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:  # besides wrong syntax: numbers of too many digits
        reason = sentences.TEMPLATE_SYNTAX.format(reason=error)
        raise AppError(sentences.TEMPLATE_UNREADABLE.format(name=name, reason=reason)) from error
    try:
        return _read_document(Keys(sentences.ROOT, document), source)
    except Misfit as misfit:
        raise AppError(sentences.TEMPLATE_UNREADABLE.format(name=name, reason=misfit)) from misfit


def bundled_codes() -> tuple[str, ...]:
    """The codes of all templates that come with the program."""
    return tuple(sorted(path.stem for path in resource("templates").glob("*.toml")))


def load_template(code: str) -> Template:
    """The bundled template of this code. AppError when there is none."""
    if code not in bundled_codes():
        raise AppError(sentences.TEMPLATE_MISSING.format(code=excerpt(code, 40)))
    return read_template(resource("templates", f"{code}.toml").read_text(encoding="utf-8"), code)


def blank_form(template: Template, unit: str = "", year: str = "") -> Form:
    """A new form: the template's own rows, everything else empty. The year is the template's unless another is given."""
    budget = template.budget_table
    return Form(
        template=template,
        cover=Cover(unit=unit, year=year or template.year),
        budget=budget.lines if budget else (),
        groups=template.indicator_table.groups,
        indicators=template.indicator_table.indicators,
    )


def _read_document(keys: Keys, source: str) -> Template:
    if keys.take("format", int) != FORMAT:
        raise keys.refusal("format", keys.take("format", int))
    total = keys.take("total", Decimal)
    grades = keys.each("grades", lambda each: GradeBand(each.text("name"), each.take("at_least", Decimal)))
    check_bands(grades, total)
    traits = Traits()
    tabs = keys.each(
        "tabs", lambda tab: Tab(tab.text("title"), tab.each("blocks", lambda each: _read_block(each, traits)))
    )
    blocks = [block for tab in tabs for block in tab.blocks]
    table = _only(IndicatorBlock, blocks, "indicators")
    budget = _at_most_one(BudgetBlock, blocks, "budget")
    if budget and len(budget.columns) + 1 >= len(table.columns):
        raise Misfit(sentences.TEMPLATE_BUDGET_WIDE)
    template = Template(
        code=keys.text("code"),
        name=keys.text("name"),
        year=keys.text("year"),
        title=keys.text("title"),
        subtitle=keys.text("subtitle"),
        total=total,
        grades=grades,
        tabs=tabs,
        indicator_table=table,
        budget_table=budget,
        staffing=_at_most_one(StaffingBlock, blocks, "staffing"),
        source=source,
        row_kinds=MappingProxyType(traits.kinds),
        policy=read_policy(keys),
        rules=MappingProxyType(traits.rules),
        linked=MappingProxyType(traits.linked),
        evidence=frozenset(traits.evidence),
    )
    keys.finish()
    return template


def check_bands(grades: tuple[GradeBand, ...], total: Decimal) -> None:
    """Misfit unless the bands fall strictly from at most ``total`` to exactly 0: then every value has exactly one grade."""
    bounds = [band.at_least for band in grades]
    falls = all(upper > lower for upper, lower in pairwise(bounds))
    if not bounds or not falls or bounds[-1] != 0 or bounds[0] > total:
        raise Misfit(sentences.TEMPLATE_BANDS)


def _only(kind: type[IndicatorBlock], blocks: list[Block], name: str) -> IndicatorBlock:
    found = [block for block in blocks if isinstance(block, kind)]
    if len(found) != 1:
        raise Misfit(sentences.TEMPLATE_BLOCK_ONCE.format(kind=name))
    return found[0]


def _at_most_one(kind: type[B], blocks: list[Block], name: str) -> B | None:
    found = [block for block in blocks if isinstance(block, kind)]
    if len(found) > 1:
        raise Misfit(sentences.TEMPLATE_BLOCK_ONCE.format(kind=name))
    return found[0] if found else None


def _read_block(keys: Keys, traits: Traits) -> Block:
    kind = keys.choice("kind", BlockKind)
    label = keys.text("label", "")
    match kind:
        case BlockKind.LINE:
            return LineBlock(label, keys.one_of("field", keys.text("field"), field_names(Cover)))
        case BlockKind.ITEMS:
            table: TableName = keys.one_of("table", keys.text("table"), TEXT_TABLES)  # type: ignore[assignment]  # checked
            return ItemsBlock(label, table, keys.text("numbering", ""), keys.take("limit", int, 0))
        case BlockKind.STAFFING:
            return StaffingBlock(label, keys.each("figures", _read_figure), keys.take("limit", int, 0))
        case BlockKind.BUDGET:
            return _read_budget(keys, label)
        case BlockKind.INDICATORS:
            return _read_indicators(keys, label, traits)
        case _:
            assert_never(kind)


def _read_figure(keys: Keys) -> FigureField:
    return FigureField(keys.one_of("field", keys.text("field"), field_names(Staffing)), keys.text("label"))


def _read_column(keys: Keys, allowed: tuple[str, ...]) -> Column:
    width = keys.take("width", Decimal)
    if width <= 0:
        raise keys.refusal("width", width)
    return Column(
        field=keys.one_of("field", keys.text("field"), allowed),
        label=keys.text("label"),
        width=width,
        kind=keys.choice("as", ColumnKind, ColumnKind.TEXT),
        align=keys.choice("align", Alignment, Alignment.LEFT),
        is_required=keys.take("required", bool, default=True),
    )


def _read_budget(keys: Keys, label: str) -> BudgetBlock:
    lines = keys.each(
        "lines", lambda each: BudgetLine(each.text("key"), label=each.text("label"), part_of=each.text("part_of", ""))
    )
    check_keys(keys.where, (line.key for line in lines))
    check_tree(keys.where, {line.key: line.part_of for line in lines})
    name = keys.inner("name")
    block = BudgetBlock(
        label=label,
        name=_read_column(name, ("label",)),
        columns=keys.each("columns", lambda each: _read_column(each, AMOUNT_COLUMNS)),
        lines=lines,
        item_prefix=keys.text("item_prefix", ""),
        unit=keys.one_of("unit", keys.text("unit", ""), ("", WAN_UNIT)),
    )
    name.finish()
    check_keys(keys.where, (column.field for column in block.columns))
    return block


def _read_indicators(keys: Keys, label: str, traits: Traits) -> IndicatorBlock:
    columns = keys.each("columns", lambda each: _read_column(each, ROW_COLUMNS))
    levels = count_levels(columns)
    _check_columns(keys, columns)
    groups = keys.each("groups", lambda each: Group(each.text("key"), each.text("label"), each.text("part_of", "")))
    check_keys(keys.where, (group.key for group in groups))
    check_tree(keys.where, {group.key: group.part_of for group in groups}, levels)
    indicators = keys.each("indicators", lambda each: _read_indicator(each, traits))
    check_keys(keys.where, (row.key for row in indicators))
    check_belongs(keys.where, (row.group for row in indicators), {group.key for group in groups})
    return IndicatorBlock(
        label=label,
        columns=columns,
        groups=groups,
        indicators=indicators,
        total_label=keys.text("total_label"),
        grade_label=keys.text("grade_label"),
    )


def count_levels(columns: tuple[Column, ...]) -> int:
    """How many levels of groups the columns of an indicator table show."""
    return sum(column.field in GROUP_COLUMNS for column in columns)


def _check_columns(keys: Keys, columns: tuple[Column, ...]) -> None:
    """Misfit unless the level columns come first, in order and as text, and a column of points stands behind another one."""
    fields = [column.field for column in columns]
    levels = count_levels(columns)
    starts_well = fields[:levels] == [*GROUP_COLUMNS[:levels]]
    is_text = all(column.kind is ColumnKind.TEXT for column in columns[:levels])
    has_points = not {"weight", "score"}.isdisjoint(fields[1:]) and fields[0] not in {"weight", "score"}
    if not starts_well or not is_text or not has_points or len({*fields}) < len(fields):
        raise Misfit(sentences.TEMPLATE_COLUMNS.format(where=keys.where))


def _read_indicator(keys: Keys, traits: Traits) -> Indicator:
    row = Indicator(
        key=keys.text("key"),
        group=keys.text("group", ""),
        name=keys.text("name"),
        target=keys.text("target", ""),
        weight=keys.text("weight", ""),
        rule=keys.text("rule", ""),
        applies=keys.take("applies", bool, default=True),
    )
    traits.kinds[row.key] = keys.choice("row", RowKind, RowKind.FIXED)
    if keys.take("evidence", bool, default=False):
        traits.evidence.add(row.key)
    rule, linked = read_rule(keys), read_linked(keys)
    if rule is not None:
        traits.rules[row.key] = rule
    if linked is not None:
        traits.linked[row.key] = linked
    return row
