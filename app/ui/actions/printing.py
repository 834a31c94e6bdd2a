"""文件 → 打印预览, 打印: the open form's PDF, looked at and printed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QAction

from app.editing.preferences.preferences import Margins
from app.editing.workspace import Outcome
from app.form.failure import AppError
from app.review.edition import Edition
from app.ui.actions.exports import USUAL, Annex, paper_with
from app.ui.asking import say, show_modal
from app.ui.faces.naming import name_form
from app.ui.menus import add_entry
from app.ui.session import Session
from app.ui.window import TITLE, MainWindow

if TYPE_CHECKING:
    from app.sheet.page.pictures import PageFile
    from app.ui.dialogs.preview_dialog import PreviewDialog


class Printing(QObject):
    """Remembers window and settings, and who makes the pages behind the form; ``tick`` says whether they are wanted."""

    def __init__(self, window: MainWindow, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self.annex: Callable[[], Annex | None] = lambda: None
        self.tick: QAction | None = None
        add_entry(window.menus.file, "打印预览和打印(&P)…", self.preview, "Ctrl+P")

    def preview(self) -> None:
        """Show the pages as they would be printed."""
        from app.ui.dialogs.preview_dialog import PreviewDialog  # noqa: PLC0415  # not needed for the window to appear

        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表")
            return
        cover = session.outcome.form.cover
        dialog = PreviewDialog(self._paint(session), name_form(cover.unit, cover.year), self._settings, self._window)
        dialog.print_asked.connect(lambda: self._print(dialog))
        if self.tick is not None:
            dialog.add_tick(self.tick, "附概览图", lambda: dialog.show_file(self._paint(session)))
        show_modal(dialog)
        dialog.file.close()

    def _paint(self, session: Session) -> "PageFile":
        return paint_pages(session.outcome, session.edition, self._window.preferences.margins, self.annex())

    def _print(self, dialog: "PreviewDialog") -> None:
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415  # not needed for the window to appear

        from app.ui.dialogs.printing import describe_target, prepare_printer, print_pages, remember_printer  # noqa: PLC0415  # the same

        file = dialog.file
        printer = prepare_printer(file, self._settings, dialog.windowTitle().partition(" — ")[2])
        question = QPrintDialog(printer, dialog)
        question.setMinMax(1, len(file.sizes))
        question.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if not show_modal(question):
            return
        if self._settings is not None:
            remember_printer(printer, self._settings)
        self._try(lambda: self._window.say(f"{describe_target(printer)}：共 {print_pages(file, printer)} 页"))

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except AppError as failure:
            say(self._window, TITLE, str(failure))


def paint_pages(outcome: Outcome, edition: Edition, margins: Margins = USUAL, annex: Annex | None = None) -> "PageFile":
    """The form's PDF with what comes behind it, opened to be looked at: exactly what an export would write."""
    # The painter loads libraries that the window does not need to appear.
    from app.sheet import pdf  # noqa: PLC0415
    from app.sheet.layout import layout  # noqa: PLC0415
    from app.sheet.page.pictures import PageFile  # noqa: PLC0415

    grid = layout(outcome.form, outcome.assessment, edition, paper_with(margins))
    return PageFile(pdf.paint(grid, annex(outcome, grid.paper) if annex else ()).content)
