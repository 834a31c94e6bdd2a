"""The sections above and below the indicator table: unit and year, lists, the staffing paragraph, the budget.

Decides which cell is the content of which label. Knows no template.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
    guess_unit,
    is_annex,
    is_budget_name,
    is_dash,
    is_figure,
    is_grade,
    is_title,
    is_total,
    join_lines,
    likely_amount,
    plain,
    split_inline,
    whole_label,
    without_seal,
    year_of,
)
from app.sheet.recognising.outline import NOTHING, FoundBudget, FoundLine, Ref, Text
from app.sheet.recognising.sections import Line, Section
from app.sheet.recognising.stated import is_rate_of

_MANY_AMOUNTS: Final = 2
_MANY_TABLES: Final = 2
_ENDLESS: Final = 1_000_000  # more columns than any table has
_AS_INDICATOR: Final = {"rate": "actual", "weight": "weight", "score": "score"}


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
                text = without_seal(join_lines(value.text))
                found.setdefault(name, Text(year_of(text) if name == "year" else text, (ref_of(line, value),)))
            elif money := find_money(cell.text):
                found.setdefault("money", Text(money))
                explained.append(ref_of(line, cell))
            elif inline[0] in ("unit", "year"):
                text = year_of(inline[1]) if inline[0] == "year" else without_seal(inline[1])
                found.setdefault(inline[0], Text(text, (ref_of(line, cell),)))
            elif name in ("unit", "year"):
                explained.append(ref_of(line, cell))
            elif is_grade(cell.text) and cells:
                explained.append(ref_of(line, cell))
                found.setdefault("grade", _text(line, cells.pop(0)))
            elif is_total(cell.text) and cells and is_figure(cells[0].text):
                explained.append(ref_of(line, cell))
                found.setdefault("score_total", _text(line, cells.pop(0)))
            elif (year := year_of(join_lines(cell.text))) != join_lines(cell.text):
                found.setdefault("year", Text(year, (ref_of(line, cell),)))
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
            if guess := guess_unit(cell.text):
                found.setdefault("guess", Text(guess, (ref,)))
            for name, text in parts.items():
                if text:
                    found.setdefault(name, Text(text, (ref,)))
            if any(parts.values()) or is_annex(cell.text):
                explained.append(ref)
    return found, tuple(explained)


def read_budget(section: Section) -> FoundBudget:
    """The lines below the first line that is a heading of amounts; nothing where there is none."""
    head = next((line for line in section.lines if _headings(line, section)), None)
    if head is None:
        return FoundBudget()
    found = FoundBudget()
    for part in _beside(head, section):
        below = section.lines[section.lines.index(head) + 1 :]
        found = _joined(found, _read_part(replace(section, lines=tuple(_within(each, part) for each in below)), part))
    money = next((unit for line in section.lines for cell in line.own if (unit := find_money(cell.text))), "")
    return replace(found, money=money)


def _read_part(section: Section, head: Line) -> FoundBudget:
    columns = _headings(head, section)
    explained = [
        ref_of(head, cell)
        for cell in head.own
        if _is_heading(cell) or cell.column <= min(columns) or cell.column in columns
    ]
    lines: list[FoundLine] = []
    execution: dict[str, Text] = {}
    for line in section.lines:
        is_again = bool(line.own) and tuple(plain(c.text) for c in line.own) == tuple(plain(c.text) for c in head.own)
        if is_again or is_split(line):
            explained += (ref_of(line, cell) for cell in line.own)
        elif (found := _read_line(section, line, columns)) is not None:
            computed = {name: cell for cell in line.own if (name := columns.get(cell.column, "")) in captions.COMPUTED}
            says = {name: cell for name, cell in computed.items() if not is_dash(cell.text)}
            if not execution and {"weight", "score"} & {*says}:
                execution = {_AS_INDICATOR[name]: _text(line, cell) for name, cell in says.items()}
            explained += (
                ref_of(line, cell)
                for name, cell in computed.items()
                if name not in says or (name == "rate" and is_rate_of(cell.text, found.cells))
            )
            lines.append(found if found.name.text or lines else replace(found, name=_label_as_name(section, head)))
    titles = {cell.column: join_lines(cell.text) for cell in head.cells}
    fields = {name: titles[column] for column, name in columns.items() if name not in captions.COMPUTED}
    return FoundBudget(fields, tuple(lines), "", execution, tuple(explained))


def _label_as_name(section: Section, head: Line) -> Text:
    """What amounts are called that stand beside nothing but their block's label, or below one."""
    labels = [*section.labels, *(cell for cell in head.own[:1] if not _is_heading(cell))]
    label = whole_label(labels[0].text) if labels else ""
    return Text(re.sub(captions.NUMBERED, "", re.sub(captions.BRACKETS_BEHIND_AS_TYPED, "", label), count=1).strip())


def _joined(one: FoundBudget, other: FoundBudget) -> FoundBudget:
    return FoundBudget(
        {**other.fields, **one.fields},
        (*one.lines, *other.lines),
        execution=one.execution or other.execution,
        explained=(*one.explained, *other.explained),
    )


