"""The only wiring: Qt application, fonts, translation, store, window.

Decides what is made in which order at the start, and what the demonstration run leaves behind. Nothing else.
"""

import gc
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QSize, QTranslator, Signal
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from app.editing.preferences.preferences import Opening
from app.form.form import Form
from app.form.resources import resource
from app.models.files.backups import Reason
from app.models.state import SaveState, now
from app.models.writer import Writer
from app.ui.about.about import About
from app.ui.actions.commands import Commands
from app.ui.actions.evidence import EvidenceFiles
from app.ui.actions.finalising import Finalising
from app.ui.actions.handover import Handover
from app.ui.actions.history import History
from app.ui.actions.importing import Importing
from app.ui.actions.mailing import Mailing
from app.ui.actions.printing import Printing
from app.ui.actions.rolling import Rolling
from app.ui.actions.verifying import Verifying
from app.ui.aids.cells import Cells
from app.ui.aids.hints import Hints
from app.ui.aids.panes import Panes
from app.ui.aids.searching import Searching
from app.ui.charts.overview import Overview
from app.ui.faces.digits import set_grouped
from app.ui.guide.guiding import Guiding
from app.ui.guide.stages import StageName
from app.ui.look.appearance import POINTS, Scheme, apply_appearance
from app.ui.manual.manual import Manual
from app.ui.safety.backups import Backups
from app.ui.settings.settings import Settings, open_settings
from app.ui.start.starting import Starting, Ways
from app.ui.tasks import Tasks, Tell
from app.ui.window import TITLE, MainWindow

if TYPE_CHECKING:
    from app.sheet.handover.package import Member

NAME: Final = "jixiao"
SET_UP: Final = "isSetUp"
UI_FONT: Final = "NotoSansSC-Medium.ttf"
SELDOM: Final = (50_000, 20, 100)
LAST_FORM: Final = "form"
ICON_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
OURS: Final = (".zip", ".json")
DEMO_SIZE: Final = (1366, 768)


class SaveRelay(QObject):
    """Carries save states from the writer's thread into the window's."""

    told = Signal(object)

    def tell(self, state: SaveState) -> None:
        """Called from the writer's thread; whoever is connected hears it in the window's."""
        self.told.emit(state)


class Program:
    """A running program: application, store, window. It only holds them together."""

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
        self.window = MainWindow(settings)
        self.chosen = Settings(self.window, folder, found, self.writer.upkeep.arrange)
        self.relay.told.connect(self.window.show_save_state)
        self.tasks = Tasks(self.window, self.window.say, TITLE)
        self.commands = Commands(self.window, self.writer, self._remember, self.tasks)
        self._add_actions()
        if viewed is not None:
            self.window.close_for_writing()
            self.starting.may_write = False
        self.window.may_close = self.commands.may_close
        self.window.count_pending = self.writer.count_pending
        self._open_first(found.preferences.display.opening)

    def _open_first(self, wanted: Opening) -> None:
        """The form that was open last (one that is there, where nobody remembers), or the start page, as it is wanted."""
        entries = self.writer.list_forms()
        is_known = self.settings.value(LAST_FORM) is not None
        last = self.settings.value(LAST_FORM, 0, type=int)
        chosen = next((entry.id for entry in entries if entry.id == last or not is_known), None)
        if chosen is not None and wanted is Opening.LAST:
            self.commands.open_form(chosen)
        if self.window.session is None:  # also when it can't be read
            self.starting.show()

    def _add_actions(self) -> None:
        """What the menus do, in the order of their entries."""
        window, writer, tasks = self.window, self.writer, self.tasks
        self.importing = Importing(window, tasks, self.commands.create, partial(writer.back_up, Reason.IMPORT))
        self.rolling = Rolling(window, writer, self.commands.create)
        self.commands.add_exports()
        self.handover = Handover(window, writer, tasks)
        self.handover.attach = self._attach
        self.handover.keep_files = self._keep_files
        self.mailing = Mailing(window, self.chosen.learn, tasks)
        self.printing = Printing(window, self.settings)
        self.overview = Overview(window, writer, self.settings)
        self.commands.annex = self.printing.annex = self.overview.annex
        self.printing.tick = self.overview.tick
        self.backups = Backups(window, writer, self.commands.reload, tasks)
        self.finalising = Finalising(window, writer, self.commands.refresh, tasks)
        self.verifying = Verifying(window, tasks)
        self.cells = Cells(window)
        self.evidence = EvidenceFiles(window, self.viewed or self.folder, tasks, self.folder)
        self.history = History(window, writer)
        self.searching = Searching(window)
        self.panes = Panes(window)
        self.hints = Hints(window)
        self.chosen.add_entries()
        self.manual = Manual(window)
        self.about = About(window, self.folder)
        ways = Ways(self.rolling.roll, self.importing.choose, self.importing.read, self.handover.receive_file)
        self.starting = Starting(window, writer, self.commands, ways)
        later = {StageName.FINALISE: self.finalising.finalise, StageName.HAND_OVER: self.handover.hand_over}
        self.guiding = Guiding(window, self.settings, later)
        self.handover.remember_sent = self.guiding.remember_sent

    def open_document(self, path: Path) -> None:
        """A file that was double-clicked: what others exported is asked about whole, anything else is planned cell by cell."""
        if path.suffix.lower() in OURS:
            self.handover.receive_file(path)
        else:
            self.importing.read(path)

    def _attach(self, form: Form) -> "tuple[Member, ...]":
        from app.ui.actions.attaching import collect  # noqa: PLC0415  # not needed for the window to appear

        return collect(self.viewed or self.folder, form)

    def _keep_files(self, path: Path, form: Form, tell: Tell) -> tuple[str, ...]:
        from app.ui.actions.attaching import keep_all  # noqa: PLC0415  # not needed for the window to appear

        return keep_all(self.folder, path, form, tell)

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


def run_demo(target: Path) -> int:
    """The same program without a display: its window on the real form, exported and photographed into ``target``."""
    from app.ui.actions.exports import export_form  # noqa: PLC0415  # not needed for the window to appear
    from app.ui.shots import shoot_tabs  # noqa: PLC0415  # the same

    target.mkdir(parents=True, exist_ok=True)
    program = Program(target / "data")
    program.window.resize(*DEMO_SIZE)
    program.window.show()
    if program.window.session is None:
        program.starting.open_example()
    session = program.window.session
    if session is None:
        return 2
    for path in shoot_tabs(program.window, target):
        print(path)  # noqa: T201  # the demonstration says what it wrote
    for suffix in (".pdf", ".xlsx"):
        print(export_form(session.outcome, target / f"rugao-2024{suffix}").path)  # noqa: T201  # the same
    program.window.close()
    program.writer.close(5.0)
    return 0
