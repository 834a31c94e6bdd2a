"""A way to begin: a large button with an icon, what it does, and a sentence about it below.

Decides how it is drawn. Qt's own button of this kind has letters of 9 points whatever size the user chose.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from app.ui.look.spacing import space

AROUND: Final = 3  # steps
MOST: Final = 10_000  # pixels: as high as it likes
FLAGS: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class WayButton(QPushButton):
    """Remembers its description; ``text`` is the title."""

    def __init__(self, picture: QIcon, title: str, description: str) -> None:
        super().__init__(picture, title)
        self._description = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_description(description)

    def description(self) -> str:
        """The sentence below the title."""
        return self._description

    def set_description(self, text: str) -> None:
        """Say something else below the title."""
        self._description = text
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other letters need other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Qt: the height that the description needs."""
        below = self._description_in(QRect(0, 0, width, MOST))
        needed = self.fontMetrics().boundingRect(below, FLAGS, self._description).height()
        return below.top() + max(needed, self.fontMetrics().lineSpacing()) + space(AROUND)

    def sizeHint(self) -> QSize:
        """Qt: what it would like to have."""
        width = max(self.fontMetrics().horizontalAdvance(each) for each in (self.text(), self._description))
        width += 3 * space(AROUND) + self.iconSize().width() + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Qt: a title can't be broken."""
        width = 3 * space(AROUND) + self.iconSize().width() + QFontMetrics(self._bold()).horizontalAdvance(self.text())
        return QSize(width, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the box as every button has it, and everything in it."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""  # type: ignore[attr-defined]  # the stubs leave out what is drawn here instead
        option.icon = QIcon()  # type: ignore[attr-defined]  # the same
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self.icon().paint(painter, QRect(self._corner(), self.iconSize()), Qt.AlignmentFlag.AlignCenter, mode)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.ButtonText))
        below = self._description_in(self.rect())
        painter.drawText(below, FLAGS, self._description)
        painter.setFont(self._bold())
        painter.drawText(QRect(below.left(), space(AROUND), below.width(), below.top()), FLAGS, self.text())

    def _corner(self) -> QPoint:
        return QPoint(space(AROUND), space(AROUND))

    def _description_in(self, whole: QRect) -> QRect:
        left = 2 * space(AROUND) + self.iconSize().width()
        top = space(AROUND) + QFontMetrics(self._bold()).lineSpacing()
        return QRect(left, top, max(1, whole.width() - left - space(AROUND)), whole.height())

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font
