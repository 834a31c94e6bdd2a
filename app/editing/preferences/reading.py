"""The text of a file of settings → the settings, read strictly: what can't be used is said, and its default taken.

Decides what of a file counts. Never raises for what is in it.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NoReturn

from app.editing.preferences import captions, sentences
from app.editing.preferences.fields import (
    FIELDS,
    Book,
    Endings,
    Field,
    Kind,
    Number,
    Unfit,
    Value,
    read_book,
    read_endings,
    read_typed,
    show,
    value_of,
)
from app.editing.preferences.preferences import Address, Preferences
from app.form.text import excerpt

FORMAT_KEY: Final = "format"
_ADDRESS_KEYS: Final = {"name": str, "mailbox": str, "usual": bool}


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and a sentence for each thing in their file that could not be used."""

    preferences: Preferences
    complaints: tuple[str, ...] = ()


def read_preferences(text: str) -> Loaded:
    """What a file of settings says; settings that it does not name have their defaults."""
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        reason = excerpt(str(error), 80) or type(error).__name__
        return Loaded(Preferences(), (sentences.UNREADABLE.format(reason=reason),))
    preferences, complaints = Preferences(), list(_strangers(document))
    for field in FIELDS:
        page = document.get(field.page)
        if not isinstance(page, dict) or field.name not in page:
            continue
        try:
            preferences = with_value(preferences, field, _read(field.kind, page[field.name]))
        except Unfit as unfit:
            complaints.append(_complain(field, unfit))
    return Loaded(preferences, tuple(complaints))


def holds_preferences(text: str) -> bool:
    """Whether a text is a file of settings at all, so that another one is not taken for an empty one."""
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError, ArithmeticError):
        return False
    return FORMAT_KEY in document and not document.keys().isdisjoint(captions.PAGES)


def with_value(preferences: Preferences, field: Field, value: Value) -> Preferences:
    """The settings with one of them changed."""
    page = replace(getattr(preferences, field.page), **{field.name: value})
    return replace(preferences, **{field.page: page})


def _strangers(document: dict[str, object]) -> Iterator[str]:
    """What is in the file under no name that is known."""
    known = {field.key for field in FIELDS}
    for name, page in document.items():
        if name == FORMAT_KEY:
            continue
        if name not in captions.PAGES or not isinstance(page, dict):
            yield sentences.UNKNOWN.format(name=excerpt(name, 40))
            continue
        for inner in page:
            if f"{name}.{inner}" not in known:
                yield sentences.UNKNOWN.format(name=excerpt(f"{name}.{inner}", 40))


def _read(kind: Kind, raw: object) -> Value:
    match kind:
        case Book():
            return read_book(_read_address(each) for each in _list(raw))
        case Endings():
            return read_endings(text if isinstance(text, str) else _refuse() for text in _list(raw))
        case Number():
            if type(raw) is not int and not (isinstance(raw, Decimal) and raw.is_finite()):
                _refuse()
            return read_typed(kind, str(raw))
        case _:
            return read_typed(kind, raw if isinstance(raw, str) else _refuse())


def _list(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else _refuse()


def _read_address(raw: object) -> Address:
    if not isinstance(raw, dict) or raw.keys() != _ADDRESS_KEYS.keys():
        _refuse()
    if any(type(raw[name]) is not kind for name, kind in _ADDRESS_KEYS.items()):
        _refuse()
    return Address(raw["name"], raw["mailbox"], raw["usual"])


def _refuse() -> NoReturn:
    raise Unfit(sentences.WRONG_KIND)


def _complain(field: Field, unfit: Unfit) -> str:
    name = f"{captions.PAGES[field.page]}·{captions.LABELS[field.key]}"
    default = excerpt(show(field, value_of(Preferences(), field)), 30)
    return sentences.DEFAULTED.format(name=name, reason=unfit, default=default)
