"""The page on which a chapter is read: it shows bundled text and pictures only, and opens nothing by itself.

Decides zoom and where words are found on it; which chapter is shown, the reader decides.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeySequence, QResizeEvent, QShortcut, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from app.ui.look.spacing import space
from app.ui.manual.chapters import Chapter, iterate_words
from app.ui.manual.typesetting import Setting, fit_pictures, typeset

ZOOMS: Final = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
AS_IT_IS: Final = ZOOMS.index(1.0)
MARGIN: Final = 8
WIDEST: Final = 62  # characters of a line; longer ones are hard to follow
NOTCH: Final = 120
ABOVE: Final = 2
SETTLED: Final = 60  # milliseconds after which a window that is drawn larger has its size


class ManualPage(QTextBrowser):
    """Remembers the chapter, the zoom and the words that are marked. ``link_asked(target)`` for every link."""

    link_asked = Signal(str)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._chapter: Chapter | None = None
        self._zoom = AS_IT_IS
        self._words = ""
        self._width = 0.0
        self._fitting = QTimer(self, singleShot=True, interval=SETTLED)
        self._fitting.timeout.connect(lambda: fit_pictures(self.document(), self._folder, self._setting()))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("手册正文")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else pictures would change with it
        self.anchorClicked.connect(lambda url: self.link_asked.emit(url.toString()))
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self, lambda step=step: self.step_zoom(step))
        QShortcut(QKeySequence("Ctrl+0"), self, lambda: self.step_zoom(AS_IT_IS - self._zoom))

    def show_chapter(self, chapter: Chapter, anchor: str = "", words: str = "") -> None:
        """Show a chapter from its top or from a heading, with words marked."""
        if chapter != self._chapter:
            self._chapter = chapter
            self._set_text()
        self.mark(words)
        if not (anchor and self._go_to_heading(anchor)):
            self.verticalScrollBar().setValue(0)
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, words: str) -> None:
        """Mark words wherever they stand."""
        self._words = words
        marks = []
        for start in iterate_words(self.toPlainText(), words):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self.textCursor()  # type: ignore[attr-defined]  # the stubs forget the fields
            mark.cursor.setPosition(start)  # type: ignore[attr-defined]  # the same
            mark.cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)  # type: ignore[attr-defined]  # the same
            mark.format.setBackground(self.palette().highlight())  # type: ignore[attr-defined]  # the same
            mark.format.setForeground(self.palette().highlightedText())  # type: ignore[attr-defined]  # the same
            marks.append(mark)
        self.setExtraSelections(marks)

    def step_words(self, by: int) -> bool:
        """Select the next (1) or the one before (-1) of the marked words; False when there is none on this way."""
        flag = QTextDocument.FindFlag.FindBackward if by < 0 else QTextDocument.FindFlag(0)
        return bool(self._words) and self.find(self._words, flag)

    def start_at(self, *, is_end: bool) -> None:
        """Put the cursor at the top or the end, from where the next words are looked for."""
        self.moveCursor(QTextCursor.MoveOperation.End if is_end else QTextCursor.MoveOperation.Start)

    def step_zoom(self, by: int) -> None:
        """Larger or smaller letters."""
        zoom = max(0, min(self._zoom + by, len(ZOOMS) - 1))
        if zoom != self._zoom:
            self._zoom = zoom
            self._set_again()

    def _go_to_heading(self, anchor: str) -> bool:
        headings = iter(self._chapter.headings if self._chapter else ())
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                heading = next(headings, None)
                if heading is not None and heading.anchor == anchor:
                    self.setTextCursor(QTextCursor(block))
                    top = self.document().documentLayout().blockBoundingRect(block).top()
                    self.verticalScrollBar().setValue(round(top) - space(ABOVE))
                    return True
            block = block.next()
        return False

    def _setting(self) -> Setting:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * ZOOMS[self._zoom])
        return Setting(font, self.palette(), self._width, self.devicePixelRatioF())

    def _set_text(self) -> None:
        if self._chapter is not None:
            self._fit_width()
            typeset(self.document(), self._chapter.text, self._folder, self._setting())

    def _set_again(self) -> None:
        """The same chapter with other letters or colours, at the place that is read."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._set_text()
        self.mark(self._words)
        bar.setValue(round(share * bar.maximum()))

    def _fit_width(self) -> None:
        """The page in the middle, no wider than can be read."""
        margin = space(MARGIN)
        widest = self.fontMetrics().horizontalAdvance("国") * WIDEST * max(ZOOMS[self._zoom], 1.0)
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * margin
        side = margin + max(round((room - widest) / 2), 0)
        self.setViewportMargins(side, 0, side, 0)
        self._width = max(self.viewport().width() - 2 * self.document().documentMargin() - 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: pictures fit the new width."""
        before = self._width
        self._fit_width()
        super().resizeEvent(event)
        if self._chapter is not None and self._width != before:
            self._fitting.start()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another theme or size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._chapter is not None:
            self._set_again()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: with Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() >= NOTCH / 2 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
