"""What holds for every rule and whatever is typed: bounds, order, exact rounding, tiers without gap or overlap."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.quantity import Number, interpret
from app.form.rules import RuleKind
from app.form.template import Template, rule_of
from app.scoring.assessment import assess
from app.scoring.rules import suggest
from app.scoring.suggestion import Suggestion
from tests.scoring.templates import form_with, row_of, short_template
from tests.strategies import texts

BANDS: Final = 'kind = "bands", bands = [{ up_to = 0, points = 5 }, { up_to = 10, points = 4 }, { points = 0 }]'
RULES: Final = {
    RuleKind.BY_TARGET: "",
    RuleKind.POSITIVE: 'kind = "positive"',
    RuleKind.EQUAL: 'kind = "equal"',
    RuleKind.REVERSE: 'kind = "reverse", form = 2',
    RuleKind.RANGE: 'kind = "range", low = -1.5, high = 100',
    RuleKind.QUALITATIVE: 'kind = "qualitative"',
    RuleKind.EXECUTION: 'kind = "execution"',
    RuleKind.STEP: 'kind = "step", points = 0.35, per = 0.7',
    RuleKind.BANDS: BANDS,
    RuleKind.CHECKLIST: 'kind = "checklist", points = 1.25',
    RuleKind.VIOLATIONS: 'kind = "violations", points = 1.25',
    RuleKind.MANUAL: 'kind = "manual"',
}
CENT: Final = Decimal("0.01")

amounts = st.decimals(-1000, 1000, places=2) | st.decimals(0, 10**15 - 1, places=6)
quantities = st.builds(
    lambda sign, value, unit: f"{sign}{value:f}{unit}",
    st.sampled_from(["", "", "≥", "≤", ">", "<", "="]),
    amounts,
    st.sampled_from(["", "%", "%", "万元", "元", "亿元", "次", "分"]),
)
words = st.sampled_from(["达成", "完成", "部分达成", "未达成且效果较差", "健全"])
cells = quantities | texts() | words


def suggestion_of(template: Template, target: str, weight: str, actual: str) -> Suggestion:
    row = row_of(target, weight, actual)
    return suggest(form_with(template, row), row)


def score_of(rule: str, target: str, weight: str, actual: str) -> Decimal:
    score = suggestion_of(short_template(rule), target, weight, actual).score
    assert score is not None
    return score


def test_every_kind_of_rule_is_among_those_of_these_tests() -> None:
    assert [rule_of(short_template(rule), "r1").kind for rule in RULES.values()] == list(RuleKind)


@given(st.sampled_from(sorted(RULES.values())), cells, cells, cells)
def test_a_score_lies_between_0_and_the_weight_whatever_is_typed(
    rule: str, target: str, weight: str, actual: str
) -> None:
    found = suggestion_of(short_template(rule), target, weight, actual)
    if found.score is None:
        assert (found.least, found.most, found.formula) == (None, None, "")
        assert found.because
        return
    assert found.least is not None
    assert found.most is not None
    points = interpret(weight)
    assert isinstance(points, Number)
    assert 0 <= found.least <= found.score <= found.most <= points.value
    assert found.formula
    assert found.because == ""


@given(st.sampled_from(sorted(RULES.values())), cells, st.integers(0, 2000), cells)
def test_every_rule_says_itself_which_it_is(rule: str, target: str, weight: int, actual: str) -> None:
    found = suggestion_of(short_template(rule), target, str(Decimal(weight) / 100), actual)
    kind = RuleKind(found.rule)
    own = rule_of(short_template(rule), "r1").kind
    from_target = {RuleKind.BY_TARGET, RuleKind.POSITIVE, RuleKind.EQUAL, RuleKind.REVERSE, RuleKind.QUALITATIVE}
    assert kind in (from_target if own is RuleKind.BY_TARGET else {own})


BETTER_IS_MORE: Final = {
    "positive": ("", "≥98"),
    "step": (RULES[RuleKind.STEP], "98"),
    "checklist": ('kind = "checklist", points = 1.25', ""),
    "execution": (RULES[RuleKind.EXECUTION], ""),
}
BETTER_IS_LESS: Final = {
    "reverse, form 1": ("", "≤98"),
    "reverse, form 2": ('kind = "reverse", form = 2', "≤98"),
    "reverse to 0": ("", "≤0"),
    "equal 0": ("", "0"),
    "step above a ceiling": ('kind = "step", points = 0.35, per = 0.7, ceiling = true', "≤98"),
    "falling bands": (BANDS, ""),
    "violations": ('kind = "violations", points = 0.5', ""),
}
steps = st.lists(st.integers(-300, 30000), min_size=2, max_size=8).map(sorted)


def scores_along(name: str, rule: str, target: str, actuals: list[int]) -> list[Decimal]:
    unit = "%" if name == "execution" else ""
    values = [f"{number if 'points = ' in rule and 'per' not in rule else Decimal(number) / 100}" for number in actuals]
    return [score_of(rule, target, "7.35", f"{value}{unit}") for value in values]


@pytest.mark.parametrize("name", BETTER_IS_MORE)
@given(actuals=steps)
def test_more_never_scores_less_where_more_is_better(name: str, actuals: list[int]) -> None:
    scores = scores_along(name, *BETTER_IS_MORE[name], actuals)
    assert scores == sorted(scores)


@pytest.mark.parametrize("name", BETTER_IS_LESS)
@given(actuals=steps)
def test_more_never_scores_more_where_less_is_better(name: str, actuals: list[int]) -> None:
    scores = scores_along(name, *BETTER_IS_LESS[name], actuals)
    assert scores == sorted(scores, reverse=True)


@given(st.integers(-100, 20000).map(Decimal).map(CENT.__mul__))
def test_a_range_falls_on_both_sides_of_its_bounds(actual: Decimal) -> None:
    rule = 'kind = "range", low = 40, high = 60'
    here, inwards = (score_of(rule, "", "10", str(value)) for value in (actual, (actual + 50) / 2))
    assert here <= inwards
    assert (here == 10) is (score_of("", "≥40", "10", str(actual)) == score_of("", "≤60", "10", str(actual)) == 10)


def half_up(exact: Fraction) -> Fraction:
    """An independent rounding to hundredths: the floor of the exact fraction plus half a hundredth."""
    return Fraction((exact * 100 + Fraction(1, 2)).__floor__(), 100)


positive = st.decimals(Decimal("0.000001"), 10**15 - 1, places=6)
weights = st.decimals(0, 100, places=2)


@given(weights, positive, positive)
def test_a_proportion_is_rounded_half_up_from_the_exact_fraction(weight: Decimal, one: Decimal, other: Decimal) -> None:
    target, actual = max(one, other), min(one, other)
    exact = Fraction(weight) * Fraction(actual) / Fraction(target)
    assert score_of("", f"≥{target:f}", f"{weight:f}", f"{actual:f}") == half_up(exact)
    ratio = score_of('kind = "reverse", form = 2', f"≤{actual:f}", f"{weight:f}", f"{target:f}")
    assert ratio == half_up(exact)


@given(weights, positive, st.integers(0, 10**6))
def test_an_excess_is_rounded_half_up_from_the_exact_fraction(weight: Decimal, target: Decimal, parts: int) -> None:
    excess = (target * parts / 10**6).quantize(Decimal("0.000001"))
    actual = target + excess
    exact = Fraction(weight) * (1 - Fraction(excess) / Fraction(target))
    if len(f"{actual:f}".partition(".")[0]) <= 15:
        assert score_of("", f"≤{target:f}", f"{weight:f}", f"{actual:f}") == half_up(max(exact, Fraction(0)))


@given(st.integers(0, 99), st.integers(1, 10**9))
def test_a_score_exactly_between_two_hundredths_is_rounded_up(hundredths: int, scale: int) -> None:
    # W = 1 and A = 200 × scale: B = (2 × hundredths + 1) × scale earns exactly hundredths and a half.
    found = score_of("", f"≥{200 * scale}", "1", str((2 * hundredths + 1) * scale))
    assert found == Decimal(hundredths + 1) / 100


@given(st.integers(0, 5000))
def test_tiers_have_no_gap_and_no_overlap(hundredths: int) -> None:
    weight = str(Decimal(hundredths) / 100)
    found = [suggestion_of(short_template(), "健全", weight, name) for name in ("未达成且效果较差", "部分达成", "达成")]
    bounds = [(each.least, each.most) for each in found]
    assert bounds[0][0] == 0
    assert bounds[-1][1] == Decimal(weight)
    for (_, most), (least, _) in pairwise(bounds):
        assert most is not None
        assert least is not None
        if hundredths >= 5:  # below, a tier has room for no hundredth of its own
            assert least - most == CENT
    scores = [each.score for each in found]
    assert scores == sorted(scores, key=lambda score: score or 0)


@given(st.decimals(-50, 50, places=2))
def test_every_value_falls_into_exactly_one_band(actual: Decimal) -> None:
    counted = max(actual, Decimal(0))
    bounds: list[tuple[Decimal | None, Decimal | None, int]] = [
        (None, Decimal(0), 5),
        (Decimal(0), Decimal(10), 4),
        (Decimal(10), None, 0),
    ]
    inside = [
        points for low, high, points in bounds if (low is None or counted > low) and (high is None or counted <= high)
    ]
    assert inside == [score_of(BANDS, "", "5", f"{actual}%")]


@given(st.sampled_from(sorted(RULES.values())), st.lists(st.tuples(cells, cells, cells, cells), max_size=3))
def test_an_assessment_has_one_entry_per_row_whatever_is_typed(
    rule: str, typed: list[tuple[str, str, str, str]]
) -> None:
    template = short_template(rule, 'kind = "inputs", part = "甲", whole = "乙"')
    rows = [row_of(*each) for each in typed]
    found = assess(form_with(template, *rows))
    assert [each.key for each in found.rows] == [row.key for row in rows]
    assert [each.suggestion for each in found.rows] == [suggest(form_with(template, *rows), row) for row in rows]
