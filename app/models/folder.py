"""Where the data lie: the folder, the name of the file in it, and who may read them.

Decides on places and permissions only; opens no database.
"""

import os
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models import sentences

FILE_NAME: Final = "jixiao.db"


def default_folder() -> Path:
    """The user's own data folder, as the system has it."""
    import platformdirs  # noqa: PLC0415  # seldom asked for where a folder is named

    return platformdirs.user_data_path("jixiao", appauthor=False)


def prepare_folder(folder: Path) -> Path:
    """Path of the data file in ``folder``, which exists afterwards. AppError when it cannot.

    The folder is closed to others when it is new or empty; one that holds other files keeps its mode.
    """
    try:
        new = [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in new:
            sync_folder(each.parent)  # or a power cut takes the folder and all that was saved in it
        if not any(folder.iterdir()):
            folder.chmod(0o700)  # the umask may have taken bits, a folder that was there may have too many
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(sentences.FOLDER_UNUSABLE.format(folder=folder, reason=reason)) from error
    return folder / FILE_NAME


def file_identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at ``path`` (device and inode); None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` survive a power cut. Does nothing where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
