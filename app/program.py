"""The second wiring: what the menus do, made once the first picture was painted.

Decides the order of the menus' entries, and what the demonstration run leaves behind. Nothing else.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.bootstrap import Front
from app.form.form import Form
from app.models.files.backups import Reason
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
from app.ui.guide.stages import StageName
from app.ui.manual.manual import Manual
from app.ui.menus import add_separator
from app.ui.safety.backups import Backups
from app.ui.start.starting import Ways
from app.ui.tasks import Tasks, Tell
from app.ui.window import TITLE

if TYPE_CHECKING:
    from app.sheet.handover.package import Member

OURS: Final = (".zip", ".json")
DEMO_SIZE: Final = (1366, 768)


class Program:
    """A running program: what is seen at once, and what the menus do. It only holds them together."""

    def __init__(self, front: Front) -> None:
        """Give the window of ``front`` its menus and all that they do."""
        self.front = front
        self.application, self.window, self.writer = front.application, front.window, front.writer
        self.folder, self.settings, self.chosen = front.folder, front.settings, front.chosen
        self.shelf, self.overview, self.starting, self.guiding = (
            front.shelf,
            front.overview,
            front.starting,
            front.guiding,
        )
        self.tasks = Tasks(self.window, self.window.say, TITLE)
        self.commands = Commands(self.window, self.writer, self.shelf, self.tasks)
        self.window.may_close = self.commands.may_close
        self._add_actions()
        self._lead_on()
        if front.viewed is not None:
            self.window.menus.close_for_writing()

    def _add_actions(self) -> None:
        """What the menus do, in the order of their entries."""
        window, writer, tasks = self.window, self.writer, self.tasks
        self.importing = Importing(window, tasks, self.shelf.create, partial(writer.back_up, Reason.IMPORT))
        self.rolling = Rolling(window, writer, self.shelf.create)
        self.commands.add_exports()
        self.handover = Handover(window, writer, tasks)
        self.mailing = Mailing(window, self.chosen.learn, tasks)
        add_separator(window.menus.file)
        self.printing = Printing(window, self.settings)
        self.overview.add_entry()
        add_separator(window.menus.file)
        self.backups = Backups(window, writer, self.shelf.reload, tasks)
        self.finalising = Finalising(window, writer, self.shelf.refresh, tasks)
        self.verifying = Verifying(window, tasks)
        self.cells = Cells(window)
        self.evidence = EvidenceFiles(window, self.front.viewed or self.folder, tasks, self.folder)
        add_separator(window.menus.view)
        self.history = History(window, writer)
        self.searching = Searching(window)
        self.panes = Panes(window)
        self.hints = Hints(window)
        self.chosen.add_entries()
        self.manual = Manual(window)
        self.about = About(window, self.front.viewed or self.folder)
        self.starting.add_entry()
        self.guiding.add_entry()

    def _lead_on(self) -> None:
        """Where one of them leads to another."""
        self.handover.attach = self._attach
        self.handover.keep_files = self._keep_files
        self.handover.remember_sent = self.guiding.remember_sent
        self.commands.annex = self.printing.annex = self.overview.annex
        self.printing.tick = self.overview.tick
        self.starting.ways = Ways(
            new=self.commands.new_form,
            delete=self.commands.delete_form,
            roll=self.rolling.roll,
            choose_file=self.importing.choose,
            take=self.open_document,
        )
        self.guiding.ways = {
            StageName.FINALISE: self.finalising.finalise,
            StageName.HAND_OVER: self.handover.hand_over,
        }

    def open_document(self, path: Path) -> None:
        """What was double-clicked or dropped: what others exported is asked about whole, anything else is planned cell by cell."""
        if path.suffix.lower() in OURS or path.is_dir():
            self.handover.receive_file(path)
        else:
            self.importing.read(path)

    def _attach(self, form: Form) -> "tuple[Member, ...]":
        from app.ui.actions.attaching import collect  # noqa: PLC0415  # seldom needed

        return collect(self.front.viewed or self.folder, form)

    def _keep_files(self, path: Path, form: Form, tell: Tell) -> tuple[str, ...]:
        from app.ui.actions.attaching import keep_all  # noqa: PLC0415  # seldom needed

        return keep_all(self.folder, path, form, tell)


def run_demo(target: Path) -> int:
    """The same program without a display: its window on the real form, exported and photographed into ``target``."""
    from app.ui.actions.exports import export_form  # noqa: PLC0415  # only here
    from app.ui.shots import shoot_tabs  # noqa: PLC0415  # the same

    target.mkdir(parents=True, exist_ok=True)
    program = Program(Front(target / "data"))
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
