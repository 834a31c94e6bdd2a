"""A form that was read from a file, brought together with the one that is open (or a blank one): same rows, same keys.

Decides which row of the file is which row of the form: list items by their number, budget lines and the unit's own
indicators by their names. A part that the file does not have stays as it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final, TypeVar

from app.editing.edits import new_key
from app.form.form import Form, rows_of
from app.form.rows import BudgetLine, Cover, Group, Indicator, Row, Staffing, Stated, TableName
from app.sheet.recognising.fitting import Recognition, Sources
from app.sheet.recognising.labels import plain
from app.sheet.recognising.trees import bare_name

R = TypeVar("R", bound=Row)
T = TypeVar("T", Cover, Staffing)

_LISTS: Final[tuple[TableName, ...]] = ("duties", "achievements", "problems", "measures")


@dataclass(frozen=True, slots=True)
class Merged:
    """The form that results, and where each of its places was read from."""

    form: Form
    sources: Sources


def merge(recognition: Recognition, base: Form) -> Merged:
    """``base`` with everything that the file has."""
    found = recognition.form
    sections = {place.section for place in recognition.sources}
    keys: dict[tuple[str, str], str] = {}
    form = replace(
        base,
        cover=_filled(base.cover, found.cover),
        staffing=_filled(base.staffing, found.staffing),
        stated=found.stated if found.stated != Stated() else base.stated,
    )
    for table in _LISTS:
        if table in sections:
            items = _rekey(table, rows_of(found, table), rows_of(base, table), keys, _by_number)
            form = replace(form, **{table: items})  # type: ignore[arg-type]  # text items
    if "budget" in sections:
        form = replace(form, budget=_merge_budget(found.budget, base.budget, keys))
    if "indicators" in sections:
        groups = _merge_groups(recognition, base, keys)
        rows = _rekey("indicators", found.indicators, base.indicators, keys, _by_name)
        placed = [replace(row, group=keys.get(("groups", row.group), row.group)) for row in rows]
        kept = [_own_cells(row, base.indicators) for row in placed]
        form = replace(form, groups=groups, indicators=_with_missing(kept, recognition, base))
        holders = {"", *(row.key for row in form.indicators)}
        form = replace(form, evidence=tuple(row for row in form.evidence if row.indicator in holders))
    sources = {
        replace(place, key=keys.get((place.section, place.key), place.key)): refs
        for place, refs in recognition.sources.items()
    }
    return Merged(form, sources)


def _filled(before: T, found: T) -> T:
    """A record with the texts that were found; where nothing was, the old ones."""
    texts = {each.name: getattr(found, each.name) or getattr(before, each.name) for each in fields(before)}
    return replace(before, **texts)


def _rekey(
    table: TableName,
    found: Sequence[R],
    base: Sequence[R],
    keys: dict[tuple[str, str], str],
    name: Callable[[Sequence[R]], Iterable[str]],
) -> tuple[R, ...]:
    """The found rows under the keys of the rows they are; ``keys`` learns which. Rows unknown before get fresh keys."""
    known: dict[str, list[str]] = {}
    for row, called in zip(base, name(base), strict=True):
        known.setdefault(called, []).append(row.key)
    given = {row.key for row in base}
    taken = {row.key for row in found if row.key in given and table not in _LISTS}
    rows = []
    for row, called in zip(found, name(found), strict=True):
        if row.key in taken:
            key = row.key
        else:
            key = next((each for each in known.get(called, ()) if each not in taken), "") or new_key()
            taken.add(key)
        keys[table, row.key] = key
        rows.append(replace(row, key=key))
    return tuple(rows)


def _by_number(rows: Sequence[Row]) -> Iterable[str]:
    return map(str, range(len(rows)))


def _by_name(rows: Sequence[Row]) -> Iterable[str]:
    return (plain(row.name if isinstance(row, Indicator) else str(getattr(row, "label", ""))) for row in rows)


def _merge_budget(
    found: Sequence[BudgetLine], base: Sequence[BudgetLine], keys: dict[tuple[str, str], str]
) -> tuple[BudgetLine, ...]:
    lines = _rekey("budget", found, base, keys, _by_name)
    return tuple(replace(line, part_of=keys.get(("budget", line.part_of), line.part_of)) for line in lines)


def _merge_groups(recognition: Recognition, base: Form, keys: dict[tuple[str, str], str]) -> tuple[Group, ...]:
    """The file's groups, and behind them those of the form that hold rows of the bureau's which the file leaves out."""
    groups = _rekey(
        "groups", recognition.form.groups, base.groups, keys, lambda rows: (bare_name(row.label) for row in rows)
    )
    missing = {place.key for place in recognition.missing}
    needed = {row.group for row in base.indicators if row.key in missing}
    needed |= {group.part_of for group in base.groups if group.key in needed}
    present = {group.key for group in groups}
    moved = (replace(group, part_of=keys.get(("groups", group.part_of), group.part_of)) for group in groups)
    return (*moved, *(group for group in base.groups if group.key in needed - present))


def _own_cells(row: Indicator, base: Sequence[Indicator]) -> Indicator:
    """What no paper shows (amounts beside a rate, notes) stays with the row."""
    before = next((each for each in base if each.key == row.key), None)
    return row if before is None else replace(row, part=before.part, whole=before.whole, note=row.note or before.note)


def _with_missing(rows: Sequence[Indicator], recognition: Recognition, base: Form) -> tuple[Indicator, ...]:
    """The rows, and those that the bureau prescribes and the file leaves out, each behind the row it follows."""
    missing = {place.key for place in recognition.missing}
    result = list(rows)
    before = ""
    for row in base.indicators:
        if row.key in missing and all(each.key != row.key for each in result):
            at = next(
                (number for number, each in enumerate(result, 1) if each.key == before),
                0 if not before else len(result),
            )
            result.insert(at, row)
        before = row.key
    return tuple(result)
