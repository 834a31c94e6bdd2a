"""Records and rows: the named cells that a form can have, the union over all known variants.

Every cell is the typed text; a template chooses which cells are shown. Rows are addressed by stable keys, so a cell is
a Place. Knows nothing of templates, whole forms or what a text means.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal

RecordName = Literal["cover", "staffing", "stated"]
TableName = Literal[
    "duties",
    "budget",
    "groups",
    "indicators",
    "achievements",
    "problems",
    "measures",
    "explanations",
    "evidence",
]
Section = RecordName | TableName
CellValue = str | bool

RECORDS: Final[tuple[RecordName, ...]] = ("cover", "staffing", "stated")
TABLES: Final[tuple[TableName, ...]] = (
    "duties",
    "budget",
    "groups",
    "indicators",
    "achievements",
    "problems",
    "measures",
    "explanations",
    "evidence",
)
# Tables that came after the first formats, with the number of the interchange format and of the digest that first has
# them. They are left out while they are empty: older programs go on reading, and codes that are printed stay as they are.
LATER: Final[Mapping[TableName, int]] = {"evidence": 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell is: a section, the key of a row ("" in a record), a field ("" for the whole row)."""

    section: Section
    key: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """封面: 单位名称 and the year the form is about, as typed."""

    unit: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Staffing:
    """机构设置及人员配置: the paragraph, and the figures it speaks of (科室, 编制, 实有, 合同制, 财政供养退休)."""

    text: str = ""
    departments: str = ""
    authorised: str = ""
    actual: str = ""
    contract: str = ""
    retired: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """Totals and grade that a paper or file claims, kept beside the computed ones; empty in a form begun here."""

    weight_total: str = ""
    score_total: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class TextItem:
    """One item of a list (主要职能, 主要成效 …), without its number."""

    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of 预算安排及支出情况; amounts as typed, 万元 unless another unit stands with them.

    ``part_of`` is the key of the line this one is a part of ("" for 资金总额).
    """

    key: str
    label: str = ""
    part_of: str = ""
    initial: str = ""
    annual: str = ""
    spent: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """一级 or 二级指标; ``label`` as printed, with its weight: 过程(26). ``part_of`` is the upper group's key."""

    key: str
    label: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One 三级指标 row. ``group`` is the key of the lowest group it stands in; ``applies`` is False for 不适用.

    ``part`` and ``whole`` are the amounts entered beside a rate that the template computes from two (`rules.FromInputs`).
    """

    key: str
    group: str = ""
    name: str = ""
    nature: str = ""
    measure: str = ""
    target: str = ""
    weight: str = ""
    rule: str = ""
    actual: str = ""
    score: str = ""
    reason: str = ""
    note: str = ""
    part: str = ""
    whole: str = ""
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """审核说明 of a finding: ``key`` is the finding's, ``basis`` the sentence that was answered, with its figures."""

    key: str
    text: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file of 佐证材料; the file itself lies in the data folder under ``sha256``.

    ``indicator`` is the key of the indicator row it belongs to ("" for the whole form), ``name`` the file's name as it is
    shown, ``size`` in bytes.
    """

    key: str
    indicator: str = ""
    name: str = ""
    note: str = ""
    sha256: str = ""
    size: str = ""


Record = Cover | Staffing | Stated
Row = TextItem | BudgetLine | Group | Indicator | Explanation | Evidence

ROW_TYPES: Final[dict[TableName, type[Row]]] = {
    "duties": TextItem,
    "budget": BudgetLine,
    "groups": Group,
    "indicators": Indicator,
    "achievements": TextItem,
    "problems": TextItem,
    "measures": TextItem,
    "explanations": Explanation,
    "evidence": Evidence,
}
RECORD_TYPES: Final[dict[RecordName, type[Record]]] = {"cover": Cover, "staffing": Staffing, "stated": Stated}


_FIELDS: Final = {
    kind: tuple(field.name for field in fields(kind) if field.name != "key")
    for kind in (*RECORD_TYPES.values(), *ROW_TYPES.values())
}


def is_table(section: Section) -> bool:
    """Whether the section holds rows with keys."""
    return section in TABLES


def field_names(kind: type[Record | Row]) -> tuple[str, ...]:
    """The editable fields of a record or row type, in order; the key is none."""
    return _FIELDS[kind]
