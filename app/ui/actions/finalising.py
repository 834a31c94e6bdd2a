"""What the menu 定稿 does: finalising, taking it back, looking at versions. Asks with dialogs and calls the store."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.editing.workspace import compute_outcome
from app.form.failure import AppError
from app.review.edition import Draft, Final
from app.review.finding import Level, blocking
from app.ui.actions.exports import KINDS, export_form, suggested_name
from app.ui.asking import ask_line, say, show_modal
from app.ui.keeper import Keeper
from app.ui.menus import add_entry, add_writing_entry
from app.ui.tasks import Tasks
from app.ui.window import TITLE, MainWindow


class Finalising(QObject):
    """Remembers window, store and the long work that runs."""

    def __init__(self, window: MainWindow, keeper: Keeper, refresh: Callable[[], None], tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._refresh = refresh
        self._tasks = tasks
        add_writing_entry(window.menus.final, "定稿…", self.finalise)
        add_writing_entry(window.menus.final, "取消定稿…", self.reopen)
        add_entry(window.menus.final, "历次定稿…", self.show_versions)
        window.lock_bar.reopen_asked.connect(self.reopen)

    def finalise(self) -> None:
        """Make a version and lock the form, unless a finding stands in the way: then the panel shows which."""
        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表")
            return
        if session.is_locked:
            self._window.say("这份表已经定稿" if isinstance(session.edition, Final) else "现在是只读打开，不能定稿")
            return
        left = blocking(session.outcome.form, session.outcome.findings)
        if left:
            mandatory = sum(finding.level is Level.MANDATORY for finding in left)
            self._window.show_review()
            self._window.say(
                f"还不能定稿：强制问题 {mandatory} 条须改正，提示 {len(left) - mandatory} 条须改正或填写审核说明"
            )
            return
        form_id = session.workspace.form_id
        before = self._keeper.versions(form_id)
        usual = self._window.preferences.profile.finaliser or (before[-1].by if before else "")
        by = ask_line(self._window, "定稿", "定稿后内容锁定。请填写定稿人姓名：", usual)
        if by:
            self._try(lambda: self._finalise(form_id, by))

    def reopen(self) -> None:
        """Ask for the reason and unlock the form; the version stays."""
        session = self._window.session
        if session is None or not session.is_locked:
            self._window.say("这份表没有定稿")
            return
        reason = ask_line(self._window, "取消定稿", "原来的版本会保留。请填写取消定稿的原因：")
        if reason:
            self._try(lambda: self._reopen(session.workspace.form_id, reason))

    def show_versions(self) -> None:
        """The dialog of all versions."""
        from app.ui.panels.versions_dialog import VersionsDialog  # noqa: PLC0415  # not needed for the window to appear

        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表")
            return
        form_id = session.workspace.form_id
        versions = self._keeper.versions(form_id)
        if not versions:
            self._window.say("这份表还没有定稿过")
            return
        dialog = VersionsDialog(
            versions, lambda number: self._keeper.load_version(form_id, number), session.outcome.form, self._window
        )
        dialog.export_asked.connect(lambda number: self._try(lambda: self._export(form_id, number)))
        show_modal(dialog)

    def _finalise(self, form_id: int, by: str) -> None:
        final = self._keeper.finalise(form_id, by)
        self._window.show_edition(final)
        self._refresh()
        self._window.say(f"已定稿：第 {final.number} 版")

    def _reopen(self, form_id: int, reason: str) -> None:
        self._keeper.reopen(form_id, reason)
        self._window.show_edition(Draft())
        self._refresh()
        self._window.say("已取消定稿，可以继续修改")

    def _export(self, form_id: int, number: int) -> None:
        outcome = compute_outcome(self._keeper.load_version(form_id, number))
        version = next(each for each in self._keeper.versions(form_id) if each.number == number)
        edition = Final(number, version.by, version.at.isoformat(), version.digest)
        suggestion = str(Path.home() / f"{suggested_name(outcome, edition)}.pdf")
        kinds = ";;".join(KINDS.values())
        name, _ = QFileDialog.getSaveFileName(self._window, "导出", suggestion, kinds, KINDS[".pdf"])
        if name:
            margins = self._window.preferences.margins
            self._tasks.start(
                "导出",
                lambda tell: export_form(outcome, Path(name), edition, tell, margins),
                lambda done: self._window.say(f"已导出到 {done.path}"),
            )

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except AppError as failure:
            say(self._window, TITLE, str(failure))
