"""The settings as one value, each with what it is unless somebody says otherwise.

Decides defaults only. Labels and limits of each are `fields`'s, the text in a file is `reading`'s and `writing`'s.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.editing.preferences import captions


class Digits(StrEnum):
    """How the window writes figures that it computed."""

    PLAIN = "plain"
    GROUPED = "grouped"


class Scheme(StrEnum):
    """Light, dark, or as the system is."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Opening(StrEnum):
    """What the window shows first."""

    LAST = "last"
    START = "start"


@dataclass(frozen=True, slots=True)
class Profile:
    """The unit and who answers for its forms; ``finaliser`` is offered at 定稿."""

    unit: str = ""
    code: str = ""
    person: str = ""
    phone: str = ""
    head: str = ""
    finaliser: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A bureau that forms are sent to; ``is_usual``: a new letter is addressed to it."""

    name: str
    mailbox: str
    is_usual: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """What a letter is begun with; subject and text with placeholders such as {单位}, ``attached`` the endings of files."""

    addresses: tuple[Address, ...] = ()
    copy: str = ""
    subject: str = captions.USUAL_SUBJECT
    text: str = captions.USUAL_TEXT
    attached: tuple[str, ...] = (".xlsx", ".pdf")


@dataclass(frozen=True, slots=True)
class Margins:
    """Of the paper, in millimetres."""

    top: Decimal = Decimal(20)
    bottom: Decimal = Decimal(18)
    left: Decimal = Decimal(16)
    right: Decimal = Decimal(16)


@dataclass(frozen=True, slots=True)
class Copies:
    """Backups: minutes between two, and the folder of the second copies, "" for none."""

    interval: Decimal = Decimal(30)
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Display:
    """How the window looks (``points``: the size of its letters) and what it opens with."""

    scheme: Scheme = Scheme.SYSTEM
    points: Decimal = Decimal(10)
    digits: Digits = Digits.PLAIN
    opening: Opening = Opening.LAST


@dataclass(frozen=True, slots=True)
class Preferences:
    """All of them; each attribute is a page of the dialog and a part of the file."""

    profile: Profile = field(default_factory=Profile)
    post: Post = field(default_factory=Post)
    margins: Margins = field(default_factory=Margins)
    copies: Copies = field(default_factory=Copies)
    display: Display = field(default_factory=Display)
