"""The small dialog that asks for unit, year and template of a new or copied form."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.form.template import Template
from app.ui.look.labels import make_label


class FormDialog(QDialog):
    """Asks for what a form is named by. OK is possible once unit and year are there."""

    def __init__(self, title: str, templates: Sequence[Template], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.unit = QLineEdit()
        self.year = QLineEdit()
        self.template = QComboBox(self)  # also where it is not shown: one without a window is never let go
        self.template.setVisible(bool(templates))
        self.template.setAccessibleName("表样")  # not every system takes the label before it
        for template in templates:
            self.template.addItem(template.name, template)
        self._note = make_label()
        self._note.setObjectName("note")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        rows = QFormLayout()
        rows.addRow("单位名称", self.unit)
        rows.addRow("年度", self.year)
        if templates:
            rows.addRow("表样", self.template)
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(self._note)
        column.addWidget(self._buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 34)
        for field in (self.unit, self.year):
            field.textChanged.connect(self._check)
        self.template.currentIndexChanged.connect(self._on_template)
        self._on_template()
        self._check()

    def chosen_template(self) -> Template:
        """The template that is chosen."""
        template: Template = self.template.currentData()
        return template

    def _on_template(self) -> None:
        template: Template | None = self.template.currentData()
        if template is not None and not self.year.text().strip():
            self.year.setText(template.year)

    def _check(self) -> None:
        missing = [name for name, field in (("单位名称", self.unit), ("年度", self.year)) if not field.text().strip()]
        self._note.setText(f"请填写{'和'.join(missing)}" if missing else "")
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not missing)
