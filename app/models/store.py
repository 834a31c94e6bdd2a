"""The stored forms: listing, loading, creating, and writing a Change as one transaction with its journal row.

Decides what one transaction holds. Synchronous and for one thread (`writer` gives it one); knows no queue, no window.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.form.change import Change, ChangeConflict, apply_change
from app.form.failure import AppError
from app.form.form import Form
from app.models import sentences
from app.models.connection import explain, open_engine
from app.models.folder import file_identity
from app.models.opening import open_file
from app.models.records import (
    add_form,
    add_journal,
    describe_damage,
    find_form,
    is_last,
    list_entries,
    read_journal,
    read_whole,
    write_form,
    write_time,
)
from app.models.state import FormEntry, JournalEntry
from app.models.tables import Damage, FormRecord


class Store:
    """The data file of a folder. It remembers the connection, and the forms as they were last written."""

    def __init__(self, folder: Path) -> None:
        """Open or make the file. AppError when it must not be opened."""
        self._path: Final = open_file(folder)
        self._identity: Final = file_identity(self._path)
        self._engine: Final = open_engine(self._path)
        self._written: Final[dict[int, tuple[int, Form]]] = {}

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()

    def list_forms(self, *, is_deleted: bool = False) -> tuple[FormEntry, ...]:
        """All forms, or all deleted ones, by unit and then the newest year first."""
        with self._transaction() as session:
            return list_entries(session, FormRecord.deleted_at.is_not(None) == is_deleted)

    def load(self, form_id: int) -> Form:
        """The whole form. AppError when there is none, or when what is stored is not what was written."""
        with self._transaction() as session:
            return self._read(session, find_form(session, form_id))

    def create(self, form: Form, text: str, at: datetime) -> FormEntry:
        """Store a new form; ``text`` says in the journal where it came from."""
        with self._transaction() as session:
            record = add_form(session, form, at)
            add_journal(session, record, Change(text, ()), at)
            session.flush()
            (entry,) = list_entries(session, FormRecord.id == record.id)
        return entry

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
            rev, before = self._written.get(form_id, (0, None))
            if before is None or rev != record.rev:
                before = self._read(session, record)
            try:
                after = apply_change(before, change)
            except ChangeConflict as error:
                raise AppError(sentences.CHANGED_ELSEWHERE) from error
            write_form(session, record, before, after)
            add_journal(session, record, change, at)
            session.flush()
            self._written[form_id] = (record.rev, after)  # forgotten again when the COMMIT fails

    def history(self, form_id: int) -> tuple[JournalEntry, ...]:
        """Every committed change of a form, the oldest first."""
        with self._transaction() as session:
            return read_journal(session, form_id)

    def _read(self, session: Session, record: FormRecord) -> Form:
        form = read_whole(session, record)
        self._written[record.id] = (record.rev, form)
        return form

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """One BEGIN IMMEDIATE … COMMIT. A failure of the database becomes an AppError, and is met by a new connection."""
        try:
            self._check_place()
            with Session(self._engine, autoflush=False, expire_on_commit=False) as session, session.begin():
                try:
                    yield session
                except Damage as damage:
                    raise AppError(describe_damage(session, damage.record)) from damage
            self._check_place()
        except BaseException as error:
            self._written.clear()
            self._engine.dispose()
            if isinstance(error, DBAPIError):
                raise AppError(explain(error)) from error
            raise

    def _check_place(self) -> None:
        if file_identity(self._path) != self._identity:
            raise AppError(sentences.MOVED)
