"""The indicator tree of a file beside that of a template: which group and which row is which.

Decides by names without weights and blanks; what the template does not know gets a key of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.form.rows import Group, Indicator
from app.sheet.recognising import captions
from app.sheet.recognising.labels import plain
from app.sheet.recognising.outline import FoundRow, Ref


def bare_name(label: str) -> str:
    """A group's name without its weight, for comparing."""
    return re.sub(captions.WEIGHT_BEHIND, "", plain(label)).rstrip("(")


def match_groups(
    rows: Sequence[FoundRow], given: Sequence[Group]
) -> tuple[tuple[Group, ...], dict[tuple[str, ...], str], dict[str, tuple[Ref, ...]]]:
    """The groups in the file's order, the key of each path of labels, and the cells each label was read from."""
    groups: list[Group] = []
    keys: dict[tuple[str, ...], str] = {}
    refs: dict[str, tuple[Ref, ...]] = {}
    taken: set[str] = set()
    for row in rows:
        for depth, label in enumerate(row.path, 1):
            path = tuple(each.text for each in row.path[:depth])
            if path in keys:
                again = tuple(ref for ref in label.refs if ref not in refs[keys[path]])
                refs[keys[path]] = (*refs[keys[path]], *again)
                continue
            upper = keys.get(path[:-1], "")
            key = _find_group(label.text, upper, given, taken) or f"group-{len(groups) + 1}"
            taken.add(key)
            keys[path], refs[key] = key, label.refs
            groups.append(Group(key, label.text, upper))
    return tuple(groups), keys, refs


def match_rows(
    rows: Sequence[FoundRow], keys: Mapping[tuple[str, ...], str], given: Sequence[Indicator]
) -> Iterator[tuple[FoundRow, str, str]]:
    """Every row that has cells, with its key and the key of its group. A name counts once, in its own group first."""
    free: dict[str, list[Indicator]] = {}
    for known in given:
        free.setdefault(plain(known.name), []).append(known)
    for number, row in enumerate(rows, 1):
        if not row.cells:
            continue
        group = keys.get(tuple(label.text for label in row.path), "")
        name = plain(row.cells["name"].text) if "name" in row.cells else ""
        same = free.get(name, []) if name else []
        match = next((each for each in same if each.group == group), same[0] if same else None)
        if match is not None:
            same.remove(match)
        yield row, match.key if match else f"row-{number}", group


def _find_group(label: str, upper: str, given: Sequence[Group], taken: set[str]) -> str:
    name = bare_name(label)
    found = (each.key for each in given if each.part_of == upper and bare_name(each.label) == name)
    return next((key for key in found if key not in taken), "")
