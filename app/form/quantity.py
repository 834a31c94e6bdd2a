"""What a typed text says as a quantity: a number, a bound, nothing, or unreadable and why.

Decides how text becomes Decimal and back. Never refuses, changes or rounds what was typed, never makes a float, a
NaN or an infinity; knows no cell and no form.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

from app.form import sentences, vocabulary
from app.form.text import excerpt


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing typed. Not zero."""


@dataclass(frozen=True, slots=True)
class Number:
    """A finite value in ``unit``: "" (plain), "%" (value in percent: 87.5), a money unit (元, 万元 …) or a counted one (人)."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """An inequality or equality such as ≥98%; ``sign`` is one of ≥ ≤ > < =."""

    sign: str
    number: Number


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Not a quantity; ``because`` is a plain Chinese sentence. Words such as 合规 are unreadable as a number, and legitimate."""

    because: str
    has_digits: bool


Quantity = Blank | Number | Bound | Unreadable

_NUMBER: Final = re.compile(r"(?P<sign>[+-]?)\s*(?P<digits>[0-9][0-9,]*|[0-9]*)(?P<tail>\.[0-9]*)?", re.ASCII)
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+", re.ASCII)
_UNITS: Final = (vocabulary.RATE_SIGN, vocabulary.POINT_UNIT, *vocabulary.MONEY_UNITS, *vocabulary.COUNT_UNITS)

# Far more digits than any sum or product of readable numbers has: with it adding and rounding are exact.
EXACT: Final = Context(prec=100, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=4096)
def interpret(text: str) -> Quantity:
    """The quantity that ``text`` states, by the house's spelling rules (full-width digits, 千分位, ￥, units, bounds)."""
    narrow = text.translate(vocabulary.NARROW).strip()
    if not narrow:
        return Blank()
    sign, rest = _split_bound(narrow)
    number = _read_number(rest, text)
    if isinstance(number, Number) and sign:
        return Bound(sign, number)
    return number


def _split_bound(narrow: str) -> tuple[str, str]:
    for spelling, sign in vocabulary.BOUND_SIGNS:
        if narrow.startswith(spelling):
            return sign, narrow[len(spelling) :].strip()
    return "", narrow


def _read_number(narrow: str, typed: str) -> Number | Unreadable:
    if not any("0" <= character <= "9" for character in narrow):
        return Unreadable(sentences.NO_DIGITS.format(text=excerpt(typed)), has_digits=False)
    has_currency = narrow.startswith(vocabulary.CURRENCY_SIGN)
    body = narrow.removeprefix(vocabulary.CURRENCY_SIGN).strip()
    match = _NUMBER.match(body)
    unit = body[match.end() :].strip() if match else ""
    if match is None or not (match["digits"] or len(match["tail"] or "") > 1):
        return Unreadable(sentences.NOT_A_NUMBER.format(text=excerpt(typed)), has_digits=True)
    if unit and unit not in _UNITS:
        return Unreadable(sentences.UNKNOWN_ENDING.format(text=excerpt(typed), ending=excerpt(unit)), has_digits=True)
    if has_currency and unit not in vocabulary.MONEY_UNITS:
        return Unreadable(sentences.CURRENCY_WITHOUT_UNIT.format(text=excerpt(typed)), has_digits=True)
    return _assemble(match["sign"], match["digits"], (match["tail"] or "").removeprefix("."), unit)


def _assemble(sign: str, digits: str, decimals: str, unit: str) -> Number | Unreadable:
    if "," in digits and not _GROUPED.fullmatch(digits):
        return Unreadable(sentences.BAD_GROUPING, has_digits=True)
    whole = digits.replace(",", "").lstrip("0") or "0"
    if len(whole) > vocabulary.MOST_INTEGER_DIGITS or len(decimals) > vocabulary.MOST_DECIMALS:
        return Unreadable(
            sentences.TOO_LONG.format(whole=vocabulary.MOST_INTEGER_DIGITS, decimals=vocabulary.MOST_DECIMALS),
            has_digits=True,
        )
    value = Decimal(f"{whole}.{decimals or '0'}")
    return Number(-value if sign == "-" and value else value, unit)


def to_wan(quantity: Number) -> Decimal | None:
    """The amount in 万元, exact; a plain number already is 万元; None when the unit is no money."""
    if quantity.unit == "":
        return quantity.value
    exponent = vocabulary.MONEY_UNITS.get(quantity.unit)
    if exponent is None:
        return None
    return quantity.value.scaleb(exponent - vocabulary.WAN_EXPONENT)


def format_number(value: Decimal) -> str:
    """``value`` without exponent, trailing zeros or negative zero: 102.50 → "102.5"."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def round_half_up(value: Decimal, places: int) -> Decimal:
    """``value`` rounded to ``places`` decimals, ties away from zero, as Excel's ROUND and 四舍五入 do; never -0."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=EXACT)
    return rounded or rounded.copy_abs()


def format_rounded(value: Decimal, places: int) -> str:
    """``value`` rounded half up and shown with exactly ``places`` decimals."""
    return format(round_half_up(value, places), "f")
