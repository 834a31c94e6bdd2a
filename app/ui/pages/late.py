"""A tab after those of the template, whose content is made (and imported) when the tab first appears.

Decides when that is. Knows nothing of the content but that it shows an outcome.
"""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.editing.workspace import Outcome


class OutcomeView(QWidget):
    """A widget that shows an outcome."""

    def show_outcome(self, outcome: Outcome) -> None:
        """Show it."""
        raise NotImplementedError


class LatePage(QWidget):
    """Shows an outcome only while it is visible: starting and typing stay quick."""

    def __init__(self, title: str, make: Callable[[], OutcomeView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.view: OutcomeView | None = None
        self._make = make
        self._outcome: Outcome | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show it, now or when the tab appears."""
        self._outcome = outcome
        if self.isVisible():
            self._render()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the tab appears."""
        self._render()
        super().showEvent(event)

    def _render(self) -> None:
        if self.view is None:
            self.view = self._make()
            self._column.addWidget(self.view)
            self.view.show()  # otherwise Qt would only after this event
        if self._outcome is not None:
            self.view.show_outcome(self._outcome)
