"""The main window: forms at the left, what is open in the middle, the figures below.

Decides which view shows what; edits go through the session, whole forms through `commands`.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter

from app.editing.explaining import explain
from app.editing.preferences.preferences import Preferences
from app.editing.workspace import Outcome, Workspace
from app.form.change import Change, place_of
from app.form.rows import Place
from app.form.tree import anchor_of
from app.models.state import SaveState
from app.review.edition import Draft, Edition
from app.review.finding import Finding
from app.ui.faces.naming import name_form
from app.ui.frame.middle import Middle
from app.ui.frame.saving import SavedLabel
from app.ui.frame.undoing import UndoEntries
from app.ui.menus import Menus
from app.ui.pages.page import Page
from app.ui.panels.forms_panel import FormsPanel
from app.ui.panels.totals_bar import TotalsBar
from app.ui.session import Session

TITLE: Final = "绩效自评"
ONLY_READ: Final = "（只读）"
PANEL_SHARE: Final = (220, 1060)
START_SIZE: Final = (1280, 720)
GEOMETRY: Final = "geometry"
PANES: Final = "splitter"
SHORT_MESSAGE: Final = 10_000


class MainWindow(QMainWindow):
    """Shows one open form. `open_session` puts another one into it.

    ``form_shown`` after everything that changes what is shown of it: another form or none, an edit, 定稿.
    """

    form_shown = Signal()

    def __init__(self, settings: QSettings | None = None) -> None:
        super().__init__()
        self.session: Session | None = None
        self._is_for_viewing = False
        self._settings = settings
        self.preferences = Preferences()
        self.may_close: Callable[[], bool] = lambda: True
        self.count_pending: Callable[[], int] = lambda: 0
        self.menus = Menus(self.menuBar(), self.close)
        self.forms = FormsPanel()
        self.middle = Middle(settings)
        self.tabs, self.panes = self.middle.tabs, self.middle.panes
        self.banner, self.lock_bar, self.review = self.middle.banner, self.middle.lock_bar, self.middle.review
        self.totals = TotalsBar()
        self.saved = SavedLabel(self.banner)
        self.undo_entries = UndoEntries(self)
        self._lay_out()
        self.tabs.changed.connect(self._on_changed)
        self.tabs.refused.connect(self.say)
        self.totals.gap_asked.connect(self.go_to_gap)
        self.totals.review_asked.connect(self.show_review)
        self.review.place_asked.connect(self.reveal)
        self.review.explained.connect(self._on_explained)
        self.totals.hide()
        self._show_title()

    @property
    def pages(self) -> list[Page]:
        """The tabs of the open form's template."""
        return self.tabs.pages

    def _lay_out(self) -> None:
        self.splitter = QSplitter()
        self.splitter.addWidget(self.forms)
        self.splitter.addWidget(self.middle)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(PANEL_SHARE)
        self.setCentralWidget(self.splitter)
        self.statusBar().addPermanentWidget(self.totals)
        self.statusBar().addPermanentWidget(self.saved)
        self.resize(*START_SIZE)
        if self._settings is not None:
            geometry, panes = self._settings.value(GEOMETRY), self._settings.value(PANES)
            if isinstance(geometry, QByteArray) and isinstance(panes, QByteArray):
                self.restoreGeometry(geometry)
                self.splitter.restoreState(panes)

    def open_session(self, workspace: Workspace, edition: Edition | None = None) -> None:
        """Show a form, a draft unless said otherwise; the one before it is let go (it is saved already)."""
        self._close_session()
        session = Session(workspace, self)
        session.is_for_viewing = self._is_for_viewing
        session.outcome_changed.connect(self._on_outcome_changed)
        self.session = session
        self.undo_entries.follow(session)
        self.tabs.show_template(session.outcome.form.template)
        self.middle.show_tabs()
        self.totals.show()
        self._show_outcome(session.outcome)
        self.show_edition(edition or Draft())

    def close_for_writing(self) -> None:
        """From now on forms can be looked at only; called before the first one is opened."""
        self._is_for_viewing = True
        self.forms.close_for_writing()
        self.lock_bar.close_for_writing()
        self.saved.hide()

    def show_edition(self, edition: Edition) -> None:
        """Lock a final form and say so; open a draft."""
        if self.session is None:
            return
        self.session.edition = edition
        self.tabs.set_locked(is_locked=self.session.is_locked)
        if isinstance(edition, Draft):
            self.lock_bar.hide()
        else:
            self.lock_bar.show_final(edition)
        self.undo_entries.update()
        self.form_shown.emit()

    def show_review(self) -> None:
        """Show the findings and give them the keys."""
        if self.session is not None:
            self.middle.show_review()
            self.review.show_outcome(self.session.outcome)
            self.review.tree.setFocus()

    def switch_review(self) -> None:
        """Show the findings, or put them away when they have the keys."""
        if self.review.isVisible() and (self.review.tree.hasFocus() or self.review.text.hasFocus()):
            self.review.hide()
        else:
            self.show_review()

    def step_review(self, by: int) -> None:
        """Go to the next (1) or the one before (-1) of the findings."""
        if self.session is not None:
            self.middle.show_review()
            self.review.show_outcome(self.session.outcome)
            self.review.step(by)

    def close_form(self) -> None:
        """Show no form."""
        self._close_session()
        self.middle.show_start_page()
        self.totals.hide()
        self._show_title()
        self.undo_entries.follow(None)
        self.form_shown.emit()

    def _close_session(self) -> None:
        if self.session is not None:
            self.session.outcome_changed.disconnect(self._on_outcome_changed)
            self.session.deleteLater()
            self.session = None

    def take_preferences(self, preferences: Preferences) -> None:
        """Go by these settings from now on; figures that are shown are written anew."""
        self.preferences = preferences
        if self.session is not None:
            self._show_outcome(self.session.outcome)

    def say(self, sentence: str) -> None:
        """A sentence in the status bar."""
        self.statusBar().showMessage(sentence, SHORT_MESSAGE)

    def show_save_state(self, state: SaveState) -> None:
        """Say how far saving has come: 已保存 only after the disk has it, a banner while it has not."""
        self.saved.show_state(state, self.count_pending())

    def reveal(self, place: Place) -> bool:
        """Show the tab and cell of a place."""
        return self.tabs.reveal(anchor_of(self.session.outcome.form, place) if self.session else place)

    def go_to_gap(self) -> None:
        """Go to the first unfilled cell after the one gone to last."""
        if self.session is not None and self.session.outcome.assessment.unfilled:
            gaps = self.session.outcome.assessment.unfilled
            last = self._last_gap if self._last_gap in gaps else None
            self._last_gap = gaps[(gaps.index(last) + 1) % len(gaps)] if last else gaps[0]
            self.reveal(self._last_gap)

    _last_gap: Place | None = None

    def undo(self) -> None:
        """Take back the last step, wherever it was, and show where."""
        self.undo_entries.undo()

    def redo(self) -> None:
        """Do the last step again that was taken back."""
        self.undo_entries.redo()

    def _on_changed(self, change: Change) -> None:
        if self.session is not None:
            self.session.edit(change)

    def _on_explained(self, finding: Finding, text: str, visit: str) -> None:
        if self.session is not None:
            change = explain(self.session.outcome.form, finding, text, visit)
            if change is not None:
                self.session.edit(change)

    def _on_outcome_changed(self, outcome: Outcome, change: Change) -> None:
        self._show_outcome(outcome)
        self.saved.show_edited()
        self.forms.rename_open(outcome.form.cover.unit, outcome.form.cover.year)
        if self.session is not None and self.session.is_stepping and change.patches:
            self.reveal(place_of(change.patches[0]))
        self.form_shown.emit()

    def _show_outcome(self, outcome: Outcome) -> None:
        self.tabs.show_outcome(outcome)
        self.totals.show_outcome(outcome)
        if self.review.isVisible():
            self.review.show_outcome(outcome)
        self._show_title()

    def _show_title(self) -> None:
        cover = self.session.outcome.form.cover if self.session else None
        title = TITLE + (ONLY_READ if self._is_for_viewing else "")
        self.setWindowTitle(f"{name_form(cover.unit, cover.year)} — {title}" if cover else title)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: remember size and panes, once closing loses nothing or the user wants it all the same."""
        if not self.may_close():
            event.ignore()
            return
        if self._settings is not None:
            self._settings.setValue(GEOMETRY, self.saveGeometry())
            self._settings.setValue(PANES, self.splitter.saveState())
        super().closeEvent(event)
