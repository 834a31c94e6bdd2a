"""Mutated Office and PDF files: reading each ends with its tables or with one sentence, within 5 s and 300 MB.

Each file is read in a child that is forked from a process which has all libraries loaded: the very code that the program's
child runs, with the same limits, only started faster. The control is the libraries by themselves.
"""

import argparse
import io
import os
import resource
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import docx as word
from openpyxl import Workbook, load_workbook

from app.form.failure import AppError
from app.sheet import docx, pdf, xlsx
from app.sheet.reading import serving
from app.sheet.reading.preflight.examining import examine
from app.sheet.reading.process import limits
from app.sheet.reading.process.wire import BEGUN, decode, encode_refusal, lay_out
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.sniffing import HEAD, Family, sniff
from benchmarks.faults.tally import Bench, Control, Tally, Trial, measure, tally, throw
from benchmarks.forms import grid_of, real_form
from benchmarks.mutation import mutate

SECONDS: Final = 5.0
MEMORY: Final = 300_000_000
_BARE_MEMORY: Final = 2_000_000_000  # addresses, so that the control does not take the machine with it
_CHUNK: Final = 1 << 16
_CHILDS_END: Final = 70  # exit code of a child that raised


@dataclass(frozen=True, slots=True)
class Finish:
    """How a child ended: what it said, its exit code (negative: the signal), seconds, bytes of memory at its peak."""

    said: bytes
    code: int
    seconds: float
    memory: int


def seeds() -> tuple[bytes, ...]:
    """The files that are mutated: ours and those of other writers."""
    grid = grid_of(real_form())
    book = Workbook()
    for row in range(1, 30):
        for column in range(1, 9):
            book.worksheets[0].cell(row, column, f"{row} {column}" if column % 2 else row / column)
    book.worksheets[0].merge_cells("A1:C2")
    document = word.Document()
    document.add_heading("x", 0)
    table = document.add_table(6, 4)
    table.cell(0, 0).merge(table.cell(2, 1)).text = "x"
    table.cell(3, 3).add_table(2, 2).cell(0, 0).text = "y"
    files = []
    for each in (book, document):
        file = io.BytesIO()
        each.save(file)
        files.append(file.getvalue())
    notes = (("a", "b"), ("1", "2"))
    return (xlsx.paint(grid, notes), files[0], docx.paint(grid), files[1], pdf.paint(grid).content)


def run(count: int, seed: int) -> Tally:
    """Read mutated files as the program does; what became of them is printed beside what the tally counts."""
    serving.load(serving.LIBRARIES)
    trials, ends, passed = [], Counter[str](), 0
    slowest = memory = 0.0
    with TemporaryDirectory() as folder:
        for content in _mutants(count, seed):
            path = Path(folder, "x")
            path.write_bytes(content)
            finish = _apart(lambda answers, path=path: _answer(answers, path), limits.SECONDS)  # type: ignore[misc]  # mypy can't infer defaults of a lambda
            flaw, end = _judge(finish)
            if path.read_bytes() != content:
                flaw = "the file was changed"
            trials.append(Trial(flaw, finish.seconds))
            ends[end] += 1
            passed += _passes(content)
            slowest, memory = max(slowest, finish.seconds), max(memory, finish.memory)
    print(
        f"  past the preflight: {passed}; slowest {slowest:.2f} s, peak {memory / 1e6:.0f} MB; {dict(ends.most_common())}"
    )
    return tally(trials)


def run_bare(count: int, seed: int) -> Tally:
    """Read the same files with the libraries alone."""
    trials = []
    for content in _mutants(count, seed):
        finish = _apart(lambda answers, content=content: _read_bare(answers, content), SECONDS)  # type: ignore[misc]  # the same
        flaw = _limits(finish) or (f"ends by {finish.said.decode() or finish.code}" if finish.code else "")
        trials.append(Trial(flaw, finish.seconds))
    return tally(trials)


def _mutants(count: int, seed: int) -> Iterator[bytes]:
    files = seeds()
    for number in range(count):
        die = throw(seed, number)
        yield mutate(files[number % len(files)], die)


def _answer(answers: int, path: Path) -> None:
    """What `source` and `serving` do together."""
    with path.open("rb") as file:
        try:
            family = sniff(file.read(HEAD))
        except Refusal as refusal:
            said = encode_refusal(refusal)
        else:
            said = serving.answer(answers, family, path)
    with os.fdopen(answers, "wb", closefd=False) as pipe:
        pipe.write(said)


def _read_bare(answers: int, content: bytes) -> None:
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
    "mutated xlsx, docx and pdf files",
    5_000,
    run,
    (Control("the libraries alone", 200, run_bare),),
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
