"""Uses a built program as somebody would who has nothing else: copied away, without Python, with an empty home.

Decides what must hold of it: the smoke run, the command line, and an answer to a wrong call. Usage: try_program.py [PROGRAM],
an installed one; without it the folder that was built, copied into an empty place first.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app import VERSION
from scripts.shipping.product import FOLDER, NAME, PROGRAM

PATIENCE: Final = 300  # seconds, on a busy machine
SMOKE_FILES: Final = (".pdf", ".xlsx", ".docx")


def bare_environment(home: Path) -> dict[str, str]:
    """An environment without Python and without anything of the user's."""
    empty = home / "bin"
    empty.mkdir(exist_ok=True)
    kept = {
        name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP", "DISPLAY", "XAUTHORITY") if name in os.environ
    }
    platform = "windows" if sys.platform == "win32" else os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return {**kept, "PATH": str(empty), "HOME": str(home), "USERPROFILE": str(home), "QT_QPA_PLATFORM": platform}


def call(program: Path, home: Path, *arguments: str, expected: int = 0) -> str:
    """What the program says. AssertionError with all of it when its exit code is another than expected."""
    finished = subprocess.run(
        [str(program), *arguments],
        cwd=home,
        env=bare_environment(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    if finished.returncode != expected:
        raise AssertionError(f"{arguments}: {finished.returncode}\n{finished.stdout}\n{finished.stderr}")
    return finished.stdout


def try_program(program: Path, resources: Path, home: Path) -> None:
    """Everything in turn."""
    print(call(program, home, "smoke", str(home / "smoke")), end="")
    for suffix in SMOKE_FILES:
        assert list((home / "smoke").glob(f"*{suffix}")), suffix  # noqa: S101  a build that is wrong ends here
    sample = resources / "samples" / "rugao-2024.json"
    said = call(program, home, "--version")
    assert sys.platform == "win32" or said == f"{NAME} {VERSION}\n", said  # noqa: S101  the same; there is no console there
    call(program, home, "check", str(sample), "--json", expected=1)
    call(program, home, "export", str(sample), "--pdf", str(home / "a.pdf"))
    call(program, home, "verify", str(home / "smoke" / "2024.xlsx"))
    call(program, home, "chekc", expected=2)
    print("命令行可用：--version、check、export、verify，写错的命令退出码为 2")


def main() -> None:
    """Try the program that is named, or the folder that was built."""
    with TemporaryDirectory() as name:
        home = Path(name).resolve() / "用户 家"
        home.mkdir()
        if len(sys.argv) > 1:
            program = Path(sys.argv[1]).absolute()
        else:
            program = Path(shutil.copytree(FOLDER, home / "程序", symlinks=True)) / PROGRAM.name
        print(
            f"试运行 {program.name}（{'安装的程序' if len(sys.argv) > 1 else '复制到空文件夹，PATH 里没有 Python'}）："
        )
        try_program(program, program.resolve().parent / "_internal" / "resources", home)


if __name__ == "__main__":
    main()
