"""Collects the licences of everything that is shipped into LICENSES.txt, as most of them demand.

Decides whose: the packages of requirements.lock that are really in the folder, Python, the fonts, and on Debian the system
libraries that are carried along.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from scripts.shipping.contents import CARRIED, NOT_SHIPPED, locked_names, normalise
from scripts.shipping.product import FOLDER, ROOT

TARGET: Final = FOLDER / "LICENSES.txt"
_FILE: Final = re.compile(r"(?i)(?:^|/)(?:licen[cs]e|copying|notice|authors)[^/]*$|(?i:/licenses/.*[^/]$)")
_NEVER: Final = re.compile(r"\.(?:py|pyc|so|pyi)$")
_RULE: Final = "=" * 78


def read_licences(package: Distribution) -> Iterator[str]:
    """The texts of the licence files that a package brings."""
    for path in package.files or ():
        if _FILE.search(path.as_posix()) and not _NEVER.search(path.name):
            place = Path(str(path.locate()))
            if place.is_file():
                yield place.read_text(encoding="utf-8", errors="replace").strip()


def name_licence(package: Distribution) -> str:
    """What a package calls its licence, in a line."""
    metadata = package.metadata
    said = (metadata.get_all("License-Expression") or metadata.get_all("License") or [""])[0]
    classed = [each.rpartition("::")[2].strip() for each in metadata.get_all("Classifier") or () if "License" in each]
    return said.strip().partition("\n")[0] or ", ".join(classed)


def packages() -> Iterator[tuple[str, str]]:
    """Heading and texts of every package that the program runs with and that is installed here."""
    for name in locked_names((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        if normalise(name) in NOT_SHIPPED:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # one for another system
        texts = dict.fromkeys(read_licences(package))
        yield f"{package.metadata['Name']} {package.version}: {name_licence(package)}", "\n\n".join(texts)


def python() -> Iterator[tuple[str, str]]:
    """Python's own."""
    places = (Path(sys.base_prefix) / "LICENSE.txt", Path(sys.base_prefix, "lib", f"python3.{sys.version_info[1]}"))
    for place in places:
        path = place / "LICENSE.txt" if place.is_dir() else place
        if path.is_file():
            yield f"Python {sys.version.split()[0]}: PSF-2.0", path.read_text(encoding="utf-8").strip()
            return
    yield f"Python {sys.version.split()[0]}: PSF-2.0", "https://docs.python.org/3/license.html"


def system_libraries() -> Iterator[tuple[str, str]]:
    """Those that were taken from the system that built it, as far as its packages tell."""
    carried = [path.name for path in (FOLDER / "_internal").glob("lib*.so*") if path.name.startswith(CARRIED)]
    carried = sorted(name for name in carried if not name.startswith("libpython"))
    if not shutil.which("dpkg-query"):
        return
    for name in carried:
        found = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True, check=False).stdout
        package = found.partition(":")[0].partition(",")[0]
        path = Path("/usr/share/doc", package, "copyright")
        if package and path.is_file():
            yield f"{name} ({package})", path.read_text(encoding="utf-8", errors="replace").strip()


def fonts() -> Iterator[tuple[str, str]]:
    """The bundled fonts'."""
    yield "Noto Serif SC, Noto Sans SC: OFL-1.1", (ROOT / "resources" / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def main() -> None:
    """Write them all."""
    sections = [*packages(), *python(), *fonts(), *system_libraries()]
    heading = "本程序带有下列软件和字体，它们各按自己的许可证使用。\n" + "\n".join(f"  {name}" for name, _ in sections)
    texts = (f"{_RULE}\n{name}\n{_RULE}\n\n{text}\n" for name, text in sections)
    TARGET.write_text("\n\n".join((heading, *texts)), encoding="utf-8")
    print(f"许可证：{len(sections)} 项，写入 {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
