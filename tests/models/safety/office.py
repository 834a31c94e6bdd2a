"""Data folders for the tests of safety: filled, changed, and damaged behind the program's back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.form.change import Change, SetValue
from app.form.form import Form, value_at
from app.form.reading.loader import blank_form, load_template
from app.form.rows import Place
from app.models.folder import FILE_NAME
from app.models.writer import Writer
from tests.models.desk import open_desk

AT: Final = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
SCORE: Final = Place("indicators", "indicator-09", "score")
FILES: Final = Path(__file__).parents[1] / "files"


def blank(unit: str = "甲局", year: str = "2024") -> Form:
    return blank_form(load_template("rugao-2024"), unit, year)


def fill(folder: Path, *units: str) -> None:
    """A data folder with a form of each unit."""
    with open_desk(folder) as desk:
        for unit in units or ("甲局",):
            desk.store.create(blank(unit), "新建", AT)


def set_score(folder: Path, new: str, form_id: int = 1) -> None:
    """One edit, stored."""
    with open_desk(folder) as desk:
        old = str(value_at(desk.load(form_id), SCORE))
        desk.store.apply(form_id, Change("修改得分", (SetValue(SCORE, old, new),)), AT)


def score_of(folder: Path, form_id: int = 1) -> str:
    with open_desk(folder) as desk:
        return str(value_at(desk.load(form_id), SCORE))


def alter(path: Path, statement: str) -> None:
    """Change one row without its hash."""
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def dump(path: Path) -> list[str]:
    """All that a file holds."""
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())]


def scramble(path: Path) -> None:
    """Damage pages behind the first one, so that SQLite itself notices."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 3 * 4096)


@contextmanager
def writing(folder: Path) -> Iterator[Writer]:
    writer = Writer(folder, None, lambda: AT)
    try:
        yield writer
    finally:
        assert writer.close(20)


def live(folder: Path) -> Path:
    return folder / FILE_NAME
