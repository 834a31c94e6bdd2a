"""A file's table as it was read, every cell marked with what becomes of it. Decides how a status looks; knows no form."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.editing.planning.importing import Status
from app.sheet.grid import Cell, Grid
from app.ui.look.palette import Meaning, color_of

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
WORDS: Final = {
    Status.NEW: "新增",
    Status.CHANGED: "修改",
    Status.SAME: "相同",
    Status.INVALID: "无效",
    Status.UNRECOGNISED: "未识别",
    Status.REMOVED: "删除",
    Status.MISSING: "缺少",
}
SYMBOLS: Final = {
    Status.NEW: "＋",
    Status.CHANGED: "✎",
    Status.SAME: "＝",
    Status.INVALID: "✕",
    Status.UNRECOGNISED: "？",
    Status.REMOVED: "－",
    Status.MISSING: "！",
}
_TINTS: Final = {
    Status.NEW: Meaning.GOOD,
    Status.CHANGED: Meaning.LOCKED,
    Status.INVALID: Meaning.WRONG,
    Status.UNRECOGNISED: Meaning.NOTED,
}
_ALPHA: Final = 40
_WIDEST: Final = 260
_HEADING: Final = "表头、合计等，不导入"


def tint(status: Status) -> QBrush | None:
    """The background of a status, light enough for any palette; it is never the only sign."""
    if status not in _TINTS:
        return None
    color = color_of(_TINTS[status], QGuiApplication.palette())
    color.setAlpha(_ALPHA)
    return QBrush(color)


def column_name(column: int) -> str:
    """A column's letters, as in a spreadsheet."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


class SourceModel(QAbstractTableModel):
    """Shows a Grid; ``statuses`` are by (row, column) of the cell's corner."""

    def __init__(self, grid: Grid, statuses: Mapping[tuple[int, int], Status]) -> None:
        super().__init__()
        self._grid = grid
        self._statuses = statuses
        self._cells: dict[tuple[int, int], Cell] = {(cell.row, cell.column): cell for cell in grid.cells}

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else self._grid.row_count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(self._grid.widths)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: one aspect of a cell."""
        cell = self._cells.get((index.row(), index.column()))
        if cell is None or not cell.text.strip():
            return None
        status = self._statuses.get((index.row(), index.column()))
        said = WORDS[status] if status else _HEADING
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{SYMBOLS[status]} {cell.text}" if status else cell.text
            case Qt.ItemDataRole.BackgroundRole:
                return tint(status) if status else None
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{column_name(index.column())}{index.row() + 1}：{said}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{cell.text}，{said}"
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: letters above, numbers at the left."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_name(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)


class SourceView(QTableView):
    """The table of a file. ``cell_chosen(row, column)`` when the user goes to a cell."""

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("文件内容")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self._shown: SourceModel | None = None

    def show_grid(self, grid: Grid, statuses: Mapping[tuple[int, int], Status]) -> None:
        """Show a table of the file."""
        self._shown = SourceModel(grid, statuses)
        self.setModel(self._shown)
        self.clearSpans()
        for cell in grid.cells:
            if (cell.rows, cell.columns) != (1, 1):
                self.setSpan(cell.row, cell.column, cell.rows, cell.columns)
        self.resizeColumnsToContents()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(len(grid.widths)):
            header.resizeSection(column, min(_WIDEST, header.sectionSize(column)))
        self.resizeRowsToContents()
        self.selectionModel().currentChanged.connect(lambda index, _before: self._on_current(index))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and show it."""
        if self._shown is not None:
            index = self._shown.index(row, column)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _on_current(self, index: Index) -> None:
        self.cell_chosen.emit(index.row(), index.column())
