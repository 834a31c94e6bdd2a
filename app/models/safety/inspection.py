"""The whole inspection of a data file: all that `files.soundness` asks, and the chain of the journal.

Decides what belongs to it; never writes.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.models.connection import decoding, explain, open_raw
from app.models.encoding import Damage
from app.models.files import sentences
from app.models.files.soundness import Steps, check_steps, damage_steps, run
from app.models.reader import verify_journal


def inspect_file(file: sqlite3.Connection | Path) -> tuple[str, ...]:
    """What is wrong with a file of any version of the schema, a sentence each."""
    try:
        if isinstance(file, Path):
            return run(inspection_steps(file))
        with decoding():
            return run(damage_steps(file)) or run(_journal_steps(file))
    except sqlite3.Error as error:
        return (explain(error),)


def inspection_steps(path: Path) -> Steps[tuple[str, ...]]:
    """`inspect_file` of a path in small steps. sqlite3.Error when it could not be read."""
    found = yield from check_steps(path)
    if found:
        return found
    with decoding(), closing(open_raw(path, "ro")) as connection:
        return (yield from _journal_steps(connection))


def _journal_steps(connection: sqlite3.Connection) -> Steps[tuple[str, ...]]:
    """The forms whose journal is no unbroken chain; none in a file from before there was one."""
    if "chain" not in {column[1] for column in connection.execute("PRAGMA table_info(journal)")}:
        return ()
    broken = []
    query = "SELECT forms.id, units.name, year FROM forms JOIN units ON units.id = unit_id ORDER BY forms.id"
    for form, unit, year in connection.execute(query).fetchall():
        try:
            verify_journal(connection, form)
        except Damage:
            broken.append(sentences.CHAIN.format(unit=unit, year=year))
        yield
    return tuple(broken)


def summarise(damages: tuple[str, ...]) -> str:
    """All that is wrong in one sentence, "" for nothing."""
    if not damages:
        return ""
    first, *more = damages
    found = sentences.AND_MORE.format(first=first, count=len(more)) if more else first
    return sentences.INSPECTED.format(found=found)
