"""Several forms side by side: new, open, copy, delete, search; and dialogs that speak Chinese."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QToolButton, QTreeWidgetItem

from app.form.form import Form
from app.form.reading.interchange import write_form
from app.form.rows import Place, Stated
from app.models.state import FormEntry
from app.ui.panels.form_dialog import FormDialog
from tests.ui.boxes import answer_box
from tests.ui.user import CTRL, NO_KEYS, PATIENCE, Key, User, captions_of, push_in, texts_of

SCORE = Place("indicators", "indicator-09", "score")
UNIT = "如皋市社会保险基金管理中心"


def listed(user: User) -> list[str]:
    """What the list at the left shows, hidden entries left out."""
    tree = user.window.forms.tree
    lines = []
    for number in range(tree.topLevelItemCount()):
        unit = tree.topLevelItem(number)
        assert unit is not None
        forms = [unit.child(place) for place in range(unit.childCount())]
        lines += [f"{unit.text(0)} {form.text(0)}" for form in forms if not form.isHidden()]
    return lines


def item_of(user: User, line: str) -> QTreeWidgetItem:
    tree = user.window.forms.tree
    units = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return next(
        unit.child(place)
        for unit in units
        if unit is not None
        for place in range(unit.childCount())
        if f"{unit.text(0)} {unit.child(place).text(0)}" == line
    )


def push(user: User, caption: str) -> None:
    (button,) = (each for each in user.window.forms.findChildren(QToolButton) if each.text() == caption)
    user.click(button)


def fill(dialog: QDialog, unit: str, year: str) -> None:
    assert isinstance(dialog, FormDialog)
    dialog.unit.setText(unit)
    dialog.year.setText(year)
    push_in(dialog, "确定")


def test_a_new_form_is_asked_for_and_opened(user: User) -> None:
    seen: list[str] = []

    def ask(dialog: QDialog) -> None:
        seen.extend((texts_of(dialog), *captions_of(dialog)))
        fill(dialog, "某学校", "2025")

    user.answer(ask)
    push(user, "新建")
    assert "新建自评价表" in seen[0]
    assert set(seen[1:]) == {"确定", "取消"}
    assert listed(user) == [f"{UNIT} 2024 年", "某学校 2025 年"]
    assert (user.form.cover.unit, user.form.cover.year) == ("某学校", "2025")
    assert user.window.windowTitle().startswith("某学校 2025 年")
    assert user.window.totals.score.text() == "得分 —"
    assert user.stored() == user.form


def test_a_form_without_unit_or_year_cannot_be_confirmed(user: User) -> None:
    notes: list[str] = []

    def ask(dialog: QDialog) -> None:
        assert isinstance(dialog, FormDialog)
        dialog.unit.setText(" ")
        push_in(dialog, "确定")
        notes.append(texts_of(dialog))
        push_in(dialog, "取消")

    user.answer(ask)
    user.press(Key.Key_N, CTRL)
    assert "请填写单位名称" in notes[0]
    assert listed(user) == [f"{UNIT} 2024 年"]


def test_a_copy_for_the_next_year_states_nothing_and_the_first_stays(user: User, sample: Form) -> None:
    user.answer(lambda dialog: push_in(dialog, "确定"))
    push(user, "复制")
    assert listed(user) == [f"{UNIT} 2025 年", f"{UNIT} 2024 年"]
    assert user.form.cover.year == "2025"
    assert user.form.stated == Stated()
    assert user.form.indicators == sample.indicators
    user.type_into(SCORE, "0")
    tree = user.window.forms.tree
    spot = tree.visualItemRect(item_of(user, f"{UNIT} 2024 年")).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, spot)
    assert user.form == sample
    assert user.shown(SCORE) == "2"
    assert not user.session.undo_stack.canUndo()


def test_deleting_asks_and_keeping_keeps(user: User) -> None:
    said: list[str] = []

    def keep(dialog: QDialog) -> None:
        said.extend((texts_of(dialog), *captions_of(dialog)))
        push_in(dialog, "保留")

    user.answer(keep)
    push(user, "删除")
    assert f"要删除“{UNIT}”2024 年的自评价表吗？" in said[0]
    assert set(said[1:]) == {"删除", "保留"}
    assert listed(user) == [f"{UNIT} 2024 年"]
    user.answer(lambda dialog: push_in(dialog, "删除"))
    push(user, "删除")
    assert listed(user) == []
    assert user.window.session is None
    assert not user.window.tabs.isVisible()
    assert user.window.windowTitle() == "绩效自评"


def test_the_list_is_searched_by_unit_and_year(user: User) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    names = (("甲单位", "2024"), ("甲单位", "2023"), ("乙单位", "2024"))
    entries = [FormEntry(number, unit, year, "表样", at) for number, (unit, year) in enumerate(names)]
    user.window.forms.show_entries(entries, 0)
    search = user.window.forms.search
    user.click(search)
    for typed, found in (
        ("2024", ["甲单位 2024 年", "乙单位 2024 年"]),
        ("甲 2023", ["甲单位 2023 年"]),
        ("丙", []),
        ("", ["甲单位 2024 年", "甲单位 2023 年", "乙单位 2024 年"]),
    ):
        user.press(Key.Key_A, CTRL)
        user.press(Key.Key_Backspace)
        user.write(typed)
        assert listed(user) == found


def test_forms_of_the_same_unit_and_year_can_be_told_apart(user: User) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    first, second = (FormEntry(number, "甲单位", "2024", "表样", at) for number in (3, 7))
    user.window.forms.show_entries([second, first, replace(first, id=9, unit="乙单位")], None)
    assert listed(user) == ["甲单位 2024 年（第 2 份）", "甲单位 2024 年", "乙单位 2024 年"]


def test_the_list_follows_unit_and_year_as_they_are_typed(user: User) -> None:
    user.go_to(Place("cover", "", "year"))
    user.press(Key.Key_A, CTRL)
    user.write("2026")
    assert user.window.windowTitle().startswith(f"{UNIT} 2026 年")
    user.bot.waitUntil(lambda: listed(user) == [f"{UNIT} 2026 年"])


def test_a_form_is_read_from_a_file(user: User, sample: Form, tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text(write_form(sample), encoding="utf-8")

    def choose(dialog: QDialog) -> None:
        (name,) = (each for each in dialog.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        name.setText(str(file))
        assert {"打开", "取消"} <= captions_of(dialog)
        push_in(dialog, "打开")

    user.answer(choose)
    user.press(Key.Key_O, CTRL)
    user.bot.waitUntil(lambda: len(listed(user)) == 2, timeout=PATIENCE)
    assert user.form == sample


def test_a_file_that_is_no_form_is_refused_in_one_sentence(user: User, sample: Form, tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text("{", encoding="utf-8")
    said: list[str] = []

    def choose(dialog: QDialog) -> None:
        (name,) = (each for each in dialog.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        name.setText(str(file))
        answer_box(lambda message: said.extend((texts_of(message), *captions_of(message))))
        push_in(dialog, "打开")

    user.answer(choose)
    user.press(Key.Key_O, CTRL)
    user.bot.waitUntil(lambda: len(said) == 2, timeout=PATIENCE)
    assert "form.json" in said[0]
    assert set(said[1:]) == {"确定"}
    assert user.form == sample


@pytest.mark.parametrize("caption", ["复制", "删除"])
def test_whole_form_buttons_need_a_form(user: User, caption: str) -> None:
    user.answer(lambda dialog: push_in(dialog, "删除"))
    push(user, "删除")
    (button,) = (each for each in user.window.forms.findChildren(QToolButton) if each.text() == caption)
    assert not button.isEnabled()
