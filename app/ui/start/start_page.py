"""The start page: the ways to begin, and the forms that were changed last. Shown while no form is open.

Renders entries; says what the user asked for. Files that are dropped on it are handed on.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.editing.workspace import Outcome
from app.models.state import FormEntry
from app.ui.dialogs.drop_area import dropped_path
from app.ui.faces.naming import NO_YEAR, name_form, name_year
from app.ui.look.icons import icon
from app.ui.look.labels import make_label, plain_tip
from app.ui.start.recent import describe_state, name_entry
from app.ui.start.way_button import WayButton

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole
HEADINGS: Final = ("单位", "年度", "状态", "最后修改")
STATE: Final = 2
WIDEST: Final = 76  # characters; longer lines are hard to follow
LINES: Final = 7
NEW: Final = ("新建自评价表", "选定单位、年度和表样，从空表开始填写")
CONTINUE: Final = "继续填写"
ROLL: Final = ("提取上年", "由上一年的表生成今年的表，逐块选择带入什么")
IMPORT: Final = ("导入文件", "Excel、WPS、Word、PDF 都可以，也可以把文件拖到这里")
EXAMPLE: Final = ("打开样例", "一份公开的真实自评价表，可以随意试用，也可以删除")
NONE_YET: Final = "还没有自评价表。点“新建自评价表”开始，或导入上一年的文件；想先看看样子，就打开样例。"
SAVING: Final = "填写的内容会自动保存，随时可以关闭程序。"


class StartPage(QScrollArea):
    """Remembers which form goes on. Everything that is asked for is a signal."""

    new_asked = Signal()
    open_asked = Signal(int)
    roll_asked = Signal()
    import_asked = Signal()
    example_asked = Signal()
    dropped = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAcceptDrops(True)
        self._last: int | None = None
        self._may_write = True
        self.new = _button("new", *NEW, self.new_asked.emit)
        self.go_on = _button("write", CONTINUE, "", self._go_on)
        self.roll = _button("copy", *ROLL, self.roll_asked.emit)
        self.import_file = _button("import", *IMPORT, self.import_asked.emit)
        self.example = _button("form", *EXAMPLE, self.example_asked.emit)
        self.recent = QTreeWidget()
        self._none = _sentence(NONE_YET, "emptyNote")
        self._recent_title = _sentence("最近的自评价表", "blockTitle")
        self._set_up_recent()
        self._lay_out()

    def close_for_writing(self) -> None:
        """Forms can be looked at only: there is no way to a new one."""
        self.setAcceptDrops(False)
        self._may_write = False
        for button in (self.new, self.import_file, self.roll, self.example):
            button.setEnabled(False)

    def show_forms(self, entries: Sequence[FormEntry], last: FormEntry | None) -> None:
        """Show the recent forms and which one goes on; None when there is none to go on with."""
        self._last = last.id if last else None
        self.go_on.setVisible(last is not None)
        self.roll.setEnabled(bool(entries) and self._may_write)
        if last is not None:
            self.go_on.set_description(
                f"{name_entry(last)} {name_year(last.year)}，最后修改 {last.edited_at.astimezone():%m-%d %H:%M}"
            )
        self.recent.clear()
        for entry in entries:
            at = f"{entry.edited_at.astimezone():%Y-%m-%d %H:%M}"
            item = QTreeWidgetItem(
                self.recent, [name_entry(entry), entry.year.strip() or NO_YEAR, describe_state(entry, None), at]
            )
            item.setData(0, ENTRY_ROLE, entry)
            for column in range(len(HEADINGS)):
                item.setToolTip(column, plain_tip(f"{name_form(entry.unit, entry.year)}　{entry.template_name}"))
        for each in (self.recent, self._recent_title):
            each.setVisible(bool(entries))
        self._none.setVisible(not entries)

    def show_state(self, entry: FormEntry, outcome: Outcome) -> None:
        """Say how far one of the recent forms is."""
        for number in range(self.recent.topLevelItemCount()):
            item = self.recent.topLevelItem(number)
            if item is not None and item.data(0, ENTRY_ROLE) == entry:
                item.setText(STATE, describe_state(entry, outcome))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: take what is one file or folder of this computer."""
        if dropped_path(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: it was let go here."""
        path = dropped_path(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _set_up_recent(self) -> None:
        self.recent.setAccessibleName("最近的自评价表")
        self.recent.setHeaderLabels(HEADINGS)
        self.recent.setRootIsDecorated(False)
        self.recent.setUniformRowHeights(True)
        self.recent.setMinimumHeight(self.fontMetrics().lineSpacing() * LINES)
        header = self.recent.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.recent.itemActivated.connect(self._open)
        self.recent.itemClicked.connect(self._open)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("startInside")
        inside.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * WIDEST)
        space = self.fontMetrics().lineSpacing()
        grid = QGridLayout()
        grid.setSpacing(space // 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for number, button in enumerate((self.new, self.import_file, self.roll, self.example)):
            grid.addWidget(button, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(inside)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space // 2)
        column.addWidget(_sentence("部门整体支出绩效自评价", "blockTitle"))
        column.addWidget(_sentence(SAVING, "note"))
        column.addWidget(self.go_on)
        column.addLayout(grid)
        column.addWidget(self._none)
        column.addWidget(self._recent_title)
        column.addWidget(self.recent, 3)
        column.addStretch(1)
        outside = QWidget()
        row = QVBoxLayout(outside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside)
        self.setWidget(outside)
        self.setFocusProxy(self.new)

    def _go_on(self) -> None:
        if self._last is not None:
            self.open_asked.emit(self._last)

    def _open(self, item: QTreeWidgetItem) -> None:
        entry: FormEntry = item.data(0, ENTRY_ROLE)
        self.open_asked.emit(entry.id)


def _button(name: str, text: str, description: str, act: Callable[[], object]) -> WayButton:
    button = WayButton(icon(name), text, description)
    button.setObjectName("way")
    button.clicked.connect(lambda: act())  # noqa: PLW0108  # Qt would hand "checked" to the function
    return button


def _sentence(text: str, name: str) -> QLabel:
    label = make_label(text, is_wrapped=True)
    label.setObjectName(name)
    return label
