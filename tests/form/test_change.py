"""Changes: each fits exactly one state of a form, its inverse takes it back, and consecutive typing merges."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.form.change import (
    Change,
    ChangeConflict,
    InsertRow,
    MoveRow,
    Patch,
    RemoveRow,
    SetValue,
    apply_change,
    apply_patch,
    changes_nothing,
    invert,
    merge,
    place_of,
)
from app.form.form import Form, holder_at, rows_of, value_at, with_rows
from app.form.rows import RECORDS, TABLES, BudgetLine, Indicator, Place, TextItem, is_table
from tests.strategies import changes, forms, new_values, places, set_values
from tests.tables import form_of

UNIT = Place("cover", "", "unit")
SCORE = Place("indicators", "r1", "score")

FORM = with_rows(
    form_of("过程(3) | 执行(3) | 率 | 100% | 2 | 98% | 1.9\n| | 结余 | 0% | 1 | 0% | 1", "资金总额 | 10 | 9"),
    "duties",
    tuple(TextItem(key, f"职能{key}") for key in "abcde"),
)


def keys_of(form: Form) -> str:
    return "".join(row.key for row in form.duties)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Form, list[Change]]:
    """A form and changes to it, one after the other."""
    form = start = draw(forms())
    made: list[Change] = []
    for _ in range(draw(st.integers(1, 4))):
        made.append(draw(changes(form)))
        form = apply_change(form, made[-1])
    return start, made


@given(edits())
def test_undoing_all_changes_gives_the_form_back(edit: tuple[Form, list[Change]]) -> None:
    start, made = edit
    states = [start]
    for change in made:
        states.append(apply_change(states[-1], change))
    form = states.pop()
    for change in reversed(made):
        back = invert(change)
        assert (back.text, back.merge_key, invert(back)) == (change.text, change.merge_key, change)
        form = apply_change(form, back)
        assert form == states.pop()
    assert states == []


@settings(max_examples=40)
@given(st.data())
def test_setting_a_cell_touches_that_cell_only(data: st.DataObject) -> None:
    form = data.draw(forms())
    patch = data.draw(set_values(form))
    after = apply_patch(form, patch)
    assert value_at(after, patch.place) == patch.new
    others = [place for place in places(form) if place != patch.place]
    assert [value_at(after, place) for place in others] == [value_at(form, place) for place in others]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_moving_permutes_and_moving_back_restores(moves: list[tuple[int, int]]) -> None:
    form, made = FORM, []
    for source, target in moves:
        key = form.duties[source].key
        made.append(MoveRow("duties", key, source, target))
        moved = apply_patch(form, made[-1])
        assert moved.duties[target].key == key
        assert [row for row in moved.duties if row.key != key] == [row for row in form.duties if row.key != key]
        form = moved
    assert sorted(keys_of(form)) == list("abcde")
    assert apply_change(form, invert(Change("", tuple(made)))) == FORM


@pytest.mark.parametrize(
    ("source", "target", "order"),
    [(0, 0, "abcde"), (0, 1, "bacde"), (0, 4, "bcdea"), (4, 0, "eabcd"), (3, 1, "adbce")],
)
def test_the_target_is_the_index_after_the_move(source: int, target: int, order: str) -> None:
    assert keys_of(apply_patch(FORM, MoveRow("duties", "abcde"[source], source, target))) == order


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
def test_moving_on_is_moving_at_once(first: int, second: int, third: int) -> None:
    key = FORM.duties[first].key
    step_by_step = Change("", (MoveRow("duties", key, first, second), MoveRow("duties", key, second, third)))
    assert apply_change(FORM, step_by_step) == apply_patch(FORM, MoveRow("duties", key, first, third))


DUTY = TextItem("a", "职能a")
NEW = TextItem("f", "新职能")
MISFITS: dict[str, Patch] = {
    "a cell that says something else": SetValue(UNIT, "别的单位", "新单位"),
    "a text for yes": SetValue(Place("indicators", "r1", "applies"), True, "否"),
    "yes for a text": SetValue(UNIT, "测试单位", True),
    "a row that is not there": SetValue(Place("duties", "z", "text"), "", "职能"),
    "a field that is not there": SetValue(Place("cover", "", "score"), "", "1"),
    "a field of another table": SetValue(Place("duties", "a", "score"), "", "1"),
    "a key": SetValue(Place("duties", "a", "key"), "a", "b"),
    "a whole row": SetValue(Place("duties", "a"), "", "b"),
    "an index before the first": InsertRow("duties", -1, NEW),
    "an index beyond the end": InsertRow("duties", 6, NEW),
    "a key that is taken": InsertRow("duties", 0, TextItem("e")),
    "a row of another table": InsertRow("duties", 0, BudgetLine("f")),
    "a row that is another": RemoveRow("duties", 0, TextItem("a", "别的职能")),
    "a row that is elsewhere": RemoveRow("duties", 1, DUTY),
    "a row before the first": RemoveRow("duties", -5, DUTY),
    "a row beyond the end": RemoveRow("duties", 5, DUTY),
    "a move of another row": MoveRow("duties", "b", 0, 1),
    "a move from before the first": MoveRow("duties", "e", -1, 1),
    "a move from beyond the end": MoveRow("duties", "a", 5, 1),
    "a move to before the first": MoveRow("duties", "a", 0, -1),
    "a move to beyond the end": MoveRow("duties", "a", 0, 5),
}  # fmt: skip


@pytest.mark.parametrize("name", MISFITS)
def test_what_does_not_fit_is_a_conflict(name: str) -> None:
    with pytest.raises(ChangeConflict):
        apply_patch(FORM, MISFITS[name])


def test_a_change_applies_whole_or_not_at_all() -> None:
    good, bad = SetValue(UNIT, "测试单位", "新单位"), MISFITS["a key that is taken"]
    with pytest.raises(ChangeConflict):
        apply_change(FORM, Change("", (good, bad)))
    assert FORM.cover.unit == "测试单位"


def test_each_patch_sees_what_the_one_before_it_did() -> None:
    change = Change(
        "增加职能",
        (
            InsertRow("duties", 5, NEW),
            SetValue(Place("duties", "f", "text"), "新职能", "职能f"),
            MoveRow("duties", "f", 5, 0),
        ),
    )
    assert keys_of(apply_change(FORM, change)) == "fabcde"


def typing(*patches: Patch, key: str | None = "r1.score", text: str = "修改得分") -> Change:
    return Change(text, patches, key)


def set_score(old: str, new: str) -> SetValue:
    return SetValue(SCORE, old, new)


def test_merged_typing_keeps_the_first_old_and_the_last_new_value() -> None:
    first, second = typing(set_score("1.9", "1.95"), text="一"), typing(set_score("1.95", "2"), text="二")
    assert merge(first, second) == typing(set_score("1.9", "2"), text="二")


OTHER = SetValue(Place("indicators", "r1", "actual"), "98%", "100%")
UNMERGED = {
    "no key": (typing(set_score("1", "2"), key=None), typing(set_score("2", "3"), key=None)),
    "another key": (typing(set_score("1", "2")), typing(set_score("2", "3"), key="r2.score")),
    "a key after none": (typing(set_score("1", "2"), key=None), typing(set_score("2", "3"))),
    "another cell": (typing(set_score("1", "2")), typing(OTHER)),
    "more cells": (typing(set_score("1", "2")), typing(set_score("2", "3"), OTHER)),
    "fewer cells": (typing(set_score("1", "2"), OTHER), typing(set_score("2", "3"))),
    "a row before": (typing(RemoveRow("duties", 0, DUTY)), typing(set_score("2", "3"))),
    "a row after": (typing(set_score("1", "2")), typing(set_score("2", "3"), RemoveRow("duties", 0, DUTY))),
    "one cell twice": (typing(set_score("1", "2"), set_score("2", "3")), typing(set_score("3", "4"))),
    "one cell twice after": (typing(set_score("1", "2")), typing(set_score("2", "3"), set_score("3", "4"))),
}


@pytest.mark.parametrize("name", UNMERGED)
def test_what_is_not_the_same_typing_stays_apart(name: str) -> None:
    assert merge(*UNMERGED[name]) is None


@settings(max_examples=40)
@given(st.data())
def test_a_merged_change_does_what_both_did(data: st.DataObject) -> None:
    form = data.draw(forms())
    chosen = data.draw(st.lists(st.sampled_from(places(form)), min_size=1, max_size=3, unique=True))
    steps = []
    for _ in range(2):
        values = [(place, value_at(form, place)) for place in chosen]
        patches = [SetValue(place, old, data.draw(new_values(old))) for place, old in values]
        steps.append(typing(*patches))
        form = apply_change(form, steps[-1])
    merged = merge(*steps)
    assert merged
    start = apply_change(apply_change(form, invert(steps[1])), invert(steps[0]))
    assert apply_change(start, merged) == form
    assert apply_change(form, invert(merged)) == start


@pytest.mark.parametrize(
    ("patches", "nothing"),
    [
        ((), True),
        ((set_score("1", "1"),), True),
        ((set_score("1", "1"), OTHER), False),
        ((set_score("1", "2"), set_score("2", "1")), False),
        ((MoveRow("duties", "a", 0, 0),), False),
    ],
)
def test_setting_what_is_there_changes_nothing(patches: tuple[Patch, ...], nothing: bool) -> None:
    assert changes_nothing(Change("", patches)) is nothing


def test_records_have_no_rows() -> None:
    assert [is_table(section) for section in (*RECORDS, *TABLES)] == [False] * len(RECORDS) + [True] * len(TABLES)


def test_a_place_names_its_record_or_row() -> None:
    assert holder_at(FORM, UNIT) is FORM.cover
    assert holder_at(FORM, SCORE) is FORM.indicators[0]
    assert rows_of(FORM, "indicators") is FORM.indicators
    with pytest.raises(KeyError):
        holder_at(FORM, replace(SCORE, key="r9"))


def test_the_key_of_a_row_is_no_cell_of_it() -> None:
    with pytest.raises(KeyError):
        value_at(FORM, Place("indicators", "r1", "key"))
    assert value_at(FORM, Place("indicators", "r1", "applies")) is True
    assert Indicator("r").applies


@given(forms(), st.data())
def test_every_patch_names_the_place_where_it_works(form: Form, data: st.DataObject) -> None:
    for patch in data.draw(changes(form)).patches:
        place = place_of(patch)
        table = place.section
        assert table == (patch.place.section if isinstance(patch, SetValue) else patch.table)
        assert place.field == (patch.place.field if isinstance(patch, SetValue) else "")
