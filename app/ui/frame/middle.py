"""The column beside the list of forms: bars, below them the tabs or what stands in their place, below those 审核.

Decides where things stand and what is in front; what is in them is their own.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.ui.frame.tabs import FormTabs
from app.ui.panels.lock_bar import LockBar
from app.ui.panels.review_panel import ReviewPanel
from app.ui.panels.save_banner import SaveBanner

REVIEW_SHARE: Final = (460, 220)


class Middle(QWidget):
    """Remembers the bars' column and the pile of what can be in front.

    ``make_start_page`` makes what stands there while no form is open, when that is first so.
    """

    def __init__(self, settings: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = SaveBanner()
        self.lock_bar = LockBar()
        self.tabs = FormTabs(settings)
        self.review = ReviewPanel()
        self.make_start_page: Callable[[], QWidget] = QWidget
        self._start_page: QWidget | None = None
        self._without_keys: set[QWidget] = set()
        self._pile = QStackedWidget()
        self._pile.addWidget(QWidget())  # nothing yet
        self._pile.addWidget(self.tabs)
        self.panes = QSplitter(Qt.Orientation.Vertical)
        self.panes.addWidget(self._pile)
        self.panes.addWidget(self.review)
        self.panes.setStretchFactor(0, 1)
        self.panes.setChildrenCollapsible(False)  # a panel dragged to nothing would be one that F9 does not open
        self._has_shared = False
        self.review.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.panes, 1)
        self.add_bar(self.banner)
        self.add_bar(self.lock_bar)

    def add_bar(self, bar: QWidget, *, is_urgent: bool = False, takes_keys: bool = True) -> None:
        """A bar above the tabs: below the ones there are, or on top of them; one that takes no keys is none of the panes."""
        if not takes_keys:
            self._without_keys.add(bar)
        self._column.insertWidget(0 if is_urgent else self._column.indexOf(self.panes), bar)

    def add_bar_below(self, bar: QWidget) -> None:
        """A bar below the tabs and 审核."""
        self._column.addWidget(bar)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What takes keys in the column from top to bottom, shown or not; the tabs and 审核 stand for their splitter."""
        found = [self._column.itemAt(number).widget() for number in range(self._column.count())]
        widgets = [each for each in found if each not in self._without_keys]
        before, behind = widgets[: widgets.index(self.panes)], widgets[widgets.index(self.panes) + 1 :]
        return (*before, self.front, self.review, *behind)

    @property
    def front(self) -> QWidget:
        """What stands in the middle now: the page of the current tab, or what is there instead of the tabs."""
        page: QWidget | None = self.tabs.currentWidget()  # the stubs forget that there may be none
        return self._pile.currentWidget() if self._pile.currentWidget() is not self.tabs else page or self.tabs

    def show_start_page(self) -> None:
        """Show no form."""
        if self._start_page is None:
            self._start_page = self.make_start_page()
            self._pile.addWidget(self._start_page)
        self._pile.setCurrentWidget(self._start_page)
        self.review.hide()
        self.lock_bar.hide()

    def show_review(self) -> None:
        """Show 审核 below the tabs, the first time with its share of the height, then as high as it was left."""
        self.review.show()
        if not self._has_shared:
            self._has_shared = True
            self.panes.setSizes(REVIEW_SHARE)

    def show_tabs(self) -> None:
        """Show the form and give it the keys."""
        self.tabs.setFocus()
        self._pile.setCurrentWidget(self.tabs)
