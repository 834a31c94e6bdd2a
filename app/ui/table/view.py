"""The table view: keys as in a spreadsheet, selecting, and the clipboard.

Decides how one moves and edits; knows faces and places, no form. What is to be put where leaves as signals.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QWidget

from app.form.rows import Place
from app.ui.face import Faces, Span
from app.ui.table.delegate import FaceDelegate
from app.ui.table.editor import CellEditor
from app.ui.table.fitting import FittedTable

if TYPE_CHECKING:
    from app.ui.table.clipboard import Texts

ASKING: Final = (
    QAbstractItemView.EditTrigger.DoubleClicked,
    QAbstractItemView.EditTrigger.EditKeyPressed,
    QAbstractItemView.EditTrigger.AnyKeyPressed,
)
KEEPING: Final = ASKING[:2]  # a key would otherwise replace a long text that was only to be corrected
COMPUTED: Final = "这一格由程序自动生成，不能修改"
NOTHING: Final = "剪贴板里没有可以粘贴的文字"
Index = QModelIndex | QPersistentModelIndex


class TableView(FittedTable):
    """Shows Faces.

    ``edited(place, text, visit)`` for what is typed, ``cleared(area, is_cut)`` for Delete and Ctrl+X, ``pasted(texts)``
    for Ctrl+V, ``filled()`` for Ctrl+D, ``refused(why)`` when a cell can't be typed in.
    """

    edited = Signal(object, str, str)
    cleared = Signal(object, bool)
    pasted = Signal(object)
    filled = Signal()
    refused = Signal(str)
    current_moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._delegate = FaceDelegate(self)
        self.lock = ""  # why nothing can be typed in at all, "" when it can
        self.setItemDelegate(self._delegate)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(ASKING[0] | ASKING[1] | ASKING[2])
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._delegate.stepped.connect(self.step)
        self.faces_model.edited.connect(self._on_edited)
        self._acts = self._add_acts()

    def _add_acts(self) -> dict[str, Callable[[], object]]:
        """The entries of the context menu; gives what each key does, theirs and others'."""
        entries: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("剪切", "Ctrl+X", self.cut),
            ("复制", "Ctrl+C", self.copy),
            ("粘贴", "Ctrl+V", self.paste),
            ("向下填充", "Ctrl+D", self.fill_down),
            ("清除内容", "Del", self.clear_selected),
            ("恢复列宽", "", self.reset_widths),
        )
        for text, keys, act in entries:
            # The key stands behind the text only: as a shortcut it would be taken from an open editor.
            action = QAction(f"{text}\t{keys}" if keys else text, self)
            action.triggered.connect(act)
            self.addAction(action)
        line = QAction(self)
        line.setSeparator(True)
        self.addAction(line)
        moves: dict[str, Callable[[], object]] = {
            "Return": lambda: self.step(1, 0),
            "Enter": lambda: self.step(1, 0),
            "Shift+Return": lambda: self.step(-1, 0),
            "Shift+Enter": lambda: self.step(-1, 0),
            "Ctrl++": lambda: self.zoom_by(1),
            "Ctrl+=": lambda: self.zoom_by(1),
            "Ctrl+-": lambda: self.zoom_by(-1),
            "Ctrl+0": self.reset_zoom,
        }
        return moves | {keys: act for _, keys, act in entries if keys}

    def show_faces(self, faces: Faces) -> None:
        """Show other faces; the current cell stays the current one when it is still there."""
        index, keys, area = self.currentIndex(), self.selected_keys(), self.area()
        place = self.faces_model.place_of(index)
        if self.render_faces(faces) and place is not None:
            self.reveal(place)
            rows = [row for row, key in enumerate(faces.keys) if key in keys]
            if area is not None and len(keys) > 1 and rows and rows[-1] - rows[0] == len(keys) - 1:
                self.select(Span(rows[0], area.column, len(rows), area.columns))

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

    # what is selected
    def area(self) -> Span | None:
        """The selected cells, or the current one; None in an empty table."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        # While the mouse is pressed the current cell is told before what is selected.
        ranges = self.selectionModel().selection().toList() if self.selectionModel().isSelected(index) else []
        if not ranges:
            return Span(index.row(), index.column(), 1, 1)
        top, left = min(each.top() for each in ranges), min(each.left() for each in ranges)
        bottom, right = max(each.bottom() for each in ranges), max(each.right() for each in ranges)
        return Span(top, left, bottom - top + 1, right - left + 1)

    def select(self, area: Span) -> None:
        """Select cells; what of them the table does not have is left out."""
        model = self.faces_model
        bottom, right = (
            min(area.row + area.rows, model.rowCount()),
            min(area.column + area.columns, model.columnCount()),
        )
        first, last = model.index(area.row, area.column), model.index(bottom - 1, right - 1)
        if first.isValid() and last.isValid():
            chosen = QItemSelection(first, last)
            if not chosen.contains(self.currentIndex()):
                self.setCurrentIndex(first)
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected_keys(self) -> tuple[str, ...]:
        """The keys of the selected rows from the top."""
        area, keys = self.area(), self.faces_model.faces.keys
        return tuple(key for key in keys[area.row : area.row + area.rows] if key) if area else ()

    # the clipboard
    def copy(self) -> None:
        """Ctrl+C: the selected cells as text and as a table with its merges."""
        from app.ui.table.clipboard import spans_within, write_text  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.table.markup import write_markup  # noqa: PLC0415  # the same

        area = self.area()
        if area is None:
            return
        faces = self.faces_model.faces
        columns = slice(area.column, area.column + area.columns)
        texts = [[face.text for face in row[columns]] for row in faces.rows[area.row : area.row + area.rows]]
        content = QMimeData()
        content.setText(write_text(texts))
        content.setHtml(write_markup(texts, spans_within(faces.spans, area)))
        QApplication.clipboard().setMimeData(content)

    def cut(self) -> None:
        """Ctrl+X: copy, and clear what can be typed in."""
        self.copy()
        self._clear(is_cut=True)

    def paste(self) -> None:
        """Ctrl+V: the cells on the clipboard, over the selection."""
        from app.ui.table.clipboard import read_block  # noqa: PLC0415  # not needed for the window to appear

        content = QApplication.clipboard().mimeData()
        texts: Texts = read_block(content.text(), content.html())
        if self.lock or not texts:
            self.refused.emit(self.lock or NOTHING)
        else:
            self.pasted.emit(texts)

    def fill_down(self) -> None:
        """Ctrl+D: the first selected row into the others, or the cell above into a single one."""
        if self.lock:
            self.refused.emit(self.lock)
        else:
            self.filled.emit()

    def clear_selected(self) -> None:
        """Delete: empty the selected cells that can be typed in."""
        self._clear(is_cut=False)

    def _clear(self, *, is_cut: bool) -> None:
        area = self.area()
        if self.lock:
            self.refused.emit(self.lock)
        elif area is not None:
            self._delegate.visits += 1
            self.cleared.emit(area, is_cut)

    # typing
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
            self.refused.emit(self.lock or face.hint or COMPUTED)
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
        """Qt: the keys of a spreadsheet; any other key starts typing."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
        act = self._acts.get(keys.toString(QKeySequence.SequenceFormat.PortableText))
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt opens the editor for a composition and hands it on, the keys staying here until it is done: nothing of it is lost.

        What comes without a composition would be lost; it is handed on here.
        """
        is_open = self.indexWidget(self.currentIndex()) is not None
        super().inputMethodEvent(event)
        editor = self.indexWidget(self.currentIndex())
        if not is_open and isinstance(editor, CellEditor) and event.commitString():
            QApplication.sendEvent(editor, event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: the candidate window opens at the current cell, or at the cursor of the editor that is being opened."""
        index = self.currentIndex()
        if query != Qt.InputMethodQuery.ImCursorRectangle or not index.isValid():
            return super().inputMethodQuery(query)
        editor = self.indexWidget(index)
        if isinstance(editor, CellEditor):
            rect: QRect = editor.inputMethodQuery(query)
            return rect.translated(editor.mapTo(self, QPoint()))
        viewport = self.viewport()
        return self.visualRect(index).intersected(viewport.rect()).translated(viewport.pos())

    def step(self, rows: int, columns: int) -> bool:
        """Go on by rows or to the next cell that can be typed in, column by column. False when there is none."""
        index = self.currentIndex()
        if columns == 0:
            span = self.rowSpan(index.row(), index.column()) if rows > 0 else 1
            below = self.faces_model.index(index.row() + rows * span, index.column())
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
