"""What other settings would change. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.editing.preferences.fields import FIELDS, Field, show, value_of
from app.editing.preferences.preferences import Preferences
from app.editing.preferences.reading import with_value


@dataclass(frozen=True, slots=True)
class Turn:
    """A setting that would be another one: what it is now and would be, in words."""

    field: Field
    old: str
    new: str


def compare_preferences(old: Preferences, new: Preferences) -> tuple[Turn, ...]:
    """Each setting that differs, in the order of the pages."""
    return tuple(
        Turn(field, show(field, value_of(old, field)), show(field, value_of(new, field)))
        for field in FIELDS
        if value_of(old, field) != value_of(new, field)
    )


def take_fields(old: Preferences, new: Preferences, fields: Iterable[Field]) -> Preferences:
    """The old settings with some of the new ones."""
    for field in fields:
        old = with_value(old, field, value_of(new, field))
    return old
