"""What every block of a tab can do: show an outcome, find a place, say what was edited."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.editing.edits import set_value
from app.editing.workspace import Outcome
from app.form.rows import CellValue, Place
from app.ui.look.labels import make_label
from app.ui.look.spacing import set_spaces


class BlockView(QWidget):
    """One block. ``changed(change)`` is an edit for the session, ``refused(why)`` a sentence for the status bar."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outcome: Outcome | None = None
        self.column = QVBoxLayout(self)
        set_spaces(self.column, (0, 0, 0, 0), 2)
        if title:
            heading = make_label(title)
            heading.setObjectName("blockTitle")
            self.column.addWidget(heading)

    def set_locked(self, *, is_locked: bool) -> None:
        """A final form can be looked at only."""
        raise NotImplementedError

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what is typed and computed now."""
        self.outcome = outcome
        self.render_outcome(outcome)

    def render_outcome(self, outcome: Outcome) -> None:
        """Each block's own part of showing an outcome."""
        raise NotImplementedError

    def shows(self, place: Place) -> bool:
        """Whether a place belongs to this block."""
        raise NotImplementedError

    def reveal(self, place: Place) -> bool:
        """Make a place's cell current and visible; False when this block does not show it."""
        raise NotImplementedError

    def emit_value(self, place: Place, value: CellValue, visit: str = "") -> None:
        """Send out the change that sets one cell; when nothing of what was typed is kept, show again what stands there."""
        if self.outcome is not None:
            change = set_value(self.outcome.form, place, value, visit)
            if change is not None:
                self.changed.emit(change)
            else:
                self.render_outcome(self.outcome)
