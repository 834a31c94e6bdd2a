"""What is previewed is what is printed: the very PDF, page by page, on the paper it was made for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage, QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.review.edition import Draft
from app.sheet.page.pictures import PageFile
from app.ui.actions.printing import Printing, paint_pages
from app.ui.dialogs.preview_dialog import Fit, PreviewDialog
from app.ui.dialogs.printing import (
    chosen_pages,
    describe_target,
    layout_of,
    prepare_printer,
    print_pages,
    remember_printer,
)
from tests.ui.user import CTRL, Key, User, push_in


@pytest.fixture
def file(sample: Form) -> Iterator[PageFile]:
    with paint_pages(compute_outcome(sample), Draft()) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def show(file: PageFile, settings: QSettings | None, bot: QtBot) -> PreviewDialog:
    dialog = PreviewDialog(file, "某局 2024 年", settings)
    bot.addWidget(dialog)
    with bot.waitExposed(dialog):
        dialog.show()
    return dialog


def printed(file: PageFile, path: Path, first: int = 0, last: int = 0) -> list[QImage]:
    """The pages that a printer makes, here one that prints into a file, as pictures of 60 dots."""
    printer = prepare_printer(file, None, "自评表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setFromTo(first, last)
    print_pages(file, printer)
    with PageFile(path.read_bytes()) as result:
        return [picture(result, number) for number in range(len(result.sizes))]


def picture(file: PageFile, number: int) -> QImage:
    drawn = file.draw(number, 60)
    image = QImage(drawn.content, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def difference(left: QImage, right: QImage) -> float:
    """The mean difference of two pictures' pixels (0 to 255), blurred: lines may be a pixel thicker."""
    assert left.size() == right.size()
    pair = [each.scaledToWidth(90, Qt.TransformationMode.SmoothTransformation) for each in (left, right)]
    pixels = [(x, y) for x in range(pair[0].width()) for y in range(pair[0].height())]
    return sum(abs(pair[0].pixelColor(x, y).red() - pair[1].pixelColor(x, y).red()) for x, y in pixels) / len(pixels)


def nearest(page: QImage, file: PageFile) -> int:
    """Which page of the preview a printed page looks like."""
    differences = [difference(page, picture(file, number)) for number in range(len(file.sizes))]
    assert min(differences) * 1.5 < sorted(differences)[1]
    return differences.index(min(differences))


def test_every_page_comes_out_of_the_printer_as_it_was_previewed(file: PageFile, tmp_path: Path) -> None:
    assert len(file.sizes) == 4
    assert [nearest(page, file) for page in printed(file, tmp_path / "out.pdf")] == [0, 1, 2, 3]


def test_a_range_of_pages(file: PageFile, tmp_path: Path) -> None:
    assert [nearest(page, file) for page in printed(file, tmp_path / "out.pdf", 2, 3)] == [1, 2]


def test_pages_in_the_order_of_the_printer() -> None:
    printer = QPrinter()
    printer.setFromTo(2, 9)
    assert chosen_pages(printer, 3) == (1, 2)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, 3) == (2, 1)
    printer.setFromTo(0, 0)
    assert chosen_pages(printer, 2) == (1, 0)


def test_the_paper_is_that_of_the_page(file: PageFile) -> None:
    layout = layout_of(file, 0)
    assert layout.orientation() == QPageLayout.Orientation.Portrait
    assert layout.pageSize().name().startswith("A4")


def test_what_was_chosen_is_offered_again(file: PageFile, settings: QSettings) -> None:
    printer = prepare_printer(file, settings, "自评表")
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    remember_printer(printer, settings)
    again = prepare_printer(file, settings, "自评表")
    assert again.colorMode() == QPrinter.ColorMode.GrayScale
    assert again.docName() == "自评表"


def test_pages_that_went_into_a_file_went_to_no_printer(file: PageFile, settings: QSettings, tmp_path: Path) -> None:
    printer = prepare_printer(file, settings, "自评表")
    assert describe_target(printer) == "已送往打印机"
    printer.setOutputFileName(str(tmp_path / "自评表.pdf"))
    assert describe_target(printer) == f"已写成文件 {tmp_path / '自评表.pdf'}"


def test_the_preview_shows_pages_when_they_come_into_sight(file: PageFile, settings: QSettings, qtbot: QtBot) -> None:
    dialog = show(file, settings, qtbot)
    qtbot.waitUntil(lambda: dialog.pages[0].is_drawn)
    assert not dialog.pages[-1].is_drawn
    dialog.number.setValue(len(dialog.pages))
    qtbot.waitUntil(lambda: dialog.pages[-1].is_drawn)


def test_pages_fit_the_window_they_are_shown_in(file: PageFile, settings: QSettings, qtbot: QtBot) -> None:
    dialog = show(file, settings, qtbot)
    for wide in (dialog.width(), 700, 500):
        dialog.resize(wide, 600)
        qtbot.waitUntil(lambda: dialog.width() == wide)  # noqa: B023  # called in this round
        qtbot.waitUntil(lambda: 0 < wide - dialog.pages[0].width() < 100)  # noqa: B023  # the same


def test_the_zoom_is_kept_for_the_next_time(file: PageFile, settings: QSettings, qtbot: QtBot) -> None:
    dialog = show(file, settings, qtbot)
    assert dialog.zoom.currentText() == "适合宽度"
    fitting = dialog.pages[0].width()
    assert fitting > dialog.width() * 0.85  # from the first on
    dialog.zoom.setCurrentText("200%")
    assert dialog.pages[0].width() == round(file.sizes[0][0] * 2 * 96 / 72)
    assert dialog.pages[0].width() != fitting
    QTest.keyClick(dialog, Key.Key_Minus, CTRL)
    assert show(file, settings, qtbot).percent == 150
    dialog.set_zoom(Fit.PAGE)
    assert dialog.pages[0].height() < dialog.height()


def test_the_menu_opens_the_preview_of_the_open_form(user: User) -> None:
    seen: list[str] = []

    def look(dialog: object) -> None:
        assert isinstance(dialog, PreviewDialog)
        seen.append(dialog.windowTitle())
        push_in(dialog, "关闭")

    user.answer(look)
    printing = next(iter(user.window.findChildren(Printing)), None) or Printing(user.window, None)
    printing.preview()
    assert seen == ["打印预览 — 如皋市社会保险基金管理中心 2024 年"]
