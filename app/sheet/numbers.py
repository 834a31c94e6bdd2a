"""Which spreadsheet number format shows a number exactly as its text stands on the paper.

Decides whether a cell may be a real number. Knows no file library: a format is a piece of text such as ``0.00%``.
Full-width digits, typographic minus signs and bounds (≥98%) can't be reproduced by a format: they stay text.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

# A spreadsheet computes in binary doubles and shows at most 15 significant digits.
MOST_DIGITS: Final = 15

_SHOWN: Final = re.compile(
    r"(?P<minus>-?)(?P<currency>[$\u00a5\uffe5]?)"
    r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.(?P<decimals>[0-9]{1,15}))?"
    r"(?P<percent>[ ]{0,3}%)?(?P<unit>[^\"\\%\x00-\x1f\x7f]{0,20})"
)


@lru_cache(maxsize=4096)
def number_format(text: str, number: Decimal) -> str | None:
    """The format that shows ``number`` as exactly ``text``, or None: then the cell must be written as text.

    >>> number_format("87.5%", Decimal("0.875"))
    '0.0%'
    >>> number_format("1,546.91 m", Decimal("1546.91"))
    '#,##0.00" m"'
    """
    match = _SHOWN.fullmatch(text)
    if match is None or not is_storable(number):
        return None
    whole, decimals, percent = match["whole"], match["decimals"] or "", match["percent"] or ""
    shown = Decimal(f"{match['minus']}{whole.replace(',', '')}.{decimals or '0'}")
    is_negative_zero = bool(match["minus"]) and not shown
    if is_negative_zero or shown.scaleb(-2 if percent else 0) != number:
        return None
    digits = "#,##0" if "," in whole else "0" * len(whole) if whole.startswith("0") else "0"
    fraction = f".{'0' * len(decimals)}" if decimals else ""
    return f"{_quote(match['currency'])}{digits}{fraction}{percent}{_quote(match['unit'])}"


def is_storable(number: Decimal) -> bool:
    """Whether a double holds ``number`` exactly in the 15 significant digits that a spreadsheet shows."""
    return number.is_finite() and len(number.as_tuple().digits) <= MOST_DIGITS and abs(number.adjusted()) <= MOST_DIGITS


def _quote(literal: str) -> str:
    return f'"{literal}"' if literal else ""
