"""The write side of the data file: a Change is one transaction, with its journal row.

Decides what one transaction holds. Synchronous and for one thread (`writer` gives it one); knows no queue, no window.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.form.change import Change, ChangeConflict, apply_change
from app.form.failure import AppError
from app.form.form import Form
from app.models import sentences
from app.models.encoding import COLUMN, Values
from app.models.engine import open_engine
from app.models.reader import Reader, read_form, read_record
from app.models.records import (
    add_form,
    add_version,
    close_version,
    is_last,
    write_form,
    write_record,
    write_time,
)
from app.models.state import FormEntry
from app.models.tables import FormRecord, Stale, update_rows
from app.review import edition


class Store:
    """Writes over a reader's connection. It remembers the forms as they were last written."""

    def __init__(self, reader: Reader) -> None:
        """Write what ``reader`` reads."""
        self._reader: Final = reader
        self._engine: Final = open_engine(reader.connect)
        self._connection: sqlite3.Connection | None = None
        self._written: Final[dict[int, tuple[str, Form]]] = {}  # by the hash of the form's row

    def create(self, form: Form, text: str, at: datetime) -> FormEntry:
        """Store a new form; ``text`` says in the journal where it came from."""
        with self._transaction() as connection:
            record = add_form(connection, form, Change(text, ()), at)
            return FormEntry(record["id"], form.cover.unit, form.cover.year, form.template.name, at, origin=text)

    def mark_deleted(self, form_id: int, at: datetime | None) -> None:
        """Take a form out of the list (None: put it back in). Nothing of it is erased."""
        with self._transaction() as connection:
            record = read_record(self._reader.connect(), form_id)
            update_rows(connection, FormRecord, [(record, record | {"deleted_at": write_time(at) if at else None})])

    def apply(self, form_id: int, change: Change, at: datetime, *, is_retry: bool = False) -> None:
        """Write one Change and its journal row as one transaction. AppError when it is not known to be on disk.

        ``is_retry``: the change may be stored already although its COMMIT failed; then nothing is written again.
        """
        with self._transaction() as connection:
            record = read_record(self._reader.connect(), form_id)
            if is_retry and is_last(connection, record, change):
                return
            _refuse_final(record)
            before = self._current(record)
            try:
                after = apply_change(before, change)
                changed = write_form(connection, record, before, after)
            except ChangeConflict as error:
                raise AppError(sentences.CHANGED_ELSEWHERE) from error
            except Stale as error:
                read_form(self._reader.connect(), form_id)  # says what is damaged, if that is the reason
                raise AppError(sentences.CHANGED_ELSEWHERE) from error
            stored = write_record(connection, record, changed, change, at)
            self._written[form_id] = (stored[COLUMN], after)  # forgotten again when the COMMIT fails

    def finalise(self, form_id: int, by: str, at: datetime) -> edition.Final:
        """Keep the form as its next version and lock it; whether it may be final is not asked here. AppError when it is locked."""
        with self._transaction() as connection:
            record = read_record(self._reader.connect(), form_id)
            _refuse_final(record)
            version = add_version(connection, record, self._current(record), by, at)
            number = version["number"]
            change = Change(sentences.FINALISED.format(number=number), ())
            write_record(connection, record, record | {"final_version": number}, change, at)
            return edition.Final(number, by, version["at"], version["digest"])

    def reopen(self, form_id: int, reason: str, at: datetime) -> None:
        """Unlock a final form; its version stays, with the reason. AppError when it is not final."""
        with self._transaction() as connection:
            record = read_record(self._reader.connect(), form_id)
            if record["final_version"] is None:
                raise AppError(sentences.FORM_NOT_FINAL)
            close_version(connection, record, reason)
            change = Change(sentences.REOPENED.format(reason=reason), ())
            write_record(connection, record, record | {"final_version": None}, change, at)

    def _current(self, record: Values) -> Form:
        """The form as stored: as it was last written, if its row still is that of then."""
        written, form = self._written.get(record["id"], ("", None))
        if form is None or written != record[COLUMN]:
            _, form = read_form(self._reader.connect(), record["id"])
        return form

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One BEGIN IMMEDIATE … COMMIT on the reader's connection, under its guard."""
        try:
            with self._reader.guard() as connection:
                if connection is not self._connection:
                    self._engine.dispose()  # it still holds the one that failed
                    self._connection = connection
                with self._begin() as begun:
                    yield begun
        except BaseException:
            self._written.clear()
            raise

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise error.orig if isinstance(error.orig, sqlite3.Error) else error from error


def _refuse_final(record: Values) -> None:
    if record["final_version"] is not None:
        raise AppError(sentences.FORM_LOCKED.format(number=record["final_version"]))
