"""Paints faces and lends the editor. Decides how a cell looks in each state; state is never shown by colour alone."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.form.template import Alignment
from app.ui import theme
from app.ui.face import Face, Tone
from app.ui.table.editor import PADDING_X, PADDING_Y, CellEditor
from app.ui.table.model import FACE_ROLE

Index = QModelIndex | QPersistentModelIndex

GRID: Final = 1
TALLEST: Final = 4000
MARK_SIZE: Final = 7
_ALIGN: Final = {
    Alignment.LEFT: Qt.AlignmentFlag.AlignLeft,
    Alignment.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Alignment.RIGHT: Qt.AlignmentFlag.AlignRight,
}
_BETWEEN_WORDS: Final = Qt.TextFlag.TextWordWrap
_ANYWHERE: Final = Qt.TextFlag.TextWrapAnywhere


class FaceDelegate(QStyledItemDelegate):
    """Paints a Face with its text wrapped, its small computed line, and a corner mark when it is wrong.

    ``stepped(rows, columns)``: a visit ended with a key that goes on to another cell.
    """

    stepped = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.visits = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one cell."""
        face: Face | None = index.data(FACE_ROLE)
        if face is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide6 stubs lack the field
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # the same
        palette: QPalette = option.palette  # type: ignore[attr-defined]  # the same
        painter.fillRect(rect, theme.background(face.tone, palette, is_selected=is_selected, is_wrong=bool(face.mark)))
        if face.display or face.subtext:
            self._paint_text(painter, option, face)
        if face.mark:
            theme.paint_mark(painter, rect, MARK_SIZE)
        if face.note:
            theme.paint_note(painter, rect, MARK_SIZE)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, face: Face) -> None:
        font: QFont = option.font  # type: ignore[attr-defined]  # PySide6 stubs lack the field
        palette: QPalette = option.palette  # type: ignore[attr-defined]  # the same
        inner = option.rect.adjusted(PADDING_X, PADDING_Y, -PADDING_X, -PADDING_Y)  # type: ignore[attr-defined]  # the same
        is_left_body = face.align is Alignment.LEFT and face.tone is Tone.BODY
        align = _ALIGN[face.align if face.tone is Tone.BODY or face.align is Alignment.RIGHT else Alignment.CENTER]
        if face.tone is Tone.LABEL and face.align is Alignment.LEFT and not face.subtext:
            align = _ALIGN[Alignment.LEFT]
        painter.setFont(font)
        below = text_height(face.subtext, inner.width(), small(font)) if face.subtext else 0
        above = text_height(face.display, inner.width(), font) if face.display else 0
        top = (
            inner.top()
            if is_left_body and above > inner.height()
            else inner.top() + max(0, inner.height() - above - below) // 2
        )
        painter.setPen(theme.text_color(face, palette))
        wrap = _measure(face.display, inner.width(), font.toString())[1]
        painter.drawText(QRect(inner.left(), top, inner.width(), above), align | wrap, face.display)
        if face.subtext:
            painter.setFont(small(font))
            painter.setPen(theme.subtext_color(palette))
            wrap = _measure(face.subtext, inner.width(), small(font).toString())[1]
            painter.drawText(QRect(inner.left(), top + above, inner.width(), below), align | wrap, face.subtext)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: the height that shows all text at the column's width."""
        face: Face | None = index.data(FACE_ROLE)
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide6 stubs lack the field
        font: QFont = option.font  # type: ignore[attr-defined]  # the same
        return QSize(rect.width(), face_height(face, rect.width(), font) if face else 0)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: the editor of a cell; each opening is one visit, whose typing is one undo step."""
        face: Face = index.data(FACE_ROLE)
        self.visits += 1
        editor = CellEditor(parent, align=_ALIGN[face.align], is_single_line=face.is_single_line)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.typed.connect(lambda: self.commitData.emit(editor))
        editor.left.connect(lambda: self.closeEditor.emit(editor))
        editor.stepped.connect(self.stepped)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: show the cell's text, unless the editor shows it already (typing must not move the cursor)."""
        if isinstance(editor, CellEditor):
            editor.show_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, _model: object, index: Index) -> None:
        """Qt: hand what is typed to the model, which sends it on; the editor shows what was kept of it."""
        if isinstance(editor, CellEditor) and editor.toPlainText() != index.data(Qt.ItemDataRole.EditRole):
            cell = QPersistentModelIndex(index)
            index.model().setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)
            if cell.isValid():  # its row may have gone with the text
                self.setEditorData(editor, cell)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Qt: the editor covers its cell, and more when its text needs more."""
        if isinstance(editor, CellEditor):
            editor.cover(option.rect)  # type: ignore[attr-defined]  # PySide6 stubs lack the field

    def eventFilter(self, _editor: QObject, _event: QEvent) -> bool:
        """Qt: the editor handles its own keys, so the delegate's defaults for Enter and Tab stay out of the way."""
        return False


def face_height(face: Face, width: int, font: QFont) -> int:
    """The height in pixels that a face needs at a column width; the lines of the grid take a pixel each."""
    inner = max(8, width - GRID - 2 * PADDING_X)
    below = text_height(face.subtext, inner, small(font)) if face.subtext else 0
    return text_height(face.display or " ", inner, font) + below + 2 * PADDING_Y + GRID


@lru_cache(maxsize=64)
def _metrics(key: str) -> QFontMetrics:
    font = QFont()
    font.fromString(key)
    return QFontMetrics(font)


def small(font: QFont) -> QFont:
    """The font of the small computed line."""
    smaller = QFont(font)
    smaller.setPointSizeF(max(6.0, font.pointSizeF() * 0.85))
    return smaller


def text_height(text: str, width: int, font: QFont) -> int:
    """The height in pixels of a text wrapped at a width."""
    return _measure(text, width, font.toString())[0]


@lru_cache(maxsize=16384)
def _measure(text: str, width: int, key: str) -> tuple[int, Qt.TextFlag]:
    """Height and wrapping: lines end where Chinese and numbers allow it; only a longer word is broken anywhere."""
    metrics, rect = _metrics(key), QRect(0, 0, width, TALLEST)
    whole = metrics.boundingRect(rect, int(_BETWEEN_WORDS), text or " ")
    if whole.width() <= width:
        return whole.height(), _BETWEEN_WORDS
    return metrics.boundingRect(rect, int(_ANYWHERE), text).height(), _ANYWHERE
