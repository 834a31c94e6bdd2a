"""The menu's undo and redo, whose names and whether they can be chosen follow the stack of the open form."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from app.ui.session import Session


class UndoEntries(QObject):
    """Remembers the two entries and the session they are about."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._undo: QAction | None = None
        self._redo: QAction | None = None

    def add(self, undo: QAction, redo: QAction) -> None:
        """Take the entries into care."""
        self._undo, self._redo = undo, redo
        redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.update()

    def follow(self, session: Session | None) -> None:
        """Be about another form, or none."""
        self._session = session
        if session is not None:
            session.undo_stack.canUndoChanged.connect(self.update)
            session.undo_stack.canRedoChanged.connect(self.update)
            session.undo_stack.indexChanged.connect(self.update)
        self.update()

    def update(self) -> None:
        """Name the entries anew."""
        if self._undo is None or self._redo is None:
            return
        stack = self._session.undo_stack if self._session else None
        is_open = self._session is not None and not self._session.is_locked
        self._undo.setEnabled(is_open and stack is not None and stack.canUndo())
        self._redo.setEnabled(is_open and stack is not None and stack.canRedo())
        undone, redone = (stack.undoText(), stack.redoText()) if stack else ("", "")
        self._undo.setText(f"撤销{_shown(undone)}")
        self._redo.setText(f"重做{_shown(redone)}")

    def undo(self) -> None:
        """Take back the last step, wherever it was."""
        if self._session is not None and not self._session.is_locked and self._session.undo_stack.canUndo():
            self._session.undo_stack.undo()

    def redo(self) -> None:
        """Do the last step again that was taken back."""
        if self._session is not None and not self._session.is_locked and self._session.undo_stack.canRedo():
            self._session.undo_stack.redo()


def _shown(name: str) -> str:
    """A step's name as a menu shows it: what was typed stands in it, and is no key to press."""
    return name.replace("&", "&&")
