"""Numbered lists as people write them: where an item begins, and which marks are only numbers of the list.

Decides by the marks alone, and only where they follow each other: single figures are never taken for numbers of a list.
Knows no form; whoever pastes or imports a list asks here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final
from unicodedata import numeric

from app.form import vocabulary
from app.form.text import sanitise

_PARAGRAPH_ENDS: Final = re.compile("\r\n|[\r\n\f\u0085\u2029]")  # \v and U+2028 break a line within a paragraph
_DIGIT: Final = "[0-9\uff10-\uff19]"
_NUMBER: Final = f"({_DIGIT}{{1,3}})"
_WORDS: Final = f"[{vocabulary.LIST_DIGITS}]"
_WORD: Final = f"({_WORDS}?{vocabulary.LIST_TEN}{_WORDS}?|{_WORDS})"
_CIRCLED: Final = "([\u2460-\u249b\u2776-\u277f\u3251-\u325f\u32b1-\u32bf])"  # ① ⑴ ⒈ ❶ ㉑ ㊱
_YEAR: Final = f"(?:19|20)[0-9]{{2}}{vocabulary.YEAR}"
# One pattern per way of numbering; within a list it does not change. A point before a digit is a decimal point,
# unless what follows is a year.
_PATTERNS: Final = (
    rf"[（(]\s*{_NUMBER}\s*[)）][、.．]?",
    rf"[（(]\s*{_WORD}\s*[)）][、.．]?",
    rf"{_NUMBER}[)）]",
    rf"{_WORD}[)）]",
    rf"{_NUMBER}[.．](?:(?!{_DIGIT})|(?={_YEAR}))",
    rf"{_NUMBER}、",
    rf"{_NUMBER}\t",
    rf"{_WORD}[、.．]",
    rf"{vocabulary.ORDINAL}{_NUMBER}[，,、：:]",
    rf"{vocabulary.ORDINAL}{_WORD}[，,、：:]",
    rf"{_CIRCLED}[、.．]?",
)
# Word's own bullets lie in the private area that its symbol fonts use; a hyphen is one only before a blank.
_BULLET: Final = re.compile(r"[•·●○■◆▪‣\uf020-\uf0ff]|[-–*](?=\s)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number at the beginning of a line: which way of numbering, which number, and where the text begins."""

    style: int
    number: int
    end: int


@cache  # compiled when the first list is read: the window does not need them to appear
def _marks() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _PATTERNS))


def split_items(text: str) -> tuple[str, ...]:
    """The items of a pasted text, without blank ones and without blanks around them.

    Every paragraph is one, unless paragraphs are numbered in order or all have bullets: then the marks go, and what has
    no number belongs to the item above it as a line of its own. Single figures are never taken for numbers of a list.
    """
    items = _filled(sanitise(paragraph).text for paragraph in _PARAGRAPH_ENDS.split(text))
    return strip_marks(items)


def strip_marks(items: tuple[str, ...]) -> tuple[str, ...]:
    """Texts that are items already, without the marks of their list, as in `split_items`."""
    while True:  # a number typed beside Word's own is one too many as well
        fewer = _take_marks(items)
        if fewer == items:
            return items
        items = fewer


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
    for style, pattern in enumerate(_marks()):
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
    tens, _, ones = text.partition(vocabulary.LIST_TEN)
    return (_read_number(tens) if tens else 1) * 10 + (_read_number(ones) if ones else 0)
