"""PDFs of others: however their lines are drawn and their pages turned, the table is found as it looks."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # it has no annotations
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

from app.sheet.grid import Grid
from app.sheet.reading.pages.page import Rule
from app.sheet.reading.pages.ruling import find_frames
from app.sheet.reading.pdf import read_pdf
from app.sheet.reading.refusal import Reason, Refusal
from tests.sheet.reading import drawings
from tests.sheet.reading.drawings import Draw, draw_pages, write
from tests.sheet.recognising.pictures import draw

Line = tuple[float, float, float, float]
TITLE = "部门整体支出绩效自评价表"
TEXTS = (
    *((64, 680, "一级指标"), (154, 680, "三级指标"), (304, 680, "分值")),
    *((64, 640, "过程(26)"), (154, 650, "支付进度"), (304, 650, "1"), (154, 620, "预算调整率 A"), (304, 620, "2")),
)
PICTURE = f"{TITLE} | < | <\n一级指标 | 三级指标 | 分值\n过程(26) | 支付进度 | 1\n^ | 预算调整率 A | 2"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], tuple[Grid, ...]]:
    def read(content: bytes) -> tuple[Grid, ...]:
        path = tmp_path / "table.pdf"
        path.write_bytes(content)
        return read_pdf(path)

    return read


Read = Callable[[bytes], tuple[Grid, ...]]


def boxes(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return sorted((cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells)


def said(grid: Grid) -> list[list[str]]:
    """The texts of each row."""
    rows: list[list[str]] = [[] for _ in range(grid.row_count)]
    for cell in sorted(grid.cells, key=lambda each: each.column):
        rows[cell.row].append(cell.text)
    return rows


def ruled(canvas: Canvas, line: Callable[[Canvas, Line], None] = drawings.stroke) -> None:
    """A title and a table of three rows, whose first cell spans two of them."""
    for y in (700, 670, 640, 610):
        line(canvas, (60 if y != 640 else 150, y, 400, y))
    for x in (60, 150, 300, 400):
        line(canvas, (x, 700, x, 610))
    write(canvas, TEXTS)
    write(canvas, [(200, 760, TITLE)], size=16)


@pytest.mark.parametrize(
    "line",
    [drawings.stroke, drawings.rectangle, drawings.doubled, drawings.pieces, drawings.dashed],
    ids=lambda line: line.__name__,
)
def test_lines_are_lines_however_they_are_drawn(read: Read, line: Callable[[Canvas, Line], None]) -> None:
    (grid,) = read(draw_pages(lambda canvas: ruled(canvas, line)))
    assert boxes(grid) == boxes(draw(PICTURE))


@pytest.mark.parametrize(("turn", "shift"), [(90, (842, 0)), (180, (595, 842)), (270, (0, 595))])
def test_a_page_is_read_as_its_text_stands(read: Read, turn: int, shift: tuple[int, int]) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*shift)
        canvas.rotate(turn)
        ruled(canvas)

    (grid,) = read(draw_pages(turned, size=(595, 842) if turn == 180 else (842, 595)))
    assert boxes(grid) == boxes(draw(PICTURE))


def test_watermarks_and_page_numbers_and_pictures_of_codes_are_no_content(read: Read) -> None:
    def marked(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(150, 500)
        canvas.rotate(45)
        write(canvas, [(0, 0, "仅供参考")], size=60)
        canvas.restoreState()
        ruled(canvas)
        write(canvas, [(290, 30, "- 1 -"), (60, 815, "内部资料"), (480, 815, "第 2 版 · 校验码 ABCD-1234")])
        path = canvas.beginPath()
        for number in range(200):
            path.rect(420 + 6 * (number % 14), 400 + 6 * (number // 14), 6 + number % 3, 2)
        canvas.drawPath(path, stroke=0, fill=1)

    found = read(draw_pages(marked, marked))
    assert said(found[0])[:4] == said(draw(PICTURE))
    assert not {"仅供参考", "- 1 -", "内部资料"} & {cell.text for grid in found for cell in grid.cells}


def test_a_line_is_as_short_as_the_row_of_a_page_that_was_scaled_down(read: Read) -> None:
    def small(canvas: Canvas) -> None:
        for y in (700, 696, 692):
            canvas.line(60, y, 160, y)
        for x, below in ((60, 692), (110, 696), (160, 692)):
            canvas.line(x, 700, x, below)
        write(canvas, [(62, 697, "部门名称"), (112, 697, "单位"), (62, 693, "合计")], size=3)

    (grid,) = read(draw_pages(small))
    assert said(grid) == [["部门名称", "单位"], ["合计"]]


def test_white_lines_are_none(read: Read) -> None:
    def white_below(canvas: Canvas) -> None:
        ruled(canvas)
        canvas.setStrokeColor(white)
        canvas.line(60, 655, 400, 655)

    assert boxes(read(draw_pages(white_below))[0]) == boxes(draw(PICTURE))


def test_a_table_open_at_its_sides_has_its_outer_columns(read: Read) -> None:
    def open_sided(canvas: Canvas) -> None:
        for y in (700, 670, 640):
            canvas.line(60, y, 400, y)
        canvas.line(150, 700, 150, 640)
        write(canvas, [(64, 680, "单位名称"), (154, 680, "某局"), (64, 650, "主要成效"), (154, 650, "甲")])

    assert said(read(draw_pages(open_sided))[0]) == [["单位名称", "某局"], ["主要成效", "甲"]]


def test_a_table_without_lines_falls_into_columns_under_its_headings(read: Read) -> None:
    rows = (
        ("一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出(50)", "改造户数", "≥100户", "90户", "25", "22.5"),
        ("", "验收合格率", "100%", "100%", "25", "25"),
        ("", "", "（抽样）", "", "", ""),
        ("效益(30)", "投诉次数", "≤3次", "1次", "30", "30"),
        ("合计", "", "", "", "80", "77.5"),
    )
    heights = (700, 680, 660, 648, 624, 604)

    def plain(canvas: Canvas) -> None:
        write(canvas, [(200, 760, "2023年度部门整体支出绩效自评表")], size=14)
        write(canvas, [(60, 735, "填报单位：某某局"), (400, 735, "金额单位：万元")])
        for y, row in zip(heights, rows, strict=True):
            write(canvas, [(x, y, text) for x, text in zip((60, 140, 260, 350, 440, 500), row, strict=True) if text])

    (grid,) = read(draw_pages(plain))
    assert said(grid) == [
        ["2023年度部门整体支出绩效自评表"],
        ["填报单位：某某局", "金额单位：万元"],
        list(rows[0]),
        list(rows[1]),
        ["", "验收合格率", "100%\n（抽样）", "100%", "25", "25"],
        list(rows[4]),
        list(rows[5]),
    ]


def page_of(top: int, places: Sequence[tuple[float, float, str]]) -> Draw:
    """Two columns in three rows of 30 points from ``top`` down."""

    def page(canvas: Canvas) -> None:
        for number in range(4):
            canvas.line(60, top - 30 * number, 400, top - 30 * number)
        for x in (60, 130, 230, 400):
            canvas.line(x, top, x, top - 90)
        write(canvas, places)

    return page


def test_a_table_goes_on_over_the_page_without_its_repeated_heading(read: Read) -> None:
    heading = [(64, 0, "三级指标"), (134, 0, "实际完成值"), (234, 0, "偏差原因")]
    one = [(x, 730, text) for x, _, text in heading]
    two = [(x, 780, text) for x, _, text in heading]
    one += [(64, 700, "支付进度"), (134, 700, "98%"), (234, 700, "无")]
    one += [(64, 670, "预算调整率"), (134, 670, "0%"), (234, 670, "因政策调整，部分人员资料补正时间")]
    two += [(234, 750, "较长。"), (64, 720, "投诉次数"), (134, 720, "1次")]
    (grid,) = read(draw_pages(page_of(750, one), page_of(800, two)))
    assert said(grid) == [
        ["三级指标", "实际完成值", "偏差原因"],
        ["支付进度", "98%", "无"],
        ["预算调整率", "0%", "因政策调整，部分人员资料补正时间较长。"],
        ["投诉次数", "1次", ""],
    ]


def test_lines_are_joined_where_the_width_broke_them(read: Read) -> None:
    def cell(canvas: Canvas) -> None:
        canvas.rect(60, 600, 110, 150)
        lines = (
            "负责社会保险基金征缴",
            "（含 performance",
            "evaluation 相关工",
            "作）。",
            "另行负责拨付款 1546.9",
            "1 万元",
        )
        write(canvas, [(64, 735 - 15 * number, line) for number, line in enumerate(lines)])

    (grid,) = read(draw_pages(cell))
    assert said(grid) == [["负责社会保险基金征缴（含 performance evaluation 相关工作）。\n另行负责拨付款 1546.91 万元"]]


def test_a_scan_is_refused(read: Read) -> None:
    picture = PdfDocument(draw_pages(ruled))[0].render(scale=1).to_pil()
    buffer = io.BytesIO()
    picture.save(buffer, "PDF")
    with pytest.raises(Refusal) as refused:
        read(buffer.getvalue())
    assert refused.value.reason is Reason.SCANNED


def test_what_is_no_pdf_inside_is_broken(read: Read) -> None:
    with pytest.raises(Refusal) as refused:
        read(b"%PDF-1.7\nnothing more")
    assert refused.value.reason is Reason.BROKEN


def test_a_file_with_a_password_is_encrypted(read: Read) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=drawings.PORTRAIT, encrypt="secret")
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pytest.raises(Refusal) as refused:
        read(buffer.getvalue())
    assert refused.value.reason is Reason.ENCRYPTED


def test_more_lines_than_any_form_has_are_refused() -> None:
    rules = [Rule(3.0 * number, 0, 9_000) for number in range(3_000)]
    with pytest.raises(Refusal) as refused:
        find_frames(rules, rules)
    assert refused.value.reason is Reason.TOO_MUCH


def test_a_drawing_that_contains_itself_ends(read: Read) -> None:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /F 4 0 R >> >> /Length 43"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /XObject << /F 4 0 R >> >> >>",
        b"<< " + form + b" >>\nstream\n10 10 m 500 10 l 500 500 l S /F Do         \nendstream",
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    with pytest.raises(Refusal) as refused:
        read(b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF")
    assert refused.value.reason is Reason.SCANNED
