"""The random user of the tests, a thousand times: what is shown, what is stored and what is computed anew stay the same.

Not a time but a count: every example edits in any way there is, undoes everything, and finds the byte-identical start.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

EXAMPLES: Final = 1000
TEST: Final = "tests/ui/test_random_user.py"
ROOT: Final = Path(__file__).resolve().parent.parent


def measure(examples: int = EXAMPLES) -> None:
    """Print how many examples held; a failing one is printed with its steps."""
    asked = {"JIXIAO_EXAMPLES": str(examples), "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"}
    environment = os.environ | asked
    start = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "--hypothesis-show-statistics", TEST]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    passed = sum(map(int, re.findall(r"(\d+) passing,", done.stdout)))
    verdict = "met" if done.returncode == 0 and passed >= examples else "MISSES"
    print(
        f"random user: {passed} of {examples} examples held: {verdict} ({time.monotonic() - start:.0f} s)", flush=True
    )
    if done.returncode:
        print(f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}\nthe tests ended with {done.returncode}", flush=True)


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
