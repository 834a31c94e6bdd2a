"""The first wiring: Qt application, fonts, translation, store, window with the form that was open last.

Decides what is made in which order until the first picture. What only the menus do is `app.program`'s, which comes after it.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QSize, QTranslator, Signal
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from app.editing.preferences.preferences import Opening
from app.form.resources import resource
from app.models.state import SaveState, now
from app.models.writer import Writer
from app.ui.charts.overview import Overview
from app.ui.faces.digits import set_grouped
from app.ui.guide.guiding import Guiding
from app.ui.look.appearance import POINTS, Scheme, apply_appearance
from app.ui.settings.settings import Settings, open_settings
from app.ui.start.shelf import Shelf
from app.ui.start.starting import Starting
from app.ui.window import MainWindow

NAME: Final = "jixiao"
SET_UP: Final = "isSetUp"
UI_FONT: Final = "NotoSansSC-Medium.ttf"
SELDOM: Final = (50_000, 20, 100)
LAST_FORM: Final = "form"
ICON_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)


class SaveRelay(QObject):
    """Carries save states from the writer's thread into the window's."""

    told = Signal(object)

    def tell(self, state: SaveState) -> None:
        """Called from the writer's thread; whoever is connected hears it in the window's."""
        self.told.emit(state)


class Front:
    """What the first picture shows: application, store, window, the form that was open last. It only holds them together."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = now, *, viewed: Path | None = None) -> None:
        """Open the data folder and make the window with the last form open. AppError when the folder can't be used.

        ``viewed``: the folder that may only be looked at, of whose file ``folder`` holds a copy.
        """
        self.application = make_application()
        self.folder, self.viewed = folder, viewed
        self.relay = SaveRelay()
        store = Writer if viewed is None else load_viewer()
        self.writer = store(folder, self.relay.tell, clock)
        self.settings = settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        found = open_settings(self.application, folder, settings)
        if viewed is not None:
            found = replace(found, remark="")  # it is about the copy; where it lies the file stays as it is
        self.window = MainWindow(settings)
        self.window.count_pending = self.writer.count_pending
        self.chosen = Settings(self.window, folder, found, self.writer.upkeep.arrange)
        self.relay.told.connect(self.window.show_save_state)
        self.shelf = Shelf(self.window, self.writer, self._remember)
        self.overview = Overview(self.window, self.writer, settings)
        self.starting = Starting(self.window, self.writer, self.shelf)
        self.guiding = Guiding(self.window, settings)
        if viewed is not None:
            self.window.close_for_writing()
            self.starting.may_write = False
        self._open_first(found.preferences.display.opening)

    def _open_first(self, wanted: Opening) -> None:
        """The form that was open last (one that is there, where nobody remembers), or the start page, as it is wanted."""
        entries = self.writer.list_forms()
        is_known = self.settings.value(LAST_FORM) is not None
        last = self.settings.value(LAST_FORM, 0, type=int)
        chosen = next((entry.id for entry in entries if entry.id == last or not is_known), None)
        if chosen is not None and wanted is Opening.LAST:
            self.shelf.open_form(chosen)
        if self.window.session is None:  # also when it can't be read
            self.starting.show()

    def _remember(self, form_id: int) -> None:
        if self.settings.value(LAST_FORM, 0, type=int) != form_id:  # a start alone writes nothing
            self.settings.setValue(LAST_FORM, form_id)


def load_viewer() -> type[Writer]:
    """The store of what is only viewed."""
    from app.models.viewing.viewer import Viewer  # noqa: PLC0415  # seldom needed

    return Viewer


def make_application() -> QApplication:
    """The Qt application: Chinese everywhere, a font that has Chinese, our few style rules."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    if application.property(SET_UP):  # its name would not tell: by itself it is that of the executable
        return application
    application.setProperty(SET_UP, True)  # noqa: FBT003  Qt's own
    application.setApplicationName(NAME)
    application.setDesktopFileName(NAME)  # by which a desktop finds the entry and its icon
    application.setWindowIcon(make_icon())
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    set_grouped(is_grouped=False)
    translator = QTranslator(application)
    # Before any widget: otherwise the buttons of standard dialogs are English.
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    choose_font(application)
    apply_appearance(application, Scheme.SYSTEM, POINTS)
    return application


def make_icon() -> QIcon:
    """The program's icon; its pictures are read when they are needed."""
    icon = QIcon()
    for size in ICON_SIZES:
        icon.addFile(str(resource("icons", "program", f"{NAME}-{size}.png")), QSize(size, size))
    return icon


def choose_font(application: QApplication) -> None:
    """The system's font where it has Chinese ones, otherwise (and offscreen) the bundled one."""
    is_offscreen = application.platformName() == "offscreen"
    if not is_offscreen and QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return
    number = QFontDatabase.addApplicationFont(str(resource("fonts", UI_FONT)))
    families = QFontDatabase.applicationFontFamilies(number)
    if families:
        application.setFont(QFont(families[0], POINTS))


def collect_garbage() -> None:
    """Once the window is there: what lasts as long as it does need never be looked at again."""
    gc.freeze()
    # Every edit makes some thousand short-lived values, freed without the collector; it need not look so often.
    gc.set_threshold(*SELDOM)
    gc.enable()
