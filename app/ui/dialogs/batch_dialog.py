"""批量导出: which forms, in which formats, into which folder; and what became of every file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.models.state import FormEntry
from app.ui.faces.naming import name_unit, name_year
from app.ui.look.labels import make_label
from app.ui.look.spacing import size_window
from app.ui.panels.versions_dialog import make_table

WIDE: Final = 46
HIGH: Final = 24
ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole
HEADINGS: Final = ("文件", "结果")


class BatchDialog(QDialog):
    """Shows the stored forms to be ticked off. OK is possible once there is a form, a format and a folder."""

    def __init__(
        self, entries: Sequence[FormEntry], kinds: Mapping[str, str], place: Path, parent: QWidget | None = None
    ) -> None:
        """``kinds``: what formats are called, by ending; ``place`` is the folder that is offered."""
        super().__init__(parent)
        self.setWindowTitle("批量导出")
        self.list = QListWidget()
        self.list.setAccessibleName("要导出的自评价表")
        for entry in entries:
            item = QListWidgetItem(_title(entry), self.list)
            item.setData(ENTRY_ROLE, entry)
            item.setCheckState(Qt.CheckState.Checked)
        self.every = QPushButton("全选")
        self.none = QPushButton("全不选")
        self.every.clicked.connect(lambda: self._check_all(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._check_all(Qt.CheckState.Unchecked))
        self.kinds = {suffix: QCheckBox(name.partition(" (")[0]) for suffix, name in kinds.items()}
        self.place = QLineEdit(str(place))
        self.place.setAccessibleName("保存位置")
        self._note = make_label()
        self._note.setObjectName("note")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._act = self.buttons.addButton("导出", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self.list.itemChanged.connect(self._check)
        self.place.textChanged.connect(self._check)
        for box in self.kinds.values():
            box.toggled.connect(self._check)
        next(iter(self.kinds.values())).setChecked(True)

    def _lay_out(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        browse = QPushButton("浏览…")
        browse.clicked.connect(self._browse)
        row, formats, beside = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for button in (self.every, self.none):
            row.addWidget(button)
        row.addStretch(1)
        for box in self.kinds.values():
            formats.addWidget(box)
        formats.addStretch(1)
        beside.addWidget(self.place, 1)
        beside.addWidget(browse)
        rows = QFormLayout()
        rows.addRow("格式", formats)
        rows.addRow("保存到", beside)
        column = QVBoxLayout(self)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addLayout(rows)
        column.addWidget(self._note)
        column.addWidget(self.buttons)
        size_window(self, WIDE, HIGH)

    def chosen_entries(self) -> list[FormEntry]:
        """The forms that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(ENTRY_ROLE) for item in items if item.checkState() is Qt.CheckState.Checked]

    def chosen_kinds(self) -> list[str]:
        """The endings that are ticked."""
        return [suffix for suffix, box in self.kinds.items() if box.isChecked()]

    def folder(self) -> Path:
        """Where the files go."""
        return Path(self.place.text().strip()).expanduser()

    def _check_all(self, state: Qt.CheckState) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(state)

    def _check(self) -> None:
        is_there = bool(self.place.text().strip()) and self.folder().is_dir()
        missing = [
            name
            for name, is_given in (
                ("自评价表", self.chosen_entries()),
                ("格式", self.chosen_kinds()),
                ("存在的文件夹", is_there),
            )
            if not is_given
        ]
        count = len(self.chosen_entries()) * len(self.chosen_kinds())
        self._note.setText(f"请选择{'、'.join(missing)}" if missing else f"共 {count} 个文件")
        self._act.setEnabled(not missing)

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "保存到", self.place.text())
        if name:
            self.place.setText(name)


class ResultsDialog(QDialog):
    """What became of every file. ``folder_asked`` for the folder they are in."""

    folder_asked = Signal()

    def __init__(
        self, verdict: str, rows: Sequence[tuple[str, str]], *, is_wrong: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("批量导出")
        self.verdict = make_label(verdict, is_wrapped=True)
        self.verdict.setProperty("wrong", is_wrong)
        table = make_table(HEADINGS, rows)
        table.setAccessibleName("导出结果")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        folder = buttons.addButton("打开所在文件夹", QDialogButtonBox.ButtonRole.ActionRole)
        folder.clicked.connect(self.folder_asked)
        copy = buttons.addButton("复制", QDialogButtonBox.ButtonRole.ActionRole)
        report = "\n".join((verdict, *("\t".join(row) for row in rows)))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
        column = QVBoxLayout(self)
        column.addWidget(self.verdict)
        column.addWidget(table, 1)
        column.addWidget(buttons)
        size_window(self, WIDE, HIGH)


def _title(entry: FormEntry) -> str:
    state = "草稿" if entry.final is None else f"定稿第 {entry.final} 版"
    return f"{name_unit(entry.unit)}　{name_year(entry.year)}　{state}"
