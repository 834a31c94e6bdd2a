"""A page of the dialog: every setting of one part with its explanation, and with the reason when it can't be one."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.editing.preferences import captions
from app.editing.preferences.fields import (
    FIELDS,
    Book,
    Endings,
    Field,
    Folder,
    Line,
    Number,
    Option,
    Passage,
    Unfit,
    value_of,
)
from app.editing.preferences.preferences import Preferences
from app.editing.preferences.reading import with_value
from app.ui.look.labels import make_label
from app.ui.look.spacing import set_spaces
from app.ui.settings.book_editor import BookEditor
from app.ui.settings.editors import Editor, EndingsEditor, LineEditor, OptionEditor, PassageEditor

GAP: Final = 3


class SettingsPage(QScrollArea):
    """Remembers the editors. ``changed`` when a setting is another one, or can't be one."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.editors = {field: make_editor(field) for field in FIELDS if field.page == name}
        self._reasons = {field: make_label(is_wrapped=True) for field in self.editors}
        inside = QWidget()
        rows = QGridLayout(inside)
        set_spaces(rows, (GAP, GAP, GAP, GAP), GAP)
        for number, field in enumerate(self.editors):
            self._add_row(rows, number, field)
        rows.setColumnStretch(1, 1)
        rows.setRowStretch(len(self.editors), 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _add_row(self, rows: QGridLayout, number: int, field: Field) -> None:
        editor, reason, label = self.editors[field], self._reasons[field], make_label(captions.LABELS[field.key])
        label.setBuddy(editor.keys())
        label.setMinimumHeight(QLineEdit().sizeHint().height())  # in line with what is typed beside it
        explanation = make_label(captions.EXPLANATIONS[field.key], is_wrapped=True)
        explanation.setObjectName("note")
        reason.setProperty("wrong", True)  # noqa: FBT003  # Qt's own signature
        reason.hide()
        column = QVBoxLayout()
        set_spaces(column, (0, 0, 0, 0), 1)
        for widget in (editor, reason, explanation):
            column.addWidget(widget)
        rows.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        rows.addLayout(column, number, 1)
        editor.changed.connect(self._check)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the settings of this part."""
        for field, editor in self.editors.items():
            editor.show_value(value_of(preferences, field))

    def take_into(self, preferences: Preferences) -> Preferences:
        """The settings with what is on this page. Unfit when something of it can't be one."""
        for field, editor in self.editors.items():
            preferences = with_value(preferences, field, editor.read_value())
        return preferences

    def faults(self) -> list[tuple[Field, str]]:
        """What can't be a setting, and why."""
        found = []
        for field, editor in self.editors.items():
            try:
                editor.read_value()
            except Unfit as unfit:
                found.append((field, str(unfit)))
        return found

    def _check(self) -> None:
        reasons = dict(self.faults())
        for field, label in self._reasons.items():
            label.setText(f"⚠ {reasons[field]}" if field in reasons else "")
            label.setVisible(field in reasons)
        self.changed.emit()


def make_editor(field: Field) -> Editor:
    """The editor that suits a setting."""
    match field.kind:
        case Line() | Number() | Folder():
            return LineEditor(field, field.kind)
        case Passage():
            return PassageEditor(field, field.kind)
        case Option():
            return OptionEditor(field, field.kind)
        case Endings():
            return EndingsEditor()
        case Book():
            return BookEditor(field)
