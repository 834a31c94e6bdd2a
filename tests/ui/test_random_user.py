"""A random user: whatever is done in whichever order, the window shows the stored form, and undo leads back to the start."""

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton

from app.editing.workspace import Outcome, compute_outcome
from app.form.form import value_at
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.form.rows import Place, TableName
from app.form.template import BudgetBlock, IndicatorBlock, ItemsBlock
from app.ui.face import Faces
from app.ui.faces.budget import budget_faces
from app.ui.faces.explain import show_figure
from app.ui.faces.indicators import indicator_faces
from app.ui.faces.items import items_faces
from app.ui.faces.marks import with_findings
from tests.ui.user import ALT, CTRL, LABELS, NO_KEYS, Key, User

TABLES: tuple[TableName, ...] = ("duties", "budget", "indicators", "achievements", "problems", "measures")
FIELDS = tuple(Place("cover" if name in ("unit", "year") else "staffing", "", name) for name in LABELS)
TEXTS = ("", "0", "1", "9.5", "９。５", "abc", "100%", "155 万元", "=1+1", "职能\n二", "\x07甲", "-3", "1e5")
KEYS = {
    "clear": (Key.Key_Delete, NO_KEYS),
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
    st.sampled_from(["type", "type", "type", "field", *KEYS, "switch", "undo", "undo", "redo", "tab"]),
    st.integers(0, 10_000),
    st.sampled_from(TEXTS),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, min_size=1, max_size=8))
def test_the_window_always_shows_the_stored_form(user: User, done: list[Step]) -> None:
    start = load_form(resource("samples", "rugao-2024.json"))
    entry = user.program.writer.create(start, "新建")
    user.program.commands.open_form(entry.id)
    for step in done:
        act(user, step)
        check(user)
    end = user.form
    while user.session.undo_stack.canUndo():
        user.session.undo_stack.undo()
    check(user)
    assert user.form == start
    while user.session.undo_stack.canRedo():
        user.session.undo_stack.redo()
    check(user)
    if all(step.kind not in ("undo", "redo") for step in done):
        assert user.form == end


def act(user: User, step: Step) -> None:
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
        case kind:
            place = some_cell(user, step.number)
            if place is None:
                return
            user.go_to(place)
            if kind == "type":
                type_text(user, step.text)
                user.press(Key.Key_Return)
            elif kind == "switch":
                switch(user, place)
            else:
                user.press(*KEYS[kind])


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
    outcome = compute_outcome(form)
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
    assert user.window.windowTitle().startswith(f"{form.cover.unit} {form.cover.year} 年")


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
