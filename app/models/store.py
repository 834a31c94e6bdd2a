"""The write side of the data file: a Change is one transaction, with its journal row.

Decides what one transaction holds. Synchronous and for one thread (`writer` gives it one); knows no queue, no window.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.form.change import Change, ChangeConflict, apply_change
from app.form.failure import AppError
from app.form.form import Form
from app.models import sentences
from app.models.engine import open_engine
from app.models.reader import Reader, read_form
from app.models.records import (
    add_form,
    add_journal,
    add_version,
    close_version,
    find_form,
    is_last,
    write_form,
    write_time,
)
from app.models.state import FormEntry
from app.models.tables import FormRecord
from app.review import edition


class Store:
    """Writes over a reader's connection. It remembers the forms as they were last written."""

    def __init__(self, reader: Reader) -> None:
        """Write what ``reader`` reads."""
        self._reader: Final = reader
        self._engine: Final = open_engine(reader.connect)
        self._connection: sqlite3.Connection | None = None
        self._written: Final[dict[int, tuple[int, Form]]] = {}

    def create(self, form: Form, text: str, at: datetime) -> FormEntry:
        """Store a new form; ``text`` says in the journal where it came from."""
        with self._transaction() as session:
            record = add_form(session, form, at)
            add_journal(session, record, Change(text, ()), at)
            return FormEntry(record.id, form.cover.unit, form.cover.year, form.template.name, at)

    def mark_deleted(self, form_id: int, at: datetime | None) -> None:
        """Take a form out of the list (None: put it back in). Nothing of it is erased."""
        with self._transaction() as session:
            find_form(session, form_id).deleted_at = write_time(at) if at else None

    def apply(self, form_id: int, change: Change, at: datetime, *, is_retry: bool = False) -> None:
        """Write one Change and its journal row as one transaction. AppError when it is not known to be on disk.

        ``is_retry``: the change may be stored already although its COMMIT failed; then nothing is written again.
        """
        with self._transaction() as session:
            record = find_form(session, form_id)
            if is_retry and is_last(session, record, change):
                return
            if record.final_version is not None:
                raise AppError(sentences.FORM_LOCKED.format(number=record.final_version))
            before = self._current(record)
            try:
                after = apply_change(before, change)
            except ChangeConflict as error:
                raise AppError(sentences.CHANGED_ELSEWHERE) from error
            write_form(session, record, before, after)
            add_journal(session, record, change, at)
            self._written[form_id] = (record.rev, after)  # forgotten again when the COMMIT fails

    def finalise(self, form_id: int, by: str, at: datetime) -> edition.Final:
        """Keep the form as its next version and lock it; whether it may be final is not asked here. AppError when it is locked."""
        with self._transaction() as session:
            record = find_form(session, form_id)
            if record.final_version is not None:
                raise AppError(sentences.FORM_LOCKED.format(number=record.final_version))
            version = add_version(session, record, self._current(record), by, at)
            add_journal(session, record, Change(sentences.FINALISED.format(number=version.number), ()), at)
            return edition.Final(version.number, version.by, version.at, version.digest)

    def reopen(self, form_id: int, reason: str, at: datetime) -> None:
        """Unlock a final form; its version stays, with the reason. AppError when it is not final."""
        with self._transaction() as session:
            record = find_form(session, form_id)
            if record.final_version is None:
                raise AppError(sentences.FORM_NOT_FINAL)
            close_version(session, record, reason)
            add_journal(session, record, Change(sentences.REOPENED.format(reason=reason), ()), at)

    def _current(self, record: FormRecord) -> Form:
        rev, form = self._written.get(record.id, (None, None))
        if form is None or rev != record.rev:
            _, form = read_form(self._reader.connect(), record.id)
        return form

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """One BEGIN IMMEDIATE … COMMIT on the reader's connection, under its guard."""
        try:
            with self._reader.guard() as connection:
                if connection is not self._connection:
                    self._engine.dispose()  # it still holds the one that failed
                    self._connection = connection
                with self._session() as session:
                    yield session
        except BaseException:
            self._written.clear()
            raise

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self._engine, autoflush=False, expire_on_commit=False) as session, session.begin():
                session.connection()  # BEGIN IMMEDIATE now, not at the first statement
                yield session
        except DBAPIError as error:
            raise error.orig if isinstance(error.orig, sqlite3.Error) else error from error
