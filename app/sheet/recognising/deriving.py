"""A template out of a file whose form none of ours knows: its own title, blocks, columns and rows.

Decides what such a template says; grades and rules are the usual ones, and every row is the unit's own. Written as the TOML
that the strict loader reads, so that a form made from it is stored like any other.
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from app.form.quantity import Number, format_number, interpret
from app.form.reading.loader import read_template
from app.form.rows import Indicator, field_names
from app.form.template import Template
from app.form.text import sanitise
from app.form.vocabulary import WAN_UNIT
from app.sheet.recognising import captions
from app.sheet.recognising.fitting import sum_of
from app.sheet.recognising.indicators import LEVELS
from app.sheet.recognising.listing import read_items
from app.sheet.recognising.outline import FoundRow, Outline, Text
from app.sheet.recognising.trees import match_groups, match_rows

CODE: Final = "imported"
_WIDTHS: Final = {
    "level1": 23,
    "level2": 21,
    "level3": 21,
    "name": 42,
    "weight": 14,
    "score": 14,
    "rule": 30,
    "reason": 30,
}
_WIDTH: Final = 24
_KINDS: Final = {"target": "quantity", "actual": "quantity", "weight": "points", "score": "points"}
_OPTIONAL: Final = frozenset({"rule", "reason", "note", "nature", "measure"})
_LISTS: Final = ("duties", "achievements", "problems", "measures")


def derive_template(outline: Outline) -> Template:
    """The template of a file's own form. The indicator table always has a name and points, whatever the file has."""
    return read_template("\n".join(_document(outline)) + "\n", CODE)


def _document(outline: Outline) -> Iterator[str]:
    title = outline.title or captions.DERIVED_TITLE
    total = _total(outline)
    yield "format = 1"
    yield f"code = {_text(CODE)}"
    yield f"name = {_text(captions.DERIVED_NAME.format(title=title))}"
    yield f"year = {_text(outline.year.text)}"
    yield f"title = {_text(title)}"
    yield f"subtitle = {_text(captions.DERIVED_SUBTITLE)}"
    yield f"total = {format_number(total)}"
    bands = ((name, format_number(total * least / 100)) for name, least in captions.DERIVED_GRADES)
    yield f"grades = [{', '.join(f'{{ name = {_text(name)}, at_least = {least} }}' for name, least in bands)}]"
    yield 'scoring = { mode = "manual" }'
    yield from _tabs(outline)


def _total(outline: Outline) -> Decimal:
    """The total the file states, 100 where it states none."""
    stated = interpret(outline.stated["weight_total"].text) if "weight_total" in outline.stated else None
    return stated.value if isinstance(stated, Number) and stated.value > 0 else Decimal(100)


def _tabs(outline: Outline) -> Iterator[str]:
    yield from _tab(captions.TAB_COVER)
    yield from _block("line", captions.LABEL_UNIT, field="unit")
    if "duties" in outline.lists:
        yield from _block("items", captions.LABELS["duties"], table="duties", numbering=captions.NUMBERING)
    if outline.staffing.text:
        yield from _tab(captions.TAB_STAFFING)
        yield from _block("staffing", captions.LABELS["staffing"])
        figures = ", ".join(f"{{ field = {_text(name)}, label = {_text(label)} }}" for name, label in captions.FIGURES)
        yield f"figures = [{figures}]"
    if outline.budget and outline.budget_fields and len(outline.budget_fields) + 1 < len(_fields(outline)):
        yield from _tab(captions.TAB_BUDGET)
        yield from _budget(outline)
    yield from _tab(captions.TAB_INDICATORS)
    yield from _indicators(outline)
    below = [name for name in _LISTS[1:] if name in outline.lists]
    if below:
        yield from _tab(captions.TAB_TEXTS)
    for name in below:
        is_numbered = read_items(outline.lists[name], captions.NUMBERING_BELOW) != outline.lists[name]
        numbering = {"numbering": captions.NUMBERING_BELOW} if is_numbered else {}
        yield from _block("items", captions.LABELS[name], table=name, **numbering)


def _tab(title: str) -> Iterator[str]:
    yield "[[tabs]]"
    yield f"title = {_text(title)}"


def _block(kind: str, label: str, **more: str) -> Iterator[str]:
    yield "[[tabs.blocks]]"
    yield from (f"{name} = {_text(text)}" for name, text in {"kind": kind, "label": label, **more}.items())


def _budget(outline: Outline) -> Iterator[str]:
    unit = WAN_UNIT if outline.money == WAN_UNIT else ""
    yield from _block("budget", captions.LABELS["budget"], item_prefix=captions.DERIVED_PREFIX, unit=unit)
    yield 'name = { field = "label", label = "", width = 76 }'
    columns = (
        f'{{ field = {_text(name)}, label = {_text(label)}, width = 44, as = "amount", align = "center" }}'
        for name, label in outline.budget_fields.items()
    )
    yield f"columns = [{', '.join(columns)}]"
    root = outline.budget[sum_of(outline.budget) or 0]
    lines = [f'{{ key = "total", label = {_text(root.name.text)} }}']
    yield f"lines = [{', '.join(lines)}]"


def _indicators(outline: Outline) -> Iterator[str]:
    yield from _block("indicators", "", total_label=captions.DERIVED_TOTAL, grade_label=captions.DERIVED_GRADE)
    yield f"columns = [{', '.join(_columns(outline))}]"
    rows = outline.table.rows
    groups, keys, _ = match_groups(rows, ())
    yield "groups = ["
    yield from (
        f"    {{ key = {_text(group.key)}, label = {_text(group.label)}, part_of = {_text(group.part_of)} }},"
        for group in groups
    )
    yield "]"
    yield "indicators = ["
    yield from (f"    {{ {_row(row, key, group)} }}," for row, key, group in match_rows(rows, keys, ()))
    yield "]"


def _row(found: FoundRow, key: str, group: str) -> str:
    cells = {"key": key, "group": group, "row": "free"}
    cells |= {name: found.cells[name].text for name in ("target", "weight") if name in found.cells}
    cells["name"] = found.cells.get("name", Text("")).text
    return ", ".join(f"{name} = {_text(text)}" for name, text in cells.items())


def _fields(outline: Outline) -> tuple[str, ...]:
    """The columns of the table: levels first, then the others as they stand; a name and points in any case."""
    found = [name for name in outline.table.fields if name in LEVELS or name in field_names(Indicator)]
    levels = [name for name in LEVELS if name in found]
    # Levels are counted from the top whatever the file calls them.
    rest = [name for name in found if name not in LEVELS]
    if "name" not in rest:
        rest.insert(0, "name")
    if not {"weight", "score"} & {*rest}:
        rest.append("score")
    if rest[0] in ("weight", "score"):
        rest.remove("name")
        rest.insert(0, "name")
    return (*LEVELS[: len(levels)], *rest)


def _columns(outline: Outline) -> Iterable[str]:
    levels = [name for name in LEVELS if name in outline.table.fields]
    for name in _fields(outline):
        source = levels[LEVELS.index(name)] if name in LEVELS else name
        label = outline.table.headings.get(source) or captions.COLUMN_LABELS[name]
        kind = f", as = {_text(_KINDS[name])}" if name in _KINDS else ""
        align = ', align = "center"' if name in _KINDS or name in LEVELS else ""
        required = ", required = false" if name in _OPTIONAL else ""
        width = _WIDTHS.get(name, _WIDTH)
        yield f"{{ field = {_text(name)}, label = {_text(label)}, width = {width}{kind}{align}{required} }}"


def _text(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's."""
    return json.dumps(sanitise(text).text, ensure_ascii=False)
