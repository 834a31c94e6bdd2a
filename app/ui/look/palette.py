"""The colours of the light and the dark theme: two palettes, one accent, and the few colours with a meaning.

Every other colour is mixed from these, so that a widget asks its own palette and follows a change of the theme by itself.
tests/ui/look/test_contrast.py holds text to WCAG AA.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from PySide6.QtGui import QColor, QPalette

MIDDLE: Final = 128
Role = QPalette.ColorRole
LIGHT: Final = {
    Role.Window: "#f3f4f6",
    Role.Base: "#ffffff",
    Role.AlternateBase: "#f7f8fa",
    Role.Button: "#fbfbfc",
    Role.WindowText: "#1b1f24",
    Role.Midlight: "#e9ebee",
    Role.Mid: "#cfd3d9",
    Role.Dark: "#a7adb6",
    Role.Shadow: "#6b7280",
    Role.PlaceholderText: "#69707b",
    Role.Highlight: "#1f68a6",
    Role.HighlightedText: "#ffffff",
    Role.Accent: "#1f68a6",
    Role.ToolTipBase: "#ffffff",
    Role.BrightText: "#ffffff",
}
DARK: Final = {
    Role.Window: "#212428",
    Role.Base: "#191b1e",
    Role.AlternateBase: "#1e2124",
    Role.Button: "#30343a",
    Role.WindowText: "#e4e7eb",
    Role.Midlight: "#3a3f46",
    Role.Mid: "#454b53",
    Role.Dark: "#131517",
    Role.Shadow: "#0b0c0d",
    Role.PlaceholderText: "#98a1ac",
    Role.Highlight: "#2c69a3",
    Role.HighlightedText: "#ffffff",
    Role.Accent: "#7ab8f5",
    Role.ToolTipBase: "#2b2f34",
    Role.BrightText: "#ffffff",
}
# Roles that have the colour of another.
SAME: Final = {
    Role.WindowText: (Role.Text, Role.ButtonText, Role.ToolTipText),
    Role.Accent: (Role.Link, Role.LinkVisited),
}
TEXTS: Final = (Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText)
FADED: Final = 0.52
OUTLINE: Final = 0.52
FUSION_DARKER: Final = 127  # percent: QFusionStyle darkens to 140 and lightens by a tenth
QUIET: Final = 0.25


class Meaning(Enum):
    """What a colour can say besides words and signs: is wrong, look at it, all is well, is locked."""

    WRONG = ("#a51d16", "#ffa79e")
    NOTED = ("#855600", "#f0b44c")
    GOOD = ("#176b36", "#74d191")
    LOCKED = ("#1f68a6", "#7ab8f5")


def make_palette(*, is_dark: bool) -> QPalette:
    """The palette of a theme."""
    palette = QPalette()
    for role, name in _with_same(DARK if is_dark else LIGHT).items():
        palette.setColor(role, QColor(name))
    base = palette.color(Role.Window)
    for role in TEXTS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, mix(palette.color(role), base, FADED))
    palette.setColor(QPalette.ColorGroup.Disabled, Role.Highlight, palette.color(Role.Mid))
    return palette


def _with_same(names: Mapping[QPalette.ColorRole, str]) -> dict[QPalette.ColorRole, str]:
    return dict(names) | {other: names[role] for role, others in SAME.items() for other in others}


def is_dark(palette: QPalette) -> bool:
    """Whether the palette is a dark one."""
    return palette.color(Role.Base).lightness() < MIDDLE


def color_of(meaning: Meaning, palette: QPalette) -> QColor:
    """The colour of a meaning, readable as text on the palette's grounds."""
    return QColor(meaning.value[is_dark(palette)])


def mix(base: QColor, over: QColor, share: float) -> QColor:
    """``base`` with ``share`` (ratio) of another colour in it."""
    return QColor.fromRgbF(
        base.redF() * (1 - share) + over.redF() * share,
        base.greenF() * (1 - share) + over.greenF() * share,
        base.blueF() * (1 - share) + over.blueF() * share,
    )


def tint(meaning: Meaning, palette: QPalette, share: float) -> QColor:
    """The palette's base with a little of a meaning in it, as a ground."""
    return mix(palette.color(Role.Base), color_of(meaning, palette), share)


def outline_color(palette: QPalette) -> QColor:
    """The colour of the lines around fields and boxes, which must be seen to be used."""
    return mix(palette.color(Role.Window), palette.color(Role.Text), OUTLINE)


def make_box_palette(palette: QPalette) -> QPalette:
    """The palette of boxes that Fusion itself outlines: with the window's colour, darkened by so much."""
    boxes = QPalette(palette)
    boxes.setColor(Role.Window, outline_color(palette).lighter(FUSION_DARKER))
    return boxes


def quiet_color(palette: QPalette) -> QColor:
    """The colour of text beside the matter: notes, computed lines."""
    return mix(palette.color(Role.Text), palette.color(Role.Base), QUIET)
