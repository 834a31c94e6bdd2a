"""C50: a file that was written is opened again, and one whose numbers or sums are others never comes to its place."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.form.failure import AppError
from app.form.form import Form
from app.form.rows import Cover
from app.sheet import docx, xlsx
from app.sheet.files import write_file
from app.sheet.grid import Cell, Grid, Role
from app.sheet.handover import sentences
from app.sheet.handover.comparison.rereading import Differs, check_contents, check_file
from app.sheet.handover.package import make_package, write_package
from app.sheet.handover.submission import VERIFIERS, Submission, paint_file
from tests.sheet.chart.test_annex import annex
from tests.sheet.grids import table
from tests.sheet.handover.papers import SHEET, put, real_submission, submission_of, with_cell, with_part
from tests.sheet.recognising.test_recognition import papers
from tests.strategies import forms
from tests.tables import real_form

ENDINGS = pytest.mark.parametrize("ending", list(VERIFIERS))


def paint(submission: Submission, ending: str) -> bytes:
    return paint_file(submission, submission.grid, ending).content


def other_score() -> Submission:
    """The real form with one score less."""
    form = real_form()
    first, *rest = form.indicators
    return submission_of(replace(form, indicators=(replace(first, score="1.5"), *rest)))


@ENDINGS
def test_the_real_form_says_its_numbers(ending: str, tmp_path: Path) -> None:
    submission = real_submission()
    path = put(tmp_path / f"表{ending}", paint(submission, ending))
    assert check_file(submission.grid, path) == ()


@ENDINGS
def test_a_file_with_other_numbers_never_replaces_the_old_one(ending: str, tmp_path: Path) -> None:
    submission = real_submission()
    path = put(tmp_path / f"表{ending}", b"old")
    with pytest.raises(AppError, match=r"读出来是“1\.5”.*原来的文件未改动"):
        write_file(path, paint(other_score(), ending), lambda written: discard(check_file(submission.grid, written)))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def discard(remarks: tuple[str, ...]) -> None:
    assert remarks == ()


@ENDINGS
def test_a_file_that_is_none_is_not_taken_for_one(ending: str, tmp_path: Path) -> None:
    content = paint(real_submission(), ending)
    with pytest.raises(Differs, match=sentences.NOT_REREAD):
        check_file(real_submission().grid, put(tmp_path / f"表{ending}", content[: len(content) // 2]))


def test_a_letter_instead_of_a_workbook(tmp_path: Path) -> None:
    submission = real_submission()
    with pytest.raises(Differs, match=sentences.NOT_REREAD):
        check_file(submission.grid, put(tmp_path / "表.xlsx", paint(submission, ".docx")))


def totals(grid: Grid) -> list[Cell]:
    return [cell for cell in grid.cells if cell.role is Role.TOTAL and cell.number is not None]


def test_a_sum_whose_kept_result_is_another_is_found(tmp_path: Path) -> None:
    submission = real_submission()
    assert [cell.text for cell in totals(submission.grid)] == ["102", "101.5"]
    content = paint(submission, ".xlsx")
    lied = with_part(content, SHEET, lambda part: re.sub(r"(<f>SUM\([^<]*</f>)<v>102\.0</v>", r"\1<v>100</v>", part))
    with pytest.raises(Differs, match="“102”"):
        check_file(submission.grid, put(tmp_path / "表.xlsx", lied))


def test_a_part_of_a_sum_that_is_another_is_found(tmp_path: Path) -> None:
    submission = real_submission()
    changed = with_cell(paint(submission, ".xlsx"), "H47", 3.0)
    with pytest.raises(Differs):
        check_file(submission.grid, put(tmp_path / "表.xlsx", changed))


@pytest.mark.parametrize(("ending", "painted"), [(".docx", docx.paint), (".xlsx", xlsx.paint)])
def test_a_table_too_long_to_be_read_again_is_said_to_be_unchecked(
    ending: str, painted: Callable[[Grid], bytes], tmp_path: Path
) -> None:
    cells = (Cell(0, 0, "1", number=Decimal(1)), *(Cell(row, 0, "长" * 30_000 + str(row)) for row in range(1, 400)))
    grid = table(cells, 1)
    assert check_contents(grid, {ending: painted(grid)}, tmp_path / "表") == (
        sentences.UNCHECKED.format(suffix=ending),
    )


def test_a_folder_that_is_gone_is_said_of_the_package(tmp_path: Path) -> None:
    package = make_package(real_submission(), lambda _text, _share: None)
    with pytest.raises(AppError, match=r"文件夹“.*没有”不存在"):
        write_package(package, tmp_path / "没有" / "包.zip", lambda _text, _share: None)


def test_a_title_of_several_lines_moves_nothing(tmp_path: Path) -> None:
    form = replace(real_form(), cover=Cover("某局", "一个很长的年度" * 20))
    submission = submission_of(form)
    assert check_contents(submission.grid, {".pdf": paint(submission, ".pdf")}, tmp_path / "表") == ()


def test_pages_of_charts_do_not_matter(tmp_path: Path) -> None:
    submission = real_submission()
    content = paint_file(submission, submission.grid, ".pdf", annex(submission.form)).content
    assert len(content) > len(paint(submission, ".pdf"))
    assert check_contents(submission.grid, {".pdf": content}, tmp_path / "表") == ()


@pytest.mark.parametrize("name", ["包", "包.zip"])
def test_a_package_is_looked_at_before_it_is_written(name: str, tmp_path: Path) -> None:
    good, bad = (make_package(each, lambda _text, _share: None) for each in (real_submission(), other_score()))
    with pytest.raises(Differs):
        write_package(replace(bad, grid=good.grid), tmp_path / name, lambda _text, _share: None)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


def is_said_by(submission: Submission, ending: str, folder: Path) -> bool:
    return check_contents(submission.grid, {ending: paint(submission, ending)}, folder / "表") == ()


@given(form=forms())
def test_no_workbook_of_ours_is_ever_in_doubt(form: Form, folder: Path) -> None:
    assert is_said_by(submission_of(form), ".xlsx", folder)


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
@settings(max_examples=4)
@given(form=st.one_of(forms(), papers()))
def test_no_document_of_ours_is_ever_in_doubt(form: Form, ending: str, folder: Path) -> None:
    assert is_said_by(submission_of(form), ending, folder)
