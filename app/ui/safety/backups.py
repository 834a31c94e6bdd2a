"""文件 → 备份与恢复: the dialog and what is asked for in it; and the bar with what the store noticed by itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.form.failure import AppError
from app.models.safety.notices import Notice
from app.ui.asking import Question, ask, show_modal, show_outside
from app.ui.menus import add_writing_entry
from app.ui.safety.notice_bar import NoticeBar
from app.ui.tasks import Tasks
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.models.safety.backups import Backup, Contents, Reason
    from app.ui.safety.backups_dialog import BackupsDialog

MADE: Final = "已备份"
UNCHANGED: Final = "内容没有变化，最近的备份就是现在的内容，不需要再备份"
RESTORED: Final = "已恢复到 {time} 的备份；恢复前的内容也已备份"
COPIED: Final = "已另存到 {path}"


class Safe(Protocol):
    """What this needs of the store; `app.models.writer.Writer` is one."""

    def back_up(self, reason: "Reason", /) -> "Backup | None":
        """A verified backup; None when nothing changed since the last one."""

    def list_backups(self) -> "tuple[Backup, ...]":
        """All backups, the newest first."""

    def read_backup(self, name: str, /) -> "Contents":
        """What is in a backup."""

    def restore_backup(self, name: str, /) -> "Backup":
        """Go back to a backup; the backup of the state before."""

    def watch(self, hear: Callable[[Notice], None], /) -> None:
        """Have notices told, from any thread."""


class Backups(QObject):
    """Remembers window, store, the bar and the dialog while it is open."""

    noticed = Signal(object)

    def __init__(self, window: MainWindow, safe: Safe, reopen: Callable[[], None], tasks: Tasks) -> None:
        """``reopen`` loads anew what the window shows, after the store went back to a backup."""
        super().__init__(window)
        self._window = window
        self._safe = safe
        self._reopen = reopen
        self._tasks = tasks
        self._dialog: BackupsDialog | None = None
        add_writing_entry(window.menus.file, "备份与恢复(&B)…", self.show)
        self.bar = NoticeBar()
        self.bar.backups_asked.connect(self.show)
        window.middle.add_bar(self.bar, is_urgent=True)
        self.noticed.connect(self.bar.show_notice)
        safe.watch(self.noticed.emit)

    def show(self) -> None:
        """The dialog."""
        from app.ui.safety.backups_dialog import BackupsDialog  # noqa: PLC0415  # not needed for the window to appear

        self._dialog = dialog = BackupsDialog(self._window)
        dialog.backup_asked.connect(self._back_up)
        dialog.preview_asked.connect(self._preview)
        dialog.restore_asked.connect(self._ask_restore)
        dialog.copy_asked.connect(self._copy)
        dialog.folder_asked.connect(self._open_folder)
        self._list()
        show_modal(dialog)
        self._dialog = None

    def _list(self) -> None:
        if self._dialog is None:
            return
        try:
            self._dialog.show_backups(self._safe.list_backups())
        except OSError as error:
            self._dialog.show_problem(error.strerror or type(error).__name__)

    def _back_up(self) -> None:
        from app.models.safety.backups import Reason  # noqa: PLC0415  # not needed for the window to appear

        self._tasks.start("立即备份", lambda _tell: self._safe.back_up(Reason.MANUAL), self._say_backed_up)

    def _say_backed_up(self, backup: "Backup | None") -> None:
        self._list()
        self._say(UNCHANGED if backup is None else MADE)

    def _preview(self, name: str) -> None:
        self._tasks.start("查看备份", lambda _tell: self._read(name), partial(self._show_contents, name))

    def _read(self, name: str) -> "Contents | str":
        """Called beside the window: what is in a backup, or why that cannot be said."""
        try:
            return self._safe.read_backup(name)
        except AppError as failure:
            return str(failure)

    def _show_contents(self, name: str, contents: "Contents | str") -> None:
        if self._dialog is None:
            return
        if isinstance(contents, str):
            self._dialog.show_problem(contents)
        else:
            self._dialog.show_contents(name, contents)

    def _ask_restore(self, name: str) -> None:
        from app.ui.safety.backups_dialog import say_time  # noqa: PLC0415  # not needed for the window to appear

        dialog = self._dialog
        backup = dialog.chosen() if dialog else None
        if dialog is None or backup is None:
            return
        time = say_time(backup)
        question = Question(
            "恢复备份",
            f"要恢复到 {time} 的备份吗？",
            "所有单位、所有年度的表都会回到那时的内容。现在的内容会先做成一个备份，以后可以再恢复回来。",
            ("恢复", "不恢复"),
            default="不恢复",
            destroys="恢复",
        )
        if ask(dialog, question) == "恢复":
            self._tasks.start(
                "恢复备份", lambda _tell: self._safe.restore_backup(name), lambda _before: self._go_on(time)
            )

    def _go_on(self, time: str) -> None:
        """With what was restored."""
        self._reopen()
        if self._dialog is not None:
            self._dialog.accept()
        self._window.say(RESTORED.format(time=time))

    def _copy(self, name: str) -> None:
        from app.models.safety.backups import save_copy  # noqa: PLC0415  # not needed for the window to appear

        backup = self._dialog.chosen() if self._dialog else None
        folder = QFileDialog.getExistingDirectory(self._dialog, "另存备份到（例如 U 盘）", str(Path.home()))
        if folder and backup is not None and backup.name == name:
            self._tasks.start("另存备份", lambda _tell: save_copy(backup, Path(folder)), self._say_copied)

    def _say_copied(self, path: Path) -> None:
        self._say(COPIED.format(path=path))

    def _open_folder(self) -> None:
        backups = self._safe.list_backups()
        if backups:
            show_outside(self._dialog, backups[0].path.parent)

    def _say(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.verdict.setText(text)
        self._window.say(text)
