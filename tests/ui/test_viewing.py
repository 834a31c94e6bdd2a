"""Open for reading only: everything can be looked at and exported, nothing changed, and a bar says why and what to do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.bootstrap import Front
from app.form.rows import Evidence, Place
from app.models.evidence.keeping import keep_file
from app.models.evidence.lending import lend
from app.models.viewing.copying import copy_for_viewing
from app.models.writer import Writer
from app.program import Program
from app.starting import UNUSABLE, open_place
from app.ui.actions.exports import export_form
from app.ui.guide.stages import StageName
from app.ui.instance import LOCK, REQUEST, Held, Instance, _is_of_other_user
from app.ui.pages.table_block import LOCKED
from app.ui.safety.viewing import ViewBar, say_only_readable, show_bar
from app.ui.settings.remark_bar import RemarkBar
from app.ui.window import MainWindow
from tests.models.test_viewing import state_of
from tests.ui.conftest import close_program
from tests.ui.dialogs import choose_entry
from tests.ui.user import PATIENCE, User, push_in, texts_of

ROOT = Path(__file__).parents[2]
SCORE = Place("indicators", "indicator-09", "score")


@pytest.fixture
def viewed(folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[User]:
    """A user who may only look at the folder."""
    (room := tmp_path / "room").mkdir()
    copy_for_viewing(folder, room)
    program = Program(Front(room, viewed=folder))
    program.window.resize(1366, 768)
    show_bar(program.window, say_only_readable(folder))
    with qtbot.waitExposed(program.window):
        program.window.show()
    yield User(program, qtbot)
    close_program(program)


def test_the_strip_does_not_call_a_draft_final(viewed: User) -> None:
    viewed.program.guiding.strip.buttons[StageName.FINALISE].click()
    assert viewed.message == "现在是只读打开，不能定稿"


def test_about_names_the_place_that_is_viewed(viewed: User, folder: Path) -> None:
    said: list[str] = []
    viewed.answer(lambda dialog: said.append(texts_of(dialog).replace("\u200b", "")))
    choose_entry(viewed.window.menus.help, "关于")
    assert str(folder) in said[0]


def test_settings_that_cant_be_used_are_not_said_to_be_moved(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    (room := tmp_path / "room").mkdir()
    (folder / "settings.toml").write_text("nothing = 1", encoding="utf-8")
    copy_for_viewing(folder, room)
    program = Program(Front(room, viewed=folder))
    assert program.window.middle.findChildren(RemarkBar) == []
    assert (folder / "settings.toml").read_text(encoding="utf-8") == "nothing = 1"
    close_program(program)


def words_of(bar: ViewBar) -> str:
    return "".join(label.text() for label in bar.findChildren(QLabel))


def entries(window: MainWindow) -> dict[str, QAction]:
    menus = window.menus
    found = [action for menu in (menus.file, menus.edit, menus.final) for action in menu.actions()]
    return {action.text().split("(&")[0].rstrip("…"): action for action in found}


def test_a_bar_says_why_and_what_to_do(viewed: User, folder: Path) -> None:
    (bar,) = viewed.window.findChildren(ViewBar)
    assert bar.isVisible()
    said = words_of(bar)
    for part in ("此位置只能读：可查看和导出，不能修改", str(folder), "取得写入权限", "重新打开"):
        assert part in said
    assert "（只读）" in viewed.window.windowTitle()
    assert not viewed.window.saved.isVisible()


def test_typing_pasting_and_undo_change_nothing_and_say_why(viewed: User, folder: Path) -> None:
    before, form = state_of(folder), viewed.form
    viewed.go_to(SCORE)
    viewed.write("9")
    assert viewed.message == LOCKED
    viewed.paste("1\t2\n3\t4")
    viewed.undo()
    unit = Place("cover", "", "unit")
    viewed.go_to(unit)
    viewed.write("局")
    assert viewed.form == form == viewed.stored()
    assert state_of(folder) == before


def test_what_would_write_cannot_be_chosen_and_what_reads_can(viewed: User) -> None:
    found = entries(viewed.window)
    for name in ("新建", "导入", "提取上年", "装入", "备份与恢复", "定稿", "取消定稿"):
        assert not found[name].isEnabled(), name
    for name in (
        "导出 Excel",
        "导出 PDF",
        "导出 Word",
        "打印预览和打印",
        "批量导出",
        "传出",
        "查找",
        "历次定稿",
        "佐证材料",
    ):
        assert found[name].isEnabled(), name
    buttons = {each.text(): each.isEnabled() for each in viewed.window.forms.findChildren(QToolButton) if each.text()}
    assert {name: buttons[name] for name in ("新建", "复制", "删除")} == {"新建": False, "复制": False, "删除": False}


def test_it_is_exported_as_it_is(viewed: User, tmp_path: Path) -> None:
    target = export_form(viewed.session.outcome, tmp_path / "表.xlsx").path
    assert target.stat().st_size > 5000


def test_evidence_is_lent_out_of_the_place_but_not_into_it(viewed: User, folder: Path, tmp_path: Path) -> None:
    (file := tmp_path / "合同.txt").write_text("合同", encoding="utf-8")
    kept = keep_file(folder, file)
    before = state_of(folder)
    evidence = viewed.program.evidence
    assert (evidence._folder, evidence._room) == (folder, viewed.program.folder)
    copy = lend(evidence._folder, Evidence("e", "", "合同.txt", "", kept.sha256, str(kept.size)), evidence._room)
    assert copy.read_text(encoding="utf-8") == "合同"
    assert state_of(folder) == before


def test_an_empty_place_gets_no_example(tmp_path: Path) -> None:
    (place := tmp_path / "place").mkdir()
    (room := tmp_path / "room").mkdir()
    assert Writer(place).close(30)
    copy_for_viewing(place, room)
    program = Program(Front(room, viewed=place))
    assert program.writer.list_forms() == ()
    close_program(program)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts the folder read-only")
def test_the_real_program_writes_nothing_into_a_read_only_mount(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    mount = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"'
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-m", "sh", "-c", mount, "sh", str(folder)], check=False).returncode
    ):
        pytest.skip("this system lets nobody mount")
    before = state_of(folder)
    (scratch := tmp_path / "scratch").mkdir()
    command = [
        "unshare",
        "-m",
        "sh",
        "-c",
        f'{mount} && exec "$2" -m app --data "$1"',
        "sh",
        str(folder),
        sys.executable,
    ]
    environment = os.environ | {"TMPDIR": str(scratch), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            qtbot.waitUntil(
                lambda: any("started for viewing" in log.read_text() for log in scratch.glob("*/logs/*.log")),
                timeout=3 * PATIENCE,
            )
            assert process.poll() is None
        finally:
            process.kill()
    assert state_of(folder) == before


# --- a folder that somebody else holds --------------------------------------------------------------------------------


@pytest.fixture
def held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As another computer left it, dead or alive."""
    monkeypatch.setenv("QT_LOGGING_RULES", "")  # what Qt complains of stays pytest's to judge
    (folder / LOCK).write_text("4711\npython3\nanother-office\n00000000000000000000000000000000\n\n")
    return folder


