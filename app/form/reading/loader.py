"""Reads templates (TOML) strictly and makes blank forms from them.

Decides what a template file may say. Knows nothing of storage: a stored form hands over its own copy of the text.
"""

import tomllib
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeVar

from app.form import sentences
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.strict import Keys, Misfit, check_keys, check_parents
from app.form.resources import resource
from app.form.rows import (
    TABLES,
    BudgetLine,
    Cover,
    Group,
    Indicator,
    Staffing,
    TableName,
    field_names,
)
from app.form.template import (
    Alignment,
    Block,
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

B = TypeVar("B")

GROUP_COLUMNS: Final = ("level1", "level2", "level3")


@lru_cache(maxsize=64)
def read_template(source: str, name: str = "") -> Template:
    """The template that a TOML text describes. AppError naming the part and the nearest known key when it is not one."""
    try:
        document = tomllib.loads(source, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
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
        raise AppError(sentences.TEMPLATE_MISSING.format(code=code))
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
    keys.take("format", int)
    total = keys.take("total", Decimal)
    grades = keys.each("grades", lambda each: GradeBand(each.text("name"), each.take("at_least", Decimal)))
    check_bands(grades, total)
    kinds: dict[str, RowKind] = {}
    tabs = keys.each(
        "tabs", lambda tab: Tab(tab.text("title"), tab.each("blocks", lambda each: _read_block(each, kinds)))
    )
    blocks = [block for tab in tabs for block in tab.blocks]
    template = Template(
        code=keys.text("code"),
        name=keys.text("name"),
        year=keys.text("year"),
        title=keys.text("title"),
        subtitle=keys.text("subtitle"),
        total=total,
        grades=grades,
        tabs=tabs,
        indicator_table=_only(IndicatorBlock, blocks, "indicators"),
        budget_table=_at_most_one(BudgetBlock, blocks, "budget"),
        staffing=_at_most_one(StaffingBlock, blocks, "staffing"),
        source=source,
        row_kinds=MappingProxyType(kinds),
    )
    keys.finish()
    return template


def check_bands(grades: tuple[GradeBand, ...], total: Decimal) -> None:
    """Misfit unless the bands fall strictly from at most ``total`` to exactly 0: then every value has exactly one grade."""
    bounds = [band.at_least for band in grades]
    falls = all(upper > lower for upper, lower in pairwise(bounds))
    if not bounds or not falls or bounds[-1] != 0 or not bounds[0] <= total or not all(b.is_finite() for b in bounds):
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


def _read_block(keys: Keys, kinds: dict[str, RowKind]) -> Block:
    kind = keys.text("kind")
    label = keys.text("label", "")
    match kind:
        case "line":
            return LineBlock(label, keys.one_of("field", keys.text("field"), field_names(Cover)))
        case "items":
            table: TableName = keys.one_of("table", keys.text("table"), TABLES)  # type: ignore[assignment]  # checked
            return ItemsBlock(label, table, keys.text("numbering", ""), keys.take("limit", int, 0))
        case "staffing":
            return StaffingBlock(label, keys.each("figures", _read_figure), keys.take("limit", int, 0))
        case "budget":
            return _read_budget(keys, label)
        case "indicators":
            return _read_indicators(keys, label, kinds)
        case _:
            keys.one_of("kind", kind, ())
            raise AssertionError(kind)


def _read_figure(keys: Keys) -> FigureField:
    return FigureField(keys.one_of("field", keys.text("field"), field_names(Staffing)), keys.text("label"))


def _read_column(keys: Keys, allowed: tuple[str, ...]) -> Column:
    return Column(
        field=keys.one_of("field", keys.text("field"), allowed),
        label=keys.text("label"),
        width=keys.take("width", Decimal),
        kind=keys.choice("as", ColumnKind, ColumnKind.TEXT),
        align=keys.choice("align", Alignment, Alignment.LEFT),
        is_required=keys.take("required", bool, default=True),
    )


def _read_budget(keys: Keys, label: str) -> BudgetBlock:
    allowed = field_names(BudgetLine)
    lines = keys.each(
        "lines", lambda each: BudgetLine(each.text("key"), label=each.text("label"), part_of=each.text("part_of", ""))
    )
    check_keys(keys.where, (line.key for line in lines))
    check_parents(keys.where, {line.key: line.part_of for line in lines})
    name = keys.inner("name")
    block = BudgetBlock(
        label=label,
        name=_read_column(name, allowed),
        columns=keys.each("columns", lambda each: _read_column(each, allowed)),
        lines=lines,
        item_prefix=keys.text("item_prefix", ""),
        unit=keys.text("unit", ""),
    )
    name.finish()
    return block


def _read_indicators(keys: Keys, label: str, kinds: dict[str, RowKind]) -> IndicatorBlock:
    allowed = (*GROUP_COLUMNS, *field_names(Indicator))
    groups = keys.each("groups", lambda each: Group(each.text("key"), each.text("label"), each.text("part_of", "")))
    check_keys(keys.where, (group.key for group in groups))
    check_parents(keys.where, {group.key: group.part_of for group in groups})
    indicators = keys.each("indicators", lambda each: _read_indicator(each, kinds))
    check_keys(keys.where, (row.key for row in indicators))
    check_parents(
        keys.where, {group.key: group.part_of for group in groups} | {f"\0{r.key}": r.group for r in indicators}
    )
    return IndicatorBlock(
        label=label,
        columns=keys.each("columns", lambda each: _read_column(each, allowed)),
        groups=groups,
        indicators=indicators,
        total_label=keys.text("total_label"),
        grade_label=keys.text("grade_label"),
    )


def _read_indicator(keys: Keys, kinds: dict[str, RowKind]) -> Indicator:
    row = Indicator(
        key=keys.text("key"),
        group=keys.text("group", ""),
        name=keys.text("name"),
        target=keys.text("target", ""),
        weight=keys.text("weight", ""),
        rule=keys.text("rule", ""),
        applies=keys.take("applies", bool, default=True),
    )
    kinds[row.key] = keys.choice("row", RowKind, RowKind.FIXED)
    return row
