"""Damage to the data file itself: flipped bits, bytes, sectors, pages, a lost end. No wrong value is ever shown as right.

Decides kinds of damage, what is asked of a damaged file, and which answers are wrong. The control believes SQLite's own
integrity check.
"""

import shutil
import sqlite3
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

import app
from app.form.failure import AppError
from app.models import reader
from app.models.files.backups import SHELF, Reason, list_backups
from app.models.folder import FILE_NAME
from app.models.safety.custody import MARKER
from app.models.safety.recovery import newest_good
from app.models.writer import Writer
from benchmarks.faults.forks import Child, Say, share
from benchmarks.faults.script import Script
from benchmarks.faults.tally import Bench, Control, Tally, Trial, throw
from benchmarks.faults.typist import PATIENCE, Typist, look_into, memory
from benchmarks.forms import real_form

PAGE: Final = 4096  # bytes
SECTOR: Final = 512
EDITS: Final = 30
APP: Final = Path(app.__file__).parent

LISTS: Final = frozenset(
    {"the list of forms", "the list of deleted forms", *(f"the versions of form {number}" for number in (1, 2, 3))}
)

Damage = Callable[[bytearray, Random], None]
Question = Callable[[Writer], object]
Right = Mapping[str, object]  # the answers of the file before it was damaged, by question
Look = Callable[[Path, Right], Trial]


def _flip_bit(content: bytearray, dice: Random) -> None:
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def _change_byte(content: bytearray, dice: Random) -> None:
    content[dice.randrange(len(content))] ^= dice.randint(1, 255)


def _scatter_bytes(content: bytearray, dice: Random) -> None:
    start = dice.randrange(len(content))
    piece = dice.randbytes(min(dice.randint(2, 64), len(content) - start))
    content[start : start + len(piece)] = piece


