"""A few mutated files, each read in a process of its own; benchmarks.fuzzing reads five thousand."""

import re
import subprocess
import sys
from pathlib import Path

COUNT = 140


def test_mutated_files_end_with_tables_or_a_sentence() -> None:
    script = f"from benchmarks.fuzzing import run; tally = run({COUNT}, 11); print([flaw.what for flaw in tally.flaws])"
    root = Path(__file__).resolve().parents[3]
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    lines = finished.stdout.strip().splitlines()
    assert lines[-1] == "[]"
    past = re.findall(r"([a-z]+[^,:]*) (\d+) of (\d+)", lines[0].partition(":")[2])
    assert sum(int(tried) for _, _, tried in past) == COUNT
    assert sum(int(passed) for _, passed, _ in past) > COUNT / 3
    assert all(int(passed) for _, passed, _ in past)
