"""What a file is, by its first bytes. Its name is never asked: .xls files that are web pages are common.

Decides which reader may try; what a zip archive or a compound file holds is for those who open it.
"""

import re
from enum import Enum
from typing import Final

from app.sheet.reading.refusal import Reason, Refusal

HEAD: Final = 4096  # bytes that are enough to tell

_MAGIC: Final = (
    (b"Rar!\x1a\x07", Reason.RAR),
    (b"7z\xbc\xaf\x27\x1c", Reason.SEVEN_ZIP),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"\xfd7zXZ\x00", Reason.ARCHIVE),
    (b"\x89PNG\r\n\x1a\n", Reason.PICTURE),
    (b"\xff\xd8\xff", Reason.PICTURE),
    (b"GIF8", Reason.PICTURE),
    (b"II*\x00", Reason.PICTURE),
    (b"MM\x00*", Reason.PICTURE),
    # A bare stream of records: Excel 2 to 4.
    (b"\x09\x00\x04\x00", Reason.OLD_WORKBOOK),
    (b"\x09\x02\x06\x00", Reason.OLD_WORKBOOK),
    (b"\x09\x04\x06\x00", Reason.OLD_WORKBOOK),
)
_MARKUP: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|style|script|div|\?xml|!--)|mime-version:", re.IGNORECASE
)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class Family(Enum):
    """What a reader of ours may open."""

    ZIP = "zip"
    COMPOUND = "compound"
    PDF = "pdf"
    JSON = "json"
    HTML = "html"  # of the clipboard; no file is one


def sniff(head: bytes) -> Family:
    """The family of a file that begins with ``head`` (as much as there is, up to HEAD bytes). Refusal for all others."""
    if not head:
        raise Refusal(Reason.EMPTY)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Family.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Family.COMPOUND
    if b"%PDF-" in head[:1024]:
        return Family.PDF
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise Refusal(reason)
    return _sniff_text(head)


def _sniff_text(head: bytes) -> Family:
    text = _decode(head)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{\\rtf"):
        raise Refusal(Reason.OLD_WORD)
    if start.startswith("{"):
        return Family.JSON
    if _MARKUP.match(start):
        raise Refusal(Reason.PAGE_OF_WEB)
    if not start and "\0" not in text:
        raise Refusal(Reason.EMPTY)
    strange = sum(character < " " and character not in "\t\r\n\f" for character in text)
    raise Refusal(Reason.UNKNOWN if strange else Reason.TEXT)


def _decode(head: bytes) -> str:
    """As text, in whichever encoding: only what ASCII says of it matters."""
    if head.startswith(_UTF16):
        return head.decode("utf-16", errors="replace")
    return head.decode("latin-1")
