"""The indicator table's rows in the order of the paper, each with the groups it stands in.

Decides how the flat tables `groups` and `indicators` read as a tree, and where 佐证材料 stand in it; the window and the paper both show this order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.form.form import Form
from app.form.rows import Evidence, Group, Indicator, Place


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row: its groups from the top down, and its indicator (None for a group that has no rows yet)."""

    path: tuple[Group, ...]
    indicator: Indicator | None


@dataclass(frozen=True, slots=True)
class Run:
    """A group's label cell: it stands in column ``level`` (from 0) from row ``first`` over ``count`` rows."""

    group: Group
    level: int
    first: int
    count: int


def tree_rows(form: Form) -> tuple[TreeRow, ...]:
    """All rows of the indicator table, groups in their order, each group's own rows before its sub-groups'."""
    children: dict[str, list[Group]] = {}
    for group in form.groups:
        children.setdefault(group.part_of, []).append(group)
    members: dict[str, list[Indicator]] = {}
    for row in form.indicators:
        members.setdefault(row.group, []).append(row)

    def walk(path: tuple[Group, ...]) -> Iterator[TreeRow]:
        key = path[-1].key if path else ""
        own, inner = members.get(key, []), children.get(key, [])
        yield from (TreeRow(path, row) for row in own)
        for group in inner:
            yield from walk((*path, group))
        if path and not own and not inner:
            yield TreeRow(path, None)

    return tuple(walk(()))


def group_runs(rows: tuple[TreeRow, ...]) -> tuple[Run, ...]:
    """The merged label cells of all groups, in the order of their first rows."""
    runs: dict[str, Run] = {}
    for number, row in enumerate(rows):
        for level, group in enumerate(row.path):
            known = runs.get(group.key)
            runs[group.key] = Run(group, level, known.first if known else number, known.count + 1 if known else 1)
    return tuple(runs.values())


def evidence_order(form: Form) -> tuple[tuple[Indicator | None, tuple[Evidence, ...]], ...]:
    """All 佐证材料: those of the whole form (None), then those of each indicator in the order of the paper; none that are empty."""
    found: dict[str, list[Evidence]] = {}
    for row in form.evidence:
        found.setdefault(row.indicator, []).append(row)
    holders = (None, *(row.indicator for row in tree_rows(form) if row.indicator is not None))
    listed = ((holder, tuple(found.get(holder.key if holder else "", ()))) for holder in holders)
    return tuple((holder, rows) for holder, rows in listed if rows)


def anchor_of(form: Form, place: Place) -> Place:
    """The cell of the tables at which a place is found: a file of 佐证材料 at its indicator; every other place at itself."""
    if place.section != "evidence":
        return place
    owner = next((row.indicator for row in form.evidence if row.key == place.key), "")
    return Place("indicators", owner, "name") if owner else place
