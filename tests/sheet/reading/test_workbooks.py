"""Workbooks that others wrote: what their sheets show, which sheets are read, and what is said of the rest."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from app.sheet.reading.process.wire import Reading, decode, encode, lay_out
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.serving import read
from app.sheet.reading.sniffing import sniff
from tests.sheet.reading.packages import biff, compound, number, pack, record, workbook, workbook_parts
from tests.sheet.recognising.pictures import draw


def read_here(content: bytes) -> Reading:
    return decode(encode(read(sniff(content), content, Path())))


def picture(reading: Reading, table: int = 0) -> dict[tuple[int, int], str]:
    """The texts of a table by row and column, merged cells where they begin."""
    return {(cell.row, cell.column): cell.text for cell in lay_out(reading.tables[table]).cells if cell.text}


def by_openpyxl(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_values_stand_as_their_formats_show_them() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for place, value, form in (
            ("A1", 0.875, "0.0%"),
            ("B1", 1546.9, '0.00" 万元"'),
            ("C1", 100, "General"),
            ("A2", date(2024, 3, 5), 'yyyy"年"m"月"d"日"'),
            ("B2", True, "General"),
            ("C2", "≥98%", "@"),
        ):
            sheet[place] = value
            sheet[place].number_format = form

    assert picture(read_here(by_openpyxl(fill))) == {
        (0, 0): "87.5%",
        (0, 1): "1546.90 万元",
        (0, 2): "100",
        (1, 0): "2024年3月5日",
        (1, 1): "TRUE",
        (1, 2): "≥98%",
    }


def test_merged_cells_are_cells_and_hidden_rows_are_read() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for place, text in (("A1", "自评表"), ("A2", "过程"), ("B2", "执行"), ("B3", "调整")):
            sheet[place] = text
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A2:A3")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    (table,) = read_here(by_openpyxl(fill)).tables
    found, wanted = lay_out(table), draw("自评表 | <\n过程 | 执行\n^ | 调整")
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in found.cells] == sorted(
        (c.row, c.column, c.rows, c.columns, c.text) for c in wanted.cells
    )


def test_a_merged_range_over_whole_rows_ends_with_the_table() -> None:
    content = workbook(
        '<row><c t="str"><v>题</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>',
        '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>',
    )
    (table,) = read_here(content).tables
    assert (table.rows, table.columns, table.boxes[0]) == (2, 2, (0, 0, 1, 2, "题"))


def test_all_visible_sheets_are_read_and_hidden_ones_are_named() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].title, book.worksheets[0]["A1"] = "一", "甲"
        for name, text, state in (("二", "乙", "visible"), ("三", "丙", "hidden"), ("四", "", "hidden")):
            sheet = book.create_sheet(name)
            sheet["A1"], sheet.sheet_state = text, state

    reading = read_here(by_openpyxl(fill))
    assert [table.title for table in reading.tables] == ["一", "二"]
    assert [("三" in remark, "四" in remark) for remark in reading.remarks] == [(True, False)]


def test_formulas_show_what_was_saved_and_those_without_a_result_are_named() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A1"], sheet["B2"], sheet["B3"] = "合计", "=1+1", "=2+2"

    reading = read_here(by_openpyxl(fill))
    assert picture(reading) == {(0, 0): "合计"}
    assert len(reading.remarks) == 1
    assert "B2 等 2 处" in reading.remarks[0]
    saved = workbook(
        '<row><c><f>1+1</f><v>3</v></c><c t="str"><f>""</f><v></v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    assert picture(read_here(saved)) == {(0, 0): "3", (0, 2): "#DIV/0!"}
    assert read_here(saved).remarks == ()


def test_texts_in_several_faces_and_beside_pronunciations_are_whole() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>过程</t></r>'
        "<r><t>（26）</t></r><rPh sb='0' eb='1'><t>guo</t></rPh></si></sst>"
    )
    parts = workbook_parts('<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>乙</t></is></c></row>')
    assert picture(read_here(pack(parts | {"xl/sharedStrings.xml": strings}))) == {(0, 0): "过程（26）", (0, 1): "乙"}


def test_rows_and_cells_need_no_addresses_and_may_leave_some_out() -> None:
    content = workbook('<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>')
    assert picture(read_here(content)) == {(1, 1): "1", (1, 2): "2", (2, 0): "3"}


def test_the_numbered_formats_of_chinese_dates() -> None:
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
        '<xf numFmtId="31"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    parts = workbook_parts('<row><c s="0"><v>45356</v></c><c s="1"><v>45356</v></c></row>')
    assert picture(read_here(pack(parts | {"xl/styles.xml": styles}))) == {(0, 0): "2024年3月5日", (0, 1): "2024/3/5"}


def test_styles_that_are_not_quite_right_cost_only_the_formats() -> None:
    parts = workbook_parts(
        '<row><c t="s"><v>0</v></c><c s="1"><v>0.875</v></c></row><row><c><v>7</v></c></row>',
        '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>',
    )
    broken = str(parts["xl/styles.xml"]).replace('numFmtId="10"', 'numFmtId="ten"')
    assert picture(read_here(pack(parts))) == {(0, 0): "单位", (0, 1): "87.50%", (1, 0): "7"}
    reading = read_here(pack(parts | {"xl/styles.xml": broken}))
    assert picture(reading) == {(0, 0): "单位", (0, 1): "0.875", (1, 0): "7"}
    assert (1, 0, 1, 2, "7") in reading.tables[0].boxes
    assert len(reading.remarks) == 1


def test_what_xlsxwriter_writes_with_few_strings_at_a_time() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "一\n二")
    sheet.write_number(3, 2, 0.5, book.add_format({"num_format": 10}))
    book.close()
    assert picture(read_here(file.getvalue())) == {(0, 0): "一\n二", (3, 2): "50.00%"}


def test_an_old_workbook_by_its_records() -> None:
    cells = (
        number(0, 0, 0.875, 1)
        + number(0, 1, 1546.9, 2)
        + record(0x00BD, b"\x01\0\0\0" + b"\0\0\x06\0\0\0" + b"\x01\0\x0a\0\0\0" + b"\x01\0")
        + record(0x0205, b"\x02\0\0\0\0\0\x07\x01")
        + record(0x00E5, b"\x01\0" + b"\x02\0\x02\0\0\0\x01\0")
    )
    form = '0.00" 万元"'.encode("utf-16-le")
    content = compound({"Workbook": biff(cells, record(0x041E, b"\xa4\0\x09\0\x01" + form))})
    reading = read_here(content)
    assert reading.kind == "xls"
    assert picture(reading) == {
        (0, 0): "87.50%",
        (0, 1): "1546.90 万元",
        (1, 0): "1",
        (1, 1): "200.00%",
        (2, 0): "#DIV/0!",
    }
    assert (2, 0, 1, 2, "#DIV/0!") in reading.tables[0].boxes


def test_a_compound_file_of_another_kind_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        read_here(compound({"WordDocument": b"x", "1Table": b"y"}))
    assert refused.value.reason is Reason.OLD_WORD


SPREADSHEET = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles>
<style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="表"><table:table-header-rows><table:table-row>
<table:table-cell table:number-columns-spanned="2"><text:p>自<text:s text:c="2"/>评</text:p><text:p>表</text:p></table:table-cell>
<table:covered-table-cell/></table:table-row></table:table-header-rows>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>合规</text:p>
<office:annotation><text:p>批注</text:p></office:annotation></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table><table:table table:name="藏" table:style-name="h"><table:table-row><table:table-cell><text:p>丙</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_spreadsheet_of_libreoffice_shows_its_texts() -> None:
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": SPREADSHEET}
    reading = read_here(pack(parts))
    assert reading.tables[0].boxes[0] == (0, 0, 1, 2, "自  评\n表")
    assert picture(reading) == {(0, 0): "自  评\n表"} | {(row, column): "合规" for row in (1, 2) for column in (0, 1)}
    assert ["藏" in remark for remark in reading.remarks] == [True]


def test_a_child_may_not_open_anything_else(tmp_path: Path) -> None:
    """What the child forbids itself before it reads; in a process of its own, as it can't be undone."""
    script = f"""
import socket, subprocess, sys
from pathlib import Path
from app.sheet.reading.process.limits import forbid
own, other = Path({str(tmp_path / "own")!r}), Path({str(tmp_path / "other")!r})
forbid(own)
own.read_bytes()
import wave
for attempt in (other.read_bytes, lambda: own.write_bytes(b""), other.unlink, lambda: subprocess.run(["true"]), socket.socket):
    try:
        attempt()
    except PermissionError:
        print("refused")
"""
    for name in ("own", "other"):
        (tmp_path / name).write_bytes(b"x")
    root = Path(__file__).resolve().parents[3]
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    assert finished.stdout.split() == ["refused"] * 5
