"""The same paper table as a typst document: texts, spans, column shares, fonts, type sizes, margins, repeated header."""

from typing import Final

from app.sheet.grid import Align, Cell, Grid, Role
from app.sheet.page.fonts import Type
from app.sheet.page.measure import STYLES

FAMILIES: Final = {Type.SONG: "Noto Serif SC", Type.HEI: "Noto Sans SC"}


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
