"""The store of a copy that is only viewed: it reads like any other and refuses every edit.

Decides nothing else. No backups of the copy are made: nothing in it is anybody's work.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from app.form.failure import AppError
from app.models.state import SaveState, now
from app.models.viewing import sentences
from app.models.writer import Writer


class Viewer(Writer):
    """A `Writer` that never writes."""

    def __init__(
        self, room: Path, listener: Callable[[SaveState], None] | None = None, clock: Callable[[], datetime] = now
    ) -> None:
        """Open the copy in ``room``. AppError when it must not be opened."""
        super().__init__(room, listener, clock)
        self.upkeep.rest()

    def _refuse(self, *_arguments: object, **_named: object) -> NoReturn:
        raise AppError(sentences.ONLY_VIEWED)

    create = delete = restore = finalise = reopen = submit = back_up = restore_backup = _refuse