def _beside(head: Line, section: Section) -> Iterator[Line]:
    """The headings of the tables that stand beside each other under one label; those of income are no budget of ours."""
    names = [cell for cell in head.own if is_budget_name(cell.text) and cell not in section.labels]
    starts: list[Cell] = []
    for name in names:
        before = _between(head, starts[-1].column, name.column) if starts else head
        if not starts or _is_income(starts[-1]) or _headings(before, section):
            starts.append(name)
    while len(starts) > 1 and not _headings(_between(head, starts[-1].column, _ENDLESS), section):
        starts.pop()  # what stands behind the amounts is a note on them
    if len(starts) < _MANY_TABLES:
        yield head
        return
    for start, end in zip(starts, [*(each.column for each in starts[1:]), _ENDLESS], strict=True):
        if not _is_income(start):
            yield _between(head, start.column, end)


def _is_income(name: Cell) -> bool:
    return captions.INCOME in plain(name.text)


def _between(line: Line, start: int, end: int) -> Line:
    return replace(line, cells=tuple(cell for cell in line.cells if start <= cell.column < end))


def _within(line: Line, head: Line) -> Line:
    """A line with the cells that stand below those of a heading."""
    first, last = head.cells[0], head.cells[-1]
    cells = (cell for cell in line.cells if first.column <= cell.column < last.column + last.columns)
    return replace(line, cells=tuple(cells))


def is_split(line: Line) -> bool:
    """Whether a line only says by what the lines below are parted: 按支出性质分."""
    return bool(line.own) and all(re.fullmatch(captions.SPLIT, plain(cell.text)) for cell in line.own)


def _text(line: Line, cell: Cell) -> Text:
    return Text(join_lines(cell.text), (ref_of(line, cell),))


def _is_heading(cell: Cell) -> bool:
    return bool(budget_field(cell.text)) or is_budget_name(cell.text)


def _headings(line: Line, section: Section) -> dict[int, str]:
    """The amount columns of a heading line; none when it is no heading. A single one must have nothing strange beside it."""
    columns: dict[int, str] = {}
    for cell in line.own:
        name = budget_field(cell.text) if cell not in section.labels else ""
        known = next((column for column, each in columns.items() if each == name), None)
        is_better = any(mark in plain(cell.text) for mark in captions.FIRST_AMOUNT.get(name, ()))
        if known is not None and is_better:
            del columns[known]
        if name and (known is None or is_better):
            columns[cell.column] = name
    if columns and not any(is_figure(cell.text) for cell in line.own):
        columns |= _likely(line, section, columns)
    others = [
        cell
        for cell in line.own
        if cell.column not in columns and cell not in section.labels and not is_budget_name(cell.text)
    ]
    amounts = [name for name in columns.values() if name not in captions.COMPUTED]
    return columns if len(amounts) >= _MANY_AMOUNTS or (amounts and not others) else {}


def _likely(line: Line, section: Section, known: Mapping[int, str]) -> dict[int, str]:
    """Columns that are amounts by some of their words, beside those that are for certain."""
    found: dict[int, str] = {}
    for cell in line.own:
        is_first = cell is line.own[0] or cell in section.labels
        name = "" if is_first else likely_amount(cell.text)
        if name and cell.column not in known and name not in (*known.values(), *found.values()):
            found[cell.column] = name
    return found


def _read_line(section: Section, line: Line, columns: dict[int, str]) -> FoundLine | None:
    """A line of names and amounts; none where a cell lies over several columns, as a sentence does."""
    first = min(columns)
    own = [cell for cell in line.own if cell not in section.labels]
    if any(sum(cell.column <= column < cell.column + cell.columns for column in columns) > 1 for cell in own):
        return None
    names = [cell for cell in own if cell.column < first and not is_figure(cell.text)]
    amounts = [cell for cell in own if cell.column in columns and columns[cell.column] not in captions.COMPUTED]
    if (not names and not amounts) or any(cell.column + cell.columns > first for cell in names):
        return None
    marks = [cell for cell in names if re.fullmatch(captions.WHICH, plain(cell.text))]
    named = [cell for cell in names if cell not in marks][-1:]
    whole = whole_label(named[0].text) if named else ""
    bare = re.sub(r"^\s*" + captions.PART_MARK, "", whole, count=1)
    which = any(re.fullmatch(captions.WHICH, plain(cell.text)) for cell in line.cells if cell.column < first)
    name = Text(bare.strip(), tuple(ref_of(line, cell) for cell in (*marks, *named)))
    return FoundLine(name, which or bare != whole, {columns[cell.column]: _text(line, cell) for cell in amounts})


def first_text(texts: Sequence[Text]) -> Text:
    """Several content cells as one paragraph."""
    if not texts:
        return NOTHING
    return Text("\n".join(each.text for each in texts), tuple(ref for each in texts for ref in each.refs))
