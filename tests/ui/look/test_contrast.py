"""Text in every colour the program uses can be read on every ground it stands on, in both themes (WCAG 2.1, AA)."""

from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette

from app.ui.face import Face, Tone
from app.ui.look.palette import (
    Meaning,
    Role,
    color_of,
    is_dark,
    make_box_palette,
    make_palette,
    outline_color,
    quiet_color,
    tint,
)
from app.ui.look.style import BANNER, chip_ground
from app.ui.look.tones import background, note_color, subtext_color, text_color

TEXT = 4.5
LARGE = 3.0  # signs, frames of focus
GROUNDS = (Role.Window, Role.Base, Role.AlternateBase, Role.Button)


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def palette(request: pytest.FixtureRequest) -> QPalette:
    return make_palette(is_dark=request.param)


def test_the_scale_of_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("#000"), QColor("#fff")) == pytest.approx(21)
    assert contrast(QColor("#777"), QColor("#fff")) == pytest.approx(4.48, abs=0.01)


def test_the_themes_are_a_light_and_a_dark_one() -> None:
    assert [is_dark(make_palette(is_dark=dark)) for dark in (False, True)] == [False, True]


@pytest.mark.parametrize("role", [Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText, Role.Link])
def test_text_can_be_read_on_every_ground(palette: QPalette, role: QPalette.ColorRole) -> None:
    found = {ground.name: contrast(palette.color(role), palette.color(ground)) for ground in GROUNDS}
    assert {name: ratio for name, ratio in found.items() if ratio < TEXT} == {}


def test_chosen_text_and_tool_tips_can_be_read(palette: QPalette) -> None:
    assert contrast(palette.color(Role.HighlightedText), palette.color(Role.Highlight)) >= TEXT
    assert contrast(palette.color(Role.ToolTipText), palette.color(Role.ToolTipBase)) >= TEXT


def test_notes_can_be_read(palette: QPalette) -> None:
    assert contrast(quiet_color(palette), palette.color(Role.Window)) >= TEXT
    assert contrast(quiet_color(palette), palette.color(Role.Base)) >= TEXT


@pytest.mark.parametrize("meaning", Meaning)
def test_what_has_a_meaning_can_be_read(palette: QPalette, meaning: Meaning) -> None:
    ink = color_of(meaning, palette)
    assert contrast(ink, palette.color(Role.Window)) >= TEXT
    assert contrast(ink, palette.color(Role.Base)) >= TEXT
    assert contrast(ink, chip_ground(meaning, palette)) >= TEXT
    assert contrast(palette.color(Role.WindowText), tint(meaning, palette, BANNER)) >= TEXT


@pytest.mark.parametrize(("tone", "is_selected", "is_wrong"), list(product(Tone, (False, True), (False, True))))
def test_every_cell_can_be_read(palette: QPalette, tone: Tone, is_selected: bool, is_wrong: bool) -> None:
    ground = background(tone, palette, is_selected=is_selected, is_wrong=is_wrong)
    faces = (Face("1", mark="x"),) if is_wrong else (Face("1"), Face("1", is_dim=True))
    inks = [*(text_color(face, palette) for face in faces), subtext_color(palette)]
    assert [ratio for ink in inks if (ratio := contrast(ink, ground)) < TEXT] == []


def test_the_focus_can_be_seen(palette: QPalette) -> None:
    for ground in GROUNDS:
        assert contrast(palette.color(Role.Accent), palette.color(ground)) >= LARGE


def test_fields_can_be_seen(palette: QPalette) -> None:
    assert contrast(outline_color(palette), palette.color(Role.Window)) >= LARGE
    assert contrast(outline_color(palette), palette.color(Role.Base)) >= LARGE
    assert contrast(make_box_palette(palette).color(Role.Window).darker(140), palette.color(Role.Window)) >= LARGE


def test_signs_can_be_seen(palette: QPalette) -> None:
    assert contrast(note_color(palette), palette.color(Role.Base)) >= LARGE
    assert contrast(color_of(Meaning.WRONG, palette), palette.color(Role.Base)) >= LARGE
