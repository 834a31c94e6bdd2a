"""传出: everything the bureau gets in one folder or zip: the workbook, the PDF, what is attached, and a list with checksums.

Decides what is in it and what the list says. Knows no window; files reach their place whole or not at all.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from app.form.text import sanitise
from app.review.digest import short_code
from app.review.edition import Draft
from app.sheet.files import DamagedError, write_folder, write_stream
from app.sheet.grid import Grid
from app.sheet.handover import sentences
from app.sheet.handover.comparison.rereading import check_contents
from app.sheet.handover.naming import file_stem
from app.sheet.handover.submission import Submission, paint_file

# How far it is: a text and a share (0 to 1). May raise to stop.
Tell = Callable[[str, float], object]

ZIP: Final = ".zip"
# In each package; what is attached comes between.
PAINTED: Final = (".xlsx", ".pdf")
_CHUNK: Final = 1 << 20
# Equal packages have equal bytes, whatever the clock says (and before 1980 zip can't tell it).
_DATE: Final = (2024, 1, 1, 0, 0, 0)
_LINE: Final = re.compile(r"([0-9a-f]{64})  +([0-9]{1,12})  (.+)")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package under its name in it ("/" parts folders): its bytes, or the file they are copied from."""

    name: str
    content: bytes | Path


@dataclass(frozen=True, slots=True)
class Package:
    """What will be handed over, under the name ``stem``; the list is its last member. ``missing`` as in `Painted`.

    ``grid`` is the table that its painted files show.
    """

    stem: str
    members: tuple[Member, ...]
    sums: Mapping[str, str]
    grid: Grid
    missing: tuple[tuple[str, str, str], ...] = ()

    def painted(self, suffix: str) -> bytes:
        """The bytes of the painted file with this ending."""
        return next(
            each.content for each in self.members if each.name == self.stem + suffix and isinstance(each.content, bytes)
        )


def make_package(submission: Submission, tell: Tell, attached: tuple[Member, ...] = (), contact: str = "") -> Package:
    """The package of a form. ``attached``: the files of 佐证材料 come here, each under a folder's name and its own.

    ``contact``: whom the list names for questions, "" for nobody.

    AppError when a format can't hold what is in the form, or an attached file can't be read.
    """
    stem = file_stem(submission.form, submission.edition)
    tell(sentences.PAINTING, 0.0)
    grid = submission.grid
    painted = {suffix: paint_file(submission, grid, suffix) for suffix in PAINTED}
    tell(sentences.SUMMING, 0.3)
    members = (*(Member(stem + suffix, each.content) for suffix, each in painted.items()), *attached)
    sums = {member.name: _sum(member) for member in members}
    listed = Member(sentences.LIST_NAME, _write_list(submission, members, sums, contact))
    sums[listed.name] = _sum(listed)
    missing = tuple(each for painting in painted.values() for each in painting.missing)
    return Package(stem, (*members, listed), sums, grid, missing)


def write_package(package: Package, target: Path, tell: Tell) -> tuple[str, ...]:
    """Write a zip when ``target`` ends in .zip, otherwise a folder, which must not exist. AppError when it can't be written.

    The painted files are opened again before (C50); what could not be looked at comes back as sentences.
    """
    tell(sentences.CHECKING, 0.35)
    painted = {suffix: package.painted(suffix) for suffix in PAINTED}
    remarks = check_contents(package.grid, painted, target)
    step = 0

    def told(fill: Callable[[IO[bytes]], None]) -> Callable[[IO[bytes]], None]:
        def act(file: IO[bytes]) -> None:
            nonlocal step
            tell(sentences.WRITING, 0.4 + 0.5 * step / len(package.members))
            step += 1
            fill(file)

        return act

    fills = {member.name: told(_filler(member)) for member in package.members}
    if target.suffix.lower() == ZIP:
        write_stream(target, lambda file: _fill_zip(file, fills), lambda path: _verify_zip(path, package.sums))
    else:
        write_folder(target, fills, lambda path: _verify_folder(path, package.sums))
    return remarks


def read_list(text: str) -> Mapping[str, str]:
    """The checksums in a list, by the names of the files."""
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return {match[3]: match[1] for match in found if match}


def sum_pieces(pieces: Iterator[bytes]) -> str:
    """SHA-256 of what is read piece by piece, in hexadecimal."""
    total = sha256()
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()


def read_pieces(file: IO[bytes]) -> Iterator[bytes]:
    """A file in pieces that memory can hold."""
    return iter(lambda: file.read(_CHUNK), b"")


def _pieces(member: Member) -> Iterator[bytes]:
    if isinstance(member.content, bytes):
        yield member.content
        return
    with member.content.open("rb") as file:
        yield from read_pieces(file)


def _sum(member: Member) -> str:
    return sum_pieces(_pieces(member))


def _size(member: Member) -> int:
    return len(member.content) if isinstance(member.content, bytes) else member.content.stat().st_size


def _filler(member: Member) -> Callable[[IO[bytes]], None]:
    def fill(file: IO[bytes]) -> None:
        file.writelines(_pieces(member))

    return fill


def _write_list(submission: Submission, members: tuple[Member, ...], sums: Mapping[str, str], contact: str) -> bytes:
    """With a byte order mark and CRLF, for the simplest editor there is."""
    cover, edition = submission.form.cover, submission.edition
    lines = [sentences.LIST_HEAD.format(unit=cover.unit, year=cover.year, title=submission.form.template.title)]
    if isinstance(edition, Draft):
        lines.append(sentences.LIST_DRAFT)
    else:
        lines.append(sentences.LIST_CODE.format(number=edition.number, code=short_code(edition.digest)))
        lines.append(sentences.FULL_CODE.format(code=edition.digest))
    if contact:
        lines.append(sentences.LIST_CONTACT.format(contact=sanitise(contact, is_multiline=False).text))
    lines += ("", sentences.LIST_FILES)
    lines += (f"{sums[each.name]}  {_size(each):>10}  {each.name}" for each in members)
    lines += ("", sentences.LIST_NOTE, sentences.HONESTY, "")
    return "\r\n".join(lines).encode("utf-8-sig")


def _fill_zip(file: IO[bytes], fills: Mapping[str, Callable[[IO[bytes]], None]]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, fill in fills.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                fill(member)


def _verify_zip(path: Path, sums: Mapping[str, str]) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            found = {}
            for name in archive.namelist():
                with archive.open(name) as file:
                    found[name] = sum_pieces(read_pieces(file))
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise DamagedError from error
    if found != sums:
        raise DamagedError


def _verify_folder(path: Path, sums: Mapping[str, str]) -> None:
    for name, total in sums.items():
        with path.joinpath(*name.split("/")).open("rb") as file:
            if sum_pieces(read_pieces(file)) != total:
                raise DamagedError
