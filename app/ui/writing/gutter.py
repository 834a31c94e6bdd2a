"""The numbers beside a list's editor, as the template numbers items, and a symbol where one has something to look at.

Decides how a number looks. Qt's requests to repaint the text are its own.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.face import Face, Tone
from app.ui.look import tones
from app.ui.look.labels import plain_tip
from app.ui.look.palette import Meaning, color_of
from app.ui.writing.items_editor import ItemsEditor

WIDEST: Final = 99
PADDING: Final = 6
WRONG: Final = "⚠"
NOTED: Final = "※"


class Gutter(QWidget):
    """Stands at the editor's left, as high as its viewport. A click on a number goes to its item."""

    def __init__(self, editor: ItemsEditor, number_of: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._editor = editor
        self._number_of = number_of
        self._faces: tuple[Face, ...] = ()
        editor.document().documentLayout().update.connect(lambda _rect: self.update())
        editor.document().blockCountChanged.connect(lambda _count: self.updateGeometry())
        editor.verticalScrollBar().valueChanged.connect(lambda _value: self.update())
        editor.moved.connect(self.update)

    def show_faces(self, faces: Sequence[Face]) -> None:
        """Show what the items' faces say is wrong or noted."""
        if self._faces != tuple(faces):
            self._faces = tuple(faces)
            self.update()

    def sizeHint(self) -> QSize:
        """Qt: as wide as the widest number and a symbol."""
        widest = self._number_of(max(WIDEST, self._editor.document().blockCount()))
        font = self.fontMetrics()
        return QSize(font.horizontalAdvance(widest) + font.horizontalAdvance(WRONG) + 3 * PADDING, 0)

    def item_at(self, y: float) -> int:
        """Index of the item at a height."""
        return self._editor.cursorForPosition(QPoint(0, int(y))).blockNumber()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint the numbers of the items that are in sight."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), tones.background(Tone.LABEL, self.palette(), is_selected=False, is_wrong=False))
        block = self._editor.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid() and (top := self._top_of(block)) < self.height():
            self._paint_number(painter, block, top)
            block = block.next()

    def _top_of(self, block: QTextBlock) -> float:
        return block.layout().position().y() - self._editor.verticalScrollBar().value()

    def _paint_number(self, painter: QPainter, block: QTextBlock, top: float) -> None:
        number, palette, font = block.blockNumber(), self.palette(), self.font()
        face = self._faces[number] if number < len(self._faces) else Face("")
        is_current = number == self._editor.item
        font.setBold(is_current)
        painter.setFont(font)
        shown = self._number_of(number + 1)
        base = top + (block.layout().lineAt(0).ascent() if block.layout().lineCount() else 0)
        left = self.width() - PADDING - painter.fontMetrics().horizontalAdvance(shown)
        painter.setPen(tones.text_color(face, palette) if is_current or face.mark else tones.subtext_color(palette))
        painter.drawText(QPointF(left, base), shown)
        if face.mark or face.note:
            painter.setPen(color_of(Meaning.WRONG if face.mark else Meaning.NOTED, palette))
            painter.drawText(QPointF(PADDING, base), WRONG if face.mark else NOTED)

    def event(self, event: QEvent) -> bool:
        """Qt: the tooltip says what is the matter with the item."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.item_at(event.pos().y())
            said = describe(self._faces[number]) if number < len(self._faces) else ""
            QToolTip.showText(event.globalPos(), plain_tip(said), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: go to the item."""
        self._editor.setFocus()
        self._editor.go_to(self.item_at(event.position().y()))


def describe(face: Face) -> str:
    """What is wrong with an item and what should be looked at."""
    return "\n".join(part for part in (face.mark, face.note) if part)
