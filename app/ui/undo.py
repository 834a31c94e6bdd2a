"""The undo stack's only kind of command: a Change that has been applied, and its inverse."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QUndoCommand

from app.form.change import Change, changes_nothing, invert, merge

COMMAND_ID: Final = 1


class ChangeCommand(QUndoCommand):
    """Remembers a change that is already applied. Apply first, push after: Qt keeps a command whose redo raised."""

    def __init__(self, change: Change, apply: Callable[[Change], None]) -> None:
        super().__init__(change.text)
        self.change = change
        self._apply = apply
        self._is_applied = True

    def id(self) -> int:
        """Qt: commands of one id may merge."""
        return COMMAND_ID

    def redo(self) -> None:
        """Qt: called once by the push, when there is nothing left to do."""
        if not self._is_applied:
            self._apply(self.change)
        self._is_applied = True

    def undo(self) -> None:
        """Qt: the inverse goes through the same door."""
        self._apply(invert(self.change))
        self._is_applied = False

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Qt: one visit to one cell is one step; a step that changes nothing goes away."""
        merged = merge(self.change, other.change) if isinstance(other, ChangeCommand) else None
        if merged is None:
            return False
        self.change = merged
        self.setObsolete(changes_nothing(merged))
        return True
