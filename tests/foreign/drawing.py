"""Foreign forms drawn as text: what a file shows, and for every column which field of the form it is.

One row per line, cells apart by |; < goes on with the cell at its left, ^ with the one above, and a backslash with n is a
line end. {So} is what the file shows and the form does not keep, [so] what the form keeps and no file shows. + before
the name of a budget line says how deep it is, ~ that it is the sum of those above. Lines that begin with a sign of their own:

    : level1 name score    the fields of the columns below: - is only a label or sum, ? cannot be kept by any form
    = sheet 自评表          another sheet; table: another table; paragraphs: lines outside of tables; nested: a table in
                           the last cell of the one before; table heading: its first row stands again on every page
    = form                 what follows belongs to the next form of the file
    = widths 10 20         of the columns, in characters
    # …                    a note

The role exec.x is a cell of the row for 预算执行率, which national forms have in the table of the money.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
_KEPT_ONLY: Final = re.compile(r"\[([^\]]*)\]")
_SHOWN_ONLY: Final = re.compile(r"\{([^}]*)\}")
_DEPTH: Final = re.compile(r"^((?:\{[^}]*\})?)\++")


@dataclass
class Box:
    """A cell that spans ``rows`` by ``columns``; ``text`` as it is drawn, ``role`` the field it is."""

    row: int
    column: int
    text: str
    role: str
    rows: int = 1
    columns: int = 1

    @property
    def shown(self) -> str:
        """What stands in the file."""
        text = self.text if self.role != "line" else _DEPTH.sub(r"\1", self.text).removeprefix("~")
        return _SHOWN_ONLY.sub(r"\1", _KEPT_ONLY.sub("", text))

    @property
    def kept(self) -> str:
        """What the form keeps; labels of groups are one line."""
        joined = self.text.replace("\n", "") if self.role.startswith("level") else self.text
        return _KEPT_ONLY.sub(r"\1", _SHOWN_ONLY.sub("", joined)).strip()


@dataclass
class Part:
    """A run of rows: a sheet, a table, paragraphs, or a table inside the cell before; ``form`` counts the file's forms."""

    kind: str
    title: str
    form: int
    widths: tuple[float, ...] = ()
    owners: list[list[Box]] = field(default_factory=list)

    @property
    def boxes(self) -> Iterator[Box]:
        """The cells by row, each once."""
        for row, line in enumerate(self.owners):
            yield from (box for column, box in enumerate(line) if (box.row, box.column) == (row, column))


def read_drawing(text: str) -> list[Part]:
    """The parts of a drawing."""
    parts: list[Part] = []
    roles: list[str] = []
    form = 0
    for line in filter(str.strip, text.splitlines()):
        sign, _, rest = line.partition(" ")
        match sign:
            case "#":
                continue
            case ":":
                roles = rest.split()
            case "=" if rest == "form":
                form += 1
                parts.append(Part("table", "", form))
            case "=" if rest.startswith("widths"):
                parts[-1].widths = tuple(map(float, rest.split()[1:]))
            case "=":
                kind, _, title = rest.partition(" ")
                parts.append(Part(kind, title, form))
            case _:
                _add_row(parts[-1], [part.strip().replace("\\n", "\n") for part in line.split("|")], roles)
    return [part for part in parts if part.owners]


def _add_row(part: Part, texts: list[str], roles: list[str]) -> None:
    row = len(part.owners)
    line: list[Box] = []
    for column, text in enumerate(texts):
        if text == "<":
            box = line[column - 1]
            box.columns = max(box.columns, column - box.column + 1)
        elif text == "^":
            box = part.owners[row - 1][column]
            box.rows = row - box.row + 1
        else:
            box = Box(row, column, text, roles[column] if column < len(roles) and roles[column] != "<" else "-")
        line.append(box)
    part.owners.append(line)
