"""The commands that README and manual show do what is said of them: each is run, in a folder of its own."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.manual.words import PAGES, ROOT, commands, name_page, read

SHOWN: Final = tuple((name_page(page), command) for page in PAGES for command in commands(read(page)))
EXPECTED: Final = {"check": 1}  # the sample has mandatory findings; every other command ends with 0
# How commands begin that are not run here, and why.
NOT_RUN: Final = {
    "jixiao --data 文件夹": "it opens the window; the program's own tests do",
    "make ": "they install or open a window; that each target exists is tested",
    "py -m venv": "Windows' launcher of Python; it installs",
    ".venv\\Scripts\\": "paths of Windows; `make run` and `make test` do the same",
}
TARGETS: Final = frozenset(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
OFFLINE: Final = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PATH": ""}


def test_the_pages_show_commands() -> None:
    assert {"make run", "jixiao verify 自评价表.xlsx"} <= {command for _page, command in SHOWN}


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_a_target_of_make_exists(page: str, command: str) -> None:
    words = shlex.split(command)
    named = {word for word in words[1:] if "=" not in word} if words[0] == "make" else set()

    assert named <= TARGETS, page


def test_targets_that_are_named_in_passing_exist() -> None:
    documents = (*PAGES, ROOT / "docs" / "architecture.md", ROOT / "packaging" / "README.md")
    named = {word for page in documents for word in re.findall(r"`make ([a-z]+)", read(page))}

    assert named
    assert named <= TARGETS


def test_what_the_readme_shows_can_be_done_in_its_order(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "resources" / "samples", tmp_path / "resources" / "samples")
    done = 0
    for page, command in SHOWN:
        words = shlex.split(command, posix="\\" not in command)
        if command.startswith(tuple(NOT_RUN)):
            continue
        assert words[0] == "jixiao", (page, command)
        answer = subprocess.run(
            [sys.executable, "-m", "app", *words[1:]],
            cwd=tmp_path,
            env={**OFFLINE, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
            capture_output=True,
            check=False,
        )
        assert answer.returncode == EXPECTED.get(words[1], 0), (page, command, answer.stderr.decode())
        done += 1
    assert done
    assert (tmp_path / "自评价表.xlsx").is_file()


def test_every_exception_is_shown() -> None:
    assert {start for start in NOT_RUN if any(command.startswith(start) for _page, command in SHOWN)} == set(NOT_RUN)