def answer(caption: str, said: list[str]) -> None:
    """Answer the question before there is a window."""

    def push() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            timer.stop()
            said.append(texts_of(dialog))
            push_in(dialog, caption)

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(push)
    timer.start(5)


def when_shown(act: Callable[[ViewBar], object]) -> None:
    """Do something with the window for viewing once it is there."""

    def look() -> None:
        bars = [bar for each in QApplication.topLevelWidgets() for bar in each.findChildren(ViewBar) if bar.isVisible()]
        if bars:
            timer.stop()
            act(bars[0])

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(5)


def test_a_folder_in_use_elsewhere_can_be_viewed_and_is_left_alone(held: Path) -> None:
    before, said, titles = state_of(held), list[str](), list[str]()

    def close(bar: ViewBar) -> None:
        titles.append(bar.window().windowTitle())
        said.append(words_of(bar))
        bar.window().close()

    answer("只读打开", said)
    when_shown(close)
    assert open_place(held) == 0
    assert "another-office" in said[0]
    assert "也可以只读打开" in said[0]
    assert "正由别处使用" in said[1]
    assert titles[0].endswith("（只读）")
    assert state_of(held) == before


def test_it_can_be_opened_anew_from_the_bar(held: Path) -> None:
    said: list[str] = []
    answer("只读打开", said)
    when_shown(lambda bar: bar.findChildren(QPushButton)[0].click())
    assert open_place(held) is None


@pytest.mark.parametrize(("caption", "code"), [("重试", None), ("退出", UNUSABLE)])
def test_or_not_be_viewed(held: Path, caption: str, code: int | None) -> None:
    said: list[str] = []
    answer(caption, said)
    assert open_place(held) == code


def test_another_computer_is_not_asked_for_a_window_that_nobody_here_would_see(held: Path) -> None:
    before = state_of(held)
    with pytest.raises(Held, match="another-office"):
        Instance(held).acquire(30)
    assert not (held / REQUEST).exists()
    assert state_of(held) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="becomes another user")
def test_nor_is_another_user_of_this_computer() -> None:
    assert not _is_of_other_user(os.getpid())
    os.setresuid(65534, 65534, 0)
    try:
        assert _is_of_other_user(1)
    finally:
        os.setresuid(0, 0, 0)


def test_no_two_entries_of_a_menu_share_a_letter(program: Program) -> None:
    menus = program.window.menus
    for menu in (menus.file, menus.edit, menus.view, menus.final, menus.help):
        letters = [
            text.split("&")[1][0] for text in (each.text().replace("&&", "") for each in menu.actions()) if "&" in text
        ]
        assert len(letters) == len(set(letters)), (menu.title(), letters)
