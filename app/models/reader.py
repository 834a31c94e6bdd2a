"""The read side of the data file, and the owner of the one connection: forms as values, every row checked by its hash.

Decides how stored rows become a form again. Uses the plain driver: a form can be shown before the database libraries
are loaded. Never writes (`store` does, over the same connection).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.form.change import Change
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading import interchange
from app.form.reading.loader import read_template
from app.form.rows import ROW_TYPES, TABLES, Cover, Row, Staffing, Stated, TableName, field_names
from app.form.template import Template
from app.models import sentences
from app.models.connection import connect, explain
from app.models.encoding import CHAIN_START, COLUMN, STORED_IN, Damage, Values, read_patches, verify
from app.models.folder import file_identity
from app.models.opening import open_file
from app.models.state import FormEntry, JournalEntry, Version


class Reader:
    """The data file of a folder, for one thread. It remembers the connection and which file it was."""

    def __init__(self, folder: Path) -> None:
        """Open or make the file. AppError when it must not be opened."""
        self._path: Final = open_file(folder)
        self._identity: Final = file_identity(self._path)
        self._connection: sqlite3.Connection | None = None

    def connect(self) -> sqlite3.Connection:
        """The one connection; a new one after a failure."""
        if self._connection is None:
            self._connection = connect(self._path)
        return self._connection

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def list_forms(self, *, is_deleted: bool = False) -> tuple[FormEntry, ...]:
        """All forms, or all deleted ones, by unit and then the newest year first."""
        query = (
            "SELECT forms.id, units.name, year, templates.name, edited_at, final_version, journal.text FROM forms"
            " JOIN units ON units.id = unit_id JOIN templates ON templates.id = template_id"
            " LEFT JOIN journal ON journal.form_id = forms.id AND journal.number = 1"
            " WHERE (deleted_at IS NOT NULL) = ? ORDER BY units.name, year DESC, forms.id"
        )
        with self._reading() as connection:
            rows = connection.execute(query, (is_deleted,)).fetchall()
        return tuple(
            FormEntry(form_id, unit, year, template, datetime.fromisoformat(edited_at), final, origin or "")
            for form_id, unit, year, template, edited_at, final, origin in rows
        )

    def load(self, form_id: int) -> Form:
        """The whole form. AppError when there is none, or when what is stored is not what was written."""
        with self._reading() as connection:
            return read_form(connection, form_id)[1]

    def history(self, form_id: int) -> tuple[JournalEntry, ...]:
        """Every committed change of a form, the oldest first. AppError that names the first one that cannot be trusted."""
        with self._reading() as connection:
            rows = verify_journal(connection, form_id)
        return tuple(
            JournalEntry(
                row["number"],
                datetime.fromisoformat(row["at"]),
                Change(row["text"], read_patches(row["patches"]), row["merge_key"]),
            )
            for row in rows
        )

    def list_final(self) -> dict[int, int]:
        """The version that locks each form that is final, by the form's id."""
        with self._reading() as connection:
            return dict(connection.execute("SELECT id, final_version FROM forms WHERE final_version IS NOT NULL"))

    def versions(self, form_id: int) -> tuple[Version, ...]:
        """All versions of a form, the first one first."""
        with self._reading() as connection:
            rows = _fetch(connection, "versions", "form_id = ? ORDER BY number", form_id)
        return tuple(
            Version(row["number"], datetime.fromisoformat(row["at"]), row["by"], row["digest"], row["reason"] or "")
            for row in rows
        )

    def load_version(self, form_id: int, number: int) -> Form:
        """The whole form as that version has it. AppError when there is none, or when it is not what was written."""
        with self._reading() as connection:
            template = _read_template(connection, read_record(connection, form_id))
            rows = _fetch(connection, "versions", "form_id = ? ORDER BY number", form_id)
        content = next((row["content"] for row in rows if row["number"] == number), None)
        if content is None:
            raise AppError(sentences.VERSION_MISSING.format(number=number))
        return interchange.read_form(content, template)

    @contextmanager
    def guard(self) -> Iterator[sqlite3.Connection]:
        """Around every use of the connection: failures become an AppError, and the next use begins with a new connection."""
        try:
            try:
                self._check_place()
                yield self.connect()
                self._check_place()
            except Damage as damage:
                raise AppError(_describe(self.connect(), damage)) from damage
        except sqlite3.Error as error:
            self.close()
            raise AppError(explain(error)) from error
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self.guard() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    def _check_place(self) -> None:
        if file_identity(self._path) != self._identity:
            raise AppError(sentences.MOVED)


