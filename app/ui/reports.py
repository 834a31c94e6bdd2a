"""What happens to an exception that nobody expected: a line in the log, and one dialog with a report to send.

Decides when the dialog is shown and what the report holds: versions, types of exceptions and places in the program,
never what was typed. The program goes on.
"""

import logging
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication

from app import VERSION, logs
from app.form.failure import AppError
from app.ui.window import TITLE, MainWindow

if TYPE_CHECKING:
    from app.ui.panels.report_dialog import ReportDialog

_log: Final = logging.getLogger(__name__)

SAVED: Final = "填写的内容都已保存。"
UNSAVED: Final = "还有 {count} 处修改正在保存，请先不要关闭程序。"
SORRY: Final = "很抱歉，程序刚才有一步没有做成。{saved}可以继续使用。"
NOT_STARTED: Final = "很抱歉，程序没有能够启动。"
SEND: Final = "如果再次出现，请点“复制”，把下面的内容发给维护人员；其中没有您填写的内容。"
VERSIONS: Final = "绩效自评 {program}，数据格式 {schema}\nQt {qt}，{system}"
LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Reports(QObject):
    """Remembers which failures there were, and shows each of them once."""

    _failed = Signal(object)

    def __init__(self, folder: Path) -> None:
        """``folder`` is the data folder, beside whose file the logs lie."""
        super().__init__()
        self._folder = folder
        self._window: MainWindow | None = None
        self._counts: Counter[str] = Counter()
        self._waiting: list[str] = []
        self._dialog: ReportDialog | None = None
        # Never at once: the failure may be one of painting, or of another thread.
        self._failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of every exception in slots, painting, threads and destructors from now on."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = lambda _kind, error, _trace: self.hear(error)
        threading.excepthook = lambda failed: self.hear(failed.exc_value)
        sys.unraisablehook = lambda failed: self.hear(failed.exc_value)

    def uninstall(self) -> None:
        """Leave exceptions again to whoever heard of them before `install`."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def attach(self, window: MainWindow) -> None:
        """Show the dialogs over this window, and say whether its form is saved."""
        self._window = window

    def hear(self, error: BaseException | None) -> None:
        """Log a failure and have it shown, from any thread. The same one again is only counted."""
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(type(error), error, error.__traceback__)
        elif isinstance(error, AppError):
            self._failed.emit(error)
        elif isinstance(error, BaseException) and not isinstance(error, SystemExit):
            description = logs.describe_exception(error)
            self._counts[description] += 1
            count = self._counts[description]
            if count & (count - 1) == 0:  # 1, 2, 4 …: painting fails many times a second
                _log.error("an unexpected failure, number %d of its kind", count, exc_info=error)
            if count == 1:
                self._failed.emit(description)

    def show_at_start(self, error: BaseException) -> None:
        """Show a failure that keeps the program from starting, and wait until it has been read."""
        _log.critical("the program could not start", exc_info=error)
        self._make_dialog(NOT_STARTED, logs.describe_exception(error)).exec()

    def _on_failed(self, failure: AppError | str) -> None:
        if isinstance(failure, AppError):
            from app.ui.asking import say  # noqa: PLC0415  # not needed for the window to appear

            say(self._window, TITLE, str(failure))
            return
        self._waiting.append(failure)
        if self._dialog is None:
            self._show_next()

    def _show_next(self) -> None:
        self._dialog = None
        if self._waiting:
            count = self._window.count_pending() if self._window else 0
            saved = UNSAVED.format(count=count) if count else SAVED
            self._dialog = self._make_dialog(SORRY.format(saved=saved), self._waiting.pop(0))
            # Also when it goes with the dialog below it.
            self._dialog.destroyed.connect(self._show_next)
            self._dialog.open()

    def _make_dialog(self, sentence: str, description: str) -> "ReportDialog":
        from app.ui.panels.report_dialog import ReportDialog  # noqa: PLC0415  # not needed for the window to appear

        dialog = ReportDialog(
            f"{sentence}\n{SEND}",
            f"{describe_versions()}\n\n{description}",
            QApplication.activeModalWidget() or self._window,
        )
        dialog.folder_asked.connect(self._open_folder)
        return dialog

    def _open_folder(self) -> None:
        from PySide6.QtCore import QUrl  # noqa: PLC0415  # not needed for the window to appear
        from PySide6.QtGui import QDesktopServices  # noqa: PLC0415  # the same

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder / logs.FOLDER)))


def describe_versions() -> str:
    """Program, data file, Qt, Python and system."""
    from app.models.opening import VERSION as SCHEMA  # noqa: PLC0415  # not needed for the window to appear

    return VERSIONS.format(program=VERSION, schema=SCHEMA, qt=qVersion(), system=logs.describe_system())


@contextmanager
def report_failures(folder: Path) -> Iterator[Reports]:
    """While it lasts: what goes wrong is logged below the data folder, Qt's complaints too, and shown once."""
    handler = logs.start_logging(folder)
    reports = Reports(folder)
    reports.install()
    is_watched = "QT_LOGGING_RULES" in os.environ  # somebody wants to read on the console what Qt does
    if not is_watched:
        qInstallMessageHandler(_log_qt_message)
    try:
        yield reports
    finally:
        if not is_watched:
            qInstallMessageHandler(None)
        reports.uninstall()
        logs.stop_logging(handler)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category = getattr(context, "category", "")  # its stub does not know it
    _log.log(LEVELS.get(kind, logging.WARNING), "Qt %s: %s", category, without_quotes(message))


def without_quotes(message: str) -> str:
    """A message of Qt without what stands in quotation marks, which may have been typed."""
    import re  # noqa: PLC0415  # Qt seldom complains

    return re.sub(r'"[^"]*"?|“[^”]*”?|(?<!\w)\'[^\']*\'?', "…", message)
