"""装入: any of our files becomes a form again: a package, as zip or folder, or a single workbook or interchange file.

Decides which file of a package the form is read from, and what is said when files are missing or changed. Unpacks nothing
to disk; a zip from elsewhere is looked at before a byte of it is read.
"""

import codecs
import io
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Final

from app.form.failure import AppError
from app.form.reading.interchange import read_form
from app.form.reading.strict import Misfit
from app.sheet.handover import sentences
from app.sheet.handover.cells import MOST_BYTES, read_bytes, read_head
from app.sheet.handover.package import Tell, read_list, sum_pieces
from app.sheet.handover.restoring import Original
from app.sheet.handover.verifying import Verdict, Verification, verify, verify_content

_MOST_MEMBERS: Final = 2_000
_MOST_UNPACKED: Final = 2_000_000_000
_WORTH_WEIGHING: Final = 5_000_000
_MOST_RATIO: Final = 200
_MOST_LIST: Final = 1_000_000
_CHUNK: Final = 1 << 20
_IS_ENCRYPTED: Final = 0x1
_IS_UTF8: Final = 0x800
_TYPES: Final = ("[Content_Types].xml", "mimetype")  # what Office documents have, which are zips, too
_WORKBOOK: Final = ".xlsx"
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)

_Files = Mapping[str, Callable[[], IO[bytes]]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A form out of a file: as it was exported, and what its reader must know, as sentences."""

    name: str
    original: Original
    remarks: tuple[str, ...] = ()


def receive(path: Path, tell: Tell) -> Arrival:
    """The form in a package or a single file. AppError with one sentence when there is none that is ours."""
    try:
        if path.is_file() and _is_interchange(read_head(path)):
            return Arrival(path.name, _read_interchange(read_bytes(path)), (sentences.NO_EDITION,))
    except AppError as failure:
        raise AppError(sentences.NOT_RECEIVED.format(name=path.name, because=failure)) from failure
    found = inspect(path, tell)
    if found.original is None:
        because = sentences.NO_RECORD if found.verdict is Verdict.BARE else found.reason
        raise AppError(sentences.NOT_RECEIVED.format(name=path.name, because=because))
    return Arrival(path.name, found.original, tuple(_remark(found)))


def inspect(path: Path, tell: Tell) -> Verification:
    """The verdict on a file, or on the workbook of a package, whose other files are held against its list."""
    try:
        tell(sentences.READING, 0.0)
        with ExitStack() as stack:
            files = _open(path, stack)
            return verify(path) if files is None else _inspect_package(path.name, files, tell)
    except AppError as failure:
        return Verification(path.name, Verdict.UNREADABLE, str(failure))


def unpack(path: Path, sums: Collection[str], folder: Path, tell: Tell) -> Mapping[str, Path]:
    """The files of a package whose SHA-256 is wanted, copied into ``folder`` under it; by checksum. For 佐证材料.

    Names from elsewhere never become names here. AppError when the package can't be read.
    """
    found: dict[str, Path] = {}
    with ExitStack() as stack:
        for number, open_file in enumerate((files := _open(path, stack) or {}).values()):
            tell(sentences.READING, number / len(files))
            total = sum_pieces(_pieces(open_file))
            if total in sums and total not in found:
                with (folder / total).open("xb") as target:
                    target.writelines(_pieces(open_file))
                found[total] = folder / total
    return found


def _open(path: Path, stack: ExitStack) -> _Files | None:
    """The files of a package by their names; None when it is a single file."""
    if path.is_dir():
        return _list_folder(path)
    try:
        if not zipfile.is_zipfile(path):
            return None
        archive = stack.enter_context(zipfile.ZipFile(path))
    except _DAMAGE as error:
        raise AppError(sentences.BROKEN) from error
    members = archive.infolist()
    if any(member.filename in _TYPES for member in members):
        return None
    return _list_archive(archive)


def _list_folder(path: Path) -> _Files:
    files: dict[str, Callable[[], IO[bytes]]] = {}
    try:
        for each in path.rglob("*"):
            if each.is_file() and not each.is_symlink():
                files[each.relative_to(path).as_posix()] = _opener(each)
            if len(files) > _MOST_MEMBERS:
                raise AppError(sentences.UNSAFE)
    except OSError as error:
        raise AppError(sentences.NO_ACCESS) from error
    return files


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _list_archive(archive: zipfile.ZipFile) -> _Files:
    """Names and sizes are looked at before anything is unpacked."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.flag_bits & _IS_ENCRYPTED for member in members):
        raise AppError(sentences.ENCRYPTED_PACKAGE)
    names = {_name(member): member for member in members}
    is_bloated = any(
        member.file_size > _WORTH_WEIGHING and member.file_size > _MOST_RATIO * member.compress_size
        for member in members
    )
    is_large = len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED
    is_ambiguous = len({name.casefold() for name in names}) < len(members)
    if is_bloated or is_large or is_ambiguous or any(map(_is_outside, names)):
        raise AppError(sentences.UNSAFE)
    return {name: partial(archive.open, member) for name, member in names.items()}


def _name(member: zipfile.ZipInfo) -> str:
    """Programs of older Chinese systems write names in GBK, which reads as code page 437."""
    if member.flag_bits & _IS_UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return member.filename


def _is_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


def _inspect_package(name: str, files: _Files, tell: Tell) -> Verification:
    top = _top_of(files)
    inside = {path.removeprefix(top): open_file for path, open_file in files.items() if path.startswith(top)}
    sums = _sums_of(inside)
    workbooks = [path for path in inside if path.lower().endswith(_WORKBOOK) and "/" not in path]
    found = Verification(name, Verdict.BARE, sentences.NO_PACKAGE)
    for path in sorted(workbooks, key=lambda path: (path not in sums, path)):
        found = replace(verify_content(_read(inside[path], MOST_BYTES), path), name=name)
        if found.original is not None:
            break
    return replace(found, notices=(*found.notices, *_compare(inside, sums, tell)))


def _top_of(files: _Files) -> str:
    """The folder that holds everything, where a folder was packed; "" for none."""
    listed = [path for path in files if PurePosixPath(path).name == sentences.LIST_NAME]
    books = [path for path in files if path.lower().endswith(_WORKBOOK)]
    first = min([*listed, *books], key=lambda path: (path.count("/"), path not in listed), default="")
    folder, slash, _ = first.rpartition("/")
    return folder + slash


def _sums_of(files: _Files) -> Mapping[str, str]:
    if sentences.LIST_NAME not in files:
        return {}
    return read_list(_read(files[sentences.LIST_NAME], _MOST_LIST).decode("utf-8-sig", errors="replace"))


def _compare(files: _Files, sums: Mapping[str, str], tell: Tell) -> Iterator[str]:
    """What of the package is not as its list says."""
    if not sums:
        yield sentences.NO_LIST
        return
    for number, (name, total) in enumerate(sums.items()):
        tell(sentences.SUMMING, 0.3 + 0.7 * number / len(sums))
        if name not in files:
            yield sentences.FILE_GONE.format(name=name)
        elif sum_pieces(_pieces(files[name])) != total:
            yield sentences.FILE_CHANGED.format(name=name)
    for name in files:
        if name not in sums and name != sentences.LIST_NAME:
            yield sentences.FILE_ADDED.format(name=name)


def _pieces(open_file: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    try:
        with open_file() as file:
            while piece := file.read(_CHUNK):
                yield piece
    except _DAMAGE as error:
        raise AppError(sentences.BROKEN) from error


def _read(open_file: Callable[[], IO[bytes]], most: int) -> bytes:
    buffer = io.BytesIO()
    for piece in _pieces(open_file):
        buffer.write(piece)
        if buffer.tell() > most:
            raise AppError(sentences.TOO_LARGE)
    return buffer.getvalue()


def _is_interchange(head: bytes) -> bool:
    return head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")


def _read_interchange(content: bytes) -> Original:
    try:
        return Original(read_form(content.decode("utf-8-sig")))
    except (Misfit, UnicodeDecodeError) as error:
        raise AppError(str(error) if isinstance(error, Misfit) else sentences.BROKEN) from error


def _remark(found: Verification) -> Iterator[str]:
    if found.verdict is Verdict.CHANGED:
        yield found.reason if not found.changes else sentences.CHANGED_SINCE.format(count=len(found.changes))
    yield from found.notices
