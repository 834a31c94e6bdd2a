"""Where pages end, and what stands on them."""

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheet.grid import Align, Cell, Grid, Header, Paper, Role
from app.sheet.page.cut import Cut, cut
from app.sheet.page.fonts import Type
from app.sheet.page.measure import measure
from app.sheet.page.pages import Page, Pages, paginate
from tests.sheet.example_grid import form_grid, many_groups, table_grid, with_text
from tests.sheet.steps import count_steps

LONG = "".join(f"第{number}项工作已按计划完成，支出{number}.50万元；" for number in range(1, 420))


def cuts(grid: Grid, capacity: float = 700) -> list[Cut]:
    return list(cut(measure(grid), capacity))


def words(page: Page) -> str:
    """The text of a page without its footer."""
    return "".join(run.text for run in page.runs[:-1])


def body(pages: Pages) -> str:
    return "".join(map(words, pages.pages))


def test_the_real_form_takes_four_pages() -> None:
    assert len(paginate(form_grid()).pages) == 4


def test_the_header_stands_on_every_page_that_continues_the_table_and_on_no_other() -> None:
    grid = form_grid(3)
    first, until = grid.headers[0].first, grid.headers[0].until
    for page in cuts(grid):
        rows = [part.block.cell.row for part in page.parts]
        goes_on = any(first < row <= until for row in rows)
        assert rows.count(first) == (8 if goes_on or first in rows else 0)
        if goes_on:
            assert any(part.first == 0 for part in page.parts if part.block.cell.row == first) or rows[0] < first


def test_level_labels_stand_again_on_the_next_page() -> None:
    pages = paginate(form_grid()).pages
    assert [words(page).count("过程(26)") for page in pages] == [0, 1, 1, 0]
    assert [words(page).count("过程(26)（续）") for page in pages] == [0, 0, 1, 0]


def test_every_text_of_a_form_of_300_rows_stands_exactly_once() -> None:
    grid = form_grid(8)
    assert grid.row_count > 340
    texts: dict[int, str] = defaultdict(str)
    for page in cuts(grid):
        for part in page.parts:
            texts[id(part.block.cell)] += "".join(line.text for line in part.lines)
    for cell in grid.cells:
        shown = texts[id(cell)]
        if cell.is_repeated or cell.role is Role.HEADER:
            assert shown.replace("（续）", "") == cell.text * max(1, shown.count(cell.text or " "))
        else:
            assert shown == cell.text


def test_a_cell_of_four_pages_comes_out_whole() -> None:
    grid = form_grid()
    row = next(cell.row for cell in grid.cells if cell.text == "存在问题")
    pages = paginate(with_text(grid, row, 1, LONG * 2))
    assert LONG * 2 in body(pages).replace("存在问题（续）", "")
    assert sum("支出" in words(page) for page in pages.pages) >= 5
    # Its label stands again beside it on every page.
    assert sum("存在问题" in words(page) for page in pages.pages) >= 4


def test_an_indicator_of_four_pages_comes_out_whole() -> None:
    grid = form_grid()
    row = grid.headers[0].first + 2
    found = cuts(with_text(grid, row, 5, LONG))
    parts = [part for page in found for part in page.parts if (part.block.cell.row, part.block.cell.column) == (row, 5)]
    assert len(parts) >= 4
    assert "".join(line.text for part in parts for line in part.lines) == LONG
    assert [part.is_start for part in parts] == [True] + [False] * (len(parts) - 1)
    assert [part.is_end for part in parts] == [False] * (len(parts) - 1) + [True]


def test_a_long_text_over_several_rows_comes_out_whole() -> None:
    cells = [Cell(0, 0, LONG, 5)] + [Cell(row, 1, f"第{row}行") for row in range(5)]
    grid = Grid("表", "单位", (Decimal(1), Decimal(3)), 5, tuple(cells))
    found = cuts(grid)
    assert len(found) >= 4
    long = [part for page in found for part in page.parts if part.block.cell.column == 0]
    assert "".join(line.text for part in long for line in part.lines) == LONG
    short = [line.text for page in found for part in page.parts if part.block.cell.column == 1 for line in part.lines]
    assert short == [f"第{row}行" for row in range(5)]


