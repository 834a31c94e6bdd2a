"""A disk that loses power: what may be found on it after any of the recorded calls.

Decides what a power cut may do: content that was not synced is kept, dropped or torn by the sector; names that were not
synced are kept, dropped, or kept up to some moment (a journaling file system). Content that was synced stays, and a name
once its folder was synced. Pure but for the dice; touches no real file.
"""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from random import Random
from typing import Final, assert_never

from benchmarks.faults.shim import Call

SECTOR: Final = 512  # bytes
MOODS: Final = (0.0, 0.3, 0.7, 1.0)  # chances of what was not synced


@dataclass(frozen=True, slots=True)
class _Write:
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class _Cut:
    size: int


@dataclass(slots=True)
class _File:
    """Content that is durable, and what was done to it since."""

    is_folder: bool = False
    durable: bytearray = field(default_factory=bytearray)
    pending: list[_Write | _Cut] = field(default_factory=list)

    def sync(self) -> None:
        for work in self.pending:
            _do(self.durable, work)
        self.pending.clear()


@dataclass(frozen=True, slots=True)
class _Naming:
    """Names given (a file) and taken (None) by one call."""

    names: dict[str, _File | None]

    @property
    def folders(self) -> set[str]:
        return {_folder_of(name) for name in self.names}


class Disk:
    """It remembers files, their names, and which of both are durable; empty at first but for ``root``."""

    def __init__(self, root: str) -> None:
        """An empty folder ``root``."""
        self._root: Final = root
        self._names: Final[dict[str, _File]] = {root: _File(is_folder=True)}  # as the program sees them
        self._durable: Final[dict[str, _File]] = {}
        self._pending: Final[list[_Naming]] = []
        self._open: Final[dict[int, tuple[str, _File]]] = {}

    def do(self, call: Call) -> None:
        """Let a recorded call happen."""
        match call.kind:
            case "o":
                self._open_file(call)
            case "w":
                self._open[call.file][1].pending.append(_Write(call.offset, call.first))
            case "t":
                self._open[call.file][1].pending.append(_Cut(call.offset))
            case "s":
                self._sync(*self._open[call.file])
            case "d":
                self._name({call.path: _File(is_folder=True)})
            case "r":
                self._name({call.path: None, call.target: self._names[call.path]})
            case "l":
                self._name({call.target: self._names[call.path]})
            case "u":
                self._name({call.path: None})
            case "m":
                pass
            case kind:
                raise ValueError(kind)

    def crash(self, dice: Random) -> dict[str, bytes]:
        """Files by path, as they may be found if the power fails now."""
        names = dict(self._durable)
        for naming in self._kept_namings(dice):
            _give(names, naming)
        chance, is_torn = dice.choice(MOODS), dice.random() < 0.5
        contents = {
            name: _survive(file, dice, chance, is_torn=is_torn) for name, file in names.items() if not file.is_folder
        }
        return {name: content for name, content in contents.items() if self._is_reachable(name, names)}

    def _open_file(self, call: Call) -> None:
        is_new, is_cut = call.offset & 1, call.offset & 2
        if is_new:
            self._name({call.path: _File()})
        file = self._names[call.path]
        if is_cut and not is_new:
            file.pending.append(_Cut(0))
        self._open[call.file] = call.path, file

    def _sync(self, path: str, file: _File) -> None:
        file.sync()
        if file.is_folder:
            for naming in [each for each in self._pending if path in each.folders]:
                _give(self._durable, naming)
                self._pending.remove(naming)

    def _name(self, names: dict[str, _File | None]) -> None:
        naming = _Naming(names)
        _give(self._names, naming)
        self._pending.append(naming)

    def _kept_namings(self, dice: Random) -> list[_Naming]:
        if dice.random() < 0.5:
            return self._pending[: dice.randint(0, len(self._pending))]
        chance = dice.choice(MOODS)
        return [naming for naming in self._pending if dice.random() < chance]

    def _is_reachable(self, name: str, names: dict[str, _File]) -> bool:
        folder = _folder_of(name)
        return folder == self._root or (folder in names and self._is_reachable(folder, names))


def _survive(file: _File, dice: Random, chance: float, *, is_torn: bool) -> bytes:
    content = bytearray(file.durable)
    for work in file.pending:
        if dice.random() < chance:
            _do(content, work)
        elif is_torn and isinstance(work, _Write):
            _tear(content, work, dice)
    return bytes(content)


def _tear(content: bytearray, work: _Write, dice: Random) -> None:
    """Some sectors of a write reach the disk; sectors lie at multiples of their size."""
    end = work.offset + len(work.content)
    for start in range(work.offset - work.offset % SECTOR, end, SECTOR):
        first, last = max(start, work.offset), min(start + SECTOR, end)
        if dice.random() < 0.5:
            _do(content, _Write(first, work.content[first - work.offset : last - work.offset]))


def _do(content: bytearray, work: _Write | _Cut) -> None:
    match work:
        case _Write(offset, written):
            content.extend(bytes(max(0, offset - len(content))))
            content[offset : offset + len(written)] = written
        case _Cut(size):
            del content[size:]
            content.extend(bytes(size - len(content)))
        case _:
            assert_never(work)


def _give(names: dict[str, _File], naming: _Naming) -> None:
    for name, file in naming.names.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _folder_of(name: str) -> str:
    return str(PurePosixPath(name).parent)
