"""Paints faces and lends the editor. Decides how a cell looks in each state; state is never shown by colour alone."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.form.template import Alignment
from app.ui.face import Face, Tone
from app.ui.look import tones
from app.ui.look.spacing import font_size
from app.ui.table.editor import CellEditor, padding
from app.ui.table.model import FACE_ROLE, TableModel

Index = QModelIndex | QPersistentModelIndex

GRID: Final = 1
TALLEST: Final = 4000
MARK: Final = 0.55  # of the font's size
_ALIGN: Final = {
    Alignment.LEFT: Qt.AlignmentFlag.AlignLeft,
    Alignment.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Alignment.RIGHT: Qt.AlignmentFlag.AlignRight,
}
# As numbers: combining Qt's flags costs more than measuring a text.
_SIDES: Final = {align: int(flag) for align, flag in _ALIGN.items()}
_BETWEEN_WORDS: Final = int(Qt.TextFlag.TextWordWrap)
_ANYWHERE: Final = int(Qt.TextFlag.TextWrapAnywhere)
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_CURRENT: Final = QStyle.StateFlag.State_HasFocus.value


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font and the smaller one of the computed line, each with the key under which its texts are measured.

    ``across`` and ``down`` are the pixels beside and above a text, ``mark`` those of a corner mark.
    """

    font: QFont
    key: str
    small: QFont
    small_key: str
    across: int
    down: int
    mark: int


def typeface(font: QFont) -> Typeface:
    """The typeface of a table that is written in ``font``."""
    smaller = small(font)
    mark = round(font_size(font) * MARK)
    return Typeface(QFont(font), font.toString(), smaller, smaller.toString(), *padding(font), mark)


class FaceDelegate(QStyledItemDelegate):
    """Paints a Face with its text wrapped, its small computed line, and a corner mark when it is wrong.

    ``stepped(rows, columns)``: a visit ended with a key that goes on to another cell.
    """

    stepped = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.visits = 0
        # What all cells share, until font or palette are others.
        self._typeface = typeface(QFont())
        self._palette = 0
        self._grounds: dict[tuple[Tone, bool, bool], QColor] = {}
        self._inks: dict[tuple[bool, bool], QColor] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one cell."""
        model = index.model()
        face = model.face_at(index) if isinstance(model, TableModel) else None
        if face is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide6 stubs lack the field
        state: int = option.state.value  # type: ignore[attr-defined]  # the same
        is_selected = bool(state & _SELECTED)
        palette: QPalette = option.palette  # type: ignore[attr-defined]  # the same
        if palette.cacheKey() != self._palette:
            self._palette, self._grounds, self._inks = palette.cacheKey(), {}, {}
        is_wrong = bool(face.mark)
        ground = self._grounds.get((face.tone, is_selected, is_wrong))
        if ground is None:
            ground = tones.background(face.tone, palette, is_selected=is_selected, is_wrong=is_wrong)
            self._grounds[face.tone, is_selected, is_wrong] = ground
        painter.fillRect(rect, ground)
        if face.display or face.subtext:
            self._paint_text(painter, option, face)
        if face.mark:
            tones.paint_mark(painter, rect, self._typeface.mark)
        if face.note:
            tones.paint_note(painter, rect, self._typeface.mark)
        if state & _CURRENT:  # among selected ones it is the one that is typed in
            painter.setPen(palette.color(QPalette.ColorRole.Accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, face: Face) -> None:
        font: QFont = option.font  # type: ignore[attr-defined]  # PySide6 stubs lack the field
        palette: QPalette = option.palette  # type: ignore[attr-defined]  # the same
        if font != self._typeface.font:
            self._typeface = typeface(font)
        types = self._typeface
        inner = option.rect.adjusted(types.across, types.down, -types.across, -types.down)  # type: ignore[attr-defined]  # the same
        left, width, room = inner.left(), inner.width(), inner.height()
        is_left_body = face.align is Alignment.LEFT and face.tone is Tone.BODY
        align = _SIDES[face.align if face.tone is Tone.BODY or face.align is Alignment.RIGHT else Alignment.CENTER]
        if face.tone is Tone.LABEL and face.align is Alignment.LEFT and not face.subtext:
            align = _SIDES[Alignment.LEFT]
        above, wrap = _measure(face.display, width, types.key) if face.display else (0, 0)
        below, wrap_below = _measure(face.subtext, width, types.small_key) if face.subtext else (0, 0)
        top = inner.top() + (0 if is_left_body and above > room else max(0, room - above - below) // 2)
        painter.setFont(types.font)
        painter.setPen(self._ink(face, palette))
        painter.drawText(QRect(left, top, width, above), align | wrap, face.display)
        if face.subtext:
            painter.setFont(types.small)
            painter.setPen(tones.subtext_color(palette))
            painter.drawText(QRect(left, top + above, width, below), align | wrap_below, face.subtext)

    def _ink(self, face: Face, palette: QPalette) -> QColor:
        key = (bool(face.mark), face.is_dim)
        if key not in self._inks:
            self._inks[key] = tones.text_color(face, palette)
        return self._inks[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: the height that shows all text at the column's width."""
        face: Face | None = index.data(FACE_ROLE)
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide6 stubs lack the field
        font: QFont = option.font  # type: ignore[attr-defined]  # the same
        return QSize(rect.width(), face_height(face, rect.width(), typeface(font)) if face else 0)

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


def face_height(face: Face, width: int, types: Typeface) -> int:
    """The height in pixels that a face needs at a column width; the lines of the grid take a pixel each."""
    inner = max(8, width - GRID - 2 * types.across)
    below = _measure(face.subtext, inner, types.small_key)[0] if face.subtext else 0
    return _measure(face.display or " ", inner, types.key)[0] + below + 2 * types.down + GRID


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
def _measure(text: str, width: int, key: str) -> tuple[int, int]:
    """Height and wrapping: lines end where Chinese and numbers allow it; only a longer word is broken anywhere."""
    metrics, rect = _metrics(key), QRect(0, 0, width, TALLEST)
    whole = metrics.boundingRect(rect, _BETWEEN_WORDS, text or " ")
    if whole.width() <= width:
        return whole.height(), _BETWEEN_WORDS
    return metrics.boundingRect(rect, _ANYWHERE, text).height(), _ANYWHERE
