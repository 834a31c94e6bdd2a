"""提取上年: what comes along into the new year, and what last year said."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.editing.planning.rollover import Choice, Taking, roll_over
from app.form.form import Form
from app.form.reading.loader import read_template
from app.form.rows import Indicator, Place, Staffing, Stated
from app.review.years import same_texts, values_of_last_year
from app.scoring.assessment import assess
from tests.strategies import forms
from tests.tables import real_form, template

EVERYTHING = Choice(*(Taking.KEEP,) * 6)


def test_functions_tree_targets_and_rules_come_along_results_do_not() -> None:
    form = roll_over(real_form(), "2025", Choice())
    last = real_form()
    assert (form.cover.unit, form.cover.year, form.stated) == (last.cover.unit, "2025", Stated())
    assert [row.text for row in form.duties] == [row.text for row in last.duties]
    assert form.groups == last.groups
    assert [(row.key, row.name, row.target, row.weight, row.rule, row.applies) for row in form.indicators] == [
        (row.key, row.name, row.target, row.weight, row.rule, row.applies) for row in last.indicators
    ]
    assert {(row.actual, row.score, row.reason) for row in form.indicators} == {("", "", "")}
    assert [line.label for line in form.budget] == [line.label for line in last.budget]
    assert {(line.annual, line.spent) for line in form.budget} == {("", "")}
    assert (form.achievements, form.problems, form.measures) == ((), (), ())


def test_what_is_marked_says_so_in_its_text() -> None:
    form = roll_over(real_form(), "2025", Choice(staffing=Taking.MARK, problems=Taking.MARK))
    assert form.staffing.text == f"【上年内容待更新】{real_form().staffing.text}"
    assert form.staffing.actual == "21"
    assert [row.text[:9] for row in form.problems] == ["【上年内容待更新】"]
    assert roll_over(real_form(), "2025", Choice(staffing=Taking.EMPTY)).staffing == Staffing()


@given(forms(), st.builds(Choice, *(st.sampled_from(Taking) for _ in range(6))))
def test_no_result_of_last_year_is_ever_left(last: Form, choice: Choice) -> None:
    form = roll_over(last, "2025", choice)
    assess(form)
    assert all(not (row.actual or row.score or row.reason or row.part or row.whole) for row in form.indicators)
    assert (form.stated, form.explanations, form.evidence) == (Stated(), (), ())
    kept = [row.text for row in roll_over(last, "2025", EVERYTHING).duties]
    assert kept == [row.text for row in last.duties]


def test_last_years_values_stand_beside_by_key_or_by_name() -> None:
    last = real_form()
    now = roll_over(last, "2025", Choice())
    renamed = replace(now, indicators=tuple(replace(row, key=f"new-{row.key}") for row in now.indicators))
    values = values_of_last_year(renamed, last)
    assert values[Place("indicators", "new-indicator-09", "actual")] == "100%"
    assert values[Place("budget", "total", "spent")] == "1546.90 万元"
    added = replace(now, indicators=(*now.indicators, Indicator("x", "level2-3-1", "今年新增")))
    assert Place("indicators", "x", "actual") not in values_of_last_year(added, last)


def test_texts_left_as_they_were_are_found() -> None:
    last = real_form()
    form = roll_over(last, "2025", replace(EVERYTHING, measures=Taking.MARK))
    found = same_texts(form, last)
    assert {place.section for place in found} == {"achievements", "problems"}
    assert len(found) == len(last.achievements) + len(last.problems)


def test_another_template_takes_rows_by_their_names_and_keeps_the_units_own() -> None:
    last = real_form()
    source = template().source.replace('code = "rugao-2024"', 'code = "rugao-2025"').replace("indicator-0", "row-0")
    source = source.replace('name = "工作计划健全性"', 'name = "年度计划健全性"')
    new = read_template(source, "rugao-2025")
    form = roll_over(last, "2025", Choice(budget=Taking.KEEP), new)
    assert form.template == new
    names = [row.name for row in form.indicators]
    assert "年度计划健全性" in names
    assert "工作计划健全性" not in names  # the bureau's row of last year
    assert names.count("服务对象满意度") == 1
    assert [line.label for line in form.budget] == [line.label for line in last.budget]
    assess(form)
