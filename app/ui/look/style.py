"""The style sheet: what Fusion with our palette does not do by itself. Sizes are in font units, on the scale of `spacing`.

It is short on purpose: every rule is matched against every widget while the window is made.
"""

from typing import Final

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from app.ui.look.palette import Meaning, Role, color_of, mix, quiet_color, tint

BANNER: Final = 0.12
CHIP: Final = 0.10
SHADE: Final = 0.045
HOVER: Final = 0.07
LINE: Final = 0.16


def style_sheet(palette: QPalette) -> str:
    """All rules, with the colours of a palette."""
    return _heading_rules(palette) + _table_rules(palette) + _state_rules(palette) + _frame_rules(palette)


def chip_ground(meaning: Meaning, palette: QPalette) -> QColor:
    """The ground of a chip in the status bar."""
    return mix(palette.color(Role.Window), color_of(meaning, palette), CHIP)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """A property that rules ask for; the widget is matched anew when it has another value."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.isVisible():  # otherwise Qt polishes it when it appears
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _heading_rules(palette: QPalette) -> str:
    return (
        "#blockTitle { font-weight: bold; padding: 0.25em 0; }"
        f"#note {{ color: {quiet_color(palette).name()}; }}"
        "QToolButton { padding: 0.25em; }"
    )


def _table_rules(palette: QPalette) -> str:
    window, text = palette.color(Role.Base), palette.color(Role.Text)
    ground, line = mix(window, text, SHADE).name(), mix(window, text, LINE).name()
    return (
        f"QHeaderView::section {{ background: {ground}; border: none; padding: 0.25em;"
        f" border-right: 1px solid {line}; border-bottom: 1px solid {line}; }}"
        "#cellEditor { border: 1px solid palette(accent); }"
    )


def _state_rules(palette: QPalette) -> str:
    wrong, noted = color_of(Meaning.WRONG, palette).name(), color_of(Meaning.NOTED, palette).name()
    return (
        f"QLabel[wrong='true'] {{ color: {wrong}; font-weight: bold; }}"
        + "".join(
            f"QLabel[verdict='{meaning.name.lower()}'] {{ color: {color_of(meaning, palette).name()}; }}"
            for meaning in Meaning
        )
        + f"*[review='wrong'] {{ color: {wrong}; border: 1px solid {wrong}; }}"
        f"*[review='noted'] {{ border: 1px solid {noted}; }}"
    )


def _frame_rules(palette: QPalette) -> str:
    bars = (("#saveBanner", Meaning.WRONG), ("#placeBar", Meaning.NOTED), ("#lockBar", Meaning.LOCKED))
    return "QStatusBar::item { border: none; }" + "".join(
        f"{name} {{ background: {tint(meaning, palette, BANNER).name()};"
        f" border-bottom: 1px solid {color_of(meaning, palette).name()}; }}"
        for name, meaning in bars
    )
