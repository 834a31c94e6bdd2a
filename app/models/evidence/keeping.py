"""The files of 佐证材料 in the data folder: each content once, under its SHA-256, never changed and never deleted.

Decides how a file gets there whole, and how one comes out again just as it was put in. Knows no form and no list of
files: what still refers to a content (a form, a version, a backup) is not asked here, so everything stays.
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from app.form.failure import AppError
from app.form.rows import Evidence
from app.form.text import excerpt
from app.models.evidence import sentences
from app.models.folder import sync_folder

FOLDER: Final = "evidence"
MOST_BYTES: Final = 200 * 1024 * 1024
UNFINISHED: Final = ".new-"
_MEGABYTE: Final = 1024 * 1024
_NOWHERE: Final = "unknown"  # where nothing is ever kept
_SHA256: Final = re.compile("[0-9a-f]{64}")

Tell = Callable[[int], object]
"""Called with the bytes done since the last call; whatever it raises stops the work and leaves nothing behind."""


def tell_nobody(_count: int) -> None:
    """For those who just wait."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A content in the data folder, and its size in bytes."""

    sha256: str
    size: int


class Condition(Enum):
    """What became of a content since it was kept; the value is the sentence about it, with the file's {name}."""

    SOUND = ""
    MISSING = sentences.MISSING
    ALTERED = sentences.ALTERED
    UNREADABLE = sentences.UNREADABLE


def stored_path(folder: Path, digest: str) -> Path:
    """Where in the data folder a content lies, whether it is there or not."""
    if not _SHA256.fullmatch(digest):  # never a path of somebody else's making
        return folder / FOLDER / _NOWHERE
    return folder / FOLDER / digest[:2] / digest


def keep_file(folder: Path, source: Path, tell: Tell = tell_nobody) -> Kept:
    """Copy a file into the data folder; on disk when this returns. AppError: then nothing of it is there.

    A content that is there already stays as it is; one that was altered since is put right.
    """
    name = excerpt(source.name, 60)
    try:
        _refuse(source, name)
        store = folder / FOLDER
        store.mkdir(mode=0o700, exist_ok=True)
        _remove_unfinished(store)
        fresh = store / f"{UNFINISHED}{secrets.token_hex(8)}"
        try:
            kept = _copy(source, fresh, 0o600, tell)
            if kept.size > MOST_BYTES:  # it grew meanwhile
                raise AppError(_too_large(name, kept.size))
            if _hash_file(fresh, tell) != kept.sha256:
                raise AppError(sentences.COPY_DAMAGED.format(name=name))
            _put(fresh, stored_path(folder, kept.sha256), kept)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise AppError(_explain(error, name)) from error
    return kept


def glance(folder: Path, row: Evidence) -> Condition:
    """The condition of a listed file by its presence and size alone: instantly."""
    try:
        size = stored_path(folder, row.sha256).stat().st_size
    except FileNotFoundError:
        return Condition.MISSING
    except OSError:
        return Condition.UNREADABLE
    return Condition.SOUND if str(size) == row.size else Condition.ALTERED


def inspect(folder: Path, row: Evidence, tell: Tell = tell_nobody) -> Condition:
    """The condition of a listed file by all that is in it."""
    condition = glance(folder, row)
    if condition is Condition.SOUND:
        try:
            is_same = _hash_file(stored_path(folder, row.sha256), tell) == row.sha256
        except OSError:
            return Condition.UNREADABLE
        return condition if is_same else Condition.ALTERED
    return condition


def copy_out(folder: Path, row: Evidence, target: Path, mode: int = 0o644) -> None:
    """Write a listed file to ``target``, whole or not at all. AppError also when it is no longer what was added."""
    condition = glance(folder, row)
    if condition is not Condition.SOUND:
        raise AppError(condition.value.format(name=row.name))
    fresh = target.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    try:
        try:
            if _copy(stored_path(folder, row.sha256), fresh, mode, tell_nobody).sha256 != row.sha256:
                raise AppError(sentences.ALTERED.format(name=row.name))
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(sentences.NOT_COPIED.format(name=row.name, folder=target.parent, reason=reason)) from error


def _refuse(source: Path, name: str) -> None:
    status = source.stat()
    if stat.S_ISDIR(status.st_mode):
        raise AppError(sentences.IS_FOLDER.format(name=name))
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
        raise AppError(sentences.IS_NO_FILE.format(name=name))
    if not status.st_size:
        raise AppError(sentences.IS_EMPTY.format(name=name))
    if status.st_size > MOST_BYTES:
        raise AppError(_too_large(name, status.st_size))


def _too_large(name: str, size: int) -> str:
    return sentences.TOO_LARGE.format(name=name, size=-(-size // _MEGABYTE), most=MOST_BYTES // _MEGABYTE)


def _copy(source: Path, target: Path, mode: int, tell: Tell) -> Kept:
    """Copy a file to where nothing is, of at most one byte too many, and have it on disk."""
    digest, size = sha256(), 0
    with source.open("rb") as old, os.fdopen(os.open(target, _CREATE, mode), "wb") as new:
        for part in _parts(old):
            new.write(part)
            digest.update(part)
            size += len(part)
            tell(len(part))
            if size > MOST_BYTES:
                break
        new.flush()
        os.fsync(new.fileno())
    return Kept(digest.hexdigest(), size)


_CREATE: Final = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def _put(fresh: Path, target: Path, kept: Kept) -> None:
    """Give a finished copy its name, unless the same content has it."""
    with suppress(OSError):
        if target.stat().st_size == kept.size and _hash_file(target, tell_nobody) == kept.sha256:
            return
    target.parent.mkdir(mode=0o700, exist_ok=True)
    fresh.replace(target)
    sync_folder(target.parent)
    sync_folder(target.parent.parent)


def _hash_file(path: Path, tell: Tell) -> str:
    digest = sha256()
    with path.open("rb") as file:
        for part in _parts(file):
            digest.update(part)
            tell(len(part))
    return digest.hexdigest()


def _parts(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_MEGABYTE), b"")


def _remove_unfinished(store: Path) -> None:
    """What a run left behind that was killed; only one runs at a time."""
    for leftover in store.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            leftover.unlink()


def _explain(error: OSError, name: str) -> str:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return sentences.GONE.format(name=name)
        case errno.EACCES | errno.EPERM | errno.EBUSY:
            return sentences.NO_ACCESS.format(name=name)
        case errno.ENOSPC | errno.EDQUOT:
            return sentences.DISK_FULL.format(name=name)
        case _:
            return sentences.NOT_KEPT.format(name=name, reason=error.strerror or type(error).__name__)
