"""The other years of a unit, for the charts: read from the store one form at a time between the user's events.

Decides when a form is read again. What is compared of it is `app.sheet.chart.years`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.form.failure import AppError
from app.models.state import FormEntry
from app.scoring.assessment import assess
from app.sheet.chart.years import Year, year_of
from app.ui.keeper import Keeper

UNREADABLE: Final = "有 {count} 张其他年度的表无法读取"


class Years(QObject):
    """Remembers the figures of forms that were read. ``told`` whenever there are more of them."""

    told = Signal()

    def __init__(self, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._known: dict[tuple[int, datetime], Year | None] = {}
        self._wanted: tuple[FormEntry, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._read_next)

    def ask(self, unit: str, form_id: int) -> None:
        """Have the unit's forms read, all but the open one; `found` has what is known already."""
        self._wanted = other_forms(self._keeper.list_forms, unit, form_id)
        self._timer.start()

    @property
    def found(self) -> tuple[Year, ...]:
        """The figures of those that are read."""
        return tuple(year for each in self._wanted if (year := self._known.get(_key(each))) is not None)

    @property
    def is_reading(self) -> bool:
        """Whether there are more to be read."""
        return any(_key(each) not in self._known for each in self._wanted)

    @property
    def remark(self) -> str:
        """What is to be said of forms that can't be read."""
        count = sum(self._known.get(_key(each), each) is None for each in self._wanted)
        return UNREADABLE.format(count=count) if count else ""

    def _read_next(self) -> None:
        entry = next((each for each in self._wanted if _key(each) not in self._known), None)
        if entry is None:
            self._timer.stop()
            return
        self._known[_key(entry)] = _read(self._keeper, entry)
        self.told.emit()


def other_forms(list_forms: Callable[[], tuple[FormEntry, ...]], unit: str, form_id: int) -> tuple[FormEntry, ...]:
    """The stored forms of a unit but one."""
    name = unit.strip()
    return tuple(each for each in list_forms() if name and each.unit.strip() == name and each.id != form_id)


def read_years(keeper: Keeper, unit: str, form_id: int) -> tuple[Year, ...]:
    """The figures of a unit's other forms, at once; those that can't be read are left out."""
    read = (_read(keeper, each) for each in other_forms(keeper.list_forms, unit, form_id))
    return tuple(year for year in read if year is not None)


def _read(keeper: Keeper, entry: FormEntry) -> Year | None:
    try:
        form = keeper.load(entry.id)
    except AppError:
        return None
    return year_of(form, assess(form))


def _key(entry: FormEntry) -> tuple[int, datetime]:
    """A form as it was at a time."""
    return entry.id, entry.edited_at
