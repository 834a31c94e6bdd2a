"""Runs → lines and texts.

Decides where a blank stands that was not drawn, and whether a line ends because it was typed so or because the cell is
no wider. Our own files say it (`app.sheet.page.text`); all others are judged by the room a line leaves. Lengths are points.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.form.vocabulary import LIST_DIGITS, LIST_TEN
from app.sheet.page.text import CUT_END, EMPTY_LINE, ITEM_END, LINE_END
from app.sheet.reading.pages.page import Glyph
from app.sheet.reading.pages.runs import ENDS, Run, rows_of

# In ems: the gaps that are blanks where neither, one or both characters are Latin; Word sets a quarter between Chinese
# and Latin of itself.
_GAPS: Final = (0.55, 0.29, 0.17)
# A line is full when the next piece of text would not have fitted but for this much.
_SPARE: Final = 0.12
_INDENT: Final = 1.3
_LETTER: Final = 0.5
_BLANK: Final = 0.28
_NEARLY: Final = 0.15
_MOST_PADDING: Final = 7.0
# Between items of a list there is more room than between its lines.
_MORE_ROOM: Final = 1.07
_ITEM_PITCH: Final = 1.8

_LATIN: Final = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
_NARROW: Final = re.compile(r"[!-~\u00a1-\u024f]")
# What does not part at the end of a line: opening marks, a word, a number or one character, closing marks. Quotation
# marks hold on to the characters on both of their sides where lines break by the Unicode rules (UAX 14, LB19).
_WORD: Final = (
    r"[（(［\[｛{【〔《〈「『“‘￥¥$≥≤]*(?:[0-9A-Za-z\u00c0-\u024f]+(?:[.,:/'’_@&+·%‰℃\-][0-9A-Za-z]*)*|.)?"
    r"[）)］\]｝}】〕》〉」』”’。．，、；：！？,.;:!?%％‰℃…]*"
)
_PIECE: Final = re.compile(rf"\s*{_WORD}(?:(?<=[”’])(?!\s){_WORD}|(?=[“‘]){_WORD})*", re.DOTALL)
_STOPS: Final = ("。", "；", ";", "！", "？", "：", ":", ".")
_ITEM_MARK: Final = re.compile(
    rf"\s*(?:[（(]?[0-9０-９]{{1,3}}[)）、](?!\d)|[0-9０-９]{{1,3}}[.．](?!\d)|[（(]?[{LIST_DIGITS}{LIST_TEN}]{{1,3}}[)）、]|[\u2460-\u249b●•■◆])\s*\S"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell as it is read. ``lead`` is how wide its first piece is, which would not have been parted.

    ``end`` says why it ends, "" when nothing does; ``is_hidden``: it can't be seen, or only in part.
    """

    text: str
    left: float
    right: float
    middle: float
    size: float
    lead: float = 0.0
    end: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """What a cell says on one page: its ``texts`` (several only where a list has items), first and last line, how they went on.

    ``is_cut``: it goes on with the next page for certain; ``spare``: how much more the last line could have held;
    ``is_hidden``: some of it can't be seen.
    """

    texts: tuple[str, ...] = ("",)
    size: float = 0.0
    lead: float = 0.0
    spare: float = math.inf
    is_cut: bool = False
    is_hidden: bool = False


NOTHING: Final = Block()


def lines_of(runs: Iterable[Run], *, is_own: bool) -> tuple[Line, ...]:
    """Lines from above, each from the left."""
    lines = (_line(group, is_own=is_own) for group in rows_of(runs))
    return tuple(line for line in lines if is_own or line.text.strip())


def _line(runs: Sequence[Run], *, is_own: bool) -> Line:
    # Characters at one place stay in the order they are drawn: a mark stands on the letter before it.
    glyphs = sorted((glyph for run in runs for glyph in run.glyphs), key=lambda each: round(each.left, 1))
    if not is_own:
        glyphs = [glyph for glyph in glyphs if glyph.text >= " "]
    left = next((glyph.left for glyph in glyphs if not glyph.text.isspace()), runs[0].left)
    right, size = max(run.right for run in runs), max(run.size for run in runs)
    text = _spaced(glyphs, is_own=is_own)
    shown = "" if text.startswith(EMPTY_LINE) else text.rstrip(ENDS)
    end = text[len(text.rstrip(ENDS)) :]
    is_hidden = any(run.pin for run in runs)
    return Line(shown, left, right, runs[0].middle, size, _lead(shown, glyphs), end, is_hidden)


def _lead(text: str, glyphs: Sequence[Glyph]) -> float:
    """How wide the first piece of a line is."""
    found = _PIECE.match(text)
    count = len("".join(found[0].split())) if found else 0
    drawn = [glyph for glyph in glyphs if not glyph.text.isspace()][:count]
    return drawn[-1].right - drawn[0].left if drawn else 0.0


