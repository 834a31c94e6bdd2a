"""What a table of the window shows, as values: faces of cells, their order and merges.

Decides nothing; a model shows it, a delegate paints it. Knows no Qt.
"""

from dataclasses import dataclass
from enum import Enum

from app.form.rows import Place
from app.form.template import Alignment


class Tone(Enum):
    """How a cell looks: a typed cell, a label, a computed figure."""

    BODY = "body"
    LABEL = "label"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Face:
    """One cell. ``place`` is where an edit goes (None: nothing can be typed here; ``hint`` says why).

    ``mark`` says why the text is wrong, ``note`` what should be looked at; ``subtext`` is a small computed line below the text; ``shown`` is displayed
    instead of ``text`` when they differ (a unit, a prefix).
    """

    text: str
    place: Place | None = None
    tone: Tone = Tone.BODY
    align: Alignment = Alignment.LEFT
    mark: str = ""
    note: str = ""
    hint: str = ""
    subtext: str = ""
    shown: str = ""
    is_dim: bool = False
    is_single_line: bool = False

    @property
    def display(self) -> str:
        """What is painted."""
        return self.shown or self.text


@dataclass(frozen=True, slots=True)
class Span:
    """A merged cell: top left corner and size."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Faces:
    """A whole table: headings, column width shares, rows of faces, merges, and the key of each row ("" for computed ones)."""

    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Face, ...], ...]
    keys: tuple[str, ...]
    spans: tuple[Span, ...] = ()


NO_FACE = Face("", tone=Tone.LABEL)
EMPTY = Faces((), (), (), ())
