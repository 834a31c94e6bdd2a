"""The review: every check over a form, and what it finds.

Decides which checks there are and in which order they speak. A check that fails itself becomes a finding, never a crash:
the accountant still gets all the others.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Final

from app.form.form import Form
from app.form.rows import Place
from app.review.checks import budget, cells, points, scores, texts, years
from app.review.context import Context, read_context
from app.review.finding import Finding
from app.scoring.assessment import Assessment

CheckFunction = Callable[[Context], Iterator[Finding]]
Checks = tuple[tuple[str, CheckFunction], ...]

CHECKS: Final[Checks] = (
    ("C01", points.check_weight_total),
    ("C02", points.check_group_weights),
    ("C03", points.check_stated_totals),
    ("C04", points.check_score_range),
    ("C05", points.check_score_total),
    ("C06", points.check_grade),
    ("C07", cells.check_filled),
    ("C08", scores.check_rule_scores),
    ("C09", cells.check_actual_values),
    ("C10", cells.check_targets),
    ("C11", scores.check_tiers),
    ("C12", scores.check_tier_words),
    ("C13", scores.check_reasons),
    ("C14", scores.check_reason_words),
    ("C15", scores.check_over_fulfilment),
    ("C16", scores.check_full_marks),
    ("C17", scores.check_score_rate),
    ("C18", budget.check_unspent),
    ("C19", budget.check_execution),
    ("C21", budget.check_overspent),
    ("C22", budget.check_budget_total),
    ("C23", budget.check_projects),
    ("C24", budget.check_missing_totals),
    ("C25", budget.check_adjustment),
    ("C26", budget.check_budget_rates),
    ("C27", budget.check_staffing),
    ("C28", budget.check_input_rates),
    ("C29", scores.check_directions),
    ("C30", scores.check_satisfaction_scores),
    ("C31", scores.check_surveys),
    ("C32", texts.check_evidence),
    ("C33", cells.check_names),
    ("C35", cells.check_benefits),
    ("C36", cells.check_named_targets),
    ("C37", cells.check_rows_aside),
    ("C38", cells.check_rules),
    ("C40", texts.check_text_amounts),
    ("C41", budget.check_amounts),
    ("C42", texts.check_foreign_words),
    ("C43", texts.check_year),
    ("C44", texts.check_lengths),
    ("C47", scores.check_shares),
    ("C49", years.check_last_year),
)

_LOG: Final = logging.getLogger(__name__)


def review(
    form: Form, assessment: Assessment, checks: Checks = CHECKS, last: Form | None = None
) -> tuple[Finding, ...]:
    """Everything the checks find, in the order of their codes. Never raises: X01 names the checks that failed.

    ``last`` is last year's form of the same unit, where there is one.
    """
    context = read_context(form, assessment, last)
    findings: list[Finding] = []
    failed: list[str] = []
    for code, check in checks:
        try:
            findings.extend(check(context))
        except Exception:  # noqa: BLE001 - a bug in one check must not cost the user the others
            _LOG.exception("check %s failed", code)
            failed.append(code)
    if failed:
        findings.append(context.say("X01", Place("cover"), codes=", ".join(failed)))
    return tuple(findings)
