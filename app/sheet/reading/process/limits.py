"""What a process may use: limits it sets itself, and what another can see of its memory.

Decides figures and how each system is asked. On Windows only the watching works: there are no limits to set oneself.
"""

import ctypes
import math
import os
import sys
import time
from pathlib import Path
from typing import Final

MOST_MEMORY: Final = 300_000_000  # bytes that are really used
SECONDS: Final = 4.0  # from the first byte read to the last said; starting comes to it
PATIENCE: Final = 30.0  # seconds until the child has started, on a slow disk behind a virus scanner
_ROOM: Final = 200_000_000  # bytes of addresses beyond those that the readers themselves take

_QUERY: Final = 0x1000
_READ: Final = 0x0010

_FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.",
    "shutil.",
    "urllib.",
    "ftplib.",
    "http.",
    "smtplib.",
    "webbrowser.",
)
_HARMLESS: Final = frozenset({"os.listdir", "os.scandir", "os.putenv", "os.add_dll_directory"})
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def limit_self(seconds: float = SECONDS) -> None:
    """From now on this process dies or runs out of memory before it disturbs anybody; no core is ever written."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        used = math.ceil(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + int(seconds), used + int(seconds) + 1))
        taken = _field("self", "VmSize")
        if taken:
            resource.setrlimit(resource.RLIMIT_AS, (taken + _ROOM, taken + _ROOM))


def forbid(*allowed: Path) -> None:
    """From now on Python opens no file but its own modules (a frozen program holds them itself) and ``allowed``, for reading, and no connection and no process."""
    roots = tuple(
        str(Path(place).absolute()) for place in (*sys.path, sys.base_prefix, sys.executable, *map(str, allowed))
    )

    def check(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _mode, flags = arguments
            is_own = (
                isinstance(path, str) and path.startswith(roots) and isinstance(flags, int) and not flags & _WRITING
            )
            if not is_own and not isinstance(path, int):
                raise PermissionError(event)
        elif event.startswith(_FORBIDDEN) and event not in _HARMLESS:
            raise PermissionError(event)

    sys.addaudithook(check)


def peak_memory(process: int) -> int:
    """The most bytes that a process has really used so far; 0 where the system does not say, or the process is gone."""
    if sys.platform == "win32":
        return _peak_on_windows(process)
    return _field(str(process), "VmHWM")


def _field(process: str, name: str) -> int:
    """A field of /proc/…/status in bytes."""
    try:
        lines = Path("/proc", process, "status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of the Windows interface."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("peak", ctypes.c_size_t),
        ("now", ctypes.c_size_t),
        ("pools", ctypes.c_size_t * 6),
    )


def _peak_on_windows(process: int) -> int:
    """Asked of the system itself, as no module of Python does."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(_QUERY | _READ, 0, process)
        if handle:
            counters = _Counters(size=ctypes.sizeof(_Counters))
            kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(counters), counters.size)
            kernel.CloseHandle(ctypes.c_void_p(handle))
            return int(counters.peak)
    return 0
