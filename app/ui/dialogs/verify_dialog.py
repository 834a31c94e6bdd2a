"""校验文件: drop a file, read the verdict, see every changed cell, and copy all of it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.sheet.handover.verifying import Verdict, Verification, describe, describe_change
from app.ui.dialogs.drop_area import DropArea
from app.ui.look.labels import make_label
from app.ui.look.palette import Meaning
from app.ui.look.spacing import size_window
from app.ui.look.style import set_state
from app.ui.panels.versions_dialog import fill_table, make_table

HEADINGS: Final = ("单元格", "名称", "导出时", "现在")
WIDE: Final = 62
HIGH: Final = 30
LARGER: Final = 2.2
MARKS: Final = {Verdict.SAME: "✓", Verdict.CHANGED: "≠", Verdict.BARE: "?", Verdict.UNREADABLE: "✕"}
MEANINGS: Final = {
    Verdict.SAME: Meaning.GOOD,
    Verdict.CHANGED: Meaning.WRONG,
    Verdict.BARE: Meaning.NOTED,
    Verdict.UNREADABLE: Meaning.WRONG,
}


class VerifyDialog(QDialog):
    """``file_asked(path)`` for a file to be looked at; what is found out is given to `show_verification`."""

    file_asked = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("校验文件")
        self._report = ""
        self.area = DropArea("选择要校验的文件")
        self.area.chosen.connect(self.file_asked)
        self.file = _label()
        self.verdict = _label()
        font = self.verdict.font()
        font.setPointSizeF(font.pointSizeF() * LARGER)
        font.setBold(True)
        self.verdict.setFont(font)
        self.verdict.setAccessibleName("校验结果")
        self.text = _label()
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        for label in (self.file, self.verdict):
            label.hide()  # until there is something to say
        self.table = make_table(HEADINGS, [])
        self.table.setAccessibleName("被修改的单元格")
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copy = buttons.addButton("复制", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self._report))
        self.copy.setEnabled(False)
        column = QVBoxLayout(self)
        column.addWidget(self.area)
        column.addWidget(self.file)
        column.addWidget(self.verdict)
        column.addWidget(self.text)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        column.addWidget(buttons)
        self.text.setText(
            "校验导出的 Excel 文件（.xlsx，或由它另存的 .xls、.ods），以及传出的文件夹和 .zip。文件不会改动。"
        )
        size_window(self, WIDE, HIGH)

    def show_verification(self, found: Verification) -> None:
        """Show a verdict and what belongs to it."""
        headline, *lines = describe(found)
        self.file.setText(found.name)
        self.file.show()
        self.verdict.show()
        self.verdict.setText(f"{MARKS[found.verdict]} {headline}")
        set_state(self.verdict, "verdict", MEANINGS[found.verdict].name.lower())
        self.text.setText("\n".join(lines))
        fill_table(self.table, [(each.address, each.name, each.before, each.after) for each in found.changes])
        self.table.setVisible(bool(found.changes))
        self._report = "\n".join((found.name, headline, *lines, *map(describe_change, found.changes)))
        self.copy.setEnabled(True)


def _label() -> QLabel:
    label = make_label(is_wrapped=True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
