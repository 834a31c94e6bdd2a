"""The sanitiser that every input edge (widget, import, paste) calls once.

Decides which characters may be kept in a form: after it SQLite, xlsx, PDF and docx all accept the text unchanged
(reliability.md §2.4). Keeps the text otherwise as typed: no normalisation, no trimming.
"""

import re
from dataclasses import dataclass
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029\v\f\u0085]")
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ud800-\udfff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)


@dataclass(frozen=True, slots=True)
class Sanitised:
    """Text safe to store and print, and how many invisible characters were taken out."""

    text: str
    removed: int


def sanitise(text: str, *, is_multiline: bool = True) -> Sanitised:
    """``text`` with line ends as LF and without control characters; in single-line fields tabs and line ends become spaces."""
    if text.isascii() and text.isprintable():
        return Sanitised(text, 0)
    lines = _LINE_ENDS.sub("\n", text)
    kept, removed = _UNWANTED.subn("", lines)
    if not is_multiline:
        kept = kept.replace("\t", " ").replace("\n", " ")
    return Sanitised(kept, removed)


def excerpt(text: str, most: int = 12) -> str:
    """The beginning of a text as one safe line, for quoting it in a sentence."""
    line = sanitise(text[:most], is_multiline=False).text
    return line if len(text) <= most else f"{line}…"


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, the unit in which Excel counts its limit of 32,767 per cell."""
    return len(text) + sum(character > "\uffff" for character in text)
