"""编辑 → 剪切, 复制, 粘贴 …, 查看 → 放大, 缩小: the menus' way to what the table with the keys does by itself."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.menus import add_entry, add_separator
from app.ui.table.view import TableView
from app.ui.window import MainWindow

# The keys stand in the text only: tables and text fields take them themselves.
EDITS: Final[tuple[tuple[str, Callable[[TableView], object]], ...]] = (
    ("剪切(&T)\tCtrl+X", TableView.cut),
    ("复制(&C)\tCtrl+C", TableView.copy),
    ("粘贴(&P)\tCtrl+V", TableView.paste),
    ("向下填充(&D)\tCtrl+D", TableView.fill_down),
    ("清除内容(&E)\tDelete", TableView.clear_selected),
)
SIZES: Final[tuple[tuple[str, Callable[[TableView], object]], ...]] = (
    ("放大表格\tCtrl++", lambda view: view.zoom_by(1)),
    ("缩小表格\tCtrl+-", lambda view: view.zoom_by(-1)),
    ("表格原大小\tCtrl+0", TableView.reset_zoom),
    ("恢复列宽", TableView.reset_widths),
)
NO_TABLE: Final = "请先单击表格中的一个单元格"


class Cells(QObject):
    """Remembers the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        add_separator(window.menus.edit)
        for text, act in EDITS:
            add_entry(window.menus.edit, text, partial(self._act, act))
        add_separator(window.menus.view)
        for text, act in SIZES:
            add_entry(window.menus.view, text, partial(self._act, act))

    def _act(self, act: Callable[[TableView], object]) -> None:
        table = current_table()
        if table is None:
            self._window.say(NO_TABLE)
        else:
            act(table)


def current_table() -> TableView | None:
    """The table that has the keys, itself or by its editor."""
    widget: QWidget | None = QApplication.focusWidget()  # the stubs forget that there may be none
    while widget is not None and not isinstance(widget, TableView):
        widget = widget.parentWidget()
    return widget
