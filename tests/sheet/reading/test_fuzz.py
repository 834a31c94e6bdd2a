"""A few mutated files, each read in a process of its own; benchmarks.fuzzing reads five thousand."""

import subprocess
import sys
from pathlib import Path

COUNT = 200


def test_mutated_files_end_with_tables_or_a_sentence() -> None:
    script = f"from benchmarks.fuzzing import run; tally = run({COUNT}, 11); print([flaw.what for flaw in tally.flaws])"
    root = Path(__file__).resolve().parents[3]
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    past, flaws = finished.stdout.strip().splitlines()[-2:]
    assert flaws == "[]"
    assert int(past.split("preflight: ")[1].split(";")[0]) > COUNT / 3
