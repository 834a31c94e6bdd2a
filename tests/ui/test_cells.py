"""The menus' cut, copy, paste, fill and zoom act on the table that has the keys."""

import pytest
from PySide6.QtWidgets import QApplication

from app.form.rows import Place
from app.ui.aids.cells import Cells
from tests.ui.user import User

SCORE = Place("indicators", "indicator-09", "score")
BELOW = Place("indicators", "indicator-10", "score")


@pytest.fixture(autouse=True)
def cells(user: User) -> Cells:
    found = user.window.findChildren(Cells)
    return found[0] if found else Cells(user.window)


def choose(user: User, text: str) -> None:
    entries = [*user.window.menus.edit.actions(), *user.window.menus.view.actions()]
    (entry,) = (each for each in entries if each.text().split("\t")[0].split("(")[0] == text)
    entry.trigger()


def test_cells_are_copied_and_pasted_from_the_menu(user: User) -> None:
    user.go_to(SCORE)
    choose(user, "复制")
    assert QApplication.clipboard().text() == "2"
    user.go_to(BELOW)
    choose(user, "粘贴")
    assert user.value(BELOW) == "2"
    choose(user, "剪切")
    assert user.value(BELOW) == ""
    choose(user, "向下填充")
    assert user.value(BELOW) == "2"
    choose(user, "清除内容")
    assert user.value(BELOW) == ""


def test_the_table_is_made_larger_and_smaller(user: User) -> None:
    user.go_to(SCORE)
    before = user.table(SCORE).font().pointSizeF()
    choose(user, "放大表格")
    assert user.table(SCORE).font().pointSizeF() > before
    choose(user, "表格原大小")
    assert user.table(SCORE).font().pointSizeF() == before


def test_without_a_table_it_says_what_to_do(user: User) -> None:
    user.window.forms.search.setFocus()
    choose(user, "粘贴")
    assert user.message == "请先单击表格中的一个单元格"
