"""编辑 → 设置: everything in one dialog, pages at the left. What can't be a setting stays as typed, marked with the reason.

Decides when 确定 is possible. Keeps and applies nothing: ``chosen`` says what was chosen.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.editing.preferences import captions
from app.editing.preferences.fields import Unfit
from app.editing.preferences.keeping import export_preferences, import_preferences
from app.editing.preferences.preferences import Preferences
from app.form.failure import AppError
from app.ui.look.labels import make_label
from app.ui.look.spacing import size_window
from app.ui.look.style import set_state
from app.ui.settings.arriving import ArrivingPage
from app.ui.settings.page import SettingsPage

SPACING: Final = 2
WIDE: Final = 54
HIGH: Final = 32
LIST: Final = 8
SUGGESTED: Final = "绩效自评设置.toml"
KIND: Final = "设置文件 (*.toml)"
ENDING: Final = ".toml"


class SettingsDialog(QDialog):
    """``chosen(preferences)`` when 确定 is pressed; the dialog stays until it is accepted."""

    chosen = Signal(object)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self._preferences = preferences
        self.pages = [SettingsPage(name) for name in captions.PAGES]
        self.list = QListWidget()
        self.list.setAccessibleName("设置的类别")
        self.list.setSpacing(SPACING)
        self.list.addItems(list(captions.PAGES.values()))
        self.arriving = ArrivingPage()
        self._pile = QStackedWidget()
        for page in (*self.pages, self.arriving):
            self._pile.addWidget(page)
        self.note = make_label(is_wrapped=True)
        self._make_buttons()
        self._lay_out()
        for page in self.pages:
            page.show_preferences(preferences)
            page.changed.connect(self._check)
        self.list.currentRowChanged.connect(self._pile.setCurrentIndex)
        self.list.setCurrentRow(0)
        self.arriving.taken.connect(self._on_taken)
        self.arriving.left.connect(self._end_arrival)
        self._check()

    def _make_buttons(self) -> None:
        self.bring, self.carry = QPushButton("导入设置…"), QPushButton("导出设置…")
        self.reset = QPushButton("恢复本页默认")
        self.bring.clicked.connect(self._on_import)
        self.carry.clicked.connect(self._on_export)
        self.reset.clicked.connect(self._on_reset)
        for button in (self.bring, self.carry, self.reset):
            button.setAutoDefault(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.buttons.accepted.connect(self._on_ok)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.list.setFixedWidth(self.fontMetrics().horizontalAdvance("国" * LIST))
        middle = QHBoxLayout()
        middle.addWidget(self.list)
        middle.addWidget(self._pile, 1)
        below = QHBoxLayout()
        for button in (self.bring, self.carry, self.reset):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.addLayout(middle, 1)
        column.addWidget(self.note)
        column.addLayout(below)
        size_window(self, WIDE, HIGH)

    def show_problem(self, text: str) -> None:
        """Say that the settings could not be kept; the dialog stays."""
        self._say(text, is_wrong=True)

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self.note.setText(text)
        set_state(self.note, "wrong", is_wrong)

    def _check(self) -> None:
        """Say what is not right; 确定 is possible when nothing is wrong."""
        faults = [fault for page in self.pages for fault in page.faults()]
        texts = [f"{captions.PAGES[field.page]}·{captions.LABELS[field.key]}" for field, _ in faults]
        self._say(f"⚠ 请先改正：{'、'.join(texts)}" if texts else "", is_wrong=bool(texts))
        for row, page in enumerate(self.pages):
            self.list.item(row).setText(captions.PAGES[page.name] + (" ⚠" if page.faults() else ""))
        self._update()

    def _update(self) -> None:
        is_arriving = self._pile.currentWidget() is self.arriving
        is_right = not any(page.faults() for page in self.pages)
        self.ok.setEnabled(is_right and not is_arriving)
        self.list.setEnabled(not is_arriving)
        self.bring.setEnabled(not is_arriving)
        self.reset.setEnabled(not is_arriving)
        self.carry.setEnabled(is_right and not is_arriving)

    def _read(self) -> Preferences:
        """What all pages say. Unfit when something can't be a setting."""
        preferences = self._preferences
        for page in self.pages:
            preferences = page.take_into(preferences)
        return preferences

    def _on_ok(self) -> None:
        self.chosen.emit(self._read())

    def _on_reset(self) -> None:
        page = self.pages[self.list.currentRow()]
        page.show_preferences(Preferences())
        if not self.note.text():
            self._say("本页已恢复默认，点“确定”后保存")

    def _on_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "导出设置", str(Path.home() / SUGGESTED), KIND)
        if not name:
            return
        path = Path(name) if name.lower().endswith(ENDING) else Path(name + ENDING)
        try:
            export_preferences(path, self._read())
        except AppError as failure:
            self._say(str(failure), is_wrong=True)
        else:
            self._say(f"已导出到 {path}。里面有单位、人员和邮箱，请妥善保管")

    def _on_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "导入设置", str(Path.home()), KIND)
        if not name:
            return
        try:
            loaded = import_preferences(Path(name))
        except AppError as failure:
            self._say(str(failure), is_wrong=True)
            return
        self.arriving.show_arrival(Path(name).name, self._present(), loaded)
        self._pile.setCurrentWidget(self.arriving)
        self._say("")
        self._update()

    def _present(self) -> Preferences:
        """What the pages say, as far as it can be settings."""
        preferences = self._preferences
        for page in self.pages:
            try:
                preferences = page.take_into(preferences)
            except Unfit:
                continue
        return preferences

    def _on_taken(self, preferences: Preferences) -> None:
        for page in self.pages:
            page.show_preferences(preferences)
        self._end_arrival()
        if not self.note.text():
            self._say("已采用导入的设置，点“确定”后保存")

    def _end_arrival(self) -> None:
        self._pile.setCurrentIndex(self.list.currentRow())
        self._check()
