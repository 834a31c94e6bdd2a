"""Every edit is a Change with the name the user reads, and fits the form it was made for."""

from dataclasses import replace

import pytest

from app.editing.edits import (
    add_budget_line,
    add_evidence,
    add_indicator,
    add_row,
    add_rows,
    is_multiline,
    move_row,
    move_rows,
    remove_row,
    remove_rows,
    set_applies,
    set_value,
    set_values,
    sum_for_new,
)
from app.editing.rights import can_edit, can_move, can_remove, can_set_aside
from app.form.change import Change, apply_change, invert, merge
from app.form.form import Form, value_at
from app.form.reading.loader import blank_form, load_template
from app.form.rows import BudgetLine, Evidence, Indicator, Place, TableName, TextItem
from app.form.template import ItemsBlock

TEMPLATE = load_template("rugao-2024")
# A second unit's money: 专项 has parts of its own.
LINES = (
    *(TEMPLATE.budget_table.lines if TEMPLATE.budget_table else ()),
    BudgetLine("x", "专项", "project"),
    BudgetLine("x1", "专项一", "x"),
    BudgetLine("x2", "专项二", "x"),
    BudgetLine("y", "其他", "project"),
)
FORM = replace(
    blank_form(TEMPLATE, "甲局"), duties=(TextItem("a", "一"), TextItem("b", "二"), TextItem("c", "三")), budget=LINES
)
NINTH = Place("indicators", "indicator-09", "score")


def done(change: Change | None, form: Form = FORM) -> Form:
    """The form after a change, which can be taken back."""
    assert change is not None
    after = apply_change(form, change)
    assert apply_change(after, invert(change)) == form
    return after


def keys(form: Form, table: TableName) -> str:
    return " ".join(row.key for row in getattr(form, table))


# --- typing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (NINTH, "修改“预算执行率”得分"),
        (Place("indicators", "indicator-41", "reason"), "修改“服务对象满意度”原因"),
        (Place("indicators", "indicator-33", "target"), "修改“继续推行社保业务同城通办，推进风险防控措…”全年指标值"),
        (Place("duties", "b", "text"), "修改主要职能第 2 项"),
        (Place("budget", "basic", "annual"), "修改“基本支出”全年预算数"),
        (Place("budget", "x", "label"), "修改“专项”名称"),
        (Place("groups", "level1-2", "label"), "修改“过程(26)”名称"),
        (Place("staffing", "", "authorised"), "修改编制（人）"),
        (Place("staffing", "", "text"), "修改机构设置及人员配置"),
        (Place("cover", "", "unit"), "修改单位名称"),
        (Place("cover", "", "year"), "修改年度"),
        (Place("stated", "", "grade"), "修改原表绩效等级"),
    ],
)
def test_an_edit_is_named_after_its_place(place: Place, name: str) -> None:
    change = set_value(FORM, place, "新的")
    assert change is not None
    assert change.text == name
    assert value_at(done(change), place) == "新的"


def test_a_row_without_a_name_is_called_by_its_number() -> None:
    form = done(add_indicator(FORM, "level2-5-1"))
    change = set_value(form, Place("indicators", form.indicators[-1].key, "score"), "1")
    assert change is not None
    assert change.text == "修改指标第 42 项得分"


def test_a_list_the_template_does_not_show_has_a_name_all_the_same() -> None:
    tabs = tuple(
        replace(tab, blocks=tuple(block for block in tab.blocks if not isinstance(block, ItemsBlock)))
        for tab in TEMPLATE.tabs
    )
    form = replace(FORM, template=replace(TEMPLATE, tabs=tabs))
    change = set_value(form, Place("duties", "a", "text"), "新的")
    assert change is not None
    assert change.text == "修改主要职能第 1 项"


def test_typing_what_stands_there_already_is_no_edit() -> None:
    assert set_value(FORM, NINTH, "") is None
    assert set_value(FORM, NINTH, "\x00\ufeff") is None
    assert set_values(FORM, {NINTH: "", Place("duties", "a", "text"): "一"}) is None
    assert set_applies(FORM, "indicator-09", applies=True) is None


