"""Exporting from the window: the files are there and whole, and what fails is said in one sentence."""

import threading
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QMessageBox

from app.form.failure import AppError
from app.form.reading.interchange import load_form
from app.form.rows import Place
from app.review.edition import Final
from app.sheet.handover.arriving import receive
from app.ui.actions.exports import Export, Tell, export_form, suggested_name
from app.ui.tasks import Cancelled
from tests.ui.boxes import answer_box
from tests.ui.dialogs import choose_entry
from tests.ui.user import CTRL, PATIENCE, SHIFT, Key, User, captions_of, push_in, texts_of

SCORE = Place("indicators", "indicator-09", "score")
KEYS = {".pdf": (Key.Key_P, CTRL | SHIFT), ".xlsx": (Key.Key_E, CTRL)}


def choose(user: User, target: Path, after: Callable[[QMessageBox], None]) -> Callable[[QDialog], None]:
    """Save under a name; the message that comes when it is done is answered by ``after``."""

    def answer(dialog: QDialog) -> None:
        (name,) = (each for each in dialog.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        assert name.text().startswith("如皋市社会保险基金管理中心-2024-部门整体支出绩效自评价表")
        name.setText(str(target))
        assert {"保存", "取消"} <= captions_of(dialog)
        answer_box(after)
        push_in(dialog, "保存")

    return answer


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_the_open_form_is_written_with_what_was_just_typed(user: User, tmp_path: Path, suffix: str) -> None:
    user.go_to(SCORE)
    user.write("1.4")
    said: list[str] = []

    def close(dialog: QMessageBox) -> None:
        said.extend((texts_of(dialog), *captions_of(dialog)))
        push_in(dialog, "关闭")

    user.answer(choose(user, tmp_path / "out", close))
    user.press(*KEYS[suffix])
    user.bot.waitUntil(lambda: len(said) == 4, timeout=PATIENCE)
    written = tmp_path / f"out{suffix}"
    assert f"已导出：{written.name}" in said[0]
    assert set(said[1:]) == {"打开文件", "打开所在文件夹", "关闭"}
    assert user.message == f"已导出到 {written}"
    assert "100.9" in read(written)
    assert [path.name for path in tmp_path.glob("*out*")] == [written.name]


def read(path: Path) -> str:
    """All text of an exported file."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    if path.suffix == ".docx":
        return "\n".join(cell.text for table in docx.Document(str(path)).tables for cell in table._cells)
    sheet = openpyxl.load_workbook(path, data_only=True).active
    assert sheet is not None
    return "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row)


def test_a_word_document_is_written_from_the_menu(user: User, tmp_path: Path) -> None:
    said: list[str] = []

    def close(box: QMessageBox) -> None:
        said.append(box.text())
        push_in(box, "关闭")

    user.answer(choose(user, tmp_path / "out", close))
    choose_entry(user.window.menus.file, "导出 Word")
    user.bot.waitUntil(lambda: said == ["已导出：out.docx"], timeout=PATIENCE)
    assert "101.5" in read(tmp_path / "out.docx")


def test_an_interchange_file_is_written_from_the_menu(user: User, tmp_path: Path) -> None:
    said: list[str] = []

    def close(box: QMessageBox) -> None:
        said.append(box.text())
        push_in(box, "关闭")

    user.answer(choose(user, tmp_path / "out", close))
    choose_entry(user.window.menus.file, "导出交换文件")
    user.bot.waitUntil(lambda: said == ["已导出：out.json"], timeout=PATIENCE)
    assert load_form(tmp_path / "out.json") == user.form


def test_a_draft_workbook_can_be_taken_in_again(user: User, tmp_path: Path) -> None:
    done = export_form(user.session.outcome, tmp_path / "out.xlsx")
    original = receive(done.path, lambda _text, _share: None).original
    assert (original.form, original.code) == (user.form, "")


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_an_export_that_fails_says_one_sentence(user: User, tmp_path: Path, suffix: str) -> None:
    said: list[str] = []

    def hear(dialog: QMessageBox) -> None:
        said.extend((dialog.text(), *captions_of(dialog)))

    user.answer(choose(user, tmp_path / "missing" / "out", hear))
    user.press(*KEYS[suffix])
    user.bot.waitUntil(lambda: len(said) == 2, timeout=PATIENCE)
    assert "missing" in said[0]
    assert "\n" not in said[0]
    assert said[1:] == ["确定"]
    assert "已导出" not in user.message


def test_a_target_that_cannot_be_written_stays_as_it_was(user: User, tmp_path: Path) -> None:
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    file = tmp_path / "file"
    file.write_text("old")
    for target in (folder, file / "out.xlsx"):
        with pytest.raises(AppError):
            export_form(user.session.outcome, target)
    assert file.read_text() == "old"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".docx"])
@pytest.mark.parametrize("step", range(4))
def test_a_cancelled_export_leaves_the_old_file(user: User, tmp_path: Path, suffix: str, step: int) -> None:
    target = tmp_path / "exports" / f"out{suffix}"
    target.parent.mkdir()
    target.write_bytes(b"old")
    heard: list[float] = []

    def tell(_text: str, share: float) -> None:
        heard.append(share)
        if len(heard) > step:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_form(user.session.outcome, target, None, tell)
    assert heard == sorted(heard)
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_every_step_of_an_export_is_told(user: User, tmp_path: Path) -> None:
    heard: list[tuple[str, float]] = []
    export_form(user.session.outcome, tmp_path / "out.pdf", None, lambda text, share: heard.append((text, share)))
    assert heard == [("正在排版…", 0.0), ("正在绘制…", 0.1), ("正在写入…", 0.7), ("正在核对…", 0.8), ("正在核对…", 0.9)]


def test_closing_while_something_is_written_stops_it_first(user: User, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    outcome, gate, began = user.session.outcome, threading.Event(), threading.Event()

    def write(tell: Tell) -> Export:
        began.set()
        assert gate.wait(PATIENCE)
        return export_form(outcome, target, None, tell)

    user.program.tasks.start("导出", write, lambda _done: user.window.say("已导出"))
    assert began.wait(PATIENCE)
    assert not user.window.close()
    assert user.window.isVisible()
    assert user.message == "正在停止，停下后窗口会自动关闭"
    gate.set()
    user.bot.waitUntil(lambda: not user.window.isVisible(), timeout=PATIENCE)
    assert target.read_bytes() == b"old"


def test_the_suggested_name_says_whose_form_it_is(user: User) -> None:
    stem = "如皋市社会保险基金管理中心-2024-部门整体支出绩效自评价表"
    assert suggested_name(user.session.outcome) == f"{stem}-草稿"
    assert suggested_name(user.session.outcome, Final(2, "王会计", "2025-03-01", "0" * 64)) == f"{stem}-v2"


def test_without_a_form_there_is_nothing_to_export(user: User) -> None:
    user.window.close_form()
    user.window.forms.search.setFocus()
    user.press(Key.Key_E, CTRL)
    assert user.message == "请先打开一份自评价表，再导出"