def read_form(connection: sqlite3.Connection, form_id: int) -> tuple[Values, Form]:
    """A form's own row and its value. AppError when there is none; Damage when anything of it is not what was written."""
    record = read_record(connection, form_id)
    unit = _fetch_owned(connection, "units", record, "unit_id")
    tables = {table: _read_rows(connection, record, table) for table in TABLES}
    if sum(map(len, tables.values())) != record["row_count"]:
        raise Damage("forms", record)
    form = Form(
        _read_template(connection, record),
        cover=Cover(unit=unit["name"], year=record["year"]),
        staffing=Staffing(*(record[f"staffing_{name}"] for name in field_names(Staffing))),
        stated=Stated(*(record[f"stated_{name}"] for name in field_names(Stated))),
        **tables,  # type: ignore[arg-type]  # each table's rows are of its own type, see ROW_TYPES
    )
    return record, form


def verify_journal(connection: sqlite3.Connection, form_id: int) -> list[Values]:
    """The rows of a form's journal, the oldest first. Damage at the first that was changed, put in, or is missing."""
    record = read_record(connection, form_id)
    rows = _select(connection, "journal", "form_id = ? ORDER BY number", form_id)
    chain = CHAIN_START
    for number, row in enumerate(rows, 1):
        if (row["number"], row["chain"]) != (number, chain):
            raise Damage("journal", row | {"number": number})
        verify("journal", row)
        chain = row[COLUMN]
    if (record["rev"], record["chain"]) != (len(rows), chain):
        first = min(record["rev"], len(rows)) + (record["rev"] != len(rows))
        raise Damage("journal", {"form_id": form_id, "number": first})
    return rows


def read_record(connection: sqlite3.Connection, form_id: int) -> Values:
    """A form's own row. AppError when there is none; Damage when it is not what was written."""
    rows = _fetch(connection, "forms", "id = ?", form_id)
    if not rows:
        raise AppError(sentences.FORM_MISSING)
    return rows[0]


def _fetch_owned(connection: sqlite3.Connection, table: str, form: Values, column: str) -> Values:
    """The one row that a form's own row refers to. Damage of the form when it is not there."""
    rows = _fetch(connection, table, "id = ?", form[column])
    if len(rows) != 1:
        raise Damage("forms", form)
    return rows[0]


def _read_template(connection: sqlite3.Connection, form: Values) -> Template:
    template = _fetch_owned(connection, "templates", form, "template_id")
    return read_template(template["source"], template["code"])


def _read_rows(connection: sqlite3.Connection, form: Values, table: TableName) -> tuple[Row, ...]:
    stored, kind = STORED_IN[table], ROW_TYPES[table]
    condition = "form_id = ?"
    if stored == "text_items":
        condition += f" AND section = '{table}'"
    records = _fetch(connection, stored, f"{condition} ORDER BY position", form["id"])
    if [record["position"] for record in records] != list(range(len(records))):
        raise Damage("forms", form)
    names = field_names(kind)
    return tuple(kind(record["key"], *(_cell(name, record[name]) for name in names)) for record in records)


def _cell(name: str, value: Any) -> Any:  # noqa: ANN401 - the hash has shown that it is what was written
    return bool(value) if name == "applies" else value


def _fetch(connection: sqlite3.Connection, table: str, condition: str, value: int) -> list[Values]:
    """The rows that meet a condition, every one checked. Damage at the first that is not what was written."""
    rows = _select(connection, table, condition, value)
    for row in rows:
        verify(table, row)
    return rows


def _select(connection: sqlite3.Connection, table: str, condition: str, value: int) -> list[Values]:
    # Only our own names are put together here, what comes from outside is bound.
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE {condition}', (value,))  # noqa: S608
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _describe(connection: sqlite3.Connection, damage: Damage) -> str:
    values = damage.values
    match damage.table:
        case "units":
            what = sentences.DAMAGED_UNIT.format(name=values["name"])
        case "templates":
            what = sentences.DAMAGED_TEMPLATE.format(code=values["code"])
        case "forms":
            what = sentences.DAMAGED_FORM.format(**_owner(connection, values["id"]))
        case "journal":
            return sentences.DAMAGED_JOURNAL.format(**_owner(connection, values["form_id"]), number=values["number"])
        case "versions":
            what = sentences.DAMAGED_VERSION.format(**_owner(connection, values["form_id"]), number=values["number"])
        case table:
            section = str(values.get("section", table))  # it may be what is damaged
            title = sentences.TABLE_NAMES.get(section, section)
            owner = _owner(connection, values["form_id"])
            what = sentences.DAMAGED_ROW.format(**owner, table=title, number=_number(values["position"]))
    return sentences.DAMAGED.format(what=what)


def _number(position: object) -> object:
    return position + 1 if isinstance(position, int) else position  # it may be what is damaged


def _owner(connection: sqlite3.Connection, form_id: object) -> dict[str, str]:
    query = "SELECT units.name, year FROM forms JOIN units ON units.id = unit_id WHERE forms.id = ?"
    unit, year = connection.execute(query, (form_id,)).fetchone() or ("", "")
    return {"unit": unit, "year": year}
