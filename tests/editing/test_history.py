"""The journal reads as steps under the names of their time, and any earlier state of the form can be had from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.editing.edits import add_indicator, add_row, move_row, remove_row, set_applies, set_value, set_values
from app.editing.past.history import Step, Touch, form_at, touches_at, walk_steps
from app.form.change import (
    Change,
    ChangeConflict,
    InsertRow,
    RemoveRow,
    SetValue,
    apply_change,
    invert,
)
from app.form.form import Form
from app.form.rows import BudgetLine, Group, Indicator, Place, Row, TextItem
from app.models.state import JournalEntry
from tests.strategies import changes, forms
from tests.tables import form_of

START: Final = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
UNIT: Final = Place("cover", "", "unit")
SCORE: Final = Place("indicators", "r1", "score")
CREATED: Final = Change("新建", ())
FORM: Final = replace(
    form_of("过程(3) | 执行(3) | 预算执行率 | 100% | 2 | 98% | 1.9\n| | 结余率 | 0% | 1 | 0% | 1", "资金总额 | 10 | 9"),
    duties=(TextItem("a", "贯彻政策"), TextItem("b", "落实任务")),
)


def entries_of(made: Sequence[Change]) -> list[JournalEntry]:
    """A journal: the form's creation, then the changes, one per minute."""
    return [
        JournalEntry(number, START + timedelta(minutes=number), change)
        for number, change in enumerate((CREATED, *made), 1)
    ]


def walked(*made: Change | None, start: Form = FORM) -> list[Step]:
    done = [change for change in made if change is not None]
    assert len(done) == len(made)
    now = start
    for change in done:
        now = apply_change(now, change)
    return [*walk_steps(now, entries_of(done))]


def read(step: Step) -> list[tuple[str, str, str]]:
    return [(touch.name, touch.before, touch.after) for touch in step.touches]


def typed(*texts: str, visit: str = "v") -> list[Change]:
    form, made = FORM, []
    for text in texts:
        change = set_value(form, SCORE, text, visit)
        assert change is not None
        form = apply_change(form, change)
        made.append(change)
    return made


def test_a_step_says_when_where_and_what() -> None:
    newest, created = walked(set_value(FORM, SCORE, "2"))
    assert newest == Step(
        2,
        2,
        START + timedelta(minutes=2),
        "修改“预算执行率”得分",
        (Touch(SCORE, "“预算执行率”得分", "1.9", "2", "1.9"),),
    )
    assert created == Step(1, 1, START + timedelta(minutes=1), "新建", ())


def test_typing_in_one_visit_is_one_step() -> None:
    newest, _ = walked(*typed("2", "2.", "2.5"))
    assert (newest.first, newest.last, newest.at) == (2, 4, START + timedelta(minutes=4))
    assert read(newest) == [("“预算执行率”得分", "1.9", "2.5")]


def test_another_visit_is_another_step() -> None:
    first = typed("2")
    later = set_value(apply_change(FORM, first[0]), SCORE, "3", "w")
    assert [(step.first, step.last) for step in walked(*first, later)] == [(3, 3), (2, 2), (1, 1)]


def test_undoing_is_a_step_of_its_own_and_so_is_redoing() -> None:
    made = typed("2", "2.5")
    whole = Change(made[0].text, (SetValue(SCORE, "1.9", "2.5"),), made[0].merge_key)
    steps = walked(*made, invert(whole), whole)
    assert [step.text.removesuffix("修改“预算执行率”得分") for step in steps[:3]] == ["重做：", "撤销：", ""]
    assert [(step.first, step.last, read(step)[0][1:]) for step in steps[:3]] == [
        (5, 5, ("1.9", "2.5")),
        (4, 4, ("2.5", "1.9")),
        (2, 3, ("1.9", "2.5")),
    ]


def test_typing_the_old_text_again_is_no_undoing() -> None:
    first = typed("2")
    back = set_value(apply_change(FORM, first[0]), SCORE, "1.9", "w")
    assert [step.text for step in walked(*first, back)[:2]] == ["修改“预算执行率”得分"] * 2


def test_several_steps_are_taken_back_and_after_another_edit_none_is_done_again() -> None:
    a, b = remove_row(FORM, "duties", "a"), set_value(FORM, SCORE, "2")
    assert b is not None
    steps = walked(a, b, invert(b), invert(a), a, b, invert(b), set_value(FORM, UNIT, "新单位"))
    assert [step.text.partition("：")[0] for step in reversed(steps[:-1])] == [
        a.text,
        b.text,
        "撤销",
        "撤销",
        "重做",
        "重做",
        "撤销",
        "修改单位名称",
    ]


