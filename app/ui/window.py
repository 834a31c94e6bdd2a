"""The main window: forms at the left, the template's tabs, the figures below.

Decides where things stand and which view shows what; edits go through the session, whole forms through `commands`.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.editing.explaining import explain
from app.editing.workspace import Outcome, Workspace
from app.form.change import Change, place_of
from app.form.rows import Place
from app.form.template import Template
from app.form.tree import anchor_of
from app.models.state import Saved, SaveState, Saving, Unsaved
from app.review.edition import Draft, Edition
from app.review.finding import Finding
from app.ui.menus import Menus
from app.ui.pages.page import Page
from app.ui.panels.forms_panel import FormsPanel
from app.ui.panels.lock_bar import LockBar
from app.ui.panels.review_panel import ReviewPanel
from app.ui.panels.save_banner import SaveBanner
from app.ui.panels.totals_bar import TotalsBar
from app.ui.session import Session
from app.ui.table.memory import Memory

TITLE: Final = "绩效自评"
PANEL_SHARE: Final = (220, 1060)
REVIEW_SHARE: Final = (460, 220)
START_SIZE: Final = (1280, 720)
GEOMETRY: Final = "geometry"
PANES: Final = "splitter"
WIDEST_SAVED: Final = "正在保存（10）…"
SAVING: Final = "正在保存…"
SHORT_MESSAGE: Final = 10_000
WELCOME: Final = "从左侧打开一份自评价表，或点“新建”开始填写。\n\n填写的内容会自动保存，随时可以关闭程序。"


class MainWindow(QMainWindow):
    """Shows one open form. `open_session` puts another one into it."""

    def __init__(self, settings: QSettings | None = None) -> None:
        super().__init__()
        self.session: Session | None = None
        self.pages: list[Page] = []
        self._template: Template | None = None
        self._settings = settings
        self.may_close: Callable[[], bool] = lambda: True
        self.count_pending: Callable[[], int] = lambda: 0
        self.menus = Menus(self.menuBar(), self.close)
        self.forms = FormsPanel()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.banner = SaveBanner()
        self.totals = TotalsBar()
        self.lock_bar = LockBar()
        self.review = ReviewPanel()
        self.saved = QLabel()
        self.saved.setMinimumWidth(
            self.saved.fontMetrics().horizontalAdvance(WIDEST_SAVED)
        )  # the figures beside it stay
        self._welcome = QLabel(WELCOME)
        self._welcome.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._welcome)
        self._middle.addWidget(self.tabs)
        self._lay_out()
        self.totals.gap_asked.connect(self.go_to_gap)
        self.totals.review_asked.connect(self.show_review)
        self.review.place_asked.connect(self.reveal)
        self.review.explained.connect(self._on_explained)
        self.totals.hide()
        self._show_title()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        column.addWidget(self.lock_bar)
        self.panes = QSplitter(Qt.Orientation.Vertical)
        self.panes.addWidget(self._middle)
        self.panes.addWidget(self.review)
        self.panes.setStretchFactor(0, 1)
        self.panes.setSizes(REVIEW_SHARE)
        self.review.hide()
        column.addWidget(self.panes, 1)
        self.splitter = QSplitter()
        self.splitter.addWidget(self.forms)
        self.splitter.addWidget(right)
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
        place = self.tabs.currentIndex()
        self._close_session()
        session = Session(workspace, self)
        session.outcome_changed.connect(self._on_outcome_changed)
        session.undo_stack.canUndoChanged.connect(self._update_undo)
        session.undo_stack.canRedoChanged.connect(self._update_undo)
        session.undo_stack.indexChanged.connect(self._update_undo)
        self.session = session
        if self._template != session.outcome.form.template:
            self._build_pages(session.outcome.form.template)
            place = max(0, min(place, len(self.pages) - 1))
        self.tabs.setCurrentIndex(place)
        self.tabs.setFocus()
        self._middle.setCurrentWidget(self.tabs)
        self.totals.show()
        self._show_outcome(session.outcome)
        self.show_edition(edition or Draft())

    def show_edition(self, edition: Edition) -> None:
        """Lock a final form and say so; open a draft."""
        if self.session is None:
            return
        self.session.edition = edition
        for page in self.pages:
            page.set_locked(is_locked=self.session.is_locked)
        if isinstance(edition, Draft):
            self.lock_bar.hide()
        else:
            self.lock_bar.show_final(edition)
        self._update_undo()

    def show_review(self) -> None:
        """Show the findings and give them the keys."""
        if self.session is not None:
            self.review.show()
            self.review.show_outcome(self.session.outcome)
            self.review.tree.setFocus()

    def switch_review(self) -> None:
        """Show the findings, or put them away when they have the keys."""
        if self.review.isVisible() and self.review.tree.hasFocus():
            self.review.hide()
        else:
            self.show_review()

    def step_review(self, by: int) -> None:
        """Go to the next (1) or the one before (-1) of the findings."""
        if self.session is not None:
            self.review.show()
            self.review.show_outcome(self.session.outcome)
            self.review.step(by)

    def close_form(self) -> None:
        """Show no form."""
        self._close_session()
        self._middle.setCurrentWidget(self._welcome)
        self.totals.hide()
        self.review.hide()
        self.lock_bar.hide()
        self._show_title()
        self._update_undo()

    def _close_session(self) -> None:
        if self.session is not None:
            self.session.outcome_changed.disconnect(self._on_outcome_changed)
            self.session.deleteLater()
            self.session = None

    def _build_pages(self, template: Template) -> None:
        self._template = template
        self.tabs.clear()
        for page in self.pages:
            page.deleteLater()
        memory = Memory(self._settings)
        self.pages = [Page(tab, memory) for tab in template.tabs]
        for number, page in enumerate(self.pages, 1):
            page.changed.connect(self._on_changed)
            page.refused.connect(self.say)
            self.tabs.addTab(page, page.title)
            self.tabs.setTabToolTip(number - 1, f"{page.title}（Ctrl+{number}）")

    def say(self, sentence: str) -> None:
        """A sentence in the status bar."""
        self.statusBar().showMessage(sentence, SHORT_MESSAGE)

    def show_save_state(self, state: SaveState) -> None:
        """Say how far saving has come: 已保存 only after the disk has it, a banner while it has not."""
        match state:
            case Saved() if self.count_pending():
                pass  # told before the user typed on: what was typed since is still on its way
            case Saved(at):
                self.saved.setText(f"已保存 {at.astimezone():%H:%M:%S}")
                self.banner.hide()
            case Saving():
                self.saved.setText(SAVING)
            case Unsaved():
                self.saved.setText("⚠ 尚未保存")
                self.banner.show_unsaved(state)

    def reveal(self, place: Place) -> bool:
        """Show the tab and cell of a place."""
        place = anchor_of(self.session.outcome.form, place) if self.session else place
        for number, page in enumerate(self.pages):
            is_here = any(view.shows(place) for view in page.views)
            if is_here:
                self.tabs.setCurrentIndex(number)
                return page.reveal(place)
        return False

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
        if self.session is not None and not self.session.is_locked and self.session.undo_stack.canUndo():
            self.session.undo_stack.undo()

    def redo(self) -> None:
        """Do the last step again that was taken back."""
        if self.session is not None and not self.session.is_locked and self.session.undo_stack.canRedo():
            self.session.undo_stack.redo()

    def add_edit_actions(self, undo: QAction, redo: QAction) -> None:
        """The menu's undo and redo, whose names follow the stack."""
        self._undo_action, self._redo_action = undo, redo
        redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self._update_undo()

    _undo_action: QAction | None = None
    _redo_action: QAction | None = None

    def _update_undo(self) -> None:
        if self._undo_action is None or self._redo_action is None:
            return
        stack = self.session.undo_stack if self.session else None
        is_open = self.session is not None and not self.session.is_locked
        self._undo_action.setEnabled(is_open and stack is not None and stack.canUndo())
        self._redo_action.setEnabled(is_open and stack is not None and stack.canRedo())
        self._undo_action.setText(f"撤销{stack.undoText() if stack else ''}")
        self._redo_action.setText(f"重做{stack.redoText() if stack else ''}")

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
        if not self.banner.isVisible():
            self.saved.setText(SAVING)  # 已保存 was about the state before this edit
        self.forms.rename_open(outcome.form.cover.unit, outcome.form.cover.year)
        if self.session is not None and self.session.is_stepping and change.patches:
            self.reveal(place_of(change.patches[0]))

    def _show_outcome(self, outcome: Outcome) -> None:
        for page in self.pages:
            page.show_outcome(outcome)
        self.totals.show_outcome(outcome)
        if self.review.isVisible():
            self.review.show_outcome(outcome)
        self._show_title()

    def _show_title(self) -> None:
        cover = self.session.outcome.form.cover if self.session else None
        self.setWindowTitle(f"{cover.unit} {cover.year} 年 — {TITLE}" if cover else TITLE)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: remember size and panes, once closing loses nothing or the user wants it all the same."""
        if not self.may_close():
            event.ignore()
            return
        if self._settings is not None:
            self._settings.setValue(GEOMETRY, self.saveGeometry())
            self._settings.setValue(PANES, self.splitter.saveState())
        super().closeEvent(event)
