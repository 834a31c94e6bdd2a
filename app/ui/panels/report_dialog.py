"""The dialog after a failure that nobody expected: a polite sentence, the report, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from app.ui.look.labels import make_label
from app.ui.look.spacing import size_window

WIDE = 44
HIGH = 22


class ReportDialog(QDialog):
    """Shows a report. ``folder_asked`` for the folder of the logs; deletes itself when it is closed."""

    folder_asked = Signal()

    def __init__(self, sentence: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序遇到问题")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = make_label()
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_MessageBoxIconSize)
        icon.setPixmap(self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning).pixmap(size))
        text = make_label(sentence)
        text.setWordWrap(True)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSize(self.font().pointSize())
        self._report.setFont(font)
        self._report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._report.setAccessibleName("报告")
        buttons = QDialogButtonBox()
        copy = buttons.addButton("复制", QDialogButtonBox.ButtonRole.ActionRole)
        folder = buttons.addButton("打开日志文件夹", QDialogButtonBox.ButtonRole.ActionRole)
        go_on = buttons.addButton("继续", QDialogButtonBox.ButtonRole.AcceptRole)
        copy.clicked.connect(self._copy)
        folder.clicked.connect(self.folder_asked)
        buttons.accepted.connect(self.accept)
        go_on.setDefault(True)
        head = QHBoxLayout()
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(text, 1)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self._report, 1)
        column.addWidget(buttons)
        size_window(self, WIDE, HIGH)
        go_on.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())
