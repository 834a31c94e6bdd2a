"""What the child process says to us: tables, the record, remarks; as JSON, and back as Grids.

Decides how much it may say, and believes nothing of it that is not so: every position of a Grid is covered once. Knows no
format of files.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final

from app.form.failure import AppError
from app.form.text import sanitise
from app.sheet.grid import Cell, Grid
from app.sheet.reading.refusal import Reason, Refusal

ARGUMENT: Final = "--read-file"  # what a frozen program is started with to be the child
BEGUN: Final = b"."  # what the child says when everything is loaded and reading begins
MOST_CELLS: Final = 200_000  # positions of all tables together
MOST_CHARACTERS: Final = 4_000_000
MOST_BYTES: Final = 20_000_000

Box = tuple[int, int, int, int, str]  # row, column, rows, columns, text


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a reader found it; positions that no box covers are empty cells. ``title`` is the sheet's name."""

    title: str
    rows: int
    columns: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file gave. ``kind`` names what it is; ``own`` are the rows of our own sheet, ``remarks`` what was not seen."""

    kind: str
    tables: tuple[Table, ...]
    own: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


def make_table(
    title: str,
    size: tuple[int, int],
    texts: Mapping[tuple[int, int], str],
    spans: Iterable[tuple[int, int, int, int]] = (),
) -> Table:
    """A table of ``size`` rows and columns. ``spans``: row, column, rows, columns from 0; of two that overlap the first counts.

    A text under a span that begins elsewhere is not shown, as in a spreadsheet.
    """
    if sum(map(len, texts.values())) > MOST_CHARACTERS:
        raise Refusal(Reason.TOO_MUCH, title)
    covered: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for row, column, rows, columns in spans:
        area = [(r, c) for r in range(row, row + rows) for c in range(column, column + columns)]
        if len(area) > 1 and covered.isdisjoint(area):
            covered.update(area)
            boxes.append((row, column, rows, columns, sanitise(texts.get((row, column), "")).text))
    boxes += (
        (row, column, 1, 1, sanitise(text).text)
        for (row, column), text in texts.items()
        if text and (row, column) not in covered
    )
    return Table(title, *size, tuple(sorted(boxes)))


def encode(reading: Reading) -> bytes:
    """JSON. Refusal when there is more of it than a form could have."""
    tables = reading.tables
    if not reading.own and not any(box[4].strip() for table in tables for box in table.boxes):
        raise Refusal(Reason.NOTHING)
    positions = sum(table.rows * table.columns for table in tables)
    characters = sum(len(name) + len(piece) for name, piece in reading.own)
    characters += sum(len(box[4]) for table in tables for box in table.boxes)
    if positions > MOST_CELLS or characters > MOST_CHARACTERS:
        raise Refusal(Reason.TOO_MUCH)
    return json.dumps(asdict(reading), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def encode_refusal(refusal: Refusal) -> bytes:
    """The same for a file that is not read."""
    return json.dumps({"refused": refusal.reason.name, "place": refusal.place}).encode()


def encode_failure(error: AppError) -> bytes:
    """The same where a reader has its own sentence for what is wrong."""
    return json.dumps({"failed": str(error)}).encode()


def decode(content: bytes) -> Reading:
    """What was said. The Refusal or AppError that was said, or a Refusal because what was said makes no sense."""
    try:
        said = json.loads(content)
        if "failed" in said:
            raise AppError(str(said["failed"]))
        if "refused" in said:
            raise Refusal(Reason[said["refused"]], said["place"])
        tables = tuple(Table(**(each | {"boxes": tuple(map(tuple, each["boxes"]))})) for each in said["tables"])
        own = tuple((name, piece) for name, piece in said["own"])
        return Reading(said["kind"], tables, own, tuple(said["remarks"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refusal(Reason.STOPPED) from error


def lay_out(table: Table) -> Grid:
    """The Grid: a cell for every box, and one for every position that none covers."""
    free = bytearray(b"\1" * (table.rows * table.columns))
    cells = []
    for row, column, rows, columns, text in table.boxes:
        for each in range(row, row + rows):
            free[each * table.columns + column : each * table.columns + column + columns] = bytes(columns)
        cells.append(Cell(row, column, text, rows, columns))
    cells += (Cell(*divmod(place, table.columns), "") for place, is_free in enumerate(free) if is_free)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(table.title, "", (Decimal(1),) * table.columns, table.rows, tuple(cells))
