"""One chart as a widget: painted from its drawing, with the whole texts as tips and the same figures for screen readers.

Decides how large a point is on the screen: it goes with the font. Knows no figures.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QToolTip, QWidget

from app.sheet.chart.drawing import Drawing, copyable
from app.sheet.chart.lettering import BODY
from app.ui.charts.painting import colors_of, paint
from app.ui.charts.pictures import picture_of
from app.ui.look.labels import plain_tip
from app.ui.look.palette import Role
from app.ui.menus import add_entry

LEAST: Final = 400.0  # points: in less room a chart is made smaller as a whole
MARGIN: Final = 8
EM_HEIGHT: Final = 1.32  # a font's line height in ems, about

Draw = Callable[[float], Drawing]


class ChartView(QWidget):
    """Shows a drawing that is made for the widget's width. ``save_asked(drawing)`` for 导出这张图."""

    save_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing: Drawing | None = None
        self._draw: Draw | None = None
        self._drawn_for = -1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_drawing(self, draw: Draw) -> None:
        """Show what ``draw`` makes for a width in points, now and whenever the width changes."""
        self._draw = draw
        self._render()

    @property
    def scale(self) -> float:
        """Pixels in a point: the drawing's texts are as large as the window's."""
        em = self.fontMetrics().height() / EM_HEIGHT
        return min(em / BODY, (self.width() - 2 * MARGIN) / LEAST)

    def _render(self) -> None:
        if self._draw is None or self.width() <= 2 * MARGIN:
            return
        self._drawn_for = (self.width() - 2 * MARGIN) / self.scale
        drawing = self._draw(self._drawn_for)
        if drawing != self.drawing:
            self.drawing = drawing
            self.setAccessibleName(drawing.title)
            self.setAccessibleDescription(drawing.description)
            self.setFixedHeight(round(drawing.height * self.scale) + 2 * MARGIN)
            self.update()

    def sizeHint(self) -> QSize:
        """Qt: as wide as there is room."""
        return QSize(round(LEAST), self.height())

    def resizeEvent(self, event: QEvent) -> None:
        """Qt: a drawing for the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands the right event
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another font or palette."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._render()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: paint the drawing, and a frame while it has the keys."""
        if self.drawing is None:
            return
        painter = QPainter(self)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(Role.Accent), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.translate(MARGIN, MARGIN)
        painter.scale(self.scale, self.scale)
        paint(self.drawing, painter, colors_of(self.palette()), self.font())
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the frame appears."""
        super().focusInEvent(event)
        self.update()

    def hint_at(self, spot: QPoint) -> tuple[str, QRect]:
        """What is said of a place, and for how large an area."""
        x, y = ((side - MARGIN) / self.scale for side in (spot.x(), spot.y()))
        for hint in self.drawing.hints if self.drawing else ():
            if hint.left <= x < hint.right and hint.top <= y < hint.bottom:
                top, bottom = (round(side * self.scale) + MARGIN for side in (hint.top, hint.bottom))
                return hint.text, QRect(0, top, self.width(), bottom - top)
        return "", QRect()

    def event(self, event: QEvent) -> bool:
        """Qt: the row below the mouse is said in whole."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text, area = self.hint_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(text), self, area)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Ctrl+C copies the chart."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_picture()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: what can be done with this chart."""
        menu = self.make_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """The chart's own menu."""
        menu = QMenu(self)
        add_entry(menu, "复制图片(&C)", self.copy_picture)
        add_entry(menu, "复制数字(&N)", self.copy_figures)
        add_entry(menu, "导出这张图(&E)…", lambda: self.save_asked.emit(self.drawing))
        return menu

    def copy_picture(self) -> None:
        """The picture goes to the clipboard."""
        if self.drawing is not None:
            QApplication.clipboard().setImage(picture_of(self.drawing, self.font()))

    def copy_figures(self) -> None:
        """The figures go to the clipboard, as a spreadsheet takes them."""
        if self.drawing is not None:
            QApplication.clipboard().setText(copyable((self.drawing,)))
