"""The small popup that says what a cell is about. Shows a text; knows no form."""

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolTip, QWidget

WIDE: Final = 40
MARGIN: Final = 8


class HintPopup(QLabel):
    """Goes away with any key and any click beside it; the keys are where they were then."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setPalette(QToolTip.palette())
        self.setFrameShape(QFrame.Shape.Box)
        self.setMargin(MARGIN)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * WIDE)
        self.setText(text)
        self.setAccessibleName(text)

    def show_below(self, spot: QPoint) -> None:
        """Show it with its corner at a spot of the screen, or as near as it fits."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = max(room.left(), min(spot.x(), room.right() - self.width()))
        top = max(room.top(), min(spot.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        """Qt: any key takes it away."""
        self.close()
