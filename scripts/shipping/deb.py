"""Makes the .deb out of the built folder: /opt/jixiao, a link in /usr/bin, desktop entry, icons, file types.

Decides places, dependencies and the description. Needs only dpkg-deb; files belong to root whoever builds.
"""

import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from app import VERSION
from scripts.shipping.icons import SIZES, picture
from scripts.shipping.product import DESCRIPTION, FOLDER, ICONS, MAINTAINER, NAME, ROOT, SUMMARY, TITLE
from scripts.shipping.weigh import measure_demand, name_packages, weigh

ARCHITECTURE: Final = "amd64"
PACKAGE: Final = ROOT / "dist" / f"{NAME}_{VERSION}_{ARCHITECTURE}.deb"
LINUX: Final = ROOT / "packaging" / "linux"
TREE: Final = ROOT / "build" / "deb"
# Fonts for the window and for input; the printed form brings its own.
RECOMMENDED: Final = ("fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei", "xdg-utils")
_RUNNABLE: Final = 0o755
_READABLE: Final = 0o644


def control(needed: list[str], wished: list[str], kibibytes: int) -> str:
    """The control file."""
    return f"""Package: {NAME}
Version: {VERSION}
Architecture: {ARCHITECTURE}
Maintainer: {MAINTAINER}
Installed-Size: {kibibytes}
Depends: {", ".join(needed)}
Recommends: {", ".join([*wished, *RECOMMENDED])}
Section: misc
Priority: optional
Description: {TITLE} - {SUMMARY}
 {DESCRIPTION}：填写、计算、审核、定稿、打印，不需要网络。
 .
 Brings its own Python and Qt in /opt/{NAME}. Forms are kept in each user's home
 and stay when the package is removed.
"""


def lay_out(tree: Path) -> None:
    """Everything that will be installed, below ``tree``."""
    shutil.copytree(FOLDER, tree / "opt" / NAME, symlinks=True)
    share = tree / "usr" / "share"
    put(LINUX / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    put(LINUX / f"{NAME}.xml", share / "mime" / "packages" / f"{NAME}.xml")
    icons = share / "icons" / "hicolor"
    for size in SIZES:
        put(picture(size), icons / f"{size}x{size}" / "apps" / f"{NAME}.png")
    put(ICONS / f"{NAME}.svg", icons / "scalable" / "apps" / f"{NAME}.svg")
    documents = share / "doc" / NAME
    put(FOLDER / "LICENSES.txt", documents / "copyright")
    (documents / "changelog.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / NAME).symlink_to(f"/opt/{NAME}/{NAME}")


def put(source: Path, target: Path) -> None:
    """A copy that everybody may read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def set_rights(tree: Path) -> None:
    """What Debian asks for: nobody but root may write, and only programs can be run."""
    runnable = {tree / "opt" / NAME / NAME, tree / "DEBIAN" / "postinst", tree / "DEBIAN" / "postrm"}
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(_RUNNABLE if path.is_dir() or path in runnable else _READABLE)
    tree.chmod(_RUNNABLE)


def write_scripts(tree: Path) -> None:
    """The control folder."""
    folder = tree / "DEBIAN"
    needed, wished = name_packages(*_demand())
    kibibytes = sum(-(-size // 1024) for size in weigh(tree).values())
    folder.mkdir()
    (folder / "control").write_text(control(needed, wished, kibibytes), encoding="utf-8")
    files = sorted(
        path for path in tree.rglob("*") if path.is_file() and not path.is_symlink() and folder not in path.parents
    )
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files)  # noqa: S324  what dpkg checks
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8")
    for name in ("postinst", "postrm"):
        put(LINUX / name, folder / name)


def _demand() -> tuple[frozenset[str], tuple[int, ...]]:
    demand = measure_demand(FOLDER)
    return demand.libraries, demand.glibc


def main() -> int:
    """Build it; 1 when there is nothing to build from."""
    if not (FOLDER / NAME).is_file():
        print("请先运行 make build", file=sys.stderr)
        return 1
    shutil.rmtree(TREE, ignore_errors=True)
    TREE.mkdir(parents=True)
    lay_out(TREE)
    write_scripts(TREE)
    set_rights(TREE)
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", "-Zxz", str(TREE), str(PACKAGE)], check=True)
    print(f"已生成 {PACKAGE.relative_to(ROOT)}，{PACKAGE.stat().st_size / 1_000_000:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
