"""The addresses of bureaus as a table: name, e-mail, whether a new letter goes to it."""

from typing import Final

from PySide6.QtCore import Qt
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
from app.editing.preferences.fields import Field, Value, read_book
from app.editing.preferences.preferences import Address
from app.ui.settings.editors import Editor

HEADINGS: Final = ("名称", "邮箱", "默认")
NAME, MAILBOX, USUAL = range(3)
LINES: Final = 6


class BookEditor(Editor):
    """Remembers nothing but what is in the table."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setHorizontalHeaderLabels(HEADINGS)
        self.table.setAccessibleName(captions.LABELS[field.key])
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(USUAL, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * LINES)
        self.table.itemChanged.connect(self.changed)
        self.add, self.remove = QPushButton("增加"), QPushButton("删除")
        for button, act in ((self.add, self._on_add), (self.remove, self._on_remove)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addLayout(row)
        self.table.itemSelectionChanged.connect(self._update)
        self._update()

    def read_value(self) -> Value:
        """The addresses; lines that are blank count for nothing."""
        return read_book(map(self._read_row, range(self.table.rowCount())))

    def show_value(self, value: Value) -> None:
        """Other addresses."""
        self.table.setRowCount(0)
        for each in value if isinstance(value, tuple) else ():
            if isinstance(each, Address):
                self._append(each)
        self._update()
        self.changed.emit()

    def keys(self) -> QWidget:
        """The table."""
        return self.table

    def _read_row(self, row: int) -> Address:
        name, mailbox, usual = (self.table.item(row, column) or QTableWidgetItem() for column in (NAME, MAILBOX, USUAL))
        return Address(name.text(), mailbox.text(), usual.checkState() is Qt.CheckState.Checked)

    def _append(self, address: Address) -> None:
        self.table.blockSignals(True)  # noqa: FBT003  # Qt's own signature; a row is told whole
        row = self.table.rowCount()
        self.table.insertRow(row)
        usual = QTableWidgetItem()
        usual.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        usual.setCheckState(Qt.CheckState.Checked if address.is_usual else Qt.CheckState.Unchecked)
        for column, item in enumerate((QTableWidgetItem(address.name), QTableWidgetItem(address.mailbox), usual)):
            self.table.setItem(row, column, item)
        self.table.blockSignals(False)  # noqa: FBT003  # the same

    def _on_add(self) -> None:
        """A line more, the first one for the usual address, and the keys in it."""
        self._append(Address("", "", is_usual=self.table.rowCount() == 0))
        self.table.setCurrentCell(self.table.rowCount() - 1, NAME)
        self.table.setFocus()
        self.table.edit(self.table.currentIndex())
        self.changed.emit()

    def _on_remove(self) -> None:
        for row in sorted({index.row() for index in self.table.selectedIndexes()}, reverse=True):
            self.table.removeRow(row)
        self._update()
        self.changed.emit()

    def _update(self) -> None:
        self.remove.setEnabled(bool(self.table.selectedIndexes()))
