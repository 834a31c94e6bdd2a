"""佐证材料 in the window: files are added, listed, noted, opened and removed, each as one step that can be undone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget

from app.form.reading.loader import read_template
from app.form.rows import Evidence, Place
from app.models.evidence.keeping import Condition, stored_path
from app.ui.actions.evidence import EvidenceFiles, inspect_all, keep_all
from app.ui.dialogs.evidence_dialog import HINT, LOCKED, NOTE, EvidenceDialog, show_size
from app.ui.tasks import Cancelled
from tests.tables import real_form
from tests.ui.boxes import answer_box
from tests.ui.user import CTRL, PATIENCE, SHIFT, Key, User, push_in

ROW = "indicator-09"
CELL = Place("indicators", ROW, "actual")


@pytest.fixture
def evidence(user: User, folder: Path) -> EvidenceFiles:
    wired = user.window.findChild(EvidenceFiles)
    return wired if isinstance(wired, EvidenceFiles) else EvidenceFiles(user.window, folder, user.program.tasks, folder)


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Two files of other contents."""
    paths = [tmp_path / "批复.pdf", tmp_path / "明细.xlsx"]
    for path in paths:
        path.write_bytes(path.name.encode() * 200)
    return paths


def work(user: User, act: Callable[[EvidenceDialog], None], open_it: Callable[[], None] | None = None) -> None:
    """Open the dialog, do something in it once nothing runs any more, and close it."""
    failures: list[BaseException] = []

    def answer(dialog: QDialog) -> None:
        try:
            assert isinstance(dialog, EvidenceDialog)
            rest(user)
            act(dialog)
        except BaseException as error:
            failures.append(error)
            raise

    come_back(user)
    user.answer(answer)
    (open_it or (lambda: user.press(Key.Key_M, CTRL | SHIFT)))()
    if failures:
        raise failures[0]


def come_back(user: User) -> None:
    """After a dialog the window manager gives the keys back."""
    user.window.activateWindow()
    user.bot.waitUntil(user.window.isActiveWindow, timeout=PATIENCE)
    keys: QWidget | None = QApplication.focusWidget()  # the stubs forget that there may be none
    if keys is None:
        user.window.tabs.setFocus()


def rest(user: User) -> None:
    user.bot.waitUntil(lambda: not user.program.tasks.is_running, timeout=PATIENCE)


def give(user: User, dialog: EvidenceDialog, paths: list[Path]) -> None:
    dialog.add_asked.emit(dialog.indicator, paths)
    rest(user)


def listed(dialog: EvidenceDialog) -> list[list[str]]:
    items = [dialog.files.topLevelItem(number) for number in range(dialog.files.topLevelItemCount())]
    return [[item.text(column) for column in range(4)] for item in items if item is not None]


