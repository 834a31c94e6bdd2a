"""查看 → 修改记录: the dialog, and what is brought back from it, each time as one edit that can be undone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from app.form.change import Change
from app.form.failure import AppError
from app.models.state import JournalEntry
from app.ui.asking import Icon, Question, ask, say, show_modal
from app.ui.menus import add_entry
from app.ui.session import Session
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.editing.past.history import Step, Touch
    from app.ui.panels.history_dialog import HistoryDialog


class Journal(Protocol):
    """What the window needs of the store for this; `app.models.writer.Writer` is one."""

    def history(self, form_id: int, /) -> Sequence[JournalEntry]:
        """Every committed change of a form, the oldest first."""


class History(QObject):
    """Remembers window and store."""

    def __init__(self, window: MainWindow, keeper: Journal) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        add_entry(window.menus.view, "修改记录(&H)…", self.show, "Ctrl+Shift+H")

    def show(self) -> None:
        """The dialog of what was changed; it stays open while things are brought back."""
        from app.ui.aids.panes import current_place, focus_widget  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.panels.history_dialog import HistoryDialog  # noqa: PLC0415  # the same

        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表")
            return
        place = current_place(focus_widget())
        dialog = HistoryDialog(session.outcome.form, place, is_locked=session.is_locked, parent=self._window)
        dialog.value_asked.connect(lambda touch: self._restore_value(dialog, session, touch))
        dialog.form_asked.connect(lambda step: self._restore_form(dialog, session, step))
        self._fill(dialog, session)
        show_modal(dialog)

    def _fill(self, dialog: "HistoryDialog", session: Session) -> None:
        from app.editing.past.history import walk_steps  # noqa: PLC0415  # not needed for the window to appear

        try:
            entries = self._keeper.history(session.workspace.form_id)
        except AppError as failure:
            dialog.show_problem(str(failure))
        else:
            dialog.show_steps(session.outcome.form, walk_steps(session.outcome.form, entries))

    def _restore_value(self, dialog: "HistoryDialog", session: Session, touch: "Touch") -> None:
        from app.editing.past.returning import bring_back  # noqa: PLC0415  # not needed for the window to appear

        self._edit(dialog, session, bring_back(session.outcome.form, touch))

    def _restore_form(self, dialog: "HistoryDialog", session: Session, step: "Step") -> None:
        """Ask, with what would change, and bring back the whole form as it was after a step."""
        from app.editing.finalising import compare_forms  # noqa: PLC0415  # not needed for the window to appear
        from app.editing.past.history import form_at  # noqa: PLC0415  # the same
        from app.editing.restoring import restore_form  # noqa: PLC0415  # the same

        now = session.outcome.form
        try:
            then = form_at(now, self._keeper.history(session.workspace.form_id), step.last)
        except AppError as failure:
            dialog.show_problem(str(failure))
            return
        change = restore_form(now, then, step.at)
        if change is None:
            say(dialog, "恢复整张表", "这张表现在就是那时的内容，不需要恢复。", Icon.Information)
            return
        time = f"{step.at.astimezone():%Y-%m-%d %H:%M:%S}"
        question = Question(
            "恢复整张表",
            f"要把整张表恢复到 {time} 的内容吗？",
            f"有 {len(compare_forms(now, then))} 处会改变。恢复后可以用“撤销”取消。",
            ("恢复", "不恢复"),
            default="不恢复",
        )
        if ask(dialog, question) == "恢复":
            self._edit(dialog, session, change)

    def _edit(self, dialog: "HistoryDialog", session: Session, change: Change | None) -> None:
        """Make the edit and show the journal with it."""
        if change is not None:
            session.edit(change)
            self._window.say(f"已{change.text}")
            self._fill(dialog, session)
