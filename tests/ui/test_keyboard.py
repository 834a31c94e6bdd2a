"""Without a mouse: Tab reaches every control, F6 every pane, F1 explains, the list of forms has its keys, steps have names."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from app.form.rows import Place
from app.ui.aids.hints import Hints
from app.ui.aids.panes import Panes
from app.ui.aids.searching import Searching
from app.ui.pages.tables import IndicatorView
from app.ui.panels.find_bar import FindBar
from app.ui.panels.hint_popup import HintPopup
from tests.tables import template
from tests.ui.user import CTRL, PATIENCE, SHIFT, Key, User, focused, push_in

SCORE = Place("indicators", "indicator-09", "score")
ACTUAL = Place("indicators", "indicator-09", "actual")
MOST_STEPS = 600


@pytest.fixture(autouse=True)
def _wired(user: User) -> None:
    for kind in (Panes, Hints, Searching):
        if user.window.findChild(kind) is None:
            kind(user.window)


def controls(root: QWidget) -> list[QWidget]:
    """Everything that is shown, can be used and wants the keys by Tab."""
    return [
        each
        for each in root.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
    ]


def walk(user: User, key: Qt.Key) -> Iterator[QWidget]:
    """What has the keys after each press, until it is where it began."""
    first = focused()
    for _ in range(MOST_STEPS):
        user.press(key)
        yield focused()
        if focused() is first and not isinstance(first, QAbstractItemView):
            return
    pytest.fail(f"the keys never came back to {first}")


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()} {getattr(widget, 'text', str)()}"


@pytest.mark.parametrize("title", [tab.title for tab in template().tabs])
@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Backtab])
def test_tab_reaches_every_control_and_comes_back(user: User, title: str, key: Qt.Key) -> None:
    user.open_tab(title)
    user.press(Key.Key_F9)
    user.press(Key.Key_H, CTRL)
    reached = [*walk(user, key), *walk(user, key)]  # in the second round with a row that is current
    missed = [name(each) for each in controls(user.window) if each not in reached]
    assert missed == []


def wired(user: User) -> Panes:
    panes = user.window.findChild(Panes)
    assert isinstance(panes, Panes)
    return panes


def test_tab_goes_as_one_reads(user: User) -> None:
    for title in ("机构人员", "基本信息·主要职能"):
        user.open_tab(title)
        user.press(Key.Key_H, CTRL)
        user.window.forms.search.setFocus()
        panes = wired(user)._shown()
        passed = [next((pane for pane in panes if pane.isAncestorOf(each)), None) for each in walk(user, Key.Key_Tab)]
        order = list(dict.fromkeys(pane for pane in passed if pane is not None))
        assert order == panes


def test_a_tab_that_is_chosen_by_keys_can_be_typed_into_at_once(user: User) -> None:
    """As a sheet of a spreadsheet: at the cell that was current there, at first in the first one."""
    user.press(Key.Key_4, CTRL)
    user.bot.waitUntil(lambda: focused() is user.table(SCORE), timeout=PATIENCE)
    user.press(Key.Key_Down)
    assert user.table(SCORE).currentIndex().isValid()
    user.go_to(SCORE)
    user.press(Key.Key_1, CTRL)
    user.press(Key.Key_4, CTRL)
    user.write("1.7")
    user.press(Key.Key_Return)
    assert user.value(SCORE) == "1.7"
    user.press(Key.Key_9, CTRL)  # there is none
    assert user.window.tabs.currentIndex() == 3


def test_f6_goes_round_the_panes_and_shift_f6_back(user: User) -> None:
    user.go_to(SCORE)
    user.press(Key.Key_F9)
    user.press(Key.Key_F, CTRL)
    user.press(Key.Key_Escape)
    user.go_to(SCORE)
    table = focused()
    user.press(Key.Key_F6)
    assert focused() is user.window.review.tree
    user.press(Key.Key_F6)
    assert user.window.totals.isAncestorOf(focused())
    user.press(Key.Key_F6)
    assert focused() is user.window.forms.search
    user.press(Key.Key_F6)
    assert focused() is table
    assert user.current() == SCORE
    user.press(Key.Key_F6, SHIFT)
    assert focused() is user.window.forms.search
    user.press(Key.Key_F6, SHIFT)
    assert user.window.totals.isAncestorOf(focused())


def test_f6_reaches_the_find_bar_and_the_lock(user: User) -> None:
    user.window.show_edition(user.program.writer.finalise(user.session.workspace.form_id, "张三"))
    user.go_to(SCORE)
    user.press(Key.Key_F, CTRL)
    bar = user.window.findChild(FindBar)
    assert isinstance(bar, FindBar)
    user.go_to(SCORE)
    user.press(Key.Key_F6)
    assert focused() is bar.text
    user.press(Key.Key_F6, SHIFT)
    user.press(Key.Key_F6, SHIFT)
    assert user.window.lock_bar.isAncestorOf(focused())


def test_a_pane_that_was_never_in_use_gets_the_keys_at_its_first_field(user: User) -> None:
    user.open_tab("机构人员")
    user.window.forms.search.setFocus()
    user.press(Key.Key_F6)
    assert focused().accessibleName() == "机构设置及人员配置"


# --- F1 --------------------------------------------------------------------------------------------------------------


def hint(user: User) -> list[str]:
    """What F1 says; any key takes it away."""
    user.press(Key.Key_F1)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, HintPopup)
    lines = popup.text().split("\n")
    QTest.keyClick(popup, Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    return lines


def test_f1_says_what_belongs_into_a_cell_and_how_it_is_scored(user: User) -> None:
    user.go_to(SCORE)
    table = focused()
    lines = hint(user)
    assert lines[0] == "“预算执行率”得分"
    assert lines[1].startswith("自评得分，在 0 和分值之间")
    assert "【怎样算】资金总额的实际支出数 ÷ 全年预算数；得分 = 分值 × 执行率，最多得满分" in lines
    assert "建议得分 2：100.00% ≥ 100%，得满分 2" in lines
    assert focused() is table
    user.go_to(ACTUAL)
    assert "实际完成值可由表内数字算出：1546.90 ÷ 1546.91 = 99.9994% → 100.00%" in hint(user)


def test_f1_says_what_the_review_finds(user: User) -> None:
    place = Place("indicators", "indicator-41", "actual")
    (finding,) = (each for each in user.session.outcome.findings if (each.code, each.place) == ("C09", place))
    user.go_to(place)
    assert f"强制 C09：{finding.message}" in hint(user)


def test_f1_says_why_a_cell_is_protected(user: User) -> None:
    user.go_to(Place("indicators", "indicator-09", "target"))
    user.press(Key.Key_Left)
    lines = hint(user)
    assert (lines[0], lines[-1]) == ("三级指标", "指标名称由表样规定，不能修改")
    assert any(line.startswith("全年预算执行得怎样") for line in lines)


def test_f1_works_in_fields_and_open_cells(user: User) -> None:
    user.go_to(Place("staffing", "", "actual"))
    lines = hint(user)
    assert lines[0] == "实有人数（人）"
    assert lines[1].startswith("年末实有的在编在职人数，填整数")
    user.write("x")
    assert any("x" in line for line in hint(user)[2:])
    user.go_to(Place("budget", "basic", "annual"))
    user.press(Key.Key_F2)
    lines = hint(user)
    assert lines[0] == "“基本支出”全年预算数"
    assert "不写单位时按万元" in lines[1]
    user.go_to(Place("indicators", "indicator-41", "rule"))
    assert "可以不填。" in hint(user)


def test_f1_elsewhere_says_what_to_do(user: User) -> None:
    user.window.forms.tree.setFocus()
    user.press(Key.Key_F1)
    assert QApplication.activePopupWidget() is None
    assert user.message == "请先选中一个单元格，再按 F1；使用手册按 Ctrl+F1"


# --- the list of forms -----------------------------------------------------------------------------------------------


def test_the_list_of_forms_by_keys(user: User) -> None:
    tree = user.window.forms.tree
    user.window.close_form()
    tree.setFocus()
    user.press(Key.Key_Return)
    assert user.window.session is not None
    tree.setFocus()
    user.press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "2024 年"
    user.answer(lambda dialog: push_in(dialog, "保留"))
    user.press(Key.Key_Delete)
    assert user.window.forms.current_entry() is not None
    activate(user)
    user.answer(lambda dialog: push_in(dialog, "删除"))
    user.press(Key.Key_Delete)
    assert user.window.forms.current_entry() is None
    assert not any(action.isEnabled() for action in tree.actions())


def activate(user: User) -> None:
    """What the window manager does after a dialog."""
    user.window.activateWindow()
    user.bot.waitUntil(user.window.isActiveWindow, timeout=PATIENCE)


def test_the_menu_key_opens_the_lists_menu(user: User) -> None:
    tree = user.window.forms.tree
    tree.setFocus()
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, look)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), tree.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(tree, event)
    assert seen == ["打开", "复制…", "删除…"]


# --- the names of steps ----------------------------------------------------------------------------------------------


def undo_entry(user: User) -> str:
    return next(action.text() for action in user.window.menus.edit.actions() if action.text().startswith("撤销"))


def test_the_menu_names_the_step_that_would_be_taken_back(user: User) -> None:
    user.go_to(ACTUAL)
    user.press(Key.Key_Delete)
    assert undo_entry(user) == "撤销修改“预算执行率”实际完成值"
    view = user.view(ACTUAL)
    assert isinstance(view, IndicatorView)
    user.click(view.basis.take_linked)
    assert user.shown(ACTUAL) == "100.00%"
    assert undo_entry(user).startswith("撤销")
    finding = next(each for each in user.session.outcome.findings if each.code == "C31")
    user.window.review.explained.emit(finding, "情况属实", "")
    assert undo_entry(user) == "撤销填写 C31 的审核说明"
