"""Bringing back: one change leads from any form to any other, with nothing in it that need not be."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.editing.restoring import change_between, restore_form, restore_value
from app.form.change import Change, InsertRow, MoveRow, RemoveRow, SetValue, apply_change, apply_patch, invert
from app.form.form import Form
from app.form.rows import Place, TextItem
from tests.models.strategies import OTHER
from tests.strategies import changes, forms, set_values
from tests.tables import form_of, real_form

UNIT: Final = Place("cover", "", "unit")


def with_duties(keys: str) -> Form:
    return replace(form_of(), duties=tuple(TextItem(key, f"职能{key}") for key in keys))


@settings(max_examples=40)
@given(forms(), forms())
def test_one_change_leads_from_any_form_to_any_other_and_back(before: Form, after: Form) -> None:
    change = change_between(before, after, "恢复")
    if change is None:
        assert before == after
        return
    assert change.text == "恢复"
    assert apply_change(before, change) == after
    assert apply_change(after, invert(change)) == before


@settings(max_examples=40)
@given(st.data())
def test_it_leads_back_over_any_edits(data: st.DataObject) -> None:
    before = after = data.draw(forms())
    for _ in range(data.draw(st.integers(1, 4))):
        after = apply_change(after, data.draw(changes(after)))
    change = change_between(after, before, "恢复")
    assert apply_change(after, change or Change("", ())) == before


@settings(max_examples=40)
@given(st.data())
def test_one_cell_that_differs_is_one_patch(data: st.DataObject) -> None:
    form = data.draw(forms())
    patch = data.draw(set_values(form).filter(lambda patch: patch.old != patch.new))
    assert change_between(form, apply_patch(form, patch), "恢复") == Change("恢复", (patch,))


def test_no_difference_is_no_change() -> None:
    assert change_between(real_form(), replace(real_form()), "恢复") is None


@settings(max_examples=40)
@given(st.permutations("abcdefg"))
def test_rows_that_need_not_move_stay(order: list[str]) -> None:
    before, after = with_duties("abcdefg"), with_duties("".join(order))
    change = change_between(before, after, "移") or Change("", ())
    assert apply_change(before, change) == after
    assert len(change.patches) == 7 - longest_rise(order)
    assert all(isinstance(patch, MoveRow) for patch in change.patches)


def longest_rise(keys: list[str]) -> int:
    """The slow and plain way."""
    best: list[int] = []
    for index, key in enumerate(keys):
        best.append(1 + max((best[i] for i in range(index) if keys[i] < key), default=0))
    return max(best)


def test_rows_go_come_and_move() -> None:
    before, after = with_duties("abcd"), with_duties("dxa")
    change = change_between(before, after, "恢复")
    assert change is not None
    assert change.patches == (
        RemoveRow("duties", 2, TextItem("c", "职能c")),
        RemoveRow("duties", 1, TextItem("b", "职能b")),
        InsertRow("duties", 2, TextItem("x", "职能x")),
        MoveRow("duties", "a", 0, 2),
    )


def test_another_template_is_another_form() -> None:
    with pytest.raises(ValueError, match="other"):
        change_between(real_form(), replace(real_form(), template=OTHER), "恢复")


def test_a_value_comes_back_under_its_name() -> None:
    form = form_of("过程(2) | 执行(2) | 预算执行率 | 100% | 2 | 98% | 1.9")
    place = Place("indicators", "r1", "score")
    assert restore_value(form, place, "2") == Change("恢复“预算执行率”得分", (SetValue(place, "1.9", "2"),))
    assert restore_value(form, place, "1.9") is None
    assert restore_value(form, Place("indicators", "gone", "score"), "2") is None


def test_a_whole_form_comes_back_under_its_time() -> None:
    at = datetime(2026, 11, 22, 2, 31, tzinfo=UTC)
    then = replace(form_of(), cover=replace(form_of().cover, unit="旧单位"))
    change = restore_form(form_of(), then, at)
    assert change == Change(f"恢复到 {at.astimezone():%Y-%m-%d %H:%M} 的内容", (SetValue(UNIT, "测试单位", "旧单位"),))
    assert restore_form(then, then, at) is None
