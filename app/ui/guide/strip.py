"""The strip above the tabs: the stages of the year's work, each with its state and what is left.

Shows stages; says which one was clicked, and that the strip shall go away.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.ui.guide.stages import Stage, StageName, StageState
from app.ui.look.labels import make_label, plain_tip
from app.ui.look.style import set_state

ARROW: Final = "›"
PADDING: Final = 2  # characters beside the name
SPOKEN: Final = {
    StageState.DONE: "已完成",
    StageState.NOW: "现在做这一步",
    StageState.WRONG: "需要改正",
    StageState.LATER: "以后做",
}
HINTS: Final = {
    StageName.FILL: "转到下一处未填的地方（F8）",
    StageName.REVIEW: "显示审核发现的问题（F9）",
    StageName.FINALISE: "定稿",
    StageName.HAND_OVER: "传出报送包",
}


class StageButton(QToolButton):
    """One stage: sign and name, then what is left, as much of it as there is room for. The keys have F8, F9 and the menus."""

    def __init__(self, name: StageName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setAutoRaise(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stage = Stage(name, StageState.LATER, "")

    def show_stage(self, stage: Stage) -> None:
        """Show it, unless it is shown already."""
        if stage == self._stage and self.text():
            return
        self._stage = stage
        self.setToolTip(plain_tip(f"{stage.words}\n{HINTS[stage.name]}"))
        self.setAccessibleName(f"{stage.name}：{SPOKEN[stage.state]}，{stage.words}")
        set_state(self, "stage", stage.state.name.lower())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room for the words."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Qt: one line; the name has to be readable, the words get what is left."""
        width = self.fontMetrics().horizontalAdvance(f"{self._stage.state} {self._stage.name}" + "国" * PADDING)
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt: the same; a narrow window shortens the words."""
        return self.sizeHint()

    def _fit(self) -> None:
        metrics, text = self.fontMetrics(), f"{self._stage.state} {self._stage.name}　{self._stage.words}"
        room = self.width() - metrics.horizontalAdvance("国")
        self.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))


class GuideStrip(QFrame):
    """Remembers a button for each stage. ``asked(name)`` for a click; ``hide_asked`` for the cross."""

    asked = Signal(object)
    hide_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guideStrip")
        self.setAccessibleName("步骤")
        self.buttons = {name: StageButton(name) for name in StageName}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._on_clicked, name))
            row.addWidget(button, 1)
            if name is not StageName.HAND_OVER:
                row.addWidget(make_label(ARROW))
        self._cross = QToolButton()
        self._cross.setText("×")
        self._cross.setAutoRaise(True)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setAccessibleName("隐藏步骤")
        self._cross.setToolTip("隐藏步骤；“查看 → 步骤”可以再显示")
        self._cross.clicked.connect(self.hide_asked)
        row.addWidget(self._cross)

    def show_stages(self, stages: tuple[Stage, ...]) -> None:
        """Show all stages."""
        for stage in stages:
            self.buttons[stage.name].show_stage(stage)

    def _on_clicked(self, name: StageName, *_checked: bool) -> None:
        self.asked.emit(name)
