"""What the documents show is what the program does."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from app.form.reading.interchange import read_form
from tests.architecture.sources import ROOT, python_files

README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS: Final = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
SAMPLES: Final = Path("resources", "samples")
COMMANDS: Final = re.findall(r"^    jixiao ((?:check|export) .*)$", README, re.MULTILINE)


def call(folder: Path, command: str) -> str:
    """What the program prints in ``folder``, where the samples lie as in the checkout."""
    shutil.copytree(ROOT / SAMPLES, folder / SAMPLES)
    finished = subprocess.run(
        [sys.executable, "-m", "app", *shlex.split(command)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert finished.returncode == (1 if "强制" in finished.stdout.decode() else 0)
    return finished.stdout.decode()


def block(text: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found, language
    return found[1]


def glossary_words() -> set[str]:
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|([^|]*)\|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE)
    return set(re.findall(r"`([^`]+)`", " ".join(map(" ".join, rows))))


def test_the_readme_shows_commands() -> None:
    assert [command.split()[0] for command in COMMANDS] == ["check", "check", "export"]


@pytest.mark.parametrize(("command", "language"), [(COMMANDS[0], "text"), (COMMANDS[1], "json")])
def test_checking_prints_what_the_readme_shows(tmp_path: Path, command: str, language: str) -> None:
    shown, cut, _ = block(README, language).partition("…\n")
    printed = call(tmp_path, command)
    assert (printed[: len(shown)] if cut else printed) == shown


def test_the_corrected_sample_is_what_the_readme_says(tmp_path: Path) -> None:
    said = re.search(r"`(\S+-corrected\.json)` 是改正了强制问题的同一张表（(分值合计 \d+)，(得分合计 [\d.]+)）", README)
    assert said
    printed = call(tmp_path, f"check {said[1]}").splitlines()
    assert printed[1:3] == [said[2], said[3]]
    assert not any(line.startswith("强制") for line in printed)


def test_exporting_writes_what_the_readme_names(tmp_path: Path) -> None:
    call(tmp_path, COMMANDS[2])
    assert {path.name for path in tmp_path.iterdir()} == {
        "resources",
        *(f"自评价表{ending}" for ending in (".pdf", ".xlsx", ".docx", ".json")),
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_files_that_are_named_exist(path: Path) -> None:
    named = re.findall(
        r"`((?:app|tests|docs|resources|scripts|benchmarks)/[\w./-]*)`", path.read_text(encoding="utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_package_stands_in_the_architecture() -> None:
    told = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    packages = {path.parent.as_posix() for path in python_files("app/") if path.name == "__init__.py"} - {"app"}
    assert "app/form" in packages
    assert [package for package in sorted(packages) if f"`{package}/`" not in told] == []


def test_words_of_the_glossary_are_words_of_the_program() -> None:
    program = "".join((ROOT / path).read_text(encoding="utf-8") for path in python_files("app/", "scripts/"))
    assert len(glossary_words()) > 60
    assert glossary_words() - set(re.findall(r"\w+", program)) == set()


def test_one_word_of_the_program_means_one_thing() -> None:
    firsts = re.findall(
        r"^\| ([^|]+) \| `(\w+)` \| ([^|]*)\|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )
    words = [word if "在 `" not in note else f"{note}{word}" for _, word, note in firsts]
    assert [word for word in words if words.count(word) > 1] == []
    assert len({chinese for chinese, _, _ in firsts}) == len(firsts)


def test_the_interchange_example_is_a_form() -> None:
    form = read_form(block((ROOT / "docs/interchange.md").read_text(encoding="utf-8"), "json"))
    assert [row.applies for row in form.indicators] == [True, False]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").iterdir())]
    assert numbers == list(range(1, len(numbers) + 1))
