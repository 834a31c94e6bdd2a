"""kill -9 in the middle of long work: migration, backup, restore, export, import. Old or new, whole; the next start works.

Decides what each work is and what may be found afterwards. The moment is a random one of the calls that change the disk:
between two of them nothing does, so these are all moments there are; a write that is the last call is done by half.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import StaticPool, create_engine

from app.form.change import Change, InsertRow
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.models.files.backups import SHELF, Reason, list_backups
from app.models.folder import FILE_NAME
from app.models.migrations import upgrade
from app.models.opening import VERSION
from app.models.safety.upkeep import Upkeep
from app.models.writer import Writer
from app.sheet.files import remove_leftovers
from benchmarks.faults import shim
from benchmarks.faults.forks import Child, Say, share
from benchmarks.faults.script import Script
from benchmarks.faults.tally import Bench, Control, Tally, Trial, combine, throw
from benchmarks.faults.typist import PATIENCE, Typist, export, leftovers, look_into, workbook_of
from benchmarks.forms import real_form

FOLDER: Final = "data"
TARGET: Final = "out/form.xlsx"
OLD: Final = "old.xlsx"
NEW: Final = "new.xlsx"
EDITS: Final = 12
PIECE: Final = 16384  # bytes
COUNT: Final = 300
OLD_FILES: Final = Path(__file__).resolve().parents[2] / "tests" / "models" / "files"
SAMPLE: Final = resource("samples", "rugao-2024.json")

State = tuple[tuple[Form, tuple[Change, ...], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Something long: how its place is made, what is done there, and what else must hold afterwards ("" when it does)."""

    prepare: Callable[[Path], None]
    act: Callable[[Path], None]
    check: Callable[[Path, State, State], str] = lambda _root, _before, _found: ""


@dataclass(frozen=True, slots=True)
class Normal:
    """The work when nothing happens to it: what is kept before and after, and the calls that change something between."""

    before: State
    after: State
    calls: int


def read_state(folder: Path) -> State:
    """Everything that is kept of the forms in a folder, without times. AppError when it must not be opened."""
    writer = Writer(folder)
    try:
        return tuple(
            (
                writer.load(entry.id),
                tuple(each.change for each in writer.history(entry.id)),
                tuple(version.digest for version in writer.versions(entry.id)),
            )
            for entry in (*writer.list_forms(), *writer.list_deleted())
        )
    finally:
        writer.close(PATIENCE)


def _act(work: Work, root: Path, at: int, say: Say) -> None:
    shim.watch(root)
    shim.arm(at)
    work.act(root)
    say(f"{shim.count_calls(only_changes=True)}")


def _tell_prepared(work: Work, root: Path, _say: Say) -> None:
    work.prepare(root)


def _attempt(seed: int, work: Work, base: Path, normal: Normal, part: range) -> Iterator[Trial]:
    with tempfile.TemporaryDirectory() as top:
        for number in part:
            root = Path(top, str(number)).resolve()
            shutil.copytree(base, root)
            at = throw(seed, "interrupted", number).randint(1, normal.calls)
            lines, code = Child(partial(_act, work, root, at)).finish()
            yield Trial(f"ended by itself: {lines}") if code > 0 else _look(work, root, normal)
            shutil.rmtree(root)


def _look(work: Work, root: Path, normal: Normal) -> Trial:
    start = time.perf_counter()
    try:
        found = read_state(root / FOLDER)
    except AppError as error:
        return Trial(f"not opened: {error}".replace(str(root), "…"))
    seconds = time.perf_counter() - start
    Upkeep(root / FOLDER, lambda _notice: None).step()  # what the program does a second after its start
    remove_leftovers((root / TARGET).parent, time.time() + 1)
    if found not in (normal.before, normal.after):
        return Trial("neither the old nor the new state", seconds)
    left = leftovers(root)
    flaw = work.check(root, normal.before, found) or (f"left behind: {left[0]}" if left else "")
    return Trial(flaw, seconds)


def _do_whole(work: Work, base: Path, top: Path) -> Normal:
    """Do the work once, and nothing happens to it."""
    before, after = top / "before", top / "after"
    for root in (before, after):
        shutil.copytree(base, root)
    lines, code = Child(partial(_act, work, after, 0)).finish()
    if code:
        raise RuntimeError(f"the work fails by itself: {lines}")
    return Normal(read_state(before / FOLDER), read_state(after / FOLDER), int(lines[-1]))


def _run(work: Work, count: int, seed: int) -> Tally:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name).resolve()
        Child(partial(_tell_prepared, work, top / "base")).finish()
        return share(count, partial(_attempt, seed, work, top / "base", _do_whole(work, top / "base", top)))


def _prepare_exports(root: Path) -> None:
    _prepare_edits(root)
    (root / TARGET).parent.mkdir()
    (root / OLD).write_bytes(workbook_of(Script(1).form(0)))
    (root / NEW).write_bytes(workbook_of(real_form()))
    shutil.copyfile(root / OLD, root / TARGET)


def _export(root: Path) -> None:
    export(root / TARGET, (root / NEW).read_bytes())


def _export_directly(root: Path) -> None:
    (root / TARGET).write_bytes((root / NEW).read_bytes())


