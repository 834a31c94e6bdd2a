"""The banner that stays while changes are not on disk: why, and a button to try again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.models.state import Unsaved
from app.ui.look.labels import make_label


class SaveBanner(QFrame):
    """Shown for Unsaved only. ``retry_asked`` for the button."""

    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saveBanner")
        self._text = make_label(is_wrapped=True)
        button = QPushButton("立即重试")
        button.clicked.connect(self.retry_asked)
        row = QHBoxLayout(self)
        row.addWidget(self._text, 1)
        row.addWidget(button)
        self.hide()

    def show_unsaved(self, state: Unsaved) -> None:
        """Say what is wrong, that nothing typed is lost, and how much waits."""
        self._text.setText(
            f"⚠ {state.because}有 {state.pending} 处修改未确认已保存，内容仍在窗口里，程序会不断重试，请不要关闭窗口。"
        )
        self.show()
