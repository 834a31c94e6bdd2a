"""The shim between this process and the C library: building it, loading it, and what may be asked of it.

Decides when a process runs under it. What it does stands in shim.c; knows no fault bench.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("shim.c")
BUILT: Final = SOURCE.parents[2] / "build" / "faults"
KILL: Final = -1  # the error that ends the process
_PRELOAD: Final = "LD_PRELOAD"


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded call; ``kind`` is o(pened), w(ritten), t(runcated), s(ynced), r(enamed), l(inked), u(nlinked), d(irectory), m(ark)."""

    kind: str
    file: int
    offset: int
    first: bytes
    second: bytes

    @property
    def path(self) -> str:
        """The file it is about, or the words of a mark."""
        return self.first.decode()

    @property
    def target(self) -> str:
        """The new name."""
        return self.second.decode()


def can_load() -> bool:
    """Whether the shim is loaded or can be: Linux with a C compiler."""
    return _is_loaded() or (sys.platform == "linux" and shutil.which("gcc") is not None)


def load() -> None:
    """Begin this program again under the shim, unless it runs under it already."""
    if _is_loaded():
        return
    arguments = [sys.executable, *sys.orig_argv[1:]]
    sys.stdout.flush()
    os.execve(sys.executable, arguments, os.environ | {_PRELOAD: str(_build())})  # noqa: S606 - this very program


def watch(folder: Path, log: Path | None = None) -> None:
    """From now on count the calls below ``folder``, and record them in ``log``. For a process that ends afterwards."""
    _library().fault_watch(os.fsencode(folder), os.fsencode(log) if log else None)


def arm(at: int, error: int = KILL, *, is_sticky: bool = False) -> None:
    """Let the ``at``-th call from now on (1 is the next; of KILL only those that change something) fail with ``error``."""
    _library().fault_arm(ctypes.c_long(at), error, int(is_sticky))


def disarm() -> None:
    """Let nothing fail any more."""
    arm(0)


def count_calls(*, only_changes: bool = False) -> int:
    """How many calls were made since the shim was armed."""
    return int(_library().fault_count(int(only_changes)))


def mark(words: str) -> None:
    """Put a mark into the record, between the calls."""
    _library().fault_mark(words.encode())


def read_log(path: Path) -> Iterator[Call]:
    """Everything that was recorded, in order."""
    with path.open("rb") as log:
        while head := log.readline():
            kind, file, offset, first, second = head.split()
            yield Call(kind.decode(), int(file), int(offset), log.read(int(first)), log.read(int(second)))


def _build() -> Path:
    content = SOURCE.read_bytes()
    library = BUILT / f"shim-{hashlib.sha256(content).hexdigest()[:16]}.so"
    if not library.exists():
        BUILT.mkdir(parents=True, exist_ok=True)
        fresh = library.with_suffix(f".{os.getpid()}")
        subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", fresh, SOURCE, "-ldl", "-pthread"], check=True)
        fresh.replace(library)
    return library


def _is_loaded() -> bool:
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "fault_watch")


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.fault_count.restype = ctypes.c_long
    return library
