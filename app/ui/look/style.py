"""The style sheet: what Fusion with our palette does not do by itself. Sizes are in font units, on the scale of `spacing`.

It is short on purpose: every rule is matched against every widget while the window is made.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from app.ui.look.palette import Meaning, Role, color_of, mix, outline_color, quiet_color, tint

BANNER: Final = 0.12
CHIP: Final = 0.08
PLAIN_CHIP: Final = 0.06
SHADE: Final = 0.045
HOVER: Final = 0.07
LINE: Final = 0.16
HANDLE: Final = 0.45
HEADING: Final = 1.1  # of the size of other text
ICON: Final = 1.35


def style_sheet(palette: QPalette, points: int, pixels: int) -> str:
    """All rules, with the colours of a palette, for text of a size in points and pixels."""
    size = round(pixels * ICON)
    icons = f"QToolButton, QTabBar, QPushButton {{ icon-size: {size}px {size}px; }}"
    # Under X11 Qt would put pictures of its own on 确定 and 取消, black ones in the dark too.
    icons += "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"
    return (
        icons
        + _text_rules(palette, points)
        + _tab_rules(palette)
        + _field_rules(palette)
        + _table_rules(palette)
        + _scroll_rules(palette)
        + _chip_rules(palette)
        + _bar_rules(palette)
    )


def chip_ground(meaning: Meaning, palette: QPalette) -> QColor:
    """The ground of a chip in the status bar."""
    return mix(palette.color(Role.Window), color_of(meaning, palette), CHIP)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """A property that rules ask for; the widget is matched anew when it has another value."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # otherwise Qt does when it appears
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _shade(palette: QPalette, share: float, ground: QPalette.ColorRole = Role.Window) -> str:
    """A ground with some of the text's colour in it."""
    return mix(palette.color(ground), palette.color(Role.Text), share).name()


def _text_rules(palette: QPalette, points: int) -> str:
    wrong, noted = color_of(Meaning.WRONG, palette).name(), color_of(Meaning.NOTED, palette).name()
    verdicts = "".join(
        f"QLabel[verdict='{meaning.name.lower()}'] {{ color: {color_of(meaning, palette).name()}; }}"
        for meaning in Meaning
    )
    return verdicts + (
        f"QLabel[wrong='true'] {{ color: {wrong}; font-weight: bold; }}"
        "QLabel#blockTitle { qproperty-indent: 0; }"  # else half a letter, for its padding makes Qt see a frame
        f"#blockTitle {{ font-weight: bold; font-size: {points * HEADING:.1f}pt; padding: 0.25em 0; }}"
        f"#note {{ color: {quiet_color(palette).name()}; }}"
        f"*[review='wrong'] {{ color: {wrong}; border: 1px solid {wrong}; }}"
        f"*[review='noted'] {{ border: 1px solid {noted}; }}"
    )


def _tab_rules(palette: QPalette) -> str:
    quiet, line, hover = quiet_color(palette).name(), _shade(palette, LINE), _shade(palette, HOVER)
    return (
        "QTabBar { qproperty-drawBase: 0; }"
        "QTabBar::tab { padding: 0.5em 0.9em; border: none; border-bottom: 0.2em solid transparent;"
        f" color: {quiet}; }}"
        f"QTabBar::tab:hover {{ background: {hover}; }}"
        "QTabBar::tab:selected { color: palette(text); border-bottom-color: palette(accent); }"
        f"QTabBar::tab:selected:focus {{ background: {chip_ground(Meaning.LOCKED, palette).name()}; }}"
        f"QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}"
    )


def _field_rules(palette: QPalette) -> str:
    fields = ("QLineEdit", "QPlainTextEdit", "QTextEdit")
    focused = ", ".join(f"{field}:focus" for field in fields)
    return (
        f"{', '.join(fields)} {{ background: palette(base); border: 1px solid {outline_color(palette).name()};"
        " border-radius: 0.2em; } QPushButton { padding: 0.2em 0.7em; } QLineEdit { padding: 0.15em 0.25em; }"
        f"{focused} {{ border-color: palette(accent); }}"
        "QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 0.75em; height: 0.75em; }"
        "QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; }"
    )


def _table_rules(palette: QPalette) -> str:
    ground, line = _shade(palette, SHADE, Role.Base), _shade(palette, LINE, Role.Base)
    return (
        f"QTableView, QTreeView, QListView {{ border: 1px solid {line}; gridline-color: {line}; }}"
        f"QHeaderView::section, QTableCornerButton::section {{ background: {ground}; border: none; padding: 0.25em;"
        f" border-right: 1px solid {line}; border-bottom: 1px solid {line}; }}"
        "#formList { border: none; background: transparent; } QTreeView::item, QListView::item { padding: 0.15em 0; }"
        "#cellEditor { border: 1px solid palette(accent); border-radius: 0; }"
    )


def _scroll_rules(palette: QPalette) -> str:
    handle, hover = _shade(palette, HANDLE), _shade(palette, HANDLE + HOVER)
    return (
        "QScrollBar { background: transparent; border: none; }"
        "QScrollBar:vertical { width: 0.9em; } QScrollBar:horizontal { height: 0.9em; }"
        f"QScrollBar::handle {{ background: {handle}; border-radius: 0.2em; margin: 0.22em; }}"
        "QScrollBar::handle:vertical { min-height: 2em; } QScrollBar::handle:horizontal { min-width: 2em; }"
        f"QScrollBar::handle:hover {{ background: {hover}; }}"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )


def _chip_rules(palette: QPalette) -> str:
    wrong = color_of(Meaning.WRONG, palette).name()
    return (
        f"QLabel[chip] {{ background: {_shade(palette, PLAIN_CHIP)}; border-radius: 0.4em; padding: 0.15em 0.5em; }}"
        f"QLabel[chip][wrong='true'] {{ background: {chip_ground(Meaning.WRONG, palette).name()}; color: {wrong};"
        " font-weight: normal; }"
    )


def _bar_rules(palette: QPalette) -> str:
    line = _shade(palette, LINE)
    noted = (("#placeBar", Meaning.NOTED), ("#exampleBar", Meaning.NOTED))
    bars = (("#saveBanner", Meaning.WRONG), *noted, ("#lockBar", Meaning.LOCKED))
    return (
        f"#way {{ border: 1px solid {line}; border-radius: 0.3em; background: palette(base); }}"
        f"#way:hover, #way:focus {{ border-color: {palette.color(Role.Accent).name()}; }}"
        f"QStatusBar {{ border-top: 1px solid {line}; }} QStatusBar::item {{ border: none; }}"
        f"#panel {{ background: palette(alternate-base); border: 1px solid {line}; border-radius: 0.3em; }}"
        "QSplitter::handle { background: transparent; image: none; }"
        f"QSplitter::handle:horizontal {{ width: 0.3em; border-left: 1px solid {line}; }}"
        f"QSplitter::handle:vertical {{ height: 0.3em; border-top: 1px solid {line}; }}"
    ) + "".join(
        f"{name} {{ background: {tint(meaning, palette, BANNER).name()};"
        f" border-bottom: 1px solid {color_of(meaning, palette).name()}; }}"
        for name, meaning in bars
    )
