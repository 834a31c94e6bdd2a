"""The disk that loses power: what was synced stays, everything else may be there or not, whole or torn."""

from collections.abc import Sequence
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.faults.disk import SECTOR, Disk
from benchmarks.faults.shim import Call

ROOT: Final = "/r"
FILE: Final = "/r/a"
OTHER: Final = "/r/b"
FOLDER, HANDLE = 3, 4  # open files
CREATED: Final = 1
CUTS: Final = 200


def call(kind: str, file: int = 0, offset: int = 0, first: bytes = b"", second: str = "") -> Call:
    return Call(kind, file, offset, first, second.encode())


def opened(path: str, file: int, flags: int = 0) -> Call:
    return call("o", file, flags, path.encode())


SYNC_FOLDER: Final = (opened(ROOT, FOLDER), call("s", FOLDER))


def cut(calls: Sequence[Call]) -> set[tuple[tuple[str, bytes], ...]]:
    """All that is found after many power cuts."""
    disk = Disk(ROOT)
    for each in calls:
        disk.do(each)
    return {tuple(sorted(disk.crash(Random(seed)).items())) for seed in range(CUTS)}  # noqa: S311 - repeatable


def test_what_was_synced_with_its_name_stays() -> None:
    calls = (opened(FILE, HANDLE, CREATED), call("w", HANDLE, 0, b"text"), call("s", HANDLE), *SYNC_FOLDER)
    assert cut(calls) == {((FILE, b"text"),)}


def test_a_name_that_was_not_synced_may_be_lost() -> None:
    calls = (opened(FILE, HANDLE, CREATED), call("w", HANDLE, 0, b"text"), call("s", HANDLE))
    assert cut(calls) == {(), ((FILE, b"text"),)}


def test_content_that_was_not_synced_may_be_lost() -> None:
    calls = (opened(FILE, HANDLE, CREATED), *SYNC_FOLDER, call("w", HANDLE, 0, b"text"))
    assert cut(calls) == {((FILE, b""),), ((FILE, b"text"),)}


def test_later_writes_may_be_kept_without_earlier_ones() -> None:
    calls = (
        opened(FILE, HANDLE, CREATED),
        *SYNC_FOLDER,
        call("w", HANDLE, 0, b"one"),
        call("w", HANDLE, 3, b"two"),
    )
    assert ((FILE, b"\0\0\0two"),) in cut(calls)


def test_a_write_may_be_torn_between_sectors_only() -> None:
    calls = (opened(FILE, HANDLE, CREATED), *SYNC_FOLDER, call("w", HANDLE, 0, b"x" * 2 * SECTOR))
    found = {dict(names)[FILE] for names in cut(calls)}
    half = b"x" * SECTOR
    assert found == {b"", half, half + half, bytes(SECTOR) + half}


def test_a_truncation_may_be_lost() -> None:
    calls = (
        opened(FILE, HANDLE, CREATED),
        call("w", HANDLE, 0, b"text"),
        call("s", HANDLE),
        *SYNC_FOLDER,
        call("t", HANDLE, 0),
    )
    assert cut(calls) == {((FILE, b"text"),), ((FILE, b""),)}


def test_a_file_is_found_under_its_old_or_its_new_name() -> None:
    calls = (
        opened(FILE, HANDLE, CREATED),
        call("w", HANDLE, 0, b"text"),
        call("s", HANDLE),
        *SYNC_FOLDER,
        call("r", first=FILE.encode(), second=OTHER),
    )
    assert cut(calls) == {((FILE, b"text"),), ((OTHER, b"text"),)}


def test_a_file_that_was_unlinked_may_come_back() -> None:
    calls = (opened(FILE, HANDLE, CREATED), *SYNC_FOLDER, call("u", first=FILE.encode()))
    assert cut(calls) == {(), ((FILE, b""),)}


def test_what_lies_in_a_folder_that_is_lost_is_lost() -> None:
    inner = "/r/d/a"
    calls = (
        call("d", first=b"/r/d"),
        opened(inner, HANDLE, CREATED),
        call("s", HANDLE),
        opened("/r/d", FOLDER),
        call("s", FOLDER),
    )
    assert cut(calls) == {(), ((inner, b""),)}


def test_a_call_that_is_not_known_is_a_bug() -> None:
    with pytest.raises(ValueError, match="z"):
        Disk(ROOT).do(call("z"))


@given(st.lists(st.tuples(st.integers(0, 1500), st.binary(min_size=1, max_size=700)), max_size=6), st.randoms())
def test_after_a_sync_every_cut_finds_what_the_program_wrote(writes: list[tuple[int, bytes]], dice: Random) -> None:
    disk, content = Disk(ROOT), bytearray()
    for each in (opened(FILE, HANDLE, CREATED), *SYNC_FOLDER):
        disk.do(each)
    for offset, written in writes:
        disk.do(call("w", HANDLE, offset, written))
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(written)] = written
    disk.do(call("s", HANDLE))
    assert disk.crash(dice) == {FILE: bytes(content)}
