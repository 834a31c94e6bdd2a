"""传出 and 装入: what goes out comes in again, whole and with its facts; what was changed on the way is said."""

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.failure import AppError
from app.form.reading.interchange import write_form
from app.form.rows import Cover
from app.review.digest import short_code
from app.review.edition import Draft
from app.sheet.files import MOST_NAME
from app.sheet.handover import sentences
from app.sheet.handover.arriving import inspect, receive, unpack
from app.sheet.handover.naming import file_stem, free_name
from app.sheet.handover.package import Member, make_package, read_list, write_package
from app.sheet.handover.submission import Submission, paint_file
from app.sheet.handover.verifying import Verdict
from app.ui.tasks import Cancelled
from tests.sheet.handover.papers import (
    draft_submission,
    final_of,
    put,
    real_submission,
    with_cell,
    workbook_of,
)
from tests.tables import real_form

STEM = "如皋市社会保险基金管理中心-2024-部门整体支出绩效自评价表-v3"


def tell(_text: str, _share: float) -> None:
    """Nobody asks how far it is."""


def hand_over(target: Path, submission: Submission | None = None, attached: tuple[Member, ...] = ()) -> Path:
    write_package(make_package(submission or real_submission(), tell, attached), target, tell)
    return target


def test_the_list_names_whom_to_ask_and_nothing_else_does(tmp_path: Path) -> None:
    named = make_package(real_submission(), tell, (), "王会计 0513-1\n2")
    plain = make_package(real_submission(), tell)
    for members, others in zip(named.members[:-1], plain.members[:-1], strict=True):
        assert members.content == others.content
    text = named.members[-1].content
    assert isinstance(text, bytes)
    assert "\r\n填报人：王会计 0513-1 2\r\n" in text.decode("utf-8-sig")
    assert len(read_list(text.decode("utf-8-sig"))) == 2
    write_package(named, tmp_path / "包.zip", tell)
    assert receive(tmp_path / "包.zip", tell).remarks == ()


@pytest.fixture(scope="module")
def given_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hand_over(tmp_path_factory.mktemp("package") / "包.zip")


@pytest.fixture(params=["包.zip", "包"])
def package(request: pytest.FixtureRequest, given_zip: Path, tmp_path: Path) -> Path:
    """The package of the real form, as a zip and as a folder."""
    target = tmp_path / str(request.param)
    if target.suffix:
        return Path(shutil.copy(given_zip, target))
    return hand_over(target)


