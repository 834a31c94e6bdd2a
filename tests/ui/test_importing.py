"""导入 in the window: the plan is shown beside the file; accepted, it is a new form or one step in the open one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.form.reading.interchange import write_form
from app.form.reading.loader import read_template
from app.form.rows import Place, TextItem
from app.scoring.assessment import assess
from app.sheet import docx, xlsx
from app.sheet.layout import layout
from app.sheet.reading.source import read_source as load_source
from app.ui.actions.exports import export_form
from app.ui.actions.importing import CHANGED, Importing
from app.ui.dialogs.import_dialog import ImportDialog
from tests.sheet.reading.copies import as_excel
from tests.ui.boxes import answer_box
from tests.ui.dialogs import answer, choose_entry
from tests.ui.user import PATIENCE, User, push_in, texts_of


@pytest.fixture
def importing(user: User) -> Importing:
    found = user.window.findChildren(Importing)
    return found[0] if found else Importing(user.window, user.program.tasks, user.program.shelf.create)


def read(user: User, importing: Importing, path: Path, act: Callable[[ImportDialog], None]) -> None:
    """Read a file, and do something in the dialog that shows its plan."""
    see_plan(user, lambda: importing.read(path), act)


def see_plan(user: User, begin: Callable[[], None], act: Callable[[ImportDialog], None]) -> None:
    """Begin to read, and do something in the dialog that shows the plan."""
    done: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ImportDialog):
            QTimer.singleShot(20, look)
            return
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()
            done.append(True)

    QTimer.singleShot(0, look)
    begin()
    user.bot.waitUntil(lambda: bool(done) and not user.program.tasks.is_running, timeout=PATIENCE)


def changed(form: Form) -> Form:
    rows = tuple(replace(row, actual="99%") if row.key == "indicator-09" else row for row in form.indicators)
    return replace(form, indicators=rows, duties=(*form.duties[:2], TextItem("new", "新增的职能")))


def test_a_word_file_goes_into_the_open_form_as_one_step(user: User, importing: Importing, tmp_path: Path) -> None:
    before, other = user.form, changed(user.form)
    path = tmp_path / "自评表.docx"
    path.write_bytes(docx.paint(layout(other, assess(other))))
    seen: list[str] = []

    def accept(dialog: ImportDialog) -> None:
        seen.append(texts_of(dialog))
        assert dialog.merges
        push_in(dialog, "接受导入")

    read(user, importing, path, accept)
    assert "修改 4 处" in seen[0]
    assert user.form.duties[2].text == "新增的职能"
    assert next(row for row in user.form.indicators if row.key == "indicator-09").actual == "99%"
    assert user.stored() == user.form
    user.go_to(Place("indicators", "indicator-09", "actual"))
    user.undo()
    assert user.form == before


def test_an_excel_file_becomes_a_new_form(user: User, importing: Importing, tmp_path: Path) -> None:
    other = replace(user.form, cover=replace(user.form.cover, unit="另一单位", year="2023"))
    path = tmp_path / "另一单位.xlsx"
    path.write_bytes(xlsx.paint(layout(other, assess(other))))

    def accept(dialog: ImportDialog) -> None:
        assert [dialog.target.itemText(n) for n in range(dialog.target.count())] == ["作为新表导入"]
        push_in(dialog, "接受导入")

    read(user, importing, path, accept)
    assert (user.form.cover.unit, user.form.cover.year) == ("另一单位", "2023")
    assert [row.actual for row in user.form.indicators] == [row.actual for row in other.indicators]
    assert user.stored() == user.form


def test_what_is_not_recognised_stands_in_the_list_and_in_the_table(
    user: User, importing: Importing, tmp_path: Path
) -> None:
    grid = layout(user.form, assess(user.form))
    odd = replace(grid, cells=tuple(replace(c, text="备用说明") if c.text == "主要成效" else c for c in grid.cells))
    path = tmp_path / "odd.docx"
    path.write_bytes(docx.paint(odd))
    seen: list[str] = []

    def look(dialog: ImportDialog) -> None:
        seen.append(dialog.summary.text())
        dialog.filter.setCurrentIndex(
            next(n for n in range(dialog.filter.count()) if "未识别" in dialog.filter.itemText(n))
        )
        model = dialog.lines.model()
        seen.extend(str(model.index(row, 3).data()) for row in range(model.rowCount()))
        dialog.lines.selectRow(0)
        seen.append(str(dialog.source.currentIndex().data()))

    read(user, importing, path, look)
    assert "⚠ 有 7 处内容没有对应的栏目" in seen[0]
    assert seen[1] == "备用说明"
    assert len(seen) == 9
    assert seen[-1] == "？ 备用说明"


def test_a_file_of_ours_comes_back_whole(user: User, importing: Importing, tmp_path: Path) -> None:
    other = replace(user.form, cover=replace(user.form.cover, year="2031"))
    path = tmp_path / "表.json"
    path.write_text(write_form(other), encoding="utf-8")
    importing.read(path)
    user.bot.waitUntil(lambda: user.form.cover.year == "2031", timeout=PATIENCE)
    assert user.form == other


def test_a_workbook_of_ours_that_was_changed_in_excel_is_what_it_says_now(
    user: User, importing: Importing, tmp_path: Path
) -> None:
    path = export_form(user.session.outcome, tmp_path / "表.xlsx").path
    book = openpyxl.load_workbook(path)
    text = user.form.duties[0].text
    (cell,) = (each for row in book.worksheets[0] for each in row if text in str(each.value))
    cell.value = str(cell.value).replace(text, "在 Excel 里改过的职能")
    book.save(path)
    seen: list[str] = []

    def accept(dialog: ImportDialog) -> None:
        seen.append(texts_of(dialog))
        push_in(dialog, "接受导入")

    read(user, importing, path, accept)
    assert CHANGED in seen[0]
    assert "未识别" not in seen[0]
    assert user.form.duties[0].text == "在 Excel 里改过的职能"


def test_a_form_of_a_template_of_its_own_comes_back_from_an_interchange_file(
    user: User, importing: Importing, tmp_path: Path
) -> None:
    source = user.form.template.source.replace('code = "rugao-2024"', 'code = "own-2023"', 1)
    own = replace(user.form, template=read_template(source), cover=replace(user.form.cover, year="2031"))
    for suffix in (".json", ".xlsx"):
        path = export_form(compute_outcome(own), tmp_path / f"表{suffix}").path
        assert load_source(path).record
        importing.read(path)
        user.bot.waitUntil(lambda: user.form == own, timeout=PATIENCE)
        user.program.shelf.create(changed(own), "另一张")


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "是空的"), (b"hello", "“坏.xlsx”"), (b"PK\x03\x04broken", "“坏.xlsx”")]
)
def test_a_file_that_is_none_is_named_with_the_reason(
    user: User, importing: Importing, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    before = user.form
    messages: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            messages.append(texts_of(box))
            box.accept()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    importing.read(path)
    user.bot.waitUntil(lambda: bool(messages), timeout=PATIENCE)
    assert said in messages[0]
    assert user.form == before


def test_a_table_copied_in_excel_goes_into_the_open_form_as_one_step(user: User, importing: Importing) -> None:
    before, other = user.form, changed(user.form)
    content = QMimeData()
    content.setHtml(as_excel(layout(other, assess(other))))
    QApplication.clipboard().setMimeData(content)

    def accept(dialog: ImportDialog) -> None:
        assert dialog.merges
        push_in(dialog, "接受导入")

    see_plan(user, lambda: choose_entry(user.window.menus.file, "从剪贴板导入"), accept)
    assert user.form.duties[2].text == "新增的职能"
    assert next(row for row in user.form.indicators if row.key == "indicator-09").actual == "99%"
    assert user.message == "已导入“剪贴板”"
    assert user.stored() == user.form
    user.go_to(Place("indicators", "indicator-09", "actual"))
    user.undo()
    assert user.form == before


@pytest.mark.parametrize(("text", "said"), [("", "没有表格"), ("甲\t乙\n丙\t丁\n", "没有找到自评价表")])
def test_a_clipboard_without_a_form_is_said_in_a_sentence(
    user: User, importing: Importing, text: str, said: str
) -> None:
    QApplication.clipboard().setText(text)
    before = user.form
    messages: list[str] = []

    def hear(box: QMessageBox) -> None:
        messages.append(texts_of(box))
        box.accept()

    answer_box(hear)
    choose_entry(user.window.menus.file, "从剪贴板导入")
    user.bot.waitUntil(lambda: bool(messages), timeout=PATIENCE)
    assert said in messages[0]
    assert user.form == before


def test_files_are_looked_for_at_home_first(importing: Importing) -> None:
    seen: list[str] = []
    answer(QFileDialog, lambda dialog: seen.append(dialog.directory().absolutePath()))
    importing.choose()
    assert seen == [str(Path.home())]
