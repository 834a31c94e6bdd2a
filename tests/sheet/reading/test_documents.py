"""Word documents that others wrote: paragraphs and tables in order, merged and nested cells, numbers that Word sets."""

import io
from pathlib import Path

import docx as library
import pytest
from docx.shared import Cm

from app.sheet.grid import Grid
from app.sheet.reading.office.lists import write_number
from app.sheet.reading.process.wire import decode, encode, lay_out
from app.sheet.reading.serving import read
from app.sheet.reading.sniffing import sniff
from tests.sheet.reading.packages import WORD, document, document_parts, pack
from tests.sheet.recognising.pictures import draw


def grids_in(content: bytes) -> list[Grid]:
    return [lay_out(table) for table in decode(encode(read(sniff(content), content, Path()))).tables]


def boxes(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return sorted((cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells)


def cell(text: str = "", *properties: str, inside: str = "") -> str:
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{paragraph(text)}{inside}</w:tc>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str, before: str = "") -> str:
    return f"<w:tr>{before}{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


BEGUN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_paragraphs_stand_above_the_table_they_precede() -> None:
    body = (
        paragraph("自评表")
        + paragraph("")
        + paragraph("单位：甲")
        + table(row(cell("一"), cell("二")))
        + paragraph("填报人")
    )
    (grid,) = grids_in(document(body))
    assert boxes(grid) == boxes(draw("自评表 | <\n单位：甲 | <\n一 | 二\n填报人 | <"))


def test_a_document_without_a_table_is_one_column() -> None:
    (grid,) = grids_in(document(paragraph("甲") + paragraph("乙")))
    assert boxes(grid) == boxes(draw("甲\n乙"))


def test_tables_of_the_same_columns_go_on_and_others_are_their_own() -> None:
    first, second = (table(row(cell(a), cell(b)), widths=(1000, 3000)) for a, b in (("一", "二"), ("三", "四")))
    other = table(row(cell("五"), cell("六"), cell("七")), widths=(1000, 1000, 2000))
    found = grids_in(document(f"{first}<w:p/>{second}{paragraph('附表')}{other}"))
    assert [boxes(grid) for grid in found] == [
        boxes(draw("一 | 二\n三 | 四")),
        boxes(draw("附表 | < | <\n五 | 六 | 七")),
    ]


def test_cells_merged_down_and_across() -> None:
    body = table(
        row(cell("题", span(3))),
        row(cell("过程", BEGUN), cell("执行"), cell("1")),
        row(cell("", GOES_ON), cell("调整"), cell("2")),
        row(cell("决策", BEGUN), cell("合计", span(2))),
        row(cell("", GOES_ON), cell("3", "<w:hMerge w:val='restart'/>"), cell("", "<w:hMerge/>")),
    )
    (grid,) = grids_in(document(body))
    wanted = "题 | < | <\n过程 | 执行 | 1\n^ | 调整 | 2\n决策 | 合计 | <\n^ | 3 | <"
    assert boxes(grid) == boxes(draw(wanted))


def test_rows_that_begin_late_or_end_early_are_filled_up() -> None:
    late = row(cell("乙"), before='<w:trPr><w:gridBefore w:val="1"/></w:trPr>')
    (grid,) = grids_in(document(table(row(cell("甲"), cell("一")), late, row(cell("丙")))))
    assert boxes(grid) == boxes(draw("甲 | 一\n | 乙\n丙 | "))


def test_a_table_in_a_cell_becomes_rows_beside_its_label() -> None:
    inner = table(row(cell("资金总额"), cell("100")), row(cell("基本支出"), cell("60")))
    body = table(row(cell("单位"), cell("甲")), row(cell("预算"), cell("单位：万元", inside=f"{inner}<w:p/>")))
    (grid,) = grids_in(document(body))
    assert boxes(grid) == boxes(draw("单位 | 甲 | <\n预算 | 单位：万元 | <\n^ | 资金总额 | 100\n^ | 基本支出 | 60"))


def test_a_table_in_a_table_in_a_table() -> None:
    innermost = table(row(cell("甲"), cell("乙")))
    inner = table(row(f"<w:tc>{innermost}<w:p/></w:tc>", cell("丙")))
    (grid,) = grids_in(document(table(row(f"<w:tc>{inner}<w:p/></w:tc>", cell("丁")))))
    assert [box[4] for box in boxes(grid)] == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>", "一\n二"),
        ("<w:r><w:t>一</w:t><w:br w:type='page'/><w:tab/><w:noBreakHyphen/></w:r>", "一\t-"),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        (
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple>",
            "3",
        ),
        ("<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新"),
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>",
            "显",
        ),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ("<w:r><w:sym w:font='Wingdings' w:char='2713'/></w:r>", "✓"),
        ("<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>", "框"),
        (
            "<w:ruby><w:rt><w:r><w:t>ping</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>评</w:t></w:r></w:rubyBase></w:ruby>",
            "评",
        ),
    ],
)
def test_what_of_a_paragraph_is_its_text(inside: str, text: str) -> None:
    (grid,) = grids_in(document(f"<w:p>{inside}</w:p>{paragraph('末')}"))
    assert grid.cells[0].text == text


