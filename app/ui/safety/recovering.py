"""What is done when the data file cannot be opened: look, ask, and do what was chosen. Before there is a window."""

from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.form.failure import AppError
from app.models.opening import Unopenable
from app.models.safety.backups import list_backups
from app.models.safety.recovery import Salvage, newest_good, recover, salvage
from app.ui.asking import say
from app.ui.safety.recovery_dialog import BeginAnew, Leave, RecoveryDialog, Restore, Retry
from app.ui.window import TITLE


def find_way_out(failure: Unopenable) -> bool:
    """Show what is wrong and carry out what the user chooses. Whether opening shall be tried again."""
    folder = failure.path.parent
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        newest = newest_good(folder) if failure.can_recover else None
        readable = salvage(failure.path) if failure.can_recover else Salvage()
        backups = list_backups(folder) if failure.can_recover else ()
    except OSError:
        newest, readable, backups = None, Salvage(), ()
    finally:
        QApplication.restoreOverrideCursor()
    dialog = RecoveryDialog(failure, newest, backups, readable)
    dialog.exec()
    try:
        match dialog.choice:
            case Restore(backup, is_salvaging):
                recover(folder, backup, readable.forms if is_salvaging else ())
            case BeginAnew(is_salvaging):
                recover(folder, None, readable.forms if is_salvaging else ())
            case Retry():
                pass
            case Leave():
                return False
            case _:
                assert_never(dialog.choice)
    except AppError as problem:
        say(None, TITLE, str(problem))
    return True
