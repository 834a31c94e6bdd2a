"""LibreOffice opens the workbook, shows every figure as the paper does, recalculates the same sums and cuts no text."""

import csv
import io
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdfium2.raw import FPDF_PAGEOBJ_PATH  # type: ignore[import-untyped]

from app.sheet.grid import Grid, Paper
from app.sheet.xlsx import Sheet, arrange, paint, write
from tests.offices import convert, with_calc
from tests.sheet.grids import column, real_grid, tall_grid

pytestmark = with_calc

# UTF-8, comma, quoted texts, cells as they are shown.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false"
SAMPLES = (
    "短",
    "继续推行社保业务同城通办，推进风险防控措施，研究制定高风险业务管控细则，经办权限管理规范。",
    "根据皋政发〔2022〕10 号文件，发放居保转企保参保补助 4542 人共计 454.2 万元、居保转企保延龄补助 69 人共计 20.17 万元。",
    "Performance evaluation GB18030 HTTP://EXAMPLE.ORG/A_VERY_LONG_ADDRESS",
    "一行\n\n三行\n" * 2,
    "（（（））），，，。。。" * 9,
    "123456789 " * 9,
)


class Office:
    """A private LibreOffice profile; ``convert`` gives the converted files in the order of the given ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def convert(self, kind: str, *contents: bytes) -> list[Path]:
        out = self.folder / f"out{len(list(self.folder.iterdir()))}"
        out.mkdir()
        paths = [out / f"{number}.xlsx" for number, _ in enumerate(contents)]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        assert "rror" not in convert(kind, out / "made", paths)
        return [out / "made" / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def open_sheet(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def save(sheet: Worksheet) -> bytes:
    buffer = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(buffer)
    return buffer.getvalue()


def without_results(content: bytes) -> bytes:
    """The same workbook with formulas only: openpyxl stores no results, so the reader must calculate."""
    return save(open_sheet(content))


def shown(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_cell_is_shown_as_on_paper_and_sums_agree(office: Office) -> None:
    grid = real_grid()
    stored, calculated = office.convert(AS_SHOWN, paint(grid), without_results(paint(grid)))
    assert shown(stored) == shown(calculated)
    for cell in grid.cells:
        assert shown(stored)[cell.row][cell.column] == cell.text


@pytest.mark.parametrize(("grid", "least_pages"), [(real_grid(), 2), (tall_grid(), 6)])
def test_the_printed_form_is_whole(office: Office, grid: Grid, least_pages: int) -> None:
    (path,) = office.convert("pdf", paint(grid))
    document = pypdfium2.PdfDocument(path)
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    assert len(pages) >= least_pages
    assert f"第{len(pages)}页/共{len(pages)}页" in pages[-1]
    needed = Counter("".join("".join(cell.text for cell in grid.cells).split()))
    assert needed - Counter("".join(pages)) == Counter()


def spilling(path: Path, sheet: Sheet) -> list[str]:
    """The texts of a one-column sheet on one page that LibreOffice draws beyond the lines of their cells."""
    document = pypdfium2.PdfDocument(path)
    (page,) = document
    lines = [bounds for thing in page.get_objects([FPDF_PAGEOBJ_PATH]) for bounds in [thing.get_bounds()]]
    left, bottom = min(line[0] for line in lines), min(line[1] for line in lines)
    right, top = max(line[2] for line in lines), max(line[3] for line in lines)
    scale = (top - bottom) / sum(sheet.heights)
    text = page.get_textpage()
    marks = [(text.get_text_range(index, 1), text.get_charbox(index)) for index in range(text.count_chars())]
    spilt = []
    for entry, height, end in zip(sheet.entries, sheet.heights, accumulate(sheet.heights), strict=True):
        room = (left - 1, top - end * scale - 1, right + 1, top - (end - height) * scale + 1)
        inside = [
            mark
            for mark, box in marks
            if box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]
        ]
        if sorted("".join("".join(inside).split())) != sorted("".join(entry.cell.text.split())):
            spilt.append(entry.cell.text)
    document.close()
    return spilt


@pytest.mark.parametrize("margin", [16, 60, 80])
def test_no_text_is_cut(office: Office, margin: int) -> None:
    paper = Paper(left=Decimal(margin), right=Decimal(margin), top=Decimal(5), bottom=Decimal(5))
    sheet = arrange(replace(column(*SAMPLES), paper=paper))
    low = replace(sheet, heights=tuple(height * 0.4 for height in sheet.heights))
    good, bad = office.convert("pdf", write(sheet), write(low))
    assert spilling(good, sheet) == []
    assert spilling(bad, low) != []
