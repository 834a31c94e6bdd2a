"""The sentence that stands in a list or table with nothing in it: why it is empty, and what to do."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel

MARGIN: Final = 1  # characters


class EmptyNote(QLabel):
    """Lies over a view and lets clicks through."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setObjectName("note")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        beside = self.fontMetrics().horizontalAdvance("国") * MARGIN
        self.setContentsMargins(beside, 0, beside, 0)  # none above: a list may be hardly higher than a line
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.viewport().installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say why there is nothing; "" while there is something."""
        self.setText(sentence)
        self._fit()
        self.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the view has another size."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.setGeometry(self._view.viewport().rect())


class Emptiness(QObject):
    """Remembers a view, and the note in it once there was nothing to show: asking for a viewport costs a start 10 milliseconds."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._note: EmptyNote | None = None

    def say(self, sentence: str) -> None:
        """Say why there is nothing; "" while there is something."""
        if self._note is None and sentence:
            self._note = EmptyNote(self._view)
        if self._note is not None:
            self._note.say(sentence)

    def follow(self, sentence: str) -> None:
        """From now on say it whenever the view's model is given no row; before it was given any, nobody looks."""
        model = self._view.model()
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(lambda *_where: self._say_if_empty(sentence))

    def _say_if_empty(self, sentence: str) -> None:
        self.say("" if self._view.model().rowCount() else sentence)


def explain_empty(view: QAbstractItemView, sentence: str) -> None:
    """Have a view say a sentence whenever it is left without a row."""
    Emptiness(view).follow(sentence)
