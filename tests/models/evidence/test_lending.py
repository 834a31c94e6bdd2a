"""Files are opened as copies that nobody can write to, and never as programs."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.form.failure import AppError
from app.form.rows import Evidence
from app.models.evidence.keeping import keep_file, stored_path
from app.models.evidence.lending import lend, take_back

CONTENT = b"%PDF-1.7"


@pytest.fixture
def row(tmp_path: Path) -> Evidence:
    source = tmp_path / "批复.pdf"
    source.write_bytes(CONTENT)
    kept = keep_file(tmp_path, source)
    return Evidence("e", "", "../批复.pdf", "", kept.sha256, str(kept.size))


def test_a_copy_is_lent_and_taken_back(tmp_path: Path, row: Evidence) -> None:
    first, second = lend(tmp_path, row, tmp_path), lend(tmp_path, row, tmp_path)
    assert first != second
    assert first.name == "_批复.pdf"
    assert first.read_bytes() == CONTENT
    assert [each.stat().st_mode & 0o777 for each in (first, first.parent, first.parent.parent)] == [0o400, 0o700, 0o700]
    take_back(tmp_path)
    assert list((tmp_path / "opened").iterdir()) == []
    assert stored_path(tmp_path, row.sha256).read_bytes() == CONTENT
    take_back(tmp_path / "never")


def test_a_program_is_not_opened(tmp_path: Path, row: Evidence) -> None:
    for name in ("表.exe", "表.pdf.LNK", "表.sh "):
        with pytest.raises(AppError, match="为安全起见不从这里打开"):
            lend(tmp_path, replace(row, name=name), tmp_path)
    assert not (tmp_path / "opened").exists()


def test_what_cannot_be_lent_is_said(tmp_path: Path, row: Evidence) -> None:
    (tmp_path / "opened").touch()
    with pytest.raises(AppError, match=r"没有写到 .*opened"):
        lend(tmp_path, row, tmp_path)
