"""What was found in a file before any template is asked: texts with the cell each stands in.

Values only. Knows no form; `fitting` makes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a cell begins: which table of the file, row and column from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Text:
    """What a cell says; several cells when a text was taken from them together."""

    text: str
    refs: tuple[Ref, ...] = ()


NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """A level cell: ``path`` are the labels above it, its own the last."""

    path: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the indicator table: its level cells from the top, and its cells by field; no cells for a group without rows."""

    path: tuple[Text, ...]
    cells: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The indicator table: which fields it has in which order, its rows, and every ref that only explains (headings, sums)."""

    fields: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rows: tuple[FoundRow, ...] = ()
    explained: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of the budget table: its name, whether it is marked as a part (其中), its amounts by field."""

    name: Text
    is_part: bool
    cells: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class FoundBudget:
    """The budget table: headings by field, lines, the unit of money stated, and what it says of the execution's score.

    ``execution`` are the cells of an indicator row, for forms that score the execution here; ``explained`` headings and
    cells that are computed.
    """

    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[FoundLine, ...] = ()
    money: str = ""
    execution: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    explained: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """One form as a file shows it. ``explained`` are the cells whose content is understood and not typed (labels, sums).

    ``extent`` are all its filled cells, ``guess`` what is probably the unit where no cell says so.
    """

    title: str = ""
    unit: Text = NOTHING
    guess: Text = NOTHING
    year: Text = NOTHING
    staffing: Text = NOTHING
    lists: Mapping[str, tuple[Text, ...]] = field(default_factory=lambda: MappingProxyType({}))
    budget_fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    budget: tuple[FoundLine, ...] = ()
    money: str = ""
    execution: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    table: FoundTable = field(default_factory=FoundTable)
    stated: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    explained: tuple[Ref, ...] = ()
    extent: frozenset[Ref] = frozenset()
