"""查看 → 步骤: the strip follows the open form, and a click on a stage goes there.

Decides where a click leads and when the strip is shown. Remembers in the settings whether it is wanted, and for each
version when it was handed over from this computer.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QSettings

from app.models.state import now
from app.review.edition import Edition
from app.review.edition import Final as FinalEdition
from app.ui.guide.stages import StageName, list_stages
from app.ui.guide.strip import GuideStrip
from app.ui.menus import add_entry
from app.ui.window import MainWindow

SHOWN: Final = "guide"
SENT: Final = "sent/{number}-{code}"
CODE: Final = 32  # characters of the digest; enough to know a version by
NO_GAPS: Final = "已全部填写"


class Guiding(QObject):
    """Remembers window, settings and strip; ``ways`` are what the later stages do, given before anybody can click."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self.ways: Mapping[StageName, Callable[[], object]] = {}
        self.strip = GuideStrip()
        self.strip.hide()
        window.middle.add_bar(self.strip, takes_keys=False)
        self._is_wanted = settings.value(SHOWN, defaultValue=True, type=bool) is True
        self.strip.asked.connect(self._go)
        window.form_shown.connect(self._show)

    def add_entry(self) -> None:
        """The entry of the menu."""
        entry = add_entry(self._window.menus.view, "步骤(&S)", self._switch)
        entry.setCheckable(True)
        entry.setChecked(self._is_wanted)
        self.strip.hide_asked.connect(entry.trigger)

    def remember_sent(self, edition: Edition) -> None:
        """A version was handed over just now; drafts are not kept in mind."""
        if isinstance(edition, FinalEdition):
            self._settings.setValue(_key(edition), now().isoformat())
            self._show()

    def sent_at(self, edition: Edition) -> datetime | None:
        """When this very version was handed over from here; None when it was not."""
        said = self._settings.value(_key(edition)) if isinstance(edition, FinalEdition) else None
        try:
            return datetime.fromisoformat(str(said)) if said else None
        except ValueError:
            return None

    def _show(self) -> None:
        session = self._window.session
        is_wanted = session is not None and self._is_wanted
        if session is not None and is_wanted:
            self.strip.show_stages(list_stages(session.outcome, session.edition, self.sent_at(session.edition)))
        self.strip.setVisible(is_wanted)

    def _switch(self) -> None:
        self._is_wanted = not self._is_wanted
        self._settings.setValue(SHOWN, self._is_wanted)
        self._show()

    def _go(self, name: StageName) -> None:
        match name:
            case StageName.FILL:
                self._go_to_gap()
            case StageName.REVIEW:
                self._window.show_review()
            case _:
                self.ways[name]()

    def _go_to_gap(self) -> None:
        assessment = self._window.session.outcome.assessment if self._window.session else None
        if assessment is None:
            return
        if assessment.unfilled:
            self._window.go_to_gap()
        elif assessment.misread:
            self._window.reveal(assessment.misread[0].place)
        else:
            self._window.say(NO_GAPS)


def _key(edition: FinalEdition) -> str:
    return SENT.format(number=edition.number, code=edition.digest[:CODE])
