"""The window of the manual: chapters at the left, a field to search in all of them, back and forward, zoom.

Decides what is shown and where a link leads; never leaves the bundled chapters.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.look.buttons import bar_button
from app.ui.look.labels import make_label
from app.ui.look.spacing import set_spaces
from app.ui.manual.chapters import Chapter, count_words
from app.ui.manual.page import ManualPage

TITLE: Final = "使用手册"
SIZE: Final = (1080, 700)
SHARES: Final = (250, 830)
FOUND: Final = "{title}（{count}）"
COUNTED: Final = "共 {count} 处，按 F3 到下一处"
NOT_FOUND: Final = "没有找到"
Spot = tuple[int, str]


class Reader(QDialog):
    """Remembers what was read before and after, for 后退 and 前进."""

    def __init__(self, chapters: tuple[Chapter, ...], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(TITLE)
        self._chapters = chapters
        self._spots: list[Spot] = []
        self._at = -1
        self.search = QLineEdit()
        self.search.setPlaceholderText("在手册中查找（Ctrl+F）")
        self.search.setAccessibleName("在手册中查找")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("章节")
        self.list.setWordWrap(True)
        self.said = make_label()
        self.page = ManualPage(folder)
        self.back = self._way("后退", "back", -1)
        self.forward = self._way("前进", "forward", 1)
        self.smaller = self._zoom("缩小", "Ctrl+-", -1)
        self.larger = self._zoom("放大", "Ctrl++", 1)
        for chapter in chapters:
            QListWidgetItem(chapter.title, self.list)
        self._lay_out()
        self._connect()
        self.resize(*SIZE)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        set_spaces(bar, (0, 0, 0, 0), 2)
        for button in (self.back, self.forward):
            bar.addWidget(button)
        bar.addStretch(1)
        for button in (self.smaller, self.larger):
            bar.addWidget(button)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        set_spaces(column, (0, 0, 1, 0), 2)
        column.addWidget(self.search)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column = QVBoxLayout(right)
        set_spaces(column, (1, 0, 0, 0), 2)
        column.addLayout(bar)
        column.addWidget(self.page, 1)
        self.panes = QSplitter()
        self.panes.addWidget(left)
        self.panes.addWidget(right)
        self.panes.setStretchFactor(1, 1)
        self.panes.setSizes(SHARES)
        whole = QVBoxLayout(self)
        set_spaces(whole, (3, 3, 3, 3), 0)
        whole.addWidget(self.panes)
        self.said.hide()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.search.textChanged.connect(self._on_words_changed)
        self.search.returnPressed.connect(lambda: self.step_words(1))
        self.page.link_asked.connect(self.follow)
        QShortcut(QKeySequence("Ctrl+F"), self, self._search_now)
        QShortcut(QKeySequence("F3"), self, lambda: self.step_words(1))
        QShortcut(QKeySequence("Shift+F3"), self, lambda: self.step_words(-1))

    def _way(self, text: str, name: str, by: int) -> QToolButton:
        button = bar_button(text, name, f"{text}（Alt+{'←' if by < 0 else '→'}）")
        button.setShortcut(QKeySequence("Alt+Left" if by < 0 else "Alt+Right"))
        button.clicked.connect(lambda: self._step(by))
        return button

    def _zoom(self, text: str, keys: str, by: int) -> QToolButton:
        button = bar_button(text, "add" if by > 0 else "remove", f"{text}（{keys}）")
        button.clicked.connect(lambda: self.page.step_zoom(by))
        return button

    def open_at(self, name: str = "", anchor: str = "") -> None:
        """Show a chapter by its file's name, the one read last or the first without; and a heading in it."""
        names = [chapter.name for chapter in self._chapters]
        number = names.index(name) if name in names else self._spots[self._at][0] if self._spots else 0
        self.show()  # before the place is looked for, which depends on the width
        self._visit((number, anchor))
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def follow(self, target: str) -> None:
        """Follow a link of a chapter: to another one, or within it. Others lead nowhere: the program is offline."""
        name, _, anchor = target.partition("#")
        names = [chapter.name for chapter in self._chapters]
        if not name and self._spots:
            self._visit((self._spots[self._at][0], anchor))
        elif name in names:
            self._visit((names.index(name), anchor))

    def step_words(self, by: int) -> None:
        """Go to the next (1) or the one before (-1) of the words looked for, through all chapters and round the end."""
        words = self.search.text().strip()
        if not words or self.page.step_words(by):
            return
        number = self._spots[self._at][0]
        order = [(number + by * step) % len(self._chapters) for step in range(1, len(self._chapters) + 1)]
        for following in (each for each in order if count_words(self._chapters[each].shown, words)):
            self._visit((following, ""))
            self.page.start_at(is_end=by < 0)
            if self.page.step_words(by):
                return

    def _visit(self, spot: Spot) -> None:
        """Show a spot and remember it behind the present one."""
        if not self._spots or self._spots[self._at] != spot:
            self._spots[self._at + 1 :] = [spot]
            self._at = len(self._spots) - 1
        self._show()

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._spots):
            self._at += by
            self._show()

    def _show(self) -> None:
        number, anchor = self._spots[self._at]
        self.list.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.list.setCurrentRow(number)
        self.list.blockSignals(False)  # noqa: FBT003  # the same
        self.page.show_chapter(self._chapters[number], anchor, self.search.text().strip())
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < len(self._spots) - 1)

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self._visit((row, ""))

    def _search_now(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_words_changed(self, text: str) -> None:
        words = text.strip()
        counts = [count_words(chapter.shown, words) for chapter in self._chapters]
        for row, (chapter, count) in enumerate(zip(self._chapters, counts, strict=True)):
            item = self.list.item(row)
            item.setText(FOUND.format(title=chapter.title, count=count) if count else chapter.title)
            item.setHidden(bool(words) and not count)
        self.said.setVisible(bool(words))
        self.said.setText(COUNTED.format(count=sum(counts)) if any(counts) else NOT_FOUND)
        self.page.mark(words)
