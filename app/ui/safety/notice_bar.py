"""The bar for what the user must know besides how saving goes: damage, backups that fail, little space."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.models.safety.notices import Matter, Notice
from app.ui.look.labels import make_label

HEALED: Final = (Matter.DAMAGE, Matter.BACKUP)  # what 备份与恢复 has a way out of


class NoticeBar(QFrame):
    """Remembers the notice of each matter; shown while there is one. ``backups_asked`` for 备份与恢复."""

    backups_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saveBanner")  # looks like it
        self._notices: dict[Matter, Notice] = {}
        self._text = make_label(is_wrapped=True)
        self._backups = QPushButton("备份与恢复…")
        self._backups.clicked.connect(self.backups_asked)
        hide = QPushButton("知道了")
        hide.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.addWidget(self._text, 1)
        row.addWidget(self._backups)
        row.addWidget(hide)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Say a notice, or no longer what is settled."""
        self._notices[notice.matter] = notice
        texts = [each.text for each in self._notices.values() if each.text]
        self._text.setText("\n".join(f"⚠ {text}" for text in texts))
        self._backups.setVisible(any(each.text for matter, each in self._notices.items() if matter in HEALED))
        self.setVisible(bool(texts))