@pytest.mark.parametrize("place", [Place("duties", "z", "text"), Place("duties", "a", "score")])
def test_a_cell_that_is_not_there_is_an_error(place: Place) -> None:
    with pytest.raises(KeyError):
        set_value(FORM, place, "x")


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        (Place("duties", "a", "text"), "甲\n乙\t丙"),
        (Place("indicators", "indicator-09", "rule"), "甲\n乙\t丙"),
        (Place("staffing", "", "text"), "甲\n乙\t丙"),
        (Place("staffing", "", "actual"), "甲 乙 丙"),
        (Place("indicators", "indicator-09", "score"), "甲 乙 丙"),
        (Place("budget", "basic", "annual"), "甲 乙 丙"),
        (Place("cover", "", "unit"), "甲 乙 丙"),
    ],
)
def test_text_is_made_safe_for_its_cell(place: Place, kept: str) -> None:
    assert value_at(done(set_value(FORM, place, "甲\r\n乙\t丙\x07")), place) == kept
    assert is_multiline(place) == ("\n" in kept)


def test_edits_of_one_visit_merge_and_others_do_not() -> None:
    first = set_value(FORM, NINTH, "1", "visit 1")
    assert first is not None
    form = done(first)
    for visit, other, merges in [("visit 1", NINTH, True), ("visit 2", NINTH, False), ("", NINTH, False)]:
        second = set_value(form, other, "12", visit)
        assert second is not None
        assert (merge(first, second) is not None) == merges


def test_several_cells_are_filled_in_one_step() -> None:
    values = {NINTH: "1", Place("indicators", "indicator-10", "score"): "2\n", Place("duties", "a", "text"): "一"}
    change = set_values(FORM, values)
    assert change is not None
    assert change.text == "修改 2 个单元格"
    form = done(change)
    assert [value_at(form, place) for place in values] == ["1", "2 ", "一"]
    single = set_values(FORM, {NINTH: "1"})
    assert single is not None
    assert single.text == "修改“预算执行率”得分"


def test_a_row_is_set_aside_and_taken_in_again() -> None:
    aside = set_applies(FORM, "indicator-09", applies=False)
    assert aside is not None
    assert aside.text == "将“预算执行率”设为不适用"
    back = set_applies(done(aside), "indicator-09", applies=True)
    assert back is not None
    assert back.text == "将“预算执行率”设为适用"
    assert apply_change(done(aside), back) == FORM


# --- rows ------------------------------------------------------------------------------------------------------------


def test_items_are_added_anywhere_with_keys_of_their_own() -> None:
    change = add_row(FORM, "duties", 1, text="新\x00的")
    assert change.text == "增加一项主要职能"
    form = done(change)
    assert [row.text for row in form.duties] == ["一", "新的", "二", "三"]
    again = done(add_row(form, "duties", 1), form)
    assert len({row.key for row in again.duties}) == 5


def test_an_indicator_is_added_after_another_or_last_in_its_group() -> None:
    change = add_indicator(FORM, "level2-3-1", "indicator-32")
    assert change.text == "增加一项指标"
    form = done(change)
    assert form.indicators[32] == Indicator(form.indicators[32].key, "level2-3-1")
    form = done(add_indicator(FORM, "level2-3-1"))
    assert form.indicators[37].group == "level2-3-1"
    with pytest.raises(KeyError):
        add_indicator(FORM, "level2-3-1", "no such row")


def test_an_indicator_of_an_emptied_group_stands_where_the_group_stands() -> None:
    form = done(remove_row(FORM, "indicators", "indicator-38"))
    assert [row.group for row in done(add_indicator(form, "level2-4-1"), form).indicators] == [
        row.group for row in FORM.indicators
    ]
    empty = replace(FORM, indicators=())
    assert len(done(add_indicator(empty, "level2-1-1"), empty).indicators) == 1


def test_a_budget_line_is_added_as_the_last_part() -> None:
    change = add_budget_line(FORM, "x")
    assert change.text == "增加一项支出项目"
    assert [line.part_of for line in done(change).budget] == ["", "total", "total", "project", "x", "x", "x", "project"]
    assert done(add_budget_line(FORM, "project")).budget[-1].part_of == "project"
    assert done(add_budget_line(FORM, "basic")).budget[2].part_of == "basic"


