"""A finding of the review as a value: what does not fit, where, and how grave it is.

Decides what a finding is and when an explanation answers it. Knows no check and no screen.
"""

from dataclasses import dataclass
from enum import Enum

from app.form.form import Form
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


def explanation_of(form: Form, finding: Finding) -> str:
    """The 审核说明 typed for a finding, also one that the figures have outdated; "" when there is none."""
    return next((row.text for row in form.explanations if row.key == finding.key), "")


def is_answered(form: Form, finding: Finding) -> bool:
    """Whether an advisory finding has an explanation given for these very figures."""
    return any(
        row.key == finding.key and row.basis == finding.message and row.text.strip() != "" for row in form.explanations
    )


def blocking(form: Form, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that stand in the way of 定稿: mandatory ones, and advisory ones that are not answered."""
    return tuple(finding for finding in findings if finding.level is Level.MANDATORY or not is_answered(form, finding))
