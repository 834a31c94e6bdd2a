"""What `make shots` finds wrong with a window, and that its scenes have names of their own."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from scripts.scenes import SCENES
from scripts.shots import find_problems


def window_with(bot: QtBot, part: QWidget, wide: int) -> QWidget:
    window = QWidget()
    bot.addWidget(window)
    part.setParent(window)
    part.resize(wide, 40)
    window.resize(900, 200)
    window.show()
    return window


def test_scenes_have_names_of_their_own() -> None:
    names = [name for name, _ in SCENES]
    assert len(names) == len(set(names))


def test_text_that_has_room_is_no_problem(qtbot: QtBot) -> None:
    assert list(find_problems(window_with(qtbot, QLabel("自评价表"), 300))) == []


def test_a_label_that_is_cut_is_reported(qtbot: QtBot) -> None:
    assert list(find_problems(window_with(qtbot, QLabel("自评价表"), 20))) == ["cut: '自评价表'"]


def test_a_paragraph_that_is_cut_is_reported(qtbot: QtBot) -> None:
    long = QLabel("自评价表" * 30, wordWrap=True)
    assert len(list(find_problems(window_with(qtbot, long, 100)))) == 1


def test_a_button_that_is_cut_is_reported(qtbot: QtBot) -> None:
    assert list(find_problems(window_with(qtbot, QPushButton("导出"), 20))) == ["cut: '导出'"]


def test_a_window_beyond_the_smallest_screen_is_reported(qtbot: QtBot) -> None:
    window = window_with(qtbot, QLabel(), 20)
    window.resize(1400, 500)
    assert list(find_problems(window)) == ["1400 × 500 is too large"]
