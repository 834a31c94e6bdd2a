"""The indicator section as rows with fields: columns by their headings, groups by their merged, repeated or left-out cells.

Decides what each column is and which group a row stands in. Knows no template.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from app.sheet.grid import Cell
from app.sheet.recognising import captions
from app.sheet.recognising.labels import (
    indicator_field,
    is_over_heading,
    is_subtotal,
    is_under_heading,
    is_unlikely,
    join_lines,
    likely_fields,
    plain,
    whole_label,
)
from app.sheet.recognising.outline import FoundRow, FoundTable, Ref, Text
from app.sheet.recognising.sections import Line

TARGET: Final = "target"
LEVELS: Final = ("level1", "level2", "level3")
_WEIGHT_LABEL: Final = "{name}({weight})"
_MANY_FIELDS: Final = 3
# Fields that stay several lines when they are; all others are one line, broken by the width of its cell.
_PARAGRAPHS: Final = frozenset({"rule", "reason", "note", "target", "actual", "name"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field, and which the weight of which level (by the level's field).

    ``instead`` are columns of the same field that count where the field's own cell is blank: a target that was not changed.
    """

    fields: Mapping[int, str]
    level_weights: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[int, int] = field(default_factory=dict)

    @property
    def levels(self) -> tuple[int, ...]:
        """The columns of the groups, from the top level down."""
        return tuple(column for level in LEVELS for column, name in self.fields.items() if name == level)


def read_table(lines: Sequence[Line]) -> FoundTable:
    """The table whose heading is the first line; the heading repeated on other pages is passed over."""
    head = 1 + sum(1 for _ in _more_heading(lines))
    columns = read_columns(lines[:head])
    headings = {tuple(plain(cell.text) for cell in line.own) for line in lines[:head]}
    explained = [ref_of(line, cell) for line in lines[:head] for cell in line.own if _is_known(cell, columns)]
    rows: list[FoundRow] = []
    path: tuple[tuple[Cell, Text], ...] = ()
    for line in lines[head:]:
        if tuple(plain(cell.text) for cell in line.own) in headings or any(
            is_subtotal(cell.text) for cell in line.own[:3]
        ):
            explained += (ref_of(line, cell) for cell in line.own)
        elif not _is_across(line, columns):
            path = _walk(path, line, columns)
            rows += _read_row(rows, line, columns, path)
            explained += _repeated(line, columns, path)
    return FoundTable(tuple(dict.fromkeys(columns.fields.values())), columns.headings, tuple(rows), tuple(explained))


def _is_across(line: Line, columns: Columns) -> bool:
    """Whether a line is a single text over the columns of several fields, which is no row: a heading, a note."""
    covered = (
        {name for column, name in columns.fields.items() if _covers(line.own[0], column)} if line.own else set[str]()
    )
    return len(line.own) == 1 and "name" in covered and len(covered - {*LEVELS}) >= _MANY_FIELDS


def join_tables(above: FoundTable, below: FoundTable) -> FoundTable:
    """Two tables of one form, such as one for each goal."""
    if not above.rows:
        return below
    return FoundTable(
        tuple(dict.fromkeys((*above.fields, *below.fields))),
        {**below.headings, **above.headings},
        (*above.rows, *below.rows),
        below.explained,
    )


def _more_heading(lines: Sequence[Line]) -> Iterator[Line]:
    """Further lines of the heading: their own cells are headings too, and cells of the lines above reach into them or lie over them."""
    for above, line in pairwise(lines[:4]):
        reaching = any(cell.row < line.row and cell.text.strip() for cell in line.cells)
        lying = is_over_heading([cell.text for cell in above.own])
        is_full = len(line.own) >= _MANY_FIELDS  # where no cell is merged
        if not (
            (reaching or lying or is_full)
            and line.own
            and all(is_under_heading(cell.text) or indicator_field(cell.text) for cell in line.own)
        ):
            return
        yield line


def read_columns(heading: Sequence[Line]) -> Columns:
    """What each column of the heading's lines holds. The lowest heading that says it wins, then all of them together."""
    found: dict[int, str] = {}
    texts: dict[int, str] = {}
    likely: dict[int, str] = {}
    for column in range(max(cell.column + cell.columns for line in heading for cell in line.cells)):
        above = [cell.text for line in heading for cell in line.cells if _covers(cell, column) and cell.text.strip()]
        distinct = list(dict.fromkeys(above))
        named = [text for text in reversed(distinct) if not is_under_heading(text)] or distinct  # 一级指标 over 名称
        name = next((name for text in (*named, "".join(distinct)) if (name := indicator_field(text))), "")
        starts = any(cell.column == column for line in heading for cell in line.cells)
        if name and starts:
            found[column] = name
            texts[column] = join_lines(distinct[-1])
        elif starts and distinct:
            likely[column] = distinct[-1]
    for column, text in likely.items():
        name = next((each for each in likely_fields(text) if each not in found.values()), "")
        if name:
            found[column], texts[column] = name, join_lines(text)
    _add_level(found, texts, likely)
    return _settle(dict(sorted(found.items())), texts)


def _add_level(found: dict[int, str], texts: dict[int, str], likely: Mapping[int, str]) -> None:
    """What stands left of the second level is the first one, whatever it is called."""
    second = next((column for column, name in found.items() if name == LEVELS[1]), -1)
    unnamed = [
        column for column in likely if column not in found and column < second and not is_unlikely(likely[column])
    ]
    if unnamed and LEVELS[0] not in found.values():
        found[unnamed[-1]], texts[unnamed[-1]] = LEVELS[0], join_lines(likely[unnamed[-1]])


