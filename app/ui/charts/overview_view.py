"""The tab 概览: key figures in words, the charts below each other, and what can be done with them.

Decides their order. Everything shown comes from the outcome; drawing is `app.sheet.chart`, painting `ChartView`.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.editing.workspace import Outcome
from app.sheet.chart import captions
from app.sheet.chart.overview import Subject, chart_makers, draw_whole
from app.sheet.chart.summary import KeyFigure, key_figures
from app.ui.charts.chart_view import ChartView
from app.ui.charts.pictures import picture_of
from app.ui.charts.years import Years
from app.ui.look.labels import make_label
from app.ui.look.spacing import set_spaces
from app.ui.look.style import set_state
from app.ui.pages.late import OutcomeView

CHARTS: Final = 3
FIGURES: Final = 6
GAP: Final = 3  # steps


class FigureTile(QWidget):
    """One key figure: its name and, below it, what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        set_spaces(column, (0, 0, 0, 0), 1)
        self.figure: KeyFigure | None = None
        self.name, self.value = make_label(), make_label()
        for label in (self.name, self.value):
            column.addWidget(label)
        self.name.setObjectName("note")
        self.value.setObjectName("blockTitle")
        self.value.setWordWrap(True)
        self.value.setIndent(0)
        column.addStretch(1)

    def show_figure(self, figure: KeyFigure) -> None:
        """Show it, marked where it is wrong."""
        if figure == self.figure:
            return  # every text that is set has the page laid out again
        self.figure = figure
        self.name.setText(figure.name)
        self.value.setText(f"⚠ {figure.value}" if figure.is_wrong else figure.value)
        self.value.setAccessibleName(captions.KEY_FIGURE.format(name=figure.name, value=self.value.text()))
        set_state(self.value, "wrong", figure.is_wrong)


class OverviewView(OutcomeView):
    """Renders an outcome. ``save_asked(drawing)``: as a picture file; ``whole_asked``: all of it in one."""

    save_asked = Signal(object)
    whole_asked = Signal()

    def __init__(self, years: Years, form_id: Callable[[], int], parent: QWidget | None = None) -> None:
        """``form_id`` is the stored form that is open."""
        super().__init__(parent)
        self.years = years
        self._form_id = form_id
        self._outcome: Outcome | None = None
        self._asked: tuple[str, int] | None = None
        self.tiles = [FigureTile() for _ in range(FIGURES)]
        self.charts = [ChartView() for _ in range(CHARTS)]
        self.annex = QCheckBox("导出、打印 PDF 时附概览图(&T)")
        self.export = QPushButton("导出图片(&X)…")
        self.export.clicked.connect(self.whole_asked)
        self.copy = QPushButton("复制图片(&C)")
        self.copy.setToolTip("复制整页；选中一张图按 Ctrl+C，或在图上点右键，只复制那一张")
        self.copy.clicked.connect(self._copy)
        self._lay_out()
        for chart in self.charts:
            chart.save_asked.connect(self.save_asked)
        years.told.connect(self._show_charts)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        set_spaces(column, (GAP, GAP, GAP, GAP), GAP)
        bar = QHBoxLayout()
        set_spaces(bar, (0, 0, 0, 0), GAP)
        bar.addWidget(self.export)
        bar.addWidget(self.copy)
        bar.addWidget(self.annex)
        bar.addStretch(1)
        figures = QHBoxLayout()
        set_spaces(figures, (0, 0, 0, 0), 2 * GAP)
        for tile in self.tiles:
            figures.addWidget(tile, 1)
        inside = QWidget()
        inside.setObjectName("overview")
        below = QVBoxLayout(inside)
        set_spaces(below, (0, 0, 0, 0), GAP)
        for chart in self.charts:
            below.addWidget(chart)
        below.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("概览图")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setBackgroundRole(area.backgroundRole().Base)
        inside.setBackgroundRole(area.backgroundRole().Base)
        inside.setAutoFillBackground(True)
        column.addLayout(figures)
        column.addWidget(area, 1)
        column.addLayout(bar)

    @property
    def subject(self) -> Subject | None:
        """What is shown, with the years that are read so far."""
        shown = self._outcome
        return Subject(shown.form, shown.assessment, shown.findings, self.years.found) if shown else None

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the figures and charts of an outcome."""
        self._outcome = outcome
        for tile, figure in zip(
            self.tiles, key_figures(outcome.form, outcome.assessment, outcome.findings), strict=True
        ):
            tile.show_figure(figure)
        wanted = (outcome.form.cover.unit, self._form_id())
        if wanted != self._asked:
            self._ask(wanted)
        self._show_charts()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the tab appears; other forms may have been changed since."""
        super().showEvent(event)
        if self._asked is not None:
            self._ask(self._asked)

    def _copy(self) -> None:
        subject = self.subject
        if subject is not None:
            QApplication.clipboard().setImage(picture_of(draw_whole(subject), self.font()))

    def _ask(self, wanted: tuple[str, int]) -> None:
        self._asked = wanted
        self.years.ask(*wanted)

    def _show_charts(self) -> None:
        subject = self.subject
        if subject is None:
            return
        for chart, make in zip(self.charts, chart_makers(subject, self._remark(subject)), strict=True):
            chart.show_drawing(make)

    def _remark(self, subject: Subject) -> str:
        if not subject.form.cover.unit.strip():
            return captions.NO_UNIT
        return captions.READING_YEARS if self.years.is_reading else self.years.remark
