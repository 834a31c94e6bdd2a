"""Printing the very pages of the preview: each page of the PDF as a picture of the printer's own resolution.

Decides paper, size and order; which printer, pages and copies the user says in the system's dialog, which is remembered.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, QSettings, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.form.failure import AppError
from app.sheet.page.pictures import PageFile

POINTS_PER_INCH: Final = 72
# A page of A4 takes 35 MB at 300 dots; more would cost memory that no one sees on paper.
FINEST: Final = 600
PRINTER_SETTING: Final = "print/printer"
COPIES_SETTING: Final = "print/copies"
COLOUR_SETTING: Final = "print/colour"
DUPLEX_SETTING: Final = "print/duplex"


def prepare_printer(file: PageFile, settings: QSettings | None, name: str) -> QPrinter:
    """A printer with what was chosen last time and the paper of the file; ``name`` is the job's."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if settings is not None:
        kept = str(settings.value(PRINTER_SETTING, ""))
        if kept:
            printer.setPrinterName(kept)
        printer.setCopyCount(max(1, int(str(settings.value(COPIES_SETTING, 1)))))
        if str(settings.value(COLOUR_SETTING, "")) == "grey":
            printer.setColorMode(QPrinter.ColorMode.GrayScale)
        duplex = str(settings.value(DUPLEX_SETTING, ""))
        if duplex in QPrinter.DuplexMode.__members__:
            printer.setDuplex(QPrinter.DuplexMode[duplex])
    printer.setDocName(name)
    printer.setPageLayout(layout_of(file, 0))
    printer.setFullPage(True)
    printer.setFromTo(0, 0)
    return printer


def describe_target(printer: QPrinter) -> str:
    """Where the pages went: "Print to file" is a printer too."""
    return f"已写成文件 {printer.outputFileName()}" if printer.outputFileName() else "已送往打印机"


def remember_printer(printer: QPrinter, settings: QSettings) -> None:
    """Keep what was chosen for the next time."""
    settings.setValue(PRINTER_SETTING, printer.printerName())
    settings.setValue(COPIES_SETTING, printer.copyCount())
    settings.setValue(COLOUR_SETTING, "grey" if printer.colorMode() == QPrinter.ColorMode.GrayScale else "colour")
    settings.setValue(DUPLEX_SETTING, printer.duplex().name)


def layout_of(file: PageFile, page: int) -> QPageLayout:
    """The paper of a page: its size, upright or across, without margins (they are in the page)."""
    width, height = file.sizes[page]
    is_across = width > height
    short, long = sorted((width, height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if is_across else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)


def chosen_pages(printer: QPrinter, count: int) -> tuple[int, ...]:
    """The pages (from 0) to be printed, in the printer's order."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = tuple(range(min(first, count) - 1, min(last, count)))
    return pages[::-1] if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst else pages


def print_pages(file: PageFile, printer: QPrinter) -> int:
    """Print the chosen pages, copies included where the printer makes none itself; how many. AppError when it refuses."""
    pages = tuple(_repeated(printer, chosen_pages(printer, len(file.sizes))))
    printer.setPageLayout(layout_of(file, pages[0]))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise AppError("打印机没有接受这份打印任务，请检查打印机是否已连接、已开机，或换一台打印机")
    try:
        for position, page in enumerate(pages):
            if position:
                printer.setPageLayout(layout_of(file, page))
                if not printer.newPage():
                    raise AppError(f"打印到第 {page + 1} 页时打印机停止了，请检查纸张后从这一页起重新打印")
            _paint(painter, printer, file, page)
    finally:
        painter.end()
    return len(pages)


def _repeated(printer: QPrinter, pages: tuple[int, ...]) -> Iterator[int]:
    times = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        for _ in range(times):
            yield from pages
    else:
        for page in pages:
            yield from (page,) * times


def _paint(painter: QPainter, printer: QPrinter, file: PageFile, page: int) -> None:
    dots = min(printer.resolution(), FINEST)
    drawn = file.draw(page, dots, is_for_printer=True)
    image = QImage(drawn.content, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
    width, height = file.sizes[page]
    scale = printer.resolution() / POINTS_PER_INCH
    # Where a printer can't print to the edge its page begins further in: the picture is moved back by as much.
    printable = printer.pageLayout().paintRectPixels(printer.resolution())
    painter.drawImage(QRectF(-printable.x(), -printable.y(), width * scale, height * scale), image)
