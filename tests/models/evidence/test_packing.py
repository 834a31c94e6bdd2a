"""Names of files in a package: safe everywhere, unique, in the order of the paper."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.form.form import Form
from app.form.rows import Evidence, Group, Indicator
from app.models.evidence.keeping import stored_path
from app.models.evidence.packing import evidence_files, safe_name
from tests.strategies import forms
from tests.tables import template

HERE = Path("data")


def form_with(*files: tuple[str, str]) -> Form:
    """Rows r1 培训/次数 and r2 预算执行率, and files as (indicator, name)."""
    rows = (Indicator("r1", "g", "培训/次数"), Indicator("r2", "g", "预算执行率"))
    listed = tuple(
        Evidence(f"e{number}", key, name, "", f"{number:064x}", "1") for number, (key, name) in enumerate(files)
    )
    return Form(template(), groups=(Group("g"),), indicators=rows, evidence=listed)


def paths(form: Form) -> list[str]:
    return [str(each.path) for each in evidence_files(HERE, form)]


def test_files_stand_under_the_number_and_name_of_their_row() -> None:
    form = form_with(("r2", "批复.pdf"), ("", "目录.docx"), ("r1", "照片.jpg"))
    assert paths(form) == [
        "佐证材料/00-整张表/目录.docx",
        "佐证材料/01-培训_次数/照片.jpg",
        "佐证材料/02-预算执行率/批复.pdf",
    ]
    last = evidence_files(HERE, form)[-1]
    assert (last.stored, last.sha256, last.row.key) == (stored_path(HERE, f"{0:064x}"), f"{0:064x}", "e0")
    assert evidence_files(HERE, replace(form, evidence=())) == ()


def test_two_files_of_one_name_are_told_apart() -> None:
    form = form_with(("r1", "批复.pdf"), ("r1", "批复.PDF"), ("r1", "批复(2).pdf"), ("r2", "批复.pdf"))
    assert [each.rpartition("/")[2] for each in paths(form)] == [
        "批复.pdf",
        "批复(2).PDF",
        "批复(2)(2).pdf",
        "批复.pdf",
    ]


def test_names_are_safe_on_windows_and_linux() -> None:
    assert safe_name("../..\\a:b?.pdf", 60) == "_.._a_b_.pdf"
    assert safe_name("CON.txt", 60) == "_CON.txt"
    assert safe_name(" .\u202e\n. ", 60) == "未命名"
    assert safe_name("长" * 100 + ".docx", 60) == "长" * 55 + ".docx"
    assert safe_name("a." + "长" * 100, 60) == "a." + "长" * 58


@given(st.text(max_size=90), st.integers(8, 60))
def test_any_text_becomes_one_name(text: str, most: int) -> None:
    name = safe_name(text, most)
    assert 0 < len(name) <= most
    assert name not in {".", ".."}
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name == name.strip(". ")


@given(forms())
def test_no_two_files_of_a_form_get_one_path(form: Form) -> None:
    found = evidence_files(HERE, form)
    assert len(found) == len(form.evidence)
    assert len({str(each.path).casefold() for each in found}) == len(found)
    assert all(len(each.path.parts) == 3 for each in found)
