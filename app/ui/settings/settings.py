"""The settings of the running program: found at the start, gone by, changed in the dialog, kept in the data folder.

Decides what each of them is applied to. What they may be is `app.editing.preferences`'s.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from app.editing.preferences.keeping import Found, find_preferences, store_preferences
from app.editing.preferences.preferences import Digits, Display, Post, Preferences
from app.form.failure import AppError
from app.models.state import now
from app.ui.faces.digits import set_grouped
from app.ui.look.appearance import Scheme, apply_appearance
from app.ui.menus import add_separator, add_writing_entry
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.ui.settings.dialog import SettingsDialog

SECONDS: Final = 60
MAIL: Final = ("mail/to", "mail/copy", "mail/subject", "mail/text", "mail/attached")

Arrange = Callable[[float, Path | None], object]


def open_settings(application: QApplication, folder: Path, ini: QSettings) -> Found:
    """The settings of a data folder, and the application looking as they say, before there is a window."""
    found = find_preferences(folder, now())
    if not found.is_stored and any(ini.contains(key) for key in MAIL):
        found = Found(take_over(ini))
        with suppress(AppError):  # then it is taken over at the next start
            store_preferences(folder, found.preferences)
    apply_display(application, found.preferences.display)
    return found


def take_over(ini: QSettings) -> Preferences:
    """What letters were begun with before there were settings."""
    from app.editing.preferences.learning import learn_post  # noqa: PLC0415  # once in the life of a data folder
    from app.ui.actions.mailing import list_addresses  # noqa: PLC0415  # the same

    usual = Post()
    kinds = " ".join(usual.attached)
    defaults = ("", usual.copy, usual.subject, usual.text, kinds)
    to, copy, subject, text, attached = (str(ini.value(key, each)) for key, each in zip(MAIL, defaults, strict=True))
    letter = Post(list_addresses(to), copy, subject, text, tuple(attached.split()))
    return Preferences(post=learn_post(usual, letter))


def apply_display(application: QApplication, display: Display) -> None:
    """Have the whole program look so; what is shown already is to be written anew."""
    set_grouped(is_grouped=display.digits is Digits.GROUPED)
    apply_appearance(application, Scheme(display.scheme.value), int(display.points))


class Settings(QObject):
    """Remembers the data folder, and the window that goes by the settings."""

    def __init__(self, window: MainWindow, folder: Path, found: Found, arrange: Arrange) -> None:
        """``arrange`` says how often backups are made, and where their second copies go."""
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._arrange = arrange
        window.preferences = found.preferences
        self._arrange_copies(found.preferences)
        if found.remark:
            self._say(found.remark)

    def add_entries(self) -> None:
        """The entry of the menu, below those that work on the form."""
        add_separator(self._window.menus.edit)
        add_writing_entry(self._window.menus.edit, "设置(&S)…", self.show, "Ctrl+,")

    def show(self) -> None:
        """The dialog."""
        from app.ui.asking import show_modal  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.settings.dialog import SettingsDialog  # noqa: PLC0415  # the same

        dialog = SettingsDialog(self._window.preferences, self._window)
        dialog.chosen.connect(lambda preferences: self._choose(dialog, preferences))
        show_modal(dialog)

    def store(self, preferences: Preferences) -> None:
        """Keep other settings and go by them. AppError when they can't be kept: then nothing changes."""
        store_preferences(self._folder, preferences)
        old = self._window.preferences
        if preferences.display != old.display:
            application = QApplication.instance()
            if isinstance(application, QApplication):
                apply_display(application, preferences.display)
        self._arrange_copies(preferences)
        self._window.take_preferences(preferences)

    def learn(self, preferences: Preferences) -> None:
        """Keep what was learnt by the way; where that fails, the settings are as they were and it is said."""
        try:
            self.store(preferences)
        except AppError as failure:
            self._window.say(str(failure))

    def _choose(self, dialog: "SettingsDialog", preferences: Preferences) -> None:
        try:
            self.store(preferences)
        except AppError as failure:
            dialog.show_problem(str(failure))
        else:
            dialog.accept()
            self._window.say("设置已保存")

    def _arrange_copies(self, preferences: Preferences) -> None:
        copies = preferences.copies
        self._arrange(float(copies.interval) * SECONDS, Path(copies.folder) if copies.folder else None)

    def _say(self, remark: str) -> None:
        from app.ui.settings.remark_bar import RemarkBar  # noqa: PLC0415  # only when something is wrong

        self._window.middle.add_bar(RemarkBar(remark), is_urgent=True)
