"""How the window writes a figure that it computed: 1234.5 or 1,234.5. Never used for what was typed, nor on paper.

Decides by the program's own locale, where the settings put it.
"""

from decimal import Decimal
from typing import Final

from PySide6.QtCore import QLocale

from app.form.quantity import format_number

UNGROUPED: Final = QLocale.NumberOption.OmitGroupSeparator


def show_number(value: Decimal) -> str:
    """A computed number as the user wants to read numbers."""
    text = format_number(value)
    if QLocale().numberOptions() & UNGROUPED:
        return text
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole not in {"0", "-0"} else text


def set_grouped(*, is_grouped: bool) -> None:
    """Write thousands apart, or not; what is shown already is to be shown anew."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions if is_grouped else UNGROUPED)
    QLocale.setDefault(locale)
