"""What the window needs of the store; `app.models.writer.Writer` is one. So no database library is imported here."""

from typing import TYPE_CHECKING, Protocol

from app.form.change import Change
from app.form.form import Form
from app.models.state import FormEntry, Version
from app.review.edition import Final

if TYPE_CHECKING:
    from app.models.files.backups import Backup, Reason


class Keeper(Protocol):
    """What the window needs of the store; `app.models.writer.Writer` is one."""

    def list_forms(self) -> tuple[FormEntry, ...]:
        """All stored forms."""

    def load(self, form_id: int, /) -> Form:
        """One form."""

    def submit(self, form_id: int, change: Change, /) -> None:
        """Have a change written; returns at once."""

    def create(self, form: Form, text: str) -> FormEntry:
        """Store a new form."""

    def back_up(self, reason: "Reason", /) -> "Backup | None":
        """A verified backup; None when nothing changed since the last one."""

    def delete(self, form_id: int) -> None:
        """Put a form aside."""

    def finalise(self, form_id: int, by: str) -> Final:
        """Make a version of a form and lock it."""

    def reopen(self, form_id: int, reason: str) -> None:
        """Unlock a form; its version stays."""

    def versions(self, form_id: int) -> tuple[Version, ...]:
        """All versions of a form."""

    def load_version(self, form_id: int, number: int) -> Form:
        """The form as it was in a version."""

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until everything is on disk."""

    def retry(self) -> None:
        """Try again at once."""
