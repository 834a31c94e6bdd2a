"""The bar that says, once, what of the file of settings could not be used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.look.labels import make_label


class RemarkBar(QFrame):
    """Some lines, and a button after which they are gone."""

    def __init__(self, remark: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("placeBar")  # looks like it
        self.text = make_label(f"⚠ {remark}", is_wrapped=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = QPushButton("知道了")
        button.clicked.connect(self.hide)
        button.clicked.connect(self.deleteLater)
        row = QHBoxLayout(self)
        row.addWidget(self.text, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
