"""打印预览: the pages of the very PDF, to be looked at in any size, and printed.

Decides which pages are drawn when; drawing is `PageFile`, printing `app.ui.dialogs.printing`.
"""

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Final

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.sheet.page.pictures import PageFile
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.spacing import size_window

GAP: Final = 12
POINTS_PER_INCH: Final = 72
SCREEN_DPI: Final = 96
ZOOMS: Final = (50, 75, 100, 125, 150, 200, 300)
START_SIZE: Final = (69, 38)  # letters, lines
ZOOM_SETTING: Final = "preview/zoom"
KEPT: Final = 6  # pages whose pictures are kept; a page takes some megabytes


class Fit(Enum):
    """How large a page is shown, where it is no percentage."""

    WIDTH = "适合宽度"
    PAGE = "整页"


Zoom = Fit | int  # percent


class PageView(QWidget):
    """One page; its picture is made when it is first painted."""

    def __init__(self, file: PageFile, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._number = number
        self._picture: QImage | None = None
        self.setAccessibleName(f"第 {number + 1} 页")

    def set_zoom(self, percent: float) -> None:
        """Take the size of the page at a zoom (percent of its size on paper)."""
        width, height = self._file.sizes[self._number]
        scale = percent / 100 * SCREEN_DPI / POINTS_PER_INCH
        size = QSize(round(width * scale), round(height * scale))
        if size != self.size():
            self._picture = None
            self.setFixedSize(size)

    def forget(self) -> None:
        """Let the picture go."""
        self._picture = None

    @property
    def is_drawn(self) -> bool:
        """Whether the picture is there."""
        return self._picture is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: show the picture, at the screen's own resolution."""
        if self._picture is None:
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._picture)
        painter.end()

    def _draw(self) -> QImage:
        ratio = self.devicePixelRatioF()
        dots = self.width() * ratio / self._file.sizes[self._number][0] * POINTS_PER_INCH
        drawn = self._file.draw(self._number, dots)
        image = QImage(drawn.content, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(ratio)
        return image


class PagesArea(QScrollArea):
    """Where the pages lie. ``resized`` once it has its new size: the dialog has its own before."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: pages that fit the window go with it."""
        super().resizeEvent(event)
        self.resized.emit()


class PreviewDialog(QDialog):
    """Shows the pages of a PDF. ``print_asked`` for the button 打印."""

    print_asked = Signal()

    def __init__(
        self, file: PageFile, title: str, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"打印预览 — {title}")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.file = file
        self._settings = settings
        self._zoom: Zoom = _read_zoom(settings)
        self.pages: list[PageView] = []
        self._looked_at = 0
        self._settling = QTimer(self)  # until the pages have their places
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(lambda: self._show_page(self._looked_at))
        self._area = PagesArea()
        self._area.resized.connect(self._resize_pages)
        self._area.setAccessibleName("预览页面")
        self._area.setBackgroundRole(self.backgroundRole().Mid)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._lay_out()
        size_window(self, *START_SIZE)

    def _lay_out(self) -> None:
        self.number = QSpinBox()
        self.count = make_label()
        self._fill()
        self.number.setAccessibleName("页码")
        self.number.valueChanged.connect(self._on_number)
        self.zoom = QComboBox()
        self.zoom.setAccessibleName("缩放")
        for fit in Fit:
            self.zoom.addItem(fit.value, fit)
        for percent in ZOOMS:
            self.zoom.addItem(f"{percent}%", percent)
        self.zoom.setCurrentIndex(max(0, self.zoom.findData(self._zoom)))
        self.zoom.currentIndexChanged.connect(lambda index: self.set_zoom(self.zoom.itemData(index)))
        self.print_button = QPushButton("打印(&P)…")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self.print_asked)
        close = QPushButton("关闭")
        close.clicked.connect(self.close)
        self._bar = bar = QHBoxLayout()
        for widget in (make_label("第"), self.number, self.count, self.zoom):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.print_button)
        bar.addWidget(close)
        outer = QVBoxLayout(self)
        outer.addLayout(bar)
        outer.addWidget(self._area, 1)
        for keys, step in ((QKeySequence.StandardKey.ZoomIn, 1), (QKeySequence.StandardKey.ZoomOut, -1)):
            QShortcut(QKeySequence(keys), self, partial(self._step_zoom, step))

    def _fill(self) -> None:
        """The pages of the file below each other."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(GAP)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.pages = [PageView(self.file, number) for number in range(len(self.file.sizes))]
        for page in self.pages:
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._area.setWidget(inside)
        self.number.setRange(1, len(self.pages))
        self.count.setText(f"页，共 {len(self.pages)} 页")

    def show_file(self, file: PageFile) -> None:
        """Show another file in place of the one before, which is closed."""
        before, self.file = self.file, file
        self._fill()
        self._resize_pages()
        before.close()

    def add_tick(self, action: QAction, text: str, act: Callable[[], object]) -> None:
        """A tick in the bar that goes with an action's; ``act`` when it was changed."""
        tick = QCheckBox(text)
        tick.setToolTip(plain_tip(action.statusTip()))
        tick.setChecked(action.isChecked())
        tick.toggled.connect(action.setChecked)
        tick.toggled.connect(lambda _is_set: act())
        self._bar.insertWidget(self._bar.count() - 3, tick)

    def set_zoom(self, zoom: Zoom) -> None:
        """Show the pages in another size; the page that is looked at stays in sight."""
        self._zoom = zoom
        if self._settings is not None:
            self._settings.setValue(ZOOM_SETTING, zoom.name if isinstance(zoom, Fit) else zoom)
        self._resize_pages()

    @property
    def percent(self) -> float:
        """The zoom in percent of the size on paper."""
        if not isinstance(self._zoom, Fit):
            return float(self._zoom)
        width = max(size[0] for size in self.file.sizes)
        height = max(size[1] for size in self.file.sizes)
        room = self._area.viewport().size()
        bar = self._area.verticalScrollBar().sizeHint().width()
        wide = (room.width() - bar - 2 * GAP) * POINTS_PER_INCH / SCREEN_DPI / width
        high = (room.height() - 2 * GAP) * POINTS_PER_INCH / SCREEN_DPI / height
        return max(10.0, 100 * (wide if self._zoom is Fit.WIDTH else min(wide, high)))

    def _resize_pages(self) -> None:
        percent = self.percent
        for page in self.pages:
            page.set_zoom(percent)
        inside = self._area.widget()
        inside.adjustSize()
        if not self._settling.isActive():  # otherwise the page that was looked at before is still waited for
            self._looked_at = self.number.value() - 1
            self._settling.start()

    def _step_zoom(self, step: int) -> None:
        percents = [each for each in ZOOMS if (each > self.percent + 1 if step > 0 else each < self.percent - 1)]
        if percents:
            self.zoom.setCurrentIndex(self.zoom.findData(percents[0] if step > 0 else percents[-1]))

    def _show_page(self, number: int) -> None:
        self._area.verticalScrollBar().setValue(max(0, self.pages[number].y() - GAP))

    def _on_number(self, number: int) -> None:
        self._settling.stop()
        self._show_page(number - 1)

    def _on_scrolled(self, top: int) -> None:
        middle = top + self._area.viewport().height() // 2
        number = max((n for n, page in enumerate(self.pages) if page.y() <= middle), default=0)
        self.number.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.number.setValue(number + 1)
        self.number.blockSignals(False)  # noqa: FBT003  # the same
        for n, page in enumerate(self.pages):
            if abs(n - number) > KEPT // 2:
                page.forget()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: the file goes with the window."""
        super().closeEvent(event)


def _read_zoom(settings: QSettings | None) -> Zoom:
    kept = str(settings.value(ZOOM_SETTING, "")) if settings is not None else ""
    if kept in Fit.__members__:
        return Fit[kept]
    return int(kept) if kept.isdecimal() and int(kept) in ZOOMS else Fit.WIDTH
