"""Where there is nothing, a sentence says why and what to do."""

from dataclasses import replace

from PySide6.QtWidgets import QAbstractItemView

from app.editing.sentences import CREATED
from app.form.form import Form
from app.form.rows import Place
from app.ui.table.empty_note import EmptyNote
from tests.ui.user import User


def note(view: QAbstractItemView) -> str:
    """The sentence that stands in a view, "" where none does."""
    return "".join(each.text() for each in view.viewport().findChildren(EmptyNote) if each.isVisible())


def test_an_empty_list_says_how_to_fill_it(user: User, sample: Form) -> None:
    user.open_tab("基本信息·主要职能")
    assert note(user.table(Place("duties"))) == ""
    user.program.shelf.create(replace(sample, duties=()), CREATED)
    assert note(user.table(Place("duties"))).startswith("还没有主要职能。点“增加一项”")
    user.push(Place("duties"), "增加一项")
    assert note(user.table(Place("duties"))) == ""
    user.undo()
    assert note(user.table(Place("duties"))).startswith("还没有主要职能")


def test_the_sentence_has_the_size_of_its_list(user: User, sample: Form) -> None:
    user.program.shelf.create(replace(sample, duties=()), CREATED)
    user.open_tab("基本信息·主要职能")
    view = user.table(Place("duties"))
    (label,) = view.viewport().findChildren(EmptyNote)
    user.window.resize(1100, 700)
    user.bot.waitUntil(lambda: label.size() == view.viewport().size())
    assert label.contentsRect().height() == label.height()  # a low list cuts no letters


def test_an_empty_budget_says_where_it_can_come_from(user: User, sample: Form) -> None:
    user.program.shelf.create(replace(sample, budget=()), CREATED)
    user.open_tab("预算支出")
    assert note(user.table(Place("budget"))).startswith("这份表没有支出行")


def test_the_list_of_forms_says_why_it_is_empty(user: User) -> None:
    forms = user.window.forms
    assert note(forms.tree) == ""
    forms.search.setText("丙")
    assert note(forms.tree) == "没有找到“丙”。请换一个词，或清空上面的查找框。"
    forms.search.clear()
    assert note(forms.tree) == ""
    user.program.writer.delete(user.session.workspace.form_id)
    user.program.starting.show()
    assert note(forms.tree).startswith("还没有自评价表")
