"""Whatever stands where the data file should be: it is kept aside, and a sound file takes its place."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.form.failure import AppError
from app.models.files.backups import make_backup
from app.models.opening import Kind, Unopenable, open_file
from app.models.safety.backups import Reason
from app.models.safety.inspection import inspect_file
from app.models.safety.recovery import newest_good, put_aside, recover, salvage
from tests.models.desk import open_desk
from tests.models.safety.office import AT, alter, blank, dump, fill, live, score_of, scramble, set_score


def nothing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("单位,年度", encoding="utf-8")


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


KINDS = [(nothing, Kind.MISSING), (empty, Kind.EMPTY), (text, Kind.TEXT), (half, Kind.TRUNCATED), (zeros, Kind.DAMAGED)]


@pytest.mark.parametrize(("spoil", "kind"), KINDS)
def test_the_newest_good_backup_takes_the_place_and_nothing_is_thrown_away(
    tmp_path: Path, spoil: Callable[[Path], None], kind: Kind
) -> None:
    path = live(tmp_path)
    fill(tmp_path)
    make_backup(tmp_path, Reason.START, AT)
    set_score(tmp_path, "1.5")
    good = make_backup(tmp_path, Reason.INTERVAL, AT)
    alter(make_backup(tmp_path, Reason.MANUAL, AT).path, "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    expected = dump(path)
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(Unopenable) as caught:
        open_file(tmp_path)
    assert caught.value.kind is kind
    assert caught.value.can_recover
    assert newest_good(tmp_path) == good
    aside = recover(tmp_path, good, at=AT)
    assert dump(path) == expected
    assert (aside.read_bytes() if aside else None) == before
    assert aside is None or aside.parent == tmp_path / "damaged"
    assert score_of(tmp_path) == "1.5"
    assert path.stat().st_mode & 0o777 == 0o600
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".work")]


def test_beginning_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    empty(live(tmp_path))
    assert newest_good(tmp_path) is None
    assert recover(tmp_path, None, at=AT) is not None
    with open_desk(tmp_path) as desk:
        assert desk.list_forms() == ()


def test_a_damaged_backup_is_not_taken(tmp_path: Path) -> None:
    fill(tmp_path)
    backup = make_backup(tmp_path, Reason.START, AT)
    alter(backup.path, "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'")
    empty(live(tmp_path))
    with pytest.raises(AppError, match="已经损坏"):
        recover(tmp_path, backup, at=AT)
    assert live(tmp_path).read_bytes() == b""
    assert newest_good(tmp_path) is None


def test_files_put_aside_at_the_same_moment_stand_side_by_side(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        live(tmp_path).write_bytes(content)
        live(tmp_path).with_name("jixiao.db-journal").write_bytes(content * 2)
        put_aside(live(tmp_path), AT)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "damaged").iterdir()}
    assert kept == {
        "20261122-103000-1-jixiao.db": b"1",
        "20261122-103000-1-jixiao.db-journal": b"11",
        "20261122-103000-2-jixiao.db": b"2",
        "20261122-103000-2-jixiao.db-journal": b"22",
    }
    assert not live(tmp_path).exists()


# --- what is readable --------------------------------------------------------------------------------------------------


def test_forms_whose_rows_are_all_as_written_are_salvaged(tmp_path: Path) -> None:
    fill(tmp_path, "甲局", "乙局", "丙局")
    alter(live(tmp_path), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09' AND form_id = 2")
    before = live(tmp_path).read_bytes()
    found = salvage(live(tmp_path))
    assert [(each.entry.unit, each.entry.year, each.form) for each in found.forms] == [
        (unit, "2024", blank(unit)) for unit in ("丙局", "甲局")
    ]
    assert found.lost == 1
    assert live(tmp_path).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_size] == [live(tmp_path).name]


def test_some_forms_of_a_truncated_file_are_salvaged(tmp_path: Path) -> None:
    fill(tmp_path, *(f"第{number:02}局" for number in range(40)))
    path = live(tmp_path)
    os.truncate(path, path.stat().st_size * 3 // 4 // 4096 * 4096)
    found = salvage(path)
    assert found.forms
    assert all(each.form == blank(each.form.cover.unit) for each in found.forms)
    assert len(found.forms) < 40


@pytest.mark.parametrize("spoil", [nothing, empty, text, zeros, scramble])
def test_where_nothing_can_be_read_nothing_is_promised(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    fill(tmp_path)
    spoil(live(tmp_path))
    assert salvage(live(tmp_path)).forms == ()


def test_a_foreign_file_gives_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(live(tmp_path))) as connection, connection:
        connection.execute(
            "CREATE VIEW forms AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id FROM n) SELECT id FROM n"
        )
    assert salvage(live(tmp_path)).forms == ()


def test_salvaged_forms_are_taken_over(tmp_path: Path) -> None:
    fill(tmp_path, "甲局", "乙局", "丙局")
    backup = make_backup(tmp_path, Reason.START, AT)
    set_score(tmp_path, "1.5", 1)
    alter(live(tmp_path), "UPDATE indicators SET score = '9' WHERE key = 'indicator-09' AND form_id = 2")
    scores = [("丙局", ""), ("乙局", ""), ("甲局", ""), ("甲局", "1.5")]
    recover(tmp_path, backup, salvage(live(tmp_path)).forms, at=AT)
    with open_desk(tmp_path) as desk:
        assert sorted((entry.unit, score_of(tmp_path, entry.id)) for entry in desk.list_forms()) == scores
    recover(tmp_path, None, salvage(live(tmp_path)).forms, at=AT)
    with open_desk(tmp_path) as desk:
        assert sorted((entry.unit, score_of(tmp_path, entry.id)) for entry in desk.list_forms()) == scores
        assert desk.history(1)[0].change.text == "从损坏的数据文件中救出"
    assert inspect_file(live(tmp_path)) == ()
    assert len(list((tmp_path / "damaged").glob("*.db"))) == 2
