"""The program as it is wired, on a data folder of its own that holds the real form; closed at the end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.bootstrap import Front, make_application
from app.editing.sentences import IMPORTED
from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.models.writer import Writer
from app.program import Program
from tests.ui.user import PATIENCE, User


@pytest.fixture(scope="session", autouse=True)
def application(qapp: object) -> Iterator[None]:
    """The translations, font and style of the real program."""
    application = make_application()
    yield
    # Offscreen, Qt lets the clipboard go when Python is gone: what Python made on it would end the process badly.
    application.clipboard().clear()


@pytest.fixture(scope="session")
def sample() -> Form:
    return load_form(resource("samples", "rugao-2024.json"))


@pytest.fixture(scope="session")
def first_folder(tmp_path_factory: pytest.TempPathFactory, application: None) -> Path:
    """A data folder with the real form as the only one, which nobody has opened yet."""
    folder = tmp_path_factory.mktemp("first")
    writer = Writer(folder)
    writer.create(load_form(resource("samples", "rugao-2024.json")), IMPORTED.format(name="rugao-2024.json"))
    assert writer.close(30)
    return folder


@pytest.fixture
def folder(first_folder: Path, tmp_path: Path) -> Path:
    """A data folder with the real form in it."""
    return Path(shutil.copytree(first_folder, tmp_path / "data"))


@pytest.fixture
def program(folder: Path, qtbot: QtBot) -> Iterator[Program]:
    program = open_program(folder, qtbot)
    yield program
    close_program(program)


@pytest.fixture
def user(program: Program, qtbot: QtBot) -> User:
    return User(program, qtbot)


def open_program(folder: Path, bot: QtBot) -> Program:
    """The window as on an office computer, with the form open in it."""
    program = Program(Front(folder))
    program.window.resize(1366, 768)
    with bot.waitExposed(program.window):
        program.window.show()
    program.window.activateWindow()
    bot.waitUntil(lambda: program.window.isActiveWindow() and program.window.session is not None, timeout=PATIENCE)
    return program


def close_program(program: Program) -> None:
    """As when the user closes the window and the process ends."""
    assert program.window.close()
    assert program.writer.close(30)
    delete(program.window)
