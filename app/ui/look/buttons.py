"""Buttons of bars: flat, an icon beside the word. Decides how they look, not what they do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from app.ui.look.icons import icon
from app.ui.look.labels import plain_tip


def bar_button(text: str, name: str, hint: str = "") -> QToolButton:
    """A button with a word and the icon of a name."""
    button = QToolButton()
    button.setText(text)
    button.setIcon(icon(name))
    button.setToolTip(plain_tip(hint))
    return _flat(button)


def action_button(action: QAction, name: str) -> QToolButton:
    """The button of an action, which gets the icon too."""
    action.setIcon(icon(name))
    button = QToolButton()
    button.setDefaultAction(action)
    return _flat(button)


def _flat(button: QToolButton) -> QToolButton:
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setAutoRaise(True)
    return button
