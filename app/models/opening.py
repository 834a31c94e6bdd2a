"""Opening the data file: making a new one, refusing what is not ours, migrating an older one.

Decides which file may be opened and brings it to today's schema. Never overwrites or empties a file that is there.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError

from app.form.failure import AppError
from app.models import sentences
from app.models.connection import APPLICATION_ID, connect, explain, open_engine
from app.models.folder import prepare_folder, sync_folder
from app.models.migrations import MIGRATIONS, Migration

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UNFINISHED: Final = ".new"


def open_file(folder: Path, migrations: tuple[Migration, ...] = MIGRATIONS) -> Path:
    """The data file of ``folder``, made or brought to the newest schema. AppError when it must not be opened."""
    path = prepare_folder(folder)
    try:
        if not path.exists():
            _create(path, migrations)
        version = read_version(path, len(migrations))
        path.chmod(0o600)
        if version < len(migrations):
            migrate(path, migrations)
    except (DBAPIError, sqlite3.Error) as error:
        raise AppError(sentences.FILE_UNUSABLE.format(path=path, reason=explain(error))) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(sentences.FOLDER_UNUSABLE.format(folder=folder, reason=reason)) from error
    return path


def read_version(path: Path, known: int = len(MIGRATIONS)) -> int:
    """The schema version of the file at ``path``. AppError when it is none of ours or newer than ``known``."""
    if path.is_dir():
        raise AppError(sentences.FILE_IS_FOLDER.format(path=path))
    if path.stat().st_size == 0:
        raise AppError(sentences.FILE_EMPTY.format(path=path))
    try:
        # Immutable: a foreign file gets no lock, no journal and no other file beside it.
        application, version = _read_numbers(path, "ro&immutable=1")
    except sqlite3.Error as error:
        raise AppError(sentences.FILE_FOREIGN.format(path=path)) from error
    if application != APPLICATION_ID or version == 0:
        raise AppError(sentences.FILE_FOREIGN.format(path=path))
    if version > known:
        raise AppError(sentences.FILE_NEWER.format(found=version, known=known))
    # Once more with write access: what an interrupted upgrade left is rolled back first.
    return _read_numbers(path, "rw")[1]


def migrate(path: Path, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring the file to the newest version in one transaction: wholly, or not at all."""
    engine = open_engine(path, has_foreign_keys=False)
    try:
        with engine.begin() as connection:
            _upgrade(connection, migrations)
            if not _is_sound(connection):
                raise AppError(sentences.UPGRADE_BROKEN.format(path=path, version=len(migrations)))
    finally:
        engine.dispose()


def _create(path: Path, migrations: tuple[Migration, ...]) -> None:
    # Under another name until it is whole: an interrupted first start leaves no empty file that would be refused.
    fresh = path.with_name(path.name + _UNFINISHED)
    for leftover in (fresh, Path(f"{fresh}-journal")):
        leftover.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    migrate(fresh, migrations)
    with suppress(FileExistsError):  # another start was quicker: its file is used
        _publish(fresh, path)
    Path(f"{fresh}-journal").unlink(missing_ok=True)
    sync_folder(path.parent)


def _publish(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)  # unlike rename it never replaces
    except FileExistsError:
        fresh.unlink()
        raise
    except OSError:  # a file system without links
        fresh.rename(path)
    else:
        fresh.unlink()


def _upgrade(connection: "Connection", migrations: tuple[Migration, ...]) -> None:
    # alembic is needed for a new or an older file only, and takes a third of a second to load.
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.operations import Operations  # noqa: PLC0415

    operations = Operations(MigrationContext.configure(connection))
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    for upgrade in migrations[version:]:
        upgrade(operations)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {len(migrations)}")


def _is_sound(connection: "Connection") -> bool:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return dangling is None and verdict == ["ok"]


def _read_numbers(path: Path, mode: str) -> tuple[int, int]:
    with closing(connect(path, mode)) as connection:
        application: int = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return application, version
