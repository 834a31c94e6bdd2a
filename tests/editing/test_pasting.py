"""What a paste does to which cell: nothing is lost without being counted, and all of it is one step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.pasting import (
    Growth,
    PastePlan,
    Target,
    Texts,
    can_grow,
    count_unplaced,
    end_of_paste,
    make_paste,
    plan_paste,
    repeat,
    without_numbers,
)
from app.form.change import Change, apply_change, invert
from app.form.form import Form
from app.form.reading.loader import blank_form, load_template
from app.form.rows import BudgetLine, Place, TableName, TextItem

TEMPLATE = load_template("rugao-2024")
LINES = (
    *(TEMPLATE.budget_table.lines if TEMPLATE.budget_table else ()),
    BudgetLine("x", "专项", "project"),
    BudgetLine("x1", "专项一", "x"),
)
FORM = replace(
    blank_form(TEMPLATE, "甲局"), duties=(TextItem("a", "一"), TextItem("b", "二"), TextItem("c", "三")), budget=LINES
)
ITEMS = Growth("duties", "c", ("", "text"))
NUMBERED = [
    [Target(None, f"（{at}）", "编号"), Target(Place("duties", key, "text"))] for at, key in enumerate("abc", 1)
]


def done(change: Change | None, form: Form = FORM) -> Form:
    """The form after a change, which can be taken back."""
    assert change is not None
    after = apply_change(form, change)
    assert apply_change(after, invert(change)) == form
    return after


def put(texts: Texts, size: tuple[int, int] = (1, 1), column: int = 1) -> PastePlan:
    """A paste into the list of duties, from its first row."""
    return plan_paste([row[column:] for row in NUMBERED], texts, size)


def words(form: Form) -> list[str]:
    return [row.text for row in form.duties]


# --- lists that bring their numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "items"),
    [
        ([["（1）甲"], ["（2）乙"]], "甲 乙"),
        ([["1.", "甲"], ["2.", "乙"]], "甲 乙"),
        ([["一、甲"], [""], ["二、乙"], ["三、丙"]], "甲 乙 丙"),
        ([["（1）", "甲"], ["（2）", "乙"]], "甲 乙"),
        ([["•\t甲"], ["•\t乙"]], "甲 乙"),
    ],
)
def test_the_numbers_of_a_pasted_list_go(texts: Texts, items: str) -> None:
    assert [list(row) for row in without_numbers(texts)] == [[item] for item in items.split()]


@pytest.mark.parametrize(
    "texts",
    [
        [["（1）甲"]],  # one text alone is no list
        [["2024年甲"], ["2025年乙"]],
        [["甲"], ["乙"]],
        [["1.", "甲", "备注"], ["2.", "乙", "备注"]],
        [["甲", "1"], ["乙", "2"]],
        [["（1）甲"], ["（3）乙"]],  # not in order
        [],
    ],
)
def test_what_is_no_numbered_list_is_pasted_as_it_is(texts: Texts) -> None:
    assert without_numbers(texts) is texts


# --- what goes where --------------------------------------------------------------------------------------------------


def test_a_block_goes_over_the_cells_from_its_corner() -> None:
    plan = put([["甲"], ["乙"]])
    assert plan == PastePlan({NUMBERED[0][1].place: "甲", NUMBERED[1][1].place: "乙"}, (), 0, (), 0, (2, 1))  # type: ignore[dict-item]  # typed cells have places
    change = make_paste(FORM, plan)
    assert words(done(change)) == ["甲", "乙", "三"]
    assert change is not None
    assert change.text == "粘贴 2 个单元格"


@pytest.mark.parametrize(
    ("size", "repeated"),
    [
        ((1, 1), "ab cd"),
        ((2, 2), "ab cd"),
        ((4, 2), "ab cd ab cd"),
        ((2, 6), "ababab cdcdcd"),
        ((4, 4), "abab cdcd abab cdcd"),
        ((3, 2), "ab cd"),
        ((4, 3), "ab cd"),
    ],
)
def test_a_selection_that_the_block_divides_is_filled(size: tuple[int, int], repeated: str) -> None:
    assert [list(row) for row in repeat([["a", "b"], ["c", "d"]], *size)] == [list(row) for row in repeated.split()]


def test_one_cell_fills_the_selection_and_uneven_rows_are_not_repeated() -> None:
    assert words(done(make_paste(FORM, put([["甲"]], (3, 1))))) == ["甲", "甲", "甲"]
    uneven = [["a", "b"], ["c"]]
    assert repeat(uneven, 4, 2) is uneven
    assert repeat([], 4, 2) == []
    assert repeat([[]], 4, 2) == [[]]


def test_a_shorter_row_leaves_the_cells_it_does_not_speak_of() -> None:
    targets = [[Target(Place("duties", "a", "text")), Target(Place("duties", "b", "text"))]]
    assert plan_paste(targets, [["甲"]], (1, 1)).values == {Place("duties", "a", "text"): "甲"}


def test_protected_cells_keep_their_text_and_are_counted_when_it_would_change() -> None:
    plan = put([["（1）", "甲"], ["9", "乙"], [" ", "丙"]], column=0)
    assert plan.refused == ("编号",)
    assert words(done(make_paste(FORM, plan))) == ["甲", "乙", "丙"]


def test_a_merged_cell_is_filled_once() -> None:
    merged = [
        [Target(Place("duties", "a", "text"))],
        [Target(None, is_covered=True, why="合并")],
        [Target(None, is_covered=True, why="合并")],
    ]
    assert plan_paste(merged, [["甲"]], (3, 1)).refused == ()
    assert plan_paste(merged, [["甲"], ["乙"], [""]], (3, 1)).refused == ("合并",)


def test_what_does_not_fit_is_counted() -> None:
    plan = put([["甲", "x", "", "y"], ["乙"], ["丙"], ["丁"], [""], ["己"], [" "], []])
    assert (plan.beyond, plan.missing, plan.size) == (2, (("丁",), ("",), ("己",)), (8, 4))
    assert words(done(make_paste(FORM, plan))) == ["甲", "乙", "丙"]


def test_invisible_characters_are_counted_once_however_often_they_are_filled_in() -> None:
    plan = put([["甲\x07\ufeff"]], (3, 1))
    assert plan.removed == 2
    assert words(done(make_paste(FORM, plan))) == ["甲", "甲", "甲"]


def test_a_paste_of_what_stands_there_is_no_step() -> None:
    assert make_paste(FORM, put([["一"], ["二"]])) is None
    assert put([]).size == (0, 0)
    assert make_paste(FORM, put([])) is None


blocks = st.lists(st.lists(st.sampled_from(("", "甲", "乙")), max_size=4), max_size=5)


@given(blocks, st.integers(1, 4), st.integers(1, 3), st.integers(0, 1))
def test_every_text_is_put_refused_or_counted(texts: Texts, rows: int, columns: int, left: int) -> None:
    plan = put(texts, (rows, columns), left)
    block = repeat(texts, rows, columns)
    lost = sum(bool(text) for row in plan.missing for text in row)
    given_texts = sum(bool(text) for row in block for text in row)
    assert sum(map(bool, plan.values.values())) + len(plan.refused) + plan.beyond + lost == given_texts


# --- missing rows -----------------------------------------------------------------------------------------------------


def test_missing_rows_are_added_in_the_same_step() -> None:
    plan = put([["（1）", "甲"], ["（2）", "乙"], ["（3）", "丙"], ["（4）", "丁"], ["（5）", "戊", "己"]], column=0)
    change = make_paste(FORM, plan, ITEMS)
    assert words(done(change)) == ["甲", "乙", "丙", "丁", "戊"]
    assert change is not None
    assert change.text == "粘贴 5 个单元格并增加 2 行"
    assert count_unplaced(plan, ITEMS) == 3  # two numbers, and what is beyond the last column
    assert words(done(make_paste(FORM, plan))) == ["甲", "乙", "丙"]


def test_an_empty_list_takes_all_rows() -> None:
    form = replace(FORM, duties=())
    plan = plan_paste([], [["甲"], ["乙"]], (1, 1))
    assert plan.missing == (("甲",), ("乙",))
    assert words(done(make_paste(form, plan, Growth("duties", "", ("text",))), form)) == ["甲", "乙"]


def test_budget_lines_are_added_to_the_same_sum() -> None:
    plan = plan_paste([], [["甲", "1"], ["乙", "2"]], (1, 1))
    form = done(make_paste(FORM, plan, Growth("budget", "x1", ("label", "annual"))))
    assert [(line.label, line.part_of, line.annual) for line in form.budget[-2:]] == [
        ("甲", "x", "1"),
        ("乙", "x", "2"),
    ]
    form = done(make_paste(FORM, plan, Growth("budget", "project", ("label", "annual"))))
    assert [(line.label, line.part_of) for line in form.budget[-2:]] == [("甲", "project"), ("乙", "project")]


def test_indicators_are_added_to_the_same_group() -> None:
    plan = plan_paste([], [["甲", "1"], ["乙"]], (1, 1))
    form = done(make_paste(FORM, plan, Growth("indicators", "indicator-34", ("name", "weight"))))
    added = form.indicators[34:36]
    assert [(row.name, row.weight, row.group) for row in added] == [("甲", "1", "level2-3-1"), ("乙", "", "level2-3-1")]


@pytest.mark.parametrize(
    ("table", "after", "may"),
    [
        ("duties", "", True),
        ("duties", "a", True),
        ("budget", "project", True),
        ("budget", "", False),
        ("indicators", "indicator-35", True),
        ("indicators", "indicator-09", False),
        ("indicators", "", False),
    ],
)
def test_rows_are_added_where_they_are_the_unit_s(table: TableName, after: str, may: bool) -> None:
    assert can_grow(FORM, table, after) == may


KEYS = (*(row.key for row in FORM.indicators), "", "")


@pytest.mark.parametrize(
    ("first", "field", "end"),
    [
        (0, "score", 41),
        (31, "score", 41),
        (31, "name", 37),  # the names of own indicators stay in their group
        (33, "name", 37),
        (8, "name", 41),
        (41, "score", 43),
    ],
)
def test_a_paste_ends_before_the_totals_and_names_end_with_their_group(first: int, field: str, end: int) -> None:
    place = Place("indicators", KEYS[first], field) if KEYS[first] else None
    assert end_of_paste(FORM, KEYS, first, place) == end


def test_names_of_the_last_group_end_with_the_table() -> None:
    form = replace(FORM, indicators=FORM.indicators[:37])
    keys = [row.key for row in form.indicators]
    assert end_of_paste(form, keys, 35, Place("indicators", keys[35], "name")) == 37
