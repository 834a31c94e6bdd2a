"""Help texts: what belongs into a cell, how its figure comes about, from which papers, with an example.

Decides what a help file (TOML, `resources/help`) may say and which texts are about a cell. They lie beside the templates,
not in them: a template's text is part of every form's 校验码, and help gets better with each version of the program.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from app.form import sentences
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.loader import bundled_codes, load_template
from app.form.reading.strict import Keys, Misfit
from app.form.resources import resource
from app.form.rows import RECORD_TYPES, ROW_TYPES, Place, field_names
from app.form.template import Template

FORMAT: Final = 1
GENERAL: Final = "general"
ABOUT: Final = ("place", "group", "indicator")
BRACKETS: Final = "(（"


@dataclass(frozen=True, slots=True)
class Help:
    """The texts about one thing; "" where there is nothing to say."""

    purpose: str
    formula: str = ""
    source: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class HelpBook:
    """The texts of one file: by place ("budget", "budget.annual"), and by the names of groups and indicators."""

    places: dict[str, Help] = field(default_factory=dict)
    groups: dict[str, Help] = field(default_factory=dict)
    indicators: dict[str, Help] = field(default_factory=dict)


def find_help(form: Form, place: Place) -> tuple[Help, ...]:
    """What is said of a cell: of its column or field, then of its indicator or the group that is in."""
    books = _books_for(form.template.code)
    names = (f"{place.section}.{place.field}", place.section)
    found = (book.places.get(name) for name in names for book in books)
    general = next((each for each in found if each is not None), None)
    special = _find_row(form, place.key, books) if place.section == "indicators" else None
    return tuple(each for each in (general, special) if each is not None)


def read_help(source: str, name: str, template: Template | None = None) -> HelpBook:
    """A help file; without a template it can say nothing of indicators and groups. AppError that names what is wrong."""
    try:
        return _read_book(Keys(sentences.ROOT, tomllib.loads(source, parse_float=Decimal)), template)
    except (ValueError, ArithmeticError, RecursionError) as error:  # a Misfit is a ValueError
        raise AppError(sentences.HELP_UNREADABLE.format(name=name, reason=error)) from error


def _find_row(form: Form, key: str, books: tuple[HelpBook, ...]) -> Help | None:
    """The text about an indicator of this name, else about the nearest group above it."""
    row = next((each for each in form.indicators if each.key == key), None)
    if row is None:
        return None
    names = {group.key: group for group in form.groups}
    found = [book.indicators.get(row.name) for book in books]
    upper, seen = names.get(row.group), 0
    while upper is not None and seen < len(names):
        found += [book.groups.get(_bare(upper.label)) for book in books]
        upper, seen = names.get(upper.part_of), seen + 1
    return next((each for each in found if each is not None), None)


@lru_cache(maxsize=8)
def _books_for(code: str) -> tuple[HelpBook, ...]:
    """The book of the form's own template first, then the general one, then those of all others: names may be the same."""
    others = [each for each in bundled_codes() if each != code]
    return tuple(_load(each) for each in (*([code] if code in bundled_codes() else []), GENERAL, *others))


def _load(code: str) -> HelpBook:
    try:
        path = resource("help", f"{code}.toml")
    except FileNotFoundError:
        return HelpBook()
    return read_help(path.read_text(encoding="utf-8"), code, None if code == GENERAL else load_template(code))


def _read_book(keys: Keys, template: Template | None) -> HelpBook:
    if keys.take("format", int) != FORMAT:
        raise keys.refusal("format", keys.take("format", int))
    table = template.indicator_table if template else None
    known = {
        "place": {name: name for name in _place_names()},
        "group": {each.key: _bare(each.label) for each in table.groups} if table else {},
        "indicator": {each.key: each.name for each in table.indicators} if table else {},
    }
    book = HelpBook()
    shelves = {"place": book.places, "group": book.groups, "indicator": book.indicators}
    for about, name, text in keys.each("help", lambda each: _read_entry(each, known)):
        if name in shelves[about]:
            raise Misfit(sentences.DUPLICATE_KEY.format(where=keys.where, key=name))
        shelves[about][name] = text
    keys.finish()
    return book


def _read_entry(keys: Keys, known: Mapping[str, Mapping[str, str]]) -> tuple[str, str, Help]:
    said = [about for about in ABOUT if keys.has(about)]
    if len(said) != 1:
        raise Misfit(sentences.HELP_ABOUT.format(where=keys.where, names="、".join(ABOUT)))
    about = said[0]
    name = known[about][keys.one_of(about, keys.text(about), known[about])]
    texts = Help(keys.text("purpose"), keys.text("formula", ""), keys.text("source", ""), keys.text("example", ""))
    return about, name, texts


def _place_names() -> Iterator[str]:
    for section, kind in (*RECORD_TYPES.items(), *ROW_TYPES.items()):
        yield section
        yield from (f"{section}.{name}" for name in field_names(kind))


def _bare(label: str) -> str:
    """A group's name without the weight behind it: 过程(26) → 过程."""
    for bracket in BRACKETS:
        label = label.split(bracket, maxsplit=1)[0]
    return label.strip()
