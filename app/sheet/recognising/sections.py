"""The rows of a file, one after the other, as sections: head, blocks with their label, the indicator table.

Decides where a block begins and ends, and where the next form of the same file begins. Knows no fields.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from app.sheet.grid import Cell, Grid
from app.sheet.recognising import captions
from app.sheet.recognising.labels import (
    block_of,
    budget_field,
    grade_places,
    indicator_field,
    is_figure,
    is_foreign,
    is_heading_text,
    is_over_heading,
    is_title,
    is_total,
    likely_fields,
    plain,
    split_grade,
    split_inline,
)

OTHER: Final = "other"
HEAD: Final = "head"
INDICATORS: Final = "indicators"
CLOSING: Final = "closing"
BUDGET: Final = "budget"
_LEAST_HEADINGS: Final = 3
_LEAST_AMOUNTS: Final = 2
_LABELS_AND_TEXT: Final = 3
_MOST_BESIDE_LABEL: Final = 3  # filled cells of a line that is no row of indicators


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the ``table``-th grid: its cells from the left, with those that began in a row above."""

    table: int
    row: int
    cells: tuple[Cell, ...]

    @property
    def own(self) -> tuple[Cell, ...]:
        """The cells that begin in this row and say something."""
        return tuple(cell for cell in self.cells if cell.row == self.row and cell.text.strip())

    @property
    def lead(self) -> Cell | None:
        """The first cell that says something, wherever it began."""
        return next((cell for cell in self.cells if cell.text.strip()), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A run of lines: ``name`` is HEAD, INDICATORS, CLOSING or what `block_of` calls it; ``labels`` are the cells that say so."""

    name: str
    lines: tuple[Line, ...]
    labels: tuple[Cell, ...] = ()


def read_lines(grids: Sequence[Grid]) -> tuple[Line, ...]:
    """All rows of all tables that are not wholly blank, in order."""
    found: list[Line] = []
    for number, grid in enumerate(grids):
        rows: list[list[Cell]] = [[] for _ in range(grid.row_count)]
        for cell in sorted(grid.cells, key=lambda each: each.column):
            for row in range(cell.row, min(cell.row + cell.rows, grid.row_count)):
                rows[row].append(cell)
        found += (
            Line(number, row, tuple(cells))
            for row, cells in enumerate(rows)
            if any(each.text.strip() for each in cells)
        )
    return tuple(found)


def split_forms(lines: Sequence[Line]) -> tuple[tuple[Section, ...], ...]:
    """The sections of each form: another one begins with a title or unit after a table of indicators, or with a block that was there."""
    forms: list[list[Section]] = [[]]
    for section in _sections(lines):
        if _begins_form(forms[-1], section):
            head = [forms[-1].pop()] if forms[-1] and forms[-1][-1].name == HEAD and section.name != HEAD else []
            forms.append(head)
        forms[-1].append(section)
    return tuple(tuple(form) for form in forms if any(section.name != HEAD for section in form))


def is_heading(line: Line) -> bool:
    """Whether a line is the heading of an indicator table: a name column and two others at least."""
    fields = {indicator_field(cell.text) or next(iter(likely_fields(cell.text)), "") for cell in line.own} - {""}
    return is_over_heading([cell.text for cell in line.own]) or (
        "name" in fields and len(fields) >= _LEAST_HEADINGS and bool(fields & {"target", "actual", "score"})
    )


def _begins_form(before: Sequence[Section], section: Section) -> bool:
    names = {each.name for each in before}
    if section.name == HEAD:
        return INDICATORS in names and any(is_title(cell.text) for line in section.lines for cell in line.own)
    if section.name in (CLOSING, INDICATORS):
        return section.name == INDICATORS and CLOSING in names
    has_begun = bool(names - {HEAD, OTHER, "unit", "year"})
    return section.name in names and has_begun and section.name in ("unit", "duties")


def _sections(lines: Sequence[Line]) -> Iterator[Section]:
    name, labels, inside = HEAD, list[Cell](), list[Line]()
    for line in (part for each in _without_over_labels(lines) for part in _parted(each)):
        begun, label = _begin(line, name)
        if not begun and (_is_beside(line, labels, inside) or _is_heading_alone(line, name)):
            begun, label = OTHER, line.lead
        is_more = begun == name and (label is None or label in labels or plain(label.text) == plain(_text(labels)))
        if begun and not is_more:
            if inside:
                yield Section(name, tuple(inside), tuple(labels))
            name, labels, inside = begun, [], []
        if label is not None and label not in labels:
            labels.append(label)
        inside.append(line)
    if inside:
        yield Section(name, tuple(inside), tuple(labels))


def _without_over_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without a label that spans the labels of several blocks: 部门概况 beside 部门职能, 人员编制."""
    over: Cell | None = None
    for line in lines:
        own = line.own
        if len(own) == _LABELS_AND_TEXT and own[0].rows > 1 and block_of(own[1].text) in captions.PLAIN:
            over = own[0]
        yield (
            replace(line, cells=tuple(cell for cell in line.cells if cell is not over)) if over in line.cells else line
        )


def _parted(line: Line) -> Iterator[Line]:
    """A line in which several texts stand beside each other, each behind its label, as one line for each."""
    starts = [number for number, cell in enumerate(line.own) if block_of(cell.text) in captions.LISTS]
    if len(starts) < len(line.own) // 2 or len(starts) == 1 or not starts or starts[0] != 0:
        yield line
        return
    for start, end in pairwise([*starts, len(line.own)]):
        yield replace(line, cells=line.own[start:end])


def _is_beside(line: Line, labels: Sequence[Cell], inside: Sequence[Line]) -> bool:
    """Whether a line has a label of its own that says nothing to us, where the block before had one beside its content."""
    lead = line.lead
    if not labels or lead is None or lead.row != line.row or lead.column > labels[0].column:
        return False
    beside = [cell for cell in inside[0].cells if cell.text.strip() and cell is not labels[0]] if inside else []
    # A label that is the heading of the names stands above them: its lines go on below it.
    is_above = labels[0].rows == 1 and _is_budget_heading(inside[0]) if inside else False
    return bool(beside) and not (is_above and lead.columns == labels[0].columns)


def _is_heading_alone(line: Line, current: str) -> bool:
    """Whether a line is nothing but a heading that no block of ours has; in a list it may be an item."""
    return current not in captions.LISTS and len(line.own) == 1 and is_heading_text(line.own[0].text)


def _begin(line: Line, current: str) -> tuple[str, Cell | None]:
    """The section a line begins or goes on with, and its label; ("", None) when it goes on with the current one."""
    lead = line.lead
    if lead is None:
        return "", None
    if re.fullmatch(captions.EVIDENCE, plain(lead.text)) and not (current == INDICATORS and _is_inside(line, lead)):
        return OTHER, lead
    if is_heading(line):
        return INDICATORS, None
    if is_title(lead.text) and len(line.own) == 1:
        return HEAD, None
    if _is_closing(line, lead, current):
        return CLOSING, None
    return _begin_block(line, lead, current)


def _is_closing(line: Line, lead: Cell, current: str) -> bool:
    if current in (INDICATORS, CLOSING):
        places = grade_places([cell.text for cell in line.own])
        return any(
            is_total(cell.text) or number in places or split_grade(cell.text)
            for number, cell in enumerate(line.own[:2])
        )
    return current == OTHER and lead in line.own and 0 in grade_places([cell.text for cell in line.own[:2]])


def _begin_block(line: Line, lead: Cell, current: str) -> tuple[str, Cell | None]:
    block = block_of(lead.text) or split_inline(lead.text)[0]
    is_below = current not in (INDICATORS, CLOSING) and lead.row < line.row
    if is_below and block != BUDGET and (current == BUDGET or _is_budget_heading(line)):
        return BUDGET, None  # the table of the money stands inside another block's label
    is_row = current == INDICATORS and _is_inside(line, lead)
    is_amount = block == BUDGET == current and any(is_figure(cell.text) for cell in line.own)
    if block and not is_row and not is_amount:
        return block, lead
    is_short = current != INDICATORS or len(line.own) <= _MOST_BESIDE_LABEL
    if is_foreign(lead.text) and current not in (HEAD, *captions.LISTS) and lead.row == line.row and is_short:
        return OTHER, lead
    if current not in (INDICATORS, CLOSING) and _is_budget_heading(line):
        return BUDGET, None
    return "", None


def _is_budget_heading(line: Line) -> bool:
    fields = {budget_field(cell.text) for cell in line.own} - {"", *captions.COMPUTED}
    return len(fields) >= _LEAST_AMOUNTS


def _is_inside(line: Line, lead: Cell) -> bool:
    """Whether a label in the indicator table is a group of it: such a row goes on with several cells."""
    return sum(bool(cell.text.strip()) and cell is not lead for cell in line.cells) > 1


def _text(labels: Sequence[Cell]) -> str:
    return labels[0].text if labels else ""
