"""What `make shots` photographs: a literal tuple of names and how to get there, in an order in which each begins where the last ended.

A new page or dialog adds a line. `Stage` is the running program on sample forms, with a clock that stands still.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMenu,
    QProgressDialog,
    QWidget,
)

from app.bootstrap import Front, make_application
from app.editing.edits import set_value
from app.editing.explaining import explain
from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.form.rows import Place
from app.models.files.backups import Reason
from app.program import Program
from app.review.finding import Finding
from app.sheet.handover.arriving import inspect
from app.ui.actions.exports import export_form
from app.ui.dialogs.verify_dialog import VerifyDialog
from app.ui.look.appearance import Scheme, apply_appearance
from app.ui.panels.report_dialog import ReportDialog
from app.ui.session import Session

NOW: Final = datetime(2025, 1, 15, 1, 30, 12, tzinfo=UTC)
SIZE: Final = (1366, 768)
LONGEST: Final = 60_000  # milliseconds a dialog may take to come
SETTLED: Final = 300  # milliseconds after which everything is painted
CODE: Final = "C13"  # a finding that can be answered by a sentence
MANY: Final = 100
SOME: Final = Place("indicators", "indicator-09", "actual")
Save = Callable[[QWidget], None]


class Stage:
    """The program, and the one way its pictures are made."""

    def __init__(self, folder: Path, scheme: str, points: int) -> None:
        application = make_application()
        self.folder = folder
        self.program = Program(Front(folder / "绩效自评", clock=lambda: NOW))
        self.window = self.program.window
        apply_appearance(application, Scheme(scheme), points)
        self._save: Save = lambda _widget: None
        self._is_shot = False
        self.window.resize(*SIZE)
        self.window.show()
        sample = load_form(resource("samples", "rugao-2024-corrected.json"))
        self.corrected = sample
        self.last = self.keep(replace(sample, cover=replace(sample.cover, year="2023")))
        self.program.shelf.open_form(self.keep(load_form(resource("samples", "rugao-2024.json"))))

    def keep(self, form: Form) -> int:
        """Store a form; its number."""
        number = self.program.writer.create(form, "").id
        self.program.shelf.refresh()
        return number

    def visit(self, arrive: Callable[["Stage"], None], save: Save) -> None:
        """Go to a scene and photograph the dialog that it opened, or the window."""
        self._save, self._is_shot = save, False
        arrive(self)
        if not self._is_shot:
            self.settle()
            self.window.saved.setText(f"已保存 {NOW.astimezone():%H:%M:%S}")
            self._save(self.window)

    def open(self, act: Callable[[], object], prepare: Callable[[QDialog], object] = lambda _dialog: None) -> None:
        """Do what opens a dialog, prepare and photograph it, and close it, however long it takes to come."""
        self._is_shot = True
        done: list[QDialog] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and not isinstance(dialog, QProgressDialog):
                timer.stop()
                prepare(dialog)
                self.settle()
                self._save(dialog)
                done.append(dialog)
                dialog.reject()
                loop.quit()

        loop = QEventLoop()
        timer = QTimer(self.window)
        timer.timeout.connect(look)
        timer.start(20)
        act()
        if not done:
            QTimer.singleShot(LONGEST, loop.quit)
            loop.exec()
        if not done:
            raise TimeoutError("no dialog came")

    def photograph(self, widget: QWidget) -> None:
        """A window that is not modal, in front of the main one."""
        self._is_shot = True
        self._save(widget)

    def settle(self) -> None:
        """What was asked for is painted, and delayed work of the dialogs is done."""
        loop = QEventLoop()
        QTimer.singleShot(SETTLED, loop.quit)
        loop.exec()

    def close(self) -> None:
        """End the program."""
        self.settle()
        self.window.close()
        self.program.writer.close(30)


def choose(menu: QMenu, text: str) -> None:
    """Choose an entry of a menu by the beginning of its text."""
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def _tab(number: int) -> Callable[[Stage], None]:
    return lambda stage: stage.window.tabs.setCurrentIndex(number)


def _entry(menu: str, text: str) -> Callable[[Stage], None]:
    """The dialog that an entry of a menu opens."""
    return lambda stage: stage.open(lambda: choose(getattr(stage.window.menus, menu), text))


def _current_row(stage: Stage) -> None:
    stage.window.reveal(SOME)


def _help(stage: Stage) -> None:
    stage.window.activateWindow()
    stage.window.reveal(SOME)
    stage.settle()
    stage.program.hints.show()
    popup: QWidget | None = QApplication.activePopupWidget()  # the stubs forget that there may be none
    if popup is None:
        raise TimeoutError("nothing was said of the cell")
    stage.photograph(popup)
    popup.close()


def _writing(stage: Stage) -> None:
    stage.window.tabs.setCurrentIndex(0)
    view = next(view for view in stage.window.pages[0].views if view.shows(Place("duties", "duty-03", "text")))
    next(action for action in view.actions() if action.text() == "连续编写").trigger()


def _back_to_table(stage: Stage) -> None:
    for view in stage.window.pages[0].views:
        for action in view.actions():
            if action.text() == "逐项表格":
                action.trigger()


def _review(stage: Stage) -> None:
    _back_to_table(stage)
    stage.window.reveal(SOME)
    stage.window.show_review()
    for _ in range(MANY):
        stage.window.step_review(1)
        finding = stage.window.review.current_finding()
        if finding is not None and finding.code == CODE:
            return


def _find(stage: Stage) -> None:
    stage.window.review.hide()
    choose(stage.window.menus.edit, "替换")
    stage.program.searching.search().bar.text.setText("社保")


def _import(stage: Stage) -> None:
    path = stage.folder / "2024年绩效自评价表.docx"
    export_form(compute_outcome(stage.corrected), path)
    stage.open(lambda: stage.program.importing.read(path))


def _evidence(stage: Stage) -> None:
    stage.window.reveal(SOME)
    _entry("edit", "佐证材料")(stage)


def _history(stage: Stage) -> None:
    session = stage.window.session
    if session is not None:
        for place, text in ((SOME, "100%"), (Place("staffing", "", "actual"), "22")):
            change = set_value(session.outcome.form, place, text)
            if change is not None:
                session.edit(change)
    stage.program.writer.flush(10)
    stage.open(lambda: choose(stage.window.menus.view, "修改记录"))


def _backups(stage: Stage) -> None:
    stage.program.writer.back_up(Reason.IMPORT)
    stage.open(lambda: choose(stage.window.menus.file, "备份与恢复"))


def _report(stage: Stage) -> None:
    dialog = ReportDialog("程序在处理刚才的操作时遇到问题。填写的内容没有丢失。", "ZeroDivisionError", stage.window)
    dialog.setModal(True)
    stage.open(dialog.show)


def _final(stage: Stage) -> None:
    stage.program.searching.search().leave()
    stage.program.shelf.open_form(stage.last)
    session = stage.window.session
    for finding in session.outcome.findings if session is not None else ():
        _explain(session, finding)
    stage.program.writer.flush(10)
    stage.window.show_edition(stage.program.writer.finalise(stage.last, "王会计"))
    stage.program.shelf.refresh()
    stage.window.tabs.setCurrentIndex(3)


def _explain(session: Session | None, finding: Finding) -> None:
    change = explain(session.outcome.form, finding, "已核对，情况属实。") if session is not None else None
    if session is not None and change is not None:
        session.edit(change)


def _verify(stage: Stage) -> None:
    session, path = stage.window.session, stage.folder / "2023年绩效自评价表.xlsx"
    if session is not None:
        export_form(session.outcome, path, session.edition)

    def prepare(dialog: QDialog) -> None:
        if isinstance(dialog, VerifyDialog):
            dialog.show_verification(inspect(path, lambda _text, _share: None))

    stage.open(lambda: choose(stage.window.menus.final, "校验文件"), prepare)


def _overview(stage: Stage) -> None:
    stage.window.tabs.setCurrentIndex(stage.window.tabs.count() - 1)


def _manual(stage: Stage) -> None:
    stage.program.manual.show_code("C30")
    reader = stage.program.manual.open_reader()
    stage.settle()
    stage.photograph(reader)
    reader.close()


def _new(stage: Stage) -> None:
    stage.open(lambda: choose(stage.window.menus.file, "新建"))


SCENES: Final[tuple[tuple[str, Callable[[Stage], None]], ...]] = (
    ("duties", _tab(0)),
    ("staffing", _tab(1)),
    ("budget", _tab(2)),
    ("indicators", _tab(3)),
    ("achievements", _tab(4)),
    ("basis", _current_row),
    ("help", _help),
    ("writing", _writing),
    ("review", _review),
    ("replace", _find),
    ("new", _new),
    ("import", _import),
    ("rollover", _entry("file", "提取上年")),
    ("batch", _entry("file", "批量导出")),
    ("hand-over", _entry("file", "传出")),
    ("receive", _entry("file", "装入")),
    ("preview", _entry("file", "打印预览")),
    ("evidence", _evidence),
    ("history", _history),
    ("backups", _backups),
    ("report", _report),
    ("about", _entry("help", "关于")),
    ("final", _final),
    ("verify", _verify),
    ("mail", _entry("file", "发邮件")),
    ("reopen", _entry("final", "取消定稿")),
    ("versions", _entry("final", "历次定稿")),
    ("settings", _entry("edit", "设置")),
    ("overview", _overview),
    ("manual", _manual),
    ("start", lambda stage: stage.program.starting.show()),
    ("example", lambda stage: stage.program.starting.open_example()),
)
