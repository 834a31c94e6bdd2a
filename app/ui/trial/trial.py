"""A trial run without anybody at the keys: the example is edited, saved, exported in every format, read back, and made final.

Decides what a working program must be able to do. Yields a sentence for each thing that worked; the first that does not
raises AppError. It knows no more of the store than the window does.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImageReader
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from app.editing.edits import set_value
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.interchange import read_form
from app.form.rows import Place
from app.ui.actions.exports import PAPERS, export_form
from app.ui.keeper import Keeper
from app.ui.session import Session
from app.ui.trial.final import try_final
from app.ui.window import MainWindow

MARK: Final = "试运行写下的一句话，可以辨认。"
PATIENCE: Final = 30.0  # seconds
PAUSE: Final = 0.01
PICTURES: Final = frozenset({b"png", b"svg", b"jpeg", b"ico"})
CANCEL: Final = "取消"
FAILED: Final = "试运行没有通过：{what}"


def try_out(window: MainWindow, keeper: Keeper, folder: Path) -> Iterator[str]:
    """Everything in turn, with the example open in ``window``; files are left in ``folder``."""
    session = window.session
    if session is None:
        raise AppError(FAILED.format(what="样例没有打开"))
    yield f"窗口已打开：{window.windowTitle()}"
    yield from _try_parts(window)
    _edit(session)
    _wait_saved(window)
    _expect(keeper.flush(PATIENCE) and _is_marked(keeper.load(session.workspace.form_id)), "修改没有保存")
    yield "修改已保存，读出来相同"
    for suffix in PAPERS:
        path = export_form(session.outcome, folder / f"{session.outcome.form.cover.year}{suffix}").path
        _read_back(path, session.outcome.form)
        yield f"已导出 {path.name}，读回来相同"
    yield from try_final(session, keeper, folder)


def _try_parts(window: MainWindow) -> Iterator[str]:
    """What Qt finds only where it was packed: translations, pictures, icon, printing."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    caption = box.button(QDialogButtonBox.StandardButton.Cancel).text()
    box.deleteLater()
    _expect(caption.startswith(CANCEL), f"按钮上的字是“{caption}”")
    pictures = {bytes(each.data()) for each in QImageReader.supportedImageFormats()}
    _expect(pictures >= PICTURES, f"图片格式只有 {sorted(pictures)}")
    _expect(not window.windowIcon().isNull(), "没有图标")
    QPrinterInfo.availablePrinterNames()  # loads the plugin; that there is a printer is not expected
    own = getattr(sys, "_MEIPASS", None)  # where the libraries of a frozen program lie
    is_apart = own is None or own not in os.environ.get("LD_LIBRARY_PATH", "")
    _expect(is_apart, "由它打开的别的程序会用到它的库")
    yield "译文、图片格式、图标都在，别的程序不会用到它的库"


def _edit(session: Session) -> None:
    form = session.outcome.form
    change = set_value(form, Place("problems", form.problems[0].key, "text"), MARK)
    if change is not None:
        session.edit(change)
    _expect(_is_marked(session.outcome.form), "内容没有改动")


def _is_marked(form: Form) -> bool:
    return form.problems[0].text == MARK


def _wait_saved(window: MainWindow) -> None:
    """Let the window work until it says so."""
    deadline = time.monotonic() + PATIENCE
    while not window.saved.text().startswith("已保存"):
        _expect(time.monotonic() < deadline, f"状态栏没有显示“已保存”，而是“{window.saved.text()}”")
        QApplication.processEvents()
        time.sleep(PAUSE)


def _read_back(path: Path, form: Form) -> None:
    """Through the reader's own process, as every file of others is read."""
    from app.sheet.reading.source import read_source  # noqa: PLC0415  # not needed for the window to appear

    source = read_source(path)
    said = "".join("".join(cell.text.split()) for grid in source.grids for cell in grid.cells)
    _expect(MARK in said, f"{path.name} 里没有写下的话")
    if source.record:
        _expect(read_form(source.record) == form, f"{path.name} 里的表与导出的不同")


def _expect(is_so: bool, otherwise: str) -> None:  # noqa: FBT001  what is expected, and what is said if it is not
    if not is_so:
        raise AppError(FAILED.format(what=otherwise))
