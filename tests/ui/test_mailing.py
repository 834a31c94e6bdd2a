"""发邮件: the draft says what the dialog shows, web mail gets its parts, and what was typed is remembered."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.editing.preferences.keeping import FILE_NAME
from app.editing.preferences.preferences import Address, Post, Preferences, Profile
from app.review.digest import digest, short_code
from app.review.edition import Final
from app.ui.dialogs.mail_dialog import MailDialog, fill_placeholders
from tests.ui.dialogs import Opener, answer, choose_entry, save_as
from tests.ui.user import PATIENCE, User, push_in

STEM = "如皋市社会保险基金管理中心-2024-部门整体支出绩效自评价表-v3"


@pytest.fixture
def opener(qtbot: QtBot) -> Iterator[Opener]:
    opener = Opener()
    yield opener
    opener.close()


@pytest.fixture
def sender(user: User) -> User:
    """The user with the real form open as version 3."""
    user.window.show_edition(Final(3, "王会计", "2025-03-01T08:30:00+00:00", digest(user.form)))
    return user


def write(user: User, act: Callable[[MailDialog], None]) -> None:
    answer(MailDialog, act)
    choose_entry(user.window.menus.file, "发邮件")


def read(path: Path) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    return message


def test_a_draft_of_a_letter_is_written_and_opened(sender: User, opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "报送.eml"
    shown: list[str] = []

    def act(dialog: MailDialog) -> None:
        dialog.to.setText("财政局绩效科 <jx@b.cn>；c@d.cn")
        shown.extend((dialog.subject.text(), dialog.text.toPlainText()))
        answer(QFileDialog, save_as(path.with_suffix("")))
        push_in(dialog, "生成邮件草稿…")
        sender.bot.waitUntil(lambda: opener.paths == [path], timeout=PATIENCE)

    write(sender, act)
    message = read(path)
    assert [each.addr_spec for each in message["To"].addresses] == ["jx@b.cn", "c@d.cn"]
    assert (message["Subject"], message["X-Unsent"]) == (shown[0], "1")
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n").rstrip() == shown[1].rstrip()  # type: ignore[union-attr]  # there is one
    assert [part.get_filename() for part in message.iter_attachments()] == [f"{STEM}.xlsx", f"{STEM}.pdf"]
    assert all(part.get_content()[:2] in (b"PK", b"%P") for part in message.iter_attachments())
    assert short_code(digest(sender.form)) in shown[1]
    assert "得分 101.5，等级“优”" in shown[1]
    assert "{" not in "".join(shown)
    assert sender.message.startswith("已生成邮件草稿 报送.eml")


def test_web_mail_gets_its_parts(sender: User, opener: Opener, tmp_path: Path) -> None:
    copied: list[str] = []

    def act(dialog: MailDialog) -> None:
        dialog.to.setText("a@b.cn")
        for caption in ("复制收件人", "复制主题", "复制正文"):
            push_in(dialog, caption)
            copied.append(QApplication.clipboard().text())
        dialog.kinds[".pdf"].setChecked(False)
        for _ in range(2):
            answer(QFileDialog, save_as(tmp_path))
            push_in(dialog, "在文件夹中显示附件…")
            count = len(opener.paths) + 1
            sender.bot.waitUntil(lambda count=count: len(opener.paths) == count, timeout=PATIENCE)  # type: ignore[misc]  # bound at once

    write(sender, act)
    assert copied[0] == "a@b.cn"
    assert copied[1] == "如皋市社会保险基金管理中心 2024 年部门整体支出绩效自评价表"
    assert copied[2].startswith("您好")
    assert {path.name for path in tmp_path.glob("*.*")} == {f"{STEM}.xlsx", f"{STEM}(2).xlsx"}


def test_what_was_typed_is_remembered(sender: User) -> None:
    def first(dialog: MailDialog) -> None:
        dialog.to.setText("a@b.cn")
        dialog.copy.setText("c@d.cn")
        dialog.subject_template.setText("{单位}的表")
        dialog.text_template.setPlainText("{年度}\n第二行")
        dialog.kinds[".docx"].setChecked(True)
        assert dialog.subject.text() == "如皋市社会保险基金管理中心的表"

    def second(dialog: MailDialog) -> None:
        assert (dialog.to.text(), dialog.copy.text()) == ("a@b.cn", "c@d.cn")
        assert dialog.subject.text() == "如皋市社会保险基金管理中心的表"
        assert dialog.text.toPlainText() == "2024\n第二行"
        assert dialog.chosen_kinds() == (".xlsx", ".pdf", ".docx")
        seen.append(True)

    seen: list[bool] = []
    write(sender, first)
    write(sender, second)
    assert seen == [True]


def test_wrong_addresses_and_unknown_placeholders_are_said(sender: User) -> None:
    seen: list[tuple[str, bool]] = []

    def act(dialog: MailDialog) -> None:
        dialog.to.setText("a@b.cn；李四")
        seen.append((dialog.note.text(), dialog.draft.isEnabled()))
        dialog.to.setText("")
        dialog.text_template.setPlainText("{单位} {没有}")
        seen.append((dialog.note.text(), dialog.draft.isEnabled()))
        for box in dialog.kinds.values():
            box.setChecked(False)
        seen.append((dialog.note.text(), dialog.files.isEnabled()))

    write(sender, act)
    assert seen == [
        ("“李四”不是邮箱地址，请改正或删去。", False),
        ("模板里的 {没有} 不认识，会照原样写出。", True),
        ("模板里的 {没有} 不认识，会照原样写出。\n还没有选附件。", False),
    ]


def test_a_draft_form_is_asked_about(user: User) -> None:
    seen: list[str] = []

    def ask(button: str) -> None:
        answer(QMessageBox, lambda box: push_in(box, button))

    ask("不发送")
    choose_entry(user.window.menus.file, "发邮件")
    ask("发送草稿")
    write(user, lambda dialog: seen.append(dialog.text.toPlainText()))
    assert "（草稿，没有校验码）" in seen[0]
    assert len(seen) == 1


def test_without_a_form_there_is_nothing_to_send(user: User) -> None:
    user.window.close_form()
    choose_entry(user.window.menus.file, "发邮件")
    assert user.message == "请先打开一份自评价表，再发邮件"


def test_what_a_value_says_is_no_placeholder() -> None:
    values = {"单位": "{年度}", "年度": "2024"}
    assert fill_placeholders("{单位}{年度}{没有}{", values) == "{年度}2024{没有}{"


def test_a_letter_begins_with_what_the_settings_say(sender: User) -> None:
    addresses = (Address("财政局", "jx@b.cn", is_usual=True), Address("主管局", "c@d.cn"))
    post = Post(addresses, "e@f.cn", "{单位编码} {填报人}", "{负责人} {电话}", (".pdf",))
    profile = Profile("甲局", "101001", "王会计", "0513-1", "李局长")
    sender.program.chosen.store(Preferences(profile, post))
    seen: list[str] = []

    def act(dialog: MailDialog) -> None:
        seen.extend((dialog.to.text(), dialog.copy.text(), dialog.subject.text(), dialog.text.toPlainText()))
        assert dialog.chosen_kinds() == (".pdf",)
        for _ in range(2):
            choose_entry(dialog.book.menu(), "主管局")
        seen.append(dialog.to.text())
        dialog.to.setText("g@h.cn")

    write(sender, act)
    assert seen == [
        "财政局 <jx@b.cn>",
        "e@f.cn",
        "101001 王会计",
        "李局长 0513-1",
        "财政局 <jx@b.cn>；主管局 <c@d.cn>",
    ]
    assert sender.window.preferences.post == replace(post, addresses=(*addresses, Address("", "g@h.cn")))


def test_settings_that_cannot_be_kept_stop_no_letter(sender: User) -> None:
    (sender.program.folder / FILE_NAME).mkdir()
    write(sender, lambda dialog: dialog.to.setText("a@b.cn"))
    assert FILE_NAME in sender.message
    assert sender.window.preferences == Preferences()
