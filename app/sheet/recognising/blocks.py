"""The sections above and below the indicator table: unit and year, lists, the staffing paragraph, the budget.

Decides which cell is the content of which label. Knows no template.
"""

import re
from collections.abc import Sequence
from typing import Final

from app.sheet.grid import Cell
from app.sheet.recognising import captions
from app.sheet.recognising.indicators import ref_of
from app.sheet.recognising.labels import (
    block_of,
    budget_field,
    find_money,
    find_unit,
    find_year,
    is_budget_name,
    is_title,
    join_lines,
    plain,
    split_inline,
    whole_label,
    without_seal,
)
from app.sheet.recognising.outline import NOTHING, FoundLine, Ref, Text
from app.sheet.recognising.sections import Line, Section

_LEAST_AMOUNTS: Final = 1


def read_texts(section: Section) -> tuple[Text, ...]:
    """The content cells of a list or paragraph, one after the other; label cells are none."""
    found: list[Text] = []
    for line in section.lines:
        for cell in line.own:
            inline = split_inline(cell.text)[1] if cell in section.labels else ""
            if inline or cell not in section.labels:
                found.append(Text(inline or cell.text.strip("\n"), (ref_of(line, cell),)))
    return tuple(found)


def read_cover(section: Section) -> tuple[dict[str, Text], tuple[Ref, ...]]:
    """The unit and the year of a line such as 单位名称 | … | 年度 | …: every label with the cell after it."""
    found: dict[str, Text] = {}
    explained: list[Ref] = []
    for line in section.lines:
        cells = list(line.own)
        while cells:
            cell = cells.pop(0)
            name = block_of(cell.text)
            inline = split_inline(cell.text)
            if name in ("unit", "year") and cells and not block_of(cells[0].text):
                explained.append(ref_of(line, cell))
                value = cells.pop(0)
                found.setdefault(name, Text(join_lines(value.text), (ref_of(line, value),)))
            elif money := find_money(cell.text):
                found.setdefault("money", Text(money))
                explained.append(ref_of(line, cell))
            elif inline[0] in ("unit", "year"):
                found.setdefault(inline[0], Text(without_seal(inline[1]), (ref_of(line, cell),)))
            elif name in ("unit", "year"):
                explained.append(ref_of(line, cell))
    return found, tuple(explained)


def read_head(section: Section) -> tuple[dict[str, Text], tuple[Ref, ...]]:
    """Title, unit, year and money of the lines before the first block, by name, and the refs that were understood."""
    found: dict[str, Text] = {}
    explained: list[Ref] = []
    for line in section.lines:
        for cell in line.own:
            ref = ref_of(line, cell)
            title = join_lines(cell.text) if is_title(cell.text) else ""
            parts = {
                "title": title,
                "year": find_year(cell.text),
                "unit": "" if title else find_unit(cell.text),
                "money": find_money(cell.text),
            }
            for name, text in parts.items():
                if text:
                    found.setdefault(name, Text(text, (ref,)))
            if any(parts.values()):
                explained.append(ref)
    return found, tuple(explained)


def read_budget(section: Section) -> tuple[dict[str, str], tuple[FoundLine, ...], str, tuple[Ref, ...]]:
    """Headings by field, lines, the unit of money stated, and the refs of headings and computed cells."""
    head = next((line for line in section.lines if _headings(line, section)), None)
    if head is None:
        return {}, (), "", ()
    columns = _headings(head, section)
    money = next((unit for line in section.lines for cell in line.own if (unit := find_money(cell.text))), "")
    explained = [ref_of(head, cell) for cell in head.own]
    titles = {
        name: join_lines(next(c.text for c in head.cells if c.column == column)) for column, name in columns.items()
    }
    lines: list[FoundLine] = []
    for line in section.lines:
        if line is head or tuple(plain(c.text) for c in line.own) == tuple(plain(c.text) for c in head.own):
            explained += (ref_of(line, cell) for cell in line.own)
            continue
        found = _read_line(section, line, columns)
        if found is None:
            continue
        explained += (ref_of(line, cell) for cell in line.own if columns.get(cell.column) in captions.COMPUTED)
        lines.append(found)
    fields = {name: titles[name] for name in columns.values() if name not in captions.COMPUTED}
    return fields, tuple(lines), money, tuple(explained)


def _headings(line: Line, section: Section) -> dict[int, str]:
    """The amount columns of a heading line; none when it is no heading."""
    columns: dict[int, str] = {}
    for cell in line.own:
        name = budget_field(cell.text) if cell not in section.labels else ""
        if name and name not in columns.values():
            columns[cell.column] = name
    others = [
        cell
        for cell in line.own
        if cell.column not in columns and cell not in section.labels and not is_budget_name(cell.text)
    ]
    amounts = [name for name in columns.values() if name not in captions.COMPUTED]
    return columns if len(amounts) >= _LEAST_AMOUNTS and not others else {}


def _read_line(section: Section, line: Line, columns: dict[int, str]) -> FoundLine | None:
    first = min(columns)
    names = [cell for cell in line.own if cell.column < first and cell not in section.labels]
    amounts = [cell for cell in line.own if cell.column in columns and columns[cell.column] not in captions.COMPUTED]
    if not names and not amounts:
        return None
    label, is_part = _name_of(names)
    which = any(re.fullmatch(captions.WHICH, plain(cell.text)) for cell in line.cells if cell.column < first)
    refs = tuple(ref_of(line, cell) for cell in names)
    cells = {columns[cell.column]: Text(join_lines(cell.text), (ref_of(line, cell),)) for cell in amounts}
    return FoundLine(Text(label, refs), is_part or which, cells)


def _name_of(cells: Sequence[Cell]) -> tuple[str, bool]:
    """The name without 其中：, which says that it is a part."""
    texts = [whole_label(cell.text) for cell in cells]
    named = [text for text in texts if not re.fullmatch(captions.WHICH, plain(text))]
    label = named[-1] if named else ""
    bare = re.sub(r"^\s*" + captions.PART_MARK, "", label, count=1)
    return bare.strip(), bare != label or len(named) != len(texts)


def first_text(texts: Sequence[Text]) -> Text:
    """Several content cells as one paragraph."""
    if not texts:
        return NOTHING
    return Text("\n".join(each.text for each in texts), tuple(ref for each in texts for ref in each.refs))
