"""概览 in the window: the tab after the template's, pictures of its charts, and the charts behind the form's PDF.

Wires and remembers; what is drawn is `app.sheet.chart`. Imports nothing that draws before the tab is opened.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QAction

from app.editing.workspace import Outcome
from app.form.failure import AppError
from app.ui.keeper import Keeper
from app.ui.menus import insert
from app.ui.pages.late import LatePage, OutcomeView
from app.ui.window import TITLE, MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.sheet.chart.drawing import Drawing
    from app.sheet.grid import Paper
    from app.sheet.page.pages import Page
    from app.ui.actions.exports import Annex
    from app.ui.charts.overview_view import OverviewView

NAME: Final = "概览"
ANNEX: Final = "pdf/annex"
YES: Final = "yes"


class Overview(QObject):
    """Remembers window, store and whether PDFs have the charts behind the form."""

    def __init__(self, window: MainWindow, keeper: Keeper, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._settings = settings
        self.page = LatePage(NAME, self._make_view)
        window.tabs.add_page(self.page)
        self.tick = QAction("PDF 附概览图(&G)", self)
        self.tick.setCheckable(True)
        self.tick.setChecked(settings is not None and settings.value(ANNEX, "") == YES)
        self.tick.setStatusTip("导出、预览和打印 PDF 时，在表后附上概览里的图")
        self.tick.toggled.connect(self._remember)

    def add_entry(self) -> None:
        """The entry of the menu."""
        insert(self._window.menus.file, self.tick)

    def annex(self) -> "Annex | None":
        """What makes the pages behind the open form, in whichever thread; None where the user wants none."""
        session, keeper = self._window.session, self._keeper
        if session is None or not self.tick.isChecked():
            return None
        form_id = session.workspace.form_id

        def draw(outcome: Outcome, paper: "Paper") -> "Sequence[Page]":
            from app.sheet.chart.paper import annex_pages, inner_size  # noqa: PLC0415  # not needed for the window

            years = read_years(keeper, outcome.form.cover.unit, form_id)
            subject = Subject(outcome.form, outcome.assessment, outcome.findings, years)
            return annex_pages(draw_overview(subject, inner_size(paper)[0]), paper)

        from app.sheet.chart.overview import Subject, draw_overview  # noqa: PLC0415  # the same
        from app.ui.charts.years import read_years  # noqa: PLC0415  # the same

        return draw

    def _make_view(self) -> "OutcomeView":
        from app.ui.charts.overview_view import OverviewView  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.charts.years import Years  # noqa: PLC0415  # the same

        view = OverviewView(Years(self._keeper, self), self._open_form)
        view.annex.setChecked(self.tick.isChecked())
        view.annex.toggled.connect(self.tick.setChecked)
        self.tick.toggled.connect(view.annex.setChecked)
        view.save_asked.connect(self._save)
        view.whole_asked.connect(lambda: self._save_whole(view))
        return view

    def _open_form(self) -> int:
        session = self._window.session
        return session.workspace.form_id if session is not None else 0

    def _save_whole(self, view: "OverviewView") -> None:
        from app.sheet.chart.overview import draw_whole  # noqa: PLC0415  # not needed for the window to appear

        if view.subject is not None:
            self._save(draw_whole(view.subject))

    def _save(self, drawing: "Drawing") -> None:
        """Ask for a file name and write a picture."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  # not needed for the window to appear

        from app.ui.actions.exports import suggested_name  # noqa: PLC0415  # the same
        from app.ui.asking import say  # noqa: PLC0415  # the same
        from app.ui.charts.pictures import KINDS, save_picture  # noqa: PLC0415  # the same

        session = self._window.session
        if session is None:
            return
        stem = f"{suggested_name(session.outcome, session.edition)}-{drawing.title}"
        kinds, suggestion = ";;".join(KINDS.values()), str(Path.home() / f"{stem}.png")
        name, kind = QFileDialog.getSaveFileName(self._window, "导出图片", suggestion, kinds)
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in KINDS:
            path = Path(name + next((suffix for suffix, each in KINDS.items() if each == kind), ".png"))
        try:
            save_picture(drawing, path, self._window.font())
        except AppError as failure:
            say(self._window, TITLE, str(failure))
        else:
            self._window.say(f"已导出到 {path}")

    def _remember(self, is_wanted: bool) -> None:  # noqa: FBT001  # Qt's own signature
        if self._settings is not None:
            self._settings.setValue(ANNEX, YES if is_wanted else "")
