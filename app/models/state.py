"""What the store tells the rest of the program: which forms there are, and how far saving has come.

Values only. Knows no database, so that a window may import it before the database libraries are loaded.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.form.change import Change


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One stored form as the list shows it; ``edited_at`` is in UTC, ``final`` the version that locks it (None: a draft).

    ``origin`` is what its history says of where it came from.
    """

    id: int
    unit: str
    year: str
    template_name: str
    edited_at: datetime
    final: int | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A form as it was made final by ``by`` at ``at`` (UTC); ``reason`` is that of the 取消定稿 after it, "" without one."""

    number: int
    at: datetime
    by: str
    digest: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One committed change of a form at ``at`` (UTC); number 1 is its creation, without patches."""

    number: int
    at: datetime
    change: Change


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything submitted is on disk: the last COMMIT returned at ``at`` (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Saving:
    """``pending`` changes are on their way."""

    pending: int


@dataclass(frozen=True, slots=True)
class Unsaved:
    """``pending`` changes are not known to be on disk, and why, as one sentence; they are kept and tried again."""

    pending: int
    because: str


SaveState = Saved | Saving | Unsaved


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
