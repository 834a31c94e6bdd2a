"""文件 → 发邮件: a mail draft with the open form attached, or its parts for web mail. Sends nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.editing.preferences.preferences import Address, Post, Preferences, Profile
from app.editing.workspace import Outcome
from app.form.quantity import format_number
from app.review.digest import short_code
from app.review.edition import Draft, Edition
from app.ui.actions.exports import PAPERS, submit
from app.ui.asking import Icon, Question, ask, show_modal, show_outside
from app.ui.menus import add_entry
from app.ui.tasks import Tasks, Tell
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.sheet.handover.mail import Attachment
    from app.sheet.handover.submission import Submission
    from app.ui.dialogs.mail_dialog import MailDialog, MailTemplate

NO_CODE: Final = "（草稿，没有校验码）"


class Mailing(QObject):
    """Remembers window and the long work that runs."""

    def __init__(self, window: MainWindow, store: Callable[[Preferences], object], tasks: Tasks) -> None:
        """``store`` keeps settings that learnt from a letter."""
        super().__init__(window)
        self._window = window
        self._store = store
        self._tasks = tasks
        self._place = Path.home()
        add_entry(window.menus.file, "发邮件(&M)…", self.write_mail)

    def write_mail(self) -> None:
        """The dialog of a letter with the open form; a draft form is asked about first."""
        from app.ui.dialogs.mail_dialog import MailDialog  # noqa: PLC0415  # not needed for the window to appear

        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表，再发邮件")
            return
        outcome, edition = session.outcome, session.edition
        if isinstance(edition, Draft) and not self._wants_draft():
            return
        dialog = MailDialog(
            self._load_template(), values_of(outcome, edition, self._window.preferences.profile), PAPERS, self._window
        )
        dialog.draft_asked.connect(lambda: self._save_draft(dialog, outcome, edition))
        dialog.files_asked.connect(lambda: self._save_files(dialog, outcome, edition))
        show_modal(dialog)
        self._keep_template(dialog.template())

    def _wants_draft(self) -> bool:
        question = Question(
            "发邮件",
            "这份表还是草稿，没有定稿，也没有校验码。",
            "仍要发送草稿吗？附件的每一页上都会印有“草稿”。",
            ("发送草稿", "不发送"),
            default="不发送",
        )
        return ask(self._window, question) == "发送草稿"

    def _save_draft(self, dialog: "MailDialog", outcome: Outcome, edition: Edition) -> None:
        """Ask for the place, write the .eml and open it."""
        from app.sheet.files import verify_bytes, write_file  # noqa: PLC0415  # not needed for the window to appear
        from app.sheet.handover.mail import Letter, read_addresses, write_draft  # noqa: PLC0415  # the same
        from app.sheet.handover.naming import file_stem  # noqa: PLC0415  # the same

        stem, kinds = file_stem(outcome.form, edition), dialog.chosen_kinds()
        name, _ = QFileDialog.getSaveFileName(
            dialog, "保存邮件草稿", str(self._place / f"{stem}.eml"), "邮件草稿 (*.eml)"
        )
        if not name:
            return
        path = Path(name) if name.lower().endswith(".eml") else Path(f"{name}.eml")
        self._place = path.parent
        to, copy = (read_addresses(field.text())[0] for field in (dialog.to, dialog.copy))
        subject, text = dialog.subject.text(), dialog.text.toPlainText()
        margins = self._window.preferences.margins

        def work(tell: Tell) -> Path:
            attachments = paint_attachments(submit(outcome, edition, margins), kinds, path.parent, tell)
            content = write_draft(Letter(to, subject, text, copy, attachments))
            write_file(path, content, verify_bytes(content))
            return path

        self._tasks.start("生成邮件草稿", work, self._open_draft)

    def _open_draft(self, path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._window.say(f"已生成邮件草稿 {path.name}，请在邮件程序中检查后发送")
            return
        more = "这台电脑上没有能打开它的邮件程序。用网页邮箱时，请用“复制收件人”“复制主题”“复制正文”，再添加附件。"
        ask(self._window, Question("邮件草稿", f"已生成邮件草稿：{path}", more, icon=Icon.Information))

    def _save_files(self, dialog: "MailDialog", outcome: Outcome, edition: Edition) -> None:
        """Ask for a folder, write the attachments into it and show it."""
        from app.sheet.handover.naming import free_name  # noqa: PLC0415  # not needed for the window to appear

        chosen, kinds = QFileDialog.getExistingDirectory(dialog, "附件保存到", str(self._place)), dialog.chosen_kinds()
        if not chosen:
            return
        self._place = folder = Path(chosen)
        margins = self._window.preferences.margins

        def work(tell: Tell) -> int:
            from app.sheet.files import verify_bytes, write_file  # noqa: PLC0415  # not needed for the window to appear

            attachments = paint_attachments(submit(outcome, edition, margins), kinds, folder, tell)
            for each in attachments:
                stem, suffix = Path(each.name).stem, Path(each.name).suffix
                path = folder / free_name(stem, suffix, lambda name: (folder / name).exists())
                write_file(path, each.content, verify_bytes(each.content))
            return len(attachments)

        self._tasks.start("保存附件", work, lambda count: self._show_folder(folder, count))

    def _show_folder(self, folder: Path, count: int) -> None:
        self._window.say(f"{count} 个附件已保存到 {folder}")
        show_outside(self._window, folder)

    def _load_template(self) -> "MailTemplate":
        from app.editing.preferences.fields import write_address  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.dialogs.mail_dialog import MailTemplate  # noqa: PLC0415  # the same

        post = self._window.preferences.post
        to = tuple(write_address(each) for each in post.addresses if each.is_usual)
        book = tuple(write_address(each) for each in post.addresses)
        return MailTemplate("；".join(to), post.copy, post.subject, post.text, post.attached, book)

    def _keep_template(self, template: "MailTemplate") -> None:
        from app.editing.preferences.learning import learn_post  # noqa: PLC0415  # not needed for the window to appear

        preferences = self._window.preferences
        letter = Post(list_addresses(template.to), template.copy, template.subject, template.text, template.kinds)
        post = learn_post(preferences.post, letter)
        if post != preferences.post:
            self._store(replace(preferences, post=post))


def list_addresses(text: str) -> tuple[Address, ...]:
    """The recipients of a letter as settings have them."""
    from app.sheet.handover.mail import part_address, read_addresses  # noqa: PLC0415  # not needed for the window to appear

    return tuple(Address(*part_address(each)) for each in read_addresses(text)[0])


def values_of(outcome: Outcome, edition: Edition, profile: Profile) -> Mapping[str, str]:
    """What stands for each placeholder of a letter about this form."""
    form, score = outcome.form, outcome.assessment.scaled_score.value
    return {
        "单位": form.cover.unit,
        "年度": form.cover.year,
        "校验码": NO_CODE if isinstance(edition, Draft) else short_code(edition.digest),
        "得分": "—" if score is None else format_number(score),
        "等级": outcome.assessment.grade or "—",
        "单位编码": profile.code,
        "填报人": profile.person,
        "电话": profile.phone,
        "负责人": profile.head,
    }


def paint_attachments(
    submission: "Submission", kinds: tuple[str, ...], folder: Path, tell: Tell
) -> "tuple[Attachment, ...]":
    """The files of the form in the formats with these endings, each opened again in ``folder`` to be checked (C50)."""
    from app.sheet.handover.comparison.rereading import check_contents  # noqa: PLC0415  # the same
    from app.sheet.handover.mail import Attachment  # noqa: PLC0415  # not needed for the window to appear
    from app.sheet.handover.naming import file_stem  # noqa: PLC0415  # the same
    from app.sheet.handover.submission import paint_file  # noqa: PLC0415  # the same

    grid, stem = submission.grid, file_stem(submission.form, submission.edition)
    painted = []
    for number, suffix in enumerate(kinds):
        tell("正在生成附件…", number / len(kinds))
        content = paint_file(submission, grid, suffix).content
        check_contents(grid, {suffix: content}, folder / (stem + suffix))
        painted.append(Attachment(stem + suffix, content))
    return tuple(painted)
