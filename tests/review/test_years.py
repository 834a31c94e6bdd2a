"""与上年核对: what C49 finds beside last year's form, and that it is silent without one."""

from dataclasses import replace

import pytest

from app.form.form import Form
from app.form.rows import TextItem
from app.review.review import review
from app.scoring.assessment import assess
from tests.review.sheets import row, sheet


def said(form: Form, last: Form | None) -> list[str]:
    return [each.message for each in review(form, assess(form), last=last) if each.code == "C49"]


@pytest.mark.parametrize(
    ("target", "reached", "is_found"),
    [
        ("≥95%", "98%", True),
        ("95%", "98%", True),
        ("≥98%", "98%", False),
        ("≤95%", "98%", False),
        ("＞９０人", "91人", True),
        ("≥95", "98%", False),  # another unit
        ("健全", "98%", False),
        ("≥95%", "健全", False),
        ("≥95%", "", False),
    ],
)
def test_c49_a_target_below_what_was_reached(target: str, reached: str, *, is_found: bool) -> None:
    found = said(sheet(row(target=target)), sheet(row(actual=reached)))
    assert bool(found) is is_found


def test_c49_says_both_figures() -> None:
    (sentence,) = said(sheet(row(target="≥95%")), sheet(row(actual="98%")))
    assert sentence == "“培训完成率”的全年指标值是“≥95%”，低于上年的实际完成值“98%”。请核对，或说明原因。"


def test_c49_rows_match_by_key_or_by_name() -> None:
    last = sheet(replace(row(actual="98%"), key="other"))
    assert len(said(sheet(row(target="95%")), last)) == 1
    assert said(sheet(row(target="95%")), sheet(replace(row(actual="98%"), key="x", name="另一指标"))) == []


def test_c49_a_text_left_as_it_was() -> None:
    last = sheet(row(), problems=(TextItem("a", "人手 不足。"),))
    (sentence,) = said(sheet(row(target=""), problems=(TextItem("b", "人手不足。"),)), last)
    assert sentence == "存在问题第 1 项与上年的文字完全相同。请按今年的情况改写，或说明原因。"
    assert said(sheet(row(target=""), problems=(TextItem("b", "人手仍不足。"),)), last) == []


def test_c49_is_silent_without_last_year() -> None:
    assert said(sheet(row(target="0%")), None) == []


def test_c07_the_mark_of_last_years_text_must_go() -> None:
    form = sheet(row(), problems=(TextItem("a", "【上年内容待更新】人手不足。"),))
    assert any("上年内容待更新" in each.message for each in review(form, assess(form)) if each.code == "C07")
