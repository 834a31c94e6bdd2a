"""A table whose columns fill the window and whose rows are as high as their texts, merged cells too, at any zoom.

Decides sizes only. Row heights are measured when a table is laid out and for rows that changed, never for all rows at
every edit.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QFont, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

from app.ui.face import Face, Faces, Span
from app.ui.look.spacing import space
from app.ui.table.delegate import face_height, typeface
from app.ui.table.memory import NORMAL, Memory
from app.ui.table.model import TableModel

NARROWEST: Final = 40
HEADING_ROOM: Final = 1  # steps
ROW_LINES: Final = 2  # there is always room for
NOTCH: Final = 120  # of a wheel


class FittedTable(QTableView):
    """Shows Faces, all of them readable. Remembers merges, which rows are to be measured again, and the width there is."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is under which the columns are remembered."""
        super().__init__(parent)
        self.setObjectName(name)
        self.faces_model = TableModel(self)
        self._memory = Memory()
        self._is_unfitted = False
        # Of the viewport, as told when it is resized: asking for the viewport makes PySide prepare every kind of widget.
        self._width = 0
        self._turned = 0
        self._stale_rows: set[int] = set()
        self._covered: frozenset[tuple[int, int]] = frozenset()
        self._ending: dict[int, list[Span]] = {}
        self.setModel(self.faces_model)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        # Its own, for ever empty: with the table's it is painted anew, all columns asked, whenever another cell is chosen.
        header.setSelectionModel(QItemSelectionModel(self.faces_model, header))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionHandleDoubleClicked.connect(self.reset_widths)
        self.faces_model.dataChanged.connect(self._on_data_changed)

    def remember(self, memory: Memory) -> None:
        """Look at the table as it was looked at before."""
        self._memory = memory
        memory.zoomed.connect(self._on_zoomed)
        if memory.zoom != NORMAL:
            self._on_zoomed()

    def render_faces(self, faces: Faces) -> bool:
        """Show other faces. True when rows, columns or merges changed: what was current is not any more."""
        before = self.faces_model.faces
        if not self.faces_model.show_faces(faces):
            self._fit_stale()
            return False
        if before.headings != faces.headings or before.widths != faces.widths:
            self._fit_columns()
        self._set_spans(faces)
        self._fit_later()
        return True

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a cell lies under a merged one."""
        return (row, column) in self._covered

    def _set_spans(self, faces: Faces) -> None:
        self.clearSpans()
        self._covered = frozenset(
            (row, column)
            for span in faces.spans
            for row in range(span.row, span.row + span.rows)
            for column in range(span.column, span.column + span.columns)
        )
        self._ending = {}
        for span in faces.spans:
            self.setSpan(span.row, span.column, span.rows, span.columns)
            self._ending.setdefault(span.row + span.rows - 1, []).append(span)

    # columns and zoom
    def zoom_by(self, steps: int) -> None:
        """All tables larger or smaller."""
        self._memory.zoom_by(steps)

    def reset_zoom(self) -> None:
        """All tables as large as the window's other text."""
        self._memory.reset_zoom()

    def reset_widths(self) -> None:
        """The columns share the width in their template's proportions again."""
        self._memory.keep_widths(self.objectName(), ())
        self._fit_columns()

    def _on_zoomed(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * self._memory.zoom / NORMAL)
        if font.pointSizeF() != self.font().pointSizeF():
            self.setFont(font)
            self.horizontalHeader().setFont(font)
        self._fit_columns()

    def _own_widths(self) -> list[int]:
        """The widths the user gave these columns, [] for none."""
        widths = self._memory.widths(self.objectName())
        is_ours = len(widths) == len(self.faces_model.faces.widths)  # another template may have other columns
        return [-(-width * self._memory.zoom // NORMAL) for width in widths] if is_ours else []

    def _fit_columns(self) -> None:
        shares = self.faces_model.faces.widths
        width = max(self._width, self._width * self._memory.zoom // NORMAL)
        if not shares or width < NARROWEST:
            return
        header = self.horizontalHeader()
        header.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        for column, wide in enumerate(self._own_widths() or _share_out(width, shares)):
            self.setColumnWidth(column, max(NARROWEST, wide))
        header.blockSignals(False)  # noqa: FBT003  # the same
        self._fit_later()

    def _on_section_resized(self, _column: int, old: int, new: int) -> None:
        if old != new:
            if self.horizontalHeader().isVisible():
                widths = [width * NORMAL // self._memory.zoom for width in self._widths()]
                self._memory.keep_widths(self.objectName(), widths)
            self._fit_later()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the columns share the width in their template's proportions until the user drags one."""
        super().resizeEvent(event)
        before, self._width = self._width, event.size().width()
        if before != self._width and not (before and self._own_widths()):
            self._fit_columns()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: with Ctrl the wheel zooms."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)
        self._turned -= steps * NOTCH
        self.zoom_by(steps)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: with another font columns and rows need other sizes; another style sheet takes a zoomed table's font away."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._on_zoomed()

    # rows
    def _fit_later(self) -> None:
        """Once for all reasons there are, at the latest before the next painting or scrolling: Qt lays out its items then."""
        self._is_unfitted = True
        self.scheduleDelayedItemsLayout()

    def doItemsLayout(self) -> None:
        """Qt: the items get their places."""
        if self._is_unfitted:
            self._is_unfitted = False
            self.fit_rows()
        super().doItemsLayout()

    def fit_rows(self) -> None:
        """Give every row, and the headings, the height their texts need."""
        types, headings = typeface(self.font()), enumerate(self.faces_model.faces.headings)
        heights = (face_height(Face(text), self.columnWidth(column), types) for column, text in headings)
        self.horizontalHeader().setFixedHeight(max(heights, default=0) + space(HEADING_ROOM))
        # Qt's own minimum makes a page of three tables too high for a small screen.
        self.setMinimumHeight(self.horizontalHeader().minimumHeight() + ROW_LINES * self.fontMetrics().lineSpacing())
        self._fit(range(len(self.faces_model.faces.rows)))

    def _fit_stale(self) -> None:
        """Measure the rows that changed, and those in which a merged cell ends that begins in one of them."""
        stale, self._stale_rows = self._stale_rows, set()
        ends = {row for row, spans in self._ending.items() if any(span.row in stale for span in spans)}
        self._fit(stale | ends)

    def _widths(self) -> list[int]:
        return [self.columnWidth(column) for column in range(len(self.faces_model.faces.headings))]

    def _fit(self, rows: Iterable[int]) -> None:
        faces, types, widths = self.faces_model.faces, typeface(self.font()), self._widths()
        least = face_height(Face(""), NARROWEST, types)
        heights: dict[int, int] = {}
        for row in sorted(rows):
            cells = (cell for cell in enumerate(faces.rows[row]) if (row, cell[0]) not in self._covered)
            height = max((face_height(face, widths[column], types) for column, face in cells), default=least)
            heights[row] = height
            for span in self._ending.get(row, ()):
                face, columns = faces.rows[span.row][span.column], widths[span.column : span.column + span.columns]
                above = sum(heights.get(each) or self.rowHeight(each) for each in range(span.row, row))
                heights[row] = max(heights[row], face_height(face, sum(columns), types) - above)
        changed = {row: height for row, height in heights.items() if self.rowHeight(row) != height}
        if not changed:
            return
        self.verticalHeader().blockSignals(True)  # noqa: FBT003  # Qt's own signature
        for row, height in changed.items():
            self.setRowHeight(row, height)
        self.verticalHeader().blockSignals(False)  # noqa: FBT003  # the same
        self.doItemsLayout()
        self.updateEditorGeometries()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._stale_rows.update(range(first.row(), last.row() + 1))


def _share_out(width: int, shares: tuple[float, ...]) -> list[int]:
    """Columns in proportion; the last takes what is left, so that they fill the width."""
    wide = [max(NARROWEST, int(width * share / sum(shares))) for share in shares[:-1]]
    return [*wide, width - sum(wide)]
