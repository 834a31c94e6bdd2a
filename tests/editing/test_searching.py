"""Find and replace: which cells are searched, what counts as the same text, and what a replacement leaves alone."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.editing.rights import can_edit
from app.editing.searching import (
    Hit,
    Span,
    Wanted,
    count_protected,
    find_next,
    find_spans,
    find_text,
    replace_all,
    replace_hit,
    shown_cells,
)
from app.form.change import apply_change
from app.form.form import Form, value_at
from app.form.reading.loader import read_template
from app.form.rows import Evidence, Group, Place, Stated, TextItem
from app.form.text import sanitise
from tests.strategies import forms, texts
from tests.tables import real_form, template

UNIT = Place("cover", "", "unit")
NAME = Place("indicators", "indicator-09", "name")
SCORE = Place("indicators", "indicator-09", "score")


def spans(text: str, wanted: str, *, cased: bool = False, whole: bool = False) -> list[str]:
    """The parts of a text that are found, as they were typed."""
    return [text[span.start : span.end] for span in find_spans(text, Wanted(wanted, cased, whole))]


# --- the same text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("共１５人，15 项", "15", ["１５", "15"]),
        ("15", "１５", ["15"]),
        ("ＧＤＰ与gdp", "GdP", ["ＧＤＰ", "gdp"]),
        ("Cafe\u0301 café", "CAFÉ", ["Cafe\u0301", "café"]),
        ("cafe\u0301 café", "cafe", []),
        ("e\u0323\u0301", "e\u0301\u0323", ["e\u0323\u0301"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("Straße", "s", ["S"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("第一行\n第二行", "第", ["第", "第"]),
        ("（26）", "(26)", []),
        ("𫖯𬱖基金", "基金", ["基金"]),
        ("有", "", []),
        ("", "有", []),
    ],
)
def test_text_is_found_however_it_is_spelt(text: str, wanted: str, found: list[str]) -> None:
    assert spans(text, wanted) == found


def test_capitals_count_only_when_asked_for() -> None:
    assert spans("Gdp GDP ＧＤＰ", "GDP", cased=True) == ["GDP", "ＧＤＰ"]


def test_a_whole_cell_is_the_wanted_text_and_nothing_else() -> None:
    assert spans("１００%", "100%", whole=True) == ["１００%"]
    assert spans("100%。", "100%", whole=True) == []


@given(texts() | st.text(), texts() | st.text(max_size=3), st.booleans(), st.booleans())
def test_spans_lie_in_the_text_and_apart(text: str, wanted: str, cased: bool, whole: bool) -> None:
    found = find_spans(text, Wanted(wanted, cased, whole))
    edges = [edge for span in found for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in found)


@given(st.text(), st.text(min_size=1, max_size=5), st.text())
def test_what_is_typed_between_spaces_is_found(before: str, wanted: str, after: str) -> None:
    assume(not any(map(unicodedata.combining, wanted)))
    assert Span(0, len(wanted)) in find_spans(wanted, Wanted(wanted))
    assert spans(f"{before} {wanted} {after}", wanted)


@given(
    st.text(alphabet="aeE\u00e9\u0301\u0323\u1e9812１长", max_size=8),
    st.text(alphabet="e\u00e9\u0301\u03231长", max_size=3),
)
def test_composed_and_decomposed_text_are_found_alike(text: str, wanted: str) -> None:
    forms_of = [unicodedata.normalize(form, wanted) for form in ("NFC", "NFD")]
    counts = {
        len(find_spans(unicodedata.normalize(form, text), Wanted(each))) for form in ("NFC", "NFD") for each in forms_of
    }
    assert len(counts) == 1


# --- which cells -----------------------------------------------------------------------------------------------------


def test_every_tab_is_searched_in_its_order() -> None:
    sections = list(dict.fromkeys(place.section for place in shown_cells(real_form())))
    assert sections[:5] == ["cover", "duties", "staffing", "budget", "groups"]
    assert {"indicators", "stated", "achievements"} <= set(sections)
    hits = find_text(real_form(), Wanted("预算执行"))
    assert [hit.place.section for hit in hits] == ["groups", "indicators"]
    assert hits[1] == Hit(NAME, Span(0, 4))


def test_a_row_is_searched_from_left_to_right_with_the_amounts_beside_its_rate() -> None:
    row = [place.field for place in shown_cells(real_form()) if place.key == "indicator-10"]
    assert row == ["name", "target", "weight", "rule", "actual", "score", "part", "whole"]


def test_notes_on_files_are_searched_last() -> None:
    form = replace(real_form(), evidence=(Evidence("e", "indicator-10", "批复.pdf", "预算调整的批复"),))
    places = [*shown_cells(form)]
    assert [place for place in places if place.section == "evidence"] == places[-1:] == [Place("evidence", "e", "note")]
    change = replace_all(form, Wanted("的批复"), "文件")
    assert change is not None
    assert apply_change(form, change).evidence[0].note == "预算调整文件"


def test_a_group_without_rows_is_searched_too() -> None:
    form = Form(template(), groups=(Group("a", "决策(6)"), Group("b", "计划(2)", "a"), Group("c", "过程", "b")))
    assert [place.key for place in shown_cells(form) if place.section == "groups"] == ["a", "b"]


def test_what_a_paper_stated_is_searched_only_while_it_is_shown() -> None:
    assert not [place for place in shown_cells(replace(real_form(), stated=Stated())) if place.section == "stated"]


def test_a_score_that_the_rule_alone_gives_is_no_typed_cell() -> None:
    locked = read_template(template().source.replace('mode = "suggest"', 'mode = "locked"'), "locked")
    assert SCORE in shown_cells(real_form())
    assert SCORE not in shown_cells(replace(real_form(), template=locked))


def test_cells_are_listed_with_the_text_that_stands_in_them() -> None:
    assert all(value_at(real_form(), place) == text for place, text in shown_cells(real_form()).items())


# --- on from a spot --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spot", "by", "number"),
    [
        (Hit(UNIT, Span(0, 0)), 1, 0),
        (Hit(UNIT, Span(0, 0)), -1, 3),
        (Hit(Place("duties", "a", "text"), Span(0, 1)), 1, 1),
        (Hit(Place("duties", "a", "text"), Span(1, 2)), 1, 2),
        (Hit(Place("duties", "b", "text"), Span(0, 1)), 1, 3),
        (Hit(Place("duties", "b", "text"), Span(0, 1)), -1, 1),
        (Hit(Place("duties", "c", "text"), Span(1, 2)), 1, 0),
        (Hit(Place("duties", "gone", "text"), Span(3, 4)), 1, 0),
    ],
)
def test_the_next_hit_is_behind_the_spot_and_goes_round(spot: Hit, by: int, number: int) -> None:
    duties = (TextItem("a", "甲甲"), TextItem("b", "甲"), TextItem("c", "乙甲"))
    form = Form(template(), duties=duties)
    hits = find_text(form, Wanted("甲"))
    assert len(hits) == 4
    assert find_next(hits, form, spot, by) == number


# --- replacing -------------------------------------------------------------------------------------------------------


def test_everything_is_replaced_in_one_step_and_protected_names_stay() -> None:
    form = real_form()
    hits = find_text(form, Wanted("率"))
    change = replace_all(form, Wanted("率"), "比")
    assert change is not None
    after = apply_change(form, change)
    left = find_text(after, Wanted("率"))
    assert left
    assert not any(can_edit(form, hit.place) for hit in left)
    assert count_protected(form, hits) == len(left)
    assert change.text == f"将“率”替换为“比”（{len(hits) - len(left)} 处）"


def test_one_hit_is_replaced_and_its_neighbour_stays() -> None:
    form = Form(template(), duties=(TextItem("a", "甲与甲"),))
    change = replace_hit(form, find_text(form, Wanted("甲"))[1], "乙")
    assert change is not None
    assert apply_change(form, change).duties[0].text == "甲与乙"
    assert change.text == "将“甲”替换为“乙”（1 处）"


def test_a_protected_name_is_not_replaced() -> None:
    assert replace_hit(real_form(), Hit(NAME, Span(0, 2)), "决算") is None
    assert replace_all(real_form(), Wanted("中长期规划健全性"), "") is None


def test_what_is_put_into_a_line_stays_one_line() -> None:
    form = replace(Form(template()), cover=replace(real_form().cover, unit="甲局"))
    change = replace_all(form, Wanted("局"), "\n委\x00")
    assert change is not None
    assert apply_change(form, change).cover.unit == "甲 委"


@settings(max_examples=40)  # whole forms take their time
@given(forms(), st.text(alphabet="长一第元", min_size=1, max_size=2))
def test_replacing_by_the_same_text_changes_nothing(form: Form, wanted: str) -> None:
    assert replace_all(form, Wanted(wanted), wanted) is None


@settings(max_examples=40)  # the same
@given(
    forms(),
    st.text(alphabet="0159.%（长a", min_size=1, max_size=2),
    st.text(alphabet="换z\x00\n", max_size=3).filter(lambda new: sanitise(new).text != ""),
    st.booleans(),
)
def test_after_replacing_all_nothing_is_left_where_typing_is_allowed(
    form: Form, old: str, new: str, whole: bool
) -> None:
    wanted = Wanted(old, is_whole_cell=whole)
    hits = find_text(form, wanted)
    change = replace_all(form, wanted, new)
    after = apply_change(form, change) if change else form
    assert not [hit for hit in find_text(after, wanted) if can_edit(after, hit.place)]
    before = shown_cells(form)
    changed = {place for place, text in shown_cells(after).items() if text != before[place]}
    assert changed == {hit.place for hit in hits if can_edit(form, hit.place)}
