"""Counting: what was lost is said, and a bench whose control survives has proved nothing."""

from collections.abc import Callable
from functools import partial

import pytest

from benchmarks.faults.tally import BROKEN, Bench, Control, Flaw, Tally, Trial, combine, measure, tally, upper_bound

LOST, KEPT = Trial("an edit is not there"), Trial(seconds=0.2)


def run(trial: Trial, count: int, _seed: int) -> Tally:
    return tally([trial] * count)


def bench(ours: Trial, theirs: Trial) -> Bench:
    return Bench("kill", "kill -9", 30, partial(run, ours), (Control("hasty", 10, partial(run, theirs)),))


def test_trials_are_counted_and_flaws_named_with_the_first() -> None:
    found = tally([KEPT, LOST, Trial("other"), LOST])
    assert (found.tried, found.survived, found.lost, found.slowest) == (4, 1, 3, 0.2)
    assert found.flaws == (Flaw(LOST.flaw, 2, 1), Flaw("other", 1, 2))


def test_tallies_are_combined() -> None:
    both = combine([tally([KEPT, LOST]), tally([LOST])])
    assert (both.tried, both.lost, both.slowest) == (3, 2, 0.2)


@pytest.mark.parametrize(
    ("count", "bound"), [(Tally(300), 0.01), (Tally(1), 1), (Tally(0), 1), (tally([LOST] * 300), 1)]
)
def test_the_upper_bound_follows_the_rule_of_three(count: Tally, bound: float) -> None:
    assert upper_bound(count) == bound


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        (KEPT, LOST, "fails, as it must"),
        (KEPT, KEPT, "PROVES NOTHING"),
        (KEPT, Trial(f"{BROKEN}killed"), "PROVES NOTHING"),
        (LOST, LOST, "LOST 30 ×, first in trial 0: an edit is not there"),
    ],
)
def test_only_a_bench_that_loses_nothing_and_whose_control_fails_is_good(
    ours: Trial, theirs: Trial, verdict: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert measure(bench(ours, theirs), 4) == (verdict == "fails, as it must")
    assert verdict in capsys.readouterr().out


def test_a_smaller_count_is_for_the_controls_too(capsys: pytest.CaptureFixture[str]) -> None:
    check: Callable[[int | None], bool] = partial(measure, bench(KEPT, LOST), 4)
    assert check(5)
    said = capsys.readouterr().out
    assert "tried 5, survived 5, lost 0 (95 % upper bound 60.00%), seed 4" in said
    assert "control, hasty: tried 5, lost 5" in said
