"""The search through the open form: goes over all tabs, shows where, replaces in one step.

Decides where the search stands and who has the keys; what is found and changed is `editing.searching`.
"""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from app.editing.rights import can_edit
from app.editing.searching import Hit, Span, count_protected, find_next, find_text, replace_all, replace_hit
from app.form.form import value_at
from app.form.rows import Place
from app.form.text import utf16_length
from app.ui.aids.panes import current_place, focus_widget
from app.ui.pages.basis import BasisStrip
from app.ui.pages.table_block import LOCKED
from app.ui.panels.find_bar import FindBar
from app.ui.session import Session
from app.ui.table.view import TableView
from app.ui.window import MainWindow

LONGEST_SEED: Final = 40
NOTHING_OPEN: Final = "请先打开一份自评价表"
NOTHING_WANTED: Final = "请先填写要查找的内容"
NOT_FOUND: Final = "没有找到“{text}”"
SAME: Final = "替换后的内容与原来相同，没有改动"
REPLACED: Final = "已替换 {count} 处"
PROTECTED: Final = "这是表样规定的名称，不能修改，没有替换"
KEPT: Final = "{kept} 处在表样规定的名称里，不能修改，没有替换"


class Search(QObject):
    """Remembers window and bar, the spot the search stands at, and which widget had the keys before the bar."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._session: Session | None = None
        self._spot: Hit | None = None
        self._keys: QWidget | None = None
        self.bar = FindBar()
        window.middle.add_bar_below(self.bar)
        self.bar.wanted_changed.connect(self._count)
        self.bar.step_asked.connect(self.step)
        self.bar.replace_asked.connect(self.replace)
        self.bar.replace_all_asked.connect(self.replace_all)
        self.bar.left.connect(self.leave)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_keys_moved)

    def open(self, *, can_replace: bool) -> None:
        """Show the bar with what is selected, and give it the keys."""
        if self._window.session is None:
            self._window.say(NOTHING_OPEN)
            return
        keys, seed = focus_widget(), ""
        if keys is not None and not self._has_keys():
            self._spot, self._keys = self._stand(), keys
            seed = seed_of(keys)
        self.bar.open(seed, can_replace=can_replace)
        self._count()

    def leave(self) -> None:
        """Put the bar away; the keys go to the hit that is shown, or back to where they were."""
        had_keys = self._has_keys()
        self.bar.hide()
        if had_keys and self._keys is not None and isValid(self._keys) and self._keys.isVisible():
            self._keys.setFocus()
        elif had_keys:
            self._window.tabs.setFocus()

    def step(self, by: int) -> None:
        """Go to the next (1) or the one before (-1) of what is looked for; without anything to look for, ask."""
        if not self.bar.wanted().text or self._window.session is None:
            self.open(can_replace=False)
            return
        hits = self._hits()
        if hits:
            spot = self._stand() or hits[-1]
            self._go(hits[find_next(hits, self._window.session.outcome.form, spot, by)])
        self._count()

    def replace(self) -> None:
        """Replace the hit that is shown and go on to the next; where that can't be, say why."""
        session = self._session_to_change()
        if session is None or self._spot is None or self._spot not in self._hits():
            if session is not None:
                self.step(1)
            return
        form, hit = session.outcome.form, self._spot
        change = replace_hit(form, hit, self.bar.replacement.text())
        if change is not None:
            before = len(str(value_at(form, hit.place)))
            session.edit(change)
            grown = len(str(value_at(session.outcome.form, hit.place))) - before
            self._spot = Hit(hit.place, Span(hit.span.start, hit.span.end + grown))
        self.step(1)
        if change is None:
            self._say(SAME if can_edit(form, hit.place) else PROTECTED)

    def replace_all(self) -> None:
        """Replace everywhere in one step, and say how often and where not."""
        session = self._session_to_change()
        if session is None:
            return
        form, hits = session.outcome.form, self._hits()
        kept = count_protected(form, hits)
        change = replace_all(form, self.bar.wanted(), self.bar.replacement.text())
        if not hits:
            self._count()
        elif change is None:
            self._say(KEPT.format(kept=kept) if kept == len(hits) else SAME)
        else:
            session.edit(change)
            rest = f"；另有 {KEPT.format(kept=kept)}" if kept else ""
            self._say(REPLACED.format(count=len(hits) - kept) + rest)

    def _session_to_change(self) -> Session | None:
        """The open form, unless it can't be changed or nothing is looked for: then say so."""
        session = self._window.session
        if session is None or session.is_locked:
            self._say(LOCKED if session else NOTHING_OPEN)
        elif not self.bar.wanted().text:
            self._say(NOTHING_WANTED)
        else:
            return session
        return None

    def _hits(self) -> tuple[Hit, ...]:
        session = self._window.session
        if session is not None and session is not self._session:
            session.outcome_changed.connect(self._on_outcome_changed)
        self._session = session
        return find_text(session.outcome.form, self.bar.wanted()) if session else ()

    def _stand(self) -> Hit | None:
        """The spot to go on from: the hit shown last, unless the user has gone to another cell since."""
        place = current_place(focus_widget())
        is_elsewhere = place is not None and (self._spot is None or self._spot.place != place)
        return Hit(place, Span(0, 0)) if is_elsewhere and place is not None else self._spot

    def _go(self, hit: Hit) -> None:
        """Show a hit. The bar keeps the keys when it has them; otherwise they go to the cell."""
        self._spot, keys, is_kept = hit, focus_widget(), self._has_keys()
        if not self._window.reveal(hit.place):
            self._window.reveal(Place(hit.place.section, hit.place.key))  # a protected name, an amount beside a rate
            for strip in self._window.findChildren(BasisStrip):
                strip.reveal(hit.place)
        found = focus_widget()
        if is_kept and keys is not None:
            self._keys = found
            keys.setFocus()
        if found is not None and self._session is not None:
            select(found, str(value_at(self._session.outcome.form, hit.place)), hit.span)

    def _count(self) -> None:
        """Say how many there are, and which is shown."""
        hits, text = self._hits(), self.bar.wanted().text
        at = hits.index(self._spot) + 1 if self._spot in hits else 0
        found = f"第 {at} 处，共 {len(hits)} 处" if at else f"共 {len(hits)} 处"
        self.bar.say(found if hits else NOT_FOUND.format(text=text) if text else "")

    def _say(self, sentence: str) -> None:
        self.bar.say(sentence)
        self._window.say(sentence)

    def _has_keys(self) -> bool:
        keys = focus_widget()
        return keys is not None and self.bar.isAncestorOf(keys)

    def _on_outcome_changed(self) -> None:
        if self.bar.isVisible():
            self._count()

    def _on_keys_moved(self) -> None:
        """Another form may have been opened, or this one closed."""
        if self.bar.isVisible() and self._window.session is not self._session:
            self._count()


