"""提取上年: a new year's form out of last year's, block by block as the user chooses.

Decides what comes along. Pure; storing is `Writer.create`.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from app.editing.edits import new_key
from app.editing.planning import sentences
from app.form.form import Form, rows_of
from app.form.rows import BudgetLine, Indicator, Row, Staffing, Stated, TableName, TextItem
from app.form.template import RowKind, Template, row_kind
from app.sheet.recognising.labels import plain
from app.sheet.recognising.trees import bare_name

_LISTS: Final[tuple[TableName, ...]] = ("duties", "achievements", "problems", "measures")
# What an indicator row says about one year only.
_YEARLY: Final = frozenset({"actual", "score", "reason", "part", "whole"})


class Taking(Enum):
    """What becomes of last year's content of a block."""

    KEEP = "keep"
    MARK = "mark"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is taken of each block. The tree, targets and rules of the indicators always come along; scores never do."""

    duties: Taking = Taking.KEEP
    staffing: Taking = Taking.MARK
    budget: Taking = Taking.EMPTY
    achievements: Taking = Taking.EMPTY
    problems: Taking = Taking.EMPTY
    measures: Taking = Taking.EMPTY


def roll_over(last: Form, year: str, choice: Choice, template: Template | None = None) -> Form:
    """The form of ``year``: under ``template`` when this year's is another one, otherwise under last year's.

    Names of budget lines stay, their amounts are one year's. Marked texts begin with a note that a check asks to be removed.
    """
    form = replace(
        last,
        cover=replace(last.cover, year=year),
        stated=Stated(),
        staffing=_take_staffing(last.staffing, choice.staffing),
        budget=_take_budget(last.budget, choice.budget),
        indicators=tuple(_begin_row(row) for row in last.indicators),
        explanations=(),
        evidence=(),
    )
    for table in _LISTS:
        items = _take_items(rows_of(last, table), getattr(choice, table))
        form = replace(form, **{table: items})  # type: ignore[arg-type]  # text items
    return form if template is None or template == last.template else _move_over(form, template)


def _take_items(rows: tuple[Row, ...], taking: Taking) -> tuple[TextItem, ...]:
    if taking is Taking.EMPTY:
        return ()
    return tuple(TextItem(new_key(), _taken(row.text, taking)) for row in rows if isinstance(row, TextItem))


def _take_staffing(staffing: Staffing, taking: Taking) -> Staffing:
    """The paragraph and its figures; marked figures stay, for they are compared with the paragraph."""
    return Staffing() if taking is Taking.EMPTY else replace(staffing, text=_taken(staffing.text, taking))


def _take_budget(lines: tuple[BudgetLine, ...], taking: Taking) -> tuple[BudgetLine, ...]:
    if taking is Taking.KEEP:
        return lines
    return tuple(replace(line, initial="", annual="", spent="") for line in lines)


def _taken(text: str, taking: Taking) -> str:
    return f"{sentences.LAST_YEARS}{text}" if taking is Taking.MARK and text.strip() else text


def _begin_row(row: Indicator) -> Indicator:
    return replace(row, **dict.fromkeys(_YEARLY, ""))  # type: ignore[arg-type]  # fields that hold texts


def _move_over(form: Form, template: Template) -> Form:
    """The form under another template: its rows where last year's have the same names, last year's own ones behind them."""
    block = template.indicator_table
    groups = {bare_name(group.label): group.key for group in block.groups}
    labels = {group.key: bare_name(group.label) for group in form.groups}
    then = _index(form.indicators)
    rows: list[Indicator] = []
    taken: set[str] = set()
    for row in block.indicators:
        old = then.get(_name_of(row))
        if isinstance(old, Indicator):
            taken.add(old.key)
        rows.append(
            row
            if not isinstance(old, Indicator)
            else replace(row, target=row.target or old.target, rule=row.rule or old.rule)
        )
    own = [
        replace(row, key=new_key(), group=groups[labels[row.group]])
        for row in form.indicators
        if row.key not in taken and labels.get(row.group) in groups and row_kind(form.template, row.key) is RowKind.FREE
    ]
    budget = template.budget_table
    return replace(
        form,
        template=template,
        groups=block.groups,
        indicators=(*rows, *own),
        budget=_move_budget(form.budget, budget.lines if budget else ()),
    )


def _move_budget(lines: tuple[BudgetLine, ...], given: tuple[BudgetLine, ...]) -> tuple[BudgetLine, ...]:
    """The template's lines, and below the one they belonged to the unit's own."""
    keys = {_name_of(line): line.key for line in given}
    renamed = {line.key: keys.get(_name_of(line), "") for line in lines}
    moved = [*given]
    for line in lines:
        if _name_of(line) not in keys and renamed.get(line.part_of):
            parent = renamed[line.part_of]
            at = max(number for number, each in enumerate(moved, 1) if parent in (each.key, each.part_of))
            moved.insert(at, replace(line, key=new_key(), part_of=parent))
    return tuple(moved)


def _index(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {**{_name_of(row): row for row in rows if _name_of(row)}, **{row.key: row for row in rows}}


def _name_of(row: Row) -> str:
    return plain(row.name if isinstance(row, Indicator) else str(getattr(row, "label", "")))
