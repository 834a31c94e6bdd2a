"""Checks the system libraries that Qt's window plugin needs, before Qt aborts without saying which one is missing.

It decides what is missing and either installs it (root, apt) or prints the one command that does. It runs on the bare
system Python, so it must not import anything but the standard library.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Final

# Shared object → Debian package. The xcb ones are what Qt 6.5 and later load at start; a desktop lacks libxcb-cursor0 most often.
LIBRARIES: Final[Mapping[str, str]] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}


def find_missing(libraries: Mapping[str, str]) -> list[str]:
    """Packages whose shared object cannot be loaded."""
    return [package for library, package in libraries.items() if not can_load(library)]


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds this shared object and all it depends on."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: Iterable[str]) -> bool:
    """Install Debian packages without a question; False when apt could not."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def succeeds(*command: str) -> bool:
        quiet = subprocess.DEVNULL
        return subprocess.run(command, env=environment, stdin=quiet, stdout=quiet, check=False).returncode == 0

    # A mirror that cannot be refreshed may still have what was listed before.
    succeeds("apt-get", "update", "-qq")
    return succeeds("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def main() -> int:
    """Exit code: 0 all there, 1 something is missing and the reader was told what to run."""
    missing = find_missing(LIBRARIES)
    if not missing or sys.platform != "linux":
        return 0
    can_install = shutil.which("apt-get") is not None and os.geteuid() == 0
    if can_install and install(missing) and not find_missing(LIBRARIES):
        return 0
    print("缺少图形界面所需的系统库，请运行下面这条命令后再试：", file=sys.stderr)
    print(f"    sudo apt-get install -y {' '.join(missing)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