def repack(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The package with each file changed; None leaves it out."""
    if path.is_dir():
        for each in list(path.iterdir()):
            content = change(each.name, each.read_bytes())
            each.unlink()
            if content is not None:
                each.write_bytes(content)
        return path
    with zipfile.ZipFile(path) as archive:
        files = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def test_a_package_comes_in_again(package: Path) -> None:
    arrival = receive(package, tell)
    assert arrival.original.form == real_form()
    assert (arrival.original.number, arrival.original.code) == (3, final_of(real_form()).digest)
    assert arrival.original.is_intact
    assert arrival.remarks == ()
    assert inspect(package, tell).verdict is Verdict.SAME


def test_a_package_has_the_files_that_its_list_names(given_zip: Path) -> None:
    with zipfile.ZipFile(given_zip) as archive:
        names = archive.namelist()
        text = archive.read("清单.txt").decode("utf-8-sig")
        sums = {name: sha256(archive.read(name)).hexdigest() for name in names if name != "清单.txt"}
    assert names == [f"{STEM}.xlsx", f"{STEM}.pdf", "清单.txt"]
    assert read_list(text) == sums
    assert short_code(final_of(real_form()).digest) in text
    assert final_of(real_form()).digest in text
    assert text.count("\n") == text.count("\r\n")
    assert "王会计" not in text


def test_equal_forms_give_equal_packages(given_zip: Path, tmp_path: Path) -> None:
    assert hand_over(tmp_path / "再.zip").read_bytes() == given_zip.read_bytes()


def test_files_that_are_attached_come_along(tmp_path: Path) -> None:
    source = put(tmp_path / "凭证.jpg", b"\xff\xd8" * 700_000)
    attached = (Member("佐证材料/01/凭证.jpg", source), Member("佐证材料/01/说明.xlsx", b"no workbook"))
    for name in ("包.zip", "包"):
        package = hand_over(tmp_path / name, attached=attached)
        assert receive(package, tell).remarks == ()
        total = sha256(source.read_bytes()).hexdigest()
        folder = tmp_path / f"{name}-files"
        folder.mkdir()
        assert unpack(package, [total, "0" * 64], folder, tell) == {total: folder / total}
        assert (folder / total).read_bytes() == source.read_bytes()


def test_a_file_that_was_changed_or_is_gone_is_named(package: Path) -> None:
    pdf = f"{STEM}.pdf"
    repack(package, lambda name, content: content + b" " if name == pdf else content)
    assert receive(package, tell).remarks == (sentences.FILE_CHANGED.format(name=pdf),)
    repack(package, lambda name, content: None if name == pdf else content)
    assert receive(package, tell).remarks == (sentences.FILE_GONE.format(name=pdf),)
    repack(package, lambda name, content: None if name == "清单.txt" else content)
    assert receive(package, tell).remarks == (sentences.NO_LIST,)
    repack(package, lambda name, content: None if name.endswith("xlsx") else content)
    with pytest.raises(AppError, match="没有装入"):
        receive(package, tell)


def test_a_workbook_that_was_changed_comes_in_as_it_was_exported(package: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return with_cell(content, "A1", "改过的标题") if name.endswith(".xlsx") else content

    arrival = receive(repack(package, change), tell)
    assert arrival.original.form == real_form()
    assert arrival.remarks == (
        sentences.CHANGED_SINCE.format(count=1),
        sentences.FILE_CHANGED.format(name=f"{STEM}.xlsx"),
    )
    assert inspect(package, tell).verdict is Verdict.CHANGED


def test_a_folder_that_was_packed_by_another_program_comes_in(given_zip: Path, tmp_path: Path) -> None:
    """In a folder of its own, with names as older Chinese systems write them."""
    target = tmp_path / "转.zip"
    with zipfile.ZipFile(given_zip) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo("0")
            info.filename = f"报送/{name}".encode("gbk").decode("cp437")
            content = old.read(name)
            info.file_size = len(content)
            new.writestr(info, content)
    content = target.read_bytes()
    with zipfile.ZipFile(target) as archive:
        names = [info.filename for info in archive.infolist()]
    for name in names:
        content = content.replace(name.encode(), name.encode("cp437").ljust(len(name.encode()), b"\0"))
    arrival = receive(target, tell)
    assert arrival.original.form == real_form()


@pytest.mark.parametrize("submission", [real_submission(), draft_submission()], ids=["final", "draft"])
def test_a_single_workbook_comes_in(tmp_path: Path, submission: Submission) -> None:
    arrival = receive(put(tmp_path / "表.xlsx", workbook_of(submission)), tell)
    assert arrival.original.form == real_form()
    assert arrival.original.number == (0 if submission.edition == Draft() else 3)
    assert arrival.remarks == ()


def test_an_interchange_file_comes_in(tmp_path: Path) -> None:
    arrival = receive(put(tmp_path / "表.json", write_form(real_form()).encode("utf-8-sig")), tell)
    assert arrival.original.form == real_form()
    assert arrival.remarks == (sentences.NO_EDITION,)


@pytest.mark.parametrize(
    "content", [b"", b"text", b"PK\x03\x04", b'{"format": 1}', b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_none_of_ours_is_refused_with_one_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(AppError, match="“file”没有装入：") as failure:
        receive(put(tmp_path / "file", content), tell)
    assert "\n" not in str(failure.value)


def test_a_pdf_of_ours_is_no_form(tmp_path: Path) -> None:
    submission = real_submission()
    with pytest.raises(AppError, match="请用“导入”"):
        receive(put(tmp_path / "表.pdf", paint_file(submission, submission.grid, ".pdf").content), tell)
    with pytest.raises(AppError, match="找不到"):
        receive(tmp_path / "missing.zip", tell)


def hostile(kind: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        match kind:
            case "bomb":
                archive.writestr("表.xlsx", b"0" * 60_000_000)
            case "many":
                for number in range(2_001):
                    archive.writestr(str(number), b"")
            case "outside":
                archive.writestr("../表.xlsx", b"")
            case "absolute":
                archive.writestr("/表.xlsx", b"")
            case "drive":
                archive.writestr("C:表.xlsx", b"")
            case "twice":
                archive.writestr("A.xlsx", b"")
                archive.writestr("a.xlsx", b"")
            case "nested":
                archive.writestr("表.xlsx", hostile("bomb"))
            case _:
                archive.writestr("别的.txt", b"")
    return target.getvalue()


@pytest.mark.parametrize("kind", ["bomb", "many", "outside", "absolute", "drive", "twice", "nested", "empty"])
def test_a_hostile_package_is_refused_and_writes_nothing(tmp_path: Path, kind: str) -> None:
    path = put(tmp_path / "in.zip", hostile(kind))
    with pytest.raises(AppError, match="没有装入"):
        receive(path, tell)
    assert list(tmp_path.iterdir()) == [path]


def test_damaged_packages_are_refused_or_told(given_zip: Path, tmp_path: Path) -> None:
    content = given_zip.read_bytes()
    for number in range(60):
        spot = number * len(content) // 60
        path = put(tmp_path / "in.zip", content[:spot] + bytes([content[spot] ^ 0x40]) + content[spot + 1 :])
        try:
            arrival = receive(path, tell)
        except AppError:
            continue
        assert arrival.original.form == real_form()


def test_an_old_folder_is_never_touched(tmp_path: Path) -> None:
    target = tmp_path / "包"
    target.mkdir()
    with pytest.raises(AppError, match="已经有名为“包”的文件夹"):
        hand_over(target)
    assert list(tmp_path.rglob("*")) == [target]
    with pytest.raises(AppError, match="不存在"):
        hand_over(tmp_path / "missing" / "包")


@pytest.mark.parametrize("name", ["包.zip", "包"])
@pytest.mark.parametrize("step", range(5))
def test_a_package_that_is_cancelled_leaves_nothing(tmp_path: Path, name: str, step: int) -> None:
    heard: list[float] = []

    def stop(_text: str, share: float) -> None:
        heard.append(share)
        if len(heard) > step:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_package(make_package(real_submission(), stop), tmp_path / name, stop)
    assert heard == sorted(heard)
    assert list(tmp_path.iterdir()) == []


def test_names_say_unit_year_and_version() -> None:
    form = real_form()
    assert file_stem(form, final_of(form)) == STEM
    assert file_stem(form, Draft()) == STEM.replace("v3", "草稿")
    long = file_stem(replace(form, cover=Cover("很长的单位名称" * 20, "2024")), final_of(form))
    assert long.endswith("-2024-部门整体支出绩效自评价表-v3")
    assert len(f"{long}.xlsx") == MOST_NAME


@given(st.text(max_size=120), st.text(max_size=30), st.sets(st.integers(1, 4)))
def test_names_are_safe_and_free(unit: str, year: str, taken: set[int]) -> None:
    form = replace(real_form(), cover=Cover(unit, year))
    stem = file_stem(form, Draft())
    names = {f"{stem}.xlsx" if number == 1 else f"{stem[: MOST_NAME - 8]}({number}).xlsx" for number in taken}
    name = free_name(stem, ".xlsx", names.__contains__)
    assert name not in names
    assert 0 < len(name) <= MOST_NAME
    assert not set(name) & set('<>:"/\\|?*\n')
    assert stem == stem.strip()
