"""The words at the lower right about how far saving has come; a failure besides shows the banner."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.models.state import Saved, SaveState, Saving, Unsaved
from app.ui.panels.save_banner import SaveBanner

WIDEST_SAVED: Final = "正在保存（10）…"
SAVING: Final = "正在保存…"


class SavedLabel(QLabel):
    """Says 已保存 only after the disk has it. Remembers the banner that is shown while it has not."""

    def __init__(self, banner: SaveBanner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST_SAVED))  # the figures beside it stay

    def show_state(self, state: SaveState, pending: int) -> None:
        """Say a state; ``pending`` edits were made since and are still on their way."""
        match state:
            case Saved() if pending:
                pass  # told before the user typed on
            case Saved(at):
                self.setText(f"已保存 {at.astimezone():%H:%M:%S}")
                self._banner.hide()
            case Saving():
                self.setText(SAVING)
            case Unsaved():
                self.setText("⚠ 尚未保存")
                self._banner.show_unsaved(state)

    def show_edited(self) -> None:
        """An edit was made: 已保存 was about the state before it."""
        if not self._banner.isVisible():
            self.setText(SAVING)
