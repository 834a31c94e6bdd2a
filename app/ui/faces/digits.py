"""How the window writes a figure that it computed: 1234.5 or 1,234.5. Never used for what was typed, nor on paper.

Decides by the program's own locale, where the settings put it. Faces are imported before Qt, which makes every import after
it slower, so Qt is asked only when a number is written.
"""

from decimal import Decimal

from app.form.quantity import format_number


def show_number(value: Decimal) -> str:
    """A computed number as the user wants to read numbers."""
    from PySide6.QtCore import QLocale  # noqa: PLC0415 - as said above

    text = format_number(value)
    if QLocale().numberOptions() & QLocale.NumberOption.OmitGroupSeparator:
        return text
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole not in {"0", "-0"} else text


def set_grouped(*, is_grouped: bool) -> None:
    """Write thousands apart, or not; what is shown already is to be shown anew."""
    from PySide6.QtCore import QLocale  # noqa: PLC0415 - as said above

    locale = QLocale()
    options = QLocale.NumberOption
    locale.setNumberOptions(options.DefaultNumberOptions if is_grouped else options.OmitGroupSeparator)
    QLocale.setDefault(locale)