def test_a_group_of_60_rows_comes_out_whole() -> None:
    cells = [Cell(0, 0, "过程(60)", 60, 1, Role.LABEL, Align.CENTER, is_repeated=True)]
    cells += [Cell(row, 1, f"指标{row}") for row in range(60)]
    pages = paginate(Grid("表", "单位", (Decimal(1), Decimal(3)), 60, tuple(cells)))
    assert len(pages.pages) == 2
    assert [words(page).count("过程(60)") for page in pages.pages] == [1, 1]
    assert [words(page).startswith("过程(60)（续）") for page in pages.pages] == [False, True]
    rows = [run.text for page in pages.pages for run in page.runs if run.text.startswith("指标")]
    assert rows == [f"指标{row}" for row in range(60)]


def test_a_header_is_not_left_alone_at_the_foot() -> None:
    for before in range(20, 40):
        rows = tuple((f"行{row}", "") for row in range(before))
        grid = table_grid((*rows, ("表头", "表头"), ("内容", "内容")))
        cells = tuple(replace(cell, role=Role.HEADER) if cell.text == "表头" else cell for cell in grid.cells)
        header = Header(before, before, before + 1)
        for page in paginate(replace(grid, cells=cells, headers=(header,))).pages:
            assert ("表头" in words(page)) == ("内容" in words(page))


def test_a_label_is_not_left_with_less_room_than_it_needs() -> None:
    label = "切实维护社会和谐稳定共享改革发展成果"
    for before in range(20, 40):
        cells = [Cell(row, column, f"{row}") for row in range(before) for column in (0, 1)]
        cells += [Cell(before, 0, label, 9, 1, Role.LABEL, Align.CENTER, is_repeated=True)]
        cells += [Cell(before + row, 1, f"指标{row}") for row in range(9)]
        found = cuts(Grid("表", "单位", (Decimal(1), Decimal(9)), before + 9, tuple(cells)))
        parts = [part for page in found for part in page.parts if part.block.cell.text == label]
        for part in parts:
            assert "".join(line.text for line in part.lines) == label + ("" if part.is_start else "（续）")
            assert not part.is_flowing


def test_items_of_one_block_have_no_line_between_them_but_pages_are_closed() -> None:
    cells = [Cell(row, 0, f"（{row}）", is_open_above=row > 0, is_open_below=row < 99) for row in range(100)]
    pages = paginate(Grid("表", "单位", (Decimal(1),), 100, tuple(cells)))
    assert len(pages.pages) > 1
    for page in pages.pages:
        across = [stroke for stroke in page.strokes if stroke.top == stroke.bottom]
        assert len(across) == 2


def test_titles_have_no_lines() -> None:
    grid = Grid("表", "单位", (Decimal(1),), 1, (Cell(0, 0, "表", role=Role.TITLE, align=Align.CENTER),))
    page = paginate(grid).pages[0]
    assert page.strokes == ()
    assert page.runs[0].kind is Type.HEI


def test_strokes_are_few() -> None:
    page = paginate(table_grid((("甲", "乙", "丙"),) * 20)).pages[0]
    assert len(page.strokes) == 21 + 4


def test_pages_are_numbered() -> None:
    pages = paginate(form_grid()).pages
    assert [page.runs[-1].text for page in pages] == [f"第 {number} 页 / 共 4 页" for number in range(1, 5)]


def test_an_empty_grid_is_one_empty_page() -> None:
    pages = paginate(Grid("表", "单位", (Decimal(1),), 0, ()))
    assert [words(page) for page in pages.pages] == [""]


def test_the_paper_decides_the_size() -> None:
    grid = table_grid((("甲",),))
    upright, flat = paginate(grid), paginate(replace(grid, paper=Paper(is_landscape=True)))
    assert (round(upright.width), round(upright.height)) == (595, 842)
    assert (flat.width, flat.height) == (upright.height, upright.width)


