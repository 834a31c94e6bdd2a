"""Grids for the painters' tests: the real form, and plain tables of texts."""

from dataclasses import replace
from decimal import Decimal

from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.scoring.assessment import assess
from app.sheet.grid import Align, Cell, Grid, Header, Role
from app.sheet.layout import layout


def real_grid() -> Grid:
    form = load_form(resource("samples", "rugao-2024.json"))
    return layout(form, assess(form))


def column(*texts: str) -> Grid:
    """One wide column, a text per row."""
    return table(tuple(Cell(row, 0, text) for row, text in enumerate(texts)), columns=1)


def figures(*texts: str, total: str, unit: str = "") -> Grid:
    """Numbers in a column over their sum, which the last row states."""
    cells = [Cell(row, 0, f"{text}{unit}", number=Decimal(text)) for row, text in enumerate(texts)]
    places = tuple((cell.row, 0) for cell in cells)
    last = Cell(len(texts), 0, f"{total}{unit}", role=Role.TOTAL, number=Decimal(total), sum_of=places)
    return table((*cells, last), columns=1)


def table(cells: tuple[Cell, ...], columns: int) -> Grid:
    rows = max(cell.row + cell.rows for cell in cells)
    return Grid("自评表", "某单位", (Decimal(10),) * columns, rows, cells)


def tall_grid(rows: int = 300, length: int = 4_680) -> Grid:
    """A header, one cell of ``length`` characters, then ``rows`` rows under one label."""
    long = "按规定建立各参保单位的社会保险登记档案，" * (length // 20)
    cells = (
        Cell(0, 0, "指标", role=Role.HEADER, align=Align.CENTER),
        Cell(0, 1, "说明", role=Role.HEADER),
        Cell(1, 0, "主要职能", role=Role.LABEL),
        Cell(1, 1, long),
        Cell(2, 0, "过程(26)", rows=rows, role=Role.LABEL, is_repeated=True),
        *(Cell(2 + row, 1, f"第{row + 1}项") for row in range(rows)),
    )
    return replace(table(cells, columns=2), headers=(Header(0, 0, rows + 1),))
