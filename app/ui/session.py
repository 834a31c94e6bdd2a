"""The open form for the window: the one place through which views edit, with the one undo stack.

Decides nothing about forms; it passes Changes to the workspace and tells the views what came out.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.editing.workspace import Outcome, Workspace
from app.form.change import Change, changes_nothing
from app.review.edition import Draft, Edition, Final
from app.ui.undo import ChangeCommand


class Session(QObject):
    """Remembers the workspace of the open form. ``outcome_changed(outcome, change)`` after every edit, undo and redo."""

    outcome_changed = Signal(object, object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.undo_stack = QUndoStack(self)
        self.is_stepping = False
        self.edition: Edition = Draft()
        self.is_for_viewing = False

    @property
    def is_locked(self) -> bool:
        """Whether it can be looked at only: the form is final, or the data are open for viewing."""
        return self.is_for_viewing or isinstance(self.edition, Final)

    @property
    def outcome(self) -> Outcome:
        """The form as it is now and everything computed from it."""
        return self.workspace.outcome

    def edit(self, change: Change) -> None:
        """Apply a change and make it one undo step; a locked form stays as it is."""
        if not self.is_locked and not changes_nothing(change):
            self._apply(change)
            self.undo_stack.push(ChangeCommand(change, self._step))

    def _step(self, change: Change) -> None:
        """Undo and redo; while it runs ``is_stepping`` tells the window to show where something changed."""
        self.is_stepping = True
        try:
            self._apply(change)
        finally:
            self.is_stepping = False

    def _apply(self, change: Change) -> None:
        outcome = self.workspace.apply(change)
        self.outcome_changed.emit(outcome, change)
