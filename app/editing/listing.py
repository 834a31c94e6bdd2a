"""Lists of texts (主要职能, 主要成效 …) written as one text: how pasted text falls into items, and which Change a new list is.

Decides where an item begins and which marks are numbers of a list. Pure but for fresh row keys; knows no widget.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from unicodedata import numeric

from app.editing import sentences
from app.editing.edits import add_row, clean_value, set_value
from app.editing.labels import label_table, name_row
from app.form.change import Change, InsertRow, Patch, RemoveRow, SetValue
from app.form.form import Form, rows_of
from app.form.rows import Place, Row, TableName
from app.form.text import sanitise

_PARAGRAPH_ENDS: Final = re.compile("\r\n|[\r\n\f\u0085\u2029]")  # \v and U+2028 break a line within a paragraph
_DIGIT: Final = "[0-9\uff10-\uff19]"
_NUMBER: Final = f"({_DIGIT}{{1,3}})"
_WORDS: Final = f"[{sentences.DIGITS}]"
_WORD: Final = f"({_WORDS}?{sentences.TEN}{_WORDS}?|{_WORDS})"
_CIRCLED: Final = "([\u2460-\u249b\u2776-\u277f\u3251-\u325f\u32b1-\u32bf])"  # ① ⑴ ⒈ ❶ ㉑ ㊱
_YEAR: Final = f"(?:19|20)[0-9]{{2}}{sentences.YEAR}"
# One pattern per way of numbering; within a list it does not change. A point before a digit is a decimal point,
# unless what follows is a year.
_MARKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[（(]\s*{_NUMBER}\s*[)）][、.．]?",
        rf"[（(]\s*{_WORD}\s*[)）][、.．]?",
        rf"{_NUMBER}[)）]",
        rf"{_WORD}[)）]",
        rf"{_NUMBER}[.．](?:(?!{_DIGIT})|(?={_YEAR}))",
        rf"{_NUMBER}、",
        rf"{_NUMBER}\t",
        rf"{_WORD}[、.．]",
        rf"{sentences.ORDINAL}{_NUMBER}[，,、：:]",
        rf"{sentences.ORDINAL}{_WORD}[，,、：:]",
        rf"{_CIRCLED}[、.．]?",
    )
)
# Word's own bullets lie in the private area that its symbol fonts use; a hyphen is one only before a blank.
_BULLET: Final = re.compile(r"[•·●○■◆▪‣\uf020-\uf0ff]|[-–*](?=\s)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number at the beginning of a line: which way of numbering, which number, and where the text begins."""

    style: int
    number: int
    end: int


def split_items(text: str) -> tuple[str, ...]:
    """The items of a pasted text, without blank ones and without blanks around them.

    Every paragraph is one, unless paragraphs are numbered in order or all have bullets: then the marks go, and what has
    no number belongs to the item above it as a line of its own. Single figures are never taken for numbers of a list.
    """
    items = _filled(sanitise(paragraph).text for paragraph in _PARAGRAPH_ENDS.split(text))
    while True:  # a number typed beside Word's own is one too many as well
        fewer = _take_marks(items)
        if fewer == items:
            return items
        items = fewer


def edit_items(form: Form, table: TableName, texts: Sequence[str], visit: str = "") -> Change | None:
    """Make a list have these texts; None when it has. Items that stay keep their keys.

    Typing within one item is one SetValue; those of one ``visit`` merge into one undo step.
    """
    rows = rows_of(form, table)
    first, last = _differing([_text_of(row) for row in rows], texts)  # what stands in the form is clean already
    old = rows[first : len(rows) - last]
    new = [str(clean_value(Place(table, "", "text"), text)) for text in texts[first : len(texts) - last]]
    sets = [
        SetValue(Place(table, row.key, "text"), _text_of(row), text)
        for row, text in zip(old, new, strict=False)
        if _text_of(row) != text
    ]
    removed = [RemoveRow(table, first + at, old[at]) for at in reversed(range(len(new), len(old)))]
    added = [
        patch
        for at in range(len(old), len(new))
        for patch in add_row(form, table, first + at, text=new[at]).patches
        if isinstance(patch, InsertRow)
    ]
    # Texts last: undo begins with them, and the window shows where it began.
    patches: tuple[Patch, ...] = (*removed, *added, *sets)
    if len(patches) == len(sets) == 1:
        return set_value(form, sets[0].place, sets[0].new, visit)
    return Change(_name_of(form, table, patches), patches) if patches else None


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text.strip())


def _take_marks(items: tuple[str, ...]) -> tuple[str, ...]:
    """The items that numbers or bullets make of these, without them; the same items where there is no such order."""
    # One paragraph may hold a list whose lines were broken by hand.
    lines = items if len(items) > 1 else tuple(items[0].split("\n")) if items else ()
    bullets = [_BULLET.match(line) for line in lines]
    if len(lines) > 1 and all(bullets):
        return _filled(line[bullet.end() :] for line, bullet in zip(lines, bullets, strict=True) if bullet)
    marks = [_read_mark(line) for line in lines]
    style = _list_style(marks)
    if style is None:
        return items
    found: list[str] = []
    is_below = False
    for line, mark in zip(lines, marks, strict=True):
        if mark is not None and mark.style == style:
            found.append(line[mark.end :].strip())
            is_below = True
        elif is_below:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return _filled(found)


def _list_style(marks: Sequence[_Mark | None]) -> int | None:
    """The way of numbering of the outermost list: the first that occurs twice, if its numbers follow each other."""
    counts = Counter(mark.style for mark in marks if mark is not None)
    style = next((style for style, count in counts.items() if count > 1), None)
    numbers = [mark.number for mark in marks if mark is not None and mark.style == style]
    return style if all(after == before + 1 for before, after in pairwise(numbers)) else None


def _read_mark(line: str) -> _Mark | None:
    for style, pattern in enumerate(_MARKS):
        match = pattern.match(line)
        if match is not None:
            return _Mark(style, _read_number(match[1]), match.end())
    return None


def _read_number(text: str) -> int:
    """The number of a mark: 12, １２, ⑫ or 十二."""
    if len(text) == 1:
        return int(numeric(text))
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.partition(sentences.TEN)
    return (_read_number(tens) if tens else 1) * 10 + (_read_number(ones) if ones else 0)


def _text_of(row: Row) -> str:
    text: str = getattr(row, "text", "")
    return text


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many texts are the same at the beginning and, of the others, at the end."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    return first, last


def _name_of(form: Form, table: TableName, patches: tuple[Patch, ...]) -> str:
    what = label_table(form.template, table)
    match patches:
        case (InsertRow(),):
            return sentences.ADD.format(what=what)
        case (RemoveRow(_, _, row),):
            return sentences.REMOVE.format(what=name_row(form, table, row.key))
        case InsertRow(_, _, row), SetValue(place, str(old), str(new)) if new + _text_of(row) == old:
            return sentences.SPLIT.format(what=name_row(form, table, place.key))
        case RemoveRow(_, _, row), SetValue(place, str(old), str(new)) if old + _text_of(row) == new:
            return sentences.JOIN.format(what=name_row(form, table, place.key))
        case _ if all(isinstance(patch, InsertRow) for patch in patches):
            return sentences.ADD_MANY.format(what=what, count=len(patches))
        case _ if all(isinstance(patch, RemoveRow) for patch in patches):
            return sentences.REMOVE_MANY.format(what=what, count=len(patches))
        case _:
            return sentences.SET_LIST.format(what=what)
