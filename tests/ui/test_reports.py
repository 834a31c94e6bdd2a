"""Failures nobody expected: one dialog, the program goes on, and nothing that was typed gets out."""

import gc
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import VERSION, logs
from app.editing.edits import set_values
from app.editing.workspace import Outcome
from app.form.failure import AppError
from app.form.rows import Place
from app.models.store import Store
from app.review.context import Context
from app.review.finding import Finding
from app.review.review import review
from app.ui.actions.exports import export_form
from app.ui.panels.report_dialog import ReportDialog
from app.ui.reports import Reports, report_failures, without_quotes
from tests.ui.boxes import answer_box
from tests.ui.user import PATIENCE, User, push_in, texts_of

CANARY = "金丝雀8431"
SCORE = Place("indicators", "indicator-09", "score")
CELLS = (
    Place("cover", "", "unit"),
    Place("staffing", "", "text"),
    Place("staffing", "", "departments"),
    Place("indicators", "indicator-09", "target"),
    Place("indicators", "indicator-09", "actual"),
    SCORE,
    Place("budget", "total", "spent"),
)
ITEMS = (Place("duties", "duty-01", "text"), Place("problems", "problem-1", "text"))

pytestmark = pytest.mark.expected_logs


@pytest.fixture
def reports(user: User, folder: Path) -> Iterator[Reports]:
    """The real hooks around the real window."""
    with report_failures(folder) as reports:
        reports.attach(user.window)
        yield reports
        close_dialogs(user)


def close_dialogs(user: User) -> None:
    while shown := dialogs():
        shown[0].accept()
        user.bot.waitUntil(lambda: dialogs() != shown, timeout=PATIENCE)


def dialogs() -> list[ReportDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, ReportDialog) and each.isVisible()]


def wait_for_dialog(user: User) -> ReportDialog:
    user.bot.waitUntil(lambda: len(dialogs()) == 1, timeout=PATIENCE)
    return dialogs()[0]


def report_of(dialog: QDialog) -> str:
    (report,) = dialog.findChildren(QPlainTextEdit)
    return report.toPlainText()


def log_of(folder: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted((folder / logs.FOLDER).glob("*")))


def fail_with(text: str) -> None:
    raise ValueError(text)


class Broken(QWidget):
    """Fails whenever it is painted."""

    painted = 0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self.painted += 1
        fail_with(CANARY)


def paint_again(broken: Broken, user: User) -> None:
    before = broken.painted
    broken.update()
    user.bot.waitUntil(lambda: broken.painted > before, timeout=PATIENCE)


def test_a_failure_in_a_slot_is_shown_and_the_program_goes_on(user: User, reports: Reports, folder: Path) -> None:
    user.session.outcome_changed.connect(lambda outcome, _change: fail_with(repr(outcome.form)))
    user.type_into(SCORE, "1.4")
    dialog = wait_for_dialog(user)
    assert dialog.windowTitle() == "程序遇到问题"
    assert "可以继续使用" in texts_of(dialog)
    report = report_of(dialog)
    assert f"绩效自评 {VERSION}" in report
    assert f"Python {sys.version.split()[0]}" in report
    assert "builtins.ValueError\n" in report
    assert "tests/ui/test_reports.py" in report
    push_in(dialog, "复制")
    assert QApplication.clipboard().text() == report
    push_in(dialog, "继续")
    user.bot.waitUntil(lambda: dialogs() == [], timeout=PATIENCE)
    user.type_into(SCORE, "1.5")
    assert user.value(SCORE) == "1.5"
    assert "an unexpected failure, number 2 of its kind" in log_of(folder)
    assert dialogs() == []


def test_the_dialog_says_whether_the_form_is_saved(user: User, reports: Reports) -> None:
    user.wait_saved()
    reports.hear(ValueError())
    assert "填写的内容都已保存。" in texts_of(wait_for_dialog(user))
    close_dialogs(user)
    user.window.count_pending = lambda: 3
    reports.hear(KeyError())
    assert "还有 3 处修改正在保存，请先不要关闭程序。" in texts_of(wait_for_dialog(user))


def test_failing_again_and_again_while_painting_shows_one_dialog(user: User, reports: Reports, qtbot: QtBot) -> None:
    broken = Broken()
    qtbot.addWidget(broken)
    broken.show()
    wait_for_dialog(user)
    paint_again(broken, user)
    paint_again(broken, user)
    close_dialogs(user)
    paint_again(broken, user)
    QApplication.processEvents()
    assert dialogs() == []


def test_other_failures_wait_until_the_first_has_been_read(user: User, reports: Reports) -> None:
    reports.hear(ValueError())
    reports.hear(KeyError())
    first = wait_for_dialog(user)
    assert "ValueError" in report_of(first)
    first.accept()
    user.bot.waitUntil(lambda: any("KeyError" in report_of(each) for each in dialogs()), timeout=PATIENCE)


