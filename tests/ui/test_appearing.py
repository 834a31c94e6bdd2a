"""The first picture is painted before anything is made that nobody can ask for yet, and stays as it is when that comes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.bootstrap import Front
from app.program import Program
from app.ui.frame.appearing import FirstPicture
from tests.ui.user import PATIENCE

# What a start may not load before its first picture: what asks, what menus do, what writes, and what reads others' files.
NEEDLESS = (
    "app.program",
    "app.ui.about",
    "app.ui.actions",
    "app.ui.aids",
    "app.ui.asking",
    "app.ui.dialogs",
    "app.ui.manual",
    "app.ui.safety",
    "app.ui.start.start_page",
    "app.ui.table.clipboard",
    "app.ui.table.markup",
    "app.ui.tasks",
    "app.ui.writing",
    "app.editing.pasting",
    "app.models.store",
    "app.sheet",
    "alembic",
    "html",
    "platformdirs",
    "sqlalchemy",
    "typer",
)
START = """
import sys
from app.starting import appear, open_front
from app.ui.reports import report_failures
from functools import partial
from pathlib import Path
folder = Path(sys.argv[1])
with report_failures(folder) as reports:
    front = appear(reports, partial(open_front, folder))
    front.application.processEvents()
    print(*sorted(sys.modules))
    front.writer.close(30)
"""


@pytest.fixture
def front(folder: Path, qtbot: QtBot) -> Iterator[Front]:
    """What a start shows first."""
    front = Front(folder)
    with qtbot.waitExposed(front.window):
        front.window.show()
    yield front
    assert front.window.close()
    assert front.writer.close(30)
    delete(front.window)


def test_the_first_picture_needs_only_what_is_seen_in_it(folder: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", START, str(folder)], check=True, capture_output=True, text=True, timeout=60
    )
    loaded = started.stdout.split()
    assert "app.ui.window" in loaded
    assert [name for name in loaded if any(f"{name}.".startswith(f"{each}.") for each in NEEDLESS)] == []


def test_what_the_menus_do_comes_after_the_first_picture_and_changes_nothing_in_it(front: Front, qtbot: QtBot) -> None:
    made: list[Program] = []
    file: QMenu = front.window.menus.file
    assert [action.text() for action in file.actions() if action.text()] == ["退出(&Q)"]
    first = front.window.grab().toImage()
    FirstPicture(front.window, lambda: made.append(Program(front)))
    front.window.repaint()
    assert made == []
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
    entries = [action.text() for action in file.actions() if action.text()]
    assert (entries[0], entries[-1]) == ("新建(&N)…", "退出(&Q)")
    assert front.window.grab().toImage() == first


def test_a_window_that_is_never_painted_gets_its_menus_all_the_same(front: Front, qtbot: QtBot) -> None:
    made: list[bool] = []
    front.window.hide()
    QApplication.processEvents()
    FirstPicture(front.window, lambda: made.append(True))
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
    front.window.show()
    front.window.repaint()
    QApplication.processEvents()
    assert made == [True]
