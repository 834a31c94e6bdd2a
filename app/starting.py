"""From a data folder to a running window and back: who may open it, for writing or for viewing only, and what else may happen.

Decides in which way a folder is opened, and what the exit code says. What a program consists of is `bootstrap`'s.
"""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer

from app import VERSION
from app.bootstrap import NAME, Front, collect_garbage, make_application
from app.form.failure import AppError
from app.models.folder import default_folder, prepare_folder
from app.models.opening import Kind, Unopenable
from app.models.viewing.copying import can_only_be_read
from app.ui.frame.appearing import FirstPicture
from app.ui.instance import Held, Instance, bring_forward
from app.ui.reports import Reports, report_failures
from app.ui.window import TITLE

if TYPE_CHECKING:
    from app.program import Program

FAILED: Final = 1  # the exit code after an unexpected failure at the start
UNUSABLE: Final = 2  # the exit code when the data folder can't be used
SETTLED: Final = 300  # milliseconds after which nobody waits for the program any more

_log: Final = logging.getLogger(__name__)


def open_window(folder: Path | None = None, document: Path | None = None) -> int:
    """Run the program until its window is closed, or show the window that has the data folder open already.

    A ``document`` is offered to be taken in, by whichever window there is then; what is only viewed takes nothing in.

    The exit code is 2 when the data folder can't be used.
    """
    make_application()
    place = folder or default_folder()
    try:
        while (code := open_place(place, document)) is None:
            pass
    except AppError as failure:
        from app.ui.asking import Icon, say  # noqa: PLC0415  # not needed for the window to appear

        say(None, TITLE, str(failure), Icon.Critical)
        return UNUSABLE
    return code


def open_place(place: Path, document: Path | None = None) -> int | None:
    """The program on a data folder, for viewing where it cannot be written; the exit code, None to try again. AppError."""
    prepare_folder(place)
    if can_only_be_read(place):
        return view_readable(place)
    instance = Instance(place)
    try:
        return run_program(place, instance, document) if instance.acquire(document=document) else 0
    except Held as failure:
        return ask_to_view(place, failure)
    except Unopenable as failure:
        if failure.kind is not Kind.READ_ONLY:
            raise
    finally:
        instance.release()
    return view_readable(place)  # nothing but trying to write showed it


def view_readable(place: Path) -> int | None:
    """The program on a folder that can only be read; the exit code, None to try again."""
    from app.ui.safety.viewing import say_only_readable  # noqa: PLC0415  # seldom needed

    return view_place(place, say_only_readable(place))


def ask_to_view(place: Path, failure: Held) -> int | None:
    """What the user wants of a folder that another one holds; the exit code, None to try again."""
    from app.ui.safety import viewing  # noqa: PLC0415  # seldom needed

    wish = viewing.ask_to_view(str(failure))
    if wish is viewing.Wish.VIEW:
        return view_place(place, viewing.say_held(place))
    return None if wish is viewing.Wish.AGAIN else UNUSABLE


def view_place(place: Path, why: str) -> int | None:
    """The program on a copy of what is in a folder, which is not touched; ``why`` stands above it. The exit code, None to try again."""
    from app.models.viewing.copying import copy_for_viewing  # noqa: PLC0415  # seldom needed
    from app.ui.safety.viewing import show_bar  # noqa: PLC0415  # the same

    with TemporaryDirectory(prefix=f"{NAME}-view-", ignore_cleanup_errors=True) as name:
        room = Path(name)
        copy_for_viewing(place, room)
        with report_failures(room) as reports:
            front = appear(reports, partial(open_copy, room, place))
            if isinstance(front, int):
                return front
            bar = show_bar(front.window, why)
            FirstPicture(front.window, partial(fit_out, front))
            _log.info("version %s started for viewing", VERSION)
            code = front.application.exec()
            front.writer.close(5.0)
            is_again = bar.is_again
            let_go(front)
    return None if is_again else code


def run_program(folder: Path, instance: Instance, document: Path | None = None) -> int:
    """The program on a data folder that nobody else has open; the exit code. AppError when it can't be opened."""
    with report_failures(folder) as reports:
        front = appear(reports, partial(open_front, folder))
        if isinstance(front, int):
            return front
        FirstPicture(front.window, partial(go_on, front, instance, document))
        code = front.application.exec()
        front.writer.close(5.0)
    return code


def appear(reports: Reports, make: Callable[[], Front | None]) -> Front | int:
    """A window with the form that was open last, shown; the exit code when there is none. AppError when it can't be opened."""
    try:
        front = make()
        if front is None:
            return UNUSABLE
        reports.attach(front.window)
        front.window.show()
    except AppError:
        raise
    except Exception as error:  # noqa: BLE001 - without a console nobody would see why nothing appears
        reports.show_at_start(error)
        return FAILED
    return front


def fit_out(front: Front) -> "Program":
    """The whole program, once its window is there."""
    from app.program import Program  # noqa: PLC0415  # not needed for the window to appear

    program = Program(front)
    collect_garbage()
    return program


def let_go(front: Front) -> None:
    """Nothing of a closed window is left when another start follows in this process."""
    from app.ui.aids.panes import focus_widget  # noqa: PLC0415  # not needed for the window to appear

    keys = focus_widget()
    if keys is not None:
        keys.clearFocus()  # who listens for it hears while the window is whole
    front.window.deleteLater()
    front.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_copy(room: Path, place: Path) -> Front:
    """The window for viewing. AppError that names the place, not the room, when what was copied can't be opened."""
    try:
        return Front(room, viewed=place)
    except AppError as failure:
        raise AppError(str(failure).replace(str(room), str(place))) from failure


def open_front(folder: Path) -> Front | None:
    """The window on a data folder; None when its file can't be opened and the user leaves it at that."""
    while True:
        try:
            return Front(folder)
        except Unopenable as failure:
            if failure.kind is Kind.READ_ONLY:
                raise
            from app.ui.safety.recovering import find_way_out  # noqa: PLC0415  # not needed for the window to appear

            if not find_way_out(failure):
                return None


def go_on(front: Front, instance: Instance, document: Path | None) -> None:
    """The whole program; and what can wait a little longer."""
    program = fit_out(front)
    QTimer.singleShot(SETTLED, partial(settle_in, program, instance, document))


def settle_in(program: "Program", instance: Instance, document: Path | None) -> None:
    """Once the window is there: hear of other starts, warn of a folder where the data are in danger, offer the document."""
    from app.ui.aids.place_warning import warn_of_place  # noqa: PLC0415  # not needed for the window to appear

    instance.watch(partial(bring_forward, program.window), program.open_document)
    warn_of_place(program.window, program.settings, program.folder)
    _log.info("version %s started", VERSION)
    if document is not None:
        program.open_document(document)