@pytest.mark.parametrize(
    ("at", "under"),
    [("total", "project"), ("basic", "basic"), ("project", "project"), ("x", "project"), ("x2", "x"), ("z", "total")],
)
def test_a_project_comes_under_the_sum_of_projects_and_beside_lines_of_the_unit_s_own(at: str, under: str) -> None:
    form = replace(FORM, budget=(*FORM.budget, BudgetLine("z", "单列", "total")))
    assert sum_for_new(form, at) == under


def test_lines_that_a_paste_adds_stand_beside_the_one_above() -> None:
    form = replace(FORM, budget=(*FORM.budget, BudgetLine("z", "单列", "total")))
    rows = add_rows(form, "budget", "z", [{"label": "一"}, {"label": "二"}])
    assert [row.row.part_of for row in rows if isinstance(row.row, BudgetLine)] == ["total", "total"]


def test_without_sums_of_the_bureau_s_a_line_comes_under_the_total() -> None:
    form = replace(FORM, budget=(BudgetLine("total", "资金总额"),))
    assert sum_for_new(form, "total") == "total"


def test_a_row_is_removed_with_its_parts_under_its_name() -> None:
    change = remove_row(FORM, "duties", "b")
    assert change.text == "删除主要职能第 2 项"
    assert keys(done(change), "duties") == "a c"
    change = remove_row(FORM, "budget", "x")
    assert change.text == "删除“专项”"
    assert keys(done(change), "budget") == "total basic project y"


@pytest.mark.parametrize(
    ("table", "key"),
    [("budget", "basic"), ("indicators", "indicator-09"), ("indicators", "indicator-14"), ("groups", "level1-1")],
)
def test_rows_of_the_bureau_stay(table: TableName, key: str) -> None:
    assert not can_remove(FORM, table, key)
    with pytest.raises(ValueError, match=key):
        remove_row(FORM, table, key)
    assert move_row(FORM, table, key, 1) is None


@pytest.mark.parametrize(
    ("table", "key", "step", "name", "order"),
    [
        ("duties", "b", -1, "上移主要职能第 2 项", "b a c"),
        ("duties", "b", 1, "下移主要职能第 2 项", "a c b"),
        ("budget", "x2", -1, "上移“专项二”", "total basic project x x2 x1 y"),
        ("budget", "y", -1, "上移“其他”", "total basic project y x x1 x2"),
    ],
)
def test_a_row_changes_places_within_its_group(table: TableName, key: str, step: int, name: str, order: str) -> None:
    change = move_row(FORM, table, key, step)
    assert change is not None
    assert change.text == name
    assert can_move(FORM, table, key, step)
    assert keys(done(change), table) == order


def test_a_line_moves_down_past_another_with_all_its_parts() -> None:
    form = done(move_row(FORM, "budget", "y", -1))
    assert done(move_row(form, "budget", "y", 1), form) == FORM


@pytest.mark.parametrize(
    ("table", "key", "step"),
    [
        ("duties", "a", -1),
        ("duties", "c", 1),
        ("budget", "x", 1),
        ("budget", "x1", -1),
        ("budget", "x2", 1),
        ("indicators", "indicator-32", -1),
        ("indicators", "indicator-37", 1),
        ("indicators", "indicator-38", 1),
    ],
)
def test_a_row_does_not_leave_its_group(table: TableName, key: str, step: int) -> None:
    assert not can_move(FORM, table, key, step)
    assert move_row(FORM, table, key, step) is None


def test_indicators_of_the_unit_change_places() -> None:
    form = done(move_row(FORM, "indicators", "indicator-33", -1))
    assert [row.key for row in form.indicators[31:33]] == ["indicator-33", "indicator-32"]


def test_several_rows_are_added_below_one() -> None:
    patches = add_rows(FORM, "duties", "a", [{"text": "新的"}, {}])
    assert [row.text for row in done(Change("", patches)).duties] == ["一", "新的", "", "二", "三"]
    assert [patch.index for patch in add_rows(replace(FORM, duties=()), "duties", "", [{}, {}])] == [0, 1]


