"""kill -9 at a random moment of opening, making a form, typing, undoing: what was acknowledged is there.

Decides moments. The control acknowledges an edit before it is committed.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.faults.forks import CRASH, Child, Say, share
from benchmarks.faults.script import Script
from benchmarks.faults.tally import Bench, Control, Tally, Trial, throw
from benchmarks.faults.typist import NOTHING, PATIENCE, Typist, examine, slower

PER_FOLDER: Final = 25
LONGEST: Final = 0.08  # seconds between a typist's first words and its end
EARLY: Final = 0.2  # the share of typists that are killed before that, while the folder is opened
OPENING: Final = 0.05  # seconds that opening takes at most, usually
REOPENING: Final = 1.0  # seconds that the next start may take

Work = Callable[[Path, Script, Say], None]


def _type_on(folder: Path, script: Script, say: Say) -> None:
    """Edit for ever; now and then several edits at once, now and then leaving the cell, which flushes."""
    typist = Typist(folder, script)
    say(f"{typist.number}")
    dice = throw(folder, typist.number)
    while True:
        typist.edit(dice.randint(1, 4))
        if typist.writer.flush(PATIENCE) if dice.random() < 0.7 else typist.is_saved():
            say(f"{typist.number}")


def _type_hastily(folder: Path, script: Script, say: Say) -> None:
    typist = Typist(folder, script)
    while True:
        say(f"{typist.number + 4}")
        typist.edit(4)
        typist.writer.flush(PATIENCE)


def _run_and_kill(work: Callable[[Say], None], seconds: float, *, is_early: bool) -> tuple[int, str]:
    """Let a typist work for a while, and kill it; what it acknowledged last, and what went wrong by itself."""
    child = Child(work)
    heard = [] if is_early else [child.listen(PATIENCE) or f"{CRASH}nothing said"]
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if (line := child.listen(left)) is not None:
            heard.append(line)
    child.kill()
    heard.extend(child.finish()[0])
    crash = next((line for line in heard if line.startswith(CRASH)), "")
    return max((int(line) for line in heard if not line.startswith(CRASH)), default=NOTHING), crash


def _attempt(seed: int, work: Work, part: range) -> Iterator[Trial]:
    with tempfile.TemporaryDirectory() as top:
        script, folder, acknowledged = Script(seed), Path(top), NOTHING
        for number in part:
            if number == part.start or number % PER_FOLDER == 0:
                script, folder, acknowledged = Script(f"{seed}:{number}"), Path(top, str(number)), NOTHING
            dice = throw(seed, "kill", number)
            is_early = dice.random() < EARLY
            seconds = dice.uniform(0, OPENING if is_early else LONGEST)
            told, crash = _run_and_kill(partial(work, folder, script), seconds, is_early=is_early)
            acknowledged = max(acknowledged, told)
            trial = examine(folder, script, acknowledged)
            if trial.seconds > REOPENING:  # the machine may have stood still: a slow program is slow again
                trial = slower(examine(folder, script, acknowledged), REOPENING)
            yield Trial(crash, trial.seconds) if crash else trial


def _run(work: Work, count: int, seed: int) -> Tally:
    return share(count, partial(_attempt, seed, work))


BENCH: Final = Bench(
    name="kill",
    fault="kill -9 while editing",
    count=2000,
    run=partial(_run, _type_on),
    controls=(Control("acknowledged before the commit", 100, partial(_run, _type_hastily)),),
    needs_shim=False,
)
