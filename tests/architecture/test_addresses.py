"""Nothing in the repository names a package index or a place on somebody's machine."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import ROOT, iterate_files

# Written so that this file holds none of them.
INDEX: Final = re.compile(
    r"--(?:extra-)?index-url|--find-link[s]|(?:index-url|registry)\s*="
    r"|\b(?:pypi|pythonhosted|npmjs|npmmirror|yarnpkg|crates)\.(?:org|io|com)|\bmirrors?\.[a-z0-9-]+\.[a-z]"
)
MACHINE: Final = re.compile(r"(?<![\w.~$}/<-])/(?:work|root|home|tmp)/\w")
LOCKS: Final = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
OTHER_LOCKS: Final = frozenset({"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"})


def addresses(text: str) -> list[str]:
    """Package indices and absolute paths of one machine."""
    return [match[0] for pattern in (INDEX, MACHINE) for match in pattern.finditer(text)]


def addresses_in_lock(text: str) -> list[str]:
    """A lock holds names, versions, markers and hashes, and no address at all."""
    return re.findall(r"\S*://\S*|^\s*-(?!-hash=)\S*|\S*@\s*(?:file|git)\S*", text, re.MULTILINE)


def iterate_texts() -> Iterator[tuple[Path, str]]:
    for path in iterate_files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content[:8192]:
            yield path, content.decode("utf-8", errors="replace")


def test_no_file_names_an_index_or_a_machine() -> None:
    assert {path.as_posix(): found for path, text in iterate_texts() if (found := addresses(text))} == {}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert addresses_in_lock(text) == []
    assert re.search(r"^pyside6-essentials==6\.9\.3 ", text, re.MULTILINE)


def test_every_locked_version_has_hashes() -> None:
    for name in LOCKS:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if "==" in line.split(";")[0] and not line.endswith("\\")] == []


def test_the_small_lock_is_part_of_the_large_ones() -> None:
    small, *large = (
        {line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if re.match(r"\w.*==", line)}
        for name in LOCKS
    )
    assert [small - each for each in large] == [set(), set()]


def test_there_are_no_other_locks() -> None:
    assert [path.as_posix() for path in iterate_files() if path.name in OTHER_LOCKS] == []


def test_an_address_is_reported() -> None:
    path, index = f"/{'tmp'}/venv", f"--{'index-url'}"
    assert addresses(f"see {path}/x, run with {index} https://pypi.{'org'}/simple") == [
        index,
        f"pypi.{'org'}",
        path[:6],
    ]
    assert addresses("../tmp/x ~/work/x docs/home/x https://example.org/root/x --no-emit-index") == []


def test_an_address_in_a_lock_is_reported() -> None:
    text = "--extra https://example.org/x\na==1 ; sys_platform == 'win32' \\\n    --hash=sha256:00\nb @ file:b.whl\n"
    assert addresses_in_lock(text) == ["--extra", "https://example.org/x", "@ file:b.whl"]
