"""发邮件: recipients, subject, text and attachments of a letter, and the template that it is written from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.sheet.handover.mail import read_addresses
from app.ui.look.labels import make_label
from app.ui.look.spacing import size_window

WIDE: Final = 60
HIGH: Final = 30
PLACEHOLDER: Final = re.compile(r"\{([^{}\n]{1,20})\}")


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """What is remembered from one letter to the next; subject and text with placeholders such as {单位}.

    ``book``: addresses that can be chosen.
    """

    to: str
    copy: str
    subject: str
    text: str
    kinds: tuple[str, ...]
    book: tuple[str, ...] = ()


class MailDialog(QDialog):
    """Writes a letter from a template. ``draft_asked`` and ``files_asked`` for what is done with it; it stays open."""

    draft_asked = Signal()
    files_asked = Signal()

    def __init__(
        self, template: MailTemplate, values: Mapping[str, str], kinds: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        """``values``: what stands for each placeholder; ``kinds``: the formats that can be attached, by ending."""
        super().__init__(parent)
        self.setWindowTitle("发邮件")
        self._values = values
        self.to, self.copy = QLineEdit(template.to), QLineEdit(template.copy)
        self.to.setPlaceholderText("财政局绩效科 <jx@example.gov.cn>；可写多个，用分号隔开")
        self.book = self._book_button(template.book)
        self.subject, self.text = QLineEdit(), QPlainTextEdit()
        self.subject_template, self.text_template = QLineEdit(template.subject), QPlainTextEdit(template.text)
        self.kinds = {suffix: QCheckBox(name.partition(" (")[0]) for suffix, name in kinds.items()}
        for suffix, box in self.kinds.items():
            box.setChecked(suffix in template.kinds)
            box.toggled.connect(self._check)
        self.note = make_label(is_wrapped=True)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("邮件和模板")
        self.tabs.addTab(self._letter_page(), "邮件")
        self.tabs.addTab(self._template_page(), "模板")
        self._lay_out()
        for field in (self.to, self.copy):
            field.textChanged.connect(self._check)
        self.subject_template.textChanged.connect(self._fill)
        self.text_template.textChanged.connect(self._fill)
        self._fill()

    def _letter_page(self) -> QWidget:
        page = QWidget()
        rows = QFormLayout(page)
        to = self._beside(self.to, "复制收件人", self.to.text)
        to.insertWidget(1, self.book)
        rows.addRow("收件人", to)
        rows.addRow("抄送", self.copy)
        rows.addRow("主题", self._beside(self.subject, "复制主题", self.subject.text))
        rows.addRow("正文", self._beside(self.text, "复制正文", self.text.toPlainText))
        row = QHBoxLayout()
        for box in self.kinds.values():
            row.addWidget(box)
        row.addStretch(1)
        rows.addRow("附件", row)
        _name(self.to, "收件人")
        _name(self.copy, "抄送")
        _name(self.subject, "主题")
        _name(self.text, "正文")
        return page

    def _template_page(self) -> QWidget:
        page = QWidget()
        rows = QFormLayout(page)
        rows.addRow("主题", self.subject_template)
        rows.addRow("正文", self.text_template)
        hint = make_label(
            "可用：" + " ".join(f"{{{name}}}" for name in self._values) + "。模板会记住，下次照用。", is_wrapped=True
        )
        rows.addRow("", hint)
        _name(self.subject_template, "主题模板")
        _name(self.text_template, "正文模板")
        return page

    def _book_button(self, book: tuple[str, ...]) -> QPushButton:
        button = QPushButton("地址簿")
        button.setAutoDefault(False)
        button.setToolTip("选一个收件人；地址在“设置”的“邮件”里增减")
        menu = QMenu(button)
        for address in book:
            menu.addAction(address.replace("&", "&&"), partial(self._add_recipient, address))
        button.setMenu(menu)
        button.setEnabled(bool(book))
        return button

    def _add_recipient(self, address: str) -> None:
        if address not in read_addresses(self.to.text())[0]:
            self.to.setText("；".join(filter(None, (self.to.text().strip().rstrip("；;"), address))))

    def _beside(self, field: QLineEdit | QPlainTextEdit, caption: str, read: Callable[[], str]) -> QHBoxLayout:
        button = QPushButton(caption)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: QApplication.clipboard().setText(read()))
        row = QHBoxLayout()
        row.addWidget(field, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.draft = buttons.addButton("生成邮件草稿…", QDialogButtonBox.ButtonRole.ActionRole)
        self.files = buttons.addButton("在文件夹中显示附件…", QDialogButtonBox.ButtonRole.ActionRole)
        self.draft.clicked.connect(self.draft_asked)
        self.files.clicked.connect(self.files_asked)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.note)
        column.addWidget(buttons)
        self.draft.setDefault(True)
        size_window(self, WIDE, HIGH)

    def chosen_kinds(self) -> tuple[str, ...]:
        """The endings of the attachments."""
        return tuple(suffix for suffix, box in self.kinds.items() if box.isChecked())

    def template(self) -> MailTemplate:
        """What shall be remembered."""
        return MailTemplate(
            self.to.text(),
            self.copy.text(),
            self.subject_template.text(),
            self.text_template.toPlainText(),
            self.chosen_kinds(),
        )

    def _fill(self) -> None:
        self.subject.setText(fill_placeholders(self.subject_template.text(), self._values))
        self.text.setPlainText(fill_placeholders(self.text_template.toPlainText(), self._values))
        self._check()

    def _check(self) -> None:
        """Say what is not right; a wrong address stops the draft, nobody to send to does not."""
        bad = [piece for field in (self.to, self.copy) for piece in read_addresses(field.text())[1]]
        typed = self.subject_template.text() + self.text_template.toPlainText()
        unknown = [name for name in PLACEHOLDER.findall(typed) if name not in self._values]
        notes = [f"“{'”、“'.join(bad)}”不是邮箱地址，请改正或删去。"] if bad else []
        notes += [f"模板里的 {{{name}}} 不认识，会照原样写出。" for name in dict.fromkeys(unknown)]
        notes += ["还没有选附件。"] if not self.chosen_kinds() else []
        self.note.setText("\n".join(notes))
        self.note.setObjectName("" if bad else "note")
        self.note.setProperty("wrong", bool(bad))
        self.note.style().polish(self.note)
        self.draft.setEnabled(not bad)
        self.files.setEnabled(bool(self.chosen_kinds()))


def fill_placeholders(text: str, values: Mapping[str, str]) -> str:
    """The text with every known {name} replaced, once: what a value says is no placeholder."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def _name(widget: QWidget, name: str) -> None:
    widget.setAccessibleName(name)
