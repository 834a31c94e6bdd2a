"""The review as a whole: the real form, any form, a check that fails, and what is said of it elsewhere."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given

from app.editing.workspace import compute_outcome
from app.form.form import Form, holder_at, value_at
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.form.rows import BudgetLine, Explanation, Group, Place, is_table
from app.review.captions import REPORT, SECTIONS
from app.review.context import Context
from app.review.finding import Finding, Level
from app.review.report import by_level, name_place, report_rows
from app.review.review import CHECKS, review
from app.scoring.assessment import assess
from tests.architecture.sources import ROOT
from tests.review.sheets import findings, row, sheet, with_reason
from tests.scoring.templates import form_with, row_of, short_template
from tests.strategies import forms
from tests.tables import real_form

GOLDEN = ROOT / "tests" / "review" / "rugao-2024.txt"
CORRECTED = resource("samples", "rugao-2024-corrected.json")


def say(found: tuple[Finding, ...], form: Form) -> str:
    lines = [f"{each.code} {each.level.value} {name_place(form, each.place)}\n  {each.message}" for each in found]
    return "\n".join(lines) + "\n"


def test_the_real_form_as_it_is_reviewed() -> None:
    assert say(compute_outcome(real_form()).findings, real_form()) == GOLDEN.read_text(encoding="utf-8")


def test_rounding_is_no_fault_of_the_real_form() -> None:
    codes = {finding.code for finding in compute_outcome(real_form()).findings}
    assert codes.isdisjoint({"C22", "C24", "C26", "C40", "C42"})


def test_the_corrected_form_has_no_mandatory_finding() -> None:
    form = load_form(CORRECTED)
    assert [each for each in compute_outcome(form).findings if each.level is Level.MANDATORY] == []
    assert [each.key for each in form.indicators] == [each.key for each in real_form().indicators]


def test_the_corrected_form_lists_what_it_changed() -> None:
    corrected, original = load_form(CORRECTED), real_form()
    remarks = CORRECTED.read_text(encoding="utf-8").split('"cover"')[0].replace('\\"', '"')
    changed = [
        (old.name, getattr(new, field))
        for old, new in zip(original.indicators, corrected.indicators, strict=True)
        for field in ("target", "weight", "actual", "score")
        if getattr(old, field) != getattr(new, field)
    ]
    changed += [
        (new.label, "") for old, new in zip(original.groups, corrected.groups, strict=True) if old.label != new.label
    ]
    assert len(changed) == 16
    assert [(name, text) for name, text in changed if name not in remarks or text not in remarks] == []


@given(forms())
def test_no_form_breaks_a_check(form: Form) -> None:
    found = compute_outcome(form).findings
    assert [each for each in found if each.code == "X01"] == []
    keys = [each.key for each in found]
    assert len(set(keys)) == len(keys)
    for finding in found:
        assert_exists(form, finding.place)
        assert name_place(form, finding.place).startswith(SECTIONS[finding.place.section]) or finding.place.key


def assert_exists(form: Form, place: Place) -> None:
    """A place is a cell, a row, or a whole table or one of its columns."""
    if is_table(place.section) and not place.key:
        assert place.field in {"", "weight", "score", "rule"}
    elif place.field:
        value_at(form, place)
    else:
        holder_at(form, place)


def break_down(_: Context) -> Iterator[Finding]:
    raise ZeroDivisionError


@pytest.mark.expected_logs
def test_a_check_that_fails_costs_no_other(caplog: pytest.LogCaptureFixture) -> None:
    form = real_form()
    found = review(form, assess(form), (("C00", break_down), *CHECKS, ("C99", break_down)))
    assert found[:-1] == compute_outcome(form).findings
    assert (found[-1].code, found[-1].level) == ("X01", Level.ADVISORY)
    assert "C00, C99" in found[-1].message
    assert [record.getMessage() for record in caplog.records] == ["check C00 failed", "check C99 failed"]


def test_the_very_same_row_says_something_else_in_another_form() -> None:
    """Rows that an edit does not touch are not read again; tree, template and budget still count as they are now."""
    short, vague = row(key="r1", score="9"), row(key="r2", target="加强队伍建设和培训", actual="加强队伍建设和培训")
    form = sheet(short, vague)
    (advisory,), (mandatory,) = findings(form, "C13"), findings(replace(form, template=with_reason()), "C13")
    assert [advisory.level, mandatory.level] == [Level.ADVISORY, Level.MANDATORY]
    benefit = replace(form, groups=(Group("g1", "效益"),))
    assert [[bool(findings(each, code)) for code in ("C12", "C35")] for each in (form, benefit, form)] == [
        [True, False],
        [False, True],
        [True, False],
    ]


def test_a_rate_is_compared_with_the_budget_of_now() -> None:
    form = real_form()
    less = replace(form, budget=tuple(replace(line, spent="1") for line in form.budget))
    assert [bool(findings(each, "C26")) for each in (form, less, form)] == [False, True, False]


def test_a_locked_score_that_follows_the_budget_is_checked_like_any_other() -> None:
    template = short_template('kind = "execution"', policy='mode = "locked"')
    form = form_with(template, row_of("100%", "10", "", "10"))
    half = replace(form, budget=(BudgetLine("b1", annual="40", spent="20"),))
    assert [[each.place.field for each in findings(one, "C13")] for one in (form, half)] == [[], ["score"]]


def test_an_edit_of_a_row_leaves_what_the_others_say() -> None:
    form = real_form()
    before = {each.key: each for each in compute_outcome(form).findings}
    edited = replace(form, indicators=(replace(form.indicators[0], score="1.2345"), *form.indicators[1:]))
    after = {each.key: each for each in compute_outcome(edited).findings}
    assert {key for key in {*before, *after} if before.get(key) != after.get(key)} == {
        "C03:stated::score_total",
        "C04:indicators:indicator-01:score",
        "C05:indicators::score",
        "C11:indicators:indicator-01:score",
    }
    assert after["C30:indicators:indicator-41:score"] is before["C30:indicators:indicator-41:score"]


def test_a_message_changes_with_the_figures_and_the_key_does_not() -> None:
    (one,), (other,) = (findings(sheet(row(score=score)), "C13") for score in ("9", "8"))
    assert one.key == other.key
    assert one.message != other.message


def test_the_second_sheet_has_mandatory_findings_first_and_the_explanations() -> None:
    form = real_form()
    found = compute_outcome(form).findings
    answered = next(each for each in found if each.code == "C23")
    form = replace(form, explanations=(Explanation(answered.key, "只列主要项目", answered.message),))
    captions, *rows = report_rows(form, found)
    assert captions == REPORT
    assert [cells[0] for cells in rows] == [str(number) for number in range(1, len(found) + 1)]
    assert [cells[1] for cells in rows] == ["强制"] * 9 + ["提示"] * 13
    assert [cells[5] for cells in rows if cells[5]] == ["只列主要项目"]
    (cells,) = [cells for cells in rows if cells[5]]
    assert cells[2:5] == ("C23", "预算支出“项目支出”全年预算数", answered.message)
    assert [each.message for each in by_level(found)] == [cells[4] for cells in rows]


def test_places_are_named_as_the_form_has_them() -> None:
    form = real_form()
    said = {
        Place("indicators", "", "weight"): "指标评分分值",
        Place("indicators", "indicator-14"): "指标评分“非税收入预算完成率”",
        Place("groups", "level1-2", "label"): "指标分级“过程(26)”",
        Place("staffing", "", "authorised"): "机构人员编制（人）",
        Place("duties", "duty-03", "text"): "主要职能第 3 项",
        Place("cover", "", "unit"): "封面单位名称",
        Place("stated", "", "grade"): "原表绩效等级",
    }
    assert {place: name_place(form, place) for place in said} == said


def test_the_page_of_checks_is_the_catalogue() -> None:
    listed = subprocess.run([sys.executable, "scripts/list_checks.py"], cwd=ROOT, capture_output=True, check=True)
    assert listed.stdout.decode() == (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
