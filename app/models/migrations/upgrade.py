"""Making a new data file and bringing an older one to today's schema, in one transaction: wholly, or not at all.

Decides how migrations run (design.md decision 11). Knows no table.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.form.failure import AppError
from app.models import sentences
from app.models.connection import APPLICATION_ID, connect
from app.models.engine import open_engine
from app.models.folder import sync_folder
from app.models.migrations import MIGRATIONS, Migration

_UNFINISHED: Final = ".new"


def create_file(path: Path, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Make a data file at ``path``, where none is."""
    # Under another name until it is whole: an interrupted first start leaves no empty file that would be refused.
    fresh = path.with_name(path.name + _UNFINISHED)
    for leftover in (fresh, Path(f"{fresh}-journal")):
        leftover.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    upgrade_file(fresh, migrations)
    Path(f"{fresh}-journal").unlink(missing_ok=True)
    with suppress(FileExistsError):  # another start was quicker: its file is used
        _publish(fresh, path)
    fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def upgrade_file(path: Path, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring the file to the newest version. AppError when the result is not sound; then, as after any error, nothing is changed."""
    with _begin(path) as connection:
        operations = Operations(MigrationContext.configure(connection))
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        for step in migrations[version:]:
            step(operations)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {len(migrations)}")
        if not _is_sound(connection):
            raise AppError(sentences.UPGRADE_BROKEN.format(path=path, version=len(migrations)))


@contextmanager
def _begin(path: Path) -> Iterator[Connection]:
    # A connection of its own with foreign keys off: with them on, remaking a table would delete what refers to it.
    engine = open_engine(lambda: connect(path, has_foreign_keys=False))
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise error.orig if isinstance(error.orig, sqlite3.Error) else error from error
    finally:
        engine.dispose()


def _publish(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)  # unlike rename it never replaces
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        fresh.rename(path)


def _is_sound(connection: Connection) -> bool:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return dangling is None and verdict == ["ok"]
