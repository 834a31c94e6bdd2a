"""The workbook says what the Grid says: the same cells, merges and figures; a user's text is never more than text."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from app.form.failure import AppError
from app.form.text import sanitise, utf16_length
from app.sheet.grid import Align, Cell, Grid, Header, Paper, Role
from app.sheet.heights import MOST_HEIGHT
from app.sheet.workbook.text import MOST_CHARACTERS
from app.sheet.xlsx import arrange, paint
from tests.sheet.grids import column, figures, real_grid, table, tall_grid

NASTY = (
    "=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", "#N/A", "#REF!", "TRUE", "1e5", "007", "file:///etc/passwd", "internal:A1",
    "mailto:a@b.c", "https://example.org", '=HYPERLINK("x")', "=cmd|' /C calc'!A0", "_x0041_", "a\r\nb", "\ta", " a ", "'",
    "<r>", "<r></r>", "<r><t>伪造</t></r>", "<r>\n&amp;</r>", "&lt;", "𠮷\U00030000😀", "e\u0301\u202e", "\x00\x07\x0b\ufffe", "\ud800x",
)  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(NASTY)


def open_sheet(content: bytes, *, has_values: bool = False) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content), data_only=has_values).active
    assert isinstance(sheet, Worksheet)
    return sheet


def read_values(content: bytes) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def merged(grid: Grid) -> set[str]:
    return {
        f"{get_column_letter(entry.cell.column + 1)}{entry.top + 1}:"
        f"{get_column_letter(entry.cell.column + entry.cell.columns)}{entry.bottom + 1}"
        for entry in arrange(grid).entries
        if entry.cell.columns > 1 or entry.bottom > entry.top
    }


def summed(formula: str, values: list[list[object]]) -> list[object]:
    """What the cells named in a sum hold."""
    areas = [range_boundaries(area) for area in formula[len("=SUM(") : -1].split(",")]
    return [
        values[row - 1][column - 1]
        for left, top, right, bottom in areas
        for row in range(int(top or 0), int(bottom or 0) + 1)
        for column in range(int(left or 0), int(right or 0) + 1)
    ]


def test_every_cell_of_the_real_form_is_there() -> None:
    grid = real_grid()
    content = paint(grid)
    sheet, values = open_sheet(content, has_values=True), read_values(content)
    assert {str(area) for area in sheet.merged_cells.ranges} == merged(grid)
    assert len(merged(grid)) > 60
    for cell in grid.cells:
        expected = cell.text if cell.number is None else float(cell.number)
        assert sheet.cell(cell.row + 1, cell.column + 1).value == (
            expected or (0.0 if cell.number is not None else None)
        )
        assert values[cell.row][cell.column] == expected


def test_the_paper_is_set_up_for_printing() -> None:
    (header,) = real_grid().headers
    sheet = open_sheet(paint(real_grid()))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_options.horizontalCentered
    assert sheet.page_margins.left == pytest.approx(16 / 25.4)
    assert sheet.page_margins.bottom == pytest.approx(18 / 25.4)
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center is not None
    assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"
    assert sheet.print_title_rows == f"${header.first + 1}:${header.last + 1}"
    assert open_sheet(paint(replace(real_grid(), paper=Paper(is_landscape=True)))).page_setup.orientation == "landscape"


def test_columns_fill_the_paper() -> None:
    grid = real_grid()
    pixels = arrange(grid).widths
    assert sum(pixels) == pytest.approx(178 / 25.4 * 96, abs=4)
    assert pixels[2] / pixels[0] == pytest.approx(float(grid.widths[2] / grid.widths[0]), rel=0.02)


def test_the_file_names_its_title_and_author() -> None:
    properties = load_workbook(io.BytesIO(paint(replace(column("x"), title="a\x00<b>", author="甲&乙")))).properties
    assert (properties.title, properties.creator) == ("a<b>", "甲&乙")


def test_equal_grids_give_equal_bytes() -> None:
    assert paint(real_grid()) == paint(real_grid())


@pytest.mark.parametrize("role", list(Role))
def test_lines_and_faces_follow_the_role(role: Role) -> None:
    grid = table((Cell(0, 0, "x", role=role, align=Align.RIGHT, is_open_below=True), Cell(1, 0, "y")), columns=1)
    cell = open_sheet(paint(grid))["A1"]
    is_title = role in (Role.TITLE, Role.SUBTITLE)
    sides = [cell.border.left.style, cell.border.right.style, cell.border.top.style, cell.border.bottom.style]
    assert sides == ([None] * 4 if is_title else ["thin", "thin", "thin", None])
    assert cell.font.name == ("宋体" if role in (Role.BODY, Role.SUBTITLE) else "黑体")
    assert (cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text) == ("right", "center", True)


def test_a_line_is_open_above_too() -> None:
    assert open_sheet(paint(table((Cell(0, 0, "x", is_open_above=True),), columns=1)))["A1"].border.top.style is None


@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(list(NASTY))
def test_text_stays_text(texts: list[str]) -> None:
    content = paint(column(*texts))
    values, sheet = read_values(content), open_sheet(content)
    for row, text in enumerate(texts):
        expected = sanitise(text).text
        cell = sheet.cell(row + 1, 1)
        assert cell.data_type == ("s" if expected else "n")
        assert (cell.value or "", cell.hyperlink) == (expected, None)
        if row < len(values):
            assert values[row][0] == expected
        else:
            assert not expected


@given(TEXTS)
@example("<r>\n</r>")
@example("<r>&amp;</r>")
def test_merged_text_stays_text(text: str) -> None:
    content = paint(table((Cell(0, 0, text, columns=2, rows=2), Cell(2, 0, "end")), columns=2))
    cell = open_sheet(content)["A1"]
    assert cell.data_type == ("s" if sanitise(text).text else "n")
    assert read_values(content)[0][0] == sanitise(text).text


def test_a_text_as_long_as_excel_allows_is_whole() -> None:
    for text in ("长" * MOST_CHARACTERS, "😀" * (MOST_CHARACTERS // 2)):
        assert read_values(paint(column(text)))[0][0] == text


@pytest.mark.parametrize(
    "text",
    ["主要职能" + "长" * MOST_CHARACTERS, "主要职能" + "😀" * (MOST_CHARACTERS // 2), "<r>" + "<" * 10_000 + "</r>"],
)
def test_a_longer_text_is_refused_by_name(text: str) -> None:
    with pytest.raises(AppError) as failure:
        paint(column("x", text))
    assert text[:4] in str(failure.value)
    assert str(utf16_length(text)) in str(failure.value)
    assert "PDF" in str(failure.value)


def test_sums_are_live_and_carry_their_value() -> None:
    grid = real_grid()
    content = paint(grid)
    sheet, values = open_sheet(content), read_values(content)
    sums = [cell for cell in grid.cells if cell.sum_of]
    assert [values[cell.row][cell.column] for cell in sums] == [1546.91, 1546.9, 102.0, 101.5]
    for cell in sums:
        formula = str(sheet.cell(cell.row + 1, cell.column + 1).value)
        assert formula.startswith("=SUM(")
        assert sum(value for value in summed(formula, values) if isinstance(value, float)) == pytest.approx(
            float(cell.number or 0)
        )
    assert sheet.cell(sums[0].row + 1, sums[0].column + 1).number_format == '0.00" 万元"'


@pytest.mark.parametrize(
    ("grid", "formula"),
    [
        (figures("892.15", "654.76", total="1546.91", unit=" 万元"), "=SUM(A1:A2)"),
        (figures("1", "2", "0.5", total="3.5"), "=SUM(A1:A3)"),
        (figures("0.1234567890123456", "1", total="1.1"), 1.1),  # one part stands as text
        (figures("1", "2", total="4"), 4),  # states something else
        (figures(total="0"), 0),
    ],
)
def test_a_sum_is_live_only_where_recalculating_agrees(grid: Grid, formula: object) -> None:
    assert open_sheet(paint(grid)).cell(grid.row_count, 1).value == formula


def test_a_sum_of_itself_is_no_formula() -> None:
    assert open_sheet(paint(table((Cell(0, 0, "0", number=Decimal(0), sum_of=((0, 0),)),), columns=1)))["A1"].value == 0


@pytest.mark.parametrize(("parts", "is_live"), [(255, True), (256, False)])
def test_a_sum_of_too_many_pieces_is_a_number(parts: int, *, is_live: bool) -> None:
    cells = [Cell(2 * row, 0, "1", number=Decimal(1)) for row in range(parts)]
    last = Cell(2 * parts, 0, str(parts), number=Decimal(parts), sum_of=tuple((cell.row, 0) for cell in cells))
    value = open_sheet(paint(table((*cells, last), columns=1))).cell(2 * parts + 1, 1).value
    assert str(value).startswith("=SUM(A1,A3,A5") if is_live else value == parts


def test_a_number_wider_than_its_cell_wraps_as_text() -> None:
    narrow = Cell(0, 0, "1546.91 万元", number=Decimal("1546.91"))
    grid = replace(table((narrow, Cell(0, 1, "")), columns=2), widths=(Decimal(1), Decimal(20)))
    assert read_values(paint(grid))[0][0] == "1546.91 万元"


def test_a_tall_row_becomes_several_that_excel_can_draw() -> None:
    grid = tall_grid(rows=3, length=40_000 // 2)
    sheet = arrange(grid)
    long = sheet.entries[3]
    assert max(sheet.heights) <= MOST_HEIGHT
    assert long.bottom - long.top >= 5
    assert (sheet.entries[4].top, len(sheet.heights)) == (long.bottom + 1, long.bottom + 4)
    assert f"B{long.top + 1}:B{long.bottom + 1}" in merged(grid)
    assert read_values(paint(grid))[1][1] == long.cell.text
    assert open_sheet(paint(grid))["B2"].alignment.vertical == "top"  # the text begins on its first page


def test_a_form_of_300_rows_is_whole() -> None:
    grid = tall_grid()
    values = [row[1] for row in read_values(paint(grid))]
    assert [value for value in values if re.fullmatch("第[0-9]+项", str(value))] == [
        f"第{row}项" for row in range(1, 301)
    ]
    assert len(str(max(values, key=lambda value: len(str(value))))) == 4_680


def test_a_merged_label_finds_room_over_its_rows() -> None:
    label = "满意度指标说明" * 10
    grid = replace(
        table((Cell(0, 0, label, rows=2), Cell(0, 1, "a"), Cell(1, 1, "b")), columns=2), widths=(Decimal(1), Decimal(9))
    )
    alone = arrange(replace(grid, row_count=1, cells=(replace(grid.cells[0], rows=1), grid.cells[1])))
    assert sum(arrange(grid).heights) >= sum(alone.heights) - 1


def test_the_header_over_the_most_rows_is_repeated() -> None:
    grid = replace(tall_grid(rows=9), headers=(Header(0, 0, 1), Header(2, 3, 10)))
    sheet = arrange(grid)
    assert sheet.repeated == (sheet.entries[4].top, sheet.entries[4].top + 1)
    assert arrange(replace(grid, headers=())).repeated is None
