"""What is stored is what was typed: whole forms, after any changes, for several units and years side by side."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from app.form.change import Change, InsertRow, MoveRow, RemoveRow, SetValue, apply_change, invert
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.reading.loader import blank_form, load_template
from app.form.resources import resource
from app.form.rows import Indicator, Place, TextItem
from app.models.encoding import hash_row
from app.models.folder import FILE_NAME
from tests.models.desk import Desk, open_desk
from tests.models.strategies import changes, forms

AT = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
UNIT = Place("cover", "", "unit")
SCORE = Place("indicators", "indicator-09", "score")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A store for examples that don't mind each other's forms."""
    with open_desk(tmp_path_factory.mktemp("shared")) as desk:
        yield desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk


@pytest.fixture(scope="module")
def sample() -> Form:
    return load_form(resource("samples", "rugao-2024.json"))


def blank(unit: str, year: str) -> Form:
    return blank_form(load_template("rugao-2024"), unit, year)


def set_score(new: str, old: str = "") -> Change:
    return Change("修改得分", (SetValue(SCORE, old, new),))


def alter(folder: Path, statement: str, *values: str) -> None:
    """Change the file behind the program's back."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        assert connection.execute(statement, values).rowcount == 1


@given(forms())
def test_a_form_is_loaded_as_it_was_created(shared: Desk, form: Form) -> None:
    entry = shared.store.create(form, "新建", AT)
    shared.store._written.clear()
    assert shared.load(entry.id) == form
    assert (entry.unit, entry.year, entry.edited_at) == (form.cover.unit, form.cover.year, AT)


@settings(max_examples=40)
@given(st.data())
def test_after_any_changes_the_stored_form_is_the_changed_one(shared: Desk, data: st.DataObject) -> None:
    start = form = data.draw(forms())
    form_id = shared.store.create(form, "新建", AT).id
    done = []
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(changes(form))
        shared.store.apply(form_id, change, AT)
        form = apply_change(form, change)
        done.append(change)
        if data.draw(st.booleans()):
            shared.store._written.clear()
    shared.store._written.clear()
    assert shared.load(form_id) == form
    assert [entry.change for entry in shared.history(form_id)] == [Change("新建", ()), *done]

    for change in reversed(done):
        shared.store.apply(form_id, invert(change), AT)
    shared.store._written.clear()
    assert shared.load(form_id) == start


def test_the_real_form_survives_reopening(tmp_path: Path, sample: Form) -> None:
    with open_desk(tmp_path) as desk:
        form_id = desk.store.create(sample, "新建", AT).id
    with open_desk(tmp_path) as desk:
        assert desk.load(form_id) == sample


def test_units_and_years_stand_side_by_side(desk: Desk) -> None:
    made = [("乙局", "2023"), ("甲局", "2024"), ("乙局", "2024"), ("甲局", "2025")]
    ids = {each: desk.store.create(blank(*each), "新建", AT).id for each in made}
    desk.store.apply(ids["乙局", "2023"], set_score("1.5"), AT)

    listed = [(entry.unit, entry.year) for entry in desk.list_forms()]
    assert listed == [("乙局", "2024"), ("乙局", "2023"), ("甲局", "2025"), ("甲局", "2024")]
    assert {each: desk.load(form_id) for each, form_id in ids.items()} == {
        each: blank(*each) if each != made[0] else apply_change(blank(*each), set_score("1.5")) for each in made
    }


def test_the_list_names_template_and_last_edit(desk: Desk) -> None:
    form_id = desk.store.create(blank("甲局", "2024"), "新建", AT).id
    later = datetime(2025, 3, 2, tzinfo=UTC)
    desk.store.apply(form_id, set_score("1"), later)
    (entry,) = desk.list_forms()
    assert entry.template_name == load_template("rugao-2024").name
    assert entry.edited_at == later


def test_typing_the_unit_moves_the_form_there(desk: Desk, tmp_path: Path) -> None:
    desk.store.create(blank("甲局", "2024"), "新建", AT)
    form_id = desk.store.create(blank("甲", "2023"), "新建", AT).id
    desk.store.apply(form_id, Change("修改单位名称", (SetValue(UNIT, "甲", "甲局"),)), AT)
    assert [(entry.unit, entry.year) for entry in desk.list_forms()] == [("甲局", "2024"), ("甲局", "2023")]
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("SELECT name FROM units").fetchall() == [("甲局",)]


def test_a_unit_stays_as_long_as_a_deleted_form_belongs_to_it(desk: Desk) -> None:
    deleted = desk.store.create(blank("甲局", "2023"), "新建", AT).id
    moved = desk.store.create(blank("甲局", "2024"), "新建", AT).id
    desk.store.mark_deleted(deleted, AT)
    desk.store.apply(moved, Change("修改单位名称", (SetValue(UNIT, "甲局", "乙局"),)), AT)
    desk.store.mark_deleted(deleted, None)
    assert desk.load(deleted) == blank("甲局", "2023")


def test_a_deleted_form_leaves_the_list_and_comes_back_whole(desk: Desk, sample: Form) -> None:
    entry = desk.store.create(sample, "新建", AT)
    desk.store.mark_deleted(entry.id, AT)
    assert desk.list_forms() == ()
    assert desk.list_forms(is_deleted=True) == (entry,)
    desk.store.mark_deleted(entry.id, None)
    assert desk.list_forms() == (entry,)
    assert desk.load(entry.id) == sample


def test_the_journal_holds_old_and_new_and_when(desk: Desk) -> None:
    form_id = desk.store.create(blank("甲局", "2024"), "新建", AT).id
    change = replace(set_score("1.5"), merge_key="得分")
    later = datetime(2025, 3, 2, 0, 0, 0, 5, tzinfo=UTC)
    desk.store.apply(form_id, change, later)
    first, second = desk.history(form_id)
    assert (first.number, first.at, first.change) == (1, AT, Change("新建", ()))
    assert (second.number, second.at, second.change) == (2, later, change)


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (set_score("1"), ["forms", "indicators", "journal"]),
        (Change("改", (SetValue(UNIT, "甲局", "甲局"),)), ["forms", "journal"]),
        (Change("加", (InsertRow("duties", 1, TextItem("new")),)), ["forms", "journal", "text_items", "text_items"]),
        (Change("删", (RemoveRow("duties", 1, TextItem("b")),)), ["forms", "journal", "text_items"]),
        (Change("移", (MoveRow("duties", "b", 1, 0),)), ["forms", "journal", "text_items", "text_items"]),
    ],
)
def test_only_touched_rows_are_written(desk: Desk, change: Change, written: list[str]) -> None:
    form = replace(blank("甲局", "2024"), duties=(TextItem("a"), TextItem("b")))
    form_id = desk.store.create(form, "新建", AT).id
    seen: list[str] = []

    def watch(*args: object) -> None:
        statement, parameters, is_many = str(args[2]), args[3], args[5]
        words = statement.replace('"', "").split()
        if words[0] in {"INSERT", "UPDATE", "DELETE"}:
            table = words[1] if words[0] == "UPDATE" else words[2]
            seen.extend([table] * (len(parameters) if is_many and isinstance(parameters, list) else 1))

    event.listen(Engine, "before_cursor_execute", watch)
    try:
        desk.store.apply(form_id, change, AT)
    finally:
        event.remove(Engine, "before_cursor_execute", watch)
    assert sorted(seen) == written


def test_a_change_that_was_stored_although_its_commit_failed_is_not_stored_twice(desk: Desk) -> None:
    form_id = desk.store.create(blank("甲局", "2024"), "新建", AT).id
    change = Change("加", (InsertRow("duties", 0, TextItem("new", "一")),))
    desk.store.apply(form_id, change, AT)
    desk.store.apply(form_id, change, AT, is_retry=True)
    assert desk.load(form_id) == apply_change(blank("甲局", "2024"), change)
    assert len(desk.history(form_id)) == 2


def test_a_change_made_elsewhere_is_kept_and_one_that_contradicts_it_is_refused(tmp_path: Path) -> None:
    with open_desk(tmp_path) as here, open_desk(tmp_path) as there:
        form = blank("甲局", "2024")
        form_id = here.store.create(form, "新建", AT).id
        there.store.apply(form_id, set_score("1"), AT)
        here.store.apply(form_id, Change("改", (SetValue(UNIT, "甲局", "乙局"),)), AT)
        assert here.load(form_id).cover.unit == "乙局"
        assert next(row.score for row in here.load(form_id).indicators if row.key == SCORE.key) == "1"
        with pytest.raises(AppError, match="已在别处被修改"):
            there.store.apply(form_id, set_score("2"), AT)


def test_a_form_that_is_not_there_is_said_so(desk: Desk) -> None:
    with pytest.raises(AppError, match="不存在"):
        desk.load(7)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE indicators SET score = '9' WHERE key = 'indicator-09'",
            "“如皋市社会保险基金管理中心”2024 年“指标评分”的第 9 行",
        ),
        ("UPDATE text_items SET text = CAST(x'ff41' AS TEXT) WHERE key = 'duty-03'", "“主要职能”的第 3 行"),
        ("UPDATE budget_lines SET annual = x'00' WHERE key = 'basic'", "“预算支出”的第 2 行"),
        ("UPDATE forms SET staffing_actual = '22'", "基本信息"),
        ("DELETE FROM text_items WHERE key = 'duty-22'", "行数"),
        ("DELETE FROM text_items WHERE key = 'duty-03'", "行数"),
        ("UPDATE units SET name = '如皋市'", "单位“如皋市”"),
        ("UPDATE templates SET source = replace(source, '90', '80')", "表样 rugao-2024"),
    ],
)
def test_what_is_damaged_is_named_and_not_shown(tmp_path: Path, sample: Form, statement: str, named: str) -> None:
    with open_desk(tmp_path) as desk:
        form_id = desk.store.create(sample, "新建", AT).id
        other = desk.store.create(replace(sample, cover=replace(sample.cover, unit="乙局")), "新建", AT).id
        desk.store.mark_deleted(other, AT)
    condition = " AND form_id = 1" if "WHERE" in statement else " WHERE id = 1"
    alter(tmp_path, statement + condition)
    with open_desk(tmp_path) as desk, pytest.raises(AppError, match=named):
        desk.load(form_id)


def test_damage_is_not_written_over(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        form_id = desk.store.create(blank("甲局", "2024"), "新建", AT).id
        alter(tmp_path, "UPDATE indicators SET weight = '7' WHERE key = 'indicator-09'")
        with pytest.raises(AppError, match="第 9 行已经损坏"):
            desk.store.apply(form_id, set_score("1"), AT)


def test_an_intact_row_that_is_not_the_one_last_written_is_not_written_over(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        form = replace(blank("甲局", "2024"), duties=(TextItem("a", "旧"),))
        form_id = desk.store.create(form, "新建", AT).id
        row = {"form_id": form_id, "section": "duties", "key": "a", "position": 0, "text": "更旧"}
        alter(tmp_path, "UPDATE text_items SET text = ?, row_hash = ?", "更旧", hash_row("text_items", row))
        with pytest.raises(AppError, match="已在别处被修改"):
            desk.store.apply(form_id, Change("改", (SetValue(Place("duties", "a", "text"), "旧", "新"),)), AT)
        assert desk.load(form_id).duties == (TextItem("a", "更旧"),)


def test_a_row_of_another_form_cannot_take_a_row_s_place(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        form_id = desk.store.create(replace(blank("甲局", "2024"), indicators=(Indicator("a"),)), "新建", AT).id
        desk.store.create(replace(blank("甲局", "2023"), indicators=(Indicator("b"),)), "新建", AT)
        alter(tmp_path, "DELETE FROM indicators WHERE key = 'a'")
        alter(tmp_path, "UPDATE indicators SET form_id = 1 WHERE key = 'b'")
        desk.store._written.clear()
        with pytest.raises(AppError, match="第 1 行已经损坏"):
            desk.load(form_id)
