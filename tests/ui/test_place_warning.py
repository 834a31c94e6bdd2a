"""The warning about a dangerous data folder: shown until it is understood, and not again for this folder."""

import shutil
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.program import Program
from app.ui.aids.place_warning import PlaceBar, warn_of_place
from tests.ui.conftest import close_program, open_program
from tests.ui.user import PATIENCE

WARNING = "⚠ 数据文件夹位于同步文件夹（OneDrive），可能损坏数据或丢失修改；建议存放在本机硬盘。"


def bars(program: Program) -> list[PlaceBar]:
    return [bar for bar in program.window.findChildren(PlaceBar) if bar.isVisible()]


def test_a_synchronised_folder_is_warned_of_until_it_is_understood(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "OneDrive - 某局"
    shutil.copytree(folder, place)
    program = open_program(place, qtbot)
    warn_of_place(program.window, program.settings, place)
    qtbot.waitUntil(lambda: len(bars(program)) == 1, timeout=PATIENCE)
    (bar,) = bars(program)
    (text,) = bar.findChildren(QLabel)
    (button,) = bar.findChildren(QPushButton)
    assert text.text() == WARNING
    button.click()
    assert bars(program) == []
    close_program(program)

    again = open_program(place, qtbot)
    warn_of_place(again.window, again.settings, place)
    assert bars(again) == []
    close_program(again)

    moved = place.rename(tmp_path / "坚果云")
    elsewhere = open_program(moved, qtbot)
    warn_of_place(elsewhere.window, elsewhere.settings, moved)
    qtbot.waitUntil(lambda: len(bars(elsewhere)) == 1, timeout=PATIENCE)
    close_program(elsewhere)


def test_a_folder_on_this_computer_is_not_warned_of(program: Program, folder: Path) -> None:
    warn_of_place(program.window, program.settings, folder)
    assert bars(program) == []
