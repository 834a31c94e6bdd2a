"""What our painters write is read again as the very same table, from every format, and through the child process too."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.failure import AppError
from app.form.reading.interchange import read_form, write_form
from app.form.text import sanitise
from app.sheet import docx, xlsx
from app.sheet.grid import Cell, Grid
from app.sheet.reading.process.wire import Reading, decode, encode, lay_out
from app.sheet.reading.serving import read
from app.sheet.reading.sniffing import sniff
from app.sheet.reading.source import Kind, Source, prepare, read_source, read_texts, release
from tests.offices import convert, with_calc
from tests.sheet.grids import real_grid, table, tall_grid
from tests.sheet.recognising.pictures import draw
from tests.tables import real_form

Box = tuple[int, int, int, int, str]
NOTES = (("问题", "说明"), ("C01", "已核对"))


def boxes(grid: Grid) -> list[Box]:
    return sorted((cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells)


def read_here(content: bytes) -> Reading:
    """Without the child, which is for files of others."""
    return decode(encode(read(sniff(content), content, Path())))


def first_grid(content: bytes) -> Grid:
    return lay_out(read_here(content).tables[0])


TEXTS = st.text(max_size=12).map(lambda text: sanitise(text).text) | st.sampled_from(
    ("≥98%", "=1+1", "100", "1,546.91 万元", "一\n二", "<r>x</r>", "a  b", " x ", "_x0041_", "#N/A", "'x", "&amp;")
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Tables of up to five columns with merged cells, some text in every row and column."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            right = next((c for c in range(column, columns) if (row, c + 1) not in free), columns - 1)
            wide = draw(st.integers(1, right - column + 1))
            tall = draw(st.integers(1, rows - row)) if wide == 1 and draw(st.booleans()) else 1
            free -= {(r, c) for r in range(row, row + tall) for c in range(column, column + wide)}
            cells.append(Cell(row, column, draw(TEXTS), tall, wide))
    return table(tuple(cells), columns)


def covered(grid: Grid) -> dict[tuple[int, int], tuple[str, bool, bool]]:
    """What stands at each position and whether it goes on to the right and below: the same however far the table's edge is."""
    found = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                beside = column + 1 < cell.column + cell.columns, row + 1 < cell.row + cell.rows
                if cell.text or any(beside):
                    found[row, column] = (cell.text, *beside)
    return found


@given(grids())
def test_a_workbook_gives_its_grid_back(grid: Grid) -> None:
    cells = (*grid.cells, Cell(grid.row_count, 0, "完", 1, len(grid.widths)))
    whole = table(cells, len(grid.widths))
    assert covered(first_grid(xlsx.paint(whole))) == covered(whole)


@given(grids())
def test_a_document_gives_its_grid_back(grid: Grid) -> None:
    columns = len(grid.widths)
    edge = tuple(Cell(grid.row_count, column, f"列{column}") for column in range(columns))
    whole = table((*grid.cells, *edge), columns)
    blank = replace(
        whole, cells=tuple(replace(cell, text=cell.text if cell.text.strip() else "") for cell in whole.cells)
    )
    assert covered(first_grid(docx.paint(whole))) == covered(blank)


@pytest.mark.parametrize("paint", [xlsx.paint, docx.paint], ids=["xlsx", "docx"])
def test_the_real_form_comes_back_whole(paint: Callable[[Grid], bytes]) -> None:
    grid = real_grid()
    assert boxes(first_grid(paint(grid))) == boxes(grid)


def test_a_row_higher_than_excel_allows_comes_back_merged() -> None:
    grid = tall_grid()
    found = first_grid(xlsx.paint(grid))
    assert [cell.text for cell in found.cells if cell.text] == [cell.text for cell in grid.cells if cell.text]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    grid = real_grid()
    record = write_form(real_form())
    (tmp_path / "表.xlsx").write_bytes(xlsx.paint(grid, NOTES, record))
    (tmp_path / "表.docx").write_bytes(docx.paint(grid))
    (tmp_path / "表.json").write_text(record, encoding="utf-8")
    return tmp_path


def test_files_come_in_through_one_door(files: Path) -> None:
    prepare()
    book = read_source(files / "表.xlsx")
    document = read_source(files / "表.docx")
    assert (book.name, book.kind, document.kind) == ("表.xlsx", Kind.XLSX, Kind.DOCX)
    assert boxes(book.grids[0]) == boxes(document.grids[0]) == boxes(real_grid())
    assert [grid.title for grid in book.grids] == ["绩效自评表", "审核说明"]
    assert (read_form(book.record), book.code, book.remarks) == (real_form(), "", ())


def test_a_record_that_is_no_form_is_not_taken(files: Path) -> None:
    (files / "改.xlsx").write_bytes(xlsx.paint(real_grid(), record='{"format": "jixiao-form", "version": 1}'))
    source = read_source(files / "改.xlsx")
    assert (source.record, len(source.remarks)) == ("", 1)
    assert boxes(source.grids[0]) == boxes(real_grid())


def test_what_was_copied_is_a_table() -> None:
    source = read_texts((("一级指标", "得分"), ("过程",), ()))
    assert (source.name, source.kind) == ("剪贴板", Kind.TEXT)
    assert boxes(source.grids[0]) == boxes(draw("一级指标 | 得分\n过程 | \n | "))
    for rows in ((), ((" ",),), (("甲",) * 1_000,) * 300):
        with pytest.raises(AppError):
            read_texts(rows)


def test_our_own_interchange_file_is_a_record(files: Path) -> None:
    assert read_source(files / "表.json") == Source("表.json", Kind.FORM, record=write_form(real_form()))


def test_a_child_that_was_prepared_for_nothing_is_let_go() -> None:
    prepare()
    prepare()
    release()
    release()


@with_calc
@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_libreoffice_saving_it_anew_changes_nothing_that_is_shown(files: Path, ending: str) -> None:
    target = files / "anew"
    convert(ending, target, [files / "表.xlsx"])
    source = read_source(target / f"表.{ending}")
    assert source.kind is Kind(ending)
    assert boxes(source.grids[0]) == boxes(real_grid())
    assert read_form(source.record) == real_form()
