"""A file arrives whole or not at all: killed, out of room or refused, the old one stays as it was."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.form.failure import AppError
from app.sheet.files import (
    MOST_NAME,
    TEMPORARY_PREFIX,
    DamagedError,
    remove_leftovers,
    safe_filename,
    verify_pdf,
    verify_xlsx,
    write_file,
)
from app.sheet.xlsx import paint
from tests.sheet.grids import column, real_grid

ROOT = Path(__file__).resolve().parents[2]
KILLS = 60
IS_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="fork, rlimit and tmpfs are POSIX")

PRELUDE = """
import os, random, resource, select, signal, sys
from pathlib import Path
from app.form.failure import AppError
from app.sheet.files import verify_xlsx, write_file
target, contents = Path(sys.argv[1]), [Path(name).read_bytes() for name in sys.argv[2:4]]
"""
# A child writes the two files in turn for ever and is killed at a random moment; a broken target is counted and restored.
KILLING = (
    PRELUDE
    + """
def write_plainly(content):
    with target.open("wb") as file:
        for start in range(0, len(content), 2048):
            file.write(content[start : start + 2048])
            file.flush()
broken = 0
for _ in range(int(sys.argv[5])):
    child = os.fork()
    while child == 0:
        for content in contents:
            write_file(target, content, verify_xlsx) if sys.argv[4] == "safely" else write_plainly(content)
    select.select([], [], [], random.uniform(0.001, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if target.read_bytes() not in contents:
        broken += 1
        target.write_bytes(contents[0])
print(broken)
"""
)
# Every limit up to the whole file; prints each message, or "written" or "changed" where the old file changed on a failure.
LIMITING = (
    PRELUDE
    + """
old, new = contents
for limit in range(0, len(new) + 1, 1024):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        write_file(target, new, verify_xlsx)
        result = "written"
    except AppError as error:
        result = str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(result if target.read_bytes() == old else "changed")
"""
)


def accept(_: Path) -> None:
    """Find nothing wrong."""


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(TEMPORARY_PREFIX)]


@pytest.fixture
def two_files(tmp_path: Path) -> list[str]:
    """The target, holding the first of two workbooks, and both of them."""
    old, new, target = tmp_path / "old", tmp_path / "new", tmp_path / "表" / "自评表.xlsx"
    old.write_bytes(paint(column("旧")))
    new.write_bytes(paint(real_grid()))
    target.parent.mkdir()
    target.write_bytes(old.read_bytes())
    return [str(target), str(old), str(new)]


def run(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def test_a_new_file_is_what_was_given(tmp_path: Path) -> None:
    target = tmp_path / "自评表.xlsx"
    write_file(target, paint(real_grid()), verify_xlsx)
    assert target.read_bytes() == paint(real_grid())
    assert leftovers(tmp_path) == []


@IS_POSIX
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "a.bin", tmp_path / "link.bin"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, b"new", accept)
    assert (target.read_bytes(), target.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o640, True)


def test_a_file_that_fails_its_check_replaces_nothing(tmp_path: Path) -> None:
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(AppError, match="核对不符") as failure:
        write_file(target, paint(column("x"))[:-1], verify_xlsx)
    assert "“自评表.xlsx”" in str(failure.value)
    assert (target.read_bytes(), leftovers(tmp_path)) == (b"old", [])


def test_a_bug_in_the_check_is_no_polite_message(tmp_path: Path) -> None:
    def fail(_: Path) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        write_file(tmp_path / "a.bin", b"new", fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "磁盘已满，“表.xlsx”没有写成（需要约 1 MB）"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EFBIG, "超过此处允许的文件大小"),
        (errno.EACCES, "另存为“表\\(1\\).xlsx”"),
        (errno.EPERM, "正被 Excel 或 WPS 打开"),
        (errno.EROFS, "只能读"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EIO, f"磁盘读写错误 {errno.EIO}"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_every_failure_says_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, sentence: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(AppError, match=sentence):
        write_file(target, b"new", accept)
    assert (target.read_bytes(), leftovers(tmp_path)) == (b"old", [])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="是一个文件夹"):
        write_file(tmp_path, b"new", accept)


@pytest.mark.parametrize("place", ["missing", "file"])
def test_a_missing_folder_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AppError, match=f"{place}”不存在"):
        write_file(tmp_path / place / "表.xlsx", b"new", accept)


def test_a_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anything
    with pytest.raises(AppError, match="不允许写入"):
        write_file(target, b"new", accept)
    assert (target.read_bytes(), leftovers(tmp_path)) == (b"old", [])


@IS_POSIX
@pytest.mark.parametrize(("code", "is_written"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_folder_that_cannot_sync_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, *, is_written: bool
) -> None:
    sync = os.fsync

    def fail(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112 - a descriptor's path
            raise OSError(code, os.strerror(code))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    if is_written:
        write_file(tmp_path / "a.bin", b"new", accept)
    else:
        with pytest.raises(AppError):
            write_file(tmp_path / "a.bin", b"new", accept)


@IS_POSIX
def test_a_killed_export_leaves_a_whole_file(two_files: list[str]) -> None:
    folder = Path(two_files[0]).parent
    assert run(KILLING, *two_files, "safely", str(KILLS)) == "0\n"
    assert len(leftovers(folder)) > 0
    remove_leftovers(folder, time.time() + 1)
    assert [path.name for path in folder.iterdir()] == ["自评表.xlsx"]


@IS_POSIX
def test_writing_straight_onto_the_target_destroys_it(two_files: list[str]) -> None:
    """The negative control: the same kills do break a plain write."""
    assert int(run(KILLING, *two_files, "plainly", str(KILLS))) > 0


@IS_POSIX
def test_a_limit_at_any_size_leaves_the_old_file(two_files: list[str]) -> None:
    results = run(LIMITING, *two_files).splitlines()
    assert len(results) > 8
    assert all("超过此处允许的文件大小" in result for result in results)
    assert leftovers(Path(two_files[0]).parent) == []


@IS_POSIX
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, two_files: list[str]) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "none", disk], check=False).returncode:
        pytest.skip("a small tmpfs needs root")
    try:
        old, new = (Path(name).read_bytes() for name in two_files[1:])
        target = disk / "自评表.xlsx"
        target.write_bytes(old)
        (disk / "ballast").write_bytes(bytes(12_000))
        with pytest.raises(AppError, match="磁盘已满"):
            write_file(target, new, verify_xlsx)
        assert (target.read_bytes(), leftovers(disk)) == (old, [])
        (disk / "ballast").unlink()
        write_file(target, new, verify_xlsx)
        assert target.read_bytes() == new
    finally:
        subprocess.run(["umount", disk], check=True)


def test_only_our_old_leftovers_are_removed(tmp_path: Path) -> None:
    ours, young, other = tmp_path / f"{TEMPORARY_PREFIX}a.xlsx", tmp_path / f"{TEMPORARY_PREFIX}b.pdf", tmp_path / ".c"
    for path in (ours, young, other):
        path.write_bytes(b"")
    os.utime(ours, (1, 1))
    os.utime(other, (1, 1))
    remove_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {young.name, other.name}
    remove_leftovers(tmp_path / "missing")


def test_a_leftover_that_cannot_be_removed_is_left(tmp_path: Path) -> None:
    (tmp_path / f"{TEMPORARY_PREFIX}folder").mkdir()
    remove_leftovers(tmp_path, time.time() + 1)
    assert len(leftovers(tmp_path)) == 1


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("如皋市社保中心_2024", "如皋市社保中心_2024.xlsx"),
        ("con", "_con.xlsx"),
        ("COM¹ .a", "_COM¹ .a.xlsx"),
        ("console", "console.xlsx"),
        ('a<b>:"c/d\\e|f?*', "a_b_c_d_e_f_.xlsx"),
        (" ..x. ", "x.xlsx"),
        ("", "_.xlsx"),
        ("a\nb\u202ec\x00", "abc.xlsx"),
        ("长" * 99, "长" * 75 + ".xlsx"),
        ("𠮷" * 99, "𠮷" * 62 + ".xlsx"),
    ],
)
def test_a_file_name_is_accepted_everywhere(stem: str, name: str) -> None:
    assert safe_filename(stem, ".xlsx") == name


@given(st.text(max_size=120), st.sampled_from(["", ".pdf", ".xlsx"]))
@example("con.", "")
@example(". nul", ".pdf")
@example("aux\u200b", "")
def test_any_file_name_is_made_safe_once(stem: str, suffix: str) -> None:
    name = safe_filename(stem, suffix)
    assert name.endswith(suffix)
    assert 0 < len(name) <= MOST_NAME
    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*\n\0')
    assert name.split(".")[0].strip().lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert safe_filename(name.removesuffix(suffix), suffix) == name


def pdf(path: Path) -> bytes:
    canvas = Canvas(str(path), pageCompression=0)
    canvas.drawString(9, 9, "x")
    canvas.save()
    return path.read_bytes()


@pytest.mark.parametrize(("verify", "make"), [(verify_xlsx, lambda _: paint(column("x"))), (verify_pdf, pdf)])
def test_a_cut_file_is_noticed_at_any_length(
    tmp_path: Path, verify: Callable[[Path], None], make: Callable[[Path], bytes]
) -> None:
    path = tmp_path / "file"
    content = make(path)
    path.write_bytes(content)
    verify(path)
    for length in range(0, len(content) - 2, 61):
        path.write_bytes(content[:length])
        with pytest.raises(DamagedError):
            verify(path)


@pytest.mark.parametrize("spoil", [b"startxref\n0\n%%EOF\n", b"startxref\n99999999\n%%EOF\n", b""])
def test_a_pdf_whose_end_points_nowhere_is_noticed(tmp_path: Path, spoil: bytes) -> None:
    path = tmp_path / "file.pdf"
    content = pdf(path)
    path.write_bytes(content[: content.rindex(b"startxref")] + spoil)
    with pytest.raises(DamagedError):
        verify_pdf(path)


def test_a_damaged_or_foreign_zip_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    content = bytearray(paint(real_grid()))
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        verify_xlsx(path)
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    with pytest.raises(DamagedError):
        verify_xlsx(path)
