"""Processes that are started by forking, so that everything is imported once, and that may be killed at any moment.

Decides how they speak to the one that started them: lines over a pipe. Knows no fault.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import pairwise
from typing import Final

from benchmarks.faults.tally import BROKEN, Tally, Trial, tally

Say = Callable[[str], None]

CRASH: Final = "crash "
WORKERS: Final = 2
_AT_ONCE: Final = 65536  # bytes


class Child:
    """A forked process at its work. It remembers what was heard in part."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        """Fork, and let the child do ``work``; an exception of it is said as a line that begins with CRASH."""
        sys.stdout.flush()
        self._reading, writing = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._reading)
            _work(work, writing)
        os.close(writing)
        self._heard = b""

    def listen(self, seconds: float | None = None) -> str | None:
        """The next line; None when there is none within ``seconds`` or when the child has ended."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self._heard:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not select.select([self._reading], [], [], left)[0]:
                return None
            more = os.read(self._reading, _AT_ONCE)
            if not more:
                return None
            self._heard += more
        line, self._heard = self._heard.split(b"\n", 1)
        return line.decode()

    def kill(self) -> None:
        """End it now, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)

    def finish(self) -> tuple[list[str], int]:
        """What is still to be heard, and the exit code: 0, or minus the signal that ended it."""
        lines = []
        while (line := self.listen()) is not None:
            lines.append(line)
        _, status = os.waitpid(self.pid, 0)
        os.close(self._reading)
        return lines, os.waitstatus_to_exitcode(status)


def _work(work: Callable[[Say], None], writing: int) -> None:
    def say(words: str) -> None:
        os.write(writing, f"{words}\n".encode())

    code = 0
    try:
        work(say)
    except BaseException as error:  # noqa: BLE001 - told to the one that forked
        code = 1
        with contextlib.suppress(OSError):
            say(f"{CRASH}{type(error).__name__}: {error}".replace("\n", " "))
    os._exit(code)  # nothing that was inherited is closed or flushed here


def share(count: int, attempt: Callable[[range], Iterable[Trial]], workers: int = WORKERS) -> Tally:
    """Have trials 0 … count-1 done by ``attempt`` in several processes at once; what a process that dies owes is lost."""
    edges = [count * number // workers for number in range(workers + 1)]
    parts = [range(first, last) for first, last in pairwise(edges)]
    children = [Child(_tell_all(attempt, part)) for part in parts]
    trials: list[Trial] = []
    for child, part in zip(children, parts, strict=True):
        lines, _ = child.finish()
        told = [Trial(**each) for each in json.loads(lines[-1])] if lines and not lines[-1].startswith(CRASH) else []
        why = lines[-1] if lines else "killed"
        trials.extend([*told, *[Trial(f"{BROKEN}{why}")] * (len(part) - len(told))])
    return tally(trials)


def _tell_all(attempt: Callable[[range], Iterable[Trial]], part: range) -> Callable[[Say], None]:
    def work(say: Say) -> None:
        trials = [asdict(trial) for trial in attempt(part)]
        say(json.dumps(trials))

    return work
