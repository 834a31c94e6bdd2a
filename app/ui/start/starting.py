"""文件 → 开始页: what the start page asks for is done by those who do it from the menus; the example is opened on request.

Decides what is shown on the page. The scores of the recent forms are computed one by one while nothing else is to be done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.editing import sentences
from app.editing.forms import is_example
from app.editing.workspace import Outcome, compute_outcome
from app.form.failure import AppError
from app.form.resources import resource
from app.models.state import FormEntry
from app.ui.keeper import Keeper
from app.ui.menus import add_entry
from app.ui.start.example_bar import ExampleBar
from app.ui.start.recent import order_recent
from app.ui.start.shelf import Shelf
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.ui.start.start_page import StartPage

SAMPLE: Final = ("samples", "rugao-2024.json")


def _nothing(*_wanted: object) -> None:
    """Nobody can take a way before there is one."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How a form comes into being and goes: new, from last year's, from a file that is asked for or given; deleted."""

    new: Callable[[], object] = _nothing
    delete: Callable[[FormEntry], object] = _nothing
    roll: Callable[[], object] = _nothing
    choose_file: Callable[[], object] = _nothing
    take: Callable[[Path], object] = _nothing


class Starting(QObject):
    """Remembers window and store, the page once it was shown, and which form was open last."""

    def __init__(self, window: MainWindow, keeper: Keeper, shelf: Shelf) -> None:
        """``ways`` are given once there are any: nobody can take one before."""
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._shelf = shelf
        self.ways = Ways()
        self._page: StartPage | None = None
        self._last: int | None = None
        self._left: list[FormEntry] = []
        self._known: dict[FormEntry, Outcome] = {}
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._assess_next)
        self._bar: ExampleBar | None = None
        self.may_write = True
        window.middle.make_start_page = self._make_page
        window.form_shown.connect(self._on_form_shown)
        window.forms.listed.connect(self._on_listed)

    def add_entry(self) -> None:
        """The entry of the menu."""
        add_entry(self._window.menus.file, "开始页(&H)", self.show)

    def show(self) -> None:
        """Let the open form go (it is saved already) and show the page."""
        self._window.close_form()
        self._shelf.refresh()
        if self._page is not None:
            self._page.setFocus()

    def open_example(self) -> None:
        """Open the example; it is stored the first time."""
        entry = next((each for each in self._keeper.list_forms() if is_example(each)), None)
        if entry is not None:
            self._shelf.open_form(entry.id)
            return
        from app.form.reading.interchange import load_form  # noqa: PLC0415  # not needed for the window to appear

        self._shelf.create(load_form(resource(*SAMPLE)), sentences.EXAMPLE)

    def _make_page(self) -> QWidget:
        from app.ui.start.start_page import StartPage  # noqa: PLC0415  # not needed when a form opens at the start

        page = self._page = StartPage()
        page.new_asked.connect(lambda: self.ways.new())  # noqa: PLW0108  # the ways come later
        page.open_asked.connect(self._shelf.open_form)
        page.roll_asked.connect(lambda: self.ways.roll())  # noqa: PLW0108  # the ways come later
        page.import_asked.connect(lambda: self.ways.choose_file())  # noqa: PLW0108  # the ways come later
        page.example_asked.connect(self.open_example)
        page.dropped.connect(lambda path: self.ways.take(path))  # noqa: PLW0108  # the ways come later
        if not self.may_write:
            page.close_for_writing()
        return page

    def _on_form_shown(self) -> None:
        if self._window.session is not None:
            self._last = self._window.session.workspace.form_id
            self._idle.stop()

    def _on_listed(self, entries: tuple[FormEntry, ...]) -> None:
        self._show_bar(entries)
        if self._page is not None and self._window.session is None:
            self._render(self._page, entries)

    def _render(self, page: "StartPage", entries: tuple[FormEntry, ...]) -> None:
        recent = order_recent(entries)
        last = next((each for each in entries if each.id == self._last), next(iter(recent), None))
        page.show_forms(recent, last)
        self._left = list(recent)
        self._known = {each: known for each in recent if (known := self._known.get(each)) is not None}
        self._idle.start()

    def _assess_next(self) -> None:
        """Say of one more form how far it is; one that can't be read says so when it is opened."""
        if not self._left or self._page is None:
            self._idle.stop()
            return
        entry = self._left.pop(0)
        try:
            outcome = self._known.get(entry) or compute_outcome(self._keeper.load(entry.id))
        except AppError:
            return
        self._known[entry] = outcome
        self._page.show_state(entry, outcome)

    def _show_bar(self, entries: tuple[FormEntry, ...]) -> None:
        """The bar that says that the open form is the example."""
        session = self._window.session
        entry = next((each for each in entries if session and each.id == session.workspace.form_id), None)
        is_shown = entry is not None and is_example(entry) and self.may_write
        if is_shown and self._bar is None:
            self._bar = ExampleBar()
            self._bar.delete_asked.connect(self._delete_example)
            self._window.middle.add_bar(self._bar)
        if self._bar is not None:
            self._bar.setVisible(is_shown)

    def _delete_example(self) -> None:
        entry = next((each for each in self._keeper.list_forms() if is_example(each)), None)
        if entry is not None:
            self.ways.delete(entry)