def _spaced(glyphs: Sequence[Glyph], *, is_own: bool) -> str:
    """The characters with the blanks between them that only their places show."""
    gaps = sorted(after.left - glyph.right for glyph, after in pairwise(glyphs) if not glyph.text.isspace())
    stretch = max(0.0, gaps[len(gaps) // 2]) if gaps else 0.0
    text = ""
    for glyph, after in pairwise((*glyphs, None)):
        assert glyph is not None  # noqa: S101  only the last one of all is none
        text += glyph.text
        if after is not None:
            text += " " * _count_blanks(glyph, after, stretch, is_own=is_own)
    return text


def _count_blanks(glyph: Glyph, after: Glyph, stretch: float, *, is_own: bool) -> int:
    """Blanks between two characters: pdfium gives one for many, and some programs draw none at all."""
    gap, size = after.left - glyph.right - stretch, max(glyph.size, after.size)
    if glyph.text == " " and after.text != " ":
        width = max(glyph.right - glyph.left, 0.1 * size) + stretch
        count = round(gap / width)
        return max(0, count) if is_own or abs(gap - count * width) < 0.1 * width else 0
    if is_own or glyph.text.isspace() or after.text.isspace():
        return 0
    latin = sum(bool(_LATIN.match(each.text)) for each in (glyph, after))
    return int(gap > _GAPS[latin] * size)


def read_block(lines: Sequence[Line], left: float, right: float, *, is_own: bool, has_items: bool = False) -> Block:
    """The text of a cell between two edges; ``has_items``: what stands further apart are items of a list."""
    if not lines:
        return NOTHING
    padding = min(_MOST_PADDING, *(max(0.0, min(line.left - left, right - line.right)) for line in lines))
    limits = left + padding, right - padding
    if is_own:
        return Block(_own(lines), is_cut=lines[-1].end.endswith(CUT_END))
    how = lines[0].size, lines[0].lead, _spare(lines[-1], limits)
    breaks = [_is_typed(line, after, limits) for line, after in pairwise(lines)]
    pitches = [after.middle - line.middle for line, after in pairwise(lines)]
    widest = _widest(pitches, breaks, lines[0].size)
    texts = [lines[0].text.lstrip(" ")]
    for (line, after), is_typed, pitch in zip(pairwise(lines), breaks, pitches, strict=True):
        if is_typed and has_items and pitch > widest:
            texts.append(after.text.lstrip(" "))
        elif is_typed:
            texts[-1] = texts[-1].rstrip(" ") + "\n" + after.text.lstrip(" ")
        else:
            texts[-1] = join(texts[-1], after.text, is_tight=_spare(line, limits) < _LETTER * line.size)
    return Block(tuple(text.rstrip(" ") for text in texts), *how, is_hidden=any(line.is_hidden for line in lines))


def _widest(pitches: Sequence[float], breaks: Sequence[bool], size: float) -> float:
    """How far apart lines of one item may be: about as far as those that the width broke, or the nearest of all.

    Lines all equally far apart are items only where they are set very wide.
    """
    inner = [pitch for pitch, is_typed in zip(pitches, breaks, strict=True) if not is_typed]
    if inner or not pitches:
        return _MORE_ROOM * max(inner, default=size)
    is_even = max(pitches) < _MORE_ROOM * min(pitches)
    is_close = is_even and min(pitches) <= _ITEM_PITCH * size
    return max(pitches) if is_close else (0.0 if is_even else _MORE_ROOM * min(pitches))


def _own(lines: Sequence[Line]) -> tuple[str, ...]:
    """The texts as they were typed: every end of a line that was typed is marked."""
    texts = [""]
    for number, line in enumerate(lines, 1):
        texts[-1] += line.text
        if LINE_END in line.end:
            texts[-1] += "\n"
        if ITEM_END in line.end and number < len(lines):
            texts.append("")
    return tuple(texts)


def _spare(line: Line, limits: tuple[float, float]) -> float:
    """The room a line leaves between its cell's edges, that at its left too where it is centred."""
    before = max(0.0, line.left - limits[0])
    return max(0.0, limits[1] - line.right) + (before if before > 2.5 * line.size else 0.0)


def _is_typed(line: Line, after: Line, limits: tuple[float, float]) -> bool:
    """Whether the next line begins of itself: there was room for its first piece, or it is set as a beginning."""
    before, behind = after.left - limits[0], limits[1] - after.right
    is_indented = line.left + _INDENT * line.size < after.left < limits[0] + 3 * line.size and abs(before - behind) > 1
    is_item = bool(_ITEM_MARK.match(after.text)) and line.text.rstrip().endswith(_STOPS)
    room = _spare(line, limits) - (_BLANK * line.size if line.text.endswith(" ") else 0.0)
    return bool(line.end) or is_indented or is_item or not is_full(room, after.lead, line.size)


def is_full(spare: float, lead: float, size: float) -> bool:
    """Whether a line had no room for the first piece of the next one."""
    return spare < lead + _SPARE * size


def begins_item(text: str) -> bool:
    """Whether a text begins with the mark of a list."""
    return bool(_ITEM_MARK.match(text))


def join(before: str, after: str, *, is_tight: bool = False) -> str:
    """A text with the line that its width parted from it; ``is_tight``: the line before is full to its last letter."""
    after = after.lstrip(" ")
    if before.endswith((" ", "\u3000")) or not before:
        return before + after
    is_word = bool(_LATIN.match(before[-1]) or before[-1] in ",.;:") and bool(_LATIN.match(after))
    is_number = before[-1].isdigit() and after[:1].isdigit()
    is_torn = is_tight and " " not in before.rpartition("\n")[2]
    return before + (" " if is_word and not is_number and not is_torn else "") + after
