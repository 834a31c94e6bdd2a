"""编辑 → 佐证材料, also in the context menu of the indicator table: files are added, removed, noted, opened and saved.

Decides what is asked and said; each edit is one undo step, and every work on files runs beside the window.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.form.change import Change
from app.form.failure import AppError
from app.form.rows import Evidence, Place
from app.ui.asking import say, show_modal
from app.ui.menus import add_entry, connected
from app.ui.pages.tables import IndicatorView
from app.ui.session import Session
from app.ui.table.view import TableView
from app.ui.tasks import Cancelled, Tasks, Tell
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.models.evidence.keeping import Condition
    from app.ui.dialogs.evidence_dialog import EvidenceDialog

KEYS: Final = "Ctrl+Shift+M"
MARK: Final = "evidence"
TITLE: Final = "佐证材料"


@dataclass(frozen=True, slots=True)
class Intake:
    """Files that are kept now, as rows without keys, and sentences about those that are not."""

    files: tuple[Evidence, ...]
    refusals: tuple[str, ...]


class EvidenceFiles(QObject):
    """Remembers window, data folder and tasks, the open dialog, and what became of the files that were looked at."""

    def __init__(self, window: MainWindow, folder: Path, tasks: Tasks, room: Path) -> None:
        """The files are kept in ``folder``; copies that are opened lie in ``room``."""
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._room = room
        self._tasks = tasks
        self._place = Path.home()
        self._dialog: EvidenceDialog | None = None
        self._conditions: dict[str, Condition] = {}  # by digest
        self._has_lent = False
        add_entry(window.menus.edit, "佐证材料(&M)…", self.show, KEYS)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_keys_moved)
            application.aboutToQuit.connect(self._take_back)
            self._on_keys_moved(None, application.focusWidget())

    def show(self) -> None:
        """The dialog, at the indicator that is current in the table."""
        from app.ui.aids.panes import focus_widget  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.dialogs.evidence_dialog import EvidenceDialog  # noqa: PLC0415  # the same

        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表")
            return
        here = key_of(focus_widget())
        self._dialog = dialog = EvidenceDialog(
            session.outcome.form, here, is_locked=session.is_locked, parent=self._window
        )
        dialog.add_asked.connect(lambda indicator, paths: self._add(session, indicator, paths))
        dialog.remove_asked.connect(lambda keys: self._remove(session, keys))
        dialog.noted.connect(lambda key, text: self._note(session, key, text))
        dialog.open_asked.connect(lambda key: self._open(session, key))
        dialog.save_asked.connect(lambda key: self._save(session, key))
        dialog.undo_asked.connect(self._window.undo)
        session.outcome_changed.connect(self._render)
        self._render()
        self._inspect(session)
        show_modal(dialog)
        self._dialog = None
        if self._window.session is session:
            session.outcome_changed.disconnect(self._render)

    # edits
    def _add(self, session: Session, indicator: str, paths: Sequence[Path]) -> None:
        if not paths:
            names, _ = QFileDialog.getOpenFileNames(self._dialog, "添加佐证材料", str(self._place), "")
            paths = [Path(name) for name in names]
            self._place = paths[0].parent if paths else self._place
        if paths:
            work = partial(keep_all, self._folder, paths)
            self._start("添加佐证材料", work, partial(self._list, session, indicator))

    def _list(self, session: Session, indicator: str, intake: Intake) -> None:
        """What was kept comes into the form, if it still is the open one."""
        from app.editing.edits import add_evidence  # noqa: PLC0415  # not needed for the window to appear

        if self._window.session is not session or session.is_locked:
            self._window.say("这张表已经关闭或锁定，佐证材料没有添加")
            return
        for row in intake.files:
            self._conditions.pop(row.sha256, None)  # what was altered has just been put right
        change = add_evidence(session.outcome.form, indicator, intake.files)
        self._edit(session, change)
        self._render()
        count = len(change.patches) if change else 0
        known = len(intake.files) - count
        self._window.say(f"已添加 {count} 份佐证材料" + (f"，{known} 份已经在列" if known else ""))
        if intake.refusals or known:
            listed = (f"有 {known} 份的内容已经在这一项下列出，没有重复添加",) if known else ()
            self._warn("\n".join((*intake.refusals, *listed)))

    def _remove(self, session: Session, keys: Sequence[str]) -> None:
        from app.editing.edits import remove_rows  # noqa: PLC0415  # not needed for the window to appear

        self._edit(session, remove_rows(session.outcome.form, "evidence", keys))

    def _note(self, session: Session, key: str, text: str) -> None:
        from app.editing.edits import set_value  # noqa: PLC0415  # not needed for the window to appear

        change = set_value(session.outcome.form, Place("evidence", key, "note"), text)
        self._edit(session, change)
        if change is None:
            self._render()

    def _edit(self, session: Session, change: Change | None) -> None:
        if change is not None:
            session.edit(change)

    # files
    def _open(self, session: Session, key: str) -> None:
        from app.models.evidence.lending import lend  # noqa: PLC0415  # not needed for the window to appear

        row = _row(session, key)
        if not self._has_lent:  # what a run left behind that was killed
            self._take_back()
        self._has_lent = True
        self._start("打开佐证材料", lambda _tell: lend(self._folder, row, self._room), self._show_copy)

    def _show_copy(self, copy: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self._warn(f"没有找到能打开“{copy.name}”的程序；请另存后用别的程序打开")

    def _save(self, session: Session, key: str) -> None:
        from app.models.evidence.keeping import copy_out  # noqa: PLC0415  # not needed for the window to appear
        from app.models.evidence.packing import MOST_OF_NAME, safe_name  # noqa: PLC0415  # the same

        row = _row(session, key)
        suggestion = str(Path.home() / safe_name(row.name, MOST_OF_NAME))
        name, _ = QFileDialog.getSaveFileName(self._dialog, "另存佐证材料", suggestion)
        if name:
            work = partial(copy_out, self._folder, row, Path(name))
            self._start("另存佐证材料", lambda _tell: work(), lambda _none: self._window.say(f"已存到 {name}"))

    def _inspect(self, session: Session) -> None:
        """Read all files that were not looked at yet, unless something else is running; then their sizes alone must do."""
        wanted = {row.sha256: row for row in session.outcome.form.evidence if row.sha256 not in self._conditions}
        if wanted and not self._tasks.is_running:
            self._start("核对佐证材料", partial(inspect_all, self._folder, [*wanted.values()]), self._on_inspected)

    def _on_inspected(self, found: "Mapping[str, Condition]") -> None:
        self._conditions |= found
        self._render()

    def _render(self) -> None:
        from app.models.evidence.keeping import Condition, glance  # noqa: PLC0415  # not needed for the window to appear

        session = self._window.session
        if self._dialog is not None and session is not None:
            form = session.outcome.form
            now = {row.sha256: glance(self._folder, row) for row in form.evidence}
            known = {digest: self._conditions.get(digest, Condition.SOUND) for digest in now}
            self._dialog.show_form(form, {key: known[key] if now[key] is Condition.SOUND else now[key] for key in now})

    def _start(self, title: str, work: Callable[[Tell], object], done: Callable[..., object]) -> None:
        """Run a work; what it can't do is said as plain text, for names of files stand in it."""
        self._tasks.start(title, partial(attempt, work), lambda answer: self._hand_back(answer, done))

    def _hand_back(self, answer: object, done: Callable[..., object]) -> None:
        if isinstance(answer, AppError):
            self._warn(str(answer))
            self._render()
        else:
            done(answer)

    def _warn(self, text: str) -> None:
        say(self._dialog or self._window, TITLE, text)

    def _take_back(self) -> None:
        from app.models.evidence.lending import take_back  # noqa: PLC0415  # only when the program ends

        take_back(self._room)

    # the context menu
    def _on_keys_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """A tab makes its table when it first appears; it has the keys before anybody can ask for its menu."""
        is_table = isinstance(new, TableView) and isinstance(new.parentWidget(), IndicatorView)
        is_ours = new is not None and self._window.isAncestorOf(new)  # the application tells of every window's keys
        if isinstance(new, TableView) and is_table and is_ours and not new.findChild(QAction, MARK):
            action = connected(QAction(TITLE, new), self.show)
            action.setObjectName(MARK)
            new.addAction(action)
            new.installEventFilter(self)
            new.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: before the menu of the table opens, its entry says how many files the row has."""
        if event.type() == QEvent.Type.ContextMenu:
            view = watched if isinstance(watched, TableView) else watched.parent()
            session = self._window.session
            if isinstance(view, TableView) and session is not None:
                key = view.current_key()
                count = sum(row.indicator == key for row in session.outcome.form.evidence)
                for action in view.findChildren(QAction, MARK):
                    action.setText(f"佐证材料（{count}）…\t{KEYS}")
        return super().eventFilter(watched, event)


def key_of(keys: QWidget | None) -> str:
    """The row that is current in the indicator table, if that has the keys; otherwise ""."""
    while keys is not None:
        if isinstance(keys, TableView) and isinstance(keys.parentWidget(), IndicatorView):
            return keys.current_key()
        keys = keys.parentWidget()
    return ""


def keep_all(folder: Path, paths: Sequence[Path], tell: Tell) -> Intake:
    """Keep files, one after the other; one that can't be kept is no reason to leave out the others."""
    from app.models.evidence.keeping import keep_file  # noqa: PLC0415  # not needed for the window to appear

    files, refusals = [], []
    total = 2 * sum(path.stat().st_size for path in paths if path.is_file()) or 1
    done = 0
    for number, path in enumerate(paths, 1):

        def count(size: int, text: str = f"正在存入第 {number} 份，共 {len(paths)} 份：{path.name}") -> None:
            nonlocal done
            done += size
            tell(text, done / total)

        try:
            kept = keep_file(folder, path, count)
        except AppError as failure:
            refusals.append(str(failure))
        else:
            files.append(Evidence("", "", path.name, "", kept.sha256, str(kept.size)))
    return Intake(tuple(files), tuple(refusals))


def inspect_all(folder: Path, rows: Iterable[Evidence], tell: Tell) -> "dict[str, Condition]":
    """What became of each content, by digest; those not read yet when it is given up are left out."""
    from app.models.evidence.keeping import inspect  # noqa: PLC0415  # not needed for the window to appear

    listed = [*rows]
    total = sum(int(row.size) for row in listed if row.size.isdecimal()) or 1
    found: dict[str, Condition] = {}
    done = 0
    for row in listed:

        def count(size: int, text: str = f"正在核对：{row.name}") -> None:
            nonlocal done
            done += size
            tell(text, done / total)

        try:
            found[row.sha256] = inspect(folder, row, count)
        except Cancelled:
            break
    return found


def attempt(work: Callable[[Tell], object], tell: Tell) -> object:
    """The answer of a work, or the failure that the program knows."""
    try:
        return work(tell)
    except AppError as failure:
        return failure


def _row(session: Session, key: str) -> Evidence:
    return next(row for row in session.outcome.form.evidence if row.key == key)
