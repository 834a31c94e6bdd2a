"""The PDF painter against typst compiling the same table, and against itself with more rows.

typst gets the same texts, spans, column shares, fonts and type sizes, and makes PDF bytes from source text.
"""

import statistics
import time
from collections.abc import Callable
from typing import Final

from app.form.resources import resource
from app.sheet.grid import Align, Cell, Grid, Role
from app.sheet.page.fonts import Type
from app.sheet.page.measure import STYLES
from app.sheet.pdf import paint

TARGET: Final = 1.5
GROWTH_TARGET: Final = 110
REPEATS: Final = 15
FAMILIES: Final = {Type.SONG: "Noto Serif SC", Type.HEI: "Noto Sans SC"}


def measure(grid: Grid, repeats: int = REPEATS) -> float | None:
    """The ratio of the median warm times, also printed as one line; None where typst is not installed."""
    try:
        import typst  # noqa: PLC0415 - an optional peer
    except ImportError:
        print("pdf ÷ typst: not measured, typst is not installed")
        return None
    source = typst_source(grid).encode()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(resource("fonts"))])
    ours, peer = [], []
    for _ in range(repeats + 1):
        ours.append(milliseconds(lambda: paint(grid)))
        peer.append(milliseconds(lambda: typst.compile(source, font_paths=fonts)))
    own, other = statistics.median(ours[1:]), statistics.median(peer[1:])
    print(
        f"pdf ÷ typst: {own / other:.2f} (at most {TARGET};"
        f" {own:.1f} ms ÷ {other:.1f} ms, {len(grid.cells)} cells, warm, median of {repeats})"
    )
    return own / other


def measure_growth(small: Grid, large: Grid, repeats: int = 5) -> float:
    """The ratio of the times of two Grids, the second with 100 times the rows of the first; also printed."""
    first = statistics.median(milliseconds(lambda: paint(small)) for _ in range(3 * repeats))
    second = statistics.median(milliseconds(lambda: paint(large)) for _ in range(repeats))
    print(
        f"pdf of {large.row_count} rows ÷ pdf of {small.row_count}: {second / first:.0f} (at most {GROWTH_TARGET};"
        f" {second:.0f} ms ÷ {first:.1f} ms, median of {repeats})"
    )
    return second / first


def milliseconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def typst_source(grid: Grid) -> str:
    """The table as a typst document."""
    paper = grid.paper
    margins = ", ".join(f"{side}: {getattr(paper, side)}mm" for side in ("top", "right", "bottom", "left"))
    columns = ", ".join(f"{width}fr" for width in grid.widths)
    song = STYLES[Role.BODY]
    cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    first, last, until = _indicators(grid)
    parts = (
        [cell for cell in cells if cell.row < first],
        [cell for cell in cells if first <= cell.row <= until],
        [cell for cell in cells if cell.row > until],
    )
    return "\n".join(
        [
            f'#set page("a4", flipped: {str(paper.is_landscape).lower()}, margin: ({margins}), numbering: "1 / 1")',
            f'#set text(font: "{FAMILIES[song.kind]}", size: {song.size}pt, lang: "zh")',
            "#set par(justify: true, leading: 5pt)",
            "#set table(stroke: 0.5pt, inset: 5pt)",
            "#show table: set block(above: 0pt, below: 0pt)",
            *(f"#table(columns: ({columns}), {_body(part, first, last)})" for part in parts),
        ]
    )


def _indicators(grid: Grid) -> tuple[int, int, int]:
    """The rows of the table whose header repeats: in typst a header begins a table of its own."""
    header = grid.headers[-1]
    return header.first, header.last, header.until


def _body(cells: list[Cell], first: int, last: int) -> str:
    header = ", ".join(_cell(cell) for cell in cells if first <= cell.row <= last)
    body = ", ".join(_cell(cell) for cell in cells if not first <= cell.row <= last)
    return f"table.header({header}), {body}" if header else body


def _cell(cell: Cell) -> str:
    style = STYLES[cell.role]
    align = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}[cell.align]
    text = cell.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    content = f'text(font: "{FAMILIES[style.kind]}", size: {style.size}pt, "{text}")'
    stroke = ", stroke: none" if cell.role in (Role.TITLE, Role.SUBTITLE) else ""
    return f"table.cell(rowspan: {cell.rows}, colspan: {cell.columns}, align: {align} + horizon{stroke}, {content})"
