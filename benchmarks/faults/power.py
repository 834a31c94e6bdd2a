"""Power cuts: a recorded session of edits, exports and backups, and what the next start finds after each kind of cut.

Decides what is recorded and what must be found again. disk.py decides what a cut may do. The controls are the
same session with a journal that is unlinked, as SQLite does unless it is told otherwise, and without syncing.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.models import connection
from app.models.files.backups import Reason, list_backups
from benchmarks.faults import shim
from benchmarks.faults.disk import Disk
from benchmarks.faults.forks import Child, Say, share
from benchmarks.faults.script import Script
from benchmarks.faults.shim import Call
from benchmarks.faults.tally import Bench, Control, Tally, Trial, throw
from benchmarks.faults.typist import NOTHING, PATIENCE, Typist, examine, export, look_into, memory, workbook_of

BURSTS: Final = 60  # in a session that is long enough for thousands of states
EXPORT_EVERY: Final = 9
BACKUP_EVERY: Final = 13

FOLDER: Final = "data"
TARGET: Final = "out/form.xlsx"


@dataclass(frozen=True, slots=True)
class Session:
    """What is recorded; ``pragmas`` are those of a control."""

    seed: int
    pragmas: tuple[str, ...]
    bursts: int


def _type(session: Session, root: Path, log: Path, say: Say) -> None:
    """The session; everything that is acknowledged is marked in the record."""
    vars(connection)["_PRAGMAS"] += session.pragmas  # of a control
    shim.watch(root, log)
    (root / TARGET).parent.mkdir()
    dice, script = throw(session.seed, "power"), Script(session.seed)
    typist = Typist(root / FOLDER, script)
    shim.mark("edit 0")
    for number in range(session.bursts):
        typist.edit(dice.randint(1, 3))
        if not typist.writer.flush(PATIENCE):
            raise RuntimeError("not saved, without any fault")
        shim.mark(f"edit {typist.number}")
        if number % EXPORT_EVERY == 0:
            content = workbook_of(script.form(typist.number))
            export(root / TARGET, content)
            shim.mark(f"export {sha256(content).hexdigest()}")
        if number % BACKUP_EVERY == 0:
            backup = typist.writer.back_up(Reason.MANUAL)
            if backup:
                shim.mark(f"backup {backup.name} {typist.number}")
    typist.writer.close(PATIENCE)
    say("done")


@dataclass(frozen=True, slots=True)
class _Acknowledged:
    """What the user has been told until some moment."""

    edits: int = NOTHING
    exported: str = ""
    backups: tuple[tuple[str, int], ...] = ()

    def hear(self, words: str) -> "_Acknowledged":
        match words.split():
            case ["edit", number]:
                return replace(self, edits=int(number))
            case ["export", digest]:
                return replace(self, exported=digest)
            case ["backup", name, number]:
                return replace(self, backups=(*self.backups, (name, int(number))))
            case _:
                raise ValueError(words)


def _record(session: Session, top: Path) -> tuple[str, list[Call]]:
    root, log = top / "root", top / "log"
    root.mkdir()
    lines, code = Child(partial(_type, session, root, log)).finish()
    if (lines, code) != (["done"], 0):
        raise RuntimeError(f"the session ended with {code}: {lines}")
    return str(root), list(shim.read_log(log))


def _attempt(seed: int, root: str, calls: Sequence[Call], moments: Sequence[int], part: range) -> Iterator[Trial]:
    disk, heard, done = Disk(root), _Acknowledged(), 0
    script = Script(seed)
    with tempfile.TemporaryDirectory(dir=memory()) as top:
        for number in part:
            for call in calls[done : moments[number]]:
                disk.do(call)
                heard = heard.hear(call.path) if call.kind == "m" else heard
            done = moments[number]
            marks = (call.path.split() for call in calls[done:] if call.kind == "m")
            upcoming = next((mark[1] for mark in marks if mark[0] == "export"), "")
            found = Path(top, str(number))
            _put(disk.crash(throw(seed, "cut", number)), Path(root), found)
            yield _look(found, script, heard, upcoming)


def _put(contents: dict[str, bytes], root: Path, found: Path) -> None:
    (found / FOLDER).mkdir(parents=True)
    for name, content in contents.items():
        path = found / Path(name).relative_to(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _look(found: Path, script: Script, heard: _Acknowledged, upcoming: str) -> Trial:
    target = found / TARGET
    exported = sha256(target.read_bytes()).hexdigest() if target.exists() else ""
    if exported not in (heard.exported, upcoming):
        return Trial("the exported file is neither the old nor the new one")
    for name, number in heard.backups:
        path = next(
            (each.path for each in list_backups(found / FOLDER) if each.name == name and each.is_verified), None
        )
        if path is None:
            return Trial("a finished backup is not there")
        if look_into(path) != (script.form(number),):
            return Trial("a finished backup is damaged")
    return examine(found / FOLDER, script, heard.edits)


def _run(pragmas: tuple[str, ...], count: int, seed: int) -> Tally:
    with ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        root, calls = _record(Session(seed, pragmas, min(BURSTS, 8 + count // 10)), top)
        dice = throw(seed, "moments")
        moments = sorted(dice.randint(1, len(calls)) for _ in range(count))
        return share(count, partial(_attempt, seed, root, calls, moments))


BENCH: Final = Bench(
    name="power",
    fault="power cut while editing, exporting, backing up",
    count=3000,
    run=partial(_run, ()),
    controls=(
        Control("journal_mode=DELETE instead of TRUNCATE", 300, partial(_run, ("journal_mode=DELETE",))),
        Control("synchronous=OFF", 300, partial(_run, ("synchronous=OFF",))),
    ),
)