def test_content_controls_around_rows_and_cells_are_looked_into() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>"
        f"{cell('一')}</w:sdtContent></w:sdt>{cell('二')}</w:tr></w:sdtContent></w:sdt></w:tbl></w:sdtContent></w:sdt>"
    )
    (grid,) = grids_in(document(body))
    assert boxes(grid) == boxes(draw("一 | 二"))


NUMBERING = f"""<w:numbering xmlns:w="{WORD}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{WORD}"><w:style w:styleId="top"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="like"><w:basedOn w:val="top"/></w:style></w:styles>"""


def listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_the_numbers_that_word_sets_are_read_as_they_are_seen() -> None:
    body = "".join(
        (
            paragraph("职能", '<w:pStyle w:val="like"/>'),
            listed("甲", 1),
            listed("子", 1, 1),
            listed("丑", 1, 1),
            listed("乙", 1),
            listed("寅", 1, 1),
            paragraph("成效", '<w:pStyle w:val="top"/>'),
            listed("点", 3),
            listed("戊", 4),
            listed("己", 4),
            listed("无", 0),
        )
    )
    parts = document_parts(body) | {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}
    (grid,) = grids_in(pack(parts))
    assert [cell.text for cell in grid.cells] == [
        "一、职能",
        "（1）甲",
        "①子",
        "②丑",
        "（2）乙",
        "①寅",
        "二、成效",
        "点",
        "（5）戊",
        "（6）己",
        "无",
    ]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百〇五"),
        (110, "japaneseCounting", "一百一十"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "upperRoman", "XIV"),
        (3, "decimalZero", "03"),
        (21, "decimalEnclosedCircle", "21"),
        (7, "somethingNew", "7"),
        (0, "upperRoman", "0"),
    ],
)
def test_numbers_of_lists(number: int, form: str, written: str) -> None:
    assert write_number(number, form) == written


def test_what_python_docx_writes() -> None:
    book = library.Document()
    book.add_heading("自评表", 0)
    grid = book.add_table(3, 3)
    grid.cell(0, 0).merge(grid.cell(0, 2)).text = "题"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "过程\n（26）"
    grid.cell(1, 1).text = "甲"
    nested = grid.cell(2, 1).add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "乙", "丙"
    grid.columns[0].width = Cm(3)
    file = io.BytesIO()
    book.save(file)
    (found,) = grids_in(file.getvalue())
    assert boxes(found) == boxes(draw("自评表 | < | < | <\n题 | < | < | <\n过程\\n（26） | 甲 | < | \n^ | 乙 | 丙 | "))
