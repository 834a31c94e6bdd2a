"""导入: the plan beside the file, cell by cell, before anything is done.

Decides how plan and file are shown together. What becomes of a cell is `app.editing.planning.importing`; accepting is the
caller's.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.editing.planning.importing import ImportPlan, PlanLine, Status
from app.sheet.grid import Grid
from app.sheet.recognising.outline import Ref
from app.ui.dialogs.source_view import SYMBOLS, WORDS, SourceView, column_name, tint
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import size_window

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
START_SIZE: Final = (90, 38)  # letters, lines
COLUMNS: Final = ("结果", "文件中的位置", "项目", "原来的内容", "导入后的内容", "说明")
ALL: Final = "全部"
WIDTHS: Final = (6, 8, 17, 13, 13, 14)  # letters
ORDER: Final = (
    Status.INVALID,
    Status.UNRECOGNISED,
    Status.REMOVED,
    Status.MISSING,
    Status.CHANGED,
    Status.NEW,
    Status.SAME,
)
NEW_FORM: Final = "作为新表导入"
OPEN_FORM: Final = "导入到当前打开的表"

MOST_REMARKS: Final = 6


class PlanModel(QAbstractTableModel):
    """Shows the lines of a plan."""

    def __init__(self, lines: Sequence[PlanLine], titles: Sequence[str]) -> None:
        super().__init__()
        self.lines = tuple(lines)
        self._titles = titles

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: one aspect of a cell."""
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts(line)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._texts(line)[index.column()])
            case Qt.ItemDataRole.BackgroundRole:
                return tint(line.status) if index.column() == 0 else None
            case _:
                return None

    def _texts(self, line: PlanLine) -> tuple[str, ...]:
        is_gone = line.status in (Status.REMOVED, Status.MISSING, Status.UNRECOGNISED)
        shown = "" if is_gone else line.text
        before = line.text if line.status is Status.UNRECOGNISED else line.before
        return (
            f"{SYMBOLS[line.status]} {WORDS[line.status]}",
            self._address(line.ref),
            line.name,
            before,
            shown,
            _why(line),
        )

    def _address(self, ref: Ref | None) -> str:
        if ref is None:
            return ""
        title = self._titles[ref.table] if len(self._titles) > 1 else ""
        return f"{title and title + ' '}{column_name(ref.column)}{ref.row + 1}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: the headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None


