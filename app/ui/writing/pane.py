"""A list written as one text: the editor with its numbers, and below it how long the item is and what is said about it.

Decides what the line below says. Knows faces and texts, no form.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.form.template import ItemsBlock
from app.ui.face import Face, Faces
from app.ui.faces.items import count_characters, number_item
from app.ui.look.labels import make_label, plain_tip
from app.ui.writing.gutter import Gutter, describe
from app.ui.writing.items_editor import ItemsEditor


class WritingPane(QWidget):
    """``typed(texts, visit)`` after every change by the user."""

    typed = Signal(object, str)

    def __init__(self, block: ItemsBlock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = block.limit
        self._faces: tuple[Face, ...] = ()
        self.editor = ItemsEditor()
        self.editor.setAccessibleName(block.label)
        self.editor.setPlaceholderText("在这里逐项书写：回车另起一项，Shift+回车在本项内换行；也可以粘贴编好号的文字")
        self.gutter = Gutter(self.editor, lambda number: number_item(block, number))
        self.count = make_label()
        self.said = make_label()
        self._lay_out()
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.moved.connect(self._show_counts)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        beside = QHBoxLayout(frame)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        self.editor.setFrameShape(QFrame.Shape.NoFrame)
        beside.addWidget(self.gutter)
        beside.addWidget(self.editor, 1)
        column.addWidget(frame, 1)
        below = QHBoxLayout()
        for label in (self.count, self.said):
            below.addWidget(label)
        below.setStretch(1, 1)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addLayout(below)

    def show_faces(self, faces: Faces) -> None:
        """Show a list's texts and what is said about them."""
        self._faces = tuple(row[1] for row in faces.rows)
        self.editor.show_texts([face.text for face in self._faces])
        self.gutter.show_faces(self._faces)
        self._show_counts()

    def show_font(self, font: QFont) -> None:
        """Write in another font: the table's, which is zoomed."""
        if self.editor.font() != font:
            self.editor.setFont(font)
            self.gutter.setFont(font)
            self.gutter.updateGeometry()

    def _on_text_changed(self) -> None:
        texts = self.editor.texts
        is_nothing = not self._faces and texts == ("",)  # a list without items has a first line to write in, too
        self.typed.emit(() if is_nothing else texts, f"writing:{self.editor.visits}")

    def _show_counts(self) -> None:
        item = self.editor.item
        face = self._faces[item] if item < len(self._faces) else Face("")
        count = count_characters(face.text)
        self.count.setText(describe_counts([each.text for each in self._faces], count, self._limit))
        self.said.setText((face.mark or face.note).partition("\n")[0])
        self.said.setToolTip(plain_tip(describe(face)))
        self.editor.setAccessibleDescription(describe(face))
        is_wrong = 0 < self._limit < count
        if self.count.property("wrong") != is_wrong:
            self.count.setProperty("wrong", is_wrong)
            self.count.style().polish(self.count)


def describe_counts(texts: Sequence[str], count: int, limit: int) -> str:
    """How long the current item is (``count`` characters) against the limit (0: none), and the whole list."""
    whole = sum(count_characters(text) for text in texts)
    most = f" / {limit:,}" if limit else ""
    over = f"，超出 {count - limit:,} 字" if 0 < limit < count else ""
    return f"本项 {count:,}{most} 字{over} · 共 {len(texts)} 项 {whole:,} 字"
