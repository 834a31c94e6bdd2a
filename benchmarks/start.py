"""From starting the process to the first painted window with the form open, against an empty PySide6 window.

Both are processes of their own, unchanged, in turns, with compiled modules and a warm file cache, as on every start but
the first after installing. Qt itself says when it hands the first whole picture to the screen (its painting log, with
the time of the clock that all processes share), so nothing has to be put into the program to see it.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.models.writer import Writer
from benchmarks.figure import say_ratio
from benchmarks.forms import real_form

TARGET: Final = 1.8
REPEATS: Final = 15
FLUSHED: Final = re.compile(r"^ *([\d.]+) Flushing .* of \w*MainWindow\(")
WATCHED: Final = {
    "QT_LOGGING_RULES": "qt.widgets.painting.debug=true",
    "QT_MESSAGE_PATTERN": "%{time boot} %{message}",
    "QT_QPA_PLATFORM": "offscreen",
}


def measure(repeats: int = REPEATS) -> None:
    """Print the figure."""
    with TemporaryDirectory() as name:
        store_form(Path(name))
        pairs = start_in_turns(program_on(Path(name)), [sys.executable, "-m", "benchmarks.empty_window"], repeats)
    say_ratio("start to painted form ÷ empty window", TARGET, pairs, fastest(pairs))


def program_on(folder: Path) -> list[str]:
    """The command that opens a data folder in a window."""
    return [sys.executable, "-m", "app", "--data", str(folder)]


def store_form(folder: Path) -> None:
    """A data folder with the real form in it."""
    writer = Writer(folder)
    writer.create(real_form(), "benchmark")
    writer.close()


def start_in_turns(ours: list[str], peer: list[str], repeats: int) -> list[tuple[float, float]]:
    """Pairs of milliseconds from start to paint of two commands."""
    for _ in range(2):  # compiles modules, and makes it a second start
        milliseconds_to_paint(ours)
        milliseconds_to_paint(peer)
    return [(milliseconds_to_paint(ours), milliseconds_to_paint(peer)) for _ in range(repeats)]


def fastest(pairs: Sequence[tuple[float, float]]) -> str:
    """A note of the best of both sides."""
    return "fastest " + " and ".join(f"{min(side):.0f}" for side in zip(*pairs, strict=True))


def milliseconds_to_paint(command: list[str]) -> float:
    """Start a program, wait until its window has been painted, and end it."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.monotonic()
    with subprocess.Popen(command, env=inherited | WATCHED, stderr=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stderr or ():
                flushed = FLUSHED.match(line)
                if flushed:
                    return (float(flushed[1]) - start) * 1000
        finally:
            process.kill()
    raise AssertionError(f"{command} painted nothing")
