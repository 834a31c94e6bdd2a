"""What stands where the data file should be, told from its first bytes; and the failure that says it may not be opened.

Decides on bytes alone and never through SQLite: that would make files beside a foreign one, and find an interrupted write
"malformed" unless it may roll it back. Reading the file ourselves is safe only before this process has a connection (D5).
"""

import codecs
import os
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.models.connection import APPLICATION_ID
from app.models.files import sentences

HEADER: Final = 100  # bytes
MAGIC: Final = b"SQLite format 3\0"
ZIP: Final = b"PK\x03\x04"
SAMPLE: Final = 4096  # bytes that are looked at for text
PLAUSIBLE: Final = 1000  # a version beyond is a damaged one
LARGEST_PAGE: Final = 65536  # written as 1


class Kind(Enum):
    """Why a data file cannot be opened."""

    FOLDER = auto()  # the folder cannot be used
    MISSING = auto()  # no file, but backups of one
    IS_FOLDER = auto()
    EMPTY = auto()
    TEXT = auto()
    ZIP = auto()
    TRUNCATED = auto()
    FOREIGN = auto()
    READ_ONLY = auto()
    NEWER = auto()
    LOCKED = auto()
    DAMAGED = auto()
    UNUSABLE = auto()  # the disk or the system refused


RECOVERABLE: Final = frozenset(
    {Kind.MISSING, Kind.EMPTY, Kind.TEXT, Kind.ZIP, Kind.TRUNCATED, Kind.FOREIGN, Kind.DAMAGED}
)


class Unopenable(AppError):
    """The data file cannot be opened and was left as it is; ``kind`` says why, ``path`` which one."""

    def __init__(self, kind: Kind, path: Path, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.path = path

    @property
    def can_recover(self) -> bool:
        """Whether putting the file aside helps."""
        return self.kind in RECOVERABLE


@dataclass(frozen=True, slots=True)
class Header:
    """What a SQLite file says of itself; ``length`` in bytes as it should be."""

    application: int
    version: int
    length: int


def examine(path: Path, newest: int) -> None:
    """Unopenable unless the bytes at ``path`` are a file of ours, whole, and of schema ``newest`` at most."""
    if path.is_dir():
        raise Unopenable(Kind.IS_FOLDER, path, sentences.IS_FOLDER.format(path=path))
    if path.stat().st_size == 0:
        raise Unopenable(Kind.EMPTY, path, sentences.EMPTY.format(path=path))
    header = read_header(path)
    if header is None:
        kind, sentence = _name_stranger(path)
        raise Unopenable(kind, path, sentence.format(path=path, reason=sentences.STRUCTURE))
    if header.application != APPLICATION_ID or header.version == 0:
        raise Unopenable(Kind.FOREIGN, path, sentences.FOREIGN.format(path=path))
    if header.version > PLAUSIBLE:
        reason = sentences.SCHEMA.format(version=header.version)
        raise Unopenable(Kind.DAMAGED, path, sentences.DAMAGED.format(path=path, reason=reason))
    if header.version > newest:
        raise Unopenable(Kind.NEWER, path, sentences.NEWER.format(found=header.version, known=newest))
    found = path.stat().st_size
    if found < header.length and not has_journal(path):
        raise Unopenable(
            Kind.TRUNCATED, path, sentences.TRUNCATED.format(path=path, expected=header.length, found=found)
        )
    if not (may(path, os.R_OK | os.W_OK) and may(path.parent, os.W_OK | os.X_OK)):
        raise Unopenable(Kind.READ_ONLY, path, sentences.READ_ONLY.format(path=path))


def read_header(path: Path) -> Header | None:
    """What the first bytes say; None when it is no SQLite file."""
    with path.open("rb") as file:
        header = file.read(HEADER)
    if len(header) < HEADER or not header.startswith(MAGIC):
        return None
    # https://www.sqlite.org/fileformat2.html, all numbers big-endian: page size at 16, change counter at 24, pages at 28,
    # user version at 60, application id at 68, the counter at which the number of pages was right at 92.
    size = _number(header, 16, 2)
    pages = _number(header, 28) if header[24:28] == header[92:96] else 0
    return Header(_number(header, 68), _number(header, 60), pages * (LARGEST_PAGE if size == 1 else size))


def is_whole(path: Path) -> bool:
    """Whether a file of ours is as long as it should be: what can be known without reading it all."""
    try:
        header = read_header(path)
        return header is not None and header.application == APPLICATION_ID and header.length == path.stat().st_size
    except OSError:
        return False


def has_journal(path: Path) -> bool:
    """Whether an interrupted write waits beside the file to be rolled back."""
    journal = journal_of(path)
    return journal.exists() and journal.stat().st_size > 0


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what it needs to roll a write back."""
    return path.with_name(f"{path.name}-journal")


def may(path: Path, what: int) -> bool:
    """Whether this user may read, write or enter what is at ``path``, as far as the system says beforehand."""
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _number(header: bytes, offset: int, length: int = 4) -> int:
    return int.from_bytes(header[offset : offset + length], "big")


def _name_stranger(path: Path) -> tuple[Kind, str]:
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if sample.startswith(ZIP):
        return Kind.ZIP, sentences.ZIP
    if not sample.strip(b"\0") or sample.startswith(MAGIC):
        return Kind.DAMAGED, sentences.DAMAGED
    if b"\0" in sample:
        return Kind.FOREIGN, sentences.FOREIGN
    is_text = any(_is_encoded(sample, encoding) for encoding in ("utf-8", "gb18030"))
    return (Kind.TEXT, sentences.TEXT) if is_text else (Kind.FOREIGN, sentences.FOREIGN)


def _is_encoded(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)  # a character may be cut at its end
    except UnicodeDecodeError:
        return False
    return True
