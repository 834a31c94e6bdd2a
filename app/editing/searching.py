"""Find and replace over a whole form.

Decides which cells are searched, in which order, what counts as the same text, and what a replacement changes. Knows no
window; where the user stands is the window's.

Two texts are the same when Unicode holds them to be (é in one piece or in two), full-width digits and Latin letters count
as their plain ones, and capitals as small ones unless told otherwise. A match never splits a character.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, assert_never

from app.editing import sentences
from app.editing.edits import clean_value
from app.editing.rights import can_edit
from app.form.change import Change, SetValue
from app.form.form import Form, rows_of, value_at
from app.form.rows import Group, Indicator, Place, Record, Row, Section
from app.form.rules import FromInputs, Mode, RuleKind
from app.form.template import (
    Block,
    BudgetBlock,
    IndicatorBlock,
    ItemsBlock,
    LineBlock,
    StaffingBlock,
    Template,
    linked_of,
    rule_of,
)
from app.form.text import excerpt
from app.form.tree import evidence_order, group_runs, tree_rows

_WIDE: Final = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_WIDTHS: Final = {code: code - 0xFEE0 for code in _WIDE}
_LEVEL: Final = "level"
_CANONICAL: Final = "NFD"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty text is found nowhere."""

    text: str
    is_case_sensitive: bool = False
    is_whole_cell: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of a text, in characters: from ``start`` to before ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Where the wanted text stands: a cell and the part of its typed text."""

    place: Place
    span: Span


def shown_cells(form: Form) -> dict[Place, str]:
    """Every typed cell that the template shows, with its text, in the order of tabs and rows; then the notes on 佐证材料."""
    cells = {place: text for block in form.template.blocks for place, text in _cells_of(form, block)}
    notes = (row for _, rows in evidence_order(form) for row in rows)
    return cells | {place: text for row in notes for place, text in _cells("evidence", row, ("note",))}


def find_text(form: Form, wanted: Wanted) -> tuple[Hit, ...]:
    """All places of the wanted text, in the order of tabs, rows and columns; they do not overlap."""
    return tuple(Hit(place, span) for place, text in shown_cells(form).items() for span in find_spans(text, wanted))


def find_spans(text: str, wanted: Wanted) -> tuple[Span, ...]:
    """The wanted text in one cell's text, from left to right, none overlapping another."""
    needle = _fold(wanted.text, is_case_sensitive=wanted.is_case_sensitive).text
    if not needle or not text:
        return ()
    folded = _fold(text, is_case_sensitive=wanted.is_case_sensitive)
    if wanted.is_whole_cell:
        return (Span(0, len(text)),) if folded.text == needle else ()
    return tuple(_spans(folded, needle, len(text)))


def find_next(hits: Sequence[Hit], form: Form, at: Hit, by: int) -> int:
    """Which of the hits comes after (by 1) or before (by -1) the spot ``at``, round the end. There must be one."""
    order = {place: number for number, place in enumerate(shown_cells(form))}
    starts = [(order[hit.place], hit.span.start) for hit in hits]
    spot = order.get(at.place, -1)
    if by > 0:
        return bisect_left(starts, (spot, at.span.end)) % len(hits)
    return (bisect_left(starts, (spot, at.span.start)) - 1) % len(hits)


def replace_hit(form: Form, hit: Hit, replacement: str) -> Change | None:
    """Put another text there; None when the cell is protected (`rights.can_edit`) or nothing changes."""
    return _replace(form, (hit,), replacement)


def replace_all(form: Form, wanted: Wanted, replacement: str) -> Change | None:
    """Put another text wherever the wanted one stands, as one step; protected cells stay. None when nothing changes."""
    return _replace(form, find_text(form, wanted), replacement)


def count_protected(form: Form, hits: Sequence[Hit]) -> int:
    """How many of the hits stand in cells that may not be typed into."""
    return sum(not can_edit(form, hit.place) for hit in hits)


def _replace(form: Form, hits: Sequence[Hit], replacement: str) -> Change | None:
    free = [hit for hit in hits if can_edit(form, hit.place)]
    spans: dict[Place, list[Span]] = {}
    for hit in free:
        spans.setdefault(hit.place, []).append(hit.span)
    patches = []
    for place, found in spans.items():
        old = str(value_at(form, place))
        new = _put(old, found, str(clean_value(place, replacement)))
        if new != old:
            patches.append(SetValue(place, old, new))
    if not patches:
        return None
    count = sum(len(spans[patch.place]) for patch in patches)
    name = sentences.REPLACE.format(old=excerpt(_quote(form, free[0])), new=excerpt(replacement), count=count)
    return Change(name, tuple(patches))


