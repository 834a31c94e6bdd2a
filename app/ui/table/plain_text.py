"""A text widget whose text is the form's: undo belongs to the window, and showing a text keeps the cursor.

Decides nothing about keys that end a visit; `editor` does.
"""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPlainTextEdit

from app.ui.keys import leaves_undo_to_window


class PlainText(QPlainTextEdit):
    """The common part of a cell's editor and a paragraph's field."""

    def show_text(self, text: str) -> None:
        """Show a text without saying that it was typed; the cursor stays as far from the end as it was."""
        shown = self.toPlainText()
        if text == shown:
            return
        after = len(shown) - self.textCursor().position()
        self.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.setPlainText(text)
        self.blockSignals(False)  # noqa: FBT003  # the same
        cursor = self.textCursor()
        cursor.setPosition(max(0, len(text) - after))
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Qt: Ctrl+Z and Ctrl+Y belong to the window."""
        return leaves_undo_to_window(event) or super().event(event)
