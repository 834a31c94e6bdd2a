"""A disk that is full, and a disk that fails at any one call: nothing that was acknowledged is lost, no export is touched.

Decides where a session meets the failure, and when the disk is well again. The controls acknowledge what failed, and
save straight onto the target of an export.
"""

import errno
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final

from app.form.failure import AppError
from app.models.folder import FILE_NAME
from app.models.state import Saved, now
from app.models.writer import Writer
from benchmarks.faults import shim
from benchmarks.faults.forks import Child, Say, share
from benchmarks.faults.script import Script
from benchmarks.faults.tally import Bench, Control, Tally, Trial, throw
from benchmarks.faults.typist import NOTHING, PATIENCE, Typist, examine, export, workbook_of

STEPS: Final = 6  # of a session
OPENING: Final = -1
WORKERS: Final = 4  # at once: they wait more than they work
NEAR: Final = 24  # calls that a step makes, about
EXPORT_CALLS: Final = 12  # that an export makes, about
EXPORT_AT: Final = 2  # this step exports, the others edit
OLD: Final = b"the file that stands where the export goes"
CODES: Final = (errno.EIO, errno.ENOSPC, errno.EACCES)
FOLDER: Final = "data"
TARGET: Final = "out/form.xlsx"

Switch = Callable[[], None]


class SwallowingWriter(Writer):
    """The control: a failed change counts as saved."""

    def _postpone(self, _job: object, _reason: str) -> None:
        self._queue.popleft()
        self._tell(Saved(now()))


def export_directly(target: Path, content: bytes) -> None:
    """The control: the old file is gone before the new one is whole."""
    try:
        target.write_bytes(content)
    except OSError as error:
        raise AppError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Program:
    """The program, or a variant of it."""

    writer: type[Writer] = Writer
    export: Callable[[Path, bytes], None] = export


@dataclass(frozen=True, slots=True)
class Fault:
    """How the disk fails: from a step of the session on (OPENING: from its start), until it is healed or for ever."""

    begin: Switch
    heal: Switch
    step: int
    is_healed: bool


Make = Callable[[Random, int, Path], Fault]  # from a die, the number of the trial, and its folder


def _work(root: Path, script: Script, program: Program, fault: Fault, say: Say) -> None:
    """A session that meets the fault; what it acknowledges is said."""
    if fault.step == OPENING:
        fault.begin()
    try:
        typist = Typist(root / FOLDER, script, program.writer)
    except AppError:
        if not fault.is_healed:
            return
        fault.heal()
        typist = Typist(root / FOLDER, script, program.writer)
    say(f"edit {typist.number}")
    failures = 0
    for step in range(STEPS):
        if fault.step == step:
            fault.begin()
        is_done = _export(root / TARGET, typist, program, say) if step == EXPORT_AT else _edit(typist, say)
        failures += not is_done
        if failures > 1 and fault.is_healed:
            fault.heal()
    if fault.is_healed:
        fault.heal()
        typist.writer.retry()
        if not typist.writer.flush(PATIENCE) and not typist.writer.flush(PATIENCE):
            raise RuntimeError("not saved although the disk is well again")
        say(f"edit {typist.number}")
    say(f"calls {shim.count_calls()}")


def _edit(typist: Typist, say: Say) -> bool:
    typist.edit()
    typist.writer.retry()
    if is_saved := typist.is_saved():
        say(f"edit {typist.number}")
    return is_saved


def _export(target: Path, typist: Typist, program: Program, say: Say) -> bool:
    content = workbook_of(typist.form)
    say(f"exporting {sha256(content).hexdigest()}")
    with suppress(AppError):
        program.export(target, content)
        say(f"exported {sha256(content).hexdigest()}")
        return True
    return False


def _prepare(root: Path, begun: Path | None) -> None:
    """A file to export onto and, when the fault comes later, a data folder with the form in it."""
    target = root / TARGET
    target.parent.mkdir(parents=True)
    target.write_bytes(OLD)
    if begun:
        shutil.copytree(begun, root / FOLDER)


def _begin(folder: Path, script: Script, _say: Say) -> None:
    Typist(folder, script).writer.close(PATIENCE)


