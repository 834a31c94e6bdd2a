"""帮助 → 使用手册, and that what the manual names can be found in the program."""

import re
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.form.resources import resource
from app.ui.look.appearance import POINTS, Scheme, apply_appearance
from app.ui.manual.chapters import Chapter, count_words, list_chapters
from app.ui.manual.reader import Reader
from tests.manual.words import MENUS, PAGES, keys, menu_entries, name_page, read
from tests.ui.dialogs import choose_entry
from tests.ui.user import User

# What tables, fields and lists do with keys by themselves: tests/ui/test_grid_keys.py, test_clipboard.py, test_items_editor.py.
IN_TABLES: Final = frozenset(
    {
        "F2",
        "Shift+Enter",
        "Shift+Tab",
        "Alt+Enter",
        "Ctrl+A",
        "Ctrl+C",
        "Ctrl+D",
        "Ctrl+V",
        "Ctrl+X",
        "Ctrl++",
        "Ctrl+-",
        "Ctrl+0",
        "Ctrl+滚轮",
    }
)


def plain(text: str) -> str:
    """An entry as it is spoken of: without the letter of its key, the key, and the dots."""
    return re.sub(r"\(&\w\)", "", text.split("\t", maxsplit=1)[0]).removesuffix("…")


def entries(menu: QMenu) -> set[str]:
    return {plain(action.text()) for action in menu.actions() if action.text()}


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_menu_entry_that_is_named_is_in_the_menu(page: Path, user: User) -> None:
    menus = user.window.menus
    real = dict(zip(MENUS, map(entries, (menus.file, menus.edit, menus.view, menus.final, menus.help)), strict=True))

    assert not {(menu, entry) for menu, entry in menu_entries(read(page)) if entry not in real[menu]}


def test_every_entry_of_the_menus_is_spoken_of(user: User) -> None:
    menus, told = user.window.menus, "".join(chapter.text for chapter in list_chapters())
    every = set().union(*map(entries, (menus.file, menus.edit, menus.view, menus.final, menus.help)))

    assert "提取上年" in every
    assert {entry for entry in every if entry not in told} == set()


def test_every_key_that_is_named_does_something(user: User) -> None:
    user.program.manual.show()
    window = user.window
    for number in range(window.tabs.count()):
        window.tabs.setCurrentIndex(number)
    actions = [keys for each in window.findChildren(QAction) for keys in each.shortcuts()]
    shortcuts = [each.key() for each in window.findChildren(QShortcut)]
    known = {key.toString().replace("Return", "Enter") for key in (*actions, *shortcuts)}
    known |= {f"Ctrl+{number}" for number in range(1, window.tabs.count() + 1)}
    arrows = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
    known |= {f"Alt+{arrow}" for name, arrow in arrows.items() if f"Alt+{name}" in known or name in ("Left", "Right")}

    named = {key for page in PAGES for key in keys(read(page))}
    assert {"F8", "Ctrl+Shift+M", "Alt+↑"} <= named
    assert named <= known | IN_TABLES


def test_every_key_of_the_menus_is_in_the_chapter_of_keys(user: User) -> None:
    menus = user.window.menus
    told = keys(next(chapter.text for chapter in list_chapters() if chapter.name == "12-keys.md"))
    used = {
        key.toString()
        for menu in (menus.file, menus.edit, menus.view, menus.final, menus.help)
        for action in menu.actions()
        for key in action.shortcuts()
    }

    assert QKeySequence("F9").toString() in used
    assert used <= told


def read_manual(user: User) -> Reader:
    choose_entry(user.window.menus.help, "使用手册")
    reader = user.program.manual.open_reader()
    assert reader.isVisible()
    return reader


def test_the_manual_opens_at_its_first_chapter_and_the_form_can_be_used_beside_it(user: User) -> None:
    reader = read_manual(user)

    assert reader.list.currentItem().text() == "安装与启动"
    assert "需要什么样的电脑" in reader.page.toPlainText()
    assert not reader.isModal()


def test_a_chapter_is_chosen_and_one_goes_back_and_forward(user: User) -> None:
    reader = read_manual(user)
    reader.list.setCurrentRow(2)
    assert reader.page.toPlainText().startswith("一年的工作")

    QTest.mouseClick(reader.back, Qt.MouseButton.LeftButton)
    assert reader.page.toPlainText().startswith("安装与启动")
    assert not reader.back.isEnabled()

    QTest.mouseClick(reader.forward, Qt.MouseButton.LeftButton)
    assert reader.page.toPlainText().startswith("一年的工作")
    assert not reader.forward.isEnabled()


