"""Labels and tips: plain text, whatever was typed into it. The one place where the program makes labels.

Left to itself, Qt takes what looks like a tag for markup: it hides what was typed, and may load a picture.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel


def make_label(text: str = "", *, is_wrapped: bool = False) -> QLabel:
    """A label that shows its text as it is."""
    return QLabel(text, textFormat=Qt.TextFormat.PlainText, wordWrap=is_wrapped)


class WholeLabel(QLabel):
    """A wrapped label that is never cut: where there is too little room, what scrolls around it has to scroll."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText, wordWrap=True)

    def setText(self, text: str) -> None:
        """Qt: another text may be higher."""
        super().setText(text)
        self._claim()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in another width the text is of another height."""
        super().resizeEvent(event)
        self._claim()

    def _claim(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


def plain_tip(text: str) -> str:
    """A text for a tooltip, of which nothing is taken for markup."""
    return GuiQt.convertFromPlainText(text) if GuiQt.mightBeRichText(text) else text
