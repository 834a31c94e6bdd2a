"""Foreign tables drawn as text: one line per row, cells apart by |; < goes on with the cell at its left, ^ with the one above."""

from dataclasses import dataclass
from decimal import Decimal

from app.sheet.grid import Cell, Grid


@dataclass
class _Box:
    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


def draw(picture: str, title: str = "") -> Grid:
    """The grid of a picture; rows may be shorter than the widest, and a backslash with n in a cell is a line end."""
    lines = [[part.strip().replace("\\n", "\n") for part in line.split("|")] for line in picture.strip().splitlines()]
    width = max(map(len, lines))
    owners: list[list[_Box]] = []
    for row, line in enumerate(lines):
        owners.append([])
        for column, text in enumerate((*line, *[""] * (width - len(line)))):
            if text == "<":
                box = owners[row][column - 1]
                box.columns = column - box.column + 1
            elif text == "^":
                box = owners[row - 1][column]
                box.rows = row - box.row + 1
            else:
                box = _Box(row, column, text)
            owners[row].append(box)
    boxes = {(box.row, box.column): box for line in owners for box in line}
    cells = tuple(Cell(box.row, box.column, box.text, box.rows, box.columns) for box in boxes.values())
    return Grid(title, "", (Decimal(1),) * width, len(lines), cells)
