"""Drafts and final forms on paper and in the workbook: the marking, the code, the review's sheet, the programs' sheet."""

import io
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.form.failure import AppError
from app.form.reading.interchange import read_form, write_form
from app.form.text import sanitise, utf16_length
from app.review.digest import digest, short_code
from app.review.edition import Draft, Edition, Final
from app.scoring.assessment import assess
from app.sheet import pdf, xlsx
from app.sheet.grid import Grid
from app.sheet.layout import layout
from app.sheet.page.code import qr_modules
from app.sheet.page.pages import Page, paginate
from app.sheet.workbook.annex import PIECE, cut_record
from tests.sheet.grids import column
from tests.tables import real_form

DIGEST = digest(real_form())
FINAL = Final(3, "王会计", "2025-03-01T08:30:00+00:00", DIGEST)
NOTES = (("序号", "审核发现", "审核说明"), ("1", "=1+1 得分合计是 101.5 分", "已核对\n无误"))


def grid(edition: Edition) -> Grid:
    return layout(real_form(), assess(real_form()), edition)


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def workbook(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_the_edition_changes_nothing_but_the_marking() -> None:
    draft, final = grid(Draft()), grid(FINAL)
    assert (draft.marking, draft.code) == ("草稿", "")
    assert (final.marking, final.code) == (f"第 3 版 · 校验码 {short_code(DIGEST)}", DIGEST)
    assert replace(final, marking="草稿", code="") == draft == layout(real_form(), assess(real_form()))


@pytest.mark.parametrize("edition", [Draft(), FINAL])
def test_every_page_says_what_the_form_is(edition: Edition) -> None:
    found = texts(pdf.paint(grid(edition)).content)
    assert len(found) == 4
    assert [text.splitlines()[0] for text in found] == [grid(edition).marking] * 4


def test_the_last_page_of_a_final_form_carries_the_whole_code() -> None:
    *others, last = texts(pdf.paint(grid(FINAL)).content)
    assert DIGEST in "".join(last.splitlines())
    assert not any(DIGEST[:32] in other for other in others)
    assert not any(page.boxes for page in paginate(grid(Draft())).pages)
    assert [bool(page.boxes) for page in paginate(grid(FINAL)).pages] == [False, False, False, True]


def test_the_picture_shows_the_modules() -> None:
    """Looked at where each module should be, on the painted page."""
    pages, scale = paginate(grid(FINAL)), 6
    last = pages.pages[-1]
    modules = qr_modules(DIGEST)
    left, top = min(box.left for box in last.boxes), min(box.top for box in last.boxes)
    side = last.boxes[0].bottom - last.boxes[0].top
    page = pypdfium2.PdfDocument(pdf.paint(grid(FINAL)).content)[3].render(scale=scale).to_pil().convert("L")

    def is_dark(row: int, number: int) -> bool:
        value = page.getpixel(
            (round((left + (number + 0.5) * side) * scale), round((top + (row + 0.5) * side) * scale))
        )
        return isinstance(value, int) and value < 128

    size = len(modules)
    assert size == 33  # version 4 holds 64 characters at strength Q
    assert tuple(tuple(is_dark(row, number) for number in range(size)) for row in range(size)) == modules
    edge = max(stroke.right for stroke in last.strokes)
    assert 56 < edge - left < 62.4  # 22 mm with its light margin


def test_the_modules_are_a_qr_code() -> None:
    """The three finder patterns, the timing lines, and the dark module (ISO/IEC 18004)."""
    modules = qr_modules(DIGEST)
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]

    def part(row: int, number: int) -> list[str]:
        return ["".join(str(int(dark)) for dark in line[number : number + 7]) for line in modules[row : row + 7]]

    assert part(0, 0) == part(0, 26) == part(26, 0) == finder
    assert [modules[6][number] for number in range(8, 25)] == [number % 2 == 0 for number in range(8, 25)]
    assert modules[25][8]
    assert qr_modules(DIGEST.upper()) == modules


