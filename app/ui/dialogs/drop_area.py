"""A place to drop a file or a folder on, or to choose one: the first step of 装入 and 校验."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.look.labels import make_label

KINDS = "本程序导出的文件 (*.xlsx *.xls *.ods *.et *.zip *.json);;所有文件 (*)"


class DropArea(QFrame):
    """``chosen(path)`` for what was dropped or chosen. The dialog around it hands its own drops on."""

    chosen = Signal(Path)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.setObjectName("dropArea")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAcceptDrops(True)
        text = make_label("把文件或文件夹拖到这里，或者")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.file = QPushButton("选择文件…")
        self.folder = QPushButton("选择文件夹…")
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.file)
        row.addWidget(self.folder)
        row.addStretch(1)
        column = QVBoxLayout(self)
        space = self.fontMetrics().lineSpacing()
        column.setContentsMargins(space, space, space, space)
        column.addWidget(text)
        column.addLayout(row)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: take what is one file or folder of this computer."""
        if dropped_path(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: it was let go here."""
        path = dropped_path(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self._title, "", KINDS)
        if name:
            self.chosen.emit(Path(name))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self._title)
        if name:
            self.chosen.emit(Path(name))


def dropped_path(event: QDropEvent) -> Path | None:
    """The one file or folder that is dragged, None for anything else."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
