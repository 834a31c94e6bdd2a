"""A mail draft as an .eml file: opened by a mail program it is a letter ready to be sent, with the files attached.

Decides headers and encodings (RFC 5322, 2045, 2047, 2231). Sends nothing and knows no form; the text is given.
"""

import base64
import mimetypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.header import Header
from email.utils import formataddr, parseaddr
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from app.form.text import sanitise
from app.sheet.handover.addresses import is_mailbox

_BOUNDARY: Final = "=_jixiao_{number}_"
_LINE: Final = 76
_PIECE: Final = 54
_SEPARATORS: Final = re.compile(r"[;,，；、\n]+")
_KINDS: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_UNKNOWN: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be attached, under the name that its receiver sees."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: ``to`` and ``copy`` are addresses as `read_addresses` gives them."""

    to: tuple[str, ...]
    subject: str
    text: str
    copy: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def read_addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses in a text ("财政局 <a@b.cn>; c@d.cn"), and the pieces of it that are none."""
    good: list[str] = []
    bad: list[str] = []
    for piece in filter(None, (each.strip() for each in _SEPARATORS.split(text))):
        (good if is_mailbox(parseaddr(piece)[1] or piece) else bad).append(piece)
    return tuple(good), tuple(bad)


def part_address(text: str) -> tuple[str, str]:
    """The name and the bare address in one that `read_addresses` found good."""
    name, mailbox = parseaddr(text)
    return (name, mailbox) if is_mailbox(mailbox) else ("", text)


def write_draft(letter: Letter) -> bytes:
    """The .eml file: lines end in CRLF and are short; X-Unsent makes mail programs open it for sending."""
    boundary = _boundary(letter)
    lines = [
        *_address_header("To", letter.to),
        *_address_header("Cc", letter.copy),
        *_header("Subject", letter.subject),
        "X-Unsent: 1",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
        "",
        f"--{boundary}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        *_base64(sanitise(letter.text).text.replace("\n", "\r\n").encode()),
    ]
    for attachment in letter.attachments:
        lines += (f"--{boundary}", *_part_headers(attachment.name), "", *_base64(attachment.content))
    return "\r\n".join((*lines, f"--{boundary}--", "")).encode("ascii")


def ascii_name(name: str) -> str:
    """A file name for programs that can't read the real one: its ASCII part, never empty."""
    path = PurePath(name)
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-.")
    return (stem or "attachment") + "".join(each for each in path.suffix if each.isascii() and each not in '"\\')


def _address_header(name: str, addresses: Sequence[str]) -> Iterator[str]:
    if not addresses:
        return
    pairs = [parseaddr(address) for address in addresses]
    shown = [formataddr((person, box), "utf-8") for person, box in pairs]
    yield f"{name}: " + ",\r\n ".join(shown)


def _header(name: str, text: str) -> Iterator[str]:
    line = sanitise(text, is_multiline=False).text
    yield f"{name}: {Header(line, 'utf-8', _LINE - 2, name).encode(linesep=chr(13) + chr(10))}"


def _part_headers(name: str) -> Iterator[str]:
    """Both forms of the name: RFC 2231 for programs of today, RFC 2047 and plain ASCII for the older ones."""
    line = sanitise(name, is_multiline=False).text.replace("/", "_").replace("\\", "_")
    encoded = Header(line, "utf-8", _LINE - 10).encode(linesep="\r\n")
    yield f'Content-Type:\r\n {_kind_of(line)};\r\n name="{encoded}"'
    yield "Content-Transfer-Encoding: base64"
    yield "Content-Disposition: attachment;"
    if ascii_name(line) != line:
        yield from _extended(line)  # first: some programs take the first name they meet
    yield f' filename="{ascii_name(line)}"'


def _extended(name: str) -> Iterator[str]:
    """The file name as RFC 2231 parameters: in one piece, or numbered ones, so that lines stay short."""
    pieces = [""]
    for unit in re.findall(r"%..|.", quote(name, safe="")):  # no %XX is torn
        if len(pieces[-1]) + len(unit) > _PIECE:
            pieces.append("")
        pieces[-1] += unit
    if len(pieces) == 1:
        yield f" filename*=UTF-8''{pieces[0]};"
        return
    for number, piece in enumerate(pieces):
        charset = "UTF-8''" if number == 0 else ""
        yield f" filename*{number}*={charset}{piece};"


def _kind_of(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return _KINDS.get(suffix) or mimetypes.types_map.get(suffix) or _UNKNOWN


def _base64(content: bytes) -> Iterator[str]:
    text = base64.b64encode(content).decode("ascii")
    yield from (text[start : start + _LINE] for start in range(0, len(text), _LINE))


def _boundary(letter: Letter) -> str:
    """A line that occurs in no part: base64 has no underscore, so the first one will do."""
    return _BOUNDARY.format(number=len(letter.attachments))
