"""Files of 佐证材料 lent to other programs: read-only copies in a folder of their own, never the kept file itself.

Decides which files may be opened at all, and when the copies go. Starts no program.
"""

import secrets
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Final

from app.form.failure import AppError
from app.form.rows import Evidence
from app.models.evidence import sentences
from app.models.evidence.keeping import copy_out
from app.models.evidence.packing import MOST_OF_NAME, safe_name

FOLDER: Final = "opened"
# What a system runs when it is opened; a package of somebody else's may have brought it.
_RUN: Final = frozenset(
    (
        *("appimage", "bat", "chm", "cmd", "com", "cpl", "desktop", "exe", "hta", "jar", "js", "jse"),
        *("lnk", "mht", "msc", "msi", "msp", "pif", "ps1", "py", "reg", "scf", "scr", "sh"),
        *("url", "vb", "vbe", "vbs", "ws", "wsf", "wsh"),
    )
)


def lend(folder: Path, row: Evidence, room: Path) -> Path:
    """A read-only copy in ``room`` of a listed file, to be opened. AppError when it is a program, or no longer what was added."""
    name = safe_name(row.name, MOST_OF_NAME)
    if PurePath(name).suffix.lower().removeprefix(".") in _RUN:
        raise AppError(sentences.NOT_OPENED.format(name=row.name))
    place = room / FOLDER / secrets.token_hex(8)
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.mkdir(mode=0o700)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(sentences.NOT_COPIED.format(name=row.name, folder=place.parent, reason=reason)) from error
    copy_out(folder, row, place / name, 0o400)
    return place / name


def take_back(room: Path) -> None:
    """Remove all copies that were lent in ``room``; one that another program still holds goes the next time."""
    for path in sorted((room / FOLDER).rglob("*"), reverse=True):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.chmod(0o600)  # Windows deletes nothing that is read-only
                path.unlink()
