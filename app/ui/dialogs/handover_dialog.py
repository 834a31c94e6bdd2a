"""传出 and 装入: where the package shall go; which file shall come in."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.sheet.handover.naming import free_name
from app.ui.dialogs.drop_area import DropArea
from app.ui.look.labels import make_label

WIDE: Final = 46
CONTENTS: Final = (
    "传出的内容：Excel 表（附“审核说明”，并保存整张表，可以装入）、PDF、{evidence}，以及写有校验值的“清单.txt”。"
)
EVIDENCE: Final = "{count} 份佐证材料"
NO_EVIDENCE: Final = "佐证材料（现在没有）"


class HandoverDialog(QDialog):
    """Asks for zip or folder and the place. ``target()`` never exists yet."""

    def __init__(self, stem: str, state: str, place: Path, evidence: int, parent: QWidget | None = None) -> None:
        """``stem`` is the package's name, ``state`` says which version it is, ``place`` where it is offered to go."""
        super().__init__(parent)
        self.setWindowTitle("传出")
        self._stem = stem
        self.zip = QRadioButton("一个压缩包（.zip），便于发邮件")
        self.folder = QRadioButton("一个文件夹")
        self.zip.setChecked(True)
        self._group = QButtonGroup(self)
        self.place = QLineEdit(str(place))
        self.place.setAccessibleName("保存位置")
        browse = QPushButton("浏览…")
        browse.clicked.connect(self._browse)
        self.name = make_label(is_wrapped=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._act = self.buttons.addButton("传出", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        beside = QHBoxLayout()
        beside.addWidget(self.place, 1)
        beside.addWidget(browse)
        rows = QFormLayout()
        rows.addRow("做成", self.zip)
        rows.addRow("", self.folder)
        rows.addRow("保存到", beside)
        rows.addRow("名称", self.name)
        column = QVBoxLayout(self)
        for text in (state, _describe_contents(evidence)):
            label = make_label(is_wrapped=True)
            label.setText(text)
            column.addWidget(label)
        column.addLayout(rows)
        column.addWidget(self.buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * WIDE)
        for button in (self.zip, self.folder):
            self._group.addButton(button)
            button.toggled.connect(self._show_name)
        self.place.textChanged.connect(self._show_name)
        self._show_name()

    def target(self) -> Path:
        """Where the package goes: a name that is not taken."""
        folder = Path(self.place.text().strip()).expanduser()
        suffix = ".zip" if self.zip.isChecked() else ""
        return folder / free_name(self._stem, suffix, lambda name: (folder / name).exists())

    def _show_name(self) -> None:
        is_there = Path(self.place.text().strip()).expanduser().is_dir() and bool(self.place.text().strip())
        self._act.setEnabled(is_there)
        self.name.setText(self.target().name if is_there else "这个文件夹不存在，请重新选择保存位置")

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "保存到", self.place.text())
        if name:
            self.place.setText(name)


def _describe_contents(evidence: int) -> str:
    return CONTENTS.format(evidence=EVIDENCE.format(count=evidence) if evidence else NO_EVIDENCE)


class ReceiveDialog(QDialog):
    """Asks for the file or folder to be taken in: ``path`` once it is accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("装入")
        self.path = Path()
        text = make_label(is_wrapped=True)
        text.setText("装入本程序传出或导出的文件：压缩包（.zip）、文件夹、Excel 文件（.xlsx）或交换文件（.json）。")
        self.area = DropArea("选择要装入的文件")
        self.area.chosen.connect(self._take)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(text)
        column.addWidget(self.area, 1)
        column.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * WIDE)

    def _take(self, path: Path) -> None:
        self.path = path
        self.accept()
