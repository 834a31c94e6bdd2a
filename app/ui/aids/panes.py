"""The ways through the window by keys: F6 from pane to pane, Tab through the panes in the same order.

Also says at which cell the user is, for whoever asks.
"""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.form.rows import Place
from app.ui.menus import add_entry, connected
from app.ui.pages.basis import BasisStrip
from app.ui.pages.fields import FieldsView
from app.ui.table.view import TableView
from app.ui.window import MainWindow


class Panes(QObject):
    """Remembers the window, and the panes as Tab goes through them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._ordered: list[QWidget] = []
        window.tabs.setAccessibleName("自评价表")
        window.tabs.tabBar().setAccessibleName("页签")
        add_entry(window.menus.view, "下一个窗格", partial(self.step, 1), "F6")
        add_entry(window.menus.view, "上一个窗格", partial(self.step, -1), "Shift+F6")
        for number in range(1, 10):
            window.addAction(connected(QAction(window), partial(self.enter_tab, number - 1), f"Ctrl+{number}"))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._put_in_order)
        window.tabs.currentChanged.connect(lambda: QTimer.singleShot(0, self, self._put_in_order))
        self._put_in_order()

    def step(self, by: int) -> None:
        """Give the keys to the next (1) or the one before (-1) of the panes, round the end, where they were in it last."""
        panes = self._shown()
        keys = focus_widget()
        at = next((number for number, pane in enumerate(panes) if keys and pane.isAncestorOf(keys)), -by)
        for number in range(1, len(panes) + 1):
            target = _target(panes[(at + by * number) % len(panes)])
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def enter_tab(self, number: int) -> None:
        """Show a tab and give it the keys, where they were in it last: one can type at once, as on another sheet."""
        tabs = self._window.tabs
        if not 0 <= number < tabs.count():
            return
        tabs.setCurrentIndex(number)
        if not self._give_keys():  # the tab makes its widgets now; they are shown by the next event
            QTimer.singleShot(0, self, self._give_keys)

    def _give_keys(self) -> bool:
        """Give the keys to the tab in front; False when nothing in it can take them."""
        page: QWidget | None = self._window.tabs.currentWidget()  # the stubs forget that there may be none
        target = _desk(page) or _target(page) if page is not None else None
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return target is not None

    def _put_in_order(self) -> None:
        """Tab goes as one reads; Qt would go by when a widget was made, and a tab makes its own when it first appears."""
        panes = self._shown()
        if panes == self._ordered:
            return
        self._ordered, page = panes, self._window.tabs.currentWidget()
        chain: list[QWidget] = []
        for pane in panes:
            own = [each for each in _chain(self._window) if pane.isAncestorOf(each)]
            # The tab widget hands the keys to its bar: left where it is, it would catch them out of order.
            chain += [self._window.tabs, self._window.tabs.tabBar(), *own] if pane is page else own
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _shown(self) -> list[QWidget]:
        return [pane for pane in self._panes() if pane.isVisible()]

    def _panes(self) -> Iterator[QWidget]:
        """Left to right, top to bottom; whatever is put into the column of the tabs is one."""
        yield self._window.forms
        yield from self._window.middle.parts
        yield self._window.totals


def focus_widget() -> QWidget | None:
    """The widget that has the keys."""
    keys: QWidget | None = QApplication.focusWidget()  # the stubs forget that there may be none
    return keys


def current_place(keys: QWidget | None) -> Place | None:
    """The cell that the widget with the keys stands for: its own, or the current one of its table; None elsewhere."""
    upper = keys
    while upper is not None and keys is not None:
        match upper:
            case TableView():
                return upper.faces_model.place_of(upper.currentIndex())
            case FieldsView() | BasisStrip():
                return upper.place_of(keys)
        upper = upper.parentWidget()
    return None


def _target(pane: QWidget) -> QWidget | None:
    """Where the keys go in a pane: where they were last, otherwise to its first list, table or field, or its first button."""
    last: QWidget | None = pane.focusWidget()  # the stubs forget that there may be none
    if last is not None and _takes_keys(last):
        return last
    found = [each for each in pane.findChildren(QWidget) if _takes_keys(each)]
    return next((each for each in found if not isinstance(each, QAbstractButton)), found[0] if found else None)


def _desk(page: QWidget) -> QWidget | None:
    """Where one types in a page: the field or table that had the keys last, otherwise its first table; a button is neither."""
    last: QWidget | None = page.focusWidget()  # the stubs forget that there may be none
    if last is not None and _takes_keys(last) and not isinstance(last, QAbstractButton):
        return last
    return next((table for table in page.findChildren(TableView) if _takes_keys(table)), None)


def _chain(window: QWidget) -> Iterator[QWidget]:
    """All widgets that want the keys by Tab, in Qt's order, shown or not."""
    widget: QWidget | None = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget
        widget = widget.nextInFocusChain()


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
