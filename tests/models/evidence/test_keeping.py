"""Files of 佐证材料 in the data folder: each content once and whole, or nothing; what became of it is always said."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from app.form.failure import AppError
from app.form.rows import Evidence
from app.models.evidence.keeping import FOLDER, MOST_BYTES, Condition, copy_out, glance, inspect, keep_file, stored_path

CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 9000  # more than two parts
DIGEST = sha256(CONTENT).hexdigest()


class Unwanted(Exception):
    """The user pressed 取消."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    return place


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "批复.pdf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def row(folder: Path, source: Path) -> Evidence:
    kept = keep_file(folder, source)
    return Evidence("e", "", "批复.pdf", "", kept.sha256, str(kept.size))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def failure(folder: Path, source: Path) -> str:
    with pytest.raises(AppError) as caught:
        keep_file(folder, source)
    return str(caught.value)


def test_a_file_lies_under_its_digest_closed_to_others(folder: Path, source: Path, row: Evidence) -> None:
    assert (row.sha256, row.size) == (DIGEST, str(len(CONTENT)))
    assert files(folder) == [f"{FOLDER}/{DIGEST[:2]}/{DIGEST}"]
    path = stored_path(folder, DIGEST)
    assert path.read_bytes() == CONTENT == source.read_bytes()
    modes = [each.stat().st_mode & 0o777 for each in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_the_same_content_is_kept_once_whatever_its_name(folder: Path, source: Path, row: Evidence) -> None:
    first = stored_path(folder, row.sha256).stat()
    other = source.rename(source.with_name("另一个名字.pdf"))
    assert keep_file(folder, other).sha256 == row.sha256
    again = stored_path(folder, row.sha256).stat()
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert len(files(folder)) == 1


def test_every_byte_is_told_twice_for_copying_and_for_checking(folder: Path, source: Path) -> None:
    told: list[int] = []
    keep_file(folder, source, told.append)
    assert sum(told) == 2 * len(CONTENT)


def test_work_that_is_given_up_anywhere_leaves_nothing(folder: Path, source: Path) -> None:
    count = 0
    for stop in range(1, 7):
        count = 0

        def tell(_bytes: int, stop: int = stop) -> None:
            nonlocal count
            count += 1
            if count == stop:
                raise Unwanted

        with pytest.raises(Unwanted):
            keep_file(folder, source, tell)
        assert files(folder) == []
    keep_file(folder, source)
    assert len(files(folder)) == 1


def test_what_a_killed_run_left_goes_with_the_next_file(folder: Path, source: Path) -> None:
    (folder / FOLDER).mkdir()
    (folder / FOLDER / ".new-0123").write_bytes(CONTENT[:100])
    keep_file(folder, source)
    assert files(folder) == [f"{FOLDER}/{DIGEST[:2]}/{DIGEST}"]


def test_what_cannot_be_added_is_said_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    inside, empty, pipe, large = (tmp_path / name for name in ("资料", "空.docx", "管道", "录像.mp4"))
    inside.mkdir()
    empty.touch()
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # takes no room on the disk
    assert failure(folder, inside) == "“资料”是一个文件夹，没有添加；请选择其中的文件"
    assert failure(folder, empty) == "“空.docx”是空文件（0 字节），没有添加；请核对后重新选择"
    assert failure(folder, pipe) == "“管道”不是普通文件，没有添加；请选择文件"
    assert failure(folder, large) == "“录像.mp4”有 201 MB，超过每份 200 MB 的限制，没有添加；请压缩或拆分后再添加"
    assert failure(folder, tmp_path / "没有.pdf") == (
        "“没有.pdf”不见了，没有添加；请核对它所在的位置（U 盘是否已拔出）"
    )
    assert files(folder) == []


def test_a_store_that_cannot_be_made_is_an_error_that_is_known(folder: Path, source: Path) -> None:
    (folder / FOLDER).touch()
    assert "批复.pdf" in failure(folder, source)


def test_a_file_that_is_gone_or_altered_is_told_and_put_right_by_adding_it_again(
    folder: Path, source: Path, row: Evidence
) -> None:
    path = stored_path(folder, row.sha256)
    assert (glance(folder, row), inspect(folder, row)) == (Condition.SOUND, Condition.SOUND)
    path.write_bytes(CONTENT[:-1])
    assert (glance(folder, row), inspect(folder, row)) == (Condition.ALTERED, Condition.ALTERED)
    path.write_bytes(CONTENT[:-1] + b"!")
    assert (glance(folder, row), inspect(folder, row)) == (Condition.SOUND, Condition.ALTERED)
    keep_file(folder, source)
    assert inspect(folder, row) is Condition.SOUND
    path.unlink()
    assert (glance(folder, row), inspect(folder, row)) == (Condition.MISSING, Condition.MISSING)
    keep_file(folder, source)
    assert inspect(folder, row) is Condition.SOUND


def test_a_file_that_is_no_file_is_unreadable(folder: Path, row: Evidence) -> None:
    path = stored_path(folder, row.sha256)
    path.unlink()
    path.mkdir()
    odd = Evidence("e", "", "批复.pdf", "", row.sha256, str(path.stat().st_size))
    assert inspect(folder, odd) is Condition.UNREADABLE


@pytest.mark.parametrize("digest", ["", "..", "../" * 20 + "abcd", "AB" * 32, "a" * 63, "/" * 64])
def test_no_list_leads_out_of_the_folder(folder: Path, digest: str) -> None:
    assert stored_path(folder, digest).parent == folder / FOLDER
    assert glance(folder, Evidence("e", sha256=digest)) is Condition.MISSING


def test_a_copy_comes_out_whole_over_an_old_one(folder: Path, tmp_path: Path, row: Evidence) -> None:
    target = tmp_path / "另存.pdf"
    target.write_text("old")
    copy_out(folder, row, target, 0o400)
    assert target.read_bytes() == CONTENT
    assert target.stat().st_mode & 0o777 == 0o400
    assert files(tmp_path)[1:] == ["另存.pdf", "批复.pdf"]


def test_what_is_no_longer_what_was_added_does_not_come_out(folder: Path, tmp_path: Path, row: Evidence) -> None:
    target = tmp_path / "另存.pdf"
    target.write_text("old")
    stored_path(folder, row.sha256).write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(AppError, match=r"^“批复.pdf”的文件与添加时不一致"):
        copy_out(folder, row, target)
    stored_path(folder, row.sha256).unlink()
    with pytest.raises(AppError, match=r"^“批复.pdf”的文件不见了"):
        copy_out(folder, row, target)
    assert target.read_text() == "old"


def test_a_copy_that_cannot_be_written_names_the_folder(folder: Path, tmp_path: Path, row: Evidence) -> None:
    with pytest.raises(AppError, match=r"没有写到 .*没有这里（"):
        copy_out(folder, row, tmp_path / "没有这里" / "另存.pdf")