def _settle(found: dict[int, str], texts: dict[int, str]) -> Columns:
    """One column for each field: of several weights those right of a level are the level's, then the first one counts.

    Of several names the lowest level is the name, and a third level above it a group.
    """
    instead: dict[int, int] = {}
    for name, marks in captions.FIRST_CHOICE.items():
        same = [column for column, each in found.items() if each == name]
        best = [column for mark in marks for column in same if mark in plain(texts[column])]
        for column in same:
            if column != (best or same)[0]:
                if name == TARGET:
                    instead[(best or same)[0]] = column
                is_group = name == "name" and captions.THIRD in plain(texts[column])
                found = {**found, column: LEVELS[-1]} if is_group else {k: v for k, v in found.items() if k != column}
    name_column = next((column for column, name in found.items() if name == "name"), -1)
    level_weights: dict[str, int] = {}
    for column, name in found.items():
        left = [level for level, each in found.items() if each in LEVELS and level < column]
        if name == "weight" and left and column < name_column:
            level_weights[found[left[-1]]] = column
    kept: dict[int, str] = {}
    for column, name in found.items():
        if column not in level_weights.values() and name not in kept.values():
            kept[column] = name
    return Columns(kept, level_weights, {name: texts[column] for column, name in kept.items()}, instead)


def _walk(path: tuple[tuple[Cell, Text], ...], line: Line, columns: Columns) -> tuple[tuple[Cell, Text], ...]:
    """The groups of a line: a new level cell with another label begins a group, a blank one goes on with the one above."""
    steps: list[tuple[Cell, Text]] = []
    is_new = False
    for depth, column in enumerate(columns.levels):
        cell = _at(line, column)
        known = path[depth] if depth < len(path) else None
        if cell is None:
            break
        if not cell.text.strip():
            if known is None or is_new:
                break
            steps.append(known)
        elif known is not None and not is_new and (cell is known[0] or plain(cell.text) == plain(known[0].text)):
            steps.append(known)
        else:
            is_new = True
            steps.append((cell, _group_label(line, cell, columns)))
    return tuple(steps)


def _repeated(line: Line, columns: Columns, path: tuple[tuple[Cell, Text], ...]) -> Iterator[Ref]:
    """The level cells of a line, and their weights, that only say again which group it stands in."""
    for column, (cell, _) in zip(columns.levels, path, strict=False):
        weight = columns.level_weights.get(columns.fields[column], column)
        for each in (_at(line, column), _at(line, weight)):
            if each is not None and each is not cell and each.row == line.row and cell.row < line.row:
                yield ref_of(line, each)


def _group_label(line: Line, cell: Cell, columns: Columns) -> Text:
    weight_column = columns.level_weights.get(columns.fields[cell.column]) if cell.column in columns.fields else None
    weight = _at(line, weight_column) if weight_column is not None else None
    name = whole_label(cell.text)
    if weight is None or not weight.text.strip():
        return Text(name, (ref_of(line, cell),))
    label = _WEIGHT_LABEL.format(name=name, weight=join_lines(weight.text))
    return Text(label, (ref_of(line, cell), ref_of(line, weight)))


def _read_row(
    before: Sequence[FoundRow], line: Line, columns: Columns, path: tuple[tuple[Cell, Text], ...]
) -> tuple[FoundRow, ...]:
    """The row of a line; none when it only goes on with groups, or with the row above across a page."""
    labels = tuple(text for _, text in path)
    cells: dict[str, Text] = {}
    taken: set[int] = set()
    for column, name in columns.fields.items():
        cell = _at(line, column)
        if column in columns.instead and (cell is None or not cell.text.strip()):
            cell = _at(line, columns.instead[column])
        # One text is one field: only a group's cell may be wider, and say the name too.
        is_free = cell is not None and cell.column not in taken
        if name not in LEVELS and cell is not None and is_free and cell.row == line.row and cell.text.strip():
            taken.add(cell.column)
            text = cell.text.strip() if name in _PARAGRAPHS else join_lines(cell.text)
            cells[name] = Text(text, (ref_of(line, cell),))
    if cells or not before or before[-1].path != labels:
        return (FoundRow(labels, cells),)
    return ()


def columns_of(lines: Sequence[Line]) -> Columns:
    """The columns of an indicator section."""
    return read_columns(lines[: 1 + sum(1 for _ in _more_heading(lines))])


def ref_of(line: Line, cell: Cell) -> Ref:
    """Where a cell of a line begins."""
    return Ref(line.table, cell.row, cell.column)


def _is_known(heading: Cell, columns: Columns) -> bool:
    known = {*columns.fields, *columns.level_weights.values()}
    is_beside = heading.column + heading.columns <= min(columns.fields, default=0) and captions.INDICATOR in plain(
        heading.text
    )
    return is_beside or bool(indicator_field(heading.text)) or any(_covers(heading, column) for column in known)


def _at(line: Line, column: int) -> Cell | None:
    return next((cell for cell in line.cells if _covers(cell, column)), None)


def _covers(cell: Cell, column: int) -> bool:
    return cell.column <= column < cell.column + cell.columns
