"""A short version of each fault bench: nothing is lost, and every control fails. `make faults` tries all of them often."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from benchmarks.faults import shim

ROOT: Final = Path(__file__).resolve().parents[2]
NEEDS_SHIM: Final = pytest.mark.skipif(not shim.can_load(), reason="needs Linux and a C compiler")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the benches fork")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "benchmarks.faults", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize(
    ("benches", "count", "seed"),
    [
        pytest.param(("kill",), 10, 4, id="kill"),
        pytest.param(("rot",), 20, 1, id="rot"),
        pytest.param(("power",), 24, 4, id="power", marks=NEEDS_SHIM),
        pytest.param(("migration", "backup"), 7, 4, id="migration, backup", marks=NEEDS_SHIM),
        pytest.param(("restore", "export", "import"), 7, 4, id="restore, export, import", marks=NEEDS_SHIM),
        pytest.param(("full", "errors"), 6, 4, id="full, errors", marks=NEEDS_SHIM),
    ],
)
def test_nothing_is_lost_and_every_control_fails(benches: tuple[str, ...], count: int, seed: int) -> None:
    ended = run(*benches, "--count", str(count), "--seed", str(seed))
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    for name in benches:
        assert f"\n{name}: " in f"\n{ended.stdout}"
    assert ended.stdout.count(f"tried {count}, survived {count}, lost 0") == len(benches)
    assert "fails, as it must" in ended.stdout
