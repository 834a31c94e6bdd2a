"""Measures every figure in turn, or those named: ``python -m benchmarks memory pdf``. A figure that misses is printed as such.

Each runs in a process of its own: what one leaves in memory would be in the figures of the next, and one that breaks
must not take the others with it. The exit code is 1 when one broke.
"""

import argparse
import os
import subprocess
import sys
from importlib import import_module
from typing import Final

NAMES: Final = (
    "keystroke",
    "paste",
    "start",
    "frozen",
    "opening",
    "pdf",
    "xlsx_export",
    "docx_export",
    "reading",
    "preview",
    "storage",
    "review",
    "memory",
    "random_user",
)


def main() -> int:
    """Measure what the arguments of this process name."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    names = parser.parse_args().names or NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}")
    if len(names) == 1:
        import_module(f"benchmarks.{names[0]}").measure()
        return 0
    broken = [name for name in names if not _measure_apart(name)]
    if broken:
        print(f"broke: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _measure_apart(name: str) -> bool:
    """Whether it came to its end."""
    return subprocess.run([sys.executable, "-m", "benchmarks", name], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
