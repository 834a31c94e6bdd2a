"""设置: everything in one dialog; what is wrong stays and is marked; what is chosen is gone by at once and after a restart."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap import Front
from app.editing.preferences import captions
from app.editing.preferences.fields import FIELDS
from app.editing.preferences.keeping import FILE_NAME, export_preferences, import_preferences, store_preferences
from app.editing.preferences.preferences import (
    Address,
    Copies,
    Digits,
    Display,
    Margins,
    Opening,
    Post,
    Preferences,
    Profile,
    Scheme,
)
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.form.rows import Place
from app.program import Program
from app.ui.faces.digits import set_grouped, show_number
from app.ui.look.appearance import POINTS, apply_appearance
from app.ui.look.appearance import Scheme as Theme
from app.ui.look.palette import is_dark
from app.ui.panels.form_dialog import FormDialog
from app.ui.settings.book_editor import BookEditor
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.editors import Editor, LineEditor, OptionEditor
from app.ui.settings.remark_bar import RemarkBar
from tests.ui.conftest import close_program, open_program
from tests.ui.dialogs import answer, choose_entry, save_as
from tests.ui.user import User, push_in

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def usual_look() -> Iterator[None]:
    """The look belongs to the application, which outlives the test."""
    yield
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    set_grouped(is_grouped=False)
    apply_appearance(application, Theme.SYSTEM, POINTS)


def change(user: User, act: Callable[[SettingsDialog], None]) -> None:
    seen: list[bool] = []

    def note(dialog: SettingsDialog) -> None:
        act(dialog)
        seen.append(True)

    answer(SettingsDialog, note)
    choose_entry(user.window.menus.edit, "设置")
    assert seen == [True]


def editor(dialog: SettingsDialog, key: str) -> Editor:
    return next(found for page in dialog.pages for field, found in page.editors.items() if field.key == key)


def type_into(dialog: SettingsDialog, key: str, text: str) -> None:
    found = editor(dialog, key)
    assert isinstance(found, LineEditor)
    found.line.setText(text)


def choose(dialog: SettingsDialog, key: str, text: str) -> None:
    found = editor(dialog, key)
    assert isinstance(found, OptionEditor)
    found.box.setCurrentText(text)


def warnings(dialog: SettingsDialog) -> list[str]:
    return [
        label.text() for page in dialog.pages for label in page.findChildren(QLabel) if label.text().startswith("⚠")
    ]


def test_every_setting_is_in_the_dialog_with_its_explanation(user: User) -> None:
    def act(dialog: SettingsDialog) -> None:
        assert [field for page in dialog.pages for field in page.editors] == list(FIELDS)
        assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == list(captions.PAGES.values())
        for row, page in enumerate(dialog.pages):
            dialog.list.setCurrentRow(row)
            assert page.isVisible()
            texts = {label.text() for label in page.findChildren(QLabel)}
            for field, found in page.editors.items():
                assert {captions.LABELS[field.key], captions.EXPLANATIONS[field.key]} <= texts
                assert found.keys().accessibleName() or found.keys().property("text")

    change(user, act)
    assert not (user.program.folder / FILE_NAME).exists()


def test_what_is_chosen_is_gone_by_and_kept(folder: Path, qtbot: QtBot) -> None:
    user = User(open_program(folder, qtbot), qtbot)

    def act(dialog: SettingsDialog) -> None:
        type_into(dialog, "profile.unit", " 甲局 ")
        type_into(dialog, "profile.finaliser", "赵科长")
        type_into(dialog, "margins.left", "２５.5")
        type_into(dialog, "copies.interval", "60")
        choose(dialog, "display.scheme", "深色")
        type_into(dialog, "display.points", "12")
        push_in(dialog, "确定")
        assert not dialog.isVisible()

    change(user, act)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert user.message == "设置已保存"
    assert user.window.preferences == Preferences(
        Profile("甲局", finaliser="赵科长"),
        margins=Margins(left=Decimal("25.5")),
        copies=Copies(Decimal(60)),
        display=Display(Scheme.DARK, Decimal(12)),
    )
    assert is_dark(application.palette())
    assert application.font().pointSize() == 12
    assert user.program.writer.upkeep._every == 3600
    chosen = user.window.preferences
    close_program(user.program)
    again = open_program(folder, qtbot)
    assert again.window.preferences == chosen
    close_program(again)


def test_what_is_wrong_stays_and_says_why(user: User) -> None:
    def act(dialog: SettingsDialog) -> None:
        type_into(dialog, "margins.top", "三")
        type_into(dialog, "copies.folder", "备份")
        dialog.list.setCurrentRow(2)
        assert warnings(dialog) == ["⚠ 请填写数字，例如 8", "⚠ 请填写完整的文件夹路径，或点“选择”"]
        assert dialog.note.text() == "⚠ 请先改正：打印·上边距、备份·第二份备份"
        assert [dialog.list.item(row).text() for row in (2, 3)] == ["打印 ⚠", "备份 ⚠"]
        assert (dialog.ok.isEnabled(), dialog.carry.isEnabled()) == (False, False)
        found = editor(dialog, "margins.top")
        assert isinstance(found, LineEditor)
        assert found.line.text() == "三"
        type_into(dialog, "copies.folder", "")
        push_in(dialog, "恢复本页默认")
        assert found.line.text() == "20"
        assert (warnings(dialog), dialog.note.text()) == ([], "本页已恢复默认，点“确定”后保存")
        assert dialog.ok.isEnabled()

    change(user, act)


def test_the_address_book_is_edited_line_by_line(user: User) -> None:
    def act(dialog: SettingsDialog) -> None:
        book = editor(dialog, "post.addresses")
        assert isinstance(book, BookEditor)
        dialog.list.setCurrentRow(1)
        assert not book.remove.isEnabled()
        for _ in range(3):
            book.add.click()
        for row, texts in enumerate((("财政局", "jx@b.cn"), ("主管局", "无"))):
            for column, text in enumerate(texts):
                item = book.table.item(row, column)
                assert item is not None
                item.setText(text)
        assert warnings(dialog) == ["⚠ 第 2 行：“无”不是邮箱地址"]
        # Whatever keys an earlier test holds down: selectRow would ask for them.
        second = book.table.model().index(1, 0)
        flags = QItemSelectionModel.SelectionFlag
        book.table.selectionModel().select(second, flags.ClearAndSelect | flags.Rows)
        book.remove.click()
        assert warnings(dialog) == []
        push_in(dialog, "确定")

    change(user, act)
    assert user.window.preferences.post.addresses == (Address("财政局", "jx@b.cn", is_usual=True),)


def test_settings_that_cannot_be_kept_change_nothing(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    (user.program.folder / FILE_NAME).mkdir()

    def act(dialog: SettingsDialog) -> None:
        type_into(dialog, "profile.unit", "甲局")
        push_in(dialog, "确定")
        assert dialog.isVisible()
        assert FILE_NAME in dialog.note.text()

    change(user, act)
    assert user.window.preferences == Preferences()


def test_settings_go_to_another_computer_and_are_looked_at_there_first(user: User, tmp_path: Path) -> None:
    path = tmp_path / "设置.toml"

    def export(dialog: SettingsDialog) -> None:
        type_into(dialog, "profile.unit", "甲局")
        answer(QFileDialog, save_as(path.with_suffix("")))
        push_in(dialog, "导出设置…")
        assert dialog.note.text().startswith(f"已导出到 {path}")

    change(user, export)
    assert import_preferences(path).preferences == Preferences(Profile("甲局"))
    export_preferences(path, Preferences(Profile("甲局", person="王"), copies=Copies(folder=str(tmp_path / "无"))))

    def bring(dialog: SettingsDialog) -> None:
        answer(QFileDialog, save_as(path))
        push_in(dialog, "导入设置…")
        table = dialog.arriving.table
        assert table.isVisible()
        cells = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]  # type: ignore[union-attr]  # it is full
        assert cells == [
            ["单位 · 单位名称", "（空）", "甲局"],
            ["单位 · 填报人", "（空）", "王"],
            ["备份 · 第二份备份", "（空）", str(tmp_path / "无")],
        ]
        assert table.item(2, 0).checkState() is Qt.CheckState.Unchecked  # type: ignore[union-attr]  # the same
        assert not dialog.ok.isEnabled()
        table.item(0, 0).setCheckState(Qt.CheckState.Unchecked)  # type: ignore[union-attr]  # the same
        push_in(dialog, "采用打勾的设置")
        assert dialog.note.text() == "已采用导入的设置，点“确定”后保存"
        push_in(dialog, "确定")

    change(user, bring)
    assert user.window.preferences == Preferences(Profile(person="王"))


def test_a_file_of_something_else_is_not_imported(user: User, tmp_path: Path) -> None:
    (tmp_path / "表.toml").write_text("[form]", encoding="utf-8")
    export_preferences(tmp_path / "同.toml", Preferences())

    def act(dialog: SettingsDialog) -> None:
        answer(QFileDialog, save_as(tmp_path / "表.toml"))
        push_in(dialog, "导入设置…")
        assert dialog.note.text() == "这个文件里没有设置"
        assert dialog.pages[0].isVisible()
        answer(QFileDialog, save_as(tmp_path / "同.toml"))
        push_in(dialog, "导入设置…")
        assert dialog.arriving.headline.text() == "“同.toml”里的设置与现在的完全相同。"
        assert not dialog.arriving.take.isEnabled()
        push_in(dialog, "不采用")
        assert dialog.pages[0].isVisible()

    change(user, act)


def test_new_forms_and_final_ones_begin_with_the_usual_names(user: User) -> None:
    user.program.chosen.store(Preferences(Profile("甲局", finaliser="赵科长")))
    units: list[str] = []
    answer(FormDialog, lambda dialog: units.append(dialog.unit.text()))
    choose_entry(user.window.menus.file, "新建")
    assert units == ["甲局"]
    entry = user.program.writer.create(load_form(resource("samples", "rugao-2024-corrected.json")), "更正")
    user.program.shelf.open_form(entry.id)
    for each in user.session.outcome.findings:
        user.window.review.explained.emit(each, "情况属实", "")
    answer(QInputDialog, lambda dialog: push_in(dialog, "确定"))
    choose_entry(user.window.menus.final, "定稿")
    (version,) = user.program.writer.versions(entry.id)
    assert version.by == "赵科长"


def test_figures_are_grouped_at_once_and_what_was_typed_never(user: User) -> None:
    assert show_number(Decimal("-1234567.50")) == "-1234567.5"
    user.program.chosen.store(Preferences(display=Display(digits=Digits.GROUPED)))
    assert show_number(Decimal("-1234567.50")) == "-1,234,567.5"
    assert [show_number(Decimal(text)) for text in ("-0.5", "0", "999", "1000")] == ["-0.5", "0", "999", "1,000"]
    total = Place("budget", "total", "annual")
    user.go_to(total)
    assert user.face(total).subtext == "= 各项合计 1,546.91"
    assert user.face(total).text == "1546.91 万元"
    user.program.chosen.store(Preferences())
    assert user.face(total).subtext == "= 各项合计 1546.91"


def test_the_start_page_can_be_what_is_seen_first(folder: Path, qtbot: QtBot) -> None:
    store_preferences(folder, Preferences(display=Display(opening=Opening.START)))
    program = Program(Front(folder))
    assert program.window.session is None
    assert program.window.forms.current_entry() is None
    close_program(program)


def test_nothing_of_the_dialog_is_loaded_before_the_window_is_there(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from app.bootstrap import Front; from app.program import Program;"
        "program = Program(Front(Path(sys.argv[1]))); program.writer.close(30);"
        "print(*(name for name in sys.modules if name.startswith('app.ui.settings.') or 'preferences.' in name))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    finished = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    parts = "app.editing.preferences."
    assert set(finished.stdout.split()) == {
        "app.ui.settings.settings",
        *(parts + each for each in ("captions", "preferences", "sentences", "keeping")),
    }


def test_a_broken_file_is_said_once(folder: Path, qtbot: QtBot) -> None:
    (folder / FILE_NAME).write_text("[margins]\ntop = 3\n[profile]\nunit = '甲局'\n", encoding="utf-8")
    program = open_program(folder, qtbot)
    (bar,) = program.window.findChildren(RemarkBar)
    assert "打印·上边距：应在 8 到 50 之间，改用默认的“20 毫米”" in bar.text.text()
    assert program.window.preferences.profile.unit == "甲局"
    close_program(program)
    again = open_program(folder, qtbot)
    assert again.window.findChildren(RemarkBar) == []
    assert again.window.preferences.profile.unit == "甲局"
    close_program(again)


def test_what_letters_were_begun_with_before_is_taken_over_once(folder: Path, qtbot: QtBot) -> None:
    ini = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    ini.setValue("mail/to", "财政局 <jx@b.cn>；c@d.cn")
    ini.setValue("mail/text", "{单位}\n第二行")
    ini.setValue("mail/attached", ".docx")
    ini.sync()
    program = open_program(folder, qtbot)
    addresses = (Address("财政局", "jx@b.cn", is_usual=True), Address("", "c@d.cn", is_usual=True))
    assert program.window.preferences.post == Post(addresses, text="{单位}\n第二行", attached=(".docx",))
    program.chosen.store(Preferences())
    close_program(program)
    again = open_program(folder, qtbot)
    assert again.window.preferences == Preferences()
    close_program(again)
