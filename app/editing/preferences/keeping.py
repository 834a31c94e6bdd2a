"""The file of settings in the data folder: read at the start, written whole or not at all.

Decides what happens to a file that could not be used wholly: it is kept aside, and said once, for the next one is whole.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.editing.preferences import sentences
from app.editing.preferences.preferences import Preferences
from app.form.failure import AppError

if TYPE_CHECKING:
    from app.editing.preferences.reading import Loaded

FILE_NAME: Final = "settings.toml"
MOST_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The settings of a data folder, what the user must know of their file, and whether there was one."""

    preferences: Preferences
    remark: str = ""
    is_stored: bool = True


def find_preferences(folder: Path, at: datetime) -> Found:
    """The settings of a data folder. A file that can't be used wholly is kept aside under a dated name, and written anew."""
    path = folder / FILE_NAME
    try:
        loaded = _load(path)
    except FileNotFoundError:
        return Found(Preferences(), is_stored=False)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Found(Preferences(), sentences.NO_FILE.format(path=path, reason=reason))
    if not loaded.complaints:
        return Found(loaded.preferences)
    complaints = "\n".join(loaded.complaints)
    try:
        aside = _put_aside(path, at)
        store_preferences(folder, loaded.preferences)
    except (OSError, AppError):
        return Found(loaded.preferences, sentences.NOT_ASIDE.format(complaints=complaints, path=path))
    return Found(loaded.preferences, sentences.ASIDE.format(complaints=complaints, path=aside))


def store_preferences(folder: Path, preferences: Preferences) -> None:
    """Keep the settings. AppError when they can't be written: then the old file is as it was."""
    path = folder / FILE_NAME
    export_preferences(path, preferences)
    with suppress(OSError):  # names and addresses are nobody else's, as what is in the data file
        path.chmod(0o600)


def export_preferences(path: Path, preferences: Preferences) -> None:
    """Write the settings to a file of their own. AppError when it can't be written."""
    from app.editing.preferences.writing import write_preferences  # noqa: PLC0415  # not needed to read
    from app.sheet.files import verify_bytes, write_file  # noqa: PLC0415  # not needed to read

    content = write_preferences(preferences).encode()
    write_file(path, content, verify_bytes(content))


def import_preferences(path: Path) -> "Loaded":
    """What a file from another computer says. AppError when it is none of settings."""
    from app.editing.preferences.reading import holds_preferences, read_preferences  # noqa: PLC0415  # the dialog's

    try:
        content = _read_bytes(path)
    except OSError as error:
        raise AppError(f"{path.name}：{error.strerror or type(error).__name__}") from error
    if len(content) > MOST_BYTES:
        raise AppError(sentences.TOO_BIG)
    text = content.decode("utf-8", "replace")
    if not holds_preferences(text):
        raise AppError(sentences.NO_PREFERENCES)
    return read_preferences(text)


def _load(path: Path) -> "Loaded":
    content = _read_bytes(path)
    # Most offices settle nothing, and the window appears sooner without it.
    from app.editing.preferences.reading import Loaded, read_preferences  # noqa: PLC0415

    if len(content) > MOST_BYTES:
        return Loaded(Preferences(), (sentences.TOO_BIG,))
    try:
        return read_preferences(content.decode())
    except UnicodeDecodeError as error:
        return Loaded(Preferences(), (sentences.UNREADABLE.format(reason=error.reason),))


def _read_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _put_aside(path: Path, at: datetime) -> Path:
    """Move the file away, under a name that is free."""
    number = 1
    while (target := path.with_name(f"{path.stem}-{at:%Y%m%d}-{number}{path.suffix}")).exists():
        number += 1
    path.rename(target)
    return target
