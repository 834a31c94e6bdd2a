"""文件 → 提取上年: a new year's form out of the one that is open."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.form.form import Form
from app.models.state import FormEntry
from app.ui.menus import add_writing_entry
from app.ui.window import MainWindow


class Rolling(QObject):
    """Remembers the window and how forms are listed and made."""

    def __init__(
        self,
        window: MainWindow,
        list_forms: Callable[[], tuple[FormEntry, ...]],
        create: Callable[[Form, str], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._list_forms = list_forms
        self._create = create
        add_writing_entry(window.menus.file, "提取上年(&L)…", self.roll)

    def roll(self) -> None:
        """Ask what comes along and open the new form."""
        from app.editing.planning.rollover import roll_over  # noqa: PLC0415  # not needed for the window to appear
        from app.editing.sentences import COPIED  # noqa: PLC0415  # the same
        from app.form.reading.loader import bundled_codes, load_template  # noqa: PLC0415  # the same
        from app.ui.dialogs.rollover_dialog import RolloverDialog  # noqa: PLC0415  # the same

        session = self._window.session
        if session is None:
            self._window.say("请先打开上一年的自评价表，再提取")
            return
        last = session.outcome.form
        years = [entry.year for entry in self._list_forms() if entry.unit == last.cover.unit]
        dialog = RolloverDialog(last, [load_template(code) for code in bundled_codes()], years, self._window)
        if dialog.exec():
            form = roll_over(last, dialog.year.text().strip(), dialog.choice, dialog.template.currentData())
            self._create(form, COPIED.format(unit=last.cover.unit, year=last.cover.year))
            self._window.say(f"已从 {last.cover.year} 年的表提取，新表为 {form.cover.year} 年")
        dialog.deleteLater()