def test_names_are_those_of_then() -> None:
    added = add_indicator(FORM, "g2")
    (patch,) = added.patches
    assert isinstance(patch, InsertRow)
    key, form = patch.row.key, apply_change(FORM, added)
    made: list[Change | None] = [added]
    for text in ("培训", "培训人次"):
        made.append(set_value(form, Place("indicators", key, "name"), text))
        assert made[-1] is not None
        form = apply_change(form, made[-1])
    made.append(remove_row(form, "indicators", key))
    assert [read(step) for step in walked(*made)[:-1]] == [
        [("删除“培训人次”", "培训人次", "")],
        [("“培训”三级指标", "培训", "培训人次")],
        [("指标第 3 项三级指标", "", "培训")],
        [("增加指标第 3 项", "", "")],
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (set_value(FORM, UNIT, "新单位"), [("单位名称", "测试单位", "新单位")]),
        (set_applies(FORM, "r1", applies=False), [("“预算执行率”是否适用", "适用", "不适用")]),
        (move_row(FORM, "duties", "b", -1), [("移动主要职能第 2 项", "第 2 行", "第 1 行")]),
        (remove_row(FORM, "duties", "b"), [("删除主要职能第 2 项", "落实任务", "")]),
        (add_row(FORM, "duties", 1, text="依法理财"), [("增加主要职能第 2 项", "", "依法理财")]),
        (
            set_values(FORM, {SCORE: "2", Place("duties", "a", "text"): ""}),
            [("“预算执行率”得分", "1.9", "2"), ("主要职能第 1 项", "贯彻政策", "")],
        ),
        (
            Change("导入", (SetValue(Place("indicators", "r1", "group"), "g2", "g1"),)),
            [("“预算执行率”所属", "执行(3)", "过程(3)")],
        ),
        (
            Change("导入", (SetValue(Place("budget", "b1", "part_of"), "", "b1"),)),
            [("“资金总额”所属", "", "资金总额")],
        ),
        (
            Change(
                "导入",
                (
                    InsertRow("groups", 0, Group("g9", "产出(1)")),
                    SetValue(Place("groups", "g9", "label"), "产出(1)", "产出(2)"),
                ),
            ),
            [("增加“产出(2)”", "", "产出(1)"), ("“产出(2)”名称", "产出(1)", "产出(2)")],
        ),
        (
            Change(
                "来了又走",
                (InsertRow("budget", 1, BudgetLine("x", "其他")), RemoveRow("budget", 1, BudgetLine("x", "其他"))),
            ),
            [("增加支出项目", "", "其他"), ("删除支出项目", "其他", "")],
        ),
    ],
)
def test_every_kind_of_patch_reads_well(change: Change | None, expected: list[tuple[str, str, str]]) -> None:
    assert read(walked(change)[0]) == expected


def test_a_cell_and_a_row_have_their_own_history() -> None:
    form, made = FORM, []
    for change in (
        set_value(FORM, SCORE, "2"),
        set_value(FORM, UNIT, "新单位"),
        set_value(FORM, Place("indicators", "r1", "actual"), "99%"),
        set_value(FORM, Place("indicators", "r2", "score"), "0"),
        Change("删", (RemoveRow("indicators", 0, replace(FORM.indicators[0], score="2", actual="99%")),)),
    ):
        assert change is not None
        made.append(change)
        form = apply_change(form, change)
    steps = [*walk_steps(form, entries_of(made))]

    def touching(place: Place) -> list[int]:
        return [step.last for step in steps if touches_at(step, place)]

    assert touching(SCORE) == [6, 2]
    assert touching(Place("indicators", "r1")) == [6, 4, 2]
    assert touching(Place("indicators", "r2")) == [5]
    assert touching(UNIT) == [3]
    assert touching(Place("duties", "r1")) == []


@settings(max_examples=40)
@given(st.data())
def test_every_earlier_state_comes_back(data: st.DataObject) -> None:
    states, made = [data.draw(forms())], list[Change]()
    for _ in range(data.draw(st.integers(0, 5))):
        made.append(data.draw(changes(states[-1])))
        states.append(apply_change(states[-1], made[-1]))
    entries = entries_of(made)
    assert [form_at(states[-1], entries, number) for number in range(1, len(entries) + 1)] == states

    steps = [*walk_steps(states[-1], entries)]
    covered = [number for step in reversed(steps) for number in range(step.first, step.last + 1)]
    assert covered == list(range(1, len(entries) + 1))
    joined = [step for step in steps if step.first < step.last]
    assert all(form_at(states[-1], entries, step.first - 1) != states[step.last - 1] for step in joined)


def test_entries_that_do_not_lead_here_are_refused() -> None:
    (change,) = typed("2")
    with pytest.raises(ChangeConflict):
        [*walk_steps(FORM, entries_of([change]))]
    with pytest.raises(ChangeConflict):
        form_at(FORM, entries_of([change]), 1)


def test_a_row_is_known_by_its_first_text() -> None:
    rows: list[Row] = [TextItem("k", "文"), BudgetLine("k", "线"), Group("k", "组"), Indicator("k", "g", "名")]
    tables = ("duties", "budget", "groups", "indicators")
    read_rows = [
        walked(Change("加", (InsertRow(table, 0, row),)))[0].touches[0].after  # type: ignore[arg-type]  # fitting pairs
        for table, row in zip(tables, rows, strict=True)
    ]
    assert read_rows == ["文", "线", "组", "名"]
