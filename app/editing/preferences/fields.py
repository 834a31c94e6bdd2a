"""Each setting once: where it stands, what kind it is, what it may be.

Decides whether what somebody typed, or a file says, can be a setting, and if not, why. Words are `captions`'s.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final, assert_never

from app.editing.preferences import captions, sentences
from app.editing.preferences.preferences import Address, Digits, Opening, Preferences, Scheme
from app.form.quantity import format_number
from app.form.text import excerpt, sanitise
from app.sheet.handover.addresses import is_mailbox

Value = str | Decimal | StrEnum | tuple[Address, ...] | tuple[str, ...]

_NUMBER: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)


class Unfit(ValueError):
    """This can't be the setting; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text in one line of at most so many characters."""

    most: int = 100


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of several lines."""

    most: int = 20_000


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two (inclusive), with so many decimals."""

    least: int
    most: int
    places: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few words."""

    words: type[StrEnum]


@dataclass(frozen=True, slots=True)
class Folder:
    """The whole path of a folder of whichever system, or nothing. Whether it is there is not known here."""


@dataclass(frozen=True, slots=True)
class Book:
    """Addresses of bureaus."""


@dataclass(frozen=True, slots=True)
class Endings:
    """Formats of files."""


Kind = Line | Passage | Number | Option | Folder | Book | Endings


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: the part of `Preferences` it belongs to, its name there, its kind."""

    page: str
    name: str
    kind: Kind

    @property
    def key(self) -> str:
        """Its name among all: "margins.top"."""
        return f"{self.page}.{self.name}"


# A printer leaves some 4 mm blank; the marking and the page number stand in half a margin.
MARGIN: Final = Number(8, 50, places=1)

FIELDS: Final = (
    Field("profile", "unit", Line()),
    Field("profile", "code", Line(30)),
    Field("profile", "person", Line(30)),
    Field("profile", "phone", Line(40)),
    Field("profile", "head", Line(30)),
    Field("profile", "finaliser", Line(30)),
    Field("post", "addresses", Book()),
    Field("post", "copy", Line(2000)),
    Field("post", "subject", Line(500)),
    Field("post", "text", Passage()),
    Field("post", "attached", Endings()),
    Field("margins", "top", MARGIN),
    Field("margins", "bottom", MARGIN),
    Field("margins", "left", MARGIN),
    Field("margins", "right", MARGIN),
    Field("copies", "interval", Number(5, 240)),
    Field("copies", "folder", Folder()),
    Field("display", "scheme", Option(Scheme)),
    Field("display", "points", Number(9, 16)),
    Field("display", "digits", Option(Digits)),
    Field("display", "opening", Option(Opening)),
)


def value_of(preferences: Preferences, field: Field) -> Value:
    """One setting out of all."""
    value: Value = getattr(getattr(preferences, field.page), field.name)
    return value


def read_typed(kind: Line | Passage | Number | Option | Folder, text: str) -> Value:
    """The setting that a text stands for. Unfit when it stands for none."""
    match kind:
        case Line(most):
            return _shorter(sanitise(text, is_multiline=False).text.strip(), most)
        case Passage(most):
            return _shorter(sanitise(text).text, most)
        case Number():
            return _read_number(kind, text)
        case Option(words):
            if text not in {word.value for word in words}:
                raise Unfit(sentences.NO_CHOICE.format(text=excerpt(text)))
            return words(text)
        case Folder():
            path = sanitise(text, is_multiline=False).text.strip()
            if path and not (PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()):
                raise Unfit(sentences.NO_PATH)
            return _shorter(path, 1000)
        case _:
            assert_never(kind)


def read_book(rows: Iterable[Address]) -> tuple[Address, ...]:
    """Addresses as they were typed, blank lines left out. Unfit when one is no address."""
    found: dict[str, Address] = {}
    for number, row in enumerate(rows, 1):
        name, mailbox = (sanitise(text, is_multiline=False).text.strip() for text in (row.name, row.mailbox))
        if not name and not mailbox:
            continue
        if not is_mailbox(mailbox):
            raise Unfit(sentences.NO_MAILBOX.format(number=number, text=excerpt(mailbox or name, 40)))
        if mailbox.lower() in found:
            raise Unfit(sentences.TWICE.format(number=number, text=excerpt(mailbox, 40)))
        found[mailbox.lower()] = Address(_shorter(name, 100), _shorter(mailbox, 200), row.is_usual)
    return tuple(found.values())


def read_endings(texts: Iterable[str]) -> tuple[str, ...]:
    """Formats in their usual order. Unfit when there is none of that name."""
    wanted = set(texts)
    for text in sorted(wanted - captions.ENDINGS.keys()):
        raise Unfit(sentences.NO_ENDING.format(text=excerpt(text)))
    return tuple(ending for ending in captions.ENDINGS if ending in wanted)


def show(field: Field, value: Value) -> str:
    """A setting in words."""
    match field.kind:
        case Number():
            return f"{write_typed(value)} {captions.UNITS[field.key]}"
        case Option():
            return captions.CHOICES[field.key][str(value)]
        case Book():
            book = value if isinstance(value, tuple) else ()
            return "\n".join(_show_address(each) for each in book if isinstance(each, Address)) or captions.NOTHING
        case Endings():
            endings = value if isinstance(value, tuple) else ()
            return "、".join(captions.ENDINGS[str(each)] for each in endings) or captions.NOTHING
        case Line() | Passage() | Folder():
            return str(value) or captions.NOTHING
        case _:
            assert_never(field.kind)


def write_typed(value: Value) -> str:
    """The text that stands for a setting of one of the typed kinds."""
    return format_number(value) if isinstance(value, Decimal) else str(value)


def write_address(address: Address) -> str:
    """As one writes it in a letter: 财政局 <a@b.cn>."""
    return f"{address.name} <{address.mailbox}>" if address.name else address.mailbox


def _show_address(address: Address) -> str:
    return write_address(address) + (captions.USUAL if address.is_usual else "")


def _shorter(text: str, most: int) -> str:
    if len(text) > most:
        raise Unfit(sentences.TOO_LONG.format(most=most, length=len(text)))
    return text


def _read_number(kind: Number, text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _NUMBER.fullmatch(plain):
        raise Unfit(sentences.NO_NUMBER.format(least=kind.least))
    value = Decimal(plain).normalize()
    if not kind.least <= value <= kind.most:
        raise Unfit(sentences.OUT_OF_RANGE.format(least=kind.least, most=kind.most))
    if value != round(value, kind.places):
        raise Unfit(sentences.TOO_MANY_PLACES if kind.places else sentences.NO_FRACTION)
    return round(value, kind.places) if kind.places else Decimal(int(value))