@pytest.mark.parametrize("align", list(Align))
def test_every_run_stands_inside_its_page(align: Align) -> None:
    grid = form_grid(2)
    pages = paginate(replace(grid, cells=tuple(replace(cell, align=align) for cell in grid.cells)))
    left, right = pages.pages[0].strokes[0].left, pages.pages[0].strokes[0].right
    for page in pages.pages:
        for run in page.runs:
            assert left <= run.left < right
            assert 0 < run.baseline < pages.height


def header_of(cell: Cell, row_count: int) -> Header:
    """A header row that no cell leaves, unless it stands beside everything that the header belongs to."""
    return Header(cell.row, cell.row, cell.row + cell.rows - 1 if cell.rows > 1 else row_count - 1)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Tables of three columns with labels over several rows in the first, and texts from none to pages long."""
    length = st.sampled_from([0, 1, 5, 20, 60, 300, 3000])
    spans = draw(st.lists(st.integers(1, 12), min_size=1, max_size=8))
    cells, row = [], 0
    for index, span in enumerate(spans):
        is_repeated = draw(st.booleans())
        label = f"[{index}" + "标" * draw(length) + "]"
        cells.append(Cell(row, 0, label, span, 1, Role.LABEL if is_repeated else Role.BODY, is_repeated=is_repeated))
        for inner in range(row, row + span):
            is_open_above, is_open_below = inner > row, inner < row + span - 1
            text = f"[{inner}," + "文" * draw(length) + "]"
            cells.append(Cell(inner, 1, text, 1, 2, is_open_above=is_open_above, is_open_below=is_open_below))
        row += span
    headers = (
        (draw(st.sampled_from([header_of(cell, row) for cell in cells if cell.column == 0])),)
        if draw(st.booleans())
        else ()
    )
    return Grid("表", "单位", (Decimal(2), Decimal(3), Decimal(3)), row, tuple(cells), headers)


@given(grids())
def test_nothing_is_ever_lost(grid: Grid) -> None:
    found = cuts(grid)
    repeated_rows = {row for header in grid.headers for row in range(header.first, header.last + 1)}
    for cell in grid.cells:
        parts = [part for page in found for part in page.parts if part.block.cell is cell]
        text = "".join(line.text for part in parts for line in part.lines)
        if cell.row in repeated_rows and cell.rows == 1:
            assert text.startswith(cell.text)
            assert text.replace(cell.text, "") in ("", "（续）" * text.count("续"))
            continue
        assert [part.is_start for part in parts] == [True] + [False] * (len(parts) - 1)
        assert [part.is_end for part in parts] == [False] * (len(parts) - 1) + [True]
        if cell.is_repeated:
            assert text == cell.text + f"{cell.text}（续）" * text.count("（续）")
        else:
            assert text == cell.text


@given(grids())
def test_every_text_has_room_and_no_page_is_overfull(grid: Grid) -> None:
    for page in cuts(grid):
        assert page.borders[-1] <= 700.1
        assert list(page.borders) == sorted(page.borders)
        for part in page.parts:
            height = page.borders[part.last + 1] - page.borders[part.first]
            assert part.block.height(len(part.lines)) <= height + 0.1


@given(grids())
def test_every_page_is_covered_by_its_cells_exactly_once(grid: Grid) -> None:
    for page in cuts(grid):
        covered = Counter(
            (strip, column)
            for part in page.parts
            for strip in range(part.first, part.last + 1)
            for column in range(part.block.cell.column, part.block.cell.column + part.block.cell.columns)
        )
        strips = len(page.borders) - 1
        assert covered == Counter((strip, column) for strip in range(strips) for column in range(3))


def test_work_grows_with_the_number_of_rows_only() -> None:
    small, large = form_grid(4), form_grid(40)
    assert len(many_groups(40)) == 10 * len(many_groups(4))
    paginate(small)  # loads the faces
    assert count_steps(lambda: paginate(large)) < 12 * count_steps(lambda: paginate(small))
