"""The layout: the real form's paper table cell by cell, and what holds for the table of any form."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.form import Form
from app.form.quantity import format_number
from app.form.reading.loader import read_template
from app.form.rows import BudgetLine, Cover, Evidence, Group
from app.form.template import ColumnKind
from app.form.tree import evidence_order
from app.scoring.assessment import assess
from app.scoring.figure import State
from app.sheet.grid import Cell, Grid, Header, Role
from app.sheet.layout import layout
from app.sheet.layout_blocks import number_in, spread_columns
from tests.strategies import forms
from tests.tables import form_of, golden, real_form, template

WEIGHT, SCORE = 4, 7


def grid_of(form: Form) -> Grid:
    return layout(form, assess(form))


def name(row: int, column: int) -> str:
    return f"{'ABCDEFGHIJ'[column]}{row + 1}"


def area(cell: Cell) -> str:
    first, last = name(cell.row, cell.column), name(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
    return first if first == last else f"{first}:{last}"


def show_sum(places: Iterable[tuple[int, int]]) -> str:
    """The places as spreadsheet ranges, neighbours in a column joined."""
    ranges = []
    for _, run in groupby(enumerate(places), key=lambda each: (each[1][1], each[1][0] - each[0])):
        found = [place for _, place in run]
        ranges.append(name(*found[0]) if len(found) == 1 else f"{name(*found[0])}:{name(*found[-1])}")
    return ",".join(ranges)


def show(grid: Grid) -> Iterator[str]:
    """Every cell on a line: where, role, alignment, what is open or repeated, text, number, sum."""
    yield f"{grid.title} | {grid.author} | {grid.row_count} rows"
    for header in grid.headers:
        yield f"rows {header.first + 1} to {header.last + 1} again down to row {header.until + 1}"
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        marks = [cell.role.value, cell.align.value]
        marks += (
            ["repeated"] * cell.is_repeated + ["open-above"] * cell.is_open_above + ["open-below"] * cell.is_open_below
        )
        figure = "" if cell.number is None else f" = {format_number(cell.number)}"
        figure += f" = sum {show_sum(cell.sum_of)}" if cell.sum_of else ""
        yield f"{area(cell)} {' '.join(marks)} | {cell.text}{figure}".rstrip()


def test_the_real_form_on_paper() -> None:
    grid = grid_of(real_form())
    assert list(show(grid)) == golden("rugao-2024-grid.txt").splitlines()
    assert grid.widths == tuple(column.width for column in template().indicator_table.columns)


def cell_at(grid: Grid, row: int, column: int) -> Cell:
    [found] = [cell for cell in grid.cells if (cell.row, cell.column) == (row, column)]
    return found


def cell_reading(grid: Grid, text: str) -> Cell:
    [found] = [cell for cell in grid.cells if cell.text == text]
    return found


def closing(grid: Grid) -> tuple[Cell, Cell, Cell]:
    """The cells of the sum of weights, the sum of scores and the grade."""
    row = cell_reading(grid, "合计").row
    return cell_at(grid, row, WEIGHT), cell_at(grid, row, SCORE), cell_at(grid, row + 1, WEIGHT)


TWO_ROWS = """
    过程(6) | 执行(6) | 甲 | 100% | {0}
            |         | 乙 | 100% | {1}
