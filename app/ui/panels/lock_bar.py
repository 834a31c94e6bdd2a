"""The bar above the tabs of a final form: version, code, and that it is locked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.review.digest import short_code
from app.review.edition import Final
from app.ui.look.labels import make_label


class LockBar(QFrame):
    """Shown for a Final only. ``reopen_asked`` for 取消定稿."""

    reopen_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockBar")
        self._text = make_label(is_wrapped=True)
        self._reopen = button = QPushButton("取消定稿…")
        button.clicked.connect(self.reopen_asked)
        row = QHBoxLayout(self)
        row.addWidget(self._text, 1)
        row.addWidget(button)
        self.hide()

    def show_final(self, final: Final) -> None:
        """Say which version it is, and how it can be changed again."""
        way = "" if self._reopen.isHidden() else "；需要修改时请先取消定稿"
        self._text.setText(
            f"已定稿：第 {final.number} 版，{final.by}，校验码 {short_code(final.digest)}。内容已锁定{way}。"
        )
        self.show()

    def close_for_writing(self) -> None:
        """There is no way back to a draft while the data are open for viewing only."""
        self._reopen.hide()
