"""Which keys an input widget leaves to the window."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence


def leaves_undo_to_window(event: QEvent) -> bool:
    """True for the question whether the widget wants Ctrl+Z or Ctrl+Y for itself; the event stays unaccepted: it doesn't."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        event.ignore()
        return True
    return False
