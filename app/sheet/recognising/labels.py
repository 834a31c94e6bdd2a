"""What a text of a foreign table is: a block's label, a column's heading, a closing line.

Decides by the words alone, without blanks and in half-width. Knows no position and no form.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from app.sheet.recognising import captions

_BLANKS: Final = re.compile(r"[\s\u200b\u3000]+")
_MANY: Final = 2  # cells of a line that says one thing
_LONGEST: Final = 40  # characters; no label is longer


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text for comparing: half-width, no blanks or line ends, no mark of continuation, no colon at the end."""
    narrow = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(captions.CONTINUED, "", narrow).rstrip(":").lower()


@lru_cache(maxsize=4096)
def block_of(text: str) -> str:
    """The block that a label names: "unit", "year", a list's name, "staffing", "budget"; "" when it names none."""
    label = plain(text)
    if not label or len(label) > _LONGEST:
        return ""
    for each in dict.fromkeys((label, re.sub(captions.BRACKETS_BEHIND, "", label))):
        for name, pattern in (("unit", captions.UNIT), ("year", captions.YEAR), *captions.BLOCKS.items()):
            if re.fullmatch(captions.NUMBERED + f"(?:{pattern})", each):
                return name
    return ""


def split_inline(text: str) -> tuple[str, str]:
    """Block and content of a cell such as 主要成效：… that holds both; ("", "") when it is none."""
    head, colon, rest = text.partition("：") if "：" in text else text.partition(":")
    if not colon or "\n" in head.strip() or not rest.strip():
        return "", ""
    name = block_of(head)
    return (name, rest.strip()) if name else ("", "")


def indicator_field(text: str) -> str:
    """The field that a column of the indicator table is; "" for none."""
    return _field(text, captions.INDICATOR_COLUMNS)


def likely_fields(text: str) -> tuple[str, ...]:
    """The fields that a column may be by its words, where it is none for certain; the likeliest first."""
    return () if is_unlikely(text) else _fields(text, captions.LIKELY_COLUMNS)


def budget_field(text: str) -> str:
    """The field that a column of the budget table is; "" for none."""
    return _field(re.sub(captions.MONEY_NOTE, "", plain(text)), captions.BUDGET_COLUMNS)


def is_unlikely(text: str) -> bool:
    """Whether a heading stands over figures or notes of its own, which no field of ours holds."""
    return bool(re.fullmatch(captions.UNLIKELY, plain(text)))


def likely_amount(text: str) -> str:
    """The amount that a heading among those of amounts probably is; "" for none."""
    bare = re.sub(captions.MONEY_NOTE, "", plain(text))
    if is_budget_name(text) or re.fullmatch(captions.UNLIKELY_AMOUNT, bare):
        return ""
    return next(iter(_fields(bare, captions.LIKELY_AMOUNTS)), "")


def is_sum_name(text: str) -> bool:
    """Whether a line of the budget is the sum of the others."""
    return bool(re.fullmatch(captions.SUM_NAME, plain(text)))


def is_over_heading(texts: Sequence[str]) -> bool:
    """Whether a line holds only headings of several columns each."""
    return len(texts) > 1 and all(re.fullmatch(captions.OVER_HEADING, plain(text)) for text in texts)


def is_under_heading(text: str) -> bool:
    """Whether a heading only says what the heading above it is: its name."""
    return bool(re.fullmatch(captions.UNDER_HEADING, plain(text)))


def is_budget_name(text: str) -> bool:
    """Whether a heading stands over the names of budget lines."""
    return not plain(text) or bool(re.fullmatch(captions.BUDGET_NAME, plain(text)))


def is_total(text: str) -> bool:
    """Whether a row with this label closes the indicator table with its sums."""
    return bool(re.fullmatch(captions.NUMBERED + f"(?:{captions.TOTAL})", _bare(text)))


def is_grade(text: str) -> bool:
    """Whether a row with this label states the grade."""
    return bool(re.fullmatch(captions.NUMBERED + captions.GRADE, _bare(text)))


def grade_places(texts: Sequence[str]) -> tuple[int, ...]:
    """Which texts of a line are labels of the grade: by themselves, or by the grade that stands behind them.

    A row of indicators may be named 考核结果, too: it has more cells, and no sum.
    """
    is_closing = len(texts) <= _MANY or any(map(is_total, texts))
    behind = (*texts[1:], "")[: len(texts)]
    return tuple(
        place
        for place, (text, other) in enumerate(zip(texts, behind, strict=True))
        if is_grade(text)
        or (is_closing and re.fullmatch(captions.NUMBERED + captions.RESULT, _bare(text)) and is_grade_name(other))
    )


def is_grade_name(text: str) -> bool:
    """Whether a text is a grade: 优, 良好, B级."""
    return bool(re.fullmatch(captions.GRADE_NAME, plain(text)))