def test_several_rows_are_removed_as_one_step_and_the_bureau_s_stay() -> None:
    change = remove_rows(FORM, "duties", ["a", "c"])
    assert change is not None
    assert change.text == "删除 2 行"
    assert keys(done(change), "duties") == "b"
    change = remove_rows(FORM, "budget", ["project", "x", "x1", "y"])
    assert change is not None
    assert change.text == "删除 4 行"
    assert keys(done(change), "budget") == "total basic project"
    single = remove_rows(FORM, "indicators", ["indicator-31", "indicator-32"])
    assert single == remove_row(FORM, "indicators", "indicator-32")
    assert remove_rows(FORM, "indicators", ["indicator-01", "indicator-02"]) is None


def test_several_rows_move_together_or_not_at_all() -> None:
    change = move_rows(FORM, "duties", ["b", "c"], -1)
    assert change is not None
    assert change.text == "上移 2 行"
    assert keys(done(change), "duties") == "b c a"
    change = move_rows(FORM, "duties", ["a", "b"], 1)
    assert change is not None
    assert change.text == "下移 2 行"
    assert keys(done(change), "duties") == "c a b"
    assert move_rows(FORM, "duties", ["b"], 1) == move_row(FORM, "duties", "b", 1)
    assert move_rows(FORM, "duties", ["b", "c"], 1) is None
    assert move_rows(FORM, "duties", [], 1) is None


# --- rights ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "is_free"),
    [
        (NINTH, True),
        (Place("indicators", "indicator-09", "name"), False),
        (Place("indicators", "indicator-14", "name"), False),
        (Place("indicators", "indicator-32", "name"), True),
        (Place("indicators", "indicator-32", "group"), False),
        (Place("groups", "level1-1", "label"), True),
        (Place("groups", "level2-1-1", "part_of"), False),
        (Place("budget", "basic", "label"), False),
        (Place("budget", "basic", "annual"), True),
        (Place("budget", "x", "label"), True),
        (Place("budget", "x", "part_of"), False),
        (Place("cover", "", "unit"), True),
        (Place("duties", "a", "text"), True),
    ],
)
def test_the_bureau_s_names_stay_and_the_rest_is_the_unit_s(place: Place, is_free: bool) -> None:
    assert can_edit(FORM, place) == is_free


@pytest.mark.parametrize(("key", "may"), [("indicator-09", False), ("indicator-14", True), ("indicator-32", True)])
def test_only_optional_and_own_rows_may_be_set_aside(key: str, may: bool) -> None:
    assert can_set_aside(FORM, key) == may


def test_without_a_budget_table_every_line_is_the_unit_s_own() -> None:
    form = replace(FORM, template=replace(TEMPLATE, budget_table=None))
    assert can_remove(form, "budget", "basic")


def files(*digests: str) -> tuple[Evidence, ...]:
    """Files with other contents, named after them."""
    return tuple(Evidence("", "", f"材料{each}.pdf\n", "", each * 64, "12") for each in digests)


def test_files_are_listed_once_at_an_indicator_and_again_at_another() -> None:
    change = add_evidence(FORM, "indicator-01", files("a", "b", "a"))
    assert change is not None
    assert change.text == "添加 2 份佐证材料"
    form = done(change)
    assert [(row.indicator, row.name, row.size) for row in form.evidence] == [
        ("indicator-01", "材料a.pdf ", "12"),
        ("indicator-01", "材料b.pdf ", "12"),
    ]
    assert add_evidence(form, "indicator-01", files("b")) is None
    elsewhere = add_evidence(form, "", files("b"))
    assert elsewhere is not None
    assert elsewhere.text == "添加佐证材料“材料b.pdf ”"
    assert [row.indicator for row in done(elsewhere, form).evidence] == ["indicator-01", "indicator-01", ""]


def test_an_indicator_is_removed_with_its_files_and_comes_back_with_them() -> None:
    form = done(add_evidence(FORM, "indicator-01", files("a")))
    own = add_indicator(form, form.indicators[0].group, "indicator-01")
    form = done(own, form)
    key = form.indicators[1].key
    form = done(add_evidence(form, key, files("a", "b")), form)
    change = remove_row(form, "indicators", key)
    assert change.text == "删除指标第 2 项及其 2 份佐证材料"
    after = done(change, form)
    assert [row.indicator for row in after.evidence] == ["indicator-01"]
    assert apply_change(after, invert(change)) == form
    assert value_at(form, Place("evidence", form.evidence[0].key, "note")) == ""
