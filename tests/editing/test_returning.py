"""One thing comes back as it was: a cell's content, or a row that was deleted, at a place where it may stand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.editing.edits import add_indicator, move_row, remove_row, remove_rows, set_value
from app.editing.past.history import Touch, walk_steps
from app.editing.past.returning import bring_back
from app.form.change import Change, apply_change, invert
from app.form.form import Form, rows_of
from app.form.reading.loader import blank_form, load_template
from app.form.rows import BudgetLine, Evidence, Group, Indicator, Place, TextItem
from app.models.state import JournalEntry, now

TEMPLATE = load_template("rugao-2024")
LINES = (
    *(TEMPLATE.budget_table.lines if TEMPLATE.budget_table else ()),
    BudgetLine("x", "专项", "project"),
    BudgetLine("x1", "专项一", "x"),
    BudgetLine("y", "其他", "project"),
)
FORM = replace(
    blank_form(TEMPLATE, "甲局"),
    duties=(TextItem("a", "一"), TextItem("b", "二"), TextItem("c", "三")),
    budget=LINES,
    evidence=(Evidence("e", "", "合同.pdf", "", "0" * 64, "1"),),
)


def done(form: Form, change: Change | None) -> Form:
    assert change is not None
    return apply_change(form, change)


def touches(form: Form, change: Change | None) -> tuple[Touch, ...]:
    """What 修改记录 shows of a change that led to ``form``."""
    assert change is not None
    (step,) = walk_steps(form, [JournalEntry(1, now(), change)])
    return step.touches


@pytest.mark.parametrize(("table", "key"), [("duties", "b"), ("duties", "c"), ("budget", "y"), ("evidence", "e")])
def test_a_deleted_row_comes_back_where_it_was(table: str, key: str) -> None:
    change = remove_row(FORM, table, key)  # type: ignore[arg-type]  # a table
    after = done(FORM, change)
    (touch,) = touches(after, change)
    back = bring_back(after, touch)
    assert done(after, back) == FORM
    assert back is not None
    assert apply_change(FORM, invert(back)) == after
    assert back.text.startswith("恢复")


def test_it_comes_back_although_the_rest_changed_since() -> None:
    change = remove_row(FORM, "duties", "c")
    after = done(FORM, change)
    (touch,) = touches(after, change)
    fewer = done(after, remove_rows(after, "duties", ["a", "b"]))
    assert [row.text for row in done(fewer, bring_back(fewer, touch)).duties] == ["三"]


def test_a_line_of_a_sum_comes_back_within_it_and_never_between_another_and_its_parts() -> None:
    change = remove_row(FORM, "budget", "y")
    after = done(FORM, change)
    (touch,) = touches(after, change)
    early = replace(touch, index=after.budget.index(LINES[-2]))  # between 专项 and 专项一
    assert [line.key for line in done(after, bring_back(after, early)).budget][-3:] == ["x", "x1", "y"]


def test_parts_come_back_after_what_they_are_parts_of() -> None:
    change = remove_row(FORM, "budget", "x")
    after = done(FORM, change)
    part, whole = touches(after, change)
    assert bring_back(after, part) is None
    again = done(after, bring_back(after, whole))
    assert done(again, bring_back(again, part)) == FORM


def test_an_indicator_comes_back_into_its_group() -> None:
    group = FORM.indicators[3].group
    form = done(FORM, add_indicator(FORM, group))
    own = next(row for row in form.indicators if row not in FORM.indicators)
    change = remove_row(form, "indicators", own.key)
    after = done(form, change)
    (touch,) = touches(after, change)
    assert done(after, bring_back(after, touch)) == form
    far = replace(touch, index=0)
    rows = done(after, bring_back(after, far)).indicators
    at = rows.index(own)
    assert {rows[at - 1].group, rows[at + 1].group} & {group}
    assert bring_back(replace(after, groups=()), touch) is None


def test_what_belongs_to_a_row_that_is_gone_does_not_come_back() -> None:
    file = Evidence("f", "own", "合同.pdf", "", "0" * 64, "1")
    touch = Touch(Place("evidence", "f"), "", "", "", row=file)
    assert bring_back(FORM, touch) is None
    group = Touch(Place("groups", "g"), "", "", "", row=Group("g", "新的(1)"))
    assert bring_back(FORM, group) is None
    assert bring_back(FORM, Touch(Place("cover", "", "unit"), "", "", "", row=file)) is None
    top = Touch(Place("budget", "z"), "", "", "", row=BudgetLine("z", "总计"), index=99)
    assert done(FORM, bring_back(FORM, top)).budget[-1].key == "z"


def test_what_is_there_or_took_nothing_away_needs_no_bringing_back() -> None:
    change = remove_row(FORM, "duties", "b")
    (touch,) = touches(done(FORM, change), change)
    assert bring_back(FORM, touch) is None
    moved = move_row(FORM, "duties", "b", -1)
    assert [bring_back(FORM, each) for each in touches(done(FORM, moved), moved)] == [None]


def test_a_cell_comes_back_as_before() -> None:
    place = Place("duties", "b", "text")
    change = set_value(FORM, place, "新")
    after = done(FORM, change)
    (touch,) = touches(after, change)
    assert done(after, bring_back(after, touch)) == FORM


@settings(max_examples=60)
@given(st.data())
def test_wherever_a_row_was_the_tree_stays_a_tree(data: st.DataObject) -> None:
    """Rows of one group or sum stand together, parts right behind what they are parts of."""
    index = data.draw(st.integers(0, 99))
    own = data.draw(
        st.sampled_from(
            [
                *(
                    Indicator("own", group.key)
                    for group in FORM.groups
                    if any(r.group == group.key for r in FORM.indicators)
                )
            ]
        )
    )
    after = done(FORM, bring_back(FORM, Touch(Place("indicators", "own"), "", "", "", row=own, index=index)))
    groups = [row.group for row in rows_of(after, "indicators") if isinstance(row, Indicator)]
    assert [each for at, each in enumerate(groups) if not at or groups[at - 1] != each] == list(dict.fromkeys(groups))
