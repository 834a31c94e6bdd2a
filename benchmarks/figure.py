"""How a figure is measured and said: two works taken in turns, one line, its target beside it.

Decides nothing about what is measured.
"""

import statistics
import time
from collections.abc import Callable, Sequence

Work = Callable[[], object]


def milliseconds(work: Work) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def measure_in_turns(ours: Work, peer: Work, repeats: int) -> list[tuple[float, float]]:
    """Pairs of times in milliseconds, so that a busy machine slows both; the first pair only warms up."""
    return [(milliseconds(ours), milliseconds(peer)) for _ in range(repeats + 1)][1:]


def say_ratio(what: str, target: float, pairs: Sequence[tuple[float, float]], note: str = "") -> float:
    """Print ours ÷ peer: the ratio of the two medians. Gives the ratio."""
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio: float = ours / peer
    detail = f"{ours:.1f} ms ÷ {peer:.1f} ms, n={len(pairs)}{note and f', {note}'}"
    print(f"{what}: {ratio:.3g}, at most {target:.3g}: {_verdict(ratio, target)} ({detail})", flush=True)
    return ratio


def say_time(what: str, target: float, value: float, note: str) -> None:
    """Print a time in milliseconds that has a limit of its own."""
    print(f"{what}: {value:.1f} ms, at most {target:g} ms: {_verdict(value, target)} ({note})", flush=True)


def say_unmeasured(what: str, target: float, why: str) -> None:
    """Print that a figure is not known: never a pass."""
    print(f"{what}: not measured (at most {target:.3g}): {why}", flush=True)


def percentile(times: Sequence[float], share: float) -> float:
    """The value that ``share`` (ratio) of the times do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _verdict(value: float, target: float) -> str:
    return "met" if value <= target else "MISSES"
