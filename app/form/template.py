"""A template: what one region's form of one year looks like and by which bands it is graded. Data with a closed vocabulary.

Decides which blocks, columns and bands can exist. Reads no file (`loader` does) and computes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from app.form.rows import BudgetLine, Group, Indicator, TableName
from app.form.rules import ByTarget, Linked, Policy, Rule


class ColumnKind(StrEnum):
    """How the text of a column is meant to be read."""

    TEXT = "text"
    POINTS = "points"
    AMOUNT = "amount"
    QUANTITY = "quantity"


class Alignment(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class BlockKind(StrEnum):
    """What a block of a template file is."""

    LINE = "line"
    ITEMS = "items"
    STAFFING = "staffing"
    BUDGET = "budget"
    INDICATORS = "indicators"


class RowKind(StrEnum):
    """What the user may do with an indicator row: names of fixed rows stay, free rows are the unit's own, optional ones may be 不适用."""

    FIXED = "fixed"
    FREE = "free"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: which field it shows, under which label, how wide (share of the paper's width) and how it is read."""

    field: str
    label: str
    width: Decimal
    kind: ColumnKind = ColumnKind.TEXT
    align: Alignment = Alignment.LEFT
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade and the least total that earns it; a band reaches up to the next one."""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class LineBlock:
    """One line of the cover, such as 单位名称."""

    label: str
    field: str


@dataclass(frozen=True, slots=True)
class ItemsBlock:
    """A list of texts; ``numbering`` such as "（{n}）" ("" for plain paragraphs), ``limit`` in characters (0: none)."""

    label: str
    table: TableName
    numbering: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class FigureField:
    """One figure of the staffing block: field of `rows.Staffing` and its label."""

    field: str
    label: str


@dataclass(frozen=True, slots=True)
class StaffingBlock:
    """机构设置及人员配置: a paragraph and figures (entered, not printed)."""

    label: str
    figures: tuple[FigureField, ...]
    limit: int = 0


@dataclass(frozen=True, slots=True)
class BudgetBlock:
    """预算安排及支出情况: amount columns over lines; ``name`` is the column of line labels.

    ``unit`` is printed after amounts that were typed without one; ``item_prefix`` before the first part of a part.
    """

    label: str
    name: Column
    columns: tuple[Column, ...]
    lines: tuple[BudgetLine, ...]
    item_prefix: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """The indicator table: columns (``level1``/``level2`` stand for the groups), the tree, and the two closing lines."""

    label: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    total_label: str
    grade_label: str


Block = LineBlock | ItemsBlock | StaffingBlock | BudgetBlock | IndicatorBlock


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the window: its title and the blocks it shows."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A whole template. ``source`` is the TOML text it was read from: a stored form keeps it as its own copy.

    ``total`` is the sum all weights should have, in points; ``evidence`` the keys of the rows that need 佐证材料. Two templates are equal when their sources are.
    """

    code: str = field(compare=False)
    name: str = field(compare=False)
    year: str = field(compare=False)
    title: str = field(compare=False)
    subtitle: str = field(compare=False)
    total: Decimal = field(compare=False)
    grades: tuple[GradeBand, ...] = field(compare=False)
    tabs: tuple[Tab, ...] = field(compare=False)
    indicator_table: IndicatorBlock = field(compare=False)
    budget_table: BudgetBlock | None = field(compare=False)
    staffing: StaffingBlock | None = field(compare=False)
    source: str
    row_kinds: Mapping[str, RowKind] = field(compare=False, default_factory=lambda: MappingProxyType({}))
    policy: Policy = field(compare=False, default_factory=Policy)
    rules: Mapping[str, Rule] = field(compare=False, default_factory=lambda: MappingProxyType({}))
    linked: Mapping[str, Linked] = field(compare=False, default_factory=lambda: MappingProxyType({}))
    evidence: frozenset[str] = field(compare=False, default=frozenset())

    def __repr__(self) -> str:
        return f"Template({self.code!r})"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order of the paper, which is the order of the tabs."""
        return tuple(block for tab in self.tabs for block in tab.blocks)


def rule_of(template: Template, key: str) -> Rule:
    """The scoring rule of the indicator row ``key``; rows without one of their own are scored by their target."""
    return template.rules.get(key, ByTarget())


def linked_of(template: Template, key: str) -> Linked | None:
    """What the figure of the indicator row ``key`` is computed from; None when nothing in the form determines it."""
    return template.linked.get(key)


def row_kind(template: Template, key: str) -> RowKind:
    """What the user may do with the indicator row ``key``; rows the template does not know are the unit's own."""
    return template.row_kinds.get(key, RowKind.FREE)
