"""The archive itself: what its directory says, before a byte is unpacked.

Decides which directories a document of Office never has. Knows no format.
"""

import zipfile
from itertools import pairwise
from typing import Final

from app.sheet.reading.refusal import Reason, Refusal

MOST_MEMBERS: Final = 2_000
MOST_BYTES: Final = 100_000_000  # unpacked, pictures too
MOST_MARKUP: Final = 40_000_000  # unpacked, of all XML parts
_WORTH_WEIGHING: Final = 5_000_000  # small parts may pack as well as they like
_MOST_RATIO: Final = 200
_HEADER: Final = 30  # bytes before a member's name
_IS_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MARKUP: Final = (".xml", ".rels")  # old drawings (.vml) are often no XML, and nobody reads them


def check_directory(archive: zipfile.ZipFile) -> None:
    """Refusal when names, sizes or places of the members are not those of an honest document."""
    members = archive.infolist()
    names = {member.filename.casefold() for member in members}
    if len(members) > MOST_MEMBERS:
        raise Refusal(Reason.TOO_MUCH)
    if any(member.flag_bits & _IS_ENCRYPTED for member in members):
        raise Refusal(Reason.ENCRYPTED)
    if len(names) < len(members) or any(map(_is_outside, names)) or _are_overlapping(members):
        raise Refusal(Reason.UNSAFE)
    if any(member.compress_type not in _METHODS for member in members):
        raise Refusal(Reason.BROKEN)
    unpacked = sum(member.file_size for member in members)
    markup = sum(member.file_size for member in members if is_markup(member.filename))
    if unpacked > MOST_BYTES or markup > MOST_MARKUP or any(map(_is_bloated, members)):
        raise Refusal(Reason.BLOATED)


def is_markup(name: str) -> bool:
    """Whether a member is a part that readers parse."""
    return name.lower().endswith(_MARKUP)


def _is_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


def _is_bloated(member: zipfile.ZipInfo) -> bool:
    return member.file_size > _WORTH_WEIGHING and member.file_size > _MOST_RATIO * member.compress_size


def _are_overlapping(members: list[zipfile.ZipInfo]) -> bool:
    """Whether two members share bytes, so that little unpacks to much."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return any(
        this.header_offset + _HEADER + this.compress_size > following.header_offset
        for this, following in pairwise(ordered)
    )
