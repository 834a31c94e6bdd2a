"""Reading a file's tables as outlines, and each outline as a form of the template that fits it best.

Decides the order of things; `sections` parts the rows, `blocks` and `indicators` read them, `fitting` makes the form.
"""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from app.sheet.grid import Grid
from app.sheet.recognising.blocks import first_text, read_budget, read_cover, read_head, read_texts
from app.sheet.recognising.indicators import columns_of, read_closing, read_table, ref_of
from app.sheet.recognising.labels import join_lines
from app.sheet.recognising.outline import NOTHING, Outline, Ref, Text
from app.sheet.recognising.sections import CLOSING, HEAD, INDICATORS, OTHER, Section, read_lines, split_forms


def read_outlines(grids: Sequence[Grid]) -> tuple[Outline, ...]:
    """Every form in a file's tables, in order; none when there is no block and no indicator table that could be one."""
    return tuple(_read_form(sections) for sections in split_forms(read_lines(grids)))


def _read_form(sections: Sequence[Section]) -> Outline:
    outline = Outline(explained=tuple(ref for section in sections for ref in _labels(section)))
    lists: dict[str, tuple[Text, ...]] = {}
    table = next((section for section in sections if section.name == INDICATORS), None)
    for section in sections:
        match section.name:
            case "head" | "unit" | "year":
                outline = _with_cover(outline, section)
            case "staffing":
                outline = replace(outline, staffing=first_text(read_texts(section)))
            case "budget":
                fields, lines, money, explained = read_budget(section)
                outline = replace(
                    outline,
                    budget_fields=MappingProxyType(fields),
                    budget=lines,
                    money=money or outline.money,
                    explained=(*outline.explained, *explained),
                )
            case "indicators" if section is table:
                found = read_table(section.lines)
                outline = replace(outline, table=found, explained=(*outline.explained, *found.explained))
            case "closing":
                same = table is not None and table.lines[-1].table == section.lines[0].table
                stated, explained = read_closing(section.lines, columns_of(table.lines) if table and same else None)
                outline = replace(outline, stated=MappingProxyType(stated), explained=(*outline.explained, *explained))
            case "other":
                continue  # all of it is reported as not recognised
            case name:
                lists[name] = (*lists.get(name, ()), *read_texts(section))
    return replace(outline, lists=MappingProxyType(lists))


def _with_cover(outline: Outline, section: Section) -> Outline:
    found, explained = read_head(section) if section.name == HEAD else read_cover(section)
    return replace(
        outline,
        title=outline.title or found.get("title", NOTHING).text,
        unit=outline.unit if outline.unit.text else found.get("unit", NOTHING),
        year=outline.year if outline.year.text else found.get("year", NOTHING),
        money=outline.money or found.get("money", NOTHING).text,
        explained=(*outline.explained, *explained),
    )


def _labels(section: Section) -> tuple[Ref, ...]:
    if section.name in (HEAD, INDICATORS, CLOSING, OTHER):
        return ()
    return tuple(
        ref_of(line, cell)
        for line in section.lines
        for cell in line.own
        if cell in section.labels and join_lines(cell.text)
    )
