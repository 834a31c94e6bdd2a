"""The editor of one cell: plain text, Enter goes on, Alt+Enter breaks the line, Esc takes back what was typed here.

Undo and redo are left to the window's one stack.
"""

from typing import Any, Final

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QFont, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.look.spacing import font_size
from app.ui.table.plain_text import PlainText

MARGIN: Final = 2
FRAME: Final = 1
BESIDE: Final = 0.45  # of the font's size
ABOVE: Final = 0.38


def padding(font: QFont) -> tuple[int, int]:
    """The space beside and above a painted cell's text, so that it stays where it is when the editor opens."""
    size = font_size(font)
    return round(size * BESIDE), round(size * ABOVE)


class CellEditor(PlainText):
    """Emits ``typed`` after every change of its text, ``left`` when the visit ends, ``stepped`` (rows, columns) with it."""

    typed = Signal()
    left = Signal()
    stepped = Signal(int, int)

    def __init__(self, parent: QWidget, *, align: Qt.AlignmentFlag, is_single_line: bool) -> None:
        super().__init__(parent)
        self._is_single_line = is_single_line
        self._first: str | None = None
        self._composing: tuple[str, int, int] | None = None  # text, anchor and cursor before the composition
        self._cell = QRect()
        self.setFrameShape(QFrame.Shape.Box)
        self.setLineWidth(FRAME)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(MARGIN)
        self.setObjectName("cellEditor")
        self.textChanged.connect(self._on_text_changed)

    def show_text(self, text: str) -> None:
        """Show the cell's text: selected when the visit begins, later with the cursor where it was."""
        if self._composing is not None:
            return
        is_first = self._first is None
        if self._first is None:
            self._first = text
        super().show_text(text)
        if is_first:
            self.selectAll()

    def cover(self, cell: QRect) -> None:
        """Lie over the cell, as high as the text needs."""
        self._cell = QRect(cell)
        self._fit()

    def _fit(self) -> None:
        lines = self.document().documentLayout().documentSize().height()
        text = int(lines * self.fontMetrics().lineSpacing())
        across, down = padding(self.font())
        parent = self.parentWidget()
        viewport = parent.rect() if parent is not None else self._cell
        height = min(max(self._cell.height(), text + 2 * down), viewport.height())
        top = max(0, min(self._cell.top(), viewport.bottom() - height + 1))
        side, above = across - MARGIN - FRAME, (height - text) // 2 - MARGIN - FRAME
        self.setViewportMargins(side, max(0, above), side, 0)
        self.setGeometry(self._cell.left(), top, self._cell.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: at another width the text needs another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _on_text_changed(self) -> None:
        self._fit()
        if self._composing is None:
            self.typed.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: what is being composed is the form's only once it is chosen; a composition given up leaves everything as it was."""
        cursor = self.textCursor()
        before = self._composing or (self.toPlainText(), cursor.anchor(), cursor.position())
        self._composing = before if event.preeditString() else None
        if event.preeditString() or event.commitString():
            super().inputMethodEvent(event)
            return
        self._composing = before
        super().inputMethodEvent(event)
        self._composing = None
        self._restore(*before)

    def _restore(self, text: str, anchor: int, position: int) -> None:
        super().show_text(text)
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, *argument: Any) -> Any:  # noqa: ANN401  # Qt's QVariant
        """Qt: the cursor where it is painted; Qt itself forgets the margins around the text."""
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self.cursorRect().translated(self.viewport().pos())
        return super().inputMethodQuery(query, *argument)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: a paste; a single copied cell is its text, without the marks and line end it has on the clipboard."""
        from app.ui.table.clipboard import read_block  # noqa: PLC0415  # not needed for the window to appear

        block = read_block(source.text(), source.html())
        if len(block) == 1 == len(block[0]):
            self.insertPlainText(block[0][0])
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the keys that end a visit; all others type."""
        step = _step_of(event)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._take_back()
        elif step is not None:
            self.left.emit()
            self.stepped.emit(*step)
        elif is_enter and not self._is_single_line:
            self.insertPlainText("\n")
        elif not is_enter:
            super().keyPressEvent(event)

    def _take_back(self) -> None:
        self._composing = None
        if self._first is not None and self.toPlainText() != self._first:
            self.setPlainText(self._first)
        self.left.emit()


def _step_of(event: QKeyEvent) -> tuple[int, int] | None:
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None  # Ctrl+Tab goes to the next tab
    match event.key():
        case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return (-1, 0) if shift else (1, 0)
        case Qt.Key.Key_Tab:
            return (0, 1)
        case Qt.Key.Key_Backtab:
            return (0, -1)
        case _:
            return None