class ImportDialog(QDialog):
    """Shows one plan at a time: of the several forms in a file, into the open form or as a new one.

    ``make_plan(form number, into the open form)`` gives a plan; ``plan`` is the accepted one.
    """

    def __init__(
        self,
        grids: Sequence[Grid],
        names: Sequence[str],
        make_plan: Callable[[int, bool], ImportPlan],
        *,
        can_merge: Callable[[int], bool],
        remarks: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入")
        self._grids = grids
        self._make_plan = make_plan
        self._can_merge = can_merge
        self._remarks = _listed(remarks)
        self.forms, self.target, self.filter, self.tables = (QComboBox() for _ in range(4))
        self.source, self.lines = SourceView(), QTableView()
        self.summary = make_label()
        self.plan: ImportPlan = make_plan(0, can_merge(0))
        self._titles = tuple(grid.title or f"表{number}" for number, grid in enumerate(grids, 1))
        for combo, name in (
            (self.forms, "文件中的表"),
            (self.target, "导入到"),
            (self.filter, "只看"),
            (self.tables, "文件中的工作表"),
        ):
            combo.setAccessibleName(name)
        self.forms.addItems(list(names))
        self.tables.addItems(list(self._titles))
        self._lay_out()
        self._offer_targets()
        self.forms.currentIndexChanged.connect(self._on_form)
        self.target.currentIndexChanged.connect(self._on_target)
        self.filter.currentIndexChanged.connect(self._show_lines)
        self.tables.currentIndexChanged.connect(self._show_source)
        self.source.cell_chosen.connect(self._on_cell)
        self._show_plan()

    @property
    def merges(self) -> bool:
        """Whether the plan is for the open form."""
        return bool(self.target.currentData())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for label, combo, is_needed in (
            ("表：", self.forms, self.forms.count() > 1),
            ("方式：", self.target, True),
            ("只看：", self.filter, True),
            ("工作表：", self.tables, len(self._grids) > 1),
        ):
            caption = make_label(label)
            caption.setBuddy(combo)
            for widget in (caption, combo):
                widget.setVisible(is_needed)
                top.addWidget(widget)
        top.addStretch(1)
        self.summary.setWordWrap(True)
        self.lines.setAccessibleName("导入计划")
        self.lines.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.lines.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.lines.setTabKeyNavigation(False)
        self.lines.verticalHeader().hide()
        self.lines.horizontalHeader().setStretchLastSection(True)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.addWidget(self.source)
        panes.addWidget(self.lines)
        buttons = QDialogButtonBox()
        self.accept_button: QPushButton = buttons.addButton("接受导入", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.summary)
        column.addWidget(panes, 1)
        column.addWidget(buttons)
        size_window(self, *START_SIZE)

    def _offer_targets(self) -> None:
        self.target.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.target.clear()
        if self._can_merge(self.forms.currentIndex()):
            self.target.addItem(OPEN_FORM, userData=True)
        self.target.addItem(NEW_FORM, userData=False)
        self.target.blockSignals(False)  # noqa: FBT003  # the same

    def _on_form(self, _number: int) -> None:
        self._offer_targets()
        self._on_target(0)

    def _on_target(self, _number: int) -> None:
        self.plan = self._make_plan(self.forms.currentIndex(), self.merges)
        self._show_plan()

    def _show_plan(self) -> None:
        counts = {status: self.plan.count(status) for status in ORDER}
        said = "，".join(f"{WORDS[status]} {count} 处" for status, count in counts.items() if count)
        lost = counts[Status.UNRECOGNISED]
        warning = f"\n⚠ 有 {lost} 处内容没有对应的栏目，不会导入，请在列表中逐条核对。" if lost else ""
        self.summary.setText(
            f"{said or '文件中没有可导入的内容'}；表头、合计等 {self.plan.explained} 处不需要导入。{warning}{self._remarks}"
        )
        self.filter.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.filter.clear()
        self.filter.addItem(f"{ALL}（{len(self.plan.lines)}）")
        for status, count in counts.items():
            if count:
                self.filter.addItem(f"{SYMBOLS[status]} {WORDS[status]}（{count}）", status)
        self.filter.blockSignals(False)  # noqa: FBT003  # the same
        can_accept = self.plan.change is not None if self.merges else True
        self.accept_button.setEnabled(can_accept)
        self.accept_button.setToolTip("" if can_accept else "文件内容与当前的表相同，没有需要导入的")
        self._show_source()
        self._show_lines()

    def _show_source(self) -> None:
        table = max(0, self.tables.currentIndex())
        if table < len(self._grids):
            by_place = {
                (line.ref.row, line.ref.column): line.status
                for line in self.plan.lines
                if line.ref is not None and line.ref.table == table
            }
            self.source.show_grid(self._grids[table], by_place)

    def _show_lines(self) -> None:
        wanted: Status | None = self.filter.currentData()
        lines = sorted(self.plan.lines, key=lambda line: ORDER.index(line.status))
        self._model = PlanModel([line for line in lines if wanted in (None, line.status)], self._titles)
        self.lines.setModel(self._model)
        for column, width in enumerate(WIDTHS):
            self.lines.setColumnWidth(column, width * self.fontMetrics().horizontalAdvance("国"))
        self.lines.selectionModel().currentRowChanged.connect(lambda index, _before: self._on_line(index.row()))

    def _on_line(self, row: int) -> None:
        ref = self._model.lines[row].ref if 0 <= row < len(self._model.lines) else None
        if ref is not None:
            self.tables.setCurrentIndex(ref.table)
            self.source.blockSignals(True)  # noqa: FBT003  # Qt's own signature
            self.source.go_to(ref.row, ref.column)
            self.source.blockSignals(False)  # noqa: FBT003  # the same

    def _on_cell(self, row: int, column: int) -> None:
        place = Ref(max(0, self.tables.currentIndex()), row, column)
        found = next((number for number, line in enumerate(self._model.lines) if line.ref == place), None)
        if found is not None:
            self.lines.blockSignals(True)  # noqa: FBT003  # Qt's own signature
            self.lines.selectRow(found)
            self.lines.blockSignals(False)  # noqa: FBT003  # the same


def _listed(remarks: Sequence[str]) -> str:
    """What must be known of the file, a line each; of very many the first ones."""
    shown = [f"\n• {remark}" for remark in remarks[:MOST_REMARKS]]
    more = len(remarks) - len(shown)
    return "".join(shown) + (f"\n• 另有 {more} 条类似的提示" if more else "")


def _why(line: PlanLine) -> str:
    match line.status:
        case Status.INVALID:
            return f"{line.because}；会照原样导入并标出"
        case Status.UNRECOGNISED:
            return "表样没有这一栏，或看不出属于哪一栏，不会导入"
        case Status.REMOVED:
            return "文件中没有这一行，导入后删除（可撤销）"
        case Status.MISSING:
            return "文件中没有这一行，保留表样的行"
        case _:
            return ""
