"""定稿: a version holds the whole form, locks it, stays when the form is changed again, and shows its own damage."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings

from app.form.change import Change, SetValue, apply_change
from app.form.failure import AppError
from app.form.form import Form
from app.form.rows import Place
from app.models.folder import FILE_NAME
from app.models.state import Version
from app.models.writer import Writer
from app.review.digest import digest
from app.review.edition import Final as FinalEdition
from tests.models.desk import open_desk
from tests.models.strategies import OTHER
from tests.strategies import forms
from tests.tables import real_form

AT: Final = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
YEAR: Final = Place("cover", "", "year")
EDIT: Final = Change("改年度", (SetValue(YEAR, "2024", "2023"),))


def finalised(folder: Path, form: Form | None = None) -> int:
    """A stored form with one version."""
    with open_desk(folder) as desk:
        entry = desk.store.create(form or real_form(), "新建", AT)
        desk.store.finalise(entry.id, "王会计", AT)
        return entry.id


def test_a_version_says_who_when_and_what(tmp_path: Path) -> None:
    form_id = finalised(tmp_path)
    code = digest(real_form())
    with open_desk(tmp_path) as desk:
        assert desk.reader.versions(form_id) == (Version(1, AT, "王会计", code),)
        assert desk.reader.load_version(form_id, 1) == real_form()
        assert [entry.final for entry in desk.list_forms()] == [1]
        assert desk.history(form_id)[-1].change == Change("定稿（第 1 版）", ())


@settings(max_examples=20, deadline=None)
@given(forms())
def test_any_form_comes_back_whole_from_its_version(form: Form) -> None:
    with TemporaryDirectory() as folder:
        form_id = finalised(Path(folder), form)
        with open_desk(Path(folder)) as desk:
            assert desk.reader.load_version(form_id, 1) == form == desk.load(form_id)


def test_a_version_keeps_the_forms_own_template(tmp_path: Path) -> None:
    form = replace(real_form(), template=OTHER)
    form_id = finalised(tmp_path, form)
    with open_desk(tmp_path) as desk:
        assert desk.reader.load_version(form_id, 1).template == OTHER


def test_a_final_form_takes_no_change(tmp_path: Path) -> None:
    form_id = finalised(tmp_path)
    with open_desk(tmp_path) as desk:
        with pytest.raises(AppError, match="已经定稿（第 1 版）"):
            desk.store.apply(form_id, EDIT, AT)
        with pytest.raises(AppError, match="已经定稿"):
            desk.store.finalise(form_id, "李会计", AT)
        assert desk.load(form_id) == real_form()
        assert len(desk.reader.versions(form_id)) == 1


def test_reopening_keeps_the_version_and_its_reason(tmp_path: Path) -> None:
    form_id = finalised(tmp_path)
    with open_desk(tmp_path) as desk:
        desk.store.reopen(form_id, "财政要求修改", AT)
        desk.store.apply(form_id, EDIT, AT)
        final = desk.store.finalise(form_id, "李会计", AT)
        changed = apply_change(real_form(), EDIT)
        assert final == FinalEdition(2, "李会计", "2025-03-01T08:30:00.000000+00:00", digest(changed))
        assert [(each.number, each.reason) for each in desk.reader.versions(form_id)] == [(1, "财政要求修改"), (2, "")]
        assert desk.reader.load_version(form_id, 1) == real_form()
        assert desk.reader.load_version(form_id, 2) == changed == desk.load(form_id)


def test_what_is_not_there_is_refused_politely(tmp_path: Path) -> None:
    form_id = finalised(tmp_path)
    with open_desk(tmp_path) as desk:
        with pytest.raises(AppError, match="没有第 2 版"):
            desk.reader.load_version(form_id, 2)
        with pytest.raises(AppError, match="这张表不存在"):
            desk.reader.load_version(99, 1)
        desk.store.reopen(form_id, "重填", AT)
        with pytest.raises(AppError, match="没有定稿"):
            desk.store.reopen(form_id, "重填", AT)
        assert desk.reader.versions(99) == ()


@pytest.mark.parametrize("change", ["content = replace(content, '2024', '2025')", "digest = 'ff'", "reason = '无'"])
def test_a_damaged_version_is_not_shown(tmp_path: Path, change: str) -> None:
    form_id = finalised(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute(f"UPDATE versions SET {change}")  # noqa: S608 - our own
    with open_desk(tmp_path) as desk:
        with pytest.raises(AppError, match="第 1 个定稿版本已经损坏"):
            desk.reader.load_version(form_id, 1)
        assert desk.load(form_id) == real_form()


def test_the_writer_refuses_what_a_final_form_cannot_take(tmp_path: Path) -> None:
    form_id = finalised(tmp_path)
    writer = Writer(tmp_path, None, lambda: AT)
    try:
        with pytest.raises(AppError, match="请先取消定稿"):
            writer.submit(form_id, EDIT)
        writer.reopen(form_id, "财政\x00要求")
        writer.submit(form_id, EDIT)
        assert writer.finalise(form_id, " 李会计\n").number == 2
        with pytest.raises(AppError, match="第 2 版"):
            writer.submit(form_id, EDIT)
        assert writer.load_version(form_id, 2) == apply_change(real_form(), EDIT)
        assert writer.versions(form_id)[0].reason == "财政要求"
    finally:
        assert writer.close(20)
