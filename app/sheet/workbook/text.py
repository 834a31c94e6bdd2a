"""Texts as an Excel cell or header can hold them.

Decides what must be escaped and what is too long. Knows no sheet.
"""

from html import escape
from typing import Final

from app.form.failure import AppError
from app.form.text import sanitise, utf16_length
from app.sheet import captions, sentences

MOST_CHARACTERS: Final = 32_767


def clean(text: str) -> str:
    """What every file format can hold; the input edges did the same, but a text may come from elsewhere."""
    return text if text.isprintable() else sanitise(text).text


def shield(text: str) -> str:
    """XlsxWriter stores a text of the form <r>…</r> as markup, unescaped; such a one must bring its own escaping."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
    return text


def too_long(text: str) -> AppError:
    """What to say of a text that Excel would cut off."""
    start = " ".join(text[:20].split())
    return AppError(sentences.CELL_TOO_LONG.format(start=start, length=utf16_length(text), most=MOST_CHARACTERS))


def header_text(marking: str) -> str:
    """A page header with the marking at the right, where & begins a code."""
    return captions.XLSX_HEADER.format(marking=clean(marking).replace("&", "&&")) if marking else ""