def _try(root: Path, script: Script, program: Program, fault: Fault) -> Trial:
    lines, code = Child(partial(_work, root, script, program, fault)).finish()
    if code < 0:
        return Trial(f"ended by signal {-code}")
    if code:
        return Trial(lines[-1].replace(str(root), "…"))
    said = [line.split() for line in lines]
    found = sha256((root / TARGET).read_bytes()).hexdigest()
    exported = next((digest for word, digest in reversed(said) if word == "exported"), sha256(OLD).hexdigest())
    tried = {digest for word, digest in said if word == "exporting"}
    if found != exported and (found not in tried or exported in tried):
        return Trial("the target of an export is neither the old nor the new file")
    return examine(
        root / FOLDER, script, max((int(number) for word, number in said if word == "edit"), default=NOTHING)
    )


def _attempt(seed: int, program: Program, make: Make, begun: Path, part: range) -> Iterator[Trial]:
    script = Script(seed)
    with tempfile.TemporaryDirectory() as top:
        for number in part:
            root = Path(top, str(number)).resolve()
            fault = make(throw(seed, "failing", number), number, root)
            _prepare(root, begun if fault.step > OPENING else None)
            yield _try(root, script, program, fault)


def _try_all(program: Program, make: Make, count: int, seed: int) -> Tally:
    with tempfile.TemporaryDirectory() as top:
        begun = Path(top, FOLDER)
        Child(partial(_begin, begun, Script(seed))).finish()
        return share(count, partial(_attempt, seed, program, make, begun), WORKERS)


def _measure_session(seed: int) -> tuple[int, int]:
    """How many calls a session makes without any fault, and how long its largest file becomes, in bytes."""
    with tempfile.TemporaryDirectory() as top:
        root = Path(top).resolve()
        _prepare(root, None)
        fault = Fault(partial(shim.watch, root), shim.disarm, OPENING, is_healed=False)
        lines, _ = Child(partial(_work, root, Script(seed), Program(), fault)).finish()
        return int(lines[-1].split()[1]), (root / FOLDER / FILE_NAME).stat().st_size


def _limit_files(size: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if size < 0 else size, most))


def _fill_disk(program: Program, count: int, seed: int) -> Tally:
    _, size = _measure_session(seed)

    def make(dice: Random, number: int, _root: Path) -> Fault:
        # Every second one stops files of the length of an export, the others all up to that of the data file.
        limit = (size if number % 2 else len(workbook_of(Script(seed).form(0)))) * number // count
        step = dice.randrange(OPENING, STEPS)
        return Fault(partial(_limit_files, limit), partial(_limit_files, -1), step, is_healed=dice.random() < 0.5)

    return _try_all(program, make, count, seed)


def _fail_calls(program: Program, count: int, seed: int) -> Tally:
    calls, _ = _measure_session(seed)

    def make(dice: Random, number: int, root: Path) -> Fault:
        # One in three goes through all calls of a session, the others through those of one step or of the export.
        places = (
            (OPENING, calls * number // count),
            (dice.randrange(STEPS), dice.randrange(NEAR)),
            (EXPORT_AT, number // 3 % EXPORT_CALLS),
        )
        return _fail_at(places[number % 3], dice, root)

    return _try_all(program, make, count, seed)


def _fail_export(program: Program, count: int, seed: int) -> Tally:
    def make(dice: Random, number: int, root: Path) -> Fault:
        return _fail_at((EXPORT_AT, number % EXPORT_CALLS), dice, root)

    return _try_all(program, make, count, seed)


def _fail_at(place: tuple[int, int], dice: Random, root: Path) -> Fault:
    """A fault at a step, after so many calls."""
    step, calls = place

    def begin() -> None:
        shim.watch(root)
        shim.arm(1 + calls, dice.choice(CODES), is_sticky=dice.random() < 0.5)

    return Fault(begin, shim.disarm, step, is_healed=dice.random() < 0.5)


FULL: Final = Bench(
    name="full",
    fault="disk full at every step of a session",
    count=200,
    run=partial(_fill_disk, Program()),
    controls=(
        Control("a failed change counts as saved", 60, partial(_fill_disk, Program(writer=SwallowingWriter))),
        Control("exports written onto their target", 60, partial(_fill_disk, Program(export=export_directly))),
    ),
)
ERRORS: Final = Bench(
    name="errors",
    fault="I/O error at any call of a session, once or from then on",
    count=500,
    run=partial(_fail_calls, Program()),
    controls=(
        Control("a failed change counts as saved", 100, partial(_fail_calls, Program(writer=SwallowingWriter))),
        Control("exports written onto their target", 60, partial(_fail_export, Program(export=export_directly))),
    ),
)
