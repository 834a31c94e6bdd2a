"""A spreadsheet's number format as tokens: what stands as it is, and what stands for digits or parts of a date.

Decides where a token ends. Knows no value.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from app.sheet.reading.showing import captions

LITERAL: Final = "literal"
DIGIT: Final = "digit"  # 0 # ?
DATE: Final = "date"  # a run of y, m, d, h, s, a, e
ELAPSED: Final = "elapsed"  # [h]
HALF: Final = "half"  # of a day
GENERAL: Final = "general"
EXPONENT: Final = "exponent"
MARK: Final = "mark"  # . , % @ each for itself

# The formats that files only number. What is missing here shows a number plainly.
_BUILTIN: Final = (
    {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?"}
    | {13: "# ??/??", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm"}
    | {21: "h:mm:ss", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)"}
    | {41: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0"}
    | {5: "\u00a5#,##0;\u00a5-#,##0", 7: "\u00a5#,##0.00;\u00a5-#,##0.00", 49: "@"}
    | {6: "\u00a5#,##0;\u00a5-#,##0", 8: "\u00a5#,##0.00;\u00a5-#,##0.00"}
    | {42: "\u00a5#,##0;\u00a5-#,##0;\u00a5-", 44: "\u00a5#,##0.00;\u00a5-#,##0.00;\u00a5-"}
    | captions.FORMATS
)
DEFAULT: Final = _BUILTIN[0]

MOST_FORMAT: Final = 1_000  # characters; Excel allows 255

_TOKENS: Final = re.compile(
    rf'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<room>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<exponent>E[+-](?=[0#?]))'
    rf"|(?P<general>General|G/\w+)|(?P<half>AM/PM|A/P|{captions.MORNING}/{captions.AFTERNOON})"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,}|e+)|(?P<digit>[0#?])|(?P<mark>[.,%@;])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]{1,20})")
_CURRENCY: Final = re.compile(r"\$([^-]*)(?:-.*)?", re.DOTALL)
_ELAPSED: Final = re.compile("h+|m+|s+", re.IGNORECASE)
_MOST_SECTIONS: Final = 4


class Token(NamedTuple):
    """A piece of a format, of one of the kinds above."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of the up to four parts between semicolons; ``condition`` and ``bound`` say when it holds ("": its place does)."""

    tokens: tuple[Token, ...]
    condition: str = ""
    bound: Decimal = Decimal(0)

    @property
    def is_date(self) -> bool:
        """Whether it shows a date, a time or a duration."""
        return any(token.kind in (DATE, ELAPSED) for token in self.tokens)


@lru_cache(maxsize=1024)
def split_format(number_format: str) -> tuple[Section, ...]:
    """The sections of a format, one at least."""
    sections: list[list[Token]] = [[]]
    conditions = [("", Decimal(0))]
    for match in _TOKENS.finditer(number_format[:MOST_FORMAT]):
        kind = str(match.lastgroup)
        if match["mark"] == ";":
            if len(sections) == _MOST_SECTIONS:
                break
            sections.append([])
            conditions.append(("", Decimal(0)))
        elif kind == "bracket":
            condition = _CONDITION.fullmatch(match["bracket"])
            if condition:
                conditions[-1] = condition[1], _bound(condition[2])
            sections[-1] += _read_bracket(match["bracket"])
        elif kind != "room":
            is_literal = kind in ("quoted", "escaped", "other")
            sections[-1].append(Token(LITERAL if is_literal else kind, match[kind]))
    return tuple(Section(tuple(tokens), *condition) for tokens, condition in zip(sections, conditions, strict=True))


def _bound(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _read_bracket(inside: str) -> Iterator[Token]:
    """A currency or an elapsed time; colours, languages and ways of writing digits show nothing themselves."""
    currency = _CURRENCY.fullmatch(inside)
    if currency and currency[1]:
        yield Token(LITERAL, currency[1])
    elif _ELAPSED.fullmatch(inside):
        yield Token(ELAPSED, inside)


def numbered_format(number: int, own: Mapping[int, str] = MappingProxyType({})) -> str:
    """The format that a file refers to by number; ``own`` are those that it spells out."""
    return own.get(number) or _BUILTIN.get(number, DEFAULT)


def join_literals(tokens: Sequence[Token]) -> str:
    """What of some tokens stands as it is."""
    return "".join(token.text for token in tokens if token.kind == LITERAL)
