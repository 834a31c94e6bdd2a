"""The assessment: the real form's figures, totals in three states, and no text that can break it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from app.form.form import Form
from app.form.quantity import Number, format_rounded, interpret
from app.form.rows import Group, Indicator, Place
from app.scoring.assessment import Assessment, assess, label_weight
from app.scoring.figure import Figure, State
from tests.strategies import forms
from tests.tables import form_of, real_form, template


def show(figure: Figure) -> str:
    value = "-" if figure.value is None else format(figure.value.normalize(), "f")
    return f"{value} {figure.state.value}"


def budget_of(assessment: Assessment) -> list[tuple[str, str, str, str]]:
    return [(total.key, total.field, show(total.typed), show(total.parts)) for total in assessment.budget]


def test_the_real_form_makes_102_and_101_5_and_is_excellent() -> None:
    found = assess(real_form())
    assert (show(found.weight), show(found.score), found.grade) == ("102 complete", "101.5 complete", "优")
    assert (found.unfilled, found.misread) == ((), ())
    stated = real_form().stated
    assert (stated.weight_total, stated.score_total, stated.grade) == ("100", "99.5", "优")


def test_the_real_forms_projects_are_5_short_of_their_sum() -> None:
    assert budget_of(assess(real_form())) == [
        ("total", "annual", "1546.91 complete", "1546.91 complete"),
        ("total", "spent", "1546.9 complete", "1546.9 complete"),
        ("project", "annual", "654.76 complete", "649.76 complete"),
        ("project", "spent", "654.76 complete", "649.76 complete"),
    ]


def test_the_real_forms_execution_rate_rounds_to_100() -> None:
    rates = {each.key: each.rate for each in assess(real_form()).execution}
    assert list(rates) == [line.key for line in real_form().budget]
    total = rates["total"].value
    assert total is not None
    assert format_rounded(total * 100, 4) == "99.9994"
    assert format_rounded(total * 100, 2) == "100.00"
    assert rates["total"].inputs == (Place("budget", "total", "spent"), Place("budget", "total", "annual"))
    assert rates["project-4"].value == 1


def test_the_real_forms_groups_agree_with_their_labels() -> None:
    totals = {total.key: total for total in assess(real_form()).groups}
    assert list(totals) == [group.key for group in real_form().groups]
    assert {total.weight.value == total.label_weight for total in totals.values()} == {True}
    assert show(totals["level1-2"].score) == "26 complete"
    assert show(totals["level1-5"].score) == "9.5 complete"
    assert totals["level1-5"].score.inputs == (Place("indicators", "indicator-41", "score"),)


TREE = """
    过程(6) | 执行(4) | 甲 | 100% | 2 | 98% | {first}
            |         | 乙 | 100% | 2 | 98% | {second}
            | 管理(2) | 丙 | 健全 | 2 | 健全 | {third}
