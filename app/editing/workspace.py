"""The one door for every edit of an open form.

Decides what one edit leads to: the next form, everything computed from it, and the change on its way to the disk.
Knows no window and no undo stack; undo is applying the inverse through the same door.
"""

from dataclasses import dataclass
from typing import Protocol

from app.form.change import Change, apply_change, changes_nothing
from app.form.form import Form
from app.review.finding import Finding
from app.review.review import review
from app.scoring.assessment import Assessment, assess


@dataclass(frozen=True, slots=True)
class Outcome:
    """A form and everything computed from it. ``last`` is last year's form of the same unit, where there is one."""

    form: Form
    assessment: Assessment
    findings: tuple[Finding, ...]
    last: Form | None = None


class Recorder(Protocol):
    """Whatever keeps the changes; `app.models.writer.Writer` is one."""

    def load(self, form_id: int, /) -> Form:
        """The form as stored."""

    def submit(self, form_id: int, change: Change, /) -> None:
        """Have a change written; returns at once."""


class Workspace:
    """An open form. It remembers the latest outcome and where changes go."""

    def __init__(self, form_id: int, form: Form, recorder: Recorder, last: Form | None = None) -> None:
        """Begin with ``form``, which is what is stored under ``form_id``; ``last`` is last year's."""
        self.form_id = form_id
        self._recorder = recorder
        self._outcome = compute_outcome(form, last)

    @property
    def outcome(self) -> Outcome:
        """The form as it is now, and what is computed from it."""
        return self._outcome

    def apply(self, change: Change) -> Outcome:
        """Make an edit. ChangeConflict, and nothing happens, when it does not fit the form; it is submitted unless it changes nothing."""
        outcome = compute_outcome(apply_change(self._outcome.form, change), self._outcome.last)
        if not changes_nothing(change):
            self._recorder.submit(self.form_id, change)
        self._outcome = outcome
        return outcome


def open_workspace(recorder: Recorder, form_id: int) -> Workspace:
    """A workspace for a stored form. AppError when it cannot be loaded."""
    return Workspace(form_id, recorder.load(form_id), recorder)


def compute_outcome(form: Form, last: Form | None = None) -> Outcome:
    """Everything computed from a form, whole (design.md decision 5), beside last year's form where there is one."""
    assessment = assess(form)
    return Outcome(form, assessment, review(form, assessment, last=last), last)
