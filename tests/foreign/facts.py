"""What a form says, as named facts: of a drawing as it is expected, of a form as it was recognised."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.form.form import rows_of
from app.form.rows import Indicator, TableName, field_names
from app.sheet.recognising.fitting import Recognition
from tests.foreign.drawing import Box, Part

Facts = Mapping[tuple[str, ...], str]

LISTS: Final[tuple[TableName, ...]] = ("duties", "achievements", "problems", "measures")
AMOUNTS: Final = ("initial", "annual", "spent")
LEVELS: Final = ("level1", "level2", "level3")
STATED: Final = ("weight_total", "score_total", "grade")
CELLS: Final = tuple(name for name in field_names(Indicator) if name not in ("group", "applies", "part", "whole"))


def facts_of(recognition: Recognition) -> Facts:
    """Every text that a file gives, by names instead of keys."""
    form = recognition.form
    sections = {place.section for place in recognition.sources}
    form = form if "budget" in sections else replace(form, budget=())  # what is there is the template's
    form = form if "indicators" in sections else replace(form, groups=(), indicators=())
    found: dict[tuple[str, ...], str] = {("unit",): form.cover.unit, ("year",): form.cover.year}
    found["staffing",] = form.staffing.text
    for name in STATED:
        found["stated", name] = getattr(form.stated, name)
    for table in LISTS:
        for number, row in enumerate(rows_of(form, table), 1):
            found[table, str(number)] = getattr(row, "text", "")
    names = {line.key: line.label for line in form.budget}
    for number, line in enumerate(form.budget, 1):
        found["line", str(number)] = line.label
        found["line", line.label, "part of"] = names.get(line.part_of, "")
        found |= {("line", line.label, name): getattr(line, name) for name in AMOUNTS}
    groups = {group.key: group for group in form.groups}
    counter: dict[str, int] = {}
    for row in form.indicators:
        path: list[str] = []
        group = groups.get(row.group)
        while group is not None:
            path.insert(0, group.label)
            group = groups.get(group.part_of)
        found |= _row_facts(counter, path, {name: getattr(row, name) for name in CELLS})
    return _filled(found)


def expected_facts(parts: Sequence[Part], form: int) -> Facts:
    """What the ``form``-th form of a drawing is."""
    found: dict[tuple[str, ...], str] = {}
    counter: dict[str, int] = {}
    path: dict[str, tuple[Box, str]] = {}
    above: list[str] = []
    tops: list[str] = []
    lines = 0
    for cells in (line for part in parts if part.form == form for line in _lines(part)):
        kept = {role: box.kept for role, box in cells.items()}
        if kept.get("line"):
            depth = len(kept["line"]) - len(kept["line"].lstrip("+"))
            label = kept["line"].lstrip("+")
            if label.startswith("~"):
                label = label[1:]
                found |= {("line", each, "part of"): label for each in tops}
            above = [*above[:depth], label]
            tops += [label] * (not depth)
            lines += 1
            found |= {("line", str(lines)): label, ("line", label, "part of"): above[depth - 1] if depth else ""}
            found |= {("line", label, name): kept.get(name, "") for name in AMOUNTS}
            execution = {role[5:]: text for role, text in kept.items() if role.startswith("exec.")}
            if any(execution.values()):
                found |= _row_facts(counter, [], {"name": "预算执行率", "target": "100%", **execution})
        elif "name" in kept:
            _walk(path, cells)
            labels = [label for _, label in path.values()]
            found |= _row_facts(counter, labels, {name: kept[name] for name in CELLS if name in kept})
        else:
            for role, text in _single_facts(cells):
                key = (role, str(sum(name[0] == role for name in found) + 1)) if role in LISTS else (role,)
                found[("stated", role) if role in STATED else key] = text
    return _filled(found)


def expected_unrecognised(parts: Sequence[Part]) -> list[str]:
    """The texts that no form can keep."""
    return sorted(box.shown.strip() for part in parts for box in part.boxes if box.role == "?" and box.shown.strip())


def _lines(part: Part) -> Iterator[dict[str, Box]]:
    """The cells of each row by their field; a cell that spans rows counts in its first only, but for the levels."""
    for row, line in enumerate(part.owners):
        found: dict[str, Box] = {}
        for column, box in enumerate(line):
            is_level = box.role.partition(".")[0] in LEVELS
            if box.role not in ("-", "?") and box.column == column and (box.row == row or is_level):
                found[box.role] = box
        yield found


def _walk(path: dict[str, tuple[Box, str]], cells: Mapping[str, Box]) -> None:
    """The groups of a row: a blank level goes on, another label begins a group and ends those below."""
    for depth, level in enumerate(LEVELS):
        box = cells.get(level)
        if box is None or not box.kept:
            continue
        weight = cells.get(f"{level}.weight")
        label = f"{box.kept}({weight.kept})" if weight is not None and weight.kept else box.kept
        if level not in path or (path[level][0] is not box and path[level][1] != label):
            for lower in LEVELS[depth:]:
                path.pop(lower, None)
        path.setdefault(level, (box, label))


def _row_facts(counter: dict[str, int], path: Sequence[str], cells: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    if not any(cells.values()):
        return {}
    name = cells.get("name", "")
    counter[name] = counter.get(name, 0) + 1
    key = ("row", name, str(counter[name]))
    return {(*key, "group"): " > ".join(path), **{(*key, field): text for field, text in cells.items()}}


def _single_facts(cells: Mapping[str, Box]) -> Iterator[tuple[str, str]]:
    """Facts of cells outside of tables; every {number} at the beginning of a line of a list begins another item."""
    for role, box in cells.items():
        if role not in LISTS:
            yield role, box.kept
            continue
        for piece in box.text.replace("\n{", "\n\0{").split("\n\0"):
            yield role, Box(0, 0, piece, role).kept


def _filled(facts: Facts) -> Facts:
    return {name: text for name, text in facts.items() if text}
