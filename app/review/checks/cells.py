"""Whether single cells are filled and say what their column asks for (C07, C09, C10, C33, C35 to C38)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

from app.form.quantity import Bound, Number, Unreadable
from app.form.rows import TABLES, Place, Section, is_table
from app.form.vocabulary import COUNT_UNITS, MONEY_UNITS, NARROW, RATE_SIGN
from app.review import captions
from app.review.context import (
    Context,
    each_row,
    name_field,
    row_names,
)
from app.review.finding import Finding
from app.review.subject import Subject, column_labels, has_column, quote
from app.scoring.assessment import ROWS_KEPT
from app.scoring.gaps import is_blank

# A bound and a number with any word behind it: ≥30公里 is a figure, though its unit is not one we convert.
_WITH_UNIT: Final = re.compile(r"[<>=≥≤]{0,2}\s*[+-]?[0-9][0-9,]*(?:\.[0-9]+)?\s*(?P<unit>[^0-9\s]{1,6})")
_BOUNDS: Final = tuple("<>=≥≤")
LONGEST_WORD: Final = 8
MOST_NAMES: Final = 3

Names = dict[Section, dict[str, str]]


def check_filled(context: Context) -> Iterator[Finding]:
    """C07: every required cell is filled and readable; no prompt of a template is left in a text."""
    assessment = context.assessment
    sections = {place.section for place in (*assessment.unfilled, *(each.place for each in assessment.misread))}
    names: Names = {table: row_names(context.form, table) for table in TABLES if table in sections}
    yield from _check_blanks(context, names)
    for misreading in assessment.misread:
        place = misreading.place
        name = _name(names, place)
        field = name_field(context.template, place.section, place.field)
        yield context.say("C07", place, "misread", name=name, field=field, because=misreading.because)
    for narrative in context.narratives:
        prompt = next((prompt for prompt in captions.PROMPTS if prompt in narrative.text), None)
        if prompt is not None:
            yield context.say("C07", narrative.place, "prompt", name=narrative.name, prompt=prompt)


def _check_blanks(context: Context, names: Names) -> Iterator[Finding]:
    """One finding for all blank cells of a row, at the first of them."""
    for (section, key), group in groupby(context.assessment.unfilled, lambda place: (place.section, place.key)):
        places = tuple(group)
        if not key and is_table(section):
            yield context.say("C07", places[0], "empty", name=captions.SECTIONS[section])
        else:
            fields = [name_field(context.template, section, place.field) for place in places]
            listed = captions.LIST.join(fields)
            yield context.say("C07", places[0], "blank", name=_name(names, places[0]), fields=listed)


def _name(names: Names, place: Place) -> str:
    return names[place.section][place.key] if place.key else captions.SECTIONS[place.section]


@each_row
def check_actual_values(subject: Subject) -> Iterator[Finding]:
    """C09: where the target is a figure the actual value is one, and it is never an inequality."""
    match subject.actual:
        case Bound():
            number = subject.row.actual.translate(NARROW).strip().lstrip("<>=≥≤ ")
            yield subject.say("C09", "actual", "bound", number=quote(number))
        case Unreadable() if is_quantitative(subject):
            yield subject.say("C09", "actual", "words")
        case _:
            pass


@each_row
def check_targets(subject: Subject) -> Iterator[Finding]:
    """C10: a target that begins as an inequality can be read, and shares its unit with the actual value."""
    if isinstance(subject.target, Unreadable):
        yield from _check_spelling(subject)
    elif is_quantitative(subject) and isinstance(subject.actual, Number | Bound):
        units = {_unit(subject.target), _unit(subject.actual)} - ({""} if subject.row.measure else set())
        if (RATE_SIGN in units and len(units) > 1) or len(units - {""}) > 1:
            yield subject.say("C10", "actual", "unit")


def _check_spelling(subject: Subject) -> Iterator[Finding]:
    narrow = subject.row.target.translate(NARROW).strip()
    goal = _WITH_UNIT.fullmatch(narrow)
    if goal is None:
        if _begins_bound(subject):
            yield subject.say("C10", "target", "unreadable")
        return
    reached = _WITH_UNIT.fullmatch(subject.row.actual.translate(NARROW).strip())
    if reached is not None and reached["unit"] != goal["unit"]:
        yield subject.say("C10", "actual", "unit")


def _begins_bound(subject: Subject) -> bool:
    return subject.row.target.translate(NARROW).strip().startswith(_BOUNDS)


def _unit(quantity: Number | Bound | object) -> str:
    """The unit that must be shared: all money is one, all counted things are one."""
    number = quantity.number if isinstance(quantity, Bound) else quantity
    unit = number.unit if isinstance(number, Number) else ""
    return "money" if unit in MONEY_UNITS else "count" if unit in COUNT_UNITS else unit


def check_names(context: Context) -> Iterator[Finding]:
    """C33: no two rows have the same name: bureaus match rows by it."""
    for subject in context.subjects:
        name = subject.row.name.strip()
        if name and context.names[name] > 1:
            yield subject.say("C33", "name", count=str(context.names[name]))


@each_row
def check_benefits(subject: Subject) -> Iterator[Finding]:
    """C35: the actual value of a 效益 row can be assessed."""
    if subject.is_benefit and is_qualitative(subject) and not is_assessable(subject):
        yield subject.say("C35", "actual")


@each_row
def check_named_targets(subject: Subject) -> Iterator[Finding]:
    """C36: a target that is a name while the actual value is a number."""
    is_name = isinstance(subject.target, Unreadable) and not subject.target.has_digits
    if is_name and isinstance(subject.actual, Number) and not _begins_bound(subject):
        yield subject.say("C36", "target")


def check_rows_aside(context: Context) -> Iterator[Finding]:
    """C37: no weight, no score and 不适用 go together; a weight that is shared out among the other rows stays."""
    fields = ("actual", "score") if context.is_scaled else ("weight", "actual", "score")
    for subject in context.subjects:
        yield from _find_aside(subject, fields)


@lru_cache(maxsize=ROWS_KEPT)  # as in `each_row`, for rows that don't apply too
def _find_aside(subject: Subject, fields: tuple[str, ...]) -> tuple[Finding, ...]:
    """What C37 finds in a row; ``fields`` are to be blank in one that does not apply."""
    row, labels = subject.row, column_labels(subject.template)
    if row.applies:
        is_weightless = subject.score is not None and (is_blank(row.weight) or subject.weight == 0)
        return (subject.say("C37", "weight", "weightless", text=quote(row.score)),) if is_weightless else ()
    texts = {labels[field]: getattr(row, field) for field in fields}
    filled = [captions.CELL.format(label=label, text=quote(text)) for label, text in texts.items() if text.strip()]
    return (subject.say("C37", "", "aside", fields=captions.LIST.join(filled)),) if filled else ()


def check_rules(context: Context) -> Iterator[Finding]:
    """C38: every row says by which rule it is scored, where the form has a column for it."""
    if not has_column(context.template, "rule"):
        return
    bare = [subject for subject in context.counted if is_blank(subject.row.rule)]
    if bare:
        listed = captions.LIST.join(subject.name for subject in bare[:MOST_NAMES])
        shown = captions.AND_MORE.format(names=listed) if len(bare) > MOST_NAMES else listed
        yield context.say("C38", Place("indicators", "", "rule"), count=str(len(bare)), names=shown)


def is_quantitative(subject: Subject) -> bool:
    """Whether the target is a figure."""
    return isinstance(subject.target, Number | Bound)


def is_qualitative(subject: Subject) -> bool:
    """Whether both cells hold words."""
    return isinstance(subject.target, Unreadable) and isinstance(subject.actual, Unreadable)


def is_assessable(subject: Subject) -> bool:
    """Whether words say how far a target is reached: a tier, a word of the rule, a short word of the target, any figure."""
    text = subject.row.actual.strip()
    if isinstance(subject.actual, Unreadable) and subject.actual.has_digits:
        return True
    words = {word for tier in subject.template.policy.tiers for word in tier.words}
    return text in words or text in subject.row.rule or (len(text) <= LONGEST_WORD and text in subject.row.target)
