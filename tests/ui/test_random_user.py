"""A random user: whatever is done in whichever order, the window shows the stored form, and undo leads back to the start.

The number of examples comes from JIXIAO_EXAMPLES (30 unless set), so that the bench can ask for thousands.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton, QToolButton

from app.editing.past.history import form_at
from app.editing.planning.importing import plan_import, recognise_forms
from app.editing.restoring import restore_form
from app.editing.searching import Wanted, replace_all
from app.editing.workspace import Outcome, compute_outcome
from app.form.form import value_at
from app.form.reading.interchange import load_form, write_form
from app.form.resources import resource
from app.form.rows import Place, TableName
from app.form.template import BudgetBlock, IndicatorBlock, ItemsBlock
from app.scoring.assessment import assess
from app.sheet.layout import layout
from app.ui.face import Faces
from app.ui.faces.budget import budget_faces
from app.ui.faces.explain import show_figure
from app.ui.faces.indicators import indicator_faces
from app.ui.faces.items import items_faces
from app.ui.faces.marks import with_findings
from app.ui.faces.naming import name_form
from tests.ui.user import ALT, CTRL, LABELS, NO_KEYS, PATIENCE, Key, User

TABLES: tuple[TableName, ...] = ("duties", "budget", "indicators", "achievements", "problems", "measures")
LISTS: tuple[TableName, ...] = ("duties", "achievements", "problems", "measures")
FIELDS = tuple(Place("cover" if name in ("unit", "year") else "staffing", "", name) for name in LABELS)
TEXTS = ("", "0", "1", "9.5", "９。５", "abc", "100%", "155 万元", "=1+1", "职能\n二", "\x07甲", "-3", "1e5")
EXAMPLES = int(os.environ.get("JIXIAO_EXAMPLES", "30"))
BLOCKS = ("9", "1\t2", "甲\n乙\n丙", "5\t100%\n6\t\n", '"一\n二"\t＝1', "\t\t\n")
KEYS = {
    "clear": (Key.Key_Delete, NO_KEYS),
    "cut": (Key.Key_X, CTRL),
    "fill": (Key.Key_D, CTRL),
    "add": (Key.Key_Insert, CTRL),
    "remove": (Key.Key_Delete, CTRL),
    "up": (Key.Key_Up, ALT),
    "down": (Key.Key_Down, ALT),
}


@dataclass(frozen=True)
class Step:
    """One thing to do; the number chooses among what is there."""

    kind: str
    number: int
    text: str


steps = st.builds(
    Step,
    st.sampled_from(
        [
            *("type", "type", "type", "field", *KEYS, "paste", "paste", "take", "list", "switch", "replace", "restore"),
            *("import", "reopen", "undo", "undo", "redo", "tab"),
        ]
    ),
    st.integers(0, 10_000),
    st.sampled_from(TEXTS),
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=1, max_size=8))
def test_the_window_always_shows_the_stored_form(user: User, done: list[Step]) -> None:
    start = load_form(resource("samples", "rugao-2024.json"))
    entry = user.program.writer.create(start, "新建")
    user.program.shelf.open_form(entry.id)
    for step in done:
        act(user, step)
        check(user)
        if step.kind == "reopen":
            start = user.form
    end = user.form
    while user.session.undo_stack.canUndo():
        user.session.undo_stack.undo()
    check(user)
    assert write_form(user.form) == write_form(start)
    assert user.form == start
    while user.session.undo_stack.canRedo():
        user.session.undo_stack.redo()
    check(user)
    if all(step.kind not in ("undo", "redo") for step in done):
        assert user.form == end


def act(user: User, step: Step) -> None:
    if QApplication.focusWidget() is None:  # a busy machine activates the window late
        user.window.activateWindow()
        user.window.tabs.setFocus()
        user.bot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=PATIENCE)
    match step.kind:
        case "tab":
            tabs = user.window.tabs
            user.open_tab(tabs.tabText(step.number % tabs.count()))
        case "undo":
            user.undo()
        case "redo":
            user.redo()
        case "field":
            user.go_to(FIELDS[step.number % len(FIELDS)])
            user.press(Key.Key_A, CTRL)
            type_text(user, step.text)
        case "reopen":
            reopen(user)
        case "replace" | "restore" | "import":
            edit_whole(user, step)
        case "list":
            write_list(user, step)
        case _:
            place = some_cell(user, step.number)
            if place is not None:
                act_at(user, step, place)


def act_at(user: User, step: Step, place: Place) -> None:
    """What is done at a cell."""
    user.go_to(place)
    match step.kind:
        case "type":
            type_text(user, step.text)
            user.press(Key.Key_Return)
        case "switch":
            switch(user, place)
        case "paste":
            paste(user, step)
        case "take":
            take(user, place)
        case kind:
            user.press(*KEYS[kind])


def reopen(user: User) -> None:
    """Close the form and open it again from the disk."""
    form_id = user.session.workspace.form_id
    form = user.stored()
    user.window.close_form()
    user.program.shelf.open_form(form_id)
    assert user.form == form


def edit_whole(user: User, step: Step) -> None:
    """Edits of many places at once, each one step."""
    form = user.form
    match step.kind:
        case "replace":
            change = replace_all(form, Wanted(step.text[:1] or "1"), "替")
        case "restore":
            assert user.program.writer.flush(10)
            entries = user.program.writer.history(user.session.workspace.form_id)
            then = form_at(form, entries, 1 + step.number % len(entries))
            change = restore_form(form, then, datetime(2024, 1, 1, tzinfo=UTC))
        case _:
            grid = layout(form, assess(form))
            found = recognise_forms([grid], [form.template], form.template)
            change = plan_import(found[0], [grid], "表.xlsx", form).change if found else None
    if change is not None:
        user.session.edit(change)


def paste(user: User, step: Step) -> None:
    """Where rows would have to be added the question is answered."""
    block = BLOCKS[step.number % len(BLOCKS)]
    answer = ("增加", "只粘贴", "取消")[step.number % 3]

    def reply() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            buttons = [each for each in box.buttons() if each.text().startswith(answer)]
            (buttons[0] if buttons else box.buttons()[0]).click()

    QTimer.singleShot(0, reply)
    user.paste(block)
    QApplication.processEvents()


def take(user: User, place: Place) -> None:
    """采用 what is suggested for the row."""
    for button in user.view(place).findChildren(QPushButton):
        if button.text().startswith("采用") and button.isVisible() and button.isEnabled():
            user.click(button)
            return


def write_list(user: User, step: Step) -> None:
    """Write a list as one text, and go back to its table."""
    table = LISTS[step.number % len(LISTS)]
    user.open_tab_of(Place(table))
    view = user.view(Place(table))
    view.setFocus()
    user.push(Place(table), "连续编写")
    user.write(step.text.replace("\n", ""))
    user.press(Key.Key_Return)
    user.push(Place(table), "逐项表格")


def type_text(user: User, text: str) -> None:
    if text:
        user.compose(text)
    else:
        user.press(Key.Key_Delete)


def switch(user: User, place: Place) -> None:
    for button in user.view(place).findChildren(QToolButton):
        if button.text() == "适用/不适用" and button.isEnabled():
            user.click(button)


def some_cell(user: User, number: int) -> Place | None:
    """Any cell that can be typed in, of any table."""
    table = TABLES[number % len(TABLES)]
    user.open_tab_of(Place(table))
    faces = user.table(Place(table)).faces_model.faces
    places = [face.place for row in faces.rows for face in row if face.place is not None]
    return places[number // len(TABLES) % len(places)] if places else None


def check(user: User) -> None:
    """What is on the screen is what a window opened on the data file now would show."""
    form = user.stored()
    assert user.form == form
    # Examples leave their forms behind: one of them may be that of the year before.
    outcome = compute_outcome(form, user.session.outcome.last)
    tables = tuple(tables_of(outcome))
    for page in user.window.pages:
        for view in page.views if page.isVisible() else ():
            for table, faces in tables:
                if view.shows(Place(table)):
                    assert user.table(Place(table)).faces_model.faces == with_findings(faces, outcome)
            for place in FIELDS:
                if view.shows(place):
                    widget = user.field(place)
                    assert isinstance(widget, QLineEdit | QPlainTextEdit)
                    text = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
                    assert text == value_at(form, place)
    assert f"得分 {show_figure(outcome.assessment.score)}" in user.window.totals.score.text()
    assert user.window.windowTitle().startswith(name_form(form.cover.unit, form.cover.year))


def tables_of(outcome: Outcome) -> Iterator[tuple[TableName, Faces]]:
    """The tables of a form, computed afresh."""
    for block in outcome.form.template.blocks:
        match block:
            case IndicatorBlock():
                yield "indicators", indicator_faces(outcome, block)
            case BudgetBlock():
                yield "budget", budget_faces(outcome, block)
            case ItemsBlock():
                yield block.table, items_faces(outcome, block)