def mark(dialog: EvidenceDialog, number: int) -> None:
    item = dialog.files.topLevelItem(number)
    assert item is not None
    dialog.files.setCurrentItem(item)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_files_are_chosen_for_the_row_that_is_current(
    user: User, evidence: EvidenceFiles, folder: Path, papers: list[Path]
) -> None:
    before = user.form

    def choose(files: QDialog) -> None:
        (name,) = (each for each in files.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        name.setText(" ".join(f'"{path}"' for path in papers))
        push_in(files, "打开")

    def add(dialog: EvidenceDialog) -> None:
        assert dialog.indicator == ROW
        assert dialog.holders.currentItem().text() == "9. 预算执行率（0）"
        user.answer(choose)
        user.click(dialog.add_button)
        rest(user)
        assert listed(dialog) == [["批复.pdf", "2.0 KB", "完好", ""], ["明细.xlsx", "2.1 KB", "完好", ""]]
        assert dialog.holders.currentItem().text() == "9. 预算执行率（2）"

    user.go_to(CELL)
    work(user, add)
    rows = user.stored().evidence
    assert [(row.indicator, row.name, row.sha256) for row in rows] == [
        (ROW, path.name, digest(path)) for path in papers
    ]
    assert [stored_path(folder, row.sha256).read_bytes() for row in rows] == [path.read_bytes() for path in papers]
    assert user.message == "已添加 2 份佐证材料"
    assert user.session.undo_stack.undoText() == "添加 2 份佐证材料"
    come_back(user)
    user.undo()
    assert user.form == before


def test_files_are_dropped_onto_an_indicator(user: User, evidence: EvidenceFiles, papers: list[Path]) -> None:
    def drop(dialog: EvidenceDialog) -> None:
        spot = dialog.holders.visualItemRect(dialog.holders.item(2)).topLeft() + QPoint(8, 8)
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(path)) for path in papers] + [QUrl("https://example.invalid/a.pdf")])
        at = QPointF(dialog.holders.viewport().mapTo(dialog, spot))
        how = (Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(dialog, QDragEnterEvent(at.toPoint(), *how))
        QApplication.sendEvent(dialog, QDropEvent(at, *how))
        rest(user)
        assert dialog.acceptDrops()
        assert [row[0] for row in listed(dialog)] == ["批复.pdf", "明细.xlsx"]

    work(user, drop)
    assert {row.indicator for row in user.form.evidence} == {"indicator-02"}


def test_what_cannot_be_added_is_said_and_the_rest_is_added(
    user: User, evidence: EvidenceFiles, papers: list[Path], tmp_path: Path
) -> None:
    said: list[str] = []

    def add(dialog: EvidenceDialog) -> None:
        (tmp_path / "<b>空.txt").touch()
        answer_box(lambda box: said.append(box.text()))
        give(user, dialog, [papers[0], tmp_path / "<b>空.txt", papers[0]])
        user.bot.waitUntil(lambda: len(said) == 1, timeout=PATIENCE)

    work(user, add)
    assert said[0].splitlines() == [
        "“<b>空.txt”是空文件（0 字节），没有添加；请核对后重新选择",
        "有 1 份的内容已经在这一项下列出，没有重复添加",
    ]
    assert [row.name for row in user.form.evidence] == ["批复.pdf"]
    assert user.message == "已添加 1 份佐证材料，1 份已经在列"


def test_a_note_is_typed_and_a_file_removed_each_as_one_step(
    user: User, evidence: EvidenceFiles, papers: list[Path], folder: Path
) -> None:
    def edit(dialog: EvidenceDialog) -> None:
        give(user, dialog, papers)
        mark(dialog, 0)
        dialog.files.setFocus()
        user.press(Key.Key_F2)
        user.write("盖章件")
        user.press(Key.Key_Return)
        user.bot.waitUntil(lambda: user.form.evidence[0].note == "盖章件", timeout=PATIENCE)
        assert listed(dialog)[0][NOTE] == "盖章件"
        mark(dialog, 1)
        user.click(dialog.remove_button)
        assert [row[0] for row in listed(dialog)] == ["批复.pdf"]

    work(user, edit)
    texts = [user.session.undo_stack.text(number) for number in range(3)]
    assert texts == ["添加 2 份佐证材料", "修改“批复.pdf”备注", "删除“明细.xlsx”"]
    assert stored_path(folder, digest(papers[1])).exists()
    come_back(user)
    user.undo()
    user.undo()
    assert [row.note for row in user.form.evidence] == ["", ""]


def test_undo_works_in_the_dialog_too(user: User, evidence: EvidenceFiles, papers: list[Path]) -> None:
    def take_back(dialog: EvidenceDialog) -> None:
        give(user, dialog, papers)
        dialog.holders.setFocus()
        user.press(Key.Key_Z, CTRL)
        assert listed(dialog) == []

    work(user, take_back)


def test_a_file_that_is_gone_or_altered_is_told(
    user: User, evidence: EvidenceFiles, folder: Path, papers: list[Path]
) -> None:
    work(user, lambda dialog: give(user, dialog, papers))
    first, second = (stored_path(folder, digest(path)) for path in papers)
    first.unlink()
    second.write_bytes(b"!" + papers[1].read_bytes()[1:])
    evidence._conditions.clear()  # as after another start

    def look(dialog: EvidenceDialog) -> None:
        assert [row[2] for row in listed(dialog)] == ["⚠ 不见了", "⚠ 被改动"]
        assert dialog.holders.item(0).text() == "⚠ 整张表（2）"
        assert dialog.problems.text().splitlines() == [
            "“批复.pdf”的文件不见了；重新添加同一个文件，或从备份中放回，即可恢复",
            "“明细.xlsx”的文件与添加时不一致，可能被改动或损坏；重新添加同一个文件，或从备份中放回，即可恢复",
        ]
        said: list[str] = []
        answer_box(lambda box: said.append(box.text()))
        mark(dialog, 0)
        user.click(dialog.open_button)
        user.bot.waitUntil(lambda: len(said) == 1, timeout=PATIENCE)
        assert said[0].startswith("“批复.pdf”的文件不见了")
        answer_box(QMessageBox.accept)
        give(user, dialog, papers)
        user.bot.waitUntil(lambda: dialog.problems.text() == HINT, timeout=PATIENCE)
        assert [row[2] for row in listed(dialog)] == ["完好", "完好"]

    work(user, look)


class Desktop(QObject):
    """Stands for the programs of the system: remembers what it was told to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    programs = Desktop()
    QDesktopServices.setUrlHandler("file", programs, "open")  # type: ignore[arg-type]  # the stubs want bytes, which it refuses
    yield programs
    QDesktopServices.unsetUrlHandler("file")


def test_a_read_only_copy_is_opened_and_a_whole_one_saved(
    user: User, evidence: EvidenceFiles, papers: list[Path], desktop: Desktop, tmp_path: Path
) -> None:
    def save(files: QDialog) -> None:
        (name,) = (each for each in files.findChildren(QLineEdit) if each.objectName() == "fileNameEdit")
        assert name.text() == "批复.pdf"
        name.setText(str(tmp_path / "另存.pdf"))
        push_in(files, "保存")

    def look(dialog: EvidenceDialog) -> None:
        give(user, dialog, papers)
        rect = dialog.files.visualItemRect(dialog.files.topLevelItem(0))  # type: ignore[arg-type]  # it is there
        QTest.mouseClick(dialog.files.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(8, 8))
        QTest.mouseDClick(dialog.files.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(8, 8))
        user.bot.waitUntil(lambda: len(desktop.opened) == 1, timeout=PATIENCE)
        rest(user)
        user.answer(save)
        user.click(dialog.save_button)
        rest(user)

    work(user, look)
    (copy,) = desktop.opened
    assert copy.parent.parent.name == "opened"
    assert copy.name == "批复.pdf"
    assert copy.read_bytes() == papers[0].read_bytes() == (tmp_path / "另存.pdf").read_bytes()
    assert copy.stat().st_mode & 0o222 == 0
    assert user.message == f"已存到 {tmp_path / '另存.pdf'}"


def test_a_final_form_can_be_looked_at_only(user: User, evidence: EvidenceFiles, papers: list[Path]) -> None:
    work(user, lambda dialog: give(user, dialog, papers))
    dialog = EvidenceDialog(user.form, "", is_locked=True, parent=user.window)
    mark(dialog, 0)
    enabled = [
        button.isEnabled()
        for button in (dialog.add_button, dialog.remove_button, dialog.open_button, dialog.save_button)
    ]
    assert enabled == [False, False, True, True]
    assert dialog.problems.text() == LOCKED
    assert not dialog.acceptDrops()


def test_the_context_menu_of_the_row_counts_its_files(user: User, evidence: EvidenceFiles, papers: list[Path]) -> None:
    user.go_to(CELL)
    work(user, lambda dialog: give(user, dialog, papers))
    view = user.table(CELL)
    (action,) = view.findChildren(QAction, "evidence")
    assert action in view.actions()
    evidence.eventFilter(view.viewport(), QEvent(QEvent.Type.ContextMenu))
    assert action.text() == "佐证材料（2）…\tCtrl+Shift+M"
    work(user, lambda dialog: _shows(dialog, ROW), action.trigger)
    user.go_to(Place("indicators", "indicator-10", "actual"))
    evidence.eventFilter(view, QEvent(QEvent.Type.ContextMenu))
    assert action.text() == "佐证材料（0）…\tCtrl+Shift+M"
    assert len(view.findChildren(QAction, "evidence")) == 1


def _shows(dialog: EvidenceDialog, indicator: str) -> None:
    assert dialog.indicator == indicator


def test_without_a_form_it_is_said(user: User, evidence: EvidenceFiles) -> None:
    user.window.close_form()
    evidence.show()
    assert user.message == "请先打开一份自评价表"


def test_cancelling_adds_nothing_and_checking_keeps_what_it_knows(folder: Path, papers: list[Path]) -> None:
    def cancel(_text: str, share: float) -> None:
        if share > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        keep_all(folder, papers, cancel)
    intake = keep_all(folder, papers, lambda *_: None)
    assert intake.refusals == ()
    found = inspect_all(folder, intake.files, lambda _text, share: cancel("", share - 0.2))
    assert found == {digest(papers[0]): Condition.SOUND}


def test_sizes_are_shown_as_people_read_them() -> None:
    assert [show_size(text) for text in ("12", "2048", "1572864", "")] == ["12 字节", "2.0 KB", "1.5 MB", "0 字节"]


def test_an_indicator_that_must_have_files_says_so(user: User) -> None:
    asked = real_form().template.source.replace('{ key = "indicator-09",', '{ key = "indicator-09", evidence = true,')
    form = replace(real_form(), template=read_template(asked), evidence=(Evidence("e", "", "甲", "", "ab" * 32, "1"),))
    dialog = EvidenceDialog(form, ROW, is_locked=False, parent=user.window)
    assert dialog.holders.currentItem().text() == "9. 预算执行率（0，要求列明）"
