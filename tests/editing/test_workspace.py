"""One door: what is typed is in the form, in the figures and on its way to the disk, or nowhere."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.editing.edits import add_indicator, add_row, move_row, remove_row, set_applies, set_value
from app.editing.forms import copy_form, new_form
from app.editing.rights import can_remove
from app.editing.workspace import compute_outcome, open_workspace
from app.form.change import Change, ChangeConflict, SetValue, apply_change, invert
from app.form.form import Form, rows_of
from app.form.reading.interchange import load_form
from app.form.reading.loader import load_template
from app.form.resources import resource
from app.form.rows import Place, Stated, TableName
from app.models.writer import Writer

SCORE = Place("indicators", "indicator-09", "score")
TEMPLATE = load_template("rugao-2024")
SAMPLE = load_form(resource("samples", "rugao-2024.json"))


@dataclass
class Notebook:
    """A recorder that keeps what it is given."""

    form: Form = field(default_factory=lambda: new_form(TEMPLATE, "甲局"))
    changes: list[tuple[int, Change]] = field(default_factory=list)

    def load(self, form_id: int, /) -> Form:
        assert form_id == 3
        return self.form

    def submit(self, form_id: int, change: Change, /) -> None:
        self.changes.append((form_id, change))


def set_score(old: str, new: str) -> Change:
    return Change("修改得分", (SetValue(SCORE, old, new),))


def test_an_edit_changes_form_and_figures_and_is_submitted() -> None:
    notebook = Notebook()
    workspace = open_workspace(notebook, 3)
    assert workspace.outcome == compute_outcome(notebook.form)
    outcome = workspace.apply(set_score("", "1.5"))
    assert outcome is workspace.outcome
    assert outcome.form == apply_change(notebook.form, set_score("", "1.5"))
    assert str(outcome.assessment.score.value) == "1.5"
    assert notebook.changes == [(3, set_score("", "1.5"))]


def test_an_edit_that_changes_nothing_is_not_submitted() -> None:
    notebook = Notebook()
    workspace = open_workspace(notebook, 3)
    workspace.apply(set_score("", ""))
    assert notebook.changes == []
    assert workspace.outcome == compute_outcome(notebook.form)


def test_an_edit_that_does_not_fit_leaves_everything_as_it_was() -> None:
    notebook = Notebook()
    workspace = open_workspace(notebook, 3)
    with pytest.raises(ChangeConflict):
        workspace.apply(set_score("9", "1"))
    assert notebook.changes == []
    assert workspace.outcome == compute_outcome(notebook.form)


def test_a_workspace_over_the_writer_keeps_edits_and_undo(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    form_id = writer.create(SAMPLE, "新建").id
    workspace = open_workspace(writer, form_id)
    change = set_value(workspace.outcome.form, SCORE, "1")
    assert change is not None
    edited = workspace.apply(change).form
    assert open_workspace(writer, form_id).outcome.form == edited
    workspace.apply(invert(change))
    assert writer.load(form_id) == SAMPLE
    assert writer.close(20)


def test_a_new_form_is_the_template_s() -> None:
    form = new_form(TEMPLATE, "甲局")
    assert (form.cover.unit, form.cover.year) == ("甲局", TEMPLATE.year)
    assert new_form(TEMPLATE, "甲局", "2025").cover.year == "2025"
    assert form.indicators == TEMPLATE.indicator_table.indicators


def test_a_copy_is_the_same_form_of_another_year_without_what_a_paper_stated() -> None:
    copy = copy_form(SAMPLE, "2025")
    assert replace(copy, cover=SAMPLE.cover, stated=SAMPLE.stated) == SAMPLE
    assert (copy.cover.unit, copy.cover.year, copy.stated) == (SAMPLE.cover.unit, "2025", Stated())
    assert copy_form(SAMPLE, "2025", "乙局").cover.unit == "乙局"


class RandomUser(RuleBasedStateMachine):
    """Someone who does anything, takes back and does again; the notebook's changes always lead to what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.notebook = Notebook(SAMPLE)
        self.workspace = open_workspace(self.notebook, 3)
        self.done: list[Change] = []
        self.undone: list[Change] = []

    @property
    def form(self) -> Form:
        return self.workspace.outcome.form

    def do(self, change: Change | None) -> None:
        if change is not None:
            self.workspace.apply(change)
            self.done.append(change)
            self.undone.clear()

    @rule(data=st.data(), text=st.text(max_size=8))
    def types(self, data: st.DataObject, text: str) -> None:
        row = data.draw(st.sampled_from(self.form.indicators))
        name = data.draw(st.sampled_from(["score", "weight", "actual", "name"]))
        self.do(set_value(self.form, Place("indicators", row.key, name), text))

    @rule(data=st.data(), table=st.sampled_from(["duties", "problems"]), text=st.text(max_size=8))
    def adds_an_item(self, data: st.DataObject, table: TableName, text: str) -> None:
        self.do(add_row(self.form, table, data.draw(st.integers(0, len(rows_of(self.form, table)))), text=text))

    @rule(data=st.data())
    def adds_an_indicator(self, data: st.DataObject) -> None:
        self.do(add_indicator(self.form, data.draw(st.sampled_from(self.form.groups)).key))

    @rule(data=st.data(), table=st.sampled_from(["duties", "budget", "indicators"]))
    def removes(self, data: st.DataObject, table: TableName) -> None:
        keys = [row.key for row in rows_of(self.form, table) if can_remove(self.form, table, row.key)]
        if keys:
            self.do(remove_row(self.form, table, data.draw(st.sampled_from(keys))))

    @rule(data=st.data(), table=st.sampled_from(["duties", "budget", "indicators"]), step=st.sampled_from([-1, 1]))
    def moves(self, data: st.DataObject, table: TableName, step: int) -> None:
        if rows := rows_of(self.form, table):
            self.do(move_row(self.form, table, data.draw(st.sampled_from(rows)).key, step))

    @rule(data=st.data(), applies=st.booleans())
    def sets_aside(self, data: st.DataObject, applies: bool) -> None:
        self.do(set_applies(self.form, data.draw(st.sampled_from(self.form.indicators)).key, applies=applies))

    @precondition(lambda self: self.done)
    @rule()
    def undoes(self) -> None:
        change = self.done.pop()
        self.workspace.apply(invert(change))
        self.undone.append(change)

    @precondition(lambda self: self.undone)
    @rule()
    def redoes(self) -> None:
        change = self.undone.pop()
        self.workspace.apply(change)
        self.done.append(change)

    @invariant()
    def what_was_submitted_leads_to_what_is_shown(self) -> None:
        form = SAMPLE
        for _, change in self.notebook.changes:
            form = apply_change(form, change)
        assert form == self.form

    @invariant()
    def rows_of_a_group_stand_together(self) -> None:
        groups = [row.group for row in self.form.indicators]
        assert groups == sorted(groups, key=groups.index)

    def teardown(self) -> None:
        while self.done:
            self.workspace.apply(invert(self.done.pop()))
        assert self.form == SAMPLE


TestRandomUser = RandomUser.TestCase
TestRandomUser.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
