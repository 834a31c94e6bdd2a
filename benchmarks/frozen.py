"""From starting the process to the first painted window: the frozen program against `python -m app`, on the same data.

Both in turns, as in `benchmarks.start`. Where nothing was built (`make build`) there is nothing to measure.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.figure import say_ratio, say_unmeasured
from benchmarks.start import fastest, program_on, start_in_turns, store_form
from scripts.shipping.product import PROGRAM

WHAT: Final = "start of the frozen program ÷ python -m app"
TARGET: Final = 1.3
REPEATS: Final = 15


def measure(repeats: int = REPEATS) -> None:
    """Print the figure."""
    if not PROGRAM.exists():
        say_unmeasured(WHAT, TARGET, "nothing was built (make build)")
        return
    with TemporaryDirectory() as name:
        store_form(Path(name))
        ours, peer = [str(PROGRAM), "--data", name], program_on(Path(name))
        pairs = start_in_turns(ours, peer, repeats)
    say_ratio(WHAT, TARGET, pairs, fastest(pairs))
