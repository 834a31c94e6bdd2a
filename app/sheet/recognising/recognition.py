"""Reading a file's tables as outlines, and each outline as a form of the template that fits it best.

Decides the order of things; `sections` parts the rows, `blocks` and `indicators` read them, `fitting` makes the form.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from app.sheet.grid import Grid
from app.sheet.recognising import captions
from app.sheet.recognising.blocks import first_text, read_budget, read_cover, read_head, read_texts
from app.sheet.recognising.indicators import columns_of, join_tables, read_table, ref_of
from app.sheet.recognising.labels import is_heading_text, join_lines, plain
from app.sheet.recognising.outline import NOTHING, FoundBudget, FoundRow, Outline, Ref, Text
from app.sheet.recognising.sections import CLOSING, HEAD, INDICATORS, OTHER, Section, read_lines, split_forms
from app.sheet.recognising.stated import read_closing

STATED: Final = ("grade", "score_total")  # beside the unit's name, in some forms


def read_outlines(grids: Sequence[Grid]) -> tuple[Outline, ...]:
    """Every form in a file's tables, in order; none when there is no block and no indicator table that could be one."""
    return tuple(_read_form(sections) for sections in split_forms(read_lines(grids)))


def _read_form(sections: Sequence[Section]) -> Outline:
    filled = frozenset(ref_of(line, cell) for section in sections for line in section.lines for cell in line.own)
    headings = (ref for section, below in pairwise(sections) for ref in _heading(section, below))
    labels = (ref for section in sections for ref in _labels(section))
    outline = Outline(explained=(*labels, *headings), extent=filled)
    lists: dict[str, tuple[Text, ...]] = {}
    table: Section | None = None
    for section in sections:
        table = section if section.name == INDICATORS else table
        match section.name:
            case "head" | "unit" | "year":
                outline = _with_cover(outline, section)
            case "staffing":
                outline = replace(outline, staffing=first_text(read_texts(section)))
            case "budget":
                outline = _with_budget(outline, read_budget(section))
            case "indicators":
                found = join_tables(outline.table, read_table(section.lines))
                outline = replace(outline, table=found, explained=(*outline.explained, *found.explained))
            case "closing":
                same = table is not None and table.lines[-1].table == section.lines[0].table
                stated, explained = read_closing(section.lines, columns_of(table.lines) if table and same else None)
                stated = {**outline.stated, **stated}
                outline = replace(outline, stated=MappingProxyType(stated), explained=(*outline.explained, *explained))
            case "other":
                continue  # all of it is reported as not recognised
            case name:
                lists[name] = (*lists.get(name, ()), *read_texts(section))
    unit = outline.unit if outline.unit.text else outline.guess
    return _with_execution(replace(outline, unit=unit, lists=MappingProxyType(lists)))


def _with_budget(outline: Outline, found: FoundBudget) -> Outline:
    return replace(
        outline,
        budget_fields=MappingProxyType({**outline.budget_fields, **found.fields}),
        budget=(*outline.budget, *found.lines),
        money=found.money or outline.money,
        execution=outline.execution or found.execution,
        explained=(*outline.explained, *found.explained),
    )


def _with_execution(outline: Outline) -> Outline:
    """The execution as an indicator, where the table of the money scores it and no row does: the sums count it."""
    rows = outline.table.rows
    names = {plain(row.cells["name"].text) for row in rows if "name" in row.cells}
    if not outline.execution or not rows or captions.EXECUTION in names:
        return outline
    cells = {"name": Text(captions.EXECUTION), "target": Text(captions.EXECUTION_TARGET), **outline.execution}
    return replace(outline, table=replace(outline.table, rows=(FoundRow((), cells), *rows)))


def _with_cover(outline: Outline, section: Section) -> Outline:
    found, explained = read_head(section) if section.name == HEAD else read_cover(section)
    before = {"unit": outline.unit.text, "year": outline.year.text}
    again = (
        ref
        for name, text in before.items()
        if text and name in found and found[name].text == text
        for ref in found[name].refs
    )
    return replace(
        outline,
        title=outline.title or found.get("title", NOTHING).text,
        unit=outline.unit if outline.unit.text else found.get("unit", NOTHING),
        year=outline.year if outline.year.text else found.get("year", NOTHING),
        money=outline.money or found.get("money", NOTHING).text,
        stated=MappingProxyType({**outline.stated, **{name: found[name] for name in STATED if name in found}}),
        guess=outline.guess if outline.guess.text else found.get("guess", NOTHING),
        explained=(*outline.explained, *explained, *again),
    )


def _heading(section: Section, below: Section) -> tuple[Ref, ...]:
    """A heading that stands over a section we know."""
    lines = section.lines
    is_heading = section.name == OTHER and len(lines) == 1 and len(lines[0].own) == 1 and below.name != OTHER
    text = lines[0].own[0].text
    return (ref_of(lines[0], lines[0].own[0]),) if is_heading and is_heading_text(text) else ()


def _labels(section: Section) -> tuple[Ref, ...]:
    if section.name in (HEAD, INDICATORS, CLOSING, OTHER):
        return ()
    return tuple(
        ref_of(line, cell)
        for line in section.lines
        for cell in line.own
        if cell in section.labels and join_lines(cell.text)
    )
