"""What the built folder weighs, and what it asks of the system it runs on.

Decides the limit of size, which libraries may be left to the system and in which Debian package each is. Reads ELF files
through readelf, as the dynamic linker would find them. `make build` fails when a library is missing or the folder too big.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.shipping.product import FOLDER
from scripts.system_libraries import LIBRARIES

MOST_BYTES: Final = 180_000_000
_MEGABYTE: Final = 1_000_000
_SHOWN: Final = 12
# Beside those of `LIBRARIES`, which Qt's window needs: what every desktop has. Shared object → Debian package.
ALWAYS_THERE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1"), "libc6"),
    "ld-linux-x86-64.so.2": "libc6",
    "libresolv.so.2": "libc6",
    "libcrypt.so.1": "libcrypt1 | libc6",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1 | libgcc1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libfreetype.so.6": "libfreetype6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-render.so.0": "libxcb-render0",
}
# Only a plugin wants these; without them Qt goes on without the plugin.
OPTIONAL: Final[Mapping[str, str]] = {
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
KNOWN: Final = {**LIBRARIES, **ALWAYS_THERE, **OPTIONAL}
_NEEDED: Final = re.compile(r"\(NEEDED\).*\[(.+)\]")
_VERSION: Final = re.compile(r"\bName: (GLIBC|GLIBCXX)_([\d.]+)")

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What the ELF files of a folder want: libraries that are not among them, and the newest versions of symbols."""

    libraries: frozenset[str]
    glibc: Version
    stdcxx: Version
    newest: str  # the file that wants the newest glibc


def measure_demand(folder: Path) -> Demand:
    """What all ELF files below a folder want of the system."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and is_elf(path)]
    own = {path.name for path in folder.rglob("*.so*")}
    needed: set[str] = set()
    versions: dict[str, Version] = {"GLIBC": (), "GLIBCXX": ()}
    newest = ""
    for path in files:
        said = subprocess.run(["readelf", "-dVW", str(path)], capture_output=True, text=True, check=True).stdout
        needed.update(_NEEDED.findall(said))
        for kind, text in _VERSION.findall(said):
            version = tuple(map(int, text.split(".")))
            if version > versions[kind]:
                versions[kind] = version
                newest = path.name if kind == "GLIBC" else newest
    return Demand(frozenset(needed - own), versions["GLIBC"], versions["GLIBCXX"], newest)


def is_elf(path: Path) -> bool:
    """Whether a file is a program or library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def name_packages(libraries: Iterable[str], glibc: Version) -> tuple[list[str], list[str]]:
    """Debian packages that must be there, and those that only should. KeyError for a library that nobody knows."""
    wanted = sorted(libraries)
    needed = {KNOWN[each] for each in wanted if each not in OPTIONAL}
    needed = (needed - {"libc6"}) | {f"libc6 (>= {say(glibc)})"}
    return sorted(needed), sorted({OPTIONAL[each] for each in wanted if each in OPTIONAL})


def say(version: Version) -> str:
    """A version as it is written."""
    return ".".join(map(str, version))


def weigh(folder: Path) -> dict[str, int]:
    """Bytes of every file, by its place; a link weighs nothing."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def main() -> int:
    """Print both; 1 when the folder is too big or wants a library that nobody has."""
    sizes = weigh(FOLDER)
    total = sum(sizes.values())
    is_light = total <= MOST_BYTES
    print(
        f"大小：{total / _MEGABYTE:.1f} MB，{len(sizes)} 个文件，上限 {MOST_BYTES / _MEGABYTE:.0f} MB：{'符合' if is_light else '超过'}"
    )
    for place, size in sorted(sizes.items(), key=lambda each: -each[1])[:_SHOWN]:
        print(f"  {size / _MEGABYTE:6.1f} MB  {place}")
    if sys.platform != "linux":
        return int(not is_light)
    demand = measure_demand(FOLDER)
    strange = sorted(demand.libraries - set(KNOWN))
    print(f"需要 glibc {say(demand.glibc)}（{demand.newest}）、libstdc++ 的 GLIBCXX_{say(demand.stdcxx)} 及以上")
    if strange:
        print(f"缺少系统库，也没有随程序带上：{'、'.join(strange)}", file=sys.stderr)
    return int(not is_light or bool(strange))


if __name__ == "__main__":
    sys.exit(main())