def _check_export(root: Path, _before: State, _found: State) -> str:
    contents = [(root / name).read_bytes() for name in (OLD, NEW)]
    return "" if (root / TARGET).read_bytes() in contents else "neither the old nor the new file"


def _prepare_edits(root: Path) -> None:
    typist = Typist(root / FOLDER, Script("interrupted"))
    typist.edit(EDITS)
    typist.writer.close(PATIENCE)


def _import(root: Path) -> None:
    writer = Writer(root / FOLDER)
    writer.create(load_form(SAMPLE), "导入")
    writer.close(PATIENCE)


def _import_row_by_row(root: Path) -> None:
    form = load_form(SAMPLE)
    writer = Writer(root / FOLDER)
    form_id = writer.create(replace(form, indicators=()), "导入").id
    for index, row in enumerate(form.indicators[:5]):
        writer.submit(form_id, Change("导入", (InsertRow("indicators", index, row),)))
    writer.close(PATIENCE)


def _prepare_old_file(version: int, root: Path) -> None:
    (root / FOLDER).mkdir(parents=True)
    shutil.copyfile(OLD_FILES / f"v{version}.db", root / FOLDER / FILE_NAME)


def _open(root: Path) -> None:
    Writer(root / FOLDER).close(PATIENCE)


def _open_without_begin(root: Path) -> None:
    """The driver commits each statement of a migration by itself, as it does unless a transaction is begun."""
    vars(upgrade)["open_engine"] = lambda creator: create_engine("sqlite://", creator=creator, poolclass=StaticPool)
    _open(root)


def _prepare_backups(root: Path) -> None:
    """A backup, and edits since."""
    typist = Typist(root / FOLDER, Script("interrupted"))
    typist.edit(EDITS)
    typist.writer.back_up(Reason.MANUAL)
    typist.edit(EDITS)
    typist.writer.close(PATIENCE)


def _back_up(root: Path) -> None:
    writer = Writer(root / FOLDER)
    writer.back_up(Reason.MANUAL)
    writer.close(PATIENCE)


def _back_up_by_copying(root: Path) -> None:
    """As a file manager copies: the room is taken first, the name is the last one from the beginning."""
    content = (root / FOLDER / FILE_NAME).read_bytes()
    with (root / FOLDER / SHELF / "20260101-000000-000009-manual.db").open("wb", buffering=0) as copy:
        copy.truncate(len(content))
        for start in range(0, len(content), PIECE):
            copy.write(content[start : start + PIECE])


def _check_backups(root: Path, before: State, _found: State) -> str:
    """Every backup that is shown as verified holds the form, as it is or as it was."""
    known = (Script("interrupted").form(EDITS),), _forms_of(before)
    return (
        "" if all(each in known for each in _read_backups(root)) else "a backup that is shown as verified is not whole"
    )


def _restore(root: Path) -> None:
    writer = Writer(root / FOLDER)
    writer.restore_backup(writer.list_backups()[0].name)
    writer.close(PATIENCE)


def _restore_by_copying(root: Path) -> None:
    (root / FOLDER / FILE_NAME).write_bytes(list_backups(root / FOLDER)[0].path.read_bytes())


def _check_restore(root: Path, before: State, found: State) -> str:
    if found != before and _forms_of(before) not in _read_backups(root):
        return "restored, and the state before is not in a backup"
    return _check_backups(root, before, found)


def _forms_of(state: State) -> tuple[Form, ...]:
    return tuple(form for form, _, _ in state)


def _read_backups(root: Path) -> list[tuple[Form, ...]]:
    return [_look_into(each.path) for each in list_backups(root / FOLDER) if each.is_verified]


def _look_into(path: Path) -> tuple[Form, ...]:
    try:
        return look_into(path)
    except AppError:
        return ()


def _migrate(act: Callable[[Path], None], count: int, seed: int) -> Tally:
    versions = range(1, VERSION)
    shares = [count * version // len(versions) - count * (version - 1) // len(versions) for version in versions]
    works = [Work(partial(_prepare_old_file, version), act) for version in versions]
    return combine([_run(work, each, seed) for work, each in zip(works, shares, strict=True)])


def _bench(name: str, safe: Work, unsafe: str, act: Callable[[Path], None]) -> Bench:
    control = Control(unsafe, 100, partial(_run, replace(safe, act=act)))
    return Bench(name, f"kill -9 during {name}", COUNT, partial(_run, safe), (control,))


MIGRATION: Final = Bench(
    "migration",
    "kill -9 during migration",
    COUNT,
    partial(_migrate, _open),
    (Control("no BEGIN around it", 100, partial(_migrate, _open_without_begin)),),
)
EXPORT: Final = _bench(
    "export", Work(_prepare_exports, _export, _check_export), "saved straight onto the target", _export_directly
)
BACKUP: Final = _bench(
    "backup", Work(_prepare_backups, _back_up, _check_backups), "a copied file under its last name", _back_up_by_copying
)
RESTORE: Final = _bench(
    "restore", Work(_prepare_backups, _restore, _check_restore), "a file copied over the live one", _restore_by_copying
)
IMPORT: Final = _bench("import", Work(_prepare_edits, _import), "one transaction per row", _import_row_by_row)