def seed_of(keys: QWidget) -> str:
    """What the user probably looks for: the selected text, or the text of the current cell when it is short; its first line."""
    text = ""
    match keys:
        case QLineEdit():
            text = keys.selectedText()
        case QPlainTextEdit():
            text = keys.textCursor().selectedText()
        case TableView():
            face = keys.faces_model.face_at(keys.currentIndex())
            text = face.text if face else ""
    line = text.replace("\u2029", "\n").strip().partition("\n")[0]
    return line if len(line) <= LONGEST_SEED else ""


def select(field: QWidget, text: str, span: Span) -> None:
    """Select a part of a field's text (Qt counts in UTF-16 units), in a table the cell of the current row that shows the text."""
    start, length = utf16_length(text[: span.start]), utf16_length(text[span.start : span.end])
    if isinstance(field, QLineEdit) and field.text() == text:
        field.setSelection(start, length)
    elif isinstance(field, QPlainTextEdit) and field.toPlainText() == text:
        cursor = field.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
    elif isinstance(field, TableView):
        row, current = field.currentIndex().row(), field.faces_model.face_at(field.currentIndex())
        texts = [face.text for face in field.faces_model.faces.rows[row]] if current else []
        if current is not None and current.text != text and text in texts:
            field.setCurrentIndex(field.faces_model.index(row, texts.index(text)))
