"""The Word document holds the Grid: every text in its place, merged alike, in tables whose headings repeat."""

import io
import time
import zipfile
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx as library
import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from app.form.text import sanitise
from app.sheet import docx
from app.sheet.grid import Cell, Grid, Header, Paper, Role
from tests.offices import convert, with_writer
from tests.sheet.grids import column, real_grid, table, tall_grid

Box = tuple[int, int, int, int, str]  # row, column, rows, columns, text


def opened(grid: Grid) -> Document:
    return library.Document(io.BytesIO(docx.paint(grid)))


def boxes_of(document: Document) -> list[Box]:
    """All table cells, rows counted through all tables."""
    found: dict[tuple[int, int], Box] = {}
    for row, each in enumerate(document.element.body.iter(qn("w:tr"))):
        at = 0
        for cell in each.iter(qn("w:tc")):
            span = cell.find(f".//{qn('w:gridSpan')}")
            columns = int(span.get(qn("w:val"))) if span is not None else 1
            merge = cell.find(f".//{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) is None:
                key = max(key for key in found if key[1] == at)
                first = found[key]
                found[key] = (first[0], at, row - first[0] + 1, columns, first[4])
            else:
                found[row, at] = (row, at, 1, columns, text_of(cell))
            at += columns
    return sorted(found.values())


def text_of(element: object) -> str:
    return "".join("\n" if part.tag == qn("w:br") else part.text or "" for part in element.iter(qn("w:t"), qn("w:br")))  # type: ignore[attr-defined]  # an XML element


def boxes_in(grid: Grid) -> list[Box]:
    titles = sum(cell.role in (Role.TITLE, Role.SUBTITLE) for cell in grid.cells)
    return sorted((c.row - titles, c.column, c.rows, c.columns, c.text) for c in grid.cells if c.row >= titles)


def test_the_real_form_stands_in_it_cell_by_cell() -> None:
    grid = real_grid()
    document = opened(grid)
    assert boxes_of(document) == boxes_in(grid)
    titles = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert titles == ["部门整体支出绩效自评价表", "（2024 年）"]


def test_the_heading_of_the_indicators_repeats_and_no_other_row() -> None:
    headings = [
        [text_of(cell) for cell in row.iter(qn("w:tc"))]
        for row in opened(real_grid()).element.body.iter(qn("w:tr"))
        if row.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert headings == [
        ["一级指标", "二级指标", "三级指标", "全年指标值", "分值", "评价要点及评分规则", "实际完成值", "得分"]
    ]


def test_a_merged_cell_across_the_heading_keeps_the_table_in_one_piece() -> None:
    cells = (Cell(0, 0, "标", rows=3), Cell(0, 1, "上"), Cell(1, 1, "头"), Cell(2, 1, "下"))
    grid = replace(table(cells, columns=2), headers=(Header(1, 1, 2),))
    assert docx.split_rows(grid) == (docx.Part(0, 2),)
    assert docx.split_rows(tall_grid(3)) == (docx.Part(0, 4, 1),)


@given(st.lists(st.text().map(lambda text: sanitise(text).text), min_size=1, max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    assert [box[4] for box in boxes_of(opened(column(*texts)))] == texts


def test_characters_that_no_document_holds_are_left_out() -> None:
    assert [box[4] for box in boxes_of(opened(column("甲\x07乙\ufffe")))] == ["甲乙"]


def test_page_numbers_marking_and_paper() -> None:
    grid = replace(real_grid(), marking="第 2 版 · 校验码 A&B", paper=Paper(is_landscape=True, left=Decimal(20)))
    section = opened(grid).sections[0]
    assert section.header.paragraphs[0].text == "第 2 版 · 校验码 A&B"
    footer = section.footer.paragraphs[0]._p
    assert [each.get(qn("w:instr")) for each in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert text_of(footer) == "第 1 页 / 共 1 页"
    assert section.page_width is not None
    assert section.left_margin is not None
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (297, 20)


def test_who_and_what_stands_in_its_properties_and_nothing_of_the_library() -> None:
    about = opened(real_grid()).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("如皋市社会保险基金管理中心", "", "")
    assert about.title == "如皋市社会保险基金管理中心部门整体支出绩效自评价表（2024 年）"


def test_equal_grids_give_equal_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    before = docx.paint(real_grid())
    monkeypatch.setattr(time, "localtime", lambda _seconds=None: time.gmtime(0))  # a dead battery: 1970
    assert docx.paint(real_grid()) == before
    assert zipfile.ZipFile(io.BytesIO(before)).testzip() is None


@with_writer
def test_an_office_program_shows_it_whole(tmp_path: Path) -> None:
    source = tmp_path / "table.docx"
    source.write_bytes(docx.paint(real_grid()))
    convert("pdf", tmp_path / "made", [source])
    with pypdfium2.PdfDocument(tmp_path / "made" / "table.pdf") as pages:
        shown = Counter("".join(page.get_textpage().get_text_range() for page in pages))
    wanted = Counter("".join(cell.text for cell in real_grid().cells))
    missing = {each: count - shown[each] for each, count in wanted.items() if count > shown[each] and each.strip()}
    assert missing == {}
