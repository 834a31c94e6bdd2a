"""How a finished file reaches its place: whole, or not at all.

Decides the order of writing, checking and replacing, and names that every system accepts. Knows nothing of what is in
a file beyond the two cheap tests that it is complete. Saving straight onto a target destroys the old file when the
program is killed or the disk is full (reliability.md D7).
"""

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from app.form.failure import AppError
from app.sheet import sentences

# The leading dot hides the file on Linux; the rest tells `remove_leftovers` that it is ours.
TEMPORARY_PREFIX: Final = ".jixiao-"
MOST_NAME: Final = 80
_MOST_NAME_BYTES: Final = 255
_FIRST_SHEET: Final = "xl/worksheets/sheet1.xml"
_DOCUMENT: Final = "word/document.xml"
_STARTED: Final = time.time()

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]+')
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]) *(\.|$)", re.IGNORECASE
)
# Some network file systems cannot sync a folder, and one may write into a folder that one may not open.
_UNSYNCABLE: Final = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF)
_BYTES_PER_MEGABYTE: Final = 1_000_000


class DamagedError(Exception):
    """A file, re-opened after writing, is not what was written."""


def write_file(target: Path, content: bytes, verify: Callable[[Path], None]) -> None:
    """Put ``content`` at ``target``; ``verify`` raises DamagedError when the file, re-opened, is not whole.

    Whatever fails, an old file at ``target`` stays as it was, and AppError says why and what to do.
    """

    def fill(file: IO[bytes]) -> None:
        file.write(content)
        file.flush()
        if os.fstat(file.fileno()).st_size != len(content):
            raise DamagedError

    write_stream(target, fill, verify, len(content))


def verify_bytes(content: bytes) -> Callable[[Path], None]:
    """For `write_file`: that a file is what was written, byte by byte."""

    def verify(path: Path) -> None:
        if path.read_bytes() != content:
            raise DamagedError

    return verify


def write_stream(
    target: Path, fill: Callable[[IO[bytes]], None], verify: Callable[[Path], None], size: int = 0
) -> None:
    """The same for what is written piece by piece by ``fill``; ``size`` in bytes is what is said when the disk is full."""
    remove_leftovers(target.parent)
    with _explained(target, size):
        _replace(Path(os.path.realpath(target)), fill, verify)


def write_folder(
    target: Path, fills: Mapping[str, Callable[[IO[bytes]], None]], verify: Callable[[Path], None]
) -> None:
    """A new folder with the files that ``fills`` write, by their names in it ("/" parts folders). AppError when it exists.

    It appears whole, under its name, or not at all; ``verify`` looks at it before.
    """
    with _explained(target, 0):
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        temporary = target.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")
        try:
            temporary.mkdir()
            for name, fill in fills.items():
                path = temporary.joinpath(*name.split("/"))
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(path, fill, None)
            verify(temporary)
            for folder in {temporary.joinpath(*name.split("/")).parent for name in fills}:
                _sync_folder(folder)
            temporary.rename(target)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        _sync_folder(target.parent)


@contextmanager
def set_aside(target: Path, content: bytes, suffix: str) -> Iterator[Path]:
    """A file of ours with ``content`` beside ``target``, for as long as somebody looks at it.

    AppError, which speaks of ``target``, when it can't be written.
    """
    path = target.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{suffix}")
    with _explained(target, len(content)):
        try:
            path.write_bytes(content)
            yield path
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _explained(target: Path, size: int) -> Iterator[None]:
    try:
        yield
    except DamagedError as error:
        raise AppError(sentences.COPY_DAMAGED.format(name=target.name)) from error
    except OSError as error:
        raise AppError(_explain(error, target, size)) from error


def _replace(target: Path, fill: Callable[[IO[bytes]], None], verify: Callable[[Path], None]) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    # The ending stays: readers that verify look at it.
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{target.suffix}")
    try:
        _write_whole(temporary, fill, _kept_mode(target))
        verify(temporary)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _kept_mode(target: Path) -> int | None:
    """The permissions of the file that will be replaced; a write-protected one is not to be replaced."""
    if not target.exists():
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(target.stat().st_mode)


def _write_whole(path: Path, fill: Callable[[IO[bytes]], None], mode: int | None) -> None:
    with path.open("xb") as file:
        if mode is not None:
            path.chmod(mode)
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system can: after this a power cut keeps the new file."""
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _UNSYNCABLE:
            raise


def _explain(error: OSError, target: Path, size: int) -> str:
    name, folder = target.name, str(target.parent)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return sentences.DISK_FULL.format(name=name, size=size // _BYTES_PER_MEGABYTE + 1)
        case errno.EFBIG:
            return sentences.FILE_TOO_LARGE.format(name=name)
        case errno.EACCES | errno.EPERM | errno.EBUSY | errno.ETXTBSY:
            return sentences.FILE_IN_USE.format(name=name, other=f"{target.stem}(1){target.suffix}")
        case errno.EROFS:
            return sentences.FOLDER_READ_ONLY.format(name=name, folder=folder)
        case errno.ENOENT | errno.ENOTDIR:
            return sentences.FOLDER_MISSING.format(folder=folder)
        case errno.EISDIR:
            return sentences.TARGET_IS_FOLDER.format(name=name)
        case errno.ENAMETOOLONG:
            return sentences.NAME_TOO_LONG.format(name=name)
        case errno.EEXIST | errno.ENOTEMPTY:
            return sentences.FOLDER_EXISTS.format(name=name)
        case code:
            return sentences.WRITE_FAILED.format(name=name, code=code)


def remove_leftovers(folder: Path, before: float = _STARTED) -> None:
    """Remove the temporary files that a killed run left in ``folder``: ours, last written ``before`` (seconds since 1970)."""
    try:
        found = [path for path in folder.iterdir() if path.name.startswith(TEMPORARY_PREFIX)]
    except OSError:
        return
    for path in found:
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except OSError:
            continue  # In use by another run, or not ours to remove: harmless, the next start tries again.


def safe_filename(stem: str, suffix: str = "") -> str:
    """A file name of at most 80 characters that Windows and Linux accept; ``suffix`` (".xlsx") is kept whole."""
    visible = "".join(each for each in stem if unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = _FORBIDDEN.sub("_", visible).lstrip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    name = name[: MOST_NAME - len(suffix)]
    while len((name + suffix).encode()) > _MOST_NAME_BYTES:
        name = name[:-1]
    return (name.rstrip(". ") or "_") + suffix


def verify_xlsx(path: Path) -> None:
    """DamagedError unless every part of the workbook is there and undamaged."""
    _verify_zip(path, _FIRST_SHEET)


def verify_docx(path: Path) -> None:
    """DamagedError unless every part of the document is there and undamaged."""
    _verify_zip(path, _DOCUMENT)


def _verify_zip(path: Path, part: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is not None or part not in archive.namelist():
                raise DamagedError
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise DamagedError from error


def verify_pdf(path: Path) -> None:
    """DamagedError unless the PDF has its head and an end that points at its table of contents."""
    content = path.read_bytes()
    end = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", content[-1024:])
    if end is None or not content.startswith(b"%PDF-"):
        raise DamagedError
    start = int(end[1])
    if not re.match(rb"xref\b|\d+ \d+ obj\b", content[start : start + 32]):
        raise DamagedError
