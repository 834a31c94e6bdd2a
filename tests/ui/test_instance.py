"""One program per data folder: with real processes, living, killed and silent."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.form.failure import AppError
from app.ui.instance import LOCK, REQUEST, Instance, bring_forward

ROOT = Path(__file__).parents[2]
PATIENCE = 30_000  # milliseconds; a process has to start


@contextmanager
def started(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The real program on a data folder, killed at the end if it still runs."""
    command = [sys.executable, "-m", "app", "--data", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def log_of(folder: Path) -> str:
    file = folder / "logs" / "jixiao.log"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def holder(folder: Path) -> int:
    """The process that has the folder open."""
    return int(QLockFile(str(folder / LOCK)).getLockInfo()[0])


def test_a_second_start_shows_the_first_window_and_ends(folder: Path, qtbot: QtBot) -> None:
    with started(folder) as first:
        qtbot.waitUntil(lambda: "started" in log_of(folder), timeout=PATIENCE)
        with started(folder) as second:
            assert second.wait(30) == 0
            assert second.stdout is not None
            assert second.stdout.read() == ""
        assert first.poll() is None
        assert "the window is shown" in log_of(folder)
        assert log_of(folder).count("started\n") == 1
        assert holder(folder) == first.pid
        assert not (folder / REQUEST).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes another way")
def test_after_kill_9_the_next_start_opens_at_once(folder: Path, qtbot: QtBot) -> None:
    with started(folder) as first:
        qtbot.waitUntil(lambda: "started" in log_of(folder), timeout=PATIENCE)
        first.send_signal(signal.SIGKILL)
        first.wait(30)
    assert (folder / LOCK).exists()
    with started(folder) as second:
        qtbot.waitUntil(lambda: log_of(folder).count("started\n") == 2, timeout=PATIENCE)
        assert holder(folder) == second.pid


def test_a_folder_is_opened_once(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.acquire()
    with pytest.raises(AppError) as said:
        second.acquire(0.1)
    assert f"进程 {os.getpid()}" in str(said.value)
    assert "没有响应" in str(said.value)
    assert not (tmp_path / REQUEST).exists()
    first.release()
    assert second.acquire(0.1)


def test_a_second_start_takes_over_from_one_that_is_just_ending(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.acquire()
    answers: list[bool] = []
    waiting = threading.Thread(target=lambda: answers.append(second.acquire(30)))
    waiting.start()
    qtbot.waitUntil((tmp_path / REQUEST).exists, timeout=PATIENCE)
    first.release()
    waiting.join(30)
    assert answers == [True]
    assert not (tmp_path / REQUEST).exists()


def test_a_request_from_before_the_window_was_there_is_heard(tmp_path: Path, qtbot: QtBot) -> None:
    first, shown = Instance(tmp_path), list[str]()
    assert first.acquire()
    (tmp_path / REQUEST).touch()
    first.watch(lambda: shown.append("once"))
    assert shown == ["once"]
    (tmp_path / REQUEST).touch()
    qtbot.waitUntil(lambda: shown == ["once", "once"], timeout=PATIENCE)
    qtbot.waitUntil(lambda: not (tmp_path / REQUEST).exists(), timeout=PATIENCE)


def test_the_lock_of_another_computer_is_never_taken_over(tmp_path: Path) -> None:
    """Alive or not can't be known from here, and its age says nothing: S8 found one taken over at 31 s."""
    lock = tmp_path / LOCK
    lock.write_text("4711\npython3\nanother-office\n00000000000000000000000000000000\n\n")
    os.utime(lock, (1_000_000_000, 1_000_000_000))
    with pytest.raises(AppError) as said:
        Instance(tmp_path).acquire(0.1)
    assert "another-office" in str(said.value)
    assert "进程 4711" in str(said.value)
    assert str(lock) in str(said.value)
    assert lock.read_text().startswith("4711\n")


def test_the_usual_stale_time_would_take_that_lock_over(tmp_path: Path) -> None:
    """The negative control: Qt's default of 30 seconds."""
    lock = tmp_path / LOCK
    lock.write_text("4711\npython3\nanother-office\n00000000000000000000000000000000\n\n")
    os.utime(lock, (1_000_000_000, 1_000_000_000))
    usual = QLockFile(str(lock))
    assert usual.tryLock(0)


def test_a_living_lock_of_any_age_is_respected(tmp_path: Path) -> None:
    first = Instance(tmp_path)
    assert first.acquire()
    os.utime(tmp_path / LOCK, (1_000_000_000, 1_000_000_000))
    with pytest.raises(AppError):
        Instance(tmp_path).acquire(0.1)


def test_a_minimised_window_comes_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_forward(window)
    assert window.isVisible()
    assert not window.isMinimized()
