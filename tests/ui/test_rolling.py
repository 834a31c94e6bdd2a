"""提取上年 in the window: a new form opens, with what was chosen."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog

from app.form.rows import Place
from app.ui.actions.rolling import Rolling
from app.ui.dialogs.rollover_dialog import RolloverDialog
from tests.ui.user import User, push_in, texts_of


@pytest.fixture
def rolling(user: User) -> Rolling:
    found = user.window.findChildren(Rolling)
    program = user.program
    return found[0] if found else Rolling(user.window, program.writer, program.shelf.create)


def test_a_new_year_is_begun_from_the_open_form(user: User, rolling: Rolling) -> None:
    last = user.form

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, RolloverDialog)
        assert dialog.year.text() == "2025"
        assert "如皋市社会保险基金管理中心 2024 年" in texts_of(dialog)
        combo = dialog.takings["problems"]
        combo.setCurrentIndex(combo.findText("带入并标注“上年内容待更新”"))
        push_in(dialog, "确定")

    user.answer(choose)
    rolling.roll()
    assert user.form.cover.year == "2025"
    assert user.stored() == user.form
    assert [row.text for row in user.form.duties] == [row.text for row in last.duties]
    assert user.form.problems[0].text.startswith("【上年内容待更新】")
    assert user.form.achievements == ()
    assert user.message == "已从 2024 年的表提取，新表为 2025 年"
    user.open_tab("指标评分")
    faces = user.table(Place("indicators")).faces_model.faces
    at = faces.keys.index("indicator-09")
    assert (faces.headings[-1], faces.rows[at][-1].display, faces.rows[at][-1].subtext) == (
        "上年完成值",
        "100%",
        "得 2 分",
    )
    assert {entry.year for entry in user.program.writer.list_forms()} == {"2024", "2025"}


@pytest.mark.parametrize("year", ["", "2替24", "二〇二四"])
def test_what_has_no_year_is_compared_with_nothing(user: User, year: str) -> None:
    """Nor with another form, or itself, that has none either."""
    forms = [replace(user.form, cover=replace(user.form.cover, year=each)) for each in ("", year)]
    entries = [user.program.writer.create(form, "新建") for form in forms]
    user.program.shelf.open_form(entries[-1].id)
    assert user.form.cover.year == year
    assert user.session.outcome.last is None


def test_a_year_that_is_there_already_is_said(user: User, rolling: Rolling) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, RolloverDialog)
        dialog.year.setText("2024")
        seen.append(texts_of(dialog))
        dialog.year.clear()
        seen.append(texts_of(dialog))

    user.answer(look)
    rolling.roll()
    assert "这个单位已经有 2024 年的表；继续会再建一份" in seen[0]
    assert "请填写新表年度" in seen[1]


def test_without_an_open_form_it_asks_for_one(user: User, rolling: Rolling) -> None:
    user.window.close_form()
    seen: list[str] = []

    def choose(dialog: QDialog) -> None:
        seen.extend(texts_of(dialog).splitlines())
        user.answer(look)
        push_in(dialog, "确定")

    def look(dialog: QDialog) -> None:
        seen.extend(texts_of(dialog).splitlines())

    user.answer(choose)
    rolling.roll()
    assert seen[0] == "提取上年"
    assert "从哪一份表提取：" in seen
    assert any("如皋市社会保险基金管理中心 2024 年" in each for each in seen)
    assert user.window.session is None


def test_without_any_form_it_says_what_to_do(user: User, rolling: Rolling) -> None:
    user.program.writer.delete(user.session.workspace.form_id)
    user.window.close_form()
    rolling.roll()
    assert user.message == "还没有自评价表可以提取；上一年的表若在文件里，请先导入"
