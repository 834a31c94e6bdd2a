"""Which stored forms the start page names, and in which words it says how far each one is. Pure."""

from collections.abc import Sequence
from typing import Final

from app.editing.forms import is_example
from app.editing.workspace import Outcome
from app.models.state import FormEntry
from app.ui.faces.explain import show_figure
from app.ui.faces.naming import name_unit

MOST: Final = 8
WRITING: Final = "填写中"
FINAL: Final = "定稿 第 {number} 版"
GAPS: Final = "还有 {count} 处未填"
SCORE: Final = "得分 {score}　{grade}"


def order_recent(entries: Sequence[FormEntry]) -> tuple[FormEntry, ...]:
    """The forms that were changed last, the newest first."""
    return tuple(sorted(entries, key=lambda entry: entry.edited_at, reverse=True)[:MOST])


def name_entry(entry: FormEntry) -> str:
    """What a form is called in a list that does not group by unit."""
    return f"{name_unit(entry.unit)}{'（样例）' if is_example(entry) else ''}"


def describe_state(entry: FormEntry, outcome: Outcome | None) -> str:
    """Draft or final, what is left, and the score; without an outcome only what the list knows."""
    parts = [WRITING if entry.final is None else FINAL.format(number=entry.final)]
    if outcome is not None:
        gaps, score = len(outcome.assessment.unfilled), outcome.assessment.scaled_score
        parts += [GAPS.format(count=gaps)] if gaps and entry.final is None else []
        if score.value is not None:
            parts.append(SCORE.format(score=show_figure(score), grade=outcome.assessment.grade or "").strip())
    return " · ".join(parts)
