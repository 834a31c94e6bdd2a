"""佐证材料 go along with a package and come back out of it; what is missing is said."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.form.failure import AppError
from app.form.form import Form
from app.form.rows import Evidence
from app.models.evidence.keeping import Condition, inspect, keep_file, stored_path
from app.ui.actions.attaching import collect, keep_all


def tell(_text: str, _share: float) -> None:
    """Nobody waits."""


@pytest.fixture
def listed(sample: Form, tmp_path: Path) -> Form:
    """The real form with a file under an indicator, kept in the folder "here"."""
    paper = tmp_path / "批复.pdf"
    paper.write_bytes(b"%PDF-1.7 paper")
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    kept = keep_file(tmp_path / "here", paper)
    row = Evidence("e1", "indicator-09", "批复.pdf", "", kept.sha256, str(kept.size))
    return replace(sample, evidence=(row,))


def package(form: Form, tmp_path: Path) -> Path:
    for member in collect(tmp_path / "here", form):
        target = tmp_path / "package" / member.name
        target.parent.mkdir(parents=True)
        assert isinstance(member.content, Path)
        shutil.copyfile(member.content, target)
    return tmp_path / "package"


def test_files_travel_under_the_name_of_their_indicator(listed: Form, tmp_path: Path) -> None:
    (member,) = collect(tmp_path / "here", listed)
    assert member.name == "佐证材料/09-预算执行率/批复.pdf"
    assert keep_all(tmp_path / "there", package(listed, tmp_path), listed, tell) == ()
    assert inspect(tmp_path / "there", listed.evidence[0]) is Condition.SOUND


def test_a_file_that_does_not_come_along_is_named(listed: Form, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    said = keep_all(tmp_path / "there", empty, listed, tell)
    assert said == ("佐证材料“批复.pdf”不在这个文件里，请在“编辑 → 佐证材料”中重新添加",)


def test_a_package_is_not_made_of_files_that_are_gone(listed: Form, tmp_path: Path) -> None:
    stored_path(tmp_path / "here", listed.evidence[0].sha256).unlink()
    with pytest.raises(AppError, match="批复"):
        collect(tmp_path / "here", listed)
