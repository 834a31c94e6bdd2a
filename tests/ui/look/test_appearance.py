"""Theme and size of the text change on an open window, and everything in it follows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from app.form.rows import Place
from app.ui.look.appearance import Appearance, Scheme, apply_appearance
from app.ui.look.palette import Meaning, Role, color_of, is_dark
from app.ui.table.view import TableView
from tests.ui.look.test_contrast import LARGE, contrast
from tests.ui.look.theme import running
from tests.ui.test_layout import cut_cells, table_of
from tests.ui.user import User

POINTS = 10


def ground(view: TableView, place: Place) -> QColor:
    """The colour at the edge of a cell, as painted."""
    cell = view.visualRect(view.faces_model.index_of(place))
    return view.viewport().grab(cell).toImage().pixelColor(2, 2)


def test_the_theme_changes_on_an_open_window(user: User) -> None:
    place = Place("indicators", "indicator-09", "target")
    view = table_of(user, "indicators")
    light = ground(view, place)
    apply_appearance(running(), Scheme.DARK, POINTS)
    assert light.lightness() > 200
    assert ground(view, place).lightness() < 60
    assert is_dark(user.window.palette())
    assert user.window.grab().toImage().pixelColor(3, 3).lightness() < 80
    wrong = user.window.totals.score
    assert wrong.palette().color(Role.WindowText) == color_of(Meaning.WRONG, QApplication.palette())
    apply_appearance(running(), Scheme.LIGHT, POINTS)
    assert ground(view, place) == light


@pytest.mark.parametrize("scheme", Scheme)
def test_the_outlines_of_boxes_can_be_seen(scheme: Scheme) -> None:
    apply_appearance(running(), scheme, POINTS)
    window = QWidget()
    box = QCheckBox("x", window)
    picture = window.grab().toImage()
    under, middle = picture.pixelColor(0, 0), box.height() // 2
    edge = max((picture.pixelColor(x, middle) for x in range(8)), key=lambda color: contrast(color, under))
    assert contrast(edge, under) >= LARGE


@pytest.mark.parametrize("scheme", Scheme)
def test_buttons_of_dialogs_have_no_pictures_of_qt_s_own(scheme: Scheme, qtbot: QtBot) -> None:
    apply_appearance(running(), scheme, POINTS)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    box.show()
    assert all(button.icon().isNull() for button in box.buttons())


@pytest.mark.parametrize("points", [9, 13, 16])
@pytest.mark.parametrize("zoom", [0, 3])
def test_text_of_another_size_is_shown_whole(user: User, points: int, zoom: int) -> None:
    view = table_of(user, "indicators")
    view.zoom_by(zoom)
    before = view.font().pointSizeF()
    apply_appearance(running(), Scheme.SYSTEM, points)
    assert view.font().pointSizeF() == pytest.approx(before * points / POINTS)
    user.bot.waitUntil(lambda: not list(cut_cells(view)), timeout=2000)
    assert user.window.totals.grade.font().pointSize() == points
    view.zoom_by(-zoom)


@pytest.mark.parametrize("points", [9, 16])
def test_the_window_fits_a_small_screen_with_text_of_any_size(user: User, points: int) -> None:
    apply_appearance(running(), Scheme.SYSTEM, points)
    for number in range(user.window.tabs.count()):
        user.window.tabs.setCurrentIndex(number)
        user.window.show_review()
        QApplication.processEvents()
        least = user.window.minimumSizeHint()
        assert least.width() <= 1366
        assert least.height() <= 768 - 60  # the task bar and the title


def test_sizes_beyond_the_range_are_the_nearest_ones(user: User) -> None:
    apply_appearance(running(), Scheme.SYSTEM, 4)
    assert QApplication.font().pointSize() == 9
    apply_appearance(running(), Scheme.SYSTEM, 40)
    assert QApplication.font().pointSize() == 16


def test_the_system_s_theme_is_followed_while_it_is_wanted(user: User) -> None:
    remembered = running().findChild(Appearance)
    assert remembered is not None
    apply_appearance(running(), Scheme.DARK, POINTS)
    running().styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert is_dark(QApplication.palette())
    apply_appearance(running(), Scheme.SYSTEM, POINTS)
    assert not is_dark(QApplication.palette())
