"""The bar above the tabs of the example: that it is one, and the way to be rid of it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.look.labels import make_label
from app.ui.look.spacing import set_spaces

TEXT: Final = "样例：一份公开的真实自评价表，供熟悉程序用。可以随意修改，不影响别的表；不再需要时可以删除。"


class ExampleBar(QFrame):
    """``delete_asked`` for the button."""

    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exampleBar")
        text = make_label(TEXT, is_wrapped=True)
        button = QPushButton("删除样例…")
        button.clicked.connect(self.delete_asked)
        row = QHBoxLayout(self)
        set_spaces(row, (3, 1, 3, 1), 2)
        row.addWidget(text, 1)
        row.addWidget(button)
