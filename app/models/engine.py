"""SQLAlchemy over the one connection: every transaction is a BEGIN IMMEDIATE of its own.

Decides how the library may use the connection. Knows no table and no file.
"""

import sqlite3
from collections.abc import Callable

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event


def open_engine(creator: Callable[[], sqlite3.Connection]) -> Engine:
    """An engine over exactly one connection, which ``creator`` gives."""
    # hide_parameters: an error's text would otherwise hold the row.
    engine = create_engine("sqlite://", creator=creator, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver alone would begin too late, and leave half a migration (reliability.md D3).
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
