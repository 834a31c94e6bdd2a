"""The PDF file: its text, its fonts, its properties."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheet.grid import Align, Cell, Grid, Role
from app.sheet.page.pages import paginate
from app.sheet.pdf import Notice, paint
from tests.sheet.example_grid import form_grid, table_grid, with_text

RARE = "𫖯𬱖㐀䶮𬭚"


def pages_of(content: bytes) -> Iterator[str]:
    """The text of each page as another program copies it out."""
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_range()
            text.close()
            page.close()
    finally:
        document.close()


def plain(text: str) -> str:
    """Without line ends and spaces, which a reader guesses from positions."""
    return "".join(character for character in text if not character.isspace())


def text_of(content: bytes) -> str:
    return plain("".join(pages_of(content)))


def one_cell(text: str, role: Role = Role.BODY) -> Grid:
    grid = table_grid(((text,),))
    return replace(grid, cells=(Cell(0, 0, text, role=role),))


# Hebrew and Arabic, with the places kept for more of them.
RIGHT_TO_LEFT = (range(0x590, 0x900), range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00), range(0x10800, 0x11000))


def is_copied(character: str) -> bool:
    """Characters that a reader copies out as they are: it reorders right-to-left text and drops what has no shape."""
    if any(ord(character) in block for block in RIGHT_TO_LEFT) or character in "\u00ad-":
        return False
    return unicodedata.bidirectional(character) not in ("R", "AL", "AN", "NSM", "BN")


@pytest.mark.parametrize("times", [1, 3])
def test_every_page_says_what_was_laid_out_in_reading_order(times: int) -> None:
    grid = form_grid(times)
    expected = [plain("".join(run.text for run in page.runs)) for page in paginate(grid).pages]
    assert list(map(plain, pages_of(paint(grid).content))) == expected


def test_the_text_of_each_line_keeps_its_spaces() -> None:
    assert "根据皋政发〔2022〕10 号文件，发放居保转企保参保补助 4542 人" in "".join(
        pages_of(paint(form_grid()).content)
    )


@pytest.mark.parametrize("role", [Role.BODY, Role.LABEL])
def test_rare_characters_copy_out_as_they_are(role: Role) -> None:
    painted = paint(one_cell(f"张{RARE}明", role))
    assert f"张{RARE}明" in text_of(painted.content)
    assert painted.notices == ()


def test_a_rare_character_is_the_same_in_every_typeface() -> None:
    cells = (Cell(0, 0, "甲㐀㐁", role=Role.LABEL), Cell(0, 1, "㐂㐀㐃", role=Role.BODY))
    content = paint(replace(table_grid((("", ""),)), cells=cells)).content
    assert text_of(content).startswith("甲㐀㐁㐂㐀㐃")


def test_radicals_from_other_documents_copy_out_as_they_were() -> None:
    painted = paint(one_cell("\u2f2f作"))
    assert text_of(painted.content).startswith("\u2f2f作")
    assert painted.notices == ()


def test_markup_is_text() -> None:
    text = "A&B公司<b>甲</b>&amp;<img src='x'/>(\\)[%]"
    assert plain(text) in text_of(paint(one_cell(text)).content)


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Mn", "Me", "Mc")).filter(is_copied),
        max_size=60,
    )
)
def test_any_text_copies_out_as_it_is(text: str) -> None:
    assert text_of(paint(one_cell(text)).content).removesuffix("第1页/共1页") == plain(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_painter(text: str) -> None:
    painted = paint(one_cell(text))
    assert painted.page_count == len(list(pages_of(painted.content)))


def test_a_missing_character_is_marked_and_reported_with_its_place() -> None:
    grid = with_text(form_grid(), 2, 1, "如皋市社会保险𠮷基金管理中心☑")
    painted = paint(grid)
    assert painted.notices == (
        Notice("𠮷", 2, 1, "皋市社会保险𠮷基金管理中心"),
        Notice("☑", 2, 1, "基金管理中心☑"),
    )
    assert [notice.code_point for notice in painted.notices] == ["U+20BB7", "U+2611"]
    # It still copies out as typed.
    assert "如皋市社会保险𠮷基金管理中心☑" in text_of(painted.content)


def test_the_whole_form_needs_no_notice() -> None:
    assert paint(form_grid()).notices == ()


def test_the_number_of_pages_is_told() -> None:
    painted = paint(form_grid())
    assert painted.page_count == len(list(pages_of(painted.content))) == 4


def test_title_and_author_are_properties_of_the_file() -> None:
    document = pypdfium2.PdfDocument(paint(replace(form_grid(), author="张𫖯\n单位")).content)
    found = document.get_metadata_dict()
    document.close()
    assert found["Title"] == "部门整体支出绩效自评价表（2024 年）"
    assert found["Author"] == "张𫖯 单位"
    assert found["Creator"] == "jixiao"


def test_equal_grids_give_equal_bytes_and_others_another_file() -> None:
    grid = form_grid()
    first = paint(grid).content
    assert first != paint(with_text(grid, 2, 1, RARE + "别的单位")).content
    assert first == paint(form_grid()).content  # whatever was painted in between


def test_all_fonts_are_embedded_subsets() -> None:
    content = paint(with_text(form_grid(), 2, 1, RARE)).content
    names = set(re.findall(rb"/BaseFont /(\S+)", content))
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+Noto(Serif|Sans)SC-\w+", name) for name in names)
    assert len(names) == content.count(b"/FontFile2") == 3
    assert b"Helvetica" not in content
    assert len(content) < 400_000


def test_the_full_face_is_left_out_where_nothing_needs_it() -> None:
    assert paint(form_grid()).content.count(b"/FontFile2") == 2


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
def test_another_reader_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(paint(with_text(form_grid(), 2, 1, RARE)).content)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    assert fonts.stderr == ""
    rows = [line.split() for line in fonts.stdout.splitlines()[2:]]
    assert [row[1:7] for row in rows] == [["CID", "TrueType", "Identity-H", "yes", "yes", "yes"]] * 3
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True)
    assert text.stderr == ""
    assert RARE in text.stdout


def test_ink_stands_where_the_text_is() -> None:
    grid = replace(table_grid((("", "绩"),)), cells=(Cell(0, 0, ""), Cell(0, 1, "绩", align=Align.CENTER)))
    document = pypdfium2.PdfDocument(paint(grid).content)
    page = document[0]
    textpage = page.get_textpage()
    left, bottom, right, top = textpage.get_charbox(0)
    run = paginate(grid).pages[0].runs[0]
    assert run.left <= left < right <= run.left + run.size
    baseline = page.get_height() - run.baseline
    assert baseline - 0.2 * run.size <= bottom < top <= baseline + run.size
    scale = 4
    picture = page.render(scale=scale).to_pil().convert("L")
    box = (left * scale, (page.get_height() - top) * scale, right * scale, (page.get_height() - bottom) * scale)
    assert picture.crop(tuple(map(int, box))).getextrema()[0] < 80
    for closable in (textpage, page, document):
        closable.close()
