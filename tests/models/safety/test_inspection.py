"""An inspection finds what is not as it was written, and says whose it is."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.form.change import Change, SetValue
from app.models.connection import open_raw
from app.models.encoding import hash_row
from app.models.files.soundness import run
from app.models.opening import VERSION
from app.models.safety.inspection import inspect_file, inspection_steps, summarise
from app.models.writer import Writer
from tests.models.safety.office import FILES, SCORE, fill, live, scramble, set_score, writing

GUARDS = ("journal_update", "journal_delete")


def spoil(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(live(folder))) as connection, connection:
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            assert connection.execute(statement).rowcount == 1, statement


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE indicators SET score = '9' WHERE key = 'indicator-09' AND form_id = 2", "“乙局”2024 年的表有 1 处"),
        ("UPDATE forms SET year = '2023' WHERE id = 1", "“甲局”2023 年的表有 1 处"),
        ("UPDATE units SET name = '丙局' WHERE id = 1", "单位或表样的记录有 1 处"),
        ("UPDATE templates SET source = replace(source, '90', '80')", "单位或表样的记录有 1 处"),
        ("UPDATE journal SET text = '别的' WHERE form_id = 2", "“乙局”2024 年的表有 1 处"),
        ("DELETE FROM indicators WHERE key = 'indicator-09' AND form_id = 2", "“乙局”2024 年的表缺少或多出了行"),
        ("DELETE FROM journal WHERE form_id = 2", "“乙局”2024 年的表缺少或多出了修改记录"),
        ("UPDATE groups SET form_id = 99 WHERE form_id = 1 AND key = 'level1-1'", "有 1 条记录失去了所属的表"),
        ("UPDATE groups SET form_id = 99 WHERE form_id = 1 AND key = 'level1-1'", "有 1 处.*找不到所属的表"),
    ],
)
def test_what_is_changed_or_missing_is_named(tmp_path: Path, statement: str, found: str) -> None:
    fill(tmp_path, "甲局", "乙局")
    assert inspect_file(live(tmp_path)) == ()
    spoil(tmp_path, statement)
    damages = inspect_file(live(tmp_path))
    assert re.search(found, "\n".join(damages))
    with closing(open_raw(live(tmp_path), "ro")) as connection:
        assert inspect_file(connection) == damages


def test_a_journal_whose_rows_all_have_their_hashes_is_checked_as_a_chain(tmp_path: Path) -> None:
    fill(tmp_path, "甲局", "乙局")
    for score in ("1", "2", "3"):
        set_score(tmp_path, score)
    assert inspect_file(live(tmp_path)) == ()
    # Row 3 under a hash that is right, as somebody who knows how it is made would leave it.
    with closing(sqlite3.connect(live(tmp_path))) as connection, connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM journal WHERE form_id = 1 AND number = 3").fetchone())
        text = "什么也没有改"
        connection.execute("DROP TRIGGER journal_update")
        connection.execute(
            "UPDATE journal SET text = ?, row_hash = ? WHERE form_id = 1 AND number = 3",
            (text, hash_row("journal", row | {"text": text})),
        )
    assert inspect_file(live(tmp_path)) == ("“甲局”2024 年的修改记录被改动或缺失",)


def test_structural_damage_is_said_so(tmp_path: Path) -> None:
    fill(tmp_path)
    scramble(live(tmp_path))
    assert inspect_file(live(tmp_path)) == ("完整性检查没有通过",)


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_files_of_every_version_are_inspected(version: int) -> None:
    assert inspect_file(FILES / f"v{version}.db") == ()


def test_a_locked_file_is_not_called_damaged(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(live(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError):
            run(inspection_steps(live(tmp_path)))
        (found,) = inspect_file(live(tmp_path))
    assert "另一个程序" in found


def test_edits_between_two_steps_are_no_damage(tmp_path: Path) -> None:
    fill(tmp_path)
    with writing(tmp_path) as writer:
        steps, found, number = inspection_steps(live(tmp_path)), None, 0
        while found is None:
            try:
                next(steps)
            except StopIteration as end:
                found = end.value
            set_score_by(writer, number)
            number += 1
    assert found == ()
    assert number > 10


def set_score_by(writer: Writer, number: int) -> None:
    old = "" if number == 0 else str(number - 1)
    writer.submit(1, Change("修改得分", (SetValue(SCORE, old, str(number)),)))
    assert writer.flush(20)


def test_many_findings_are_one_sentence() -> None:
    assert summarise(()) == ""
    assert "有损坏：甲。请" in summarise(("甲",))
    assert "有损坏：甲，另有 2 处。请" in summarise(("甲", "乙", "丙"))
