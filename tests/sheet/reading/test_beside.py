"""What stands beside the cells that are seen is said: hidden rows and columns, text boxes, headers and footers."""

import io
from pathlib import Path

import docx
import pytest
import xlsxwriter

from app.sheet.reading.office.beside import say_hidden, say_margins
from app.sheet.reading.preflight.extents import Extent
from app.sheet.reading.serving import read
from app.sheet.reading.sniffing import Family
from tests.offices import convert, with_calc

HIDDEN = "“表”第 2–3、5 行、C 列是隐藏的，也已读取，请核对"
BOX = "文本框或图形里的文字没有读取：“填报说明 见附件”；需要时请写到单元格里再导入"


def workbook() -> bytes:
    """Six rows and three columns; the second, third and fifth row, the third column and an empty row are hidden."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("表")
    for row in range(6):
        page.write_row(row, 0, ["甲", row, "丙"])
    for row in (1, 2, 4, 8):
        page.set_row(row, None, None, {"hidden": True})
    page.set_column(2, 3, None, None, {"hidden": True})
    page.insert_textbox(7, 5, "填报说明\n见附件")
    page.write_comment(0, 0, "批注")
    book.close()
    return file.getvalue()


def test_hidden_rows_columns_and_text_boxes_of_a_workbook_are_said() -> None:
    reading = read(Family.ZIP, workbook(), None)
    assert reading.remarks == (HIDDEN, BOX)
    assert len(reading.tables[0].boxes) == 18


@with_calc
@pytest.mark.parametrize(("kind", "family"), [("xls", Family.COMPOUND), ("ods", Family.ZIP)])
def test_the_same_is_said_of_the_formats_that_it_is_saved_as(tmp_path: Path, kind: str, family: Family) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(workbook())
    convert(kind, tmp_path / "out", [source])
    reading = read(family, (tmp_path / "out" / f"表.{kind}").read_bytes(), None)
    assert reading.remarks == (HIDDEN, BOX)
    assert len(reading.tables[0].boxes) == 18


def test_of_very_many_hidden_rows_the_first_are_named() -> None:
    extent = Extent()
    for row in range(1, 40, 2):
        extent.hide_row(row)
        extent.widen(row, 1)
    (said,) = say_hidden("表", extent)
    assert said == "“表”第 1、3、5、7、9、11、13、15… 行是隐藏的，也已读取，请核对"


def test_headers_and_footers_are_said_when_they_hold_more_than_page_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("部门整体支出绩效自评表")
    section = document.sections[0]
    section.footer.paragraphs[0].text = "第 1 页 共 3 页"
    file = io.BytesIO()
    document.save(file)
    assert read(Family.ZIP, file.getvalue(), None).remarks == ()
    section.header.paragraphs[0].text = "填报单位：市档案馆"
    document.save(file)
    assert read(Family.ZIP, file.getvalue(), None).remarks == ("页眉、页脚里的文字没有读取：“填报单位：市档案馆”",)


@pytest.mark.parametrize("text", ["", "- 1 -", "第1页", "第 二 页，共 十 页", "1/3", "Page 1 of 3", "— 12 —"])
def test_a_page_number_is_not_worth_a_sentence(text: str) -> None:
    assert [*say_margins([text, text])] == []
