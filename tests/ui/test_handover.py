"""批量导出, 传出, 装入 from the window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.editing.preferences.preferences import Margins, Preferences, Profile
from app.form.form import Form
from app.form.rows import Cover, TextItem
from app.review.digest import digest, short_code
from app.review.edition import Draft, Final
from app.sheet.handover.arriving import receive
from app.sheet.handover.package import Member
from app.ui.actions.exports import (
    KEEP_BOTH,
    KINDS,
    OVERWRITE,
    SKIP,
    Job,
    edition_of,
    export_forms,
    plan_jobs,
    plan_names,
)
from app.ui.dialogs.batch_dialog import BatchDialog, ResultsDialog
from app.ui.dialogs.handover_dialog import HandoverDialog, ReceiveDialog
from app.ui.tasks import Tell
from tests.sheet.handover.papers import final_of, put, real_submission, with_cell, workbook_of
from tests.tables import real_form
from tests.ui.dialogs import Opener, answer, choose_entry, drop, save_as
from tests.ui.user import PATIENCE, User, push_in, texts_of

STEM = "如皋市社会保险基金管理中心-2024-部门整体支出绩效自评价表"


@pytest.fixture
def opener(qtbot: QtBot) -> Iterator[Opener]:
    opener = Opener()
    yield opener
    opener.close()


def hear(said: list[str], button: str) -> Callable[[QMessageBox], None]:
    """Remember what a message says and press one of its buttons."""

    def act(box: QMessageBox) -> None:
        said.append(texts_of(box))
        push_in(box, button)

    return act


def hand_over(user: User, folder: Path, act: Callable[[HandoverDialog], None]) -> str:
    """Fill in the dialog; what the message at the end says."""
    said: list[str] = []

    def fill(dialog: HandoverDialog) -> None:
        dialog.place.setText(str(folder))
        act(dialog)
        answer(QMessageBox, hear(said, "打开所在文件夹"))
        push_in(dialog, "传出")

    answer(HandoverDialog, fill)
    choose_entry(user.window.menus.file, "传出")
    user.bot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    return said[0]


def take_in(user: User, path: Path, button: str = "装入") -> str:
    """Drop a file; what is said before it comes in."""
    said: list[str] = []

    def act(dialog: ReceiveDialog) -> None:
        answer(QMessageBox, hear(said, button))
        assert drop(dialog.area, path)

    answer(ReceiveDialog, act)
    choose_entry(user.window.menus.file, "装入")
    user.bot.waitUntil(lambda: bool(said) and not user.program.tasks.is_running, timeout=PATIENCE)
    return said[0]


@pytest.mark.parametrize("is_zip", [True, False])
def test_a_form_goes_out_and_comes_in_again(user: User, opener: Opener, tmp_path: Path, is_zip: bool) -> None:
    form = user.form
    user.window.show_edition(Final(3, "王会计", "2025-03-01T08:30:00+00:00", digest(form)))
    said = hand_over(user, tmp_path, lambda dialog: (dialog.zip if is_zip else dialog.folder).click())
    target = tmp_path / f"{STEM}-v3{'.zip' if is_zip else ''}"
    assert f"已传出：{target.name}" in said
    user.bot.waitUntil(lambda: opener.paths == [tmp_path], timeout=PATIENCE)
    assert list(tmp_path.glob("*v3*")) == [target]
    assert not list(tmp_path.glob(".jixiao*"))

    facts = take_in(user, target)
    assert f"第 3 版 · 校验码 {short_code(digest(form))}" in facts
    assert "与文件中的一致" in facts
    user.bot.waitUntil(lambda: len(user.program.writer.list_forms()) == 2, timeout=PATIENCE)
    assert user.stored() == form
    assert user.session.edition == Draft()
    assert user.message == f"已装入 {target.name}"


def test_the_list_names_who_filled_in_and_the_paper_has_the_margins(user: User, opener: Opener, tmp_path: Path) -> None:
    profile = Profile(person="王会计", phone="0513-1")
    user.program.chosen.store(Preferences(profile, margins=Margins(left=Decimal(30))))
    hand_over(user, tmp_path, lambda dialog: dialog.folder.click())
    (target,) = (path for path in tmp_path.iterdir() if path.is_dir() and path.name.startswith(STEM))
    assert "填报人：王会计 0513-1\n" in (target / "清单.txt").read_text("utf-8-sig")
    (workbook,) = target.glob("*.xlsx")
    margins = openpyxl.load_workbook(workbook).worksheets[0].page_margins
    assert round(margins.left * 25.4, 3) == 30


def test_a_name_that_is_taken_is_not_used(user: User, opener: Opener, tmp_path: Path) -> None:
    old = put(tmp_path / f"{STEM}-草稿.zip", b"old")
    names: list[str] = []

    def look(dialog: HandoverDialog) -> None:
        names.append(dialog.name.text())
        dialog.place.setText(str(tmp_path / "missing"))
        names.append(dialog.name.text())
        assert not any(button.isEnabled() for button in dialog.buttons.buttons() if button.text() == "传出")
        dialog.place.setText(str(tmp_path))

    hand_over(user, tmp_path, look)
    assert names == [f"{STEM}-草稿(2).zip", "这个文件夹不存在，请重新选择保存位置"]
    assert old.read_bytes() == b"old"
    assert receive(tmp_path / names[0], lambda _text, _share: None).original.form == user.form


def test_attached_files_go_out_and_are_kept_on_the_way_in(user: User, opener: Opener, tmp_path: Path) -> None:
    source = put(tmp_path / "凭证.jpg", b"picture")
    kept: list[tuple[Path, Form]] = []

    def keep(path: Path, form: Form, _tell: Tell) -> tuple[str, ...]:
        kept.append((path, form))
        return ()

    user.program.handover.attach = lambda _form: (Member("佐证材料/凭证.jpg", source),)
    user.program.handover.keep_files = keep
    hand_over(user, tmp_path, lambda dialog: dialog.folder.click())
    target = tmp_path / f"{STEM}-草稿"
    assert (target / "佐证材料" / "凭证.jpg").read_bytes() == b"picture"
    assert sha256(b"picture").hexdigest() in (target / "清单.txt").read_text("utf-8-sig")
    take_in(user, target)
    assert kept == [(target, user.form)]


def test_the_dialog_says_how_many_files_go_with_the_form(tmp_path: Path, qtbot: QtBot) -> None:
    for count, said in ((2, "2 份佐证材料"), (0, "佐证材料（现在没有）")):
        dialog = HandoverDialog("表", "草稿", tmp_path, count)
        qtbot.addWidget(dialog)
        assert said in texts_of(dialog)


def test_what_comes_in_is_shown_first(user: User, tmp_path: Path) -> None:
    changed = put(tmp_path / "改.xlsx", with_cell(workbook_of(real_submission()), "H40", 0.99))
    said = take_in(user, changed, "不装入")
    assert "2 处在导出后被修改" in said
    assert len(user.program.writer.list_forms()) == 1


def test_what_is_none_of_ours_is_said_in_one_sentence(user: User, tmp_path: Path) -> None:
    assert "“空.xlsx”没有装入：" in take_in(user, put(tmp_path / "空.xlsx", b""), "确定")
    assert len(user.program.writer.list_forms()) == 1


def test_a_folder_is_chosen(user: User, opener: Opener, tmp_path: Path) -> None:
    hand_over(user, tmp_path, lambda dialog: dialog.folder.click())
    said: list[str] = []

    def act(dialog: ReceiveDialog) -> None:
        answer(QMessageBox, hear(said, "装入"))
        answer(QFileDialog, save_as(tmp_path / f"{STEM}-草稿"))
        dialog.area.folder.click()

    answer(ReceiveDialog, act)
    choose_entry(user.window.menus.file, "装入")
    user.bot.waitUntil(lambda: len(user.program.writer.list_forms()) == 2, timeout=PATIENCE)
    assert "草稿，没有校验码" in said[0]


def export_many(user: User, folder: Path, act: Callable[[BatchDialog], None]) -> tuple[str, list[list[str]]]:
    """Fill in the dialog; the verdict and the table of results."""
    results: list[tuple[str, list[list[str]]]] = []

    def fill(dialog: BatchDialog) -> None:
        dialog.place.setText(str(folder))
        act(dialog)
        answer(ResultsDialog, read)
        push_in(dialog, "导出")

    def read(dialog: ResultsDialog) -> None:
        push_in(dialog, "复制")
        first, *rows = QApplication.clipboard().text().splitlines()
        assert first == dialog.verdict.text()
        results.append((first, [row.split("\t") for row in rows]))
        push_in(dialog, "打开所在文件夹")

    answer(BatchDialog, fill)
    choose_entry(user.window.menus.file, "批量导出")
    user.bot.waitUntil(lambda: bool(results), timeout=PATIENCE)
    return results[0]


def test_many_forms_in_many_formats(user: User, opener: Opener, tmp_path: Path) -> None:
    user.program.writer.create(replace(user.form, cover=Cover("市档案馆", "2024")), "新建")
    user.program.writer.create(replace(user.form, cover=Cover("市档案馆", "2024")), "新建")

    def tick(dialog: BatchDialog) -> None:
        assert dialog.list.count() == 3
        dialog.none.click()
        assert not any(button.isEnabled() for button in dialog.buttons.buttons() if button.text() == "导出")
        dialog.every.click()
        for box in dialog.kinds.values():
            box.setChecked(True)

    verdict, rows = export_many(user, tmp_path, tick)
    assert verdict == "已导出 12 个文件"
    names = {path.name for path in tmp_path.glob("*.*") if path.suffix in KINDS}
    assert {row[0] for row in rows} == names
    assert len(names) == 12
    assert "市档案馆-2024-部门整体支出绩效自评价表-草稿(2).docx" in names
    assert opener.paths == [tmp_path]


def test_one_bad_form_never_stops_the_others(user: User, opener: Opener, tmp_path: Path) -> None:
    bad = replace(user.form, cover=Cover("A 单位", "2024"), problems=(TextItem("1", "长" * 40_000),))
    user.program.writer.create(bad, "新建")
    verdict, rows = export_many(user, tmp_path, lambda _dialog: None)
    assert verdict == "已导出 1 个文件，1 个没有导出"
    assert rows[0][0].startswith("A 单位")
    assert "32767" in rows[0][1]
    assert rows[1] == [f"{STEM}-草稿.xlsx", "已导出"]


@pytest.mark.parametrize(("choice", "names"), [(OVERWRITE, [""]), (KEEP_BOTH, ["", "(2)"]), (SKIP, [""])])
def test_files_that_are_there_are_asked_about(
    user: User, opener: Opener, tmp_path: Path, choice: str, names: list[str]
) -> None:
    old = put(tmp_path / f"{STEM}-草稿.xlsx", b"old")
    verdict, _ = export_many(user, tmp_path, lambda _dialog: answer(QMessageBox, lambda box: push_in(box, choice)))
    assert verdict == ("已导出 0 个文件，1 个同名文件已跳过" if choice == SKIP else "已导出 1 个文件")
    assert {path.name for path in tmp_path.glob("*.xlsx")} == {f"{STEM}-草稿{each}.xlsx" for each in names}
    assert (old.read_bytes() == b"old") is (choice != OVERWRITE)


def test_nothing_is_written_when_the_question_is_cancelled(user: User, tmp_path: Path) -> None:
    put(tmp_path / f"{STEM}-草稿.xlsx", b"old")

    def fill(dialog: BatchDialog) -> None:
        dialog.place.setText(str(tmp_path))
        answer(QMessageBox, lambda box: push_in(box, "取消"))
        push_in(dialog, "导出")

    answer(BatchDialog, fill)
    choose_entry(user.window.menus.file, "批量导出")
    assert not user.program.tasks.is_running
    assert [path.read_bytes() for path in tmp_path.glob("*.xlsx")] == [b"old"]


def test_names_are_planned_without_a_clash(tmp_path: Path) -> None:
    form = real_form()
    wanted = plan_names([(form, Draft()), (form, Draft()), (form, final_of(form))], [".pdf"])
    assert [name for _, _, name in wanted] == [f"{STEM}-草稿.pdf", f"{STEM}-草稿(2).pdf", f"{STEM}-v3.pdf"]
    put(tmp_path / f"{STEM}-草稿.pdf", b"old")
    jobs = plan_jobs(wanted, tmp_path, KEEP_BOTH)
    assert len({job.path for job in jobs}) == 3
    assert not any(job.path.exists() for job in jobs)


def test_a_final_form_is_exported_as_its_version(user: User, tmp_path: Path) -> None:
    (entry,) = user.program.writer.list_forms()
    final = user.program.writer.finalise(entry.id, "王会计")
    (entry,) = user.program.writer.list_forms()
    assert edition_of(user.program.writer, entry) == final
    (result,) = export_forms([Job(user.form, final, tmp_path / "a.xlsx")])
    assert result.failure == ""
    assert receive(result.path, lambda _text, _share: None).original.number == 1


def test_without_a_form_there_is_nothing_to_hand_over(user: User) -> None:
    user.window.close_form()
    choose_entry(user.window.menus.file, "传出")
    assert user.message == "请先打开一份自评价表，再传出"
    for entry in user.program.writer.list_forms():
        user.program.writer.delete(entry.id)
    choose_entry(user.window.menus.file, "批量导出")
    assert user.message == "还没有自评价表可以导出"
