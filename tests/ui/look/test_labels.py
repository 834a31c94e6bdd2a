"""Labels and tips show what was typed, tags and all."""

import pytest
from PySide6.QtGui import Qt, QTextDocument

from app.editing.edits import set_value
from app.form.rows import Place
from app.ui.look.labels import make_label, plain_tip
from tests.ui.user import User

SCORE = Place("indicators", "indicator-09", "score")
TYPED = "<b>完成</b> <img src='/etc/hostname'>\n第二行 & 其他"


def test_a_label_takes_no_markup() -> None:
    assert make_label(TYPED).textFormat() == Qt.TextFormat.PlainText


def test_a_tip_that_looks_like_markup_is_read_as_it_was_typed() -> None:
    document = QTextDocument()
    document.setHtml(plain_tip(TYPED))
    assert Qt.mightBeRichText(plain_tip(TYPED))
    assert document.toPlainText() == TYPED


@pytest.mark.parametrize("text", ["", "≥95%", "3 < 5，而 7 > 5", "甲\n乙"])
def test_a_tip_without_tags_stays_as_it_is(text: str) -> None:
    assert plain_tip(text) == text


def test_a_cell_that_cant_be_read_is_explained_as_it_was_typed(user: User) -> None:
    user.type_into(SCORE, "<b>二</b>")
    user.go_to(SCORE)
    tip = user.table(SCORE).currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;二&lt;/b&gt;" in tip


def test_a_step_is_named_with_the_signs_that_were_typed(user: User) -> None:
    line = user.form.budget[-1].key
    for field, text in (("label", "A&B"), ("spent", "1")):
        change = set_value(user.form, Place("budget", line, field), text)
        assert change is not None
        user.session.edit(change)
    (entry,) = (each for each in user.window.menus.edit.actions() if each.text().startswith("撤销"))
    assert "“A&&B”" in entry.text()