"""


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2 | 98% | 1.9", "4 | 健全 | 4.00", ("6", "5.9", "差")),
        ("2 | 98% | 95", "4 | 健全 |", ("6", "95（未填完）", "优")),
        ("2 | 98% |", "4 | 健全 |", ("6", "", "")),
        ("2 | 98% | 合格", "| 健全 | 65", ("2（未填完）", "65（未填完）", "中")),
        ("2 | 98% | 1.9", "4 | 健全 | 4 | 不适用", ("2", "1.9", "差")),
        ("２ | 98% | 80分", "4 | 健全 | 0", ("6", "80", "良")),
    ],
)
def test_computed_totals_are_printed_and_say_when_something_is_missing(
    first: str, second: str, expected: tuple[str, str, str]
) -> None:
    form = form_of(TWO_ROWS.format(first, second))
    stated = replace(form.stated, weight_total="100", score_total="99.5", grade="优")
    assert tuple(cell.text for cell in closing(grid_of(replace(form, stated=stated)))) == expected


def test_a_total_is_the_sum_of_the_cells_that_count() -> None:
    form = form_of("""
        决策(3) | 计划(3) | 甲 | 健全 | 1 | 健全 | 1
                |         | 乙 | 健全 | 1 | 健全 | 1 | 不适用
                |         | 丙 | 健全 | 2 | 健全 |
        过程(5) | 执行(5) | 丁 | 100% | 5 | 98% | 4.5
    """)
    grid = grid_of(form)
    weight, score, _ = closing(grid)
    first = cell_reading(grid, "甲").row
    assert weight.sum_of == ((first, WEIGHT), (first + 2, WEIGHT), (first + 3, WEIGHT))
    assert score.sum_of == ((first, SCORE), (first + 3, SCORE))
    assert (weight.number, score.number) == (Decimal(8), Decimal("5.5"))


def files() -> tuple[Evidence, ...]:
    return (
        Evidence("1", "r2", "批复.pdf", "盖章件"),
        Evidence("2", "", "通知.docx"),
        Evidence("3", "gone", "无主.pdf"),
    )


def test_files_are_listed_behind_the_form_and_change_nothing_above() -> None:
    form = form_of(TWO_ROWS.format("2 | 98% | 1.9", "4 | 健全 | 4"))
    bare, grid = grid_of(form), grid_of(replace(form, evidence=files()))
    assert grid.cells[: len(bare.cells)] == bare.cells
    listed = grid.cells[len(bare.cells) :]
    assert [cell.text for cell in listed] == [
        *("佐证材料目录", "序号", "三级指标", "材料名称", "备注"),
        *("1", "整张表", "通知.docx", ""),
        *("2", "乙", "批复.pdf", "盖章件"),
    ]
    assert (listed[0].row, listed[0].rows, listed[0].is_repeated) == (bare.row_count, 3, True)
    assert grid.headers[-1] == Header(bare.row_count, bare.row_count, bare.row_count + 2)


def test_a_narrow_paper_says_of_a_file_in_one_line_what_others_say_in_columns() -> None:
    left_out = tuple(f'field = "{name}"' for name in ("target", "weight", "rule", "actual"))
    lines = template().source.splitlines(keepends=True)
    narrow = read_template("".join(line for line in lines if not any(each in line for each in left_out)), "narrow")
    grid = grid_of(replace(form_of(TWO_ROWS.format("2 | 98% | 1", "4 | 98% | 1")), template=narrow, evidence=files()))
    texts = [cell.text for cell in grid.cells]
    assert texts[-4:] == [
        "佐证材料目录",
        "序号　三级指标　材料名称　备注",
        "1　整张表　通知.docx",
        "2　乙　批复.pdf　盖章件",
    ]


BUDGET = """
    总额 | {0}
      甲 | {1}
      乙 | {2}
