"""Both sides of a data file, as the writer's thread has them, for tests without a thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.form.form import Form
from app.models.reader import Reader
from app.models.state import FormEntry, JournalEntry
from app.models.store import Store


@dataclass(frozen=True)
class Desk:
    """A data file, opened."""

    reader: Reader
    store: Store

    def load(self, form_id: int) -> Form:
        return self.reader.load(form_id)

    def list_forms(self, *, is_deleted: bool = False) -> tuple[FormEntry, ...]:
        return self.reader.list_forms(is_deleted=is_deleted)

    def history(self, form_id: int) -> tuple[JournalEntry, ...]:
        return self.reader.history(form_id)


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    reader = Reader(folder)
    try:
        yield Desk(reader, Store(reader))
    finally:
        reader.close()
