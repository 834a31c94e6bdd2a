"""修改记录: what was changed when, the newest first, to be searched, and to be brought back.

Decides how steps look and what may be brought back now; the controller does it. Steps are fetched a few at a time: ten
thousand of them must not keep the window waiting.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.editing.labels import name_place
from app.editing.past.history import Step, Touch, touches_at
from app.editing.past.returning import bring_back
from app.form.change import ChangeConflict
from app.form.form import Form
from app.form.rows import Place
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import size_window
from app.ui.table.empty_note import explain_empty

HEADINGS: Final = ("时间", "位置", "原来", "现在", "操作")
WIDTHS: Final = (11, 17, 16, 16, 16)  # in 汉字; the last one takes what is left
HIGH: Final = 30  # lines
AT_ONCE: Final = 100  # steps
LONGEST: Final = 120  # characters of a cell that are drawn; the tooltip has all
EMPTY: Final = "（空）"
NONE: Final = "没有符合的修改记录。请清空筛选框，或去掉“只看当前单元格”。"
NO_PLACE: Final = "请先在表中选中一个单元格，再打开修改记录"
LOCKED: Final = "这份表已经定稿或只读打开，只能查看；需要恢复请先取消定稿，或照窗口上方的提示做"
NOT_CHOSEN: Final = "请先选中一条记录"
VALUE: Final = "恢复此值"
ROW: Final = "恢复此行"
NOT_A_CELL: Final = "这一步没有改动单元格的内容，也没有删除行；请用“恢复整张表到此时”"
NOT_DIFFERENT: Final = "这个单元格现在就是这个内容，或者已经不在表中"
NOT_GONE: Final = "这一行现在还在表中，或者它所属的行已经不在表中"
MISMATCH: Final = "更早的修改记录与表的内容对不上，不能显示；表的内容不受影响"
Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a step and one thing it touched, None when it touched nothing (新建, 定稿)."""

    step: Step
    touch: Touch | None

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the columns."""
        time = f"{self.step.at.astimezone():%Y-%m-%d %H:%M:%S}"
        touch = self.touch
        if touch is None:
            return time, "", "", "", self.step.text
        before, after = (text or (EMPTY if touch.old is not None else "") for text in (touch.before, touch.after))
        return time, touch.name, before, after, self.step.text


class HistoryModel(QAbstractTableModel):
    """Remembers all lines fetched so far, and those of them that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self.shown: list[Line] = []
        self._is_wanted: Callable[[Line], bool] = lambda _line: True

    def clear(self) -> None:
        """No lines."""
        self.beginResetModel()
        self._lines, self.shown = [], []
        self.endResetModel()

    def add(self, lines: list[Line]) -> None:
        """More lines, older than those there are."""
        self._lines += lines
        wanted = [line for line in lines if self._is_wanted(line)]
        if wanted:
            self.beginInsertRows(NOWHERE, len(self.shown), len(self.shown) + len(wanted) - 1)
            self.shown += wanted
            self.endInsertRows()

    def show_only(self, is_wanted: Callable[[Line], bool]) -> None:
        """Show some lines only."""
        self._is_wanted = is_wanted
        self.beginResetModel()
        self.shown = [line for line in self._lines if is_wanted(line)]
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many lines are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: the text of a cell on one line, and all of it as tooltip."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self.shown[index.row()].texts[index.column()]
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else " ".join(text[:LONGEST].split("\n"))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: the headings."""
        is_heading = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADINGS[section] if is_heading else None


class HistoryDialog(QDialog):
    """Shows steps. ``value_asked(touch)`` and ``form_asked(step)`` say what is to be brought back."""

    value_asked = Signal(object)
    form_asked = Signal(object)

    def __init__(self, form: Form, place: Place | None, *, is_locked: bool, parent: QWidget | None = None) -> None:
        """``place`` is the cell the user is at."""
        super().__init__(parent)
        self.setWindowTitle("修改记录")
        self._form = form
        self._place = place
        self._is_locked = is_locked
        self._steps: Iterator[Step] = iter(())
        self._fetching = QTimer(self, interval=0)
        self._fetching.timeout.connect(self._fetch)
        self.problem = make_label(is_wrapped=True)
        self.problem.setProperty("wrong", "true")
        self.problem.hide()
        self.filter = QLineEdit(placeholderText="输入时间、位置或内容中的文字", clearButtonEnabled=True)
        self.filter.setAccessibleName("筛选")
        self.filter.textChanged.connect(self._choose_lines)
        self.here = QCheckBox("只看当前单元格" + (f"：{name_place(form, place)}" if place else ""))
        self.here.setEnabled(place is not None)
        self.here.setToolTip("" if place else NO_PLACE)
        self.here.toggled.connect(self._choose_lines)
        self.count = make_label()
        self.model = HistoryModel()
        self.table = _make_table(self.model)
        self.table.selectionModel().currentChanged.connect(self._update)
        self.model.modelReset.connect(self._update)
        explain_empty(self.table, NONE)
        self.note = make_label(is_wrapped=True)
        self.value = QPushButton(VALUE, autoDefault=False)
        self.value.clicked.connect(self._ask_value)
        self.whole = QPushButton("恢复整张表到此时…", autoDefault=False)
        self.whole.clicked.connect(self._ask_whole)
        self._lay_out()

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        caption = make_label("筛选(&S)：")
        caption.setBuddy(self.filter)
        top.addWidget(caption)
        top.addWidget(self.filter, 1)
        top.addWidget(self.here)
        top.addWidget(self.count)
        close = QPushButton("关闭", autoDefault=False)
        close.clicked.connect(self.reject)
        bottom.addWidget(self.value)
        bottom.addWidget(self.whole)
        bottom.addWidget(self.note, 1)
        bottom.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.problem)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)
        size_window(self, sum(WIDTHS), HIGH)
        self._update()

    def show_steps(self, form: Form, steps: Iterator[Step]) -> None:
        """Show the steps that led to the form as it is now."""
        self._form, self._steps = form, steps
        self.model.clear()
        self._fetch()
        self.table.selectRow(0)
        self._fetching.start()

    def show_problem(self, sentence: str) -> None:
        """Say at the top why not all can be shown."""
        self._fetching.stop()
        self.problem.setText(sentence)
        self.problem.show()

    def _fetch(self) -> None:
        try:
            steps = [*islice(self._steps, AT_ONCE)]
        except ChangeConflict:
            self.show_problem(MISMATCH)
            return
        self.model.add([Line(step, touch) for step in steps for touch in step.touches or (None,)])
        if not steps:
            self._fetching.stop()
        self._update()

    def _choose_lines(self) -> None:
        wanted, place = self.filter.text().strip().casefold(), self._place if self.here.isChecked() else None

        def is_wanted(line: Line) -> bool:
            is_here = place is None or (line.touch is not None and line.touch in touches_at(line.step, place))
            return is_here and any(wanted in text.casefold() for text in line.texts)

        self.model.show_only(is_wanted)
        self.table.selectRow(0)

    def _line(self) -> Line | None:
        row = self.table.currentIndex().row()
        return self.model.shown[row] if 0 <= row < len(self.model.shown) else None

    def _update(self) -> None:
        line = self._line()
        self.count.setText(f"{len(self.model.shown)} 条")
        whole = LOCKED if self._is_locked else "" if line else NOT_CHOSEN
        value = whole or self._why_not(line)
        self.value.setText(ROW if line and line.touch and line.touch.row else VALUE)
        for button, reason in ((self.value, value), (self.whole, whole)):
            button.setEnabled(not reason)
            button.setToolTip(plain_tip(reason))
            button.setAccessibleDescription(reason)
        self.note.setText(value)

    def _why_not(self, line: Line | None) -> str:
        """Why the value of a line can't be brought back; "" when it can."""
        if line is None or line.touch is None or (line.touch.old is None and line.touch.row is None):
            return NOT_A_CELL
        if bring_back(self._form, line.touch):
            return ""
        return NOT_DIFFERENT if line.touch.row is None else NOT_GONE

    def _ask_value(self) -> None:
        line = self._line()
        if line is not None:
            self.value_asked.emit(line.touch)

    def _ask_whole(self) -> None:
        line = self._line()
        if line is not None:
            self.form_asked.emit(line.step)


def _make_table(model: HistoryModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("修改记录")
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    # One height for all: Qt would otherwise measure every row.
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().lineSpacing() * 3 // 2)
    for column, width in enumerate(WIDTHS[:-1]):
        table.setColumnWidth(column, width * table.fontMetrics().horizontalAdvance("国"))
    table.horizontalHeader().setStretchLastSection(True)
    return table
