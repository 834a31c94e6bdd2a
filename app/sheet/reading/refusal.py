"""Why a file can't be read: a closed list. `sentences` says each in words.

Decides nothing; whoever finds a reason raises it as a Refusal.
"""

from enum import Enum


class Reason(Enum):
    """Each has its sentence in `sentences.REASONS`, by its name."""

    # what the file is
    EMPTY = "empty"
    TOO_LARGE = "too large"
    OLD_WORD = "old word"
    BINARY_WORKBOOK = "binary workbook"
    OLD_WORKBOOK = "old workbook"
    STRICT = "strict"
    OPEN_DOCUMENT = "open document"
    OFD = "ofd"
    PRESENTATION = "presentation"
    OTHER_OFFICE = "other office"
    ENCRYPTED = "encrypted"
    PAGE_OF_WEB = "page of web"
    TEXT = "text"
    PICTURE = "picture"
    SCANNED = "scanned"
    ARCHIVE = "archive"
    RAR = "rar"
    SEVEN_ZIP = "seven zip"
    UNKNOWN = "unknown"
    # what is wrong with it
    BROKEN = "broken"
    UNSAFE = "unsafe"
    BLOATED = "bloated"
    DOCTYPE = "doctype"
    MISPLACED = "misplaced"
    FAR = "far"
    TOO_MUCH = "too much"
    NOTHING = "nothing"
    # what reading it came to
    SLOW = "slow"
    HUNGRY = "hungry"
    STOPPED = "stopped"
    NOT_STARTED = "not started"


class Refusal(Exception):
    """A file that is not read. ``place`` says where in it ("Sheet1!XFD1048576"), "" for the whole."""

    def __init__(self, reason: Reason, place: str = "") -> None:
        super().__init__(reason.value, place)
        self.reason = reason
        self.place = place