def _clear(size: int, content: bytearray, dice: Random) -> None:
    start = dice.randrange(len(content) // size) * size
    content[start : start + size] = bytes(size)


def _cut(content: bytearray, dice: Random) -> None:
    del content[dice.randrange(len(content)) :]


def _swap_pages(content: bytearray, dice: Random) -> None:
    one, other = (number * PAGE for number in dice.sample(range(len(content) // PAGE), 2))
    content[one : one + PAGE], content[other : other + PAGE] = (
        content[other : other + PAGE],
        content[one : one + PAGE],
    )


DAMAGES: Final[tuple[Damage, ...]] = (
    _flip_bit,
    _flip_bit,  # the one that integrity_check does not see
    _change_byte,
    _scatter_bytes,
    partial(_clear, SECTOR),
    partial(_clear, PAGE),
    _cut,
    _swap_pages,
)


def _fill(folder: Path, seed: int, _say: Say) -> None:
    """Two forms with their journals, one of them with a version, a deleted third one; a backup of the first and one of all."""
    typist = Typist(folder, Script(seed))
    writer = typist.writer
    typist.edit(EDITS)
    writer.back_up(Reason.MANUAL)
    second = writer.create(real_form(), "导入")
    writer.finalise(second.id, "某人")
    writer.reopen(second.id, "改错字")
    writer.delete(writer.create(Script(seed).form(1), "新建").id)
    writer.back_up(Reason.MANUAL)
    writer.close(PATIENCE)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is shown of a file, and whether the user is told that it is damaged."""

    given: Mapping[str, object]
    is_warned: bool


def _questions() -> Mapping[str, Question]:
    """Everything that the program shows of the three forms."""
    asked: dict[str, Question] = {
        "the list of forms": Writer.list_forms,
        "the list of deleted forms": Writer.list_deleted,
        "a version": lambda writer: writer.load_version(2, 1),
    }
    for number in (1, 2, 3):
        asked[f"form {number}"] = partial(_ask, Writer.load, number)
        asked[f"the journal of form {number}"] = partial(_ask, Writer.history, number)
        asked[f"the versions of form {number}"] = partial(_ask, Writer.versions, number)
    return asked


def _ask(method: Callable[[Writer, int], object], form_id: int, writer: Writer) -> object:
    return method(writer, form_id)


def _answers(folder: Path) -> Answers:
    """What the program shows, and whether it says that something is wrong. AppError when the file is not opened."""
    writer = Writer(folder)
    given = {}
    try:
        for name, ask in _questions().items():
            try:
                given[name] = ask(writer)
            except AppError:
                continue
        damages = writer.inspect()  # it comes within seconds of every start
    finally:
        writer.close(PATIENCE)
    return Answers(given, is_warned=bool(damages) or len(given) < len(_questions()))


def _open_damaged(folder: Path, right: Right) -> Trial:
    """A wrong list is lost when nothing is said of it, anything else of a form even then; and a good backup must be there."""
    try:
        return Trial(_judge(folder, right))
    except Exception as error:  # noqa: BLE001 - a traceback in front of the user
        return Trial(f"a failure that is no AppError: {type(error).__name__}{_place_of(error)}")


def _place_of(error: Exception) -> str:
    """Where in the program an error was raised."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if APP in Path(frame.filename).parents]
    return f" in {Path(frames[-1].filename).name}, {frames[-1].name}" if frames else ""


def _judge(folder: Path, right: Right) -> str:
    try:
        answers = _answers(folder)
    except AppError:
        answers = Answers({}, is_warned=True)
    wrong = [name for name, answer in answers.given.items() if answer != right[name]]
    if wrong and not (answers.is_warned and {*wrong} <= LISTS):
        return f"wrong, and nothing said: {wrong[0]}"
    return _judge_offer(folder, right) if answers.is_warned else ""


def _judge_offer(folder: Path, right: Right) -> str:
    backup = newest_good(folder)
    if backup is None:
        return "no good backup is offered"
    try:
        forms = look_into(backup.path)
    except AppError:
        return "the backup that is offered cannot be opened"
    is_right = right["form 1"] in forms and (len(forms) == 1 or (len(forms) == 2 and right["form 2"] in forms))
    return "" if is_right else "the backup that is offered is not what was backed up"


def _open_believing(folder: Path, right: Right) -> Trial:
    """The control: what SQLite finds in order is shown."""
    try:
        with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return Trial()
        vars(reader)["verify"] = lambda _table, _values: None
        answers = _answers(folder)
    except Exception:  # noqa: BLE001 - noticed, in its way
        return Trial()
    return Trial("wrong" if any(answer != right[name] for name, answer in answers.given.items()) else "")


def _attempt(seed: int, good: Path, look: Look, part: range) -> Iterator[Trial]:
    content, right = (good / FILE_NAME).read_bytes(), _answers(good).given
    with tempfile.TemporaryDirectory(dir=memory()) as top:
        for number in part:
            dice, damaged = throw(seed, "rot", number), bytearray(content)
            DAMAGES[number % len(DAMAGES)](damaged, dice)
            folder = Path(top, str(number))
            shutil.copytree(good / SHELF, folder / SHELF)
            (folder / FILE_NAME).write_bytes(damaged)
            if dice.random() < 0.3:
                _damage_backup(folder, DAMAGES[number % len(DAMAGES)], dice)
            if dice.random() < 0.5:
                (
                    folder / MARKER
                ).touch()  # the last run did not end cleanly: the file is inspected before anything is shown
            yield look(folder, right)
            shutil.rmtree(folder)


def _damage_backup(folder: Path, damage: Damage, dice: Random) -> None:
    path = list_backups(folder)[0].path
    content = bytearray(path.read_bytes())
    damage(content, dice)
    path.write_bytes(content)


def _run(look: Look, count: int, seed: int) -> Tally:
    with tempfile.TemporaryDirectory() as top:
        good = Path(top)
        Child(partial(_fill, good, seed)).finish()
        return share(count, partial(_attempt, seed, good, look))


BENCH: Final = Bench(
    name="rot",
    fault="damage to the data file",
    count=5000,
    run=partial(_run, _open_damaged),
    controls=(Control("integrity_check alone, no row hashes", 300, partial(_run, _open_believing)),),
    needs_shim=False,
)
