"""Mutated Office files, PDFs and packages: each ends with its tables or with one sentence, within 5 s and 300 MB.

Files of others are read in a child that is forked from a process which has all libraries loaded: the very code that the
program's child runs, with the same limits, only started faster. Files of ours (校验, 装入) the program reads itself: there a
fork stands for the program, and dying in it counts as the program's death. The control is the libraries by themselves.
"""

import argparse
import gc
import io
import os
import resource
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import docx as word
import python_calamine
from openpyxl import Workbook, load_workbook

from app.form.failure import AppError
from app.sheet.handover.arriving import inspect, receive
from app.sheet.reading import serving
from app.sheet.reading.preflight.examining import examine
from app.sheet.reading.process import limits
from app.sheet.reading.process.wire import BEGUN, decode, encode_refusal, lay_out
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.sniffing import HEAD, Family, sniff
from benchmarks.faults.tally import Bench, Control, Tally, Trial, measure, tally, throw
from benchmarks.mutation import mutate
from benchmarks.victims import Victim, save_apart, victims

SECONDS: Final = 5.0
MEMORY: Final = 300_000_000
_BARE_MEMORY: Final = 2_000_000_000  # addresses, so that the control does not take the machine with it
_CHUNK: Final = 1 << 16
_MAKING: Final = 60.0  # seconds for a mutant
_SAID: Final = 250  # files between two words about how far it is
_CHILDS_END: Final = 70  # exit code of a child that raised


@dataclass(frozen=True, slots=True)
class Finish:
    """How a child ended: what it said, its exit code (negative: the signal), seconds, bytes of memory at its peak."""

    said: bytes
    code: int
    seconds: float
    memory: int


def run(count: int, seed: int) -> Tally:
    """Bring mutated files in as the program does; what became of them is printed beside what the tally counts."""
    serving.load(serving.LIBRARIES)
    files = victims()
    gc.freeze()  # a collection in a child would copy every page that it looks at
    trials: list[Trial] = []
    tried, passed, ends = Counter[str](), Counter[str](), Counter[str]()
    slowest = memory = 0.0
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.zip")
        for number in range(count):
            victim = files[number % len(files)]
            content = make_mutant(victim, seed, number)
            path.write_bytes(content)
            finish = _apart(partial(_receive if victim.is_received else _answer, path), limits.SECONDS)
            flaw, end = _judge_received(finish) if victim.is_received else _judge(finish)
            if path.read_bytes() != content:
                flaw = "the file was changed"
            trials.append(Trial(flaw and f"{victim.name}: {flaw}", finish.seconds))
            tried[victim.name] += 1
            passed[victim.name] += not end.startswith("unreadable") if victim.is_received else _passes(content)
            ends[end] += 1
            slowest, memory = max(slowest, finish.seconds), max(memory, finish.memory)
            if number % _SAID == _SAID - 1:
                print(f"  {number + 1} of {count}, {sum(bool(trial.flaw) for trial in trials)} flaws", file=sys.stderr)
    print("  past the preflight: " + ", ".join(f"{name} {passed[name]} of {tried[name]}" for name in tried))
    print(f"  slowest {slowest:.2f} s, peak {memory / 1e6:.0f} MB; {dict(ends.most_common())}")
    return tally(trials)


def make_mutant(victim: Victim, seed: int, number: int) -> bytes:
    """The ``number``-th mutant of a run, made in a process of its own: some need much memory, which would count as the readers'."""
    return _apart(lambda pipe: _write(pipe, mutate(victim.content, throw(seed, number))), _MAKING).said


def _write(pipe: int, content: bytes) -> None:
    with os.fdopen(pipe, "wb", closefd=False) as file:
        file.write(content)


def run_bare(count: int, seed: int) -> Tally:
    """Read the same files with the libraries alone."""
    trials, files = [], [victim for victim in victims() if not victim.is_received]
    for number in range(count):
        content = make_mutant(files[number % len(files)], seed, number)
        finish = _apart(partial(_read_bare, content), SECONDS)
        flaw = _limits(finish) or (f"ends by {finish.said.decode() or finish.code}" if finish.code else "")
        trials.append(Trial(flaw, finish.seconds))
    return tally(trials)


def _answer(path: Path, answers: int) -> None:
    """What `source` and `serving` do together."""
    with path.open("rb") as file:
        try:
            family = sniff(file.read(HEAD))
        except Refusal as refusal:
            said = encode_refusal(refusal)
        else:
            said = serving.answer(answers, family, path)
    _write(answers, said)