"""


@pytest.mark.parametrize(
    ("total", "first", "second", "is_sum"),
    [
        ("10", "4", "6", True),
        ("10.00 万元", "4", "6万元", True),
        ("10", "4", "5.99", False),
        ("10", "4", "", False),
        ("", "4", "6", False),
        ("10", "10", "合规", False),
        ("≥10", "4", "6", False),
        ("100000元", "4", "6", False),
        ("10", "4", "60000元", False),
        ("1亿元", "4000", "6000", False),
    ],
)
def test_an_amount_is_a_sum_only_when_its_parts_make_it_in_one_unit(
    total: str, first: str, second: str, is_sum: bool
) -> None:
    grid = grid_of(form_of(budget=BUDGET.format(total, first, second)))
    row = cell_reading(grid, "总额").row
    annual, spent = cell_reading(grid, "全年预算数").column, cell_reading(grid, "实际支出数").column
    assert cell_at(grid, row, annual).sum_of == (((row + 1, annual), (row + 2, annual)) if is_sum else ())
    assert cell_at(grid, row, spent).sum_of == ()
    assert cell_at(grid, row + 1, annual).sum_of == ()


@pytest.mark.parametrize(
    ("typed", "shown", "number"),
    [
        ("5", "5 万元", "5"),
        (" 5.00 ", "5.00 万元", "5"),
        ("１，５４６．９１", "１，５４６．９１ 万元", "1546.91"),
        ("5 万元", "5 万元", "5"),
        ("5万元", "5万元", "5"),
        ("￥50000元", "￥50000元", "50000"),
        ("5%", "5%", "0.05"),
        ("≥5", "≥5", None),
        ("约5", "约5", None),
        ("合规", "合规", None),
        ("", "", None),
        (" ", " ", None),
    ],
)
def test_the_unit_is_printed_only_after_amounts_typed_without_one(typed: str, shown: str, number: str | None) -> None:
    line = BudgetLine("b", "总额", annual=typed)
    grid = grid_of(replace(form_of(), budget=(line,)))
    cell = cell_at(grid, cell_reading(grid, "总额").row, cell_reading(grid, "全年预算数").column)
    assert cell.text == shown
    assert cell.number == (None if number is None else Decimal(number))


def test_only_the_first_part_of_a_part_is_introduced() -> None:
    grid = grid_of(form_of(budget="总额\n  基本\n  项目\n    丙\n    丁\n      戊\n      己"))
    first = cell_reading(grid, "总额").row
    names = [cell_at(grid, first + line, 1).text for line in range(7)]
    assert names == ["总额", "基本", "项目", "其中：丙", "丁", "其中：戊", "己"]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("5", ColumnKind.TEXT, None),
        ("5", ColumnKind.POINTS, "5"),
        ("87.5%", ColumnKind.QUANTITY, "0.875"),
        ("≥98%", ColumnKind.QUANTITY, None),
        ("合规", ColumnKind.QUANTITY, None),
        ("", ColumnKind.AMOUNT, None),
        ("24人", ColumnKind.QUANTITY, "24"),
    ],
)
def test_a_percentage_is_a_ratio_and_a_word_no_number(text: str, kind: ColumnKind, number: str | None) -> None:
    assert number_in(text, kind) == (None if number is None else Decimal(number))


def test_an_empty_form_still_has_every_block() -> None:
    grid = grid_of(replace(form_of(), cover=Cover()))
    labels = [cell.text for cell in grid.cells if cell.column == 0 and cell.role in {Role.LABEL, Role.TOTAL}]
    blocks = ["单位名称", "主要职能", "机构设置及人员配置", "预算安排及支出情况", "合计", "绩效等级"]
    assert labels == [*blocks, "主要成效", "存在问题", "整改举措"]
    assert grid.title == "部门整体支出绩效自评价表（ 年）"
    check_cover(grid)


def test_a_group_without_rows_and_a_row_without_a_group_keep_their_line() -> None:
    form = form_of("过程(1) | 执行(1) | 甲 | 健全 | 1 | 健全 | 1")
    form = replace(
        form,
        groups=(*form.groups, Group("g9", "空组(3)")),
        indicators=(*form.indicators, replace(form.indicators[0], key="r9", group="", name="散行")),
    )
    grid = grid_of(form)
    loose, empty = cell_reading(grid, "散行").row, cell_reading(grid, "空组(3)").row
    assert [cell_at(grid, loose, column).text for column in range(3)] == ["", "", "散行"]
    assert [cell_at(grid, empty, column).text for column in range(8)] == ["空组(3)", *[""] * 7]
    check_cover(grid)


WIDTHS = st.decimals("0.5", 50, places=1)


@given(st.lists(WIDTHS, min_size=1, max_size=10), st.data())
def test_wide_columns_start_on_grid_columns_and_each_has_one(widths: list[Decimal], data: st.DataObject) -> None:
    shares = data.draw(st.lists(WIDTHS, min_size=1, max_size=len(widths)))
    starts = spread_columns(widths, shares)
    assert len(starts) == len(shares)
    assert starts[0] == 0
    assert all(earlier < later for earlier, later in pairwise((*starts, len(widths))))


@given(st.lists(WIDTHS, min_size=2, max_size=8), st.integers(1, 7))
def test_shares_that_fit_the_grid_are_met_exactly(widths: list[Decimal], cut: int) -> None:
    cut = min(cut, len(widths) - 1)
    shares = [sum(widths[:cut], Decimal(0)), sum(widths[cut:], Decimal(0))]
    assert spread_columns(widths, [share * 3 for share in shares]) == (0, cut)


def check_cover(grid: Grid) -> None:
    """Every position of the grid is covered by exactly one cell, and no cell reaches beyond it."""
    covered = Counter(
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    )
    assert covered == Counter((row, column) for row in range(grid.row_count) for column in range(len(grid.widths)))


@given(forms())
def test_every_position_of_any_forms_paper_is_covered_once(form: Form) -> None:
    grid = grid_of(form)
    check_cover(grid)
    check_sums(grid)
    check_totals(form, grid)
    check_texts(form, grid)
    header, *behind = grid.headers
    assert [each.until for each in behind] == [grid.row_count - 1] * bool(evidence_order(form))
    rows = len(form.indicators) + sum(is_empty(form, group) for group in form.groups)
    assert header == Header(header.first, header.first, header.first + rows)
    assert cell_at(grid, header.first, 0).text == "一级指标"


def is_empty(form: Form, group: Group) -> bool:
    inside = {row.group for row in form.indicators} | {each.part_of for each in form.groups}
    return group.key not in inside


def check_sums(grid: Grid) -> None:
    """A cell that is a sum shows the sum of the cells it names, which stand in its own column."""
    starts = {(cell.row, cell.column): cell for cell in grid.cells}
    for cell in grid.cells:
        parts = [starts[place] for place in cell.sum_of]
        assert {part.column for part in parts} <= {cell.column}
        if parts:
            assert sum(part.number or 0 for part in parts) == cell.number


def check_totals(form: Form, grid: Grid) -> None:
    found = assess(form)
    row = grid.headers[0].until + 1
    for figure, column in ((found.weight, WEIGHT), (found.score, SCORE)):
        cell = cell_at(grid, row, column)
        assert cell.number == figure.value
        shown = "" if figure.value is None else format_number(figure.value)
        assert cell.text == shown + "（未填完）" * (figure.state is State.PARTIAL)
    assert cell_at(grid, row + 1, WEIGHT).text == (found.grade or "")


def check_texts(form: Form, grid: Grid) -> None:
    """Whatever was typed into a column or block of the paper stands on it, as often as it was typed."""
    shown = Counter(cell.text for cell in grid.cells)
    columns = [column.field for column in template().indicator_table.columns if not column.field.startswith("level")]
    typed = Counter(getattr(row, field) for row in form.indicators for field in columns)
    typed += Counter(group.label for group in form.groups)
    typed += Counter(text for text in (form.cover.unit, form.staffing.text))
    typed += Counter(item.text for item in (*form.problems, *form.measures))
    typed += Counter(f"（{number}）{item.text}" for number, item in enumerate(form.duties, 1))
    typed += Counter(f"{number}.{item.text}" for number, item in enumerate(form.achievements, 1))
    assert typed <= shown + Counter({"": typed[""]})


def test_where_the_rule_alone_scores_the_paper_and_the_window_show_its_score() -> None:
    form = real_form()
    locked = read_template(form.template.source.replace('mode = "suggest"', 'mode = "locked"'), "locked")
    changed = replace(form, template=locked)
    changed = replace(changed, indicators=(*changed.indicators[:-1], replace(changed.indicators[-1], actual="95%")))
    assessment = assess(changed)
    grid = layout(changed, assessment)
    last = max(cell.row for cell in grid.cells if cell.text == "服务对象满意度")
    (score,) = (cell for cell in grid.cells if (cell.row, cell.column) == (last, 7))
    assert score.text == "9.69"
    assert score.number == Decimal("9.69")
