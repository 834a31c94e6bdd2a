"""The bar below the tabs that asks what to find and what to put in its place.

Renders how many there are; says what the user asked for. Finding and replacing are `actions.searching`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QToolButton, QWidget

from app.editing.searching import Wanted
from app.ui.look.buttons import bar_button
from app.ui.look.labels import make_label
from app.ui.look.spacing import set_spaces
from app.ui.pages.fields import LineField


class FindBar(QFrame):
    """``wanted_changed`` while it is typed, ``step_asked(1 or -1)``, ``replace_asked``, ``replace_all_asked``, ``left`` for Esc."""

    wanted_changed = Signal()
    step_asked = Signal(int)
    replace_asked = Signal()
    replace_all_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAccessibleName("查找和替换")
        self.text, self.replacement = LineField(), LineField()
        self.verdict = make_label()
        self.is_case_sensitive = QCheckBox("区分大小写(&C)")
        self.is_whole_cell = QCheckBox("整格匹配(&W)")
        self._lay_out()
        self.text.textChanged.connect(self.wanted_changed)
        for box in (self.is_case_sensitive, self.is_whole_cell):
            box.toggled.connect(self.wanted_changed)
        self.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        set_spaces(grid, (3, 2, 3, 2), 2)
        grid.setColumnStretch(1, 1)
        self._captions = (make_label("查找(&I)"), make_label("替换为(&T)"))
        for row, (caption, field) in enumerate(zip(self._captions, (self.text, self.replacement), strict=True)):
            caption.setBuddy(field)
            field.setAccessibleName(caption.text().split("(")[0])
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
        finding, replacing = QHBoxLayout(), QHBoxLayout()
        finding.addWidget(_button("上一个", "previous", "上一个（Shift+F3）", lambda: self.step_asked.emit(-1)))
        finding.addWidget(_button("下一个", "next", "下一个（F3）", lambda: self.step_asked.emit(1)))
        for box in (self.is_case_sensitive, self.is_whole_cell):
            finding.addWidget(box)
        finding.addStretch(1)
        finding.addWidget(_button("关闭", "close", "关闭（Esc）", self.left.emit))
        self._replacing = (
            _button("替换(&R)", "replace", "替换这一处，再转到下一处", self.replace_asked.emit),
            _button("全部替换(&A)", "replace", "替换所有页签里的，一步就可以撤销", self.replace_all_asked.emit),
        )
        for button in self._replacing:
            replacing.addWidget(button)
        replacing.addStretch(1)
        grid.addLayout(finding, 0, 2)
        grid.addLayout(replacing, 1, 2)
        grid.addWidget(self.verdict, 2, 0, 1, 3)

    def open(self, seed: str, *, can_replace: bool) -> None:
        """Show the bar and give it the keys; ``seed`` is what to look for, "" for what was looked for last."""
        for part in (self._captions[1], self.replacement, *self._replacing):
            part.setVisible(can_replace)
        if seed:
            self.text.setText(seed)
        self.show()
        self.text.setFocus()
        self.text.selectAll()

    def wanted(self) -> Wanted:
        """What is looked for."""
        return Wanted(self.text.text(), self.is_case_sensitive.isChecked(), self.is_whole_cell.isChecked())

    def say(self, verdict: str) -> None:
        """How many there are, or what was done; screen readers hear it at the field."""
        self.verdict.setText(verdict)
        self.text.setAccessibleDescription(verdict)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves; Enter goes on, with Shift back, and replaces where the replacement is typed."""
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.replacement.hasFocus():
                self.replace_asked.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.text.hasFocus():
                self.step_asked.emit(-1 if is_back else 1)
            case _:
                super().keyPressEvent(event)


def _button(text: str, name: str, hint: str, act: object) -> QToolButton:
    button = bar_button(text, name, hint)
    button.clicked.connect(act)
    return button
