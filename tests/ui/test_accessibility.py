"""What a screen reader says, and what is seen without colours."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QDialog, QLineEdit, QTableWidget, QWidget

from app.form.rows import Place
from app.models.state import Unsaved
from app.review.finding import Level
from app.ui.aids.hints import Hints
from app.ui.aids.panes import Panes
from app.ui.aids.searching import Searching
from app.ui.panels.find_bar import FindBar
from app.ui.panels.form_dialog import FormDialog
from app.ui.panels.versions_dialog import VersionsDialog
from tests.tables import template
from tests.ui.user import CTRL, Key, User, focused, push_in

ACTUAL = Place("staffing", "", "actual")
BASIS = Place("indicators", "indicator-41", "actual")
THRESHOLD = 40  # of 255: a line that is seen


@pytest.fixture(autouse=True)
def _wired(user: User) -> None:
    for kind in (Panes, Hints, Searching):
        if user.window.findChild(kind) is None:
            kind(user.window)


def nameless(root: QWidget) -> list[str]:
    """Everything shown that takes the keys and says nothing to a screen reader."""
    widgets = [each for each in root.findChildren(QWidget) if each.isVisible()]
    takers = [each for each in widgets if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.focusProxy() is None]
    assert takers
    return [f"{type(each).__name__} in {type(each.parent()).__name__}" for each in takers if not said(each)]


def said(widget: QWidget) -> str:
    """The name that a screen reader gets."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.mark.parametrize("title", [tab.title for tab in template().tabs])
def test_every_control_of_every_tab_has_a_name(user: User, title: str) -> None:
    user.open_tab(title)
    user.press(Key.Key_F9)
    user.press(Key.Key_H, CTRL)
    user.window.show_save_state(Unsaved(1, "磁盘已满。"))
    assert nameless(user.window) == []


def test_the_amounts_beside_a_rate_have_their_names(user: User) -> None:
    user.go_to(BASIS)
    assert nameless(user.window) == []
    fields = [each for each in user.view(BASIS).findChildren(QLineEdit) if each.isVisible()]
    assert [said(each) for each in fields] == ["满意人数", "有效调查人数"]


def test_an_open_cell_says_where_it_is(user: User) -> None:
    user.go_to(BASIS)
    user.press(Key.Key_F2)
    assert said(focused()).startswith("实际完成值，")
    assert nameless(user.window) == []


def test_a_final_form_has_names_too(user: User) -> None:
    user.window.show_edition(user.program.writer.finalise(user.session.workspace.form_id, "张三"))
    assert user.window.lock_bar.isVisible()
    assert nameless(user.window) == []


def test_the_dialog_for_a_new_form_has_names(user: User) -> None:
    seen: list[str] = ["not asked"]

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, FormDialog)
        seen[:] = nameless(dialog)
        assert [said(dialog.unit), said(dialog.year), dialog.template.accessibleName()] == ["单位名称", "年度", "表样"]

    user.answer(look)
    user.press(Key.Key_N, CTRL)
    assert seen == []


def test_the_versions_have_names(user: User) -> None:
    user.window.show_edition(user.program.writer.finalise(user.session.workspace.form_id, "张三"))
    seen: list[str] = ["not asked"]

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, VersionsDialog)
        seen[:] = nameless(dialog)
        user.answer(lambda inner: seen.extend(nameless(inner)))
        push_in(dialog, "查看")

    user.answer(look)
    user.program.finalising.show_versions()
    assert seen == []


def test_the_check_finds_a_control_without_a_name(user: User) -> None:
    field = QLineEdit(user.window)
    field.show()
    table = QTableWidget(user.window)
    table.show()
    assert nameless(user.window) == ["QLineEdit in MainWindow", "QTableWidget in MainWindow"]


# --- without colours -------------------------------------------------------------------------------------------------


def grey(widget: QWidget) -> QImage:
    """A widget as a black and white printer or a colour-blind reader has it."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def corner(image: QImage, *, is_top: bool) -> int:
    """How dark the triangle in the upper or lower right corner is, inside the frame: its mean difference to white."""
    right, bottom = image.width() - 3, image.height() - 3
    spots = [(right - x, 2 + y if is_top else bottom - y) for x in range(4) for y in range(4) if x + y < 4]
    return sum(255 - image.pixelColor(x, y).lightness() for x, y in spots) // len(spots)


@pytest.mark.parametrize(
    ("place", "typed", "is_wrong"),
    [(ACTUAL, "x", True), (ACTUAL, "", False), (Place("staffing", "", "text"), "", False)],
)
def test_a_wrong_field_has_a_mark_above_and_a_noted_one_below(
    user: User, place: Place, typed: str, is_wrong: bool
) -> None:
    user.go_to(place)
    before = grey(user.field(place))
    user.press(Key.Key_A, CTRL)
    user.press(Key.Key_Delete)
    user.write(typed)
    assert user.field(place).accessibleDescription()
    after = grey(user.field(place))
    marks = [corner(after, is_top=top) - corner(before, is_top=top) > THRESHOLD for top in (True, False)]
    assert marks == [is_wrong, not is_wrong]


def test_every_state_is_said_in_words_or_by_a_sign(user: User) -> None:
    assert user.window.totals.weight.text().startswith("⚠")
    user.window.show_save_state(Unsaved(1, "磁盘已满。"))
    assert user.saved.startswith("⚠")
    user.press(Key.Key_F9)
    tree = user.window.review.tree
    heads = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    assert [head.text(0)[:2] for head in heads if head is not None] == ["强制", "提示"]
    finding = next(each for each in user.session.outcome.findings if each.level is Level.ADVISORY)
    user.window.review.explained.emit(finding, "情况属实", "")
    tops = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    texts = [top.child(number).text(2) for top in tops if top is not None for number in range(top.childCount())]
    assert [text.startswith("✓ 已说明") for text in texts].count(True) == 1
    user.window.show_edition(user.program.writer.finalise(user.session.workspace.form_id, "张三"))
    user.program.shelf.refresh()
    entry = user.window.forms.tree.currentItem()
    assert entry.text(0) == "2024 年（已定稿）"


def test_the_bar_tells_screen_readers_what_it_found(user: User) -> None:
    user.press(Key.Key_F, CTRL)
    bar = user.window.findChild(FindBar)
    assert isinstance(bar, FindBar)
    user.write("基金")
    description = QAccessible.queryAccessibleInterface(bar.text).text(QAccessible.Text.Description)
    assert description == bar.verdict.text() != ""
