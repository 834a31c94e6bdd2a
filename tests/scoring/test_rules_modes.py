"""Who scores, and what becomes of the weight of rows that do not apply: the policies of a template."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest

from app.form.form import Form
from app.form.quantity import format_number
from app.form.rows import BudgetLine, Place
from app.scoring.assessment import Assessment, assess, locked_score
from app.scoring.figure import Figure, State
from tests.scoring.templates import form_with, row_of, short_template

LOCKED: Final = 'mode = "locked"'
SCALE: Final = 'not_applicable = "scale"'


def show(figure: Figure) -> str:
    value = "-" if figure.value is None else format_number(figure.value)
    return f"{value} {figure.state.value}"


def form_in(policy: str, typed: str, rule: str = "") -> Form:
    """Rows r1 (95% of ≥98%, 10 points) with this score and rule, and r2 (健全, 5 points), typed 4."""
    first = row_of("≥98%", "10", "95%", typed)
    second = replace(row_of("健全", "5", "健全", "4"), key="r2")
    return form_with(short_template(rule, policy=policy), first, second)


def suggested(found: Assessment) -> list[tuple[str, Decimal | None]]:
    return [(each.suggestion.rule, each.suggestion.score) for each in found.rows]


def test_a_differing_typed_score_counts_beside_the_suggestion() -> None:
    found = assess(form_in("", "9.5"))
    assert suggested(found) == [("positive", Decimal("9.69")), ("qualitative", Decimal("5.00"))]
    assert show(found.score) == "13.5 complete"


def test_in_manual_mode_nothing_is_suggested() -> None:
    found = assess(form_in('mode = "manual"', "9.5"))
    assert suggested(found) == [("manual", None), ("manual", None)]
    assert {each.suggestion.because for each in found.rows} == {"此项由单位自行评分"}
    assert show(found.score) == "13.5 complete"


def test_in_locked_mode_the_rules_score_counts_and_the_typed_one_is_kept() -> None:
    form = form_in(LOCKED, "9.5")
    found = assess(form)
    assert show(found.score) == "14.69 complete"
    assert found.score.inputs == (Place("indicators", "r1", "score"), Place("indicators", "r2", "score"))
    assert form.indicators[0].score == "9.5"


def test_in_locked_mode_a_score_need_not_be_typed() -> None:
    typed, locked = (assess(form_in(policy, "")) for policy in ("", LOCKED))
    place = Place("indicators", "r1", "score")
    assert place in typed.unfilled
    assert place not in locked.unfilled
    assert (show(typed.score), show(locked.score)) == ("4 partial", "14.69 complete")


def test_in_locked_mode_the_total_is_partial_until_the_rule_can_be_applied() -> None:
    form = form_in(LOCKED, "9.5")
    found = assess(replace(form, indicators=(replace(form.indicators[0], actual=""), form.indicators[1])))
    assert show(found.score) == "5 partial"
    assert found.score.gaps == (Place("indicators", "r1", "actual"),)


def test_in_locked_mode_a_row_left_to_the_unit_keeps_its_typed_score() -> None:
    found = assess(form_in(LOCKED, "9.5", 'kind = "manual"'))
    assert show(found.score) == "14.5 complete"
    assert Place("indicators", "r1", "score") in assess(form_in(LOCKED, "", 'kind = "manual"')).unfilled


def test_in_locked_mode_the_execution_row_follows_the_budget() -> None:
    form = form_with(short_template('kind = "execution"', policy=LOCKED), row_of("100%", "10", "", "7"))
    assert show(assess(form).score) == "- missing"
    budget = (BudgetLine("b1", annual="40", spent="30"),)
    assert show(assess(replace(form, budget=budget)).score) == "7.5 complete"


def form_without(policy: str, *weights: str, score: str = "27") -> Form:
    """Rows of these weights, all scored alike; one that does not apply, of weight 10, besides."""
    rows = [replace(row_of("健全", weight, "", score), key=f"r{number}") for number, weight in enumerate(weights, 1)]
    return form_with(short_template(policy=policy), *rows, replace(row_of("", "10", "", "5"), key="no", applies=False))


def test_without_a_policy_rows_that_do_not_apply_only_drop_out() -> None:
    found = assess(form_without("", "30", "30", "30"))
    assert (show(found.weight), show(found.score), found.grade) == ("90 complete", "81 complete", "差")
    assert found.scaled_score == found.score


def test_scaling_makes_up_for_rows_that_do_not_apply() -> None:
    found = assess(form_without(SCALE, "30", "30", "30"))
    assert (show(found.score), show(found.scaled_score), found.grade) == ("81 complete", "90 complete", "优")
    assert found.scaled_score.inputs == (*found.score.inputs, *found.weight.inputs)


@pytest.mark.parametrize(
    ("weights", "score", "scaled"),
    [
        (["30", "30", "30"], "26.9", "89.67 complete"),
        (["30", "30", "30"], "", "- missing"),
        (["30", "", "30"], "27", "135 partial"),
        (["0", "0"], "0", "- missing"),
        (["3"], "1.00005", "33.34 complete"),
        ([""], "2", "- missing"),
    ],
)
def test_a_scaled_total_is_rounded_half_up_and_keeps_its_state(weights: list[str], score: str, scaled: str) -> None:
    found = assess(form_without(SCALE, *weights, score=score))
    assert show(found.scaled_score) == scaled
    assert (found.grade is None) is (found.scaled_score.state is State.MISSING)


def test_weights_that_do_not_add_up_are_not_scaled_away() -> None:
    form = form_without(SCALE, "30", "30", "30")
    found = assess(replace(form, indicators=form.indicators[:-1]))
    assert found.scaled_score == found.score
    assert show(found.score) == "81 complete"


def test_a_row_that_does_not_apply_is_not_scored() -> None:
    found = assess(form_without("", "30"))
    assert (found.rows[-1].key, found.rows[-1].suggestion.because) == ("no", "此项不适用，不参与评分")


def test_without_tiers_words_cannot_be_scored() -> None:
    found = assess(form_with(short_template(has_tiers=False), row_of("健全", "5", "健全")))
    assert [each.suggestion.because for each in found.rows] == ["表样没有规定定性指标的档次，无法计算"]


def shown_scores(form: Form) -> list[str | None]:
    """What 得分 shows in place of the typed score, row by row."""
    found = assess(form)
    pairs = zip(form.indicators, found.rows, strict=True)
    return [locked_score(row, form.template, computed) for row, computed in pairs]


def test_in_locked_mode_the_rules_score_is_shown_and_nothing_where_it_cannot_be_computed() -> None:
    form = form_in(LOCKED, "9.5")
    assert shown_scores(form) == ["9.69", "5.00"]
    blank, aside = replace(form.indicators[0], actual=""), replace(form.indicators[1], applies=False)
    assert shown_scores(replace(form, indicators=(blank, aside))) == ["", None]
    assert shown_scores(form_in("", "9.5")) == [None, None]