"""


def tree(first: str, second: str, third: str) -> Form:
    return form_of(TREE.format(first=first, second=second, third=third))


def scores(form: Form) -> list[str]:
    """The score of the whole form, of its first group, and of the two groups in it."""
    found = assess(form)
    return [show(found.score), *(show(total.score) for total in found.groups)]


@pytest.mark.parametrize(
    ("first", "second", "third", "expected"),
    [
        ("1.9", "2", "1.55", ["5.45 complete", "5.45 complete", "3.9 complete", "1.55 complete"]),
        ("1.9", "", "1.55", ["3.45 partial", "3.45 partial", "1.9 partial", "1.55 complete"]),
        ("1.9", "2", "", ["3.9 partial", "3.9 partial", "3.9 complete", "- missing"]),
        ("", "", "", ["- missing"] * 4),
        ("0", "0", "0", ["0 complete"] * 4),
        ("合格", "2", "≥1", ["2 partial", "2 partial", "2 partial", "- missing"]),
        ("1.9万元", "95%", "2分", ["2 partial", "2 partial", "- missing", "2 complete"]),
        ("１．９", "0.1", "-1", ["1 complete", "1 complete", "2 complete", "-1 complete"]),
        ("1.9 | 不适用", "2", "2", ["4 complete", "4 complete", "2 complete", "2 complete"]),
        (" | 不适用", "2", "2", ["4 complete", "4 complete", "2 complete", "2 complete"]),
        ("2 | 不适用", "2 | 不适用", "2 | 不适用", ["- missing"] * 4),
    ],
)
def test_totals_are_complete_partial_or_missing(first: str, second: str, third: str, expected: list[str]) -> None:
    assert scores(tree(first, second, third)) == expected


def test_what_is_missing_for_a_total_is_named() -> None:
    score = assess(tree("1.9", "", "合格")).score
    assert score.inputs == (Place("indicators", "r1", "score"),)
    assert score.gaps == (Place("indicators", "r2", "score"), Place("indicators", "r3", "score"))


def test_a_form_without_rows_has_no_figures() -> None:
    found = assess(Form(template()))
    assert (show(found.weight), show(found.score), found.grade) == ("- missing", "- missing", None)
    assert (found.groups, found.budget, found.execution) == ((), (), ())


def test_a_form_without_a_budget_table_has_no_sums_of_parts() -> None:
    form = form_of(budget="总额 | 2 | 1\n  甲 | 1 | 合规")
    assert [total.key for total in assess(form).budget] == ["b1", "b1"]
    assert [misreading.place.key for misreading in assess(form).misread] == ["b2"]
    bare = replace(form, template=replace(template(), budget_table=None))
    assert assess(bare).budget == ()
    assert assess(bare).misread == ()


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        ("总额 | 10 | 9\n  甲 | 4 | 4\n  乙 | 6 | 5", [("10 complete", "10 complete"), ("9 complete", "9 complete")]),
        ("总额 | 10 | 9\n  甲 | 4 | 4\n  乙 | | 5", [("10 complete", "4 partial"), ("9 complete", "9 complete")]),
        ("总额 | | 9\n  甲 | 4 | 约5\n", [("- missing", "4 complete"), ("9 complete", "- missing")]),
        ("总额 | 1亿元 | 9\n  甲 | 1,000万元 | 9\n  乙 | 90000000元 | ", [("10000 complete", "10000 complete"), ("9 complete", "9 partial")]),
        ("总额 | 9%| 9人\n  甲 | 4 | 4", [("- missing", "4 complete"), ("- missing", "4 complete")]),
        ("总额 | 10 | 9", []),
    ],
)  # fmt: skip
def test_an_amount_stands_beside_the_sum_of_its_parts(budget: str, expected: list[tuple[str, str]]) -> None:
    assert [(typed, parts) for _, _, typed, parts in budget_of(assess(form_of(budget=budget)))] == expected


@pytest.mark.parametrize(
    ("annual", "spent", "rate"),
    [
        ("1546.91", "1546.90 万元", "99.9994"),
        ("100", "87.5", "87.5000"),
        ("1亿元", "50000000元", "50.0000"),
        ("3", "1", "33.3333"),
        ("0", "5", None),
        ("", "5", None),
        ("5", "", None),
        ("≥5", "5", None),
        ("0.000001元", "999999999999999亿元", "9999999999999990000000000000000.0000"),
    ],
)
def test_the_execution_rate_is_spent_by_budget(annual: str, spent: str, rate: str | None) -> None:
    [execution] = assess(form_of(budget=f"总额 | {annual} | {spent}")).execution
    shown = None if execution.rate.value is None else format_rounded(execution.rate.value * 100, 4)
    assert shown == rate
    assert execution.rate.state is (State.MISSING if rate is None else State.COMPLETE)


@pytest.mark.parametrize(
    ("label", "weight"),
    [
        ("过程(26)", "26"),
        ("满意度（10)", "10"),
        ("满意度(10）", "10"),
        ("过程（26分）", "26"),
        ("过程（26 分） ", "26"),
        ("过程（２．５）", "2.5"),
        ("过程(一)(26)", "26"),
        ("过程(0)", "0"),
        ("过程", None),
        ("", None),
        ("(26)", None),
        ("过程()", None),
        ("过程(26", None),
        ("过程26)", None),
        ("过程(26)分", None),
        ("过程(26%)", None),
        ("过程(26万元)", None),
        ("过程(≥26)", None),
        ("过程(甲)", None),
        ("过程((26))", None),
    ],
)
def test_a_label_ends_with_its_weight(label: str, weight: str | None) -> None:
    assert label_weight(label) == (None if weight is None else Decimal(weight))


@given(forms())
def test_no_text_breaks_the_assessment_and_every_total_is_the_sum_of_its_rows(form: Form) -> None:
    found = assess(form)
    counted = [row for row in form.indicators if row.applies]
    for figure, field in ((found.weight, "weight"), (found.score, "score")):
        check_sum(figure, counted, field)
    for group, total in zip(form.groups, found.groups, strict=True):
        inside = [row for row in counted if is_inside(form, row, group)]
        check_sum(total.weight, inside, "weight")
        check_sum(total.score, inside, "score")
    assert (found.grade is None) == (found.score.value is None or found.score.value < 0)


def check_sum(figure: Figure, rows: list[Indicator], field: str) -> None:
    """A total counts exactly the cells that read as points, and says of all others that they are missing."""
    points = {row.key: read_points(getattr(row, field)) for row in rows}
    there = [value for value in points.values() if value is not None]
    assert figure.value == (sum(there) if there else None)
    assert [place.key for place in figure.inputs] == [key for key, value in points.items() if value is not None]
    assert [place.key for place in figure.gaps] == [key for key, value in points.items() if value is None]
    expected = State.MISSING if not there else State.COMPLETE if len(there) == len(rows) else State.PARTIAL
    assert figure.state is expected


def read_points(text: str) -> Fraction | None:
    quantity = interpret(text)
    return Fraction(quantity.value) if isinstance(quantity, Number) and quantity.unit in {"", "分"} else None


def is_inside(form: Form, row: Indicator, group: Group) -> bool:
    parents = {each.key: each.part_of for each in form.groups}
    return group.key in {row.group, parents.get(row.group)}
