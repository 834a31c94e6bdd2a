"""A PDF alone gives the form back: ours whatever is in it, and those that LibreOffice makes of workbooks and documents."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from docx import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.editing.planning.importing import Status, plan_import, recognise_forms
from app.form.form import Form
from app.form.rows import TextItem
from app.review.edition import Draft, Edition, Final
from app.scoring.assessment import assess
from app.sheet import docx, pdf, xlsx
from app.sheet.grid import Grid
from app.sheet.layout import layout
from app.sheet.reading.pdf import read_pdf
from tests.offices import convert, with_writer
from tests.sheet.grids import tall_grid
from tests.sheet.recognising.pictures import draw
from tests.sheet.recognising.test_recognition import comparable, papers, recognise
from tests.tables import real_form, template

Read = Callable[[bytes], tuple[Grid, ...]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    path = tmp_path_factory.mktemp("read") / "form.pdf"

    def read(content: bytes) -> tuple[Grid, ...]:
        path.write_bytes(content)
        return read_pdf(path)

    return read


def boxes(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return sorted((cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells)


def unused(grids: Sequence[Grid]) -> list[str]:
    """What the plan lists as not recognised."""
    (found,) = recognise_forms(grids, [template()])
    return [line.text for line in plan_import(found, grids, "form.pdf").lines if line.status is Status.UNRECOGNISED]


@pytest.mark.parametrize("edition", [Draft(), Final(12, "张三", "2025-03-01", "0a1b" * 16)], ids=["draft", "final"])
def test_the_real_form_comes_back_whole_from_its_pdf(read: Read, edition: Edition) -> None:
    form = real_form()
    grid = layout(form, assess(form), edition)
    (found,) = read(pdf.paint(grid).content)
    assert boxes(found) == boxes(grid)
    assert comparable(recognise(found).form) == comparable(form)
    assert unused([found]) == []


def test_a_cell_of_many_pages_and_a_label_over_many_rows_are_one_again(read: Read) -> None:
    grid = tall_grid(60, 9_000)
    (found,) = read(pdf.paint(grid).content)
    assert boxes(found) == boxes(grid)


PHRASES = st.sampled_from(
    (
        *(
            "按规定建立社会保险登记档案，",
            "performance evaluation ",
            "4542 人",
            "1546.91 万元",
            "（甲）",
            "。",
            "A/B",
            "3.5%",
        ),
        *("“引”", "\n", "  ", " ", "pre-\n", "\u3000", "\n\n"),
    )
)
LONG = st.lists(PHRASES, min_size=1, max_size=60).map(lambda parts: ("字" + "".join(parts)).strip("\n"))


@st.composite
def long_papers(draw_: st.DrawFn) -> Form:
    """Forms with texts that break into many lines and over pages, with line ends and blanks of all kinds."""
    form = draw_(papers())
    times = st.integers(1, 12)
    for table in ("duties", "achievements", "problems", "measures"):
        rows = tuple(
            TextItem(row.key, row.text + (draw_(LONG) if draw_(st.booleans()) else "")) for row in getattr(form, table)
        )
        form = replace(form, **{table: rows})  # type: ignore[arg-type]  # text items
    if draw_(st.booleans()):
        texts = draw_(st.lists(LONG, min_size=1, max_size=8))
        form = replace(form, duties=tuple(TextItem(str(n), text * draw_(times)) for n, text in enumerate(texts)))
    if draw_(st.booleans()):
        form = replace(form, staffing=replace(form.staffing, text=draw_(LONG) * draw_(times)))
    rules = tuple(replace(row, rule=draw_(LONG)) if draw_(st.booleans()) else row for row in form.indicators)
    return replace(form, indicators=rules)


@settings(max_examples=40)
@given(form=papers())
def test_any_form_comes_back_from_its_pdf(read: Read, form: Form) -> None:
    grids = read(pdf.paint(layout(form, assess(form))).content)
    assert comparable(recognise(*grids).form) == comparable(form)
    assert unused(grids) == []


@settings(max_examples=40)
@given(form=long_papers())
def test_texts_come_back_to_the_last_blank_however_they_break(read: Read, form: Form) -> None:
    grid = layout(form, assess(form))
    (found,) = read(pdf.paint(grid).content)
    assert boxes(found) == boxes(grid)


DUTIES = "\\n".join(
    f"{number}. 负责第{number}项社会保险参保登记、基金征缴和待遇发放等工作，组织实施相关法律、法规和方针政策，研究制定年度工作计划并督促落实到位"
    for number in range(1, 16)
)
REASON = "因政策调整，部分人员资料补正时间较长，下一步将加强与乡镇街道的沟通协调"
ROWS = "\n".join(
    f"{'^' if n else '产出指标（50分）'} | {'^' if n % 7 else ('数量指标', '质量指标', '时效指标')[n // 7]}"
    f" | 第{n + 1}项参保人员待遇发放及时率和准确率 | ≥{90 + n % 9}% | {91 + n % 9}% | 2 | 2 | {'' if n % 5 else REASON}"
    for n in range(21)
)
TITLE = "2023年度部门整体支出绩效自评表"
UNIT, MONEY = "填报单位：某某局（盖章）", "单位：万元"
PICTURE = f"""部门资金情况（万元） | 项目 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 100.00 | 1,546.91 | 1,546.90 | 10 | 99.99% | 10
^ | 其中：财政拨款 | 100 | 110 | 80 | | |
^ | 上年结转资金 | 0 | 10 | 10 | | |
主要职能 | {DUTIES} | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
{ROWS}
效益指标（30分） | 社会效益指标 | 投诉次数 | ≤3次 | 1次 | 30 | 30 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥95% | 96% | 10 | 10 |
总分 | < | < | < | < | 100 | 95 |"""
WIDTHS = (12, 14, 22, 12, 12, 8, 8, 26)


def workbook(style: Literal["thin", "dashed", "double"], *, is_landscape: bool) -> bytes:
    """A bureau's workbook: title and unit in rows of their own, rows as high as their texts, fitted to the page's width."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["A2"], sheet["G2"] = TITLE, UNIT, MONEY
    sheet.merge_cells("A1:H1")
    sheet["A1"].alignment, sheet["A1"].font = Alignment(horizontal="center"), Font(size=18, bold=True)
    grid, side = draw(PICTURE), Side(style=style)
    heights = [1.0] * grid.row_count
    for cell in grid.cells:
        row, column = cell.row + 3, cell.column + 1
        if cell.rows * cell.columns > 1:
            last = row + cell.rows - 1, column + cell.columns - 1
            sheet.merge_cells(start_row=row, start_column=column, end_row=last[0], end_column=last[1])
        place = sheet.cell(row, column, cell.text or None)
        is_text = cell.column in (2, 7) or cell.columns > 4
        place.alignment = Alignment("left" if is_text else "center", "center", wrap_text=True)
        place.font = Font("宋体", 10)
        if cell.rows == 1:
            width = sum(WIDTHS[cell.column : cell.column + cell.columns])
            heights[cell.row] = max(heights[cell.row], sum(-(-2 * len(p) // width) for p in cell.text.split("\n")))
    for number, lines in enumerate(heights, 3):
        sheet.row_dimensions[number].height = min(400, 15 * lines + 4)
        for column in range(1, 9):
            sheet.cell(number, column).border = Border(side, side, side, side)
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = ("landscape" if is_landscape else "portrait"), 9
    sheet.sheet_properties.pageSetUpPr, sheet.page_setup.fitToHeight = PageSetupProperties(fitToPage=True), 0
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页"))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def document(spacing: float) -> bytes:
    """A bureau's document: title and unit as paragraphs, a header and a footer, the table below them."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "内部资料", "- 1 -"
    paper.styles["Normal"].font.size = Pt(9)
    title = paper.add_paragraph()
    title.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
    title.add_run(TITLE).font.size = Pt(16)
    paper.add_paragraph(f"{UNIT}{' ' * 25}{MONEY}")
    grid = draw(PICTURE)
    table = paper.add_table(grid.row_count, 8)
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, (18, 20, 34, 18, 18, 12, 12, 42), strict=True):
        for each in column.cells:
            each.width = Mm(width)
    for cell in grid.cells:
        last = cell.row + cell.rows - 1, cell.column + cell.columns - 1
        place = table.cell(cell.row, cell.column).merge(table.cell(*last))
        place.text = cell.text
        for paragraph in place.paragraphs:
            paragraph.paragraph_format.line_spacing = spacing
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice makes of our own files and of foreign ones."""
    folder = tmp_path_factory.mktemp("office")
    grid = layout(real_form(), assess(real_form()))
    files = {
        "own.xlsx": xlsx.paint(grid),
        "own-document.docx": docx.paint(grid),
        "wide.xlsx": workbook("thin", is_landscape=True),
        "dashed.xlsx": workbook("dashed", is_landscape=False),
        "double.xlsx": workbook("double", is_landscape=True),
        "close.docx": document(1.0),
        "loose.docx": document(1.5),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    convert("pdf", folder / "made", (folder / name for name in files))
    return {Path(name).stem: (folder / "made" / name).with_suffix(".pdf").read_bytes() for name in files}


@with_writer
@pytest.mark.parametrize("name", ["own", "own-document"])
def test_our_files_printed_by_libreoffice_are_recognised_whole(
    read: Read, converted: dict[str, bytes], name: str
) -> None:
    grids = read(converted[name])
    assert comparable(recognise(*grids).form) == comparable(real_form())
    assert unused(grids) == []


@with_writer
@pytest.mark.parametrize("name", ["wide", "dashed", "double", "close", "loose"])
def test_foreign_files_printed_by_libreoffice_are_recognised_as_they_were_typed(
    read: Read, converted: dict[str, bytes], name: str
) -> None:
    head = f"{TITLE} | < | < | < | < | < | < | <\n{UNIT} | < | < | < | < | {MONEY} | < | <\n"
    (wanted,) = recognise_forms([draw(head + PICTURE)], [template()])
    (found,) = recognise_forms(read(converted[name]), [template()])
    labels = [column.label for column in wanted.form.template.indicator_table.columns]
    assert [column.label for column in found.form.template.indicator_table.columns] == labels
    assert comparable(replace(found.form, template=wanted.form.template)) == comparable(wanted.form)
    assert unused(read(converted[name])) == []


def test_widths_are_those_of_the_page(read: Read) -> None:
    grid = layout(real_form(), assess(real_form()))
    (found,) = read(pdf.paint(grid).content)
    shares = [
        width / sum(found.widths) - width_of / sum(grid.widths)
        for width, width_of in zip(found.widths, grid.widths, strict=True)
    ]
    assert max(map(abs, shares)) < Decimal("0.001")
