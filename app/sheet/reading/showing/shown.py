"""A value and its number format → the text that a spreadsheet shows.

Decides the text alone: colours, widths and fonts are nobody's business here, and where a narrow column would cut digits
off, all of them are given. Knows no file library.
"""

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from app.sheet.reading.showing.dates import Moment, show_date
from app.sheet.reading.showing.formats import (
    DEFAULT,
    DIGIT,
    EXPONENT,
    GENERAL,
    LITERAL,
    MARK,
    Section,
    Token,
    join_literals,
    split_format,
)

Value = str | bool | int | float | Moment | None

MOST_DIGITS: Final = 15  # that a spreadsheet keeps
_ROOM: Final = 10  # digits that a cell without a format shows
_MOST_DECIMALS: Final = 30
_MOST_SIZE: Final = 40  # digits before the point; what is larger is written with an exponent
_PRECISION: Final = 1_200  # a format has up to a thousand decimals
_POINT: Final = Token(MARK, ".")
_COMMA: Final = Token(MARK, ",")
_PERCENT: Final = Token(MARK, "%")
_OVERFLOW: Final = "#NUM!"
_ESCAPED_RETURN: Final = re.compile("_x000[Dd]_\n?")
_COMPARISONS: Final = {
    "<": lambda number, bound: number < bound,
    "<=": lambda number, bound: number <= bound,
    ">": lambda number, bound: number > bound,
    ">=": lambda number, bound: number >= bound,
    "=": lambda number, bound: number == bound,
    "<>": lambda number, bound: number != bound,
}


def show(value: Value, number_format: str = DEFAULT) -> str:
    """What stands in the cell."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return _show_text(_ESCAPED_RETURN.sub("\n", value), number_format)
        case int() | float():
            return _show_number(value, number_format)
    section = split_format(number_format)[0]
    return show_date(value, section.tokens if section.is_date else ())


def _show_text(text: str, number_format: str) -> str:
    """Most formats leave texts alone; a section with @ says what stands around them."""
    if "@" not in number_format or number_format == "@":
        return text
    for section in reversed(split_format(number_format)):
        if Token(MARK, "@") in section.tokens:
            return "".join(text if token.text == "@" else join_literals([token]) for token in section.tokens)
    return text


def _show_number(value: float, number_format: str) -> str:
    if not math.isfinite(value):
        return _OVERFLOW
    with localcontext(prec=_PRECISION):
        number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{MOST_DIGITS}g}")
        if number.adjusted() > _MOST_SIZE:
            return f"{number:E}"
        section, needs_sign = _choose(split_format(number_format), number)
        sign = "-" if number < 0 and needs_sign else ""
        if section.is_date or not number_format:
            return sign + _show_general(abs(number))
        return (sign + _fill(section.tokens, abs(number))).strip()


def _choose(sections: Sequence[Section], number: Decimal) -> tuple[Section, bool]:
    """The section for a number, and whether it needs a minus sign of its own."""
    if any(section.condition for section in sections):
        for section in sections:
            if not section.condition or _COMPARISONS[section.condition](number, section.bound):
                return section, True
        return sections[-1], True
    numeric = [section for section in sections if Token(MARK, "@") not in section.tokens] or list(sections)
    positive, *others = numeric
    if number < 0 and others:
        return others[0], False
    if number == 0 and len(others) > 1:
        return others[1], False
    return positive, True


def _fill(tokens: Sequence[Token], number: Decimal) -> str:
    """A section with the digits of a number that is not negative."""
    places = [place for place, token in enumerate(tokens) if token.kind == DIGIT]
    general = next((place for place, token in enumerate(tokens) if token.kind == GENERAL or token.text == "@"), None)
    if not places and general is None:
        return join_literals(tokens)
    if (
        not places or Token(LITERAL, "/") in tokens[places[0] : places[-1]]
    ):  # a vulgar fraction is said as a decimal one
        first, last = (general, general) if general is not None else (places[0], places[-1])
        return f"{join_literals(tokens[:first])}{_show_general(number)}{join_literals(tokens[last + 1 :])}"
    number = number.scaleb(2 * tokens.count(_PERCENT) - 3 * _trailing_commas(tokens, places[-1]))
    point = tokens.index(_POINT) if _POINT in tokens else len(tokens)
    end = next((place for place, token in enumerate(tokens) if token.kind == EXPONENT), len(tokens))
    whole = [place for place in places if place < min(point, end)]
    fraction = [place for place in places if point < place < end]
    if end < len(tokens):
        filled = {places[0]: f"{number:.{len(fraction)}E}"}
    else:
        digits, _, decimals = f"{_round(number, len(fraction)):f}".partition(".")
        is_grouped = any(token == _COMMA for token in tokens[whole[0] : whole[-1]]) if whole else False
        filled = _place_whole(tokens, whole, digits.lstrip("0"), is_grouped=is_grouped)
        shown = _place_decimals(tokens, fraction, decimals)
        filled |= shown
        if not whole:
            filled[point] = digits.lstrip("0") + "." * bool(shown)
        elif shown:
            filled[point] = "."
    return "".join(filled.get(place, _stand(token)) for place, token in enumerate(tokens))


def _stand(token: Token) -> str:
    return token.text if token.kind == LITERAL or token == _PERCENT else ""


def _trailing_commas(tokens: Sequence[Token], last: int) -> int:
    """Commas right behind the digits: each a thousandth."""
    behind = tokens[last + 1 :]
    return next((count for count, token in enumerate(behind) if token != _COMMA), len(behind))


def _place_whole(tokens: Sequence[Token], places: Sequence[int], digits: str, *, is_grouped: bool) -> dict[int, str]:
    """The digits before the point, from the right; the first place takes all that are left."""
    least = sum(tokens[place].text == "0" for place in places)
    digits = digits.rjust(least, "0")
    if is_grouped:
        return {places[0]: f"{int(digits):,}" if digits else ""}
    filled = {}
    for place in reversed(places):
        cut = max(0, len(digits) - 1) if place != places[0] else 0
        filled[place], digits = digits[cut:], digits[:cut]
    return filled


def _place_decimals(tokens: Sequence[Token], places: Sequence[int], decimals: str) -> dict[int, str]:
    """The digits behind the point, without zeros at the end that nobody asked for."""
    kept = len(places)
    while kept and decimals[kept - 1] == "0" and tokens[places[kept - 1]].text != "0":
        kept -= 1
    return dict(zip(places[:kept], decimals, strict=False))


def _show_general(number: Decimal) -> str:
    """As many decimals as a cell has room for, and never an exponent: digits are what a form is about."""
    decimals = max(0, _ROOM - len(str(int(number))))
    if number.adjusted() < -_ROOM:
        decimals = _MOST_DECIMALS
    digits = f"{_round(number, decimals):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _round(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