def _receive(path: Path, answers: int) -> None:
    """What 校验 and 装入 do, in the program itself."""
    said = [inspect(path, lambda _text, _share: None).verdict.value]
    try:
        receive(path, lambda _text, _share: None)
    except AppError:
        said.append("not taken in")
    _write(answers, ", ".join(said).encode())


def _read_bare(content: bytes, answers: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_BARE_MEMORY, _BARE_MEMORY))
    try:
        if b"word/" in content:
            for table in word.Document(io.BytesIO(content)).tables:
                for row in table.rows:
                    "".join(cell.text for cell in row.cells)
        elif content.startswith(b"PK"):
            for sheet in load_workbook(io.BytesIO(content), data_only=True).worksheets:
                for cells in sheet.iter_rows():
                    "".join(str(cell.value) for cell in cells)
    except BaseException as error:
        os.write(answers, type(error).__name__.encode())
        raise


def _apart(work: Callable[[int], None], seconds: float) -> Finish:
    """Do it in a forked child, which is killed when it takes longer than it may."""
    answers, pipe = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if not child:
        try:
            for stream in (1, 2):  # libraries print
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            work(pipe)
            os._exit(0)
        except BaseException:  # noqa: BLE001  whatever it is, this child must not go on as its parent
            os._exit(_CHILDS_END)
    os.close(pipe)
    said = bytearray()
    while (left := start + seconds - time.monotonic()) > 0 and select.select([answers], [], [], left)[0]:
        chunk = os.read(answers, _CHUNK)
        if not chunk:
            break
        said += chunk
    else:
        os.kill(child, signal.SIGKILL)
    os.close(answers)
    _, status, usage = os.wait4(child, 0)
    return Finish(bytes(said), os.waitstatus_to_exitcode(status), time.monotonic() - start, usage.ru_maxrss * 1024)


def _judge(finish: Finish) -> tuple[str, str]:
    """What is wrong with how it ended ("": nothing), and how the program would say it."""
    try:
        reading = decode(finish.said.removeprefix(BEGUN)) if finish.said.removeprefix(BEGUN) else None
        if reading is None:
            is_slow = finish.seconds >= limits.SECONDS or finish.code == -signal.SIGXCPU
            end = Reason.SLOW.name if is_slow else f"{Reason.STOPPED.name} by signal {-finish.code}"
        else:
            end = "read"
            for table in reading.tables:
                grid = lay_out(table)
                if sum(cell.rows * cell.columns for cell in grid.cells) != grid.row_count * len(grid.widths):
                    return "a grid is not covered once", end
    except Refusal as refusal:
        end = refusal.reason.name
    except AppError:
        end = "its own sentence"
    return _limits(finish), end


def _judge_received(finish: Finish) -> tuple[str, str]:
    """The same for files that the program reads itself."""
    if finish.code and finish.seconds < SECONDS:
        return f"the program ends by {finish.code}", "died"
    return _limits(finish), finish.said.decode()


def run_far(count: int, _seed: int) -> Tally:
    """Read two kilobytes with one cell in the last row and column by the libraries alone: one hangs, the other aborts."""
    book = Workbook()
    book.worksheets[0]["XFD1048576"] = "x"
    content, trials = save_apart(book.save), []
    for number in range(count):
        finish = _apart(partial(_read_bare if number % 2 else _read_values, content), SECONDS)
        flaw = f"ends by {finish.code}" if finish.code else ""
        trials.append(Trial(_limits(finish) or flaw, finish.seconds))
    return tally(trials)


def _read_values(content: bytes, _answers: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_BARE_MEMORY, _BARE_MEMORY))
    with python_calamine.load_workbook(io.BytesIO(content)) as book:
        book.get_sheet_by_index(0).to_python()


def _limits(finish: Finish) -> str:
    if finish.seconds >= SECONDS:
        return "takes more than 5 s"
    return "takes more than 300 MB" if finish.memory > MEMORY else ""


def _passes(content: bytes) -> bool:
    try:
        return sniff(content[:HEAD]) is not Family.ZIP or bool(examine(io.BytesIO(content)))
    except Refusal:
        return False


BENCH: Final = Bench(
    "fuzzing",
    "mutated xlsx, docx, pdf and zip files",
    5_000,
    run,
    (Control("the libraries alone", 200, run_bare), Control("the libraries alone, one far cell", 4, run_far)),
    needs_shim=False,
)


def main() -> int:
    """Parse how many, and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzzing", description=__doc__)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    return 0 if measure(BENCH, asked.seed, asked.count) else 1


if __name__ == "__main__":
    sys.exit(main())