def split_grade(text: str) -> str:
    """The grade in a cell that says it behind its label: 评价等级：优; "" for none."""
    label, colon, rest = plain(text).partition(":")
    is_label = re.fullmatch(captions.NUMBERED + f"(?:{captions.GRADE}|{captions.RESULT})", label)
    return join_lines(re.split("[:：]", text, maxsplit=1)[-1]) if colon and is_label and is_grade_name(rest) else ""


def is_subtotal(text: str) -> bool:
    """Whether a row with this label is a sum inside the table."""
    return bool(re.fullmatch(captions.SUBTOTAL, _bare(text)))


def is_main_name(text: str) -> bool:
    """Whether a line of the budget is one of the two that all money is parted into, numbered or not."""
    return bool(re.fullmatch(captions.NUMBERED + captions.MAIN_NAME, plain(text)))


def is_title(text: str) -> bool:
    """Whether a text is the title of such a form."""
    return len(plain(text)) <= _LONGEST and bool(re.fullmatch(captions.TITLE, plain(text)))


def find_year(text: str) -> str:
    """The year a title speaks of, "" for none and for the date of something."""
    label = plain(text)
    if re.search(captions.DATE, label):
        return ""
    in_words = re.sub(captions.YEAR_IN_WORDS, lambda found: found[0].translate(captions.WORD_DIGITS), label)
    found = re.search(captions.NUMBER_IN, in_words)
    return found[1] if found else ""


def year_of(text: str) -> str:
    """The content of a cell for the year: the number alone where it says no more than that it is a year."""
    found = re.fullmatch(captions.YEAR_ALONE, plain(text))
    return found["year"] if found else find_year(text) if re.search(captions.YEAR_IN_WORDS, plain(text)) else text


def is_foreign(text: str) -> bool:
    """Whether a label begins a block that no form of ours has, such as 年度总体目标."""
    label = re.sub(captions.BRACKETS_BEHIND, "", plain(text)).rstrip(":")
    return bool(re.fullmatch(captions.NUMBERED + f"(?:{captions.FOREIGN})", label))


def is_heading_text(text: str) -> bool:
    """Whether a line alone is a heading over what follows: 三、绩效指标完成情况."""
    return bool(re.fullmatch(captions.HEADING, join_lines(text)))


def is_annex(text: str) -> bool:
    """Whether a text only counts the annexes of a paper: 附件2."""
    return bool(re.fullmatch(captions.ANNEX, plain(text)))


def is_figure(text: str) -> bool:
    """Whether a cell holds a plain number."""
    return bool(re.fullmatch(captions.FIGURE, plain(text)))


def is_dash(text: str) -> bool:
    """Whether a cell says that nothing stands in it."""
    return bool(re.fullmatch(captions.DASHES, plain(text)))


def find_unit(text: str) -> str:
    """The unit that a line such as 填报单位：… names, "" for none."""
    name, rest = split_inline(text)
    return without_seal(rest) if name == "unit" and not re.fullmatch(captions.MONEY, plain(rest)) else ""


def guess_unit(text: str) -> str:
    """The unit whose name a title begins with, or that stands alone in a line; "" for none."""
    line = join_lines(text)
    found = (
        re.match(captions.UNIT_IN_TITLE, line)
        if is_title(text)
        else re.fullmatch(f"(?P<unit>{captions.UNIT_ALONE})", line)
    )
    return found["unit"] if found else ""


def without_seal(text: str) -> str:
    """A name without the note where the seal goes."""
    return re.sub(captions.SEAL, "", text).rstrip()


def find_money(text: str) -> str:
    """The unit of money that a note or heading states, "" for none."""
    found = re.search(captions.MONEY_NOTE, plain(text))
    return (found["unit"] or found["bracketed"]) if found else ""


def join_lines(text: str) -> str:
    """A name as one line: line ends inside it come from the width of its cell."""
    lines = [line.strip() for line in text.strip().splitlines()]
    joined = ""
    for line in lines:
        needs_space = joined[-1:].isascii() and line[:1].isascii() and joined[-1:].isalnum() and line[:1].isalnum()
        joined += (" " if needs_space else "") + line
    return joined


def whole_label(text: str) -> str:
    """A label as one line, without the mark that it goes on from the page before."""
    return re.sub(captions.CONTINUED, "", join_lines(text)).rstrip()


def _field(text: str, columns: tuple[tuple[str, str], ...]) -> str:
    return next(iter(_fields(text, columns)), "")


def _fields(text: str, columns: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    heading = plain(text)
    if not heading or len(heading) > _LONGEST:
        return ()
    both = dict.fromkeys((heading, _bare(text)))  # 得分(20分*执行率), 全年执行数(B)
    return tuple(dict.fromkeys(name for each in both for name, pattern in columns if re.fullmatch(pattern, each)))


def _bare(text: str) -> str:
    """A label for comparing, without what stands in brackets behind it."""
    return re.sub(captions.BRACKETS_BEHIND, "", plain(text))
