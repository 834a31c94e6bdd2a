"""The indicator table reads as a tree: every row once, beside the groups it stands in."""

from collections import Counter

from hypothesis import given

from app.form.form import Form
from app.form.rows import Evidence, Group, Indicator, Place
from app.form.tree import Run, TreeRow, anchor_of, evidence_order, group_runs, tree_rows
from tests.strategies import forms
from tests.tables import form_of, real_form, template


def show(form: Form) -> list[str]:
    """Each row as ``level1/level2: key``."""
    return [
        f"{'/'.join(group.key for group in row.path)}: {row.indicator.key if row.indicator else '-'}"
        for row in tree_rows(form)
    ]


def runs_of(form: Form) -> list[tuple[str, int, int, int]]:
    return [(run.group.key, run.level, run.first, run.count) for run in group_runs(tree_rows(form))]


def test_rows_stand_in_their_groups_whatever_the_order_of_the_table() -> None:
    form = Form(
        template(),
        groups=(Group("b"), Group("a"), Group("a2", "", "a"), Group("a1", "", "a"), Group("b1", "", "b")),
        indicators=(
            *(Indicator("1", "a1"), Indicator("2", "b1"), Indicator("3", "a2"), Indicator("4", "a1")),
            *(Indicator("5", "a"), Indicator("6")),
        ),
    )
    assert show(form) == [": 6", "b/b1: 2", "a: 5", "a/a2: 3", "a/a1: 1", "a/a1: 4"]
    assert runs_of(form) == [("b", 0, 1, 1), ("b1", 1, 1, 1), ("a", 0, 2, 4), ("a2", 1, 3, 1), ("a1", 1, 4, 2)]


def test_a_group_without_rows_keeps_a_place() -> None:
    form = Form(template(), groups=(Group("a"), Group("b"), Group("b1", "", "b")))
    assert show(form) == ["a: -", "b/b1: -"]
    assert runs_of(form) == [("a", 0, 0, 1), ("b", 0, 1, 1), ("b1", 1, 1, 1)]


def test_an_empty_form_has_no_rows() -> None:
    assert tree_rows(Form(template())) == ()
    assert group_runs(()) == ()


def test_a_text_table_reads_as_a_tree() -> None:
    form = form_of("""
        决策(2) | 计划(1) | 甲 | 健全 | 1 | 健全 | 1
                |         | 乙
                | 目标(1) | 丙
        过程(1) | 执行(1) | 丁
    """)
    assert show(form) == ["g1/g2: r1", "g1/g2: r2", "g1/g3: r3", "g4/g5: r4"]
    assert [group.label for group in form.groups] == ["决策(2)", "计划(1)", "目标(1)", "过程(1)", "执行(1)"]
    assert form.indicators[0] == Indicator("r1", "g2", "甲", target="健全", weight="1", actual="健全", score="1")


def test_the_level_cells_of_the_real_form() -> None:
    runs = group_runs(tree_rows(real_form()))
    assert [run.count for run in runs if run.level == 0] == [6, 25, 6, 3, 1]
    assert [run.count for run in runs if run.level == 1] == [2, 2, 2, 8, 6, 3, 2, 3, 3, 6, 1, 1, 1, 1]
    assert runs[0] == Run(real_form().groups[0], 0, 0, 6)


@given(forms())
def test_every_row_stands_once_and_every_group_covers_its_rows(form: Form) -> None:
    rows = tree_rows(form)
    assert Counter(row.indicator.key for row in rows if row.indicator) == Counter(row.key for row in form.indicators)
    parents = {group.key: group.part_of for group in form.groups}
    for row in rows:
        assert (row.path[-1].key if row.path else "") == (row.indicator.group if row.indicator else row.path[-1].key)
        assert [group.part_of for group in row.path] == ["", *(group.key for group in row.path[:-1])][: len(row.path)]
        assert [parents[group.key] for group in row.path] == [group.part_of for group in row.path]
    runs = group_runs(rows)
    assert Counter(run.group.key for run in runs) == Counter([*parents])
    for run in runs:
        assert {covers(row, run) for row in rows[run.first : run.first + run.count]} == {True}
        assert not any(covers(row, run) for row in (*rows[: run.first], *rows[run.first + run.count :]))


def covers(row: TreeRow, run: Run) -> bool:
    return len(row.path) > run.level and row.path[run.level] is run.group


def filed(*indicators: str) -> Form:
    """Rows r1 in g2 and r2 in g1 on paper r2, r1; one file e1, e2 … at each of ``indicators``."""
    files = tuple(Evidence(f"e{number}", key, f"{number}.pdf") for number, key in enumerate(indicators, 1))
    groups = (Group("g1"), Group("g2"))
    return Form(template(), groups=groups, indicators=(Indicator("r1", "g2"), Indicator("r2", "g1")), evidence=files)


def test_files_are_listed_in_the_order_of_the_paper_those_of_the_whole_form_first() -> None:
    form = filed("r1", "", "r2", "r1")
    order = [(holder.key if holder else "", [row.key for row in rows]) for holder, rows in evidence_order(form)]
    assert order == [("", ["e2"]), ("r2", ["e3"]), ("r1", ["e1", "e4"])]
    assert evidence_order(filed()) == ()


def test_a_file_is_found_at_its_indicator() -> None:
    form = filed("r1", "")
    assert anchor_of(form, Place("evidence", "e1", "note")) == Place("indicators", "r1", "name")
    for place in (Place("evidence", "e2", "note"), Place("evidence", "gone"), Place("duties", "e1", "text")):
        assert anchor_of(form, place) == place
