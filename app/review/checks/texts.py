"""Whether the longer texts agree with the table, the year and the unit (C40, C42 to C44), and whether what proves them is listed (C32)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from app.form.quantity import Number, interpret, to_wan
from app.form.rows import BudgetLine, Place
from app.form.template import ItemsBlock, StaffingBlock
from app.form.vocabulary import NARROW
from app.review import captions
from app.review.context import MONEY, Context, show
from app.review.finding import Finding
from app.review.subject import quote

MONEY_WORDS: Final = re.compile(captions.MONEY_IN_TEXT)
SUMS: Final = re.compile(captions.SUM_IN_TEXT)
YEARS: Final = re.compile(captions.YEAR_IN_TEXT)
TITLES: Final = re.compile(captions.TITLES)
UNITS: Final = re.compile(captions.UNIT_IN_TEXT)
YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
LEAST_LABEL: Final = 4


def check_text_amounts(context: Context) -> Iterator[Finding]:
    """C40: amounts in a text agree with the budget line it names, or sum to it, and with the sum it states itself."""
    lines = [line for line in context.form.budget if len(line.label.strip()) >= LEAST_LABEL]
    for narrative in context.narratives:
        found = read_money(narrative.text)
        if not found:
            continue
        named = [line for line in lines if line.label.strip() in narrative.text]
        if len(named) == 1 and not _agrees(context, named[0], found):
            figures = {key: show(context.amounts[named[0].key, field] or Decimal(0)) for key, field in (("budget", "annual"), ("paid", "spent"))}  # fmt: skip
            listed = captions.LIST.join(map(show, found))
            yield context.say(
                "C40", narrative.place, "line", name=narrative.name, line=quote(named[0].label), found=listed, **figures
            )
            continue
        for stated, parts in read_sums(narrative.text):
            if abs(stated - sum(parts, Decimal(0))) > MONEY:
                yield context.say(
                    "C40",
                    narrative.place,
                    "sum",
                    name=narrative.name,
                    stated=show(stated),
                    sum=show(sum(parts, Decimal(0))),
                )
                break


def _agrees(context: Context, line: BudgetLine, found: tuple[Decimal, ...]) -> bool:
    known = [value for field in ("annual", "spent") if (value := context.amounts[line.key, field]) is not None]
    said = (*found, sum(found, Decimal(0)))
    return not known or any(abs(amount - value) <= MONEY for value in known for amount in said)


@lru_cache(maxsize=1024)
def read_money(text: str) -> tuple[Decimal, ...]:
    """Every amount in a text, in 万元."""
    return tuple(_read_amounts(text.translate(NARROW)))


@lru_cache(maxsize=1024)
def read_sums(text: str) -> tuple[tuple[Decimal, tuple[Decimal, ...]], ...]:
    """Every sum that a text states together with its parts (共计 X 万元，其中 …), in 万元."""
    found = SUMS.finditer(text.translate(NARROW))
    pairs = [(tuple(_read_amounts(each[1] + each[2])), tuple(_read_amounts(each[3]))) for each in found]
    return tuple((stated[0], parts) for stated, parts in pairs if stated and len(parts) > 1)


def _read_amounts(narrow: str) -> Iterator[Decimal]:
    for match in MONEY_WORDS.finditer(narrow):
        quantity = interpret(match[1] + match[2])
        amount = to_wan(quantity) if isinstance(quantity, Number) else None
        if amount is not None:
            yield amount


def check_foreign_words(context: Context) -> Iterator[Finding]:
    """C42: no other year in a text (a plan may name the next one), no other unit in the staffing paragraph."""
    cover = context.form.cover
    year, unit = cover.year.translate(NARROW).strip(), cover.unit.strip()
    for narrative in context.narratives:
        if YEAR.fullmatch(year):
            allowed = {year, str(int(year) + 1)} if narrative.place.section == "measures" else {year}
            foreign = next((found for found in find_years(narrative.text) if found not in allowed), None)
            if foreign is not None:
                yield context.say("C42", narrative.place, "year", name=narrative.name, found=foreign, year=year)
                continue
        if narrative.place.section == "staffing" and unit and unit not in narrative.text:
            other = next((found for found in UNITS.findall(narrative.text) if found not in unit), None)
            if other is not None:
                yield context.say(
                    "C42", narrative.place, "unit", name=narrative.name, found=quote(other), unit=quote(unit)
                )


@lru_cache(maxsize=1024)
def find_years(text: str) -> tuple[str, ...]:
    """The years a text speaks of, outside the titles of documents."""
    return tuple(YEARS.findall(TITLES.sub("", text.translate(NARROW))))


def check_year(context: Context) -> Iterator[Finding]:
    """C43: the year is one, and the one in the title."""
    cover, template = context.form.cover, context.template
    year = cover.year.translate(NARROW).strip()
    if not year:
        return
    place = Place("cover", "", "year")
    if not YEAR.fullmatch(year):
        yield context.say("C43", place, "unreadable", text=quote(cover.year), year=template.year)
    elif any(found != year for found in find_years(template.title + template.subtitle)):
        title = template.title if find_years(template.title) else template.subtitle
        yield context.say("C43", place, "title", title=quote(title), text=year)


def check_lengths(context: Context) -> Iterator[Finding]:
    """C44: texts within the template's limits, in characters without white space at the ends."""
    limits = {
        "staffing" if isinstance(block, StaffingBlock) else block.table: block.limit
        for block in context.template.blocks
        if isinstance(block, ItemsBlock | StaffingBlock)
    }
    for narrative in context.narratives:
        limit, count = limits[narrative.place.section], len(narrative.text.strip())
        if limit and count > limit:
            yield context.say(
                "C44", narrative.place, name=narrative.name, count=str(count), limit=str(limit), gap=str(count - limit)
            )


def check_evidence(context: Context) -> Iterator[Finding]:
    """C32: rows of which the template asks for evidence have some listed."""
    listed = {row.indicator for row in context.form.evidence}
    for subject in context.counted:
        if subject.row.key in context.template.evidence and subject.row.key not in listed:
            yield subject.say("C32", "actual")
