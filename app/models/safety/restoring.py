"""Bringing a backup back: into the live file, in one transaction, after the present state was backed up.

Decides the order of steps; killed at any moment the data file is the old one or the new one, whole (reliability.md D4). The
file must not be open through another connection of this process.
"""

import sqlite3
from datetime import datetime
from pathlib import Path

from app.form.failure import AppError
from app.models.connection import explain
from app.models.files import sentences
from app.models.files.backups import Backup, Reason, keep_present, verify_backup
from app.models.files.copying import write_into
from app.models.folder import FILE_NAME
from app.models.opening import open_file
from app.models.safety.backups import unpacked


def restore_backup(folder: Path, backup: Path, at: datetime) -> Backup:
    """Make the data file of ``folder`` hold what the file at ``backup`` holds; the backup of the state before.

    AppError: then nothing is changed.
    """
    reason = verify_backup(backup)
    if reason:
        raise AppError(sentences.NOT_SOUND.format(name=backup.name, reason=reason))
    before = keep_present(folder, Reason.RESTORE, at)
    with unpacked(backup) as fresh:
        path = open_file(fresh)  # brings it to today's schema
        reason = verify_backup(path)
        if reason:
            raise AppError(sentences.NOT_SOUND.format(name=backup.name, reason=reason))
        try:
            write_into(path, folder / FILE_NAME)
        except sqlite3.Error as error:
            raise AppError(sentences.NOT_RESTORED.format(reason=explain(error))) from error
    return before
