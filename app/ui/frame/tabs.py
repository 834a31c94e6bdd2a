"""The tabs of the open form: those of its template, then whatever else has something to show of it.

Decides which tabs there are and which one shows a place; edits nothing.
"""

from typing import Final, Protocol

from PySide6.QtCore import QSettings, QSize, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from app.editing.workspace import Outcome
from app.form.rows import Place
from app.form.template import Template
from app.ui.look.spacing import space
from app.ui.pages.page import Page
from app.ui.table.memory import Memory

LEAST: Final = 72  # steps of height


class FurtherPage(Protocol):
    """What a tab behind the template's own ones can do; it is also a QWidget. ``title`` is the tab's."""

    title: str

    def show_outcome(self, outcome: Outcome) -> None:
        """Called after every edit, visible or not: put off what takes long until the page is."""


class FormTabs(QTabWidget):
    """Remembers the pages and for which template they were made. ``changed`` and ``refused`` are those of the pages."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, settings: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.pages: list[Page] = []
        self._further: list[FurtherPage] = []
        self._template: Template | None = None
        self._settings = settings

    def add_page(self, page: FurtherPage) -> None:
        """A tab of its own behind those of every template."""
        if not isinstance(page, QWidget):
            raise TypeError("a page is a widget")
        self._further.append(page)
        self.addTab(page, page.title)
        self._say_keys()

    def show_template(self, template: Template) -> None:
        """Make the tabs of a template, unless they are there; the user stays at the tab of the same number."""
        if self._template == template:
            return
        place = self.currentIndex()
        self._template = template
        for page in self.pages:
            self.removeTab(self.indexOf(page))
            page.deleteLater()
        memory = Memory(self._settings)
        self.pages = [Page(tab, memory) for tab in template.tabs]
        for number, page in enumerate(self.pages):
            page.changed.connect(self.changed)
            page.refused.connect(self.refused)
            self.insertTab(number, page, page.title)
        self._say_keys()
        self.setCurrentIndex(max(0, min(place, self.count() - 1)))

    def show_outcome(self, outcome: Outcome) -> None:
        """Have every page show it."""
        for page in (*self.pages, *self._further):
            page.show_outcome(outcome)

    def set_locked(self, *, is_locked: bool) -> None:
        """A final form can be looked at only."""
        for page in self.pages:
            page.set_locked(is_locked=is_locked)

    def reveal(self, place: Place) -> bool:
        """Show the tab and cell of a place; False when no tab shows it."""
        for page in self.pages:
            if any(view.shows(place) for view in page.views):
                self.setCurrentWidget(page)
                return page.reveal(place)
        return False

    def minimumSizeHint(self) -> QSize:
        """Qt: tables can be low, and scroll, where large letters and 审核 leave little of a small screen."""
        asked = super().minimumSizeHint()
        return QSize(asked.width(), min(asked.height(), space(LEAST)))

    def _say_keys(self) -> None:
        for number in range(self.count()):
            self.setTabToolTip(number, f"{self.tabText(number)}（Ctrl+{number + 1}）")
