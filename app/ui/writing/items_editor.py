"""The editor of a whole list: each item is a paragraph, Enter begins the next one, Backspace joins, a paste splits.

Decides what keys and pasted texts do to the text. Knows no form: it shows texts and says when they were changed. Undo
and redo are left to the window's one stack; while an input method is composing, the text is left alone.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.form.reading.numbering import split_items
from app.form.text import sanitise, utf16_length
from app.ui.keys import leaves_undo_to_window
from app.ui.table.clipboard import read_text

ITEM_END: Final = "\u2029"
LINE_END: Final = "\u2028"  # within an item
OWN_TYPE: Final = "application/x-jixiao-items"
LEADING: Final = 0.3  # between two lines, of a line's height
MARGIN: Final = 6
NOTCH: Final = 120  # of a wheel, in Qt's eighths of a degree
GAP: Final = 0.5  # between two items, the same
CHANGING_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
CHANGING_COMMANDS: Final = (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Cut)
KEEP: Final = QTextCursor.MoveMode.KeepAnchor


class ItemsEditor(QTextEdit):
    """``textChanged`` after every change by the user, ``moved`` when the cursor comes to another item, ``zoomed(steps)`` by Ctrl+wheel."""

    moved = Signal()
    refused = Signal()
    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visits = 0  # typing in one visit to an item is one undo step
        self._item = 0
        self._turned = 0
        self._is_composing = False
        self._waiting: str | None = None
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(MARGIN)
        self._space_lines()
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    @property
    def texts(self) -> tuple[str, ...]:
        """The items as they stand here, at least one."""
        return tuple(text.replace(LINE_END, "\n") for text in self.document().toRawText().split(ITEM_END))

    @property
    def item(self) -> int:
        """Index of the item with the cursor."""
        return self._item

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show other texts without saying that they were typed; the cursor goes to where they differ."""
        wanted = _joined(texts)
        if self._is_composing:
            self._waiting = wanted
        elif self._write(wanted):
            self._item = self.textCursor().blockNumber()
            self.visits += 1

    def go_to(self, item: int) -> None:
        """Put the cursor into an item; one that has it already is left alone."""
        block = self.document().findBlockByNumber(item)
        if block.isValid() and block.blockNumber() != self.textCursor().blockNumber():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def set_locked(self, *, is_locked: bool) -> None:
        """A final form's list can be read and copied."""
        reading = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(reading if is_locked else Qt.TextInteractionFlag.TextEditorInteraction)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: in another font the lines stand as far apart as before, measured in it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._space_lines()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: with Ctrl the wheel zooms, as in the tables."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        event.accept()
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)
        self._turned -= steps * NOTCH
        self.zoomed.emit(steps)

    def event(self, event: QEvent) -> bool:
        """Qt: Ctrl+Z and Ctrl+Y belong to the window."""
        return leaves_undo_to_window(event) or super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: a visit begins."""
        super().focusInEvent(event)
        self.visits += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter begins a new item, with Shift or Alt a new line; all other keys do what they do in any editor."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.isReadOnly() and _would_change(event):
            self.refused.emit()
        elif is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            is_line = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier)
            self._insert(LINE_END if is_line else ITEM_END)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: Chinese typing; what was to be shown meanwhile is shown before its end."""
        self._is_composing = bool(event.preeditString())
        if not self._is_composing and self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            cursor = self.textCursor()
            self._write(waiting)
            self.setTextCursor(cursor)
        super().inputMethodEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Qt: what is copied: lines for others, and for ourselves the items as they are."""
        copied = self.textCursor().selectedText()
        mime = QMimeData()
        mime.setText(copied.replace(ITEM_END, "\n").replace(LINE_END, "\n"))
        mime.setData(OWN_TYPE, QByteArray(copied.encode(errors="replace")))
        return mime

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt: any text."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: a paste. Several paragraphs become items of their own, one goes into the text."""
        text = _unquoted(source.text())
        items = split_items(text)
        if source.hasFormat(OWN_TYPE):
            self._insert(bytes(source.data(OWN_TYPE).data()).decode(errors="replace"))
        elif len(items) > 1:
            before, after = _texts_beside(self.textCursor())
            start, end = ITEM_END if before else "", ITEM_END if after else ""
            self._insert(f"{start}{_joined(items)}{end}")
        else:
            self._insert(_joined([sanitise(text).text.strip("\n")]))

    def _space_lines(self) -> None:
        line, spacing, cursor = self.fontMetrics().height(), QTextBlockFormat(), QTextCursor(self.document())
        spacing.setLineHeight(line * LEADING, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
        spacing.setBottomMargin(line * GAP)
        cursor.select(QTextCursor.SelectionType.Document)
        self.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        cursor.mergeBlockFormat(spacing)  # every item begun later takes it over
        self.blockSignals(False)  # noqa: FBT003  # the same

    def _insert(self, text: str) -> None:
        cursor = self.textCursor()
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def _write(self, wanted: str) -> bool:
        """Replace what differs and nothing else, the cursor behind it; False when nothing does."""
        shown = self.document().toRawText()
        if shown == wanted:
            return False
        most = min(len(shown), len(wanted))
        first = next((at for at in range(most) if shown[at] != wanted[at]), most)
        last = next((at for at in range(most - first) if shown[-1 - at] != wanted[-1 - at]), most - first)
        cursor = QTextCursor(self.document())
        cursor.setPosition(utf16_length(shown[:first]))
        cursor.setPosition(utf16_length(shown[: len(shown) - last]), KEEP)
        self.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        cursor.insertText(wanted[first : len(wanted) - last])
        self.setTextCursor(cursor)
        self.blockSignals(False)  # noqa: FBT003  # the same
        return True

    def _on_cursor_moved(self) -> None:
        item = self.textCursor().blockNumber()
        if item != self._item:
            self._item = item
            self.visits += 1
            self.moved.emit()


def _joined(texts: Sequence[str]) -> str:
    return ITEM_END.join(text.replace("\n", LINE_END) for text in texts)


def _unquoted(text: str) -> str:
    """A column of Excel cells without the quotation marks around those that have several lines."""
    rows = read_text(text)
    cells = [row[0] for row in rows if len(row) == 1]
    if len(cells) < len(rows) or not any("\n" in cell for cell in cells):
        return text
    return cells[0] if len(cells) == 1 else "\n".join(cell.replace("\n", LINE_END) for cell in cells)


def _would_change(event: QKeyEvent) -> bool:
    """Whether a key would change the text if it could be changed."""
    is_command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    is_letter = not is_command and event.text() != "" and event.text().isprintable()
    return is_letter or event.key() in CHANGING_KEYS or any(event.matches(each) for each in CHANGING_COMMANDS)


def _texts_beside(cursor: QTextCursor) -> tuple[bool, bool]:
    """Whether the item has text before and after the selection."""
    before, after = QTextCursor(cursor), QTextCursor(cursor)
    before.setPosition(cursor.selectionStart())
    before.movePosition(QTextCursor.MoveOperation.StartOfBlock, KEEP)
    after.setPosition(cursor.selectionEnd())
    after.movePosition(QTextCursor.MoveOperation.EndOfBlock, KEEP)
    return bool(before.selectedText().strip()), bool(after.selectedText().strip())
