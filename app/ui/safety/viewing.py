"""Opening for reading only: the question beforehand, and the bar that says why nothing can be changed and what to do.

Decides the words. What is closed for writing is the window's, where the copy lies the store's.
"""

from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.asking import Icon, Question, ask
from app.ui.look.labels import make_label
from app.ui.window import TITLE, MainWindow

ONLY_READABLE: Final = (
    "此位置只能读：可查看和导出，不能修改（{folder}）。"
    "需要修改时，请解除写保护或取得写入权限，再点“重新打开”；也可以把这个文件夹复制到能写的地方，从那里打开。"
)
HELD: Final = (
    "这个数据文件夹正由别处使用：可查看和导出，不能修改（{folder}）。"
    "这里显示的是打开时的内容；对方关闭程序后，点“重新打开”就能修改。"
)
OFFER: Final = "也可以只读打开：可查看、打印和导出现在的内容，不能修改，不影响对方。"


class Wish(Enum):
    """What is to be done about a folder that another one holds, as its button is called."""

    VIEW = "只读打开"
    AGAIN = "重试"
    LEAVE = "退出"


class ViewBar(QFrame):
    """Says why nothing can be changed. ``is_again``: the user wants it opened anew."""

    def __init__(self, why: str, window: QWidget) -> None:
        super().__init__()
        self.setObjectName("lockBar")  # looks like it
        self.is_again = False
        self._window = window
        text = make_label(why, is_wrapped=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = QPushButton("重新打开")
        button.clicked.connect(self._on_again)
        row = QHBoxLayout(self)
        row.addWidget(text, 1)
        row.addWidget(button)

    def _on_again(self) -> None:
        self.is_again = True
        if not self._window.close():
            self.is_again = False


def say_only_readable(folder: Path) -> str:
    """Why what may be read but not written cannot be changed, and what to do."""
    return ONLY_READABLE.format(folder=folder)


def say_held(folder: Path) -> str:
    """The same of what another one holds."""
    return HELD.format(folder=folder)


def show_bar(window: MainWindow, why: str) -> ViewBar:
    """Put the bar above the tabs."""
    bar = ViewBar(why, window)
    window.middle.add_bar(bar, is_urgent=True)
    return bar


def ask_to_view(sentence: str) -> Wish:
    """Somebody else holds the folder, as the sentence says: what now. Before there is a window."""
    question = Question(TITLE, sentence, OFFER, tuple(wish.value for wish in Wish), icon=Icon.Information)
    return Wish(ask(None, question))
