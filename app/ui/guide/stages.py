"""The stages of the year's work and what is left of each, as a pure function of the open form.

Decides the words and the state of every stage; where a click leads, `guiding` knows.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.editing.workspace import Outcome
from app.review.edition import Edition
from app.review.edition import Final as FinalEdition
from app.review.finding import Level, blocking


class StageName(StrEnum):
    """The four stages, in their order."""

    FILL = "填写"
    REVIEW = "审核"
    FINALISE = "定稿"
    HAND_OVER = "传出"


class StageState(StrEnum):
    """How far a stage is, with the sign that says so: is done, is what to do now, has something wrong, comes later."""

    DONE = "✓"
    NOW = "▶"
    WRONG = "⚠"
    LATER = "○"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its state, and what is left of it in a few words."""

    name: StageName
    state: StageState
    words: str


GAPS: Final = "还有 {count} 处未填"
UNREAD: Final = "{count} 处无法识别"
FILLED: Final = "已填完"
PASSED: Final = "已通过"
MANDATORY: Final = "强制 {count}"
ADVISORY: Final = "提示 {count} 未说明"
BLOCKED: Final = "还不能定稿"
READY: Final = "可以定稿"
VERSION: Final = "第 {number} 版"
NOT_YET: Final = "定稿后传出"
NOT_SENT: Final = "第 {number} 版，未传出"
SENT: Final = "第 {number} 版，{at} 传出"


def list_stages(outcome: Outcome, edition: Edition, sent_at: datetime | None = None) -> tuple[Stage, ...]:
    """All stages of a form; ``sent_at`` is when this very version was handed over, None when nobody knows of it."""
    fill, review = _fill(outcome), _review(outcome)
    if isinstance(edition, FinalEdition):
        final = Stage(StageName.FINALISE, StageState.DONE, VERSION.format(number=edition.number))
        return fill, review, final, _hand_over(edition, sent_at)
    is_ready = review.state is StageState.DONE
    return (
        fill,
        review,
        Stage(
            StageName.FINALISE,
            StageState.NOW if is_ready else StageState.LATER,
            READY if is_ready else BLOCKED,
        ),
        Stage(StageName.HAND_OVER, StageState.LATER, NOT_YET),
    )


def _fill(outcome: Outcome) -> Stage:
    gaps, unread = len(outcome.assessment.unfilled), len(outcome.assessment.misread)
    if gaps:
        return Stage(StageName.FILL, StageState.NOW, GAPS.format(count=gaps))
    if unread:
        return Stage(StageName.FILL, StageState.WRONG, UNREAD.format(count=unread))
    return Stage(StageName.FILL, StageState.DONE, FILLED)


def _review(outcome: Outcome) -> Stage:
    left = blocking(outcome.form, outcome.findings)
    mandatory = sum(finding.level is Level.MANDATORY for finding in left)
    advisory = len(left) - mandatory
    parts = [MANDATORY.format(count=mandatory)] if mandatory else []
    parts += [ADVISORY.format(count=advisory)] if advisory else []
    if not parts:
        return Stage(StageName.REVIEW, StageState.DONE, PASSED)
    return Stage(StageName.REVIEW, StageState.WRONG if mandatory else StageState.NOW, "、".join(parts))


def _hand_over(edition: FinalEdition, sent_at: datetime | None) -> Stage:
    if sent_at is None:
        return Stage(StageName.HAND_OVER, StageState.NOW, NOT_SENT.format(number=edition.number))
    words = SENT.format(number=edition.number, at=f"{sent_at.astimezone():%m-%d %H:%M}")
    return Stage(StageName.HAND_OVER, StageState.DONE, words)
