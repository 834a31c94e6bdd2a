"""Where a line of Chinese and Latin text breaks.

Decides the lines of a text in a given width. Never breaks inside a number, an amount, a percentage or a word, before
closing punctuation or after an opening bracket (GB/T 15834-2011, 5.1), unless a piece is wider than the line: then
between its words, or else anywhere. Knows nothing of cells and pages; widths are in ems. Time grows with the length of the text only.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from app.sheet.captions import AMOUNT_UNITS

# What the end of a line can't show whoever reads a page again: that blanks hang out or that there is nothing else, that it
# was typed, that the item ends there, that the text goes on over the page. They take no room, and no form holds them
# (`app.form.text`). Readers pass over what has no width at all: an empty line is a blank that is no text.
BLANKS_END: Final = "\v"
EMPTY_LINE: Final = " \u0085"
LINE_END: Final = "\u2028"
ITEM_END: Final = "\u2029"
CUT_END: Final = "\f"
# Marks a page that is not of the form.
ANNEX_END: Final = "\x1d"

_ROUNDING: Final = 1e-6
# Numbers of lines that are worth it.
_EVENED: Final = range(2, 9)
_EVENING_STEP: Final = 0.25

# Not at the start of a line; marks and selectors belong to the character before them.
_CLOSING: Final = frozenset(
    "）)］]｝}】〕〗〙》〉」』”’〞。．，、；：！？,.;:!?%％‰℃°·・…—～~－々ー\u200d\u20dd\u20de\u20df\u20e0\u3099\u309a",
)
_MARKS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Not at the end of a line; a sign or a currency belongs to the number after it.
_OPENING: Final = frozenset("（(［[｛{【〔〖〘《〈「『“‘〝￥¥$＄£€№#＃≥≤＞＜><±≈\u200d")
# Letters and digits that make words: everything alphanumeric that is not East Asian, and full-width letters and digits.
_WORD: Final = re.compile(
    r"[^\W\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffff\U0001f000-\U0003ffff]",
)
# Join what stands on both sides of them: 1,546.91 2024-03-01 A/B don't １，５４６．９１
_JOINING: Final = frozenset(".,:/'’-_@&+~·．／－")
_JOINING_DIGITS: Final = frozenset("，：")
_ASCII_QUOTES: Final = re.compile(r'"([^"\n]*)"')


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``width`` ems without the spaces at its end, which hang out; ``is_last`` of its paragraph."""

    text: str
    width: float
    is_last: bool


def break_lines(text: str, advances: Mapping[str, float], limit: float) -> tuple[Line, ...]:
    """The lines of a text, each at most ``limit`` ems wide; at least one, a newline always begins another."""
    return tuple(line for paragraph in text.split("\n") for line in _broken(paragraph, advances, limit))


def break_evenly(text: str, advances: Mapping[str, float], limit: float) -> tuple[Line, ...]:
    """As `break_lines`, but in as many lines of more equal length where a lone character would stand on the last."""
    lines = break_lines(text, advances, limit)
    if len(lines) not in _EVENED or lines[-1].width > 1 or lines[-2].is_last:
        return lines
    narrow = sum(line.width for line in lines) / len(lines)
    while (narrow := narrow + _EVENING_STEP) < limit:
        if len(evened := break_lines(text, advances, narrow)) == len(lines):
            return evened
    return lines


def _broken(paragraph: str, advances: Mapping[str, float], limit: float) -> list[Line]:
    # The place of each character's right edge, with a 0 before the first.
    edges = list(accumulate(map(advances.__getitem__, paragraph), initial=0.0))
    width = edges[len(paragraph.rstrip(" "))]
    if width <= limit + _ROUNDING:
        return [Line(paragraph, width, is_last=True)]
    paired = _ASCII_QUOTES.sub("“\\1”", paragraph)
    lines: list[Line] = []
    start = 0
    while start < len(paragraph):
        end = _line_end(paired, edges, start, limit)
        shown = start + len(paragraph[start:end].rstrip(" "))
        lines.append(Line(paragraph[start:end], edges[shown] - edges[start], is_last=end == len(paragraph)))
        start = end
    return lines


def _line_end(text: str, edges: list[float], start: int, limit: float) -> int:
    """Where the line that begins at ``start`` ends: at the last place that may break, else where it is full."""
    full = bisect_right(edges, edges[start] + limit + _ROUNDING, lo=start + 1) - 1
    full = max(full, start + 1)
    end = full
    while end < len(text) and text[end] == " ":
        end += 1
    if end == len(text) or (end > full and can_break(text, end)):
        return end
    for is_allowed in (can_break, is_between_words):
        for end in range(full, start, -1):
            if is_allowed(text, end):
                return end
    return full


def can_break(text: str, at: int) -> bool:
    """Whether a line may end before the character at ``at``, which is neither the first nor beyond the last."""
    before, after = text[at - 1], text[at]
    if after in _CLOSING or before in _OPENING or after == " " or _MARKS.match(after):
        # — and … stand in pairs; a pair may begin a line, but is not torn.
        return after in "—…" and before != after and before not in _OPENING
    if before.isdecimal() and after in AMOUNT_UNITS:
        return False
    return is_between_words(text, at)


def is_between_words(text: str, at: int) -> bool:
    """Whether the place before the character at ``at`` is not inside a word or a number."""
    before, after = text[at - 1], text[at]
    if before + after in AMOUNT_UNITS:
        return False
    if not _WORD.match(after):
        return not _is_joint(text, at)
    return not (_WORD.match(before) or before in "+-＋－" or _is_joint(text, at - 1))


def _is_joint(text: str, at: int) -> bool:
    """Whether the character at ``at`` joins the letters or digits on both its sides."""
    if not 0 < at < len(text) - 1:
        return False
    sides = text[at - 1] + text[at + 1]
    if text[at] in _JOINING_DIGITS:
        return sides.isdecimal()
    return text[at] in _JOINING and all(map(_WORD.match, sides))
