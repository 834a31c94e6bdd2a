"""A file that is double-clicked reaches the window, whether it is open already or not; and the program can try itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.__main__ import LIBRARY_PATH, is_document, release_libraries, start
from app.form.resources import resource
from app.ui.actions.exports import KINDS
from app.ui.instance import REQUEST, Instance
from tests.architecture.sources import ROOT
from tests.ui.dialogs import answer
from tests.ui.user import PATIENCE, User, push_in, texts_of


@pytest.mark.parametrize("name", ["a.json", "单位-2024-表-v1.zip", "/x y/表.XLSX", "a.et", "表.pdf"])
def test_a_file_is_told_by_its_ending(name: str) -> None:
    assert is_document(name)


@pytest.mark.parametrize("name", ["check", "smoke", "--version", "-x.json", "a.exe", ""])
def test_a_command_is_no_file(name: str) -> None:
    assert not is_document(name)


def test_a_second_start_hands_its_file_over(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    opened, shown = list[Path](), list[str]()
    document = tmp_path / "自评 价表.zip"
    assert first.acquire()
    second._ask(document)
    first.watch(lambda: shown.append("once"), opened.append)
    assert (shown, opened) == (["once"], [document])
    second._ask(None)
    qtbot.waitUntil(lambda: shown == ["once", "once"], timeout=PATIENCE)
    assert opened == [document]
    assert [path.name for path in tmp_path.iterdir() if REQUEST.split(".")[0] in path.name] == ["jixiao.lock"]


def test_a_file_of_ours_is_asked_about_before_it_comes_in(user: User) -> None:
    before = len(user.program.writer.list_forms())
    asked: list[str] = []

    def accept(dialog: QMessageBox) -> None:
        asked.append(texts_of(dialog))
        push_in(dialog, "装入")

    answer(QMessageBox, accept)
    user.program.open_document(resource("samples", "rugao-2024.json"))
    user.bot.waitUntil(lambda: len(user.program.writer.list_forms()) == before + 1, timeout=PATIENCE)
    assert "如皋市社会保险基金管理中心" in asked[0]


def test_a_missing_file_is_said(user: User, tmp_path: Path) -> None:
    said: list[str] = []
    answer(QMessageBox, lambda box: said.append(texts_of(box)))
    user.program.open_document(tmp_path / "没有.zip")
    user.bot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert "没有.zip" in said[0]


def test_the_program_tries_itself(tmp_path: Path, application: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["smoke", str(tmp_path / "试")]) == 0
    said = capsys.readouterr().out
    assert said.count("读回来相同") == 3
    assert {path.suffix for path in (tmp_path / "试").iterdir()} == {"", *KINDS, ".zip", ".png"}


@pytest.mark.parametrize("original", [None, "/usr/local/lib"])
def test_programs_that_it_opens_use_their_own_libraries(monkeypatch: pytest.MonkeyPatch, original: str | None) -> None:
    monkeypatch.setenv(LIBRARY_PATH, "/opt/jixiao/_internal")
    if original is not None:
        monkeypatch.setenv(f"{LIBRARY_PATH}_ORIG", original)
    release_libraries()
    assert os.environ[LIBRARY_PATH] == "/opt/jixiao/_internal"  # not frozen: the user's own
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    release_libraries()
    assert os.environ.get(LIBRARY_PATH) == original
    assert f"{LIBRARY_PATH}_ORIG" not in os.environ


def test_an_executable_of_that_name_is_set_up_too() -> None:
    """Qt calls a program after its executable: a frozen one has the name before anything was set up."""
    script = """
import sys
sys.argv = ["/opt/jixiao/jixiao"]
from PySide6.QtWidgets import QApplication, QDialogButtonBox
early = QApplication(sys.argv)
assert early.applicationName() == "jixiao"
from app.bootstrap import make_application
assert make_application() is early
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
print(box.button(QDialogButtonBox.StandardButton.Cancel).text(), early.windowIcon().isNull())
"""
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert finished.stdout.split()[0].startswith("取消")
    assert finished.stdout.split()[1] == "False"
