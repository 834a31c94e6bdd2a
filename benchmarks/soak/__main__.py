"""`python -m benchmarks.soak [count] [seed]`: 5,000 random acts of a user at the whole program, offscreen, then its controls.

Exit code 1 when an exception, a Qt warning, a logged failure, growing memory or a wrong form was found, or when a
control, in which that is planted on purpose, was not found out.
"""

import os
import subprocess
import sys
from typing import Final

COUNT: Final = 5000
CONTROL_COUNT: Final = 1000
SEED: Final = 20261129


def soak(count: int, seed: int, *control: str) -> bool:
    """Run one soak in a process of its own; whether it found nothing."""
    command = [sys.executable, "-m", "benchmarks.soak.soaking", str(count), str(seed), *control]
    return subprocess.run(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=False).returncode == 0


def main() -> int:
    """Soak, and try the controls; the exit code."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    is_sound = soak(count, seed)
    for control in ("fails", "keeps"):
        is_found = not soak(CONTROL_COUNT, seed, control)
        print(f"  control, {control}: {'found out, as it must' if is_found else 'NOT FOUND: the soak sees nothing'}")
        is_sound = is_sound and is_found
    print(f"soak: {'met' if is_sound else 'MISSES'}", flush=True)
    return not is_sound


if __name__ == "__main__":
    sys.exit(main())