@pytest.mark.parametrize("rows", range(28, 38))
def test_the_code_covers_no_text_and_no_line(rows: int) -> None:
    table = replace(column(*("一行" for _ in range(rows))), code=DIGEST, marking="第 1 版")
    pages = paginate(table).pages
    last = pages[-1]
    top, bottom = min(box.top for box in last.boxes), max(box.bottom for box in last.boxes)
    assert all(stroke.bottom <= top for stroke in last.strokes)
    assert bottom <= 842 - 18 / 25.4 * 72
    assert [run.text for run in last.runs][-1] == f"第 {len(pages)} 页 / 共 {len(pages)} 页"
    assert sum(run.text == "一行" for page in pages for run in page.runs) == rows
    assert not any(is_under(run.baseline, page) for page in pages for run in page.runs if run.text == "一行")


def is_under(baseline: float, page: Page) -> bool:
    return any(box.top < baseline < box.bottom for box in page.boxes)


def test_an_empty_table_has_its_code_too() -> None:
    (page,) = paginate(
        Grid("表", "单位", (real_form().template.indicator_table.columns[0].width,), 0, (), code=DIGEST)
    ).pages
    assert page.boxes


def test_the_workbook_says_it_on_every_sheet() -> None:
    sheets = workbook(xlsx.paint(grid(FINAL), NOTES, write_form(real_form()))).worksheets
    assert [sheet.title for sheet in sheets] == ["绩效自评表", "审核说明", "_jixiao"]
    assert [sheet.sheet_state for sheet in sheets] == ["visible", "visible", "veryHidden"]
    assert [header_of(sheet) for sheet in sheets[:2]] == [grid(FINAL).marking] * 2
    odd = workbook(xlsx.paint(replace(grid(Draft()), marking="甲&乙"))).worksheets[0]
    assert header_of(odd).replace("&&", "&") == "甲&乙"


def header_of(sheet: Worksheet) -> str:
    assert sheet.oddHeader is not None
    assert sheet.oddHeader.right is not None
    return str(sheet.oddHeader.right.text)


def test_without_notes_and_record_there_is_one_sheet() -> None:
    assert len(workbook(xlsx.paint(grid(Draft()))).worksheets) == 1
    assert xlsx.paint(grid(Draft())) == xlsx.paint(grid(Draft()), (), "")


def test_the_reviews_sheet_is_text_and_printable() -> None:
    sheet = workbook(xlsx.paint(grid(Draft()), NOTES)).worksheets[1]
    assert tuple(tuple(cell.value for cell in row) for row in sheet.iter_rows()) == NOTES
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes
    assert sheet.print_title_rows == "$1:$1"


def test_a_long_explanation_shows_whole() -> None:
    long = "逐项核对。" * 600
    sheet = workbook(xlsx.paint(grid(Draft()), (NOTES[0], ("1", "发现", long), NOTES[1]))).worksheets[1]
    rows = sheet.max_row - 2
    assert rows > 1
    assert (
        sum(sheet.row_dimensions[row].height or 0 for row in range(2, 2 + rows)) > len(long) / 70 * 13
    )  # at most 70 characters a line
    assert sheet.cell(2, 3).value == long
    assert sheet.cell(sheet.max_row, 3).value == NOTES[1][2]
    with pytest.raises(AppError, match="超过 Excel"):
        xlsx.paint(grid(Draft()), (NOTES[0], ("1", "发现", "长" * 40_000)))


def test_programs_read_the_form_and_its_code_back() -> None:
    sheet = workbook(xlsx.paint(grid(FINAL), (), write_form(real_form()))).worksheets[1]
    rows = [tuple(str(cell.value or "") for cell in row) for row in sheet.iter_rows()]
    assert rows[:2] == [("jixiao-record", "1"), ("digest", DIGEST)]
    assert {name for name, _ in rows[2:]} == {"content"}
    form = read_form("".join(value for _, value in rows[2:]))
    assert form == real_form()
    assert digest(form) == DIGEST


RECORDS = st.text(st.sampled_from("长a\n 𠮷"), max_size=40).map(lambda text: sanitise(text).text * (PIECE // 20))


@given(RECORDS)
def test_a_long_record_is_cut_and_joined(record: str) -> None:
    pieces = list(cut_record(record))
    assert "".join(pieces) == record
    assert all(0 < utf16_length(piece) <= PIECE for piece in pieces)


def test_equal_forms_give_equal_files() -> None:
    assert pdf.paint(grid(FINAL)) == pdf.paint(grid(FINAL))
    assert xlsx.paint(grid(FINAL), NOTES, "{}") == xlsx.paint(grid(FINAL), NOTES, "{}")
