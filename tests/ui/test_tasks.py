"""Long work: its progress, its answer, its failures, and what cancelling and closing do to it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QProgressDialog, QPushButton
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.form.failure import AppError
from app.ui.tasks import Tasks, Tell
from tests.ui.boxes import answer_box
from tests.ui.user import PATIENCE


class Window(QMainWindow):
    """A window that closes when its tasks let it."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tasks = Tasks(self, self.said.append, "绩效自评")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        event.setAccepted(self.tasks.finish())


class Work:
    """Work that stands still until it is let on, and counts its steps."""

    def __init__(self, steps: int = 1) -> None:
        self.gates = [threading.Event() for _ in range(steps)]
        self.began = threading.Event()
        self.thread = 0

    def __call__(self, tell: Tell) -> str:
        self.thread = threading.get_ident()
        for number, gate in enumerate(self.gates):
            tell(f"第 {number + 1} 步", number / len(self.gates))
            self.began.set()
            assert gate.wait(PATIENCE)
        tell("收尾", 1.0)
        return "写好了"

    def go_on(self) -> None:
        for gate in self.gates:
            gate.set()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window()
    window.show()
    yield window
    qtbot.waitUntil(lambda: not window.tasks.is_running, timeout=PATIENCE)
    assert window.tasks.finish()
    delete(window)


def dialogs(window: Window) -> list[QProgressDialog]:
    return [each for each in window.findChildren(QProgressDialog) if each.isVisible()]


def wait_for_dialog(window: Window, bot: QtBot) -> QProgressDialog:
    bot.waitUntil(lambda: len(dialogs(window)) == 1, timeout=PATIENCE)
    return dialogs(window)[0]


def test_the_answer_comes_back_in_the_windows_thread(window: Window, qtbot: QtBot) -> None:
    work, heard = Work(), list[tuple[str, int]]()
    work.go_on()
    window.tasks.start("导出", work, lambda text: heard.append((text, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE)
    assert heard == [("写好了", threading.get_ident())]
    assert work.thread not in (0, threading.get_ident())
    assert not window.tasks.is_running
    assert dialogs(window) == []


def test_progress_is_shown_while_the_window_can_be_used(window: Window, qtbot: QtBot) -> None:
    work, heard = Work(2), list[str]()
    window.tasks.start("导出", work, heard.append)
    assert dialogs(window) == []
    dialog = wait_for_dialog(window, qtbot)
    assert dialog.windowTitle() == "导出"
    assert not dialog.isModal()
    qtbot.waitUntil(lambda: "第 1 步" in [label.text() for label in dialog.findChildren(QLabel)], timeout=PATIENCE)
    assert dialog.value() == 0
    work.gates[0].set()
    qtbot.waitUntil(lambda: dialog.value() == 50, timeout=PATIENCE)
    work.go_on()
    qtbot.waitUntil(lambda: heard == ["写好了"], timeout=PATIENCE)
    assert dialogs(window) == []


def test_progress_over_a_modal_dialog_can_be_cancelled(window: Window, qtbot: QtBot) -> None:
    other = QDialog(window)
    other.setModal(True)
    other.show()
    work = Work()
    window.tasks.start("导出", work, print)
    dialog = wait_for_dialog(window, qtbot)
    assert QApplication.activeModalWidget() is dialog
    dialog.findChildren(QPushButton)[0].click()
    work.go_on()
    qtbot.waitUntil(lambda: not window.tasks.is_running, timeout=PATIENCE)
    assert window.said[-1] == "已取消“导出”"


def test_cancelling_in_the_dialog_stops_the_work_at_its_next_step(window: Window, qtbot: QtBot) -> None:
    work, heard = Work(), list[str]()
    window.tasks.start("导出", work, heard.append)
    (button,) = wait_for_dialog(window, qtbot).findChildren(QPushButton)
    assert button.text() == "取消"
    button.click()
    assert dialogs(window) == []
    work.go_on()
    qtbot.waitUntil(lambda: not window.tasks.is_running, timeout=PATIENCE)
    assert heard == []
    assert window.said == ["正在停止…", "已取消“导出”"]


def test_a_second_task_is_refused_with_a_sentence(window: Window, qtbot: QtBot) -> None:
    work, other, heard = Work(), Work(), list[str]()
    window.tasks.start("导出", work, heard.append)
    window.tasks.start("读入", other, heard.append)
    assert window.said == ["请先等“导出”完成"]
    work.go_on()
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE)
    assert not other.began.is_set()


def test_a_known_failure_is_one_polite_message(window: Window, qtbot: QtBot) -> None:
    def fail(_tell: Tell) -> str:
        raise AppError("磁盘已满，请腾出空间")

    said: list[str] = []
    answer_box(lambda box: said.append(box.text()))
    window.tasks.start("导出", fail, said.append)
    qtbot.waitUntil(lambda: not window.tasks.is_running and bool(said), timeout=PATIENCE)
    assert said == ["磁盘已满，请腾出空间"]


def test_a_bug_in_the_work_is_raised_in_the_windows_thread(window: Window, qtbot: QtBot) -> None:
    def fail(_tell: Tell) -> str:
        raise ZeroDivisionError

    with capture_exceptions() as raised:
        window.tasks.start("导出", fail, print)
        qtbot.waitUntil(lambda: bool(raised), timeout=PATIENCE)
    assert raised[0][0] is ZeroDivisionError
    assert not window.tasks.is_running


def test_closing_waits_for_work_that_is_about_to_end(window: Window, qtbot: QtBot) -> None:
    work, heard = Work(), list[str]()
    window.tasks.start("导出", work, heard.append)
    assert work.began.wait(PATIENCE)
    work.go_on()
    assert window.close()
    assert heard == ["写好了"]


def test_closing_cancels_longer_work_and_closes_when_it_stopped(window: Window, qtbot: QtBot) -> None:
    work, heard = Work(), list[str]()
    window.tasks.start("导出", work, heard.append)
    assert work.began.wait(PATIENCE)
    assert not window.close()
    assert window.isVisible()
    assert window.said[-1] == "正在停止，停下后窗口会自动关闭"
    work.go_on()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    assert heard == []


def test_a_failure_while_closing_is_still_said(window: Window, qtbot: QtBot) -> None:
    gate = threading.Event()

    def fail(_tell: Tell) -> str:
        assert gate.wait(PATIENCE)
        raise AppError("磁盘已满")

    said: list[str] = []
    answer_box(lambda box: said.append(box.text()))
    window.tasks.start("导出", fail, said.append)
    assert not window.close()
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    assert said == ["磁盘已满"]
