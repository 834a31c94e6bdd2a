"""Short questions and messages: plain text whatever was typed into it, and nothing left behind when they are answered.

Decides how they look and end; what is asked and what follows is the caller's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QWidget

CLOSE: Final = "关闭"


class Icon(StrEnum):
    """What kind of message it is; the values are the names of Qt's icons, whose class the first window does without."""

    Question = "Question"
    Information = "Information"
    Warning = "Warning"
    Critical = "Critical"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked or said. The last of ``choices`` is what closing the window means; ``default`` is what Enter does."""

    title: str
    text: str
    more: str = ""
    choices: tuple[str, ...] = (CLOSE,)
    default: str = ""
    icon: Icon = Icon.Question
    destroys: str = ""
    """The choice after which something is gone, if any."""


def ask(parent: "QWidget | None", question: Question) -> str:
    """Show a question until it is answered; the caption that was chosen."""
    from PySide6.QtCore import Qt  # noqa: PLC0415  # not needed for the window to appear
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415  # the same

    box = QMessageBox(QMessageBox.Icon[question.icon], question.title, question.text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # else "<…>" in what a user typed is taken for markup
    box.setInformativeText(question.more)
    roles = dict.fromkeys(question.choices, QMessageBox.ButtonRole.AcceptRole)
    roles[question.choices[-1]] = QMessageBox.ButtonRole.RejectRole
    if question.destroys:
        roles[question.destroys] = QMessageBox.ButtonRole.DestructiveRole
    buttons = {text: box.addButton(text, role) for text, role in roles.items()}
    box.setDefaultButton(buttons[question.default or question.choices[0]])
    box.setEscapeButton(buttons[question.choices[-1]])
    box.exec()
    chosen = next((text for text, button in buttons.items() if button is box.clickedButton()), question.choices[-1])
    box.deleteLater()
    return chosen


def say(parent: "QWidget | None", title: str, text: str, icon: Icon = Icon.Warning) -> None:
    """A message that is read and closed."""
    ask(parent, Question(title, text, choices=("确定",), icon=icon))


def show_outside(parent: "QWidget | None", path: "Path") -> None:
    """Show a folder in the system's file manager, or a file in its program; where none does, say where it lies."""
    from PySide6.QtCore import QUrl  # noqa: PLC0415  # not needed for the window to appear
    from PySide6.QtGui import QDesktopServices  # noqa: PLC0415  # the same

    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        what = "文件夹" if path.is_dir() else "文件"
        say(parent, f"打开{what}", f"系统没有能打开这个{what}的程序。它在这里：\n{path}", Icon.Information)


def ask_line(parent: "QWidget | None", title: str, text: str, usual: str = "") -> str:
    """Ask for one line, "" when there is none: 确定 can be pushed once something is written."""
    from PySide6.QtWidgets import QDialogButtonBox, QInputDialog  # noqa: PLC0415  # not needed for the window to appear

    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(text)
    dialog.setTextValue(usual)
    dialog.setOkButtonText("确定")  # and Qt makes the buttons now
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    done = buttons.button(QDialogButtonBox.StandardButton.Ok)
    dialog.textValueChanged.connect(lambda line: done.setEnabled(bool(line.strip())))
    done.setEnabled(bool(usual.strip()))
    return dialog.textValue().strip() if show_modal(dialog) else ""


def show_modal(dialog: "QDialog") -> bool:
    """Show a dialog until it is closed, and let it go; whether it was accepted. Its fields can be read until the next event."""
    is_accepted = bool(dialog.exec())
    dialog.deleteLater()
    return is_accepted


def shorten(lines: Sequence[str], most: int) -> str:
    """The first ``most`` lines, and that there are more."""
    return "\n".join((*lines[:most], *(["……"] if len(lines) > most else [])))
