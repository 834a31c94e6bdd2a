"""The shelf: the stored forms, of which one is taken out and shown in the window.

Decides with what a form is opened: last year's beside it, as draft or final. Asks nothing but whether a form can be read.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.editing.workspace import Workspace
from app.form.failure import AppError
from app.form.form import Form
from app.models.state import FormEntry, Saved
from app.review.edition import Draft, Edition, Final
from app.ui.keeper import Keeper
from app.ui.window import TITLE, MainWindow


class Shelf(QObject):
    """Remembers window and store."""

    def __init__(self, window: MainWindow, keeper: Keeper, remember: Callable[[int], None]) -> None:
        """``remember`` hears which form is open."""
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._remember = remember
        window.forms.open_asked.connect(self.open_form)

    def refresh(self) -> None:
        """Show the stored forms as they are now."""
        session = self._window.session
        self._window.forms.show_entries(self._keeper.list_forms(), session.workspace.form_id if session else None)

    def open_form(self, form_id: int) -> None:
        """Open a stored form, unless it is open."""
        session = self._window.session
        if session is None or session.workspace.form_id != form_id:
            try:
                self._show(form_id, self._keeper.load(form_id))
            except AppError as failure:
                from app.ui.asking import say  # noqa: PLC0415  # not needed for the window to appear

                say(self._window, TITLE, str(failure))

    def reload(self) -> None:
        """Show what is stored now, after the store went back to a backup."""
        session = self._window.session
        self._window.close_form()
        if session is not None and any(each.id == session.workspace.form_id for each in self._keeper.list_forms()):
            self.open_form(session.workspace.form_id)
        else:
            self.refresh()

    def create(self, form: Form, note: str) -> None:
        """Store a new form and open it; ``note`` says in its history where it came from."""
        entry = self._keeper.create(form, note)
        self._show(entry.id, form)

    def _show(self, form_id: int, form: Form) -> None:
        entry = next(entry for entry in self._keeper.list_forms() if entry.id == form_id)
        workspace = Workspace(form_id, form, self._keeper, self._load_last(entry))
        self._window.open_session(workspace, self._edition_of(entry))
        self._window.show_save_state(Saved(entry.edited_at))
        self._remember(form_id)
        self.refresh()

    def _load_last(self, entry: FormEntry) -> Form | None:
        """The same unit's form of the year before, for comparing; one that can't be read is none."""
        if not entry.year.isdecimal():  # no year, no year before: a form without one is nobody's last
            return None
        year = str(int(entry.year) - 1)
        found = (each for each in self._keeper.list_forms() if (each.unit, each.year) == (entry.unit, year))
        last = next(found, None)
        try:
            return self._keeper.load(last.id) if last else None
        except AppError:
            return None

    def _edition_of(self, entry: FormEntry) -> Edition:
        if entry.final is None:
            return Draft()
        version = next(each for each in self._keeper.versions(entry.id) if each.number == entry.final)
        return Final(version.number, version.by, version.at.isoformat(), version.digest)
