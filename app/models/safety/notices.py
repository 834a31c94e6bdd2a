"""What the store tells the user besides how saving goes.

Decides what is news: the same notice again is none, nor is the first word that all is well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from threading import Lock


class Matter(Enum):
    """What a notice is about; a newer one about the same matter takes its place."""

    DAMAGE = auto()
    BACKUP = auto()
    SPACE = auto()
    SECOND_COPY = auto()


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence with the way out; "" when the matter is settled."""

    matter: Matter
    text: str


class Bulletin:
    """Remembers the notice of each matter, and who hears of a new one. Any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hear: Callable[[Notice], None] | None = None
        self._notices: dict[Matter, Notice] = {}

    def tell(self, notice: Notice) -> None:
        """A notice, from whichever thread; whoever watches hears it there, if it is news."""
        with self._lock:
            is_news = self._notices.get(notice.matter, Notice(notice.matter, "")) != notice
            self._notices[notice.matter] = notice
            hear = self._hear
        if is_news and hear is not None:
            hear(notice)

    def watch(self, hear: Callable[[Notice], None]) -> None:
        """Have ``hear`` told from now on, and at once what is so already."""
        with self._lock:
            self._hear = hear
            known = tuple(notice for notice in self._notices.values() if notice.text)
        for notice in known:
            hear(notice)
