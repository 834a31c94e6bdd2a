"""The sentence that stands in a list or table with nothing in it: why it is empty, and what to do."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel

MARGIN: Final = 1  # characters


class EmptyNote(QLabel):
    """Lies over a view and lets clicks through."""

    def __init__(self, view: QAbstractItemView, sentence: str = "") -> None:
        super().__init__(sentence, view.viewport())
        self._view = view
        self.setObjectName("note")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMargin(self.fontMetrics().horizontalAdvance("国") * MARGIN)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.viewport().installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say why there is nothing; "" while there is something."""
        self.setText(sentence)
        self._fit()
        self.setVisible(bool(sentence))

    def follow(self) -> None:
        """From now on be shown whenever the view's model has no row."""
        model = self._view.model()
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self._on_rows)
        self._on_rows()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the view has another size."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _on_rows(self, *_where: object) -> None:
        self._fit()
        self.setVisible(self._view.model().rowCount() == 0)

    def _fit(self) -> None:
        self.setGeometry(self._view.viewport().rect())


def explain_empty(view: QAbstractItemView, sentence: str) -> EmptyNote:
    """Have a view say a sentence whenever it has no row."""
    note = EmptyNote(view, sentence)
    note.follow()
    return note
