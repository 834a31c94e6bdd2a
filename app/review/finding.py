"""A finding of the review as a value: what does not fit, where, and how grave it is.

Decides what a finding is. Knows no check and no screen.
"""

from dataclasses import dataclass
from enum import Enum

from app.form.rows import Place


class Level(Enum):
    """MANDATORY (强制) blocks 定稿 only; ADVISORY (提示) asks for a 审核说明."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``message`` says in one Chinese sentence what is wrong with both figures, where, and what to do."""

    code: str
    level: Level
    place: Place
    message: str

    @property
    def key(self) -> str:
        """What an explanation refers to: the check and the place, not the figures."""
        return f"{self.code}:{self.place.section}:{self.place.key}:{self.place.field}"
