"""The table view: keys as in a spreadsheet, merges, and row heights that show all text.

Decides how one moves and edits; knows faces and places, no form. Row heights are measured when a table is laid out and
for rows that changed, never for all rows at every edit.
"""

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from app.form.rows import Place
from app.ui.face import Face, Faces, Span
from app.ui.table.clipboard import write_cells
from app.ui.table.delegate import FaceDelegate, face_height
from app.ui.table.editor import CellEditor
from app.ui.table.model import TableModel

NARROWEST: Final = 40
HEADING_ROOM: Final = 4
ASKING: Final = (
    QAbstractItemView.EditTrigger.DoubleClicked,
    QAbstractItemView.EditTrigger.EditKeyPressed,
    QAbstractItemView.EditTrigger.AnyKeyPressed,
)
KEEPING: Final = ASKING[:2]  # a key would otherwise replace a long text that was only to be corrected
Index = QModelIndex | QPersistentModelIndex


class TableView(QTableView):
    """Shows Faces.

    ``edited(place, text, visit)`` for what is typed, ``cleared(places)`` for Delete, ``refused(why)`` when a cell can't
    be typed in.
    """

    edited = Signal(object, str, str)
    cleared = Signal(object)
    refused = Signal(str)
    current_moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.faces_model = TableModel(self)
        self._delegate = FaceDelegate(self)
        self._is_widths_set = False
        self._is_unfitted = False
        # Of the viewport, as told when it is resized: asking for the viewport makes PySide prepare every kind of widget.
        self._width = 0
        self._stale_rows: set[int] = set()
        self._covered: frozenset[tuple[int, int]] = frozenset()
        self._ending: dict[int, list[Span]] = {}
        self.lock = ""  # why nothing can be typed in at all, "" when it can
        self.setModel(self.faces_model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setObjectName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(ASKING[0] | ASKING[1] | ASKING[2])
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)
        self._delegate.stepped.connect(self.step)
        self.faces_model.edited.connect(self._on_edited)
        self.faces_model.dataChanged.connect(self._on_data_changed)

    def show_faces(self, faces: Faces) -> None:
        """Show other faces; the current cell stays the current one when it is still there."""
        place = self.faces_model.place_of(self.currentIndex())
        before = self.faces_model.faces
        if not self.faces_model.show_faces(faces):
            self._fit_stale()
            return
        if before.headings != faces.headings or before.widths != faces.widths:
            self._is_widths_set = False
            self._fit_columns()
        self._set_spans(faces)
        self._fit_later()
        if place is not None:
            self.reveal(place)

    def reveal(self, place: Place) -> bool:
        """Make the cell of a place the current one and scroll to it; False when this table doesn't show it."""
        index = self.faces_model.index_of(place)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def current_key(self) -> str:
        """The key of the row that is current, "" for none."""
        row = self.currentIndex().row()
        keys = self.faces_model.faces.keys
        return keys[row] if 0 <= row < len(keys) else ""

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
        headings = enumerate(self.faces_model.faces.headings)
        heights = (face_height(Face(text), self.columnWidth(column), self.font()) for column, text in headings)
        self.horizontalHeader().setFixedHeight(max(heights, default=0) + HEADING_ROOM)
        self._fit(range(len(self.faces_model.faces.rows)))

    def _fit_stale(self) -> None:
        """Measure the rows that changed, and those in which a merged cell ends that begins in one of them."""
        stale, self._stale_rows = self._stale_rows, set()
        ends = {row for row, spans in self._ending.items() if any(span.row in stale for span in spans)}
        self._fit(stale | ends)

    def _set_spans(self, faces: Faces) -> None:
        self.clearSpans()
        for span in faces.spans:
            self.setSpan(span.row, span.column, span.rows, span.columns)
        self._covered = frozenset(
            (row, column)
            for span in faces.spans
            for row in range(span.row, span.row + span.rows)
            for column in range(span.column, span.column + span.columns)
        )
        self._ending = {}
        for span in faces.spans:
            self._ending.setdefault(span.row + span.rows - 1, []).append(span)

    def _fit(self, rows: Iterable[int]) -> None:
        faces, font = self.faces_model.faces, self.font()
        widths = [self.columnWidth(column) for column in range(len(faces.headings))]
        least = face_height(Face(""), NARROWEST, font)
        heights: dict[int, int] = {}
        for row in sorted(rows):
            cells = (cell for cell in enumerate(faces.rows[row]) if (row, cell[0]) not in self._covered)
            height = max((face_height(face, widths[column], font) for column, face in cells), default=least)
            heights[row] = height + self._missing_for_merged(row, height, heights, widths)
        changed = {row: height for row, height in heights.items() if self.rowHeight(row) != height}
        if not changed:
            return
        self.verticalHeader().blockSignals(True)  # noqa: FBT003  # Qt's own signature
        for row, height in changed.items():
            self.setRowHeight(row, height)
        self.verticalHeader().blockSignals(False)  # noqa: FBT003  # the same
        self.doItemsLayout()
        self.updateEditorGeometries()

    def _missing_for_merged(self, row: int, height: int, heights: dict[int, int], widths: list[int]) -> int:
        """What the merged cells that end in a row need beyond the rows they cover; ``heights`` are new ones."""
        faces, font, missing = self.faces_model.faces, self.font(), 0
        for span in self._ending.get(row, ()):
            face = faces.rows[span.row][span.column]
            needed = face_height(face, sum(widths[span.column : span.column + span.columns]), font)
            above = sum(heights.get(each, self.rowHeight(each)) for each in range(span.row, row))
            missing = max(missing, needed - above - height)
        return missing

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._stale_rows.update(range(first.row(), last.row() + 1))

    def _on_section_resized(self, _column: int, old: int, new: int) -> None:
        if old != new:
            self._is_widths_set = self._is_widths_set or self.horizontalHeader().isVisible()
            self._fit_later()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the columns share the width in their template's proportions until the user drags one."""
        super().resizeEvent(event)
        self._width = event.size().width()
        if not self._is_widths_set and event.oldSize().width() != self._width:
            self._fit_columns()

    def _fit_columns(self) -> None:
        shares = self.faces_model.faces.widths
        width = self._width
        if not shares or width < NARROWEST:
            return
        header = self.horizontalHeader()
        header.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        left = width
        for column, share in enumerate(shares):
            is_last = column == len(shares) - 1
            wide = left if is_last else max(NARROWEST, int(width * share / sum(shares)))
            self.setColumnWidth(column, max(NARROWEST, wide))
            left -= wide
        header.blockSignals(False)  # noqa: FBT003  # the same
        self._fit_later()

    def _on_edited(self, place: Place, text: str) -> None:
        self.edited.emit(place, text, f"{self.objectName()}:{self._delegate.visits}")

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: another cell is current."""
        super().currentChanged(current, previous)
        self.current_moved.emit()

    def edit(self, index: Index, *how: Any) -> bool:  # type: ignore[override]  # noqa: ANN401  # two overloads in Qt
        """Qt: open the editor; a cell that can't be typed in says why instead."""
        face = self.faces_model.face_at(index)
        is_asked = not how or how[0] in ASKING
        if is_asked and face is not None and (self.lock or face.place is None):
            self.refused.emit(self.lock or face.hint or "这一格由程序自动生成，不能修改")
        is_open = not self.lock and bool(super().edit(index, *how))
        editor = QApplication.focusWidget()
        if is_open and how and how[0] in KEEPING and isinstance(editor, CellEditor):
            editor.moveCursor(QTextCursor.MoveOperation.End)
        return is_open

    def event(self, event: QEvent) -> bool:
        """Qt: Tab goes on to the next cell that can be typed in; behind the last one it leaves the table."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            columns = (event.key() == Qt.Key.Key_Tab) - (event.key() == Qt.Key.Key_Backtab)
            is_alone = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if columns and is_alone and self.step(0, columns):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes down, Delete clears, F2 edits; any other key starts typing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif enter:
            self.step(-1 if backwards else 1, 0)
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._clear_selected()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: Chinese typing begins in the editor, so that the first letter is kept."""
        index = self.currentIndex()
        if self.state() != QAbstractItemView.State.EditingState and self.faces_model.place_of(index):
            self.edit(index)
            editor = QApplication.focusWidget()
            if isinstance(editor, CellEditor):
                editor.selectAll()
                QApplication.sendEvent(editor, event)
                return
        super().inputMethodEvent(event)

    def step(self, rows: int, columns: int) -> bool:
        """Go on by rows or to the next cell that can be typed in, column by column. False when there is none."""
        index = self.currentIndex()
        if columns == 0:
            below = self.faces_model.index(index.row() + rows, index.column())
            if below.isValid():
                self.setCurrentIndex(below)
            return below.isValid()
        faces = self.faces_model.faces
        width = len(faces.headings)
        place = index.row() * width + index.column() + columns
        while 0 <= place < width * len(faces.rows):
            if faces.rows[place // width][place % width].place is not None:
                self.setCurrentIndex(self.faces_model.index(place // width, place % width))
                return True
            place += columns
        return False

    def closeEditor(self, editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Qt: the visit is over; the table has the keys again."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _clear_selected(self) -> None:
        places = [self.faces_model.place_of(index) for index in self.selectedIndexes()]
        self._delegate.visits += 1
        typed = [place for place in places if place is not None]
        if self.lock:
            self.refused.emit(self.lock)
            return
        if not typed:
            face = self.faces_model.face_at(self.currentIndex())
            self.refused.emit(face.hint if face and face.hint else "这一格由程序自动生成，不能清除")
        if typed:
            self.cleared.emit(typed)

    def _copy(self) -> None:
        chosen = sorted(self.selectedIndexes(), key=lambda index: (index.row(), index.column()))
        rows: dict[int, list[str]] = {}
        for index in chosen:
            face = self.faces_model.face_at(index)
            rows.setdefault(index.row(), []).append(face.text if face else "")
        if rows:
            QApplication.clipboard().setText(write_cells(rows.values()))
