"""提取上年: the year, the template and what is taken of each block. Decides nothing; it asks."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.editing.planning.rollover import Choice, Taking
from app.form.form import Form
from app.form.template import Template
from app.ui.faces.naming import name_form
from app.ui.look.labels import make_label

TAKINGS: Final = {
    Taking.KEEP: "原样带入",
    Taking.MARK: "带入并标注“上年内容待更新”",
    Taking.EMPTY: "留空",
}
BLOCKS: Final = (
    ("duties", "主要职能", (Taking.KEEP, Taking.MARK, Taking.EMPTY)),
    ("staffing", "机构设置及人员配置", (Taking.KEEP, Taking.MARK, Taking.EMPTY)),
    ("budget", "预算金额", (Taking.EMPTY, Taking.KEEP)),
    ("achievements", "主要成效", (Taking.EMPTY, Taking.MARK, Taking.KEEP)),
    ("problems", "存在问题", (Taking.EMPTY, Taking.MARK, Taking.KEEP)),
    ("measures", "整改举措", (Taking.EMPTY, Taking.MARK, Taking.KEEP)),
)
ALWAYS: Final = "指标、全年指标值、分值和评分规则总是带入；实际完成值、得分和原因总是留空。"


class RolloverDialog(QDialog):
    """Asks how a new year's form is begun. OK is possible once there is a year of its own."""

    def __init__(
        self, last: Form, templates: Sequence[Template], taken_years: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("提取上年")
        self._taken = frozenset(taken_years)
        self.year = QLineEdit(str(int(last.cover.year) + 1) if last.cover.year.isdecimal() else "")
        self.template = QComboBox()
        self.template.addItem(f"与上年相同（{last.template.name}）", last.template)
        for template in templates:
            if template != last.template:
                self.template.addItem(template.name, template)
        for field, caption in ((self.year, "新表年度"), (self.template, "表样")):
            field.setAccessibleName(caption)
        self.takings: dict[str, QComboBox] = {}
        self._note = make_label()
        self._note.setObjectName("note")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out(name_form(last.cover.unit, last.cover.year))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.year.textChanged.connect(self._check)
        self._check()

    def _lay_out(self, last: str) -> None:
        rows = QFormLayout()
        rows.addRow("上年的表", make_label(last))
        rows.addRow("新表年度", self.year)
        rows.addRow("表样", self.template)
        default = Choice()
        for name, label, takings in BLOCKS:
            combo = QComboBox()
            for taking in takings:
                combo.addItem(TAKINGS[taking], taking)
            combo.setCurrentIndex(combo.findData(getattr(default, name)))
            rows.addRow(label, combo)
            self.takings[name] = combo
        always = make_label(ALWAYS, is_wrapped=True)
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(always)
        column.addWidget(self._note)
        column.addWidget(self._buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 34)

    @property
    def choice(self) -> Choice:
        """What is taken of each block."""
        return Choice(**{name: combo.currentData() for name, combo in self.takings.items()})

    def _check(self) -> None:
        year = self.year.text().strip()
        note = "" if year else "请填写新表年度"
        if year in self._taken:
            note = f"这个单位已经有 {year} 年的表；继续会再建一份"
        self._note.setText(note)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(year))
