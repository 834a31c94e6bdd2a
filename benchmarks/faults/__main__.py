"""Tries every fault, or those that are named. The exit code is 1 when something was lost, or when a control survived."""

import argparse
import gc
import sys
from typing import Final

import app.models.store
import app.sheet.xlsx  # noqa: F401 - both loaded once, before the forks
from benchmarks.faults import failing, interrupted, kills, power, rot, shim
from benchmarks.faults.tally import Bench, measure

BENCHES: Final[tuple[Bench, ...]] = (
    kills.BENCH,
    power.BENCH,
    interrupted.MIGRATION,
    interrupted.BACKUP,
    interrupted.RESTORE,
    interrupted.EXPORT,
    interrupted.IMPORT,
    rot.BENCH,
    failing.FULL,
    failing.ERRORS,
)


def main() -> int:
    """Parse what is asked for, and measure it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(bench.name for bench in BENCHES))
    parser.add_argument("--count", type=int, help="trials of each bench, instead of its own number")
    parser.add_argument("--seed", type=int, default=4)
    asked = parser.parse_args()
    known = {bench.name for bench in BENCHES}
    if unknown := [name for name in asked.names if name not in known]:
        parser.error(f"unknown: {', '.join(unknown)}")
    chosen = [bench for bench in BENCHES if not asked.names or bench.name in asked.names]
    if any(bench.needs_shim for bench in chosen) and shim.can_load():
        shim.load()
    gc.freeze()  # a collection in a child would copy every page that it looks at
    results = [_measure(bench, asked.seed, asked.count) for bench in chosen]
    return 0 if all(results) else 1


def _measure(bench: Bench, seed: int, count: int | None) -> bool:
    if bench.needs_shim and not shim.can_load():
        print(f"{bench.name}: not measured: it needs Linux and a C compiler")
        return True
    return measure(bench, seed, count)


if __name__ == "__main__":
    sys.exit(main())