def _put(text: str, spans: Sequence[Span], replacement: str) -> str:
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + replacement + text[span.end :]
    return text


def _quote(form: Form, hit: Hit) -> str:
    return str(value_at(form, hit.place))[hit.span.start : hit.span.end]


# --- which cells -----------------------------------------------------------------------------------------------------


def _cells_of(form: Form, block: Block) -> Iterator[tuple[Place, str]]:
    match block:
        case LineBlock(field=field):
            yield from _cells("cover", form.cover, (field, "year"))
        case ItemsBlock(table=table):
            for row in rows_of(form, table):
                yield from _cells(table, row, ("text",))
        case StaffingBlock(figures=figures):
            yield from _cells("staffing", form.staffing, ("text", *(figure.field for figure in figures)))
        case BudgetBlock(columns=columns):
            for line in form.budget:
                yield from _cells("budget", line, ("label", *(column.field for column in columns)))
        case IndicatorBlock():
            yield from _indicator_cells(form, block)
        case _:
            assert_never(block)


def _cells(section: Section, holder: Record | Row, fields: Sequence[str]) -> Iterator[tuple[Place, str]]:
    key = getattr(holder, "key", "")
    return ((Place(section, key, field), getattr(holder, field)) for field in fields)


def _indicator_cells(form: Form, block: IndicatorBlock) -> Iterator[tuple[Place, str]]:
    """As the table shows them: labels where their groups begin, rows, the two amounts beside a rate, what a paper stated."""
    names = [column.field for column in block.columns]
    levels = sum(name.startswith(_LEVEL) for name in names)
    fields = [name for name in names if not name.startswith(_LEVEL)]
    rows = tree_rows(form)
    labels: dict[int, list[Group]] = {}
    for run in group_runs(rows):
        if run.level < levels:
            labels.setdefault(run.first, []).append(run.group)
    for number, row in enumerate(rows):
        for group in labels.get(number, ()):
            yield from _cells("groups", group, ("label",))
        if row.indicator is not None:
            yield from _cells("indicators", row.indicator, _fields_of(form.template, row.indicator, fields))
    if form.stated.weight_total or form.stated.score_total:
        yield from _cells("stated", form.stated, ("weight_total", "score_total"))


def _fields_of(template: Template, row: Indicator, fields: Sequence[str]) -> tuple[str, ...]:
    """Where the rule alone scores, the typed score is not what is shown."""
    rule = rule_of(template, row.key)
    is_scored = template.policy.mode is Mode.LOCKED and rule.kind is not RuleKind.MANUAL and row.applies
    inputs = ("part", "whole") if isinstance(linked_of(template, row.key), FromInputs) else ()
    return (*(field for field in fields if not (is_scored and field == "score")), *inputs)


# --- the same text ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared, and for each of its characters where the letter that it came from begins in the typed text."""

    text: str
    sources: Sequence[int]


def _spans(folded: _Folded, needle: str, length: int) -> Iterator[Span]:
    start = folded.text.find(needle)
    while start >= 0:
        end = start + len(needle)
        is_whole = _is_boundary(folded, start) and _is_boundary(folded, end)
        if is_whole:
            yield Span(folded.sources[start], folded.sources[end] if end < len(folded.text) else length)
        start = folded.text.find(needle, end if is_whole else start + 1)


def _is_boundary(folded: _Folded, at: int) -> bool:
    """Whether a letter begins there, or the text ends."""
    return at in (0, len(folded.text)) or folded.sources[at] != folded.sources[at - 1]


@lru_cache(maxsize=4096)
def _fold(text: str, *, is_case_sensitive: bool) -> _Folded:
    plain = text.translate(_WIDTHS)
    folded = plain if is_case_sensitive else plain.casefold()
    is_simple = len(folded) == len(text) and not any(map(unicodedata.combining, text))
    if is_simple and all(unicodedata.is_normalized(_CANONICAL, each) for each in (plain, folded)):
        return _Folded(folded, range(len(text)))
    pairs = [
        (unit, start) for start, letter in _letters(plain) for unit in _fold_letter(letter, is_exact=is_case_sensitive)
    ]
    return _Folded("".join(unit for unit, _ in pairs), tuple(start for _, start in pairs))


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """Each character with the accents behind it, and where it begins."""
    starts = [at for at, each in enumerate(text) if at == 0 or not unicodedata.combining(each)]
    return ((start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True))


def _fold_letter(letter: str, *, is_exact: bool) -> str:
    parts = unicodedata.normalize(_CANONICAL, letter)
    return parts if is_exact else unicodedata.normalize(_CANONICAL, parts.casefold())
