"""导入设置: what the settings of another computer would change here, one line each, to be taken or left."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.editing.preferences import captions
from app.editing.preferences.comparing import Turn, compare_preferences, take_fields
from app.editing.preferences.fields import Folder
from app.editing.preferences.preferences import Preferences
from app.editing.preferences.reading import Loaded
from app.ui.look.labels import make_label, plain_tip

HEADINGS: Final = ("设置", "现在", "导入后")
SAME: Final = "“{name}”里的设置与现在的完全相同。"
OTHERS: Final = "“{name}”会改变下面 {count} 项。打勾的才采用；采用后点“确定”才会保存。"
IGNORED: Final = "没有采用的内容："


class ArrivingPage(QWidget):
    """``taken(preferences)`` with what is ticked, ``left`` when nothing shall be taken."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._old = self._new = Preferences()
        self._turns: tuple[Turn, ...] = ()
        self.headline = make_label(is_wrapped=True)
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setHorizontalHeaderLabels(HEADINGS)
        self.table.setAccessibleName("导入的设置")
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.ignored = make_label(is_wrapped=True)
        self.take, self.leave = QPushButton("采用打勾的设置"), QPushButton("不采用")
        self.take.clicked.connect(self._on_take)
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.take, self.leave):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.headline)
        column.addWidget(self.table, 1)
        column.addWidget(self.ignored)
        column.addLayout(row)

    def show_arrival(self, name: str, old: Preferences, loaded: Loaded) -> None:
        """What a file says, against what is so now. A folder that is not on this computer is not ticked."""
        self._old, self._new = old, loaded.preferences
        self._turns = compare_preferences(old, loaded.preferences)
        self.headline.setText((OTHERS if self._turns else SAME).format(name=name, count=len(self._turns)))
        self.ignored.setText("\n".join((IGNORED, *loaded.complaints)) if loaded.complaints else "")
        self.ignored.setVisible(bool(loaded.complaints))
        self.table.setRowCount(len(self._turns))
        for row, turn in enumerate(self._turns):
            name = f"{captions.PAGES[turn.field.page]} · {captions.LABELS[turn.field.key]}"
            items = [QTableWidgetItem(text) for text in (name, turn.old, turn.new)]
            items[0].setCheckState(Qt.CheckState.Checked if is_usable(turn) else Qt.CheckState.Unchecked)
            for column, item in enumerate(items):
                item.setToolTip(plain_tip(item.text()))
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()
        self.table.setVisible(bool(self._turns))
        self.take.setEnabled(bool(self._turns))

    def _on_take(self) -> None:
        ticked = [
            turn.field
            for row, turn in enumerate(self._turns)
            if (item := self.table.item(row, 0)) and item.checkState() is Qt.CheckState.Checked
        ]
        self.taken.emit(take_fields(self._old, self._new, ticked))


def is_usable(turn: Turn) -> bool:
    """Whether a setting of another computer makes sense on this one."""
    return not isinstance(turn.field.kind, Folder) or turn.new == captions.NOTHING or Path(turn.new).is_dir()