def test_a_failure_in_a_thread_is_shown(user: User, reports: Reports) -> None:
    thread = threading.Thread(target=fail_with, args=(CANARY,))
    thread.start()
    thread.join()
    assert "builtins.ValueError" in report_of(wait_for_dialog(user))


class Fragile:
    """Fails when it is thrown away."""

    def __del__(self) -> None:
        fail_with(CANARY)


def test_a_failure_while_something_is_thrown_away_is_shown(user: User, reports: Reports) -> None:
    fragile = Fragile()
    del fragile
    gc.collect()
    assert "builtins.ValueError" in report_of(wait_for_dialog(user))


def test_a_known_failure_in_a_slot_is_one_polite_sentence(user: User, reports: Reports) -> None:
    said: list[str] = []
    answer_box(lambda box: said.append(box.text()))
    reports.hear(AppError("磁盘已满，请腾出空间"))
    user.bot.waitUntil(lambda: said == ["磁盘已满，请腾出空间"], timeout=PATIENCE)
    assert dialogs() == []


def test_a_dialog_over_another_one_goes_with_it(user: User, reports: Reports) -> None:
    other = QDialog(user.window)
    other.setModal(True)
    other.show()
    reports.hear(ValueError())
    assert wait_for_dialog(user).parent() is other
    other.deleteLater()
    user.bot.waitUntil(lambda: dialogs() == [], timeout=PATIENCE)
    reports.hear(KeyError())
    assert "KeyError" in report_of(wait_for_dialog(user))


def test_the_hooks_are_taken_back(user: User, folder: Path) -> None:
    handler = qInstallMessageHandler(None)
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    with report_failures(folder):
        within = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        assert all(hook is not old for hook, old in zip(within, before, strict=True))
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    qInstallMessageHandler(handler)


@pytest.mark.parametrize(
    ("message", "left"),
    [
        (f'QFont: no "{CANARY}" here', "QFont: no … here"),
        (f"can't open '{CANARY}' or “{CANARY}”", "can't open … or …"),
        (f'never closed "{CANARY}', "never closed …"),
        ("plain", "plain"),
    ],
)
def test_messages_of_qt_come_without_what_they_quote(message: str, left: str) -> None:
    assert without_quotes(message) == left


def fail_on_form(outcome: Outcome, _change: object) -> None:
    raise ValueError(repr(outcome.form))


def fail_to_check(context: Context) -> Iterator[Finding]:
    raise ValueError(repr(context))


def fail_to_save(*values: object, **named: object) -> None:
    raise ValueError(repr((values, named)))


def break_everything(user: User, target: Path) -> None:
    """Type into every kind of cell, save, export, and have saving, a slot, a thread, a check and Qt fail on it."""
    for place in CELLS:
        user.type_into(place, CANARY)
    change = set_values(user.form, dict.fromkeys(ITEMS, CANARY))
    assert change is not None
    user.session.edit(change)
    user.wait_saved()
    for ending in ("pdf", "xlsx"):
        export_form(user.session.outcome, target / f"out.{ending}")
    review(user.form, user.session.outcome.assessment, (("C01", fail_to_check),))
    logging.getLogger("kit").warning("no glyph for %s", CANARY)
    qWarning(f'no glyph for "{CANARY}"')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "apply", fail_to_save)
        user.type_into(SCORE, f"{CANARY}2")
        user.bot.waitUntil(user.window.banner.isVisible, timeout=PATIENCE)
    user.window.banner.findChildren(QPushButton)[0].click()
    user.wait_saved()
    user.session.outcome_changed.connect(fail_on_form)
    user.type_into(SCORE, f"{CANARY}3")
    thread = threading.Thread(target=fail_on_form, args=(user.session.outcome, None))
    thread.start()
    thread.join()


def test_nothing_typed_reaches_logs_report_or_console(
    user: User, reports: Reports, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    break_everything(user, tmp_path)
    seen = [report_of(wait_for_dialog(user))]
    told = log_of(folder)
    for sign in (
        "check C01 failed",
        "WARNING kit: no glyph for %s",
        "Qt default: no glyph for …",
        "a change could not be stored: ValueError",
        "in fail_on_form",
        "an unexpected failure",
    ):
        assert sign in told
    close_dialogs(user)
    console = capfd.readouterr()
    assert CANARY in repr(user.form)
    assert [text for text in (told, *seen, console.out, console.err) if CANARY in text] == []


def test_the_usual_hooks_would_tell_what_was_typed(capfd: pytest.CaptureFixture[str]) -> None:
    """The negative control: the same failure without ours."""
    with pytest.raises(ValueError, match=CANARY) as raised:
        fail_with(CANARY)
    sys.__excepthook__(raised.type, raised.value, raised.tb)
    assert CANARY in capfd.readouterr().err
