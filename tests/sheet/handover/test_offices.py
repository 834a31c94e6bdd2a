"""A workbook that LibreOffice or openpyxl saved again is still the same; one that was changed there is not."""

from pathlib import Path

import openpyxl
import pytest

from app.sheet.handover.arriving import receive
from app.sheet.handover.verifying import Verdict, verify
from tests.offices import SOFFICE, convert
from tests.sheet.handover.papers import (
    draft_submission,
    put,
    real_submission,
    submission_of,
    with_cell,
    workbook_of,
)
from tests.tables import real_form


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files of LibreOffice: name.kind, and xls.xlsx, which was an .xls in between."""
    if not SOFFICE:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")
    put(folder / "final.xlsx", workbook_of(real_submission()))
    put(folder / "draft.xlsx", workbook_of(draft_submission()))
    put(folder / "changed.xlsx", with_cell(workbook_of(real_submission()), "H40", 0.99))
    for kind in ("xlsx", "xls", "ods"):
        convert(kind, folder / "made", folder.glob("*.xlsx"))
    convert("xlsx", folder / "made" / "back", (folder / "made" / "final.xls", folder / "made" / "draft.ods"))
    return folder / "made"


@pytest.mark.parametrize(
    "name",
    [
        "final.xlsx",
        "final.xls",
        "final.ods",
        "draft.xlsx",
        "draft.xls",
        "draft.ods",
        "back/final.xlsx",
        "back/draft.xlsx",
    ],
)
def test_saved_again_it_is_the_same(converted: Path, name: str) -> None:
    found = verify(converted / name)
    assert (found.verdict, found.changes) == (Verdict.SAME, ())
    assert receive(converted / name, lambda _text, _share: None).original.form == real_form()


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_changed_and_saved_again_it_is_changed(converted: Path, kind: str) -> None:
    found = verify(converted / f"changed.{kind}")
    assert found.verdict is Verdict.CHANGED
    assert "H40" in {change.address for change in found.changes}


def test_openpyxl_keeps_no_results_of_sums_and_that_is_no_change(tmp_path: Path) -> None:
    path = put(tmp_path / "a.xlsx", workbook_of(submission_of(real_form())))
    book = openpyxl.load_workbook(path)
    book.save(path)
    assert verify(path).verdict is Verdict.SAME
    sheet = book.worksheets[0]
    sheet["D30"] = 1
    book.save(path)
    assert {change.address for change in verify(path).changes} == {"D28", "D30"}
