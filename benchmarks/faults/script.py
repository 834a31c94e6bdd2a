"""The edits that a bench makes: of every kind, and the same for everyone who asks with the same seed.

Decides what the n-th edit of a form is and what the form is after it. Knows no file and no process.
"""

from collections.abc import Callable, Mapping
from typing import Final

from app.form.change import Change, InsertRow, MoveRow, Patch, RemoveRow, SetValue, apply_change, invert
from app.form.form import Form, rows_of, value_at
from app.form.reading.loader import blank_form, load_template
from app.form.rows import ROW_TYPES, Place, TableName
from benchmarks.faults.tally import throw

LONGEST: Final = 400  # repetitions of a short text: about 6 kB
CROWDED: Final = 16  # rows above which none is added

# Tables whose rows come and go, with a field of theirs to type into.
_FIELDS: Final[Mapping[TableName, str]] = {
    "duties": "text",
    "budget": "spent",
    "indicators": "score",
    "achievements": "text",
    "problems": "text",
    "measures": "text",
    "explanations": "text",
}
_CELLS: Final = (
    Place("cover", "", "unit"),
    Place("cover", "", "year"),
    Place("staffing", "", "text"),
    Place("staffing", "", "actual"),
    Place("stated", "", "score_total"),
)


class Script:
    """All edits of one seed, and the forms they lead to. It remembers those it has made up."""

    def __init__(self, seed: object) -> None:
        """Begin with an empty form."""
        self._dice: Final = throw(seed)
        self._forms: Final = [blank_form(load_template("rugao-2024"), "甲局", "2024")]
        self._changes: Final[list[Change]] = []
        self._undoable: Final[list[Change]] = []

    def form(self, count: int) -> Form:
        """The form after ``count`` edits."""
        self._go_to(count)
        return self._forms[count]

    def change(self, number: int) -> Change:
        """The ``number``-th edit; 1 is the first."""
        self._go_to(number)
        return self._changes[number - 1]

    def changes(self, count: int) -> tuple[Change, ...]:
        """The first ``count`` edits."""
        self._go_to(count)
        return tuple(self._changes[:count])

    def _go_to(self, count: int) -> None:
        while len(self._changes) < count:
            form = self._forms[-1]
            change = self._undo() or self._make(form)
            self._changes.append(change)
            self._forms.append(apply_change(form, change))

    def _undo(self) -> Change | None:
        if not self._undoable or self._dice.random() > 0.2:
            return None
        return invert(self._undoable.pop())

    def _make(self, form: Form) -> Change:
        kinds: tuple[Callable[[Form, TableName], tuple[Patch, ...]], ...] = (
            self._insert,
            self._remove,
            self._move,
            self._type,
            self._type_into_cell,
            self._paste,
        )
        table = self._dice.choice([*_FIELDS])
        patches = self._dice.choice(kinds)(form, table)
        change = Change(f"第 {len(self._changes) + 1} 次", patches)
        self._undoable.append(change)
        return change

    def _text(self) -> str:
        return f"{len(self._changes) + 1}次。" * self._dice.choice((1, 1, 3, 20, LONGEST))

    def _insert(self, form: Form, table: TableName) -> tuple[Patch, ...]:
        rows = rows_of(form, table)
        if len(rows) > CROWDED:
            return self._remove(form, table)
        cells = {_FIELDS[table]: self._text()}
        row = ROW_TYPES[table](f"{table}-{len(self._changes) + 1}", **cells)  # type: ignore[arg-type]  # a text field of this very type
        return (InsertRow(table, self._dice.randint(0, len(rows)), row),)

    def _remove(self, form: Form, table: TableName) -> tuple[Patch, ...]:
        rows = rows_of(form, table)
        if not rows:
            return self._insert(form, table)
        index = self._dice.randrange(len(rows))
        return (RemoveRow(table, index, rows[index]),)

    def _move(self, form: Form, table: TableName) -> tuple[Patch, ...]:
        rows = rows_of(form, table)
        if len(rows) < 2:
            return self._insert(form, table)
        source, target = self._dice.sample(range(len(rows)), 2)
        return (MoveRow(table, rows[source].key, source, target),)

    def _type(self, form: Form, table: TableName) -> tuple[Patch, ...]:
        rows = rows_of(form, table)
        if not rows:
            return self._insert(form, table)
        return (self._set(form, Place(table, self._dice.choice(rows).key, _FIELDS[table])),)

    def _type_into_cell(self, form: Form, _table: TableName) -> tuple[Patch, ...]:
        return (self._set(form, self._dice.choice(_CELLS)),)

    def _paste(self, form: Form, table: TableName) -> tuple[Patch, ...]:
        rows = rows_of(form, table)[:8]
        if not rows:
            return self._type_into_cell(form, table)
        return tuple(self._set(form, Place(table, row.key, _FIELDS[table])) for row in rows)

    def _set(self, form: Form, place: Place) -> Patch:
        old = value_at(form, place)
        new = self._text()
        return SetValue(place, old, new if new != old else f"{new}。")
