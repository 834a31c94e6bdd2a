"""Whether a data file holds what was written: its structure and schema, its references, every row's hash, every form's counts.

Decides in small steps, so that whoever works between them does not wait (the whole of 300 forms takes a second). Reads
any version of the schema; never writes. `PRAGMA integrity_check` alone misses 97 % of flipped bits (reliability.md D11).
"""

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

from app.models.connection import APPLICATION_ID, decoding, open_raw
from app.models.encoding import COLUMN, STORED_IN, Damage, verify
from app.models.files import sentences
from app.models.files.schema import find_stranger, has_schema

T = TypeVar("T")
Steps = Generator[None, None, T]  # work in small pieces, and what comes of it

BATCH: Final = 200  # rows, about 6 ms
ADDRESS: Final = "address"  # the rowid, under a name that no column has
MALFORMED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def is_malformed(error: sqlite3.Error) -> bool:
    """Whether the file itself is said to be wrong, not the disk, a lock or a permission."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in MALFORMED


def run(steps: Steps[T]) -> T:
    """All the work at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def check_steps(path: Path) -> Steps[tuple[str, ...]]:
    """What is wrong with the file at ``path``, a sentence each. sqlite3.Error when it could not be read.

    One "malformed" is no damage yet: 234 of 3,312 injected errors said so of whole files (reliability.md D14).
    """
    return (yield from _look(path)) and (yield from _look(path))


def _look(path: Path) -> Steps[tuple[str, ...]]:
    try:
        with decoding(), closing(open_raw(path, "ro")) as connection:
            return (yield from damage_steps(connection))
    except sqlite3.DatabaseError as error:
        if not is_malformed(error):
            raise
        return (sentences.STRUCTURE,)


def damage_steps(connection: sqlite3.Connection) -> Steps[tuple[str, ...]]:
    """What is wrong with the file of a connection, a sentence each."""
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        return (sentences.STRUCTURE,)
    (version,), (application,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")
    )
    if application != APPLICATION_ID or not has_schema(connection, version) or find_stranger(connection):
        return (sentences.SCHEMA.format(version=version),)
    yield
    dangling = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    yield
    damaged: Counter[object] = Counter()  # by form; None for what belongs to no form
    for table in _tables(connection):
        for row in (yield from _damaged_rows(connection, table)):
            damaged[row["id"] if table == "forms" else row.get("form_id")] += 1
    found = [*_miscounted(connection)]
    if dangling:
        found.insert(0, sentences.REFERENCES.format(count=dangling))
    return (*(_describe(connection, form, count) for form, count in damaged.items()), *found)


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    return [name for (name,) in connection.execute(query)]


def _damaged_rows(connection: sqlite3.Connection, table: str) -> Steps[list[dict[str, object]]]:
    damaged: list[dict[str, object]] = []
    last = -(2**63)
    # Only names from the file's own schema are put together here.
    query = f'SELECT rowid AS {ADDRESS}, * FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT {BATCH}'  # noqa: S608
    while True:
        cursor = connection.execute(query, (last,))
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        if COLUMN not in names:
            return damaged
        for row in rows:
            last = row.pop(ADDRESS)
            try:
                verify(table, row)
            except Damage:
                damaged.append(row)
        yield
        if len(rows) < BATCH:
            return damaged


def _miscounted(connection: sqlite3.Connection) -> Iterator[str]:
    """Forms with rows too many or too few: a row that is missing cannot show its own hash."""
    stored = sorted(set(STORED_IN.values()) & set(_tables(connection)))
    rows = " UNION ALL ".join(f'SELECT form_id FROM "{table}"' for table in stored)  # noqa: S608 - our own names
    for sentence, column, source in (
        (sentences.FORM_ROWS, "row_count", f"({rows})"),
        (sentences.FORM_JOURNAL, "rev", "journal"),
    ):
        query = (
            f"SELECT id FROM forms LEFT JOIN (SELECT form_id, count(*) AS found FROM {source} GROUP BY form_id)"  # noqa: S608
            f" ON form_id = id WHERE coalesce(found, 0) <> {column}"
        )
        for (form,) in connection.execute(query).fetchall():
            yield _say(connection, form, sentence)


def _describe(connection: sqlite3.Connection, form: object, count: int) -> str:
    return _say(connection, form, sentences.FORM if form is not None else sentences.SHARED, count)


def _say(connection: sqlite3.Connection, form: object, sentence: str, count: int = 1) -> str:
    query = "SELECT units.name, year FROM forms JOIN units ON units.id = unit_id WHERE forms.id = ?"
    owner = connection.execute(query, (form,)).fetchone()
    if owner is None and form is not None:
        return sentences.STRAY.format(count=count)
    unit, year = owner or ("", "")
    return sentence.format(unit=unit, year=year, count=count)
