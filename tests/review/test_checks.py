"""Every check at its border: what it objects to, and the nearest form that it lets pass (domain.md §5)."""

import pytest

from app.form.form import Form
from app.form.rows import Indicator, Place
from app.review.captions import CHECKS, ON_EXPORT
from app.review.finding import Level
from app.review.review import CHECKS as FUNCTIONS
from app.review.sentences import SENTENCES
from tests.review.cases import CASES
from tests.review.sheets import findings, items, places, row, sheet, with_reason

SOUND_STAFF = Place("staffing", "", "text")


@pytest.mark.parametrize(
    ("code", "objected"), [pytest.param(code, bad, id=f"{code}-{what}") for code, what, bad, _ in CASES]
)
def test_a_check_objects(code: str, objected: Form) -> None:
    assert findings(objected, code) != []
    assert findings(objected, "X01") == []


@pytest.mark.parametrize(
    ("code", "passed"), [pytest.param(code, good, id=f"{code}-{what}") for code, what, _, good in CASES]
)
def test_a_check_lets_pass(code: str, passed: Form) -> None:
    assert findings(passed, code) == []
    assert findings(passed, "X01") == []


def blank_at(row: Indicator) -> set[Place]:
    return set(places(findings(sheet(row), "C07"))) - set(places(findings(sheet(), "C07")))


def test_c07_every_blank_row_is_one_finding_at_its_first_blank_cell() -> None:
    assert blank_at(row()) == set()
    assert blank_at(row(actual="", score=" ")) == {Place("indicators", "r1", "actual")}
    (finding,) = [each for each in findings(sheet(row(actual="", score="")), "C07") if each.place.key == "r1"]
    assert finding.message == "“培训完成率”还没有填：实际完成值、得分。请补填。"


def test_c07_a_cell_that_cannot_be_read_says_why() -> None:
    (finding,) = [each for each in findings(sheet(row(score="满分")), "C07") if each.place.key == "r1"]
    assert finding.message == "“培训完成率”的得分看不懂：“满分”里没有数字。请改成看得懂的数。"


def test_c07_an_empty_list_and_a_prompt_are_named() -> None:
    said = [each.message for each in findings(sheet(problems=items("（请填写存在问题）")), "C07")]
    assert "主要职能还没有内容。请至少填写一项。" in said
    assert "存在问题第 1 项里还留着填写提示“请填写”。请换成实际内容。" in said
    assert not any("填写提示" in each.message for each in findings(sheet(problems=items("填写不及时")), "C07"))


def test_c13_a_reason_is_mandatory_where_the_form_has_a_column_for_it() -> None:
    lost = row(score="9")
    assert [each.level for each in findings(sheet(lost), "C13")] == [Level.ADVISORY]
    assert [each.level for each in findings(sheet(lost, template=with_reason()), "C13")] == [Level.MANDATORY]


def test_c15_from_twice_the_target_on_the_target_is_in_doubt() -> None:
    said = [findings(sheet(row(target="100人", actual=actual)), "C15")[0].message for actual in ("199人", "200人")]
    assert [("定低" in each) for each in said] == [False, True]


def test_c38_speaks_of_all_rows_at_once() -> None:
    rows = [row(name=f"指标{number}", rule="") for number in range(4)]
    (finding,) = findings(sheet(*rows), "C38")
    assert finding.message.startswith("4 行没有填“评价要点及评分规则”：“指标0”、“指标1”、“指标2”等。")


def test_every_check_of_the_catalogue_is_run_and_has_its_sentence() -> None:
    codes = [check.code for check in CHECKS]
    assert [*(code for code, _ in FUNCTIONS), "X01"] == codes
    assert list(SENTENCES) == codes
    assert len(set(codes)) == len(codes)
    assert not {code for code, _, _ in ON_EXPORT} & set(codes)


def test_every_check_has_its_border_cases() -> None:
    assert {code for code, *_ in CASES} | {"C07", "C49", "X01"} == set(SENTENCES)  # tests of their own
