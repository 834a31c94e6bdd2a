"""绩效等级: every total has exactly one grade, taken from the unrounded total."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.reading.loader import check_bands
from app.form.template import GradeBand
from app.scoring.assessment import assess
from app.scoring.grade import grade_of
from tests.tables import form_of, template

BANDS = template().grades
TOTAL = template().total


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("0", "差"),
        ("59.999999", "差"),
        ("60", "中"),
        ("79.995", "中"),
        ("80", "良"),
        ("89.999999", "良"),
        ("90", "优"),
        ("100", "优"),
        ("101.5", "优"),
        ("-0.01", None),
    ],
)
def test_a_band_begins_at_its_bound(total: str, grade: str | None) -> None:
    assert grade_of(Decimal(total), BANDS) == grade


@st.composite
def band_sets(draw: st.DrawFn) -> tuple[GradeBand, ...]:
    """Any bands that a template may have."""
    inner = draw(st.lists(st.decimals("0.01", TOTAL, places=2), max_size=5, unique=True))
    bounds = [*sorted(inner, reverse=True), Decimal(0)]
    bands = tuple(GradeBand(f"第{number}等", bound) for number, bound in enumerate(bounds))
    check_bands(bands, TOTAL)
    return bands


@given(st.just(BANDS) | band_sets(), st.decimals(0, TOTAL, places=6))
def test_every_total_has_exactly_one_grade(bands: tuple[GradeBand, ...], total: Decimal) -> None:
    """The band whose bound is reached and whose upper neighbour's is not; there is no second one."""
    tops: list[Decimal | None] = [None, *(band.at_least for band in bands)]
    holding = [
        band.name
        for band, top in zip(bands, tops, strict=False)
        if band.at_least <= total and (top is None or total < top)
    ]
    assert holding == [grade_of(total, bands)]


@given(st.decimals(0, TOTAL, places=6), st.decimals(0, TOTAL, places=6))
def test_more_points_never_make_a_worse_grade(one: Decimal, other: Decimal) -> None:
    names = [band.name for band in BANDS]
    ranks = [names.index(grade_of(total, BANDS) or "") for total in sorted((one, other))]
    assert ranks[0] >= ranks[1]


@pytest.mark.parametrize(("score", "grade"), [("", None), ("-1", None), ("0", "差"), ("89.9", "良"), ("90", "优")])
def test_a_form_without_a_score_has_no_grade(score: str, grade: str | None) -> None:
    assert assess(form_of(f"过程(100) | 执行(100) | 率 | 1 | 100 | 1 | {score}")).grade == grade
