"""文件 → 提取上年: a new year's form out of the one that is open, or of a stored one that is asked for."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from app.form.failure import AppError
from app.form.form import Form
from app.models.state import FormEntry
from app.ui.asking import say, show_modal
from app.ui.faces.naming import name_form, name_year
from app.ui.keeper import Keeper
from app.ui.menus import add_writing_entry
from app.ui.window import TITLE, MainWindow

NOTHING: Final = "还没有自评价表可以提取；上一年的表若在文件里，请先导入"


class Rolling(QObject):
    """Remembers window and store, and how forms are made."""

    def __init__(
        self,
        window: MainWindow,
        keeper: Keeper,
        create: Callable[[Form, str], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._create = create
        add_writing_entry(window.menus.file, "提取上年(&L)…", self.roll)

    def roll(self) -> None:
        """Ask what comes along and open the new form."""
        from app.editing.planning.rollover import roll_over  # noqa: PLC0415  # not needed for the window to appear
        from app.editing.sentences import COPIED  # noqa: PLC0415  # the same
        from app.form.reading.loader import bundled_codes, load_template  # noqa: PLC0415  # the same
        from app.ui.dialogs.rollover_dialog import RolloverDialog  # noqa: PLC0415  # the same

        last = self._choose_last()
        if last is None:
            return
        years = [entry.year for entry in self._keeper.list_forms() if entry.unit == last.cover.unit]
        dialog = RolloverDialog(last, [load_template(code) for code in bundled_codes()], years, self._window)
        if show_modal(dialog):
            form = roll_over(last, dialog.year.text().strip(), dialog.choice, dialog.template.currentData())
            self._create(form, COPIED.format(unit=last.cover.unit, year=last.cover.year))
            self._window.say(f"已从 {name_year(last.cover.year)}的表提取，新表为 {name_year(form.cover.year)}")

    def _choose_last(self) -> Form | None:
        """The open form, or else a stored one; None when there is none or the user thought better of it."""
        session, entries = self._window.session, self._keeper.list_forms()
        if session is not None:
            return session.outcome.form
        if not entries:
            self._window.say(NOTHING)
            return None
        names = [f"{number}. {name_form(entry.unit, entry.year)}" for number, entry in enumerate(entries, 1)]
        name, is_chosen = QInputDialog.getItem(self._window, "提取上年", "从哪一份表提取：", names, 0, False)  # noqa: FBT003  # Qt's own signature
        return self._load(entries[names.index(name)]) if is_chosen else None

    def _load(self, entry: FormEntry) -> Form | None:
        try:
            return self._keeper.load(entry.id)
        except AppError as failure:
            say(self._window, TITLE, str(failure))
            return None
