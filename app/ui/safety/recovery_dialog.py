"""The ways out when the data file cannot be opened: what is wrong, what is still readable, what can be done.

Decides nothing: the answer is a value, what it means is done by `recovering`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QVBoxLayout, QWidget

from app.models.opening import Unopenable
from app.models.safety.backups import Backup
from app.models.safety.recovery import Salvage
from app.ui.asking import Icon, Question, ask
from app.ui.look.labels import make_label
from app.ui.safety.backups_dialog import HEADINGS, describe, fill_list, make_list, say_time
from app.ui.window import TITLE

NO_BACKUP: Final = "没有找到完好的备份。"
SHOWN: Final = 6  # readable forms that are named
WIDE: Final = 46  # in 汉字
LINES: Final = 8  # of the list of backups


@dataclass(frozen=True, slots=True)
class Restore:
    """Put the file aside and go back to a backup; ``is_salvaging``: keep the readable forms, too."""

    backup: Backup
    is_salvaging: bool


@dataclass(frozen=True, slots=True)
class BeginAnew:
    """Put the file aside and begin a new one."""

    is_salvaging: bool


@dataclass(frozen=True, slots=True)
class Retry:
    """Try to open it once more."""


@dataclass(frozen=True, slots=True)
class Leave:
    """End the program."""


Choice = Restore | BeginAnew | Retry | Leave


class RecoveryDialog(QDialog):
    """Shows what is wrong; ``choice`` is the answer."""

    def __init__(
        self,
        failure: Unopenable,
        newest: Backup | None,
        others: Sequence[Backup],
        salvage: Salvage,
        parent: QWidget | None = None,
    ) -> None:
        """``newest`` is the newest backup that is sound, ``others`` are all there are."""
        super().__init__(parent)
        self.setWindowTitle(f"{TITLE}：数据文件无法打开")
        self.choice: Choice = Leave()
        self._others = tuple(others)
        self.salvaging = QCheckBox("仍可读出的表也一并保留（与备份内容不同的另存一份）")
        self.salvaging.setChecked(True)
        self.salvaging.setVisible(bool(salvage.forms))
        self.list = make_list(HEADINGS, "备份")
        self.list.setVisible(False)
        self._column = QVBoxLayout(self)
        self._say(str(failure))
        if failure.can_recover:
            self._say(describe_salvage(salvage))
            self._offer_recovery(newest)
        self._add("重试", self._retry)
        self._add("退出", self.reject)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * WIDE)

    def _offer_recovery(self, newest: Backup | None) -> None:
        self._column.addWidget(self.salvaging)
        if newest is None:
            self._say(NO_BACKUP)
        else:
            button = self._add(
                f"恢复最近的备份（{say_time(newest)}）", lambda: self._choose(Restore(newest, self._is_salvaging()))
            )
            button.setDefault(True)
        if self._others:
            self._other = self._add("选择其他备份…", self._on_other)
            self._column.addWidget(self.list)
        self._add("保留损坏的文件并重新开始…", self._on_anew)

    def _on_other(self) -> None:
        """First show them, then take the chosen one."""
        if self.list.isHidden():
            fill_list(self.list, [describe(backup) for backup in self._others])
            self.list.selectRow(0)
            self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * 2 * LINES)
            self.list.setVisible(True)
            self._other.setText("恢复选中的备份")
            self.list.setFocus()
            return
        self._choose(Restore(self._others[max(0, self.list.currentRow())], self._is_salvaging()))

    def _on_anew(self) -> None:
        kept = "仍可读出的表会保留。" if self._is_salvaging() else "程序里将没有任何表。"
        question = Question(
            TITLE,
            "确定要重新开始吗？",
            f"{kept}现在的文件会移到数据文件夹下的 damaged 文件夹中，不会删除。",
            ("重新开始", "返回"),
            default="返回",
            icon=Icon.Warning,
            destroys="重新开始",
        )
        if ask(self, question) == "重新开始":
            self._choose(BeginAnew(self._is_salvaging()))

    def _retry(self) -> None:
        self._choose(Retry())

    def _is_salvaging(self) -> bool:
        return not self.salvaging.isHidden() and self.salvaging.isChecked()

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()

    def _say(self, text: str) -> None:
        label = make_label(text, is_wrapped=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)

    def _add(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: act())  # noqa: PLW0108  # Qt would hand "checked" to the function
        self._column.addWidget(button)
        return button


def describe_salvage(salvage: Salvage) -> str:
    """What is readable in the file, in a sentence."""
    if not salvage.forms:
        return "这个文件中已经没有能读出的表。"
    names = "、".join(f"{each.entry.unit} {each.entry.year} 年" for each in salvage.forms[:SHOWN])
    more = " 等" if len(salvage.forms) > SHOWN else ""
    lost = f"；另有 {salvage.lost} 份读不出" if salvage.lost else ""
    return f"这个文件中仍可完整读出 {len(salvage.forms)} 份表（{names}{more}）{lost}。"
