"""What a fault bench gives: trials, counted and said in one way, beside a control that has to fail.

Decides how a count reads, and when a bench has proved something. Knows no fault.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

SHOWN: Final = 12  # flaws that are printed
BROKEN: Final = "the bench itself ended: "  # begins a flaw that says nothing about the program


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault and what came of it: ``flaw`` says what was lost ("" when nothing was), ``seconds`` how long opening took."""

    flaw: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Flaw:
    """What was lost, how often, and the number of the first trial that did."""

    what: str
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class Tally:
    """All trials of a bench or of its control; ``flaws`` the most frequent first."""

    tried: int
    flaws: tuple[Flaw, ...] = ()
    slowest: float = 0.0

    @property
    def lost(self) -> int:
        """Trials after which something was lost, damaged or left behind."""
        return sum(flaw.count for flaw in self.flaws)

    @property
    def is_broken(self) -> bool:
        """Whether some trials could not be made at all."""
        return any(flaw.what.startswith(BROKEN) for flaw in self.flaws)

    @property
    def survived(self) -> int:
        """Trials after which everything was as it must be."""
        return self.tried - self.lost


Run = Callable[[int, int], Tally]  # from how often, and a seed


@dataclass(frozen=True, slots=True)
class Control:
    """The same fault, tried ``count`` times on a variant that is ``unsafe`` in the way it says: it has to fail."""

    unsafe: str
    count: int
    run: Run


@dataclass(frozen=True, slots=True)
class Bench:
    """A fault, tried ``count`` times on the program, and on its controls."""

    name: str
    fault: str
    count: int
    run: Run
    controls: tuple[Control, ...]
    needs_shim: bool = True


def tally(trials: Sequence[Trial]) -> Tally:
    """Count trials, which are numbered from 0."""
    numbers: dict[str, list[int]] = {}
    for number, trial in enumerate(trials):
        if trial.flaw:
            numbers.setdefault(trial.flaw, []).append(number)
    flaws = [Flaw(what, len(lost), lost[0]) for what, lost in numbers.items()]
    flaws.sort(key=lambda flaw: -flaw.count)
    return Tally(len(trials), tuple(flaws), max((trial.seconds for trial in trials), default=0.0))


def combine(tallies: Sequence[Tally]) -> Tally:
    """Several tallies as one."""
    slowest = max((each.slowest for each in tallies), default=0.0)
    return Tally(sum(each.tried for each in tallies), tuple(flaw for each in tallies for flaw in each.flaws), slowest)


def upper_bound(count: Tally) -> float:
    """The share that is lost at most, with a certainty of 95 %: the rule of three; 1 when something was lost or nothing tried."""
    return min(1.0, 3 / count.tried) if count.tried and not count.lost else 1.0


def throw(*seed: object) -> Random:
    """A die that falls the same way for the same seed."""
    return Random(":".join(map(str, seed)))  # noqa: S311 - repeatable on purpose


def measure(bench: Bench, seed: int, count: int | None = None) -> bool:
    """Try a bench and its controls, and print all. True when nothing was lost and every control failed."""
    start = time.perf_counter()
    ours = bench.run(bench.count if count is None else count, seed)
    print(
        f"{bench.name}: {bench.fault}: tried {ours.tried}, survived {ours.survived}, lost {ours.lost}"
        + (f" (95 % upper bound {upper_bound(ours):.2%})" if not ours.lost else "")
        + f", seed {seed}, {time.perf_counter() - start:.0f} s"
        + (f", slowest opening {ours.slowest * 1000:.0f} ms" if ours.slowest else ""),
        flush=True,
    )
    _say_flaws(ours)
    have_failed = [_has_failed(control, seed, count) for control in bench.controls]
    return bool(ours.tried) and not ours.lost and bool(have_failed) and all(have_failed)


def _has_failed(control: Control, seed: int, count: int | None) -> bool:
    theirs = control.run(control.count if count is None else min(count, control.count), seed)
    has_failed = bool(theirs.lost) and not theirs.is_broken
    verdict = "fails, as it must" if has_failed else "PROVES NOTHING"
    print(f"  control, {control.unsafe}: tried {theirs.tried}, lost {theirs.lost}: {verdict}", flush=True)
    if not has_failed:
        _say_flaws(theirs)
    return has_failed


def _say_flaws(count: Tally) -> None:
    for flaw in count.flaws[:SHOWN]:
        print(f"  LOST {flaw.count} ×, first in trial {flaw.first}: {flaw.what}")