def test_links_lead_to_chapters_and_nowhere_else(user: User) -> None:
    reader = read_manual(user)

    reader.follow("09-keeping.md#换电脑")
    assert reader.list.currentItem().text() == "修改记录、备份与恢复、换电脑"
    assert reader.page.textCursor().block().text() == "换电脑"

    for elsewhere in ("https://example.com/", "../../README.md", "file:///etc/passwd", "09-keeping"):
        reader.follow(elsewhere)
        assert reader.list.currentItem().text() == "修改记录、备份与恢复、换电脑"


def test_words_are_looked_for_in_all_chapters(user: User) -> None:
    reader = read_manual(user)
    reader.search.setText("校验码")
    shown = [reader.list.item(row) for row in range(reader.list.count()) if not reader.list.item(row).isHidden()]
    expected = [chapter for chapter in list_chapters() if count_words(chapter.shown, "校验码")]
    assert len(shown) == len(expected)

    seen = set()
    for _ in range(200):
        reader.step_words(1)
        assert reader.page.textCursor().selectedText() == "校验码"
        seen.add(reader.list.currentRow())
    assert len(seen) == len(expected)

    reader.search.setText("没有这样的话")
    reader.step_words(1)
    assert reader.said.text() == "没有找到"


def test_back_from_words_that_were_found_leads_to_where_one_was(qtbot: QtBot, tmp_path: Path) -> None:
    texts = ("# 一\n\n开头", "# 二\n\n[转到](a.md#定稿) 别的 ![定稿](定稿.png)", "# 三\n\n**定**稿")
    reader = Reader(tuple(Chapter(f"{name}.md", text) for name, text in zip("abc", texts, strict=True)), tmp_path)
    qtbot.addWidget(reader)
    reader.open_at()
    reader.search.setText("定稿")
    assert [reader.list.item(row).isHidden() for row in range(3)] == [True, True, False]
    reader.step_words(1)
    assert reader.page.textCursor().selectedText() == "定稿"
    reader.back.click()
    assert reader.list.currentRow() == 0


def test_what_looks_like_a_tag_is_text(qtbot: QtBot, tmp_path: Path) -> None:
    reader = Reader(
        (Chapter("a.md", "# 标题\n\n<b>粗</b> <img src='/etc/hostname'>\n\n<script>1</script>\n"),), tmp_path
    )
    qtbot.addWidget(reader)
    reader.open_at()

    assert "<b>粗</b> <img src='/etc/hostname'>" in reader.page.toPlainText()
    assert "<script>1</script>" in reader.page.toPlainText()


def test_pictures_fit_the_page_at_every_width(user: User) -> None:
    reader = read_manual(user)
    reader.follow("02-window.md")
    for width in (700, 1300):
        reader.resize(width, 700)
        user.bot.waitUntil(lambda: reader.page.horizontalScrollBar().maximum() == 0)
    assert (resource("manual") / "pictures" / "indicators.png").is_file()


def test_letters_grow_and_shrink(user: User) -> None:
    reader = read_manual(user)
    size = reader.page.document().defaultFont().pointSizeF()

    QTest.mouseClick(reader.larger, Qt.MouseButton.LeftButton)
    assert reader.page.document().defaultFont().pointSizeF() > size

    QTest.mouseClick(reader.smaller, Qt.MouseButton.LeftButton)
    QTest.mouseClick(reader.smaller, Qt.MouseButton.LeftButton)
    assert reader.page.document().defaultFont().pointSizeF() < size


def test_another_theme_and_larger_letters_reach_the_page_that_is_read(user: User) -> None:
    reader = read_manual(user)
    reader.follow("02-window.md#状态栏")
    application = user.program.application
    try:
        apply_appearance(application, Scheme.DARK, 14)
        page = reader.page

        assert page.document().defaultFont().pointSizeF() == 14
        assert page.document().find("概览图").charFormat().foreground().color() == page.palette().link().color()
        assert page.toPlainText().startswith("窗口一览")
    finally:
        apply_appearance(application, Scheme.LIGHT, POINTS)


def test_a_finding_leads_to_its_code_in_the_manual(user: User) -> None:
    user.window.show_review()
    user.window.step_review(1)
    finding = user.window.review.current_finding()
    assert finding is not None
    (meaning,) = user.window.review.tree.actions()
    meaning.trigger()

    page = user.program.manual.open_reader().page
    assert page.textCursor().block().text().startswith(finding.code)


def test_f1_at_a_finding_opens_the_manual_at_its_code(user: User) -> None:
    user.window.show_review()
    user.window.step_review(1)
    user.window.review.tree.setFocus()
    finding = user.window.review.current_finding()
    assert finding is not None
    user.window.activateWindow()
    user.bot.waitUntil(user.window.review.tree.hasFocus)
    QTest.keyClick(user.window.review.tree, Qt.Key.Key_F1)

    page = user.program.manual.open_reader().page
    assert page.textCursor().block().text().startswith(finding.code)
