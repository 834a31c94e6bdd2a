"""One setting each, to be looked at and changed: what was typed stays as it is, whether it can be a setting or not.

Decides which widget suits which kind. Whether its content can be a setting, `app.editing.preferences.fields` says.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.editing.preferences import captions
from app.editing.preferences.fields import (
    Field,
    Folder,
    Line,
    Number,
    Option,
    Passage,
    Value,
    read_endings,
    read_typed,
    write_typed,
)
from app.ui.look.labels import make_label

LINES: Final = 7
NARROW: Final = 6


class Editor(QWidget):
    """Shows a setting. ``changed`` after every change by the user or by `show_value`."""

    changed = Signal()

    def read_value(self) -> Value:
        """What is in it now. Unfit when that can't be the setting."""
        raise NotImplementedError

    def show_value(self, value: Value) -> None:
        """Show another one."""
        raise NotImplementedError

    def keys(self) -> QWidget:
        """Where one types."""
        raise NotImplementedError


class LineEditor(Editor):
    """A text, a number with its unit, or a folder with a button to choose one."""

    def __init__(self, field: Field, kind: Line | Number | Folder) -> None:
        super().__init__()
        self._kind = kind
        self.line = QLineEdit()
        self.line.setAccessibleName(captions.LABELS[field.key])
        self.line.textChanged.connect(self.changed)
        row = bare_row(self)
        if isinstance(kind, Number):
            self.line.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * NARROW)
            row.addWidget(self.line)
            row.addWidget(make_label(f"{captions.UNITS[field.key]}（{kind.least}～{kind.most}）"))
            row.addStretch(1)
        else:
            row.addWidget(self.line, 1)
        if isinstance(kind, Folder):
            choose = QPushButton("选择…")
            choose.setAutoDefault(False)
            choose.clicked.connect(self._choose)
            row.addWidget(choose)

    def read_value(self) -> Value:
        """The text as the setting it stands for."""
        return read_typed(self._kind, self.line.text())

    def show_value(self, value: Value) -> None:
        """As one would type it."""
        self.line.setText(write_typed(value))
        self.line.setCursorPosition(0)

    def keys(self) -> QWidget:
        """The line."""
        return self.line

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "第二份备份的文件夹", self.line.text() or str(Path.home()))
        if folder:
            self.line.setText(str(Path(folder)))


class PassageEditor(Editor):
    """A text of several lines."""

    def __init__(self, field: Field, kind: Passage) -> None:
        super().__init__()
        self._kind = kind
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(captions.LABELS[field.key])
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * LINES)
        self.text.textChanged.connect(self.changed)
        bare_row(self).addWidget(self.text)

    def read_value(self) -> Value:
        """The text."""
        return read_typed(self._kind, self.text.toPlainText())

    def show_value(self, value: Value) -> None:
        """Another text."""
        self.text.setPlainText(write_typed(value))

    def keys(self) -> QWidget:
        """The text."""
        return self.text


class OptionEditor(Editor):
    """One of a few."""

    def __init__(self, field: Field, kind: Option) -> None:
        super().__init__()
        self._kind = kind
        self.box = QComboBox()
        self.box.setAccessibleName(captions.LABELS[field.key])
        for word, text in captions.CHOICES[field.key].items():
            self.box.addItem(text, word)
        self.box.currentIndexChanged.connect(self.changed)
        row = bare_row(self)
        row.addWidget(self.box)
        row.addStretch(1)

    def read_value(self) -> Value:
        """The one that is chosen."""
        return read_typed(self._kind, self.box.currentData())

    def show_value(self, value: Value) -> None:
        """Choose it."""
        self.box.setCurrentIndex(self.box.findData(write_typed(value)))

    def keys(self) -> QWidget:
        """The box."""
        return self.box


class EndingsEditor(Editor):
    """Any of a few."""

    def __init__(self) -> None:
        super().__init__()
        row = bare_row(self)
        self.boxes = {ending: QCheckBox(text) for ending, text in captions.ENDINGS.items()}
        for box in self.boxes.values():
            box.toggled.connect(self.changed)
            row.addWidget(box)
        row.addStretch(1)

    def read_value(self) -> Value:
        """Those that are ticked."""
        return read_endings(ending for ending, box in self.boxes.items() if box.isChecked())

    def show_value(self, value: Value) -> None:
        """Tick them."""
        for ending, box in self.boxes.items():
            box.setChecked(isinstance(value, tuple) and ending in value)

    def keys(self) -> QWidget:
        """The first one."""
        return next(iter(self.boxes.values()))


def bare_row(editor: Editor) -> QHBoxLayout:
    """A row without margins of its own."""
    row = QHBoxLayout(editor)
    row.setContentsMargins(0, 0, 0, 0)
    return row
