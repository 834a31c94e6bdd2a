"""What the menus do with whole forms: new, open, copy, delete, read from a file, export; and closing safely.

Asks with dialogs and calls the store; knows no cell.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog

from app.editing import sentences
from app.editing.forms import copy_form, new_form
from app.form.failure import AppError
from app.form.reading.loader import bundled_codes, load_template
from app.models.files.backups import Reason
from app.models.state import FormEntry
from app.ui.actions.exports import KINDS, Annex, Export, export_form, suggested_name
from app.ui.asking import CLOSE, Icon, Question, ask, say, show_modal, show_outside
from app.ui.faces.naming import name_unit, name_year
from app.ui.keeper import Keeper
from app.ui.menus import add_entry, add_separator, add_writing_entry
from app.ui.start.shelf import Shelf
from app.ui.tasks import Tasks
from app.ui.window import TITLE, MainWindow


class Commands(QObject):
    """Remembers window, stored forms and the long work that runs, and carries out what the menus ask."""

    def __init__(self, window: MainWindow, keeper: Keeper, shelf: Shelf, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._shelf = shelf
        self._tasks = tasks
        self.annex: Callable[[], Annex | None] = lambda: None
        forms = window.forms
        forms.new_asked.connect(self.new_form)
        forms.copy_asked.connect(self.copy_form)
        forms.delete_asked.connect(self.delete_form)
        window.banner.retry_asked.connect(keeper.retry)
        self._add_menus()

    def add_exports(self) -> None:
        """The entries that write the open form into a file; they stand below those that bring one in."""
        menu = self._window.menus.file
        add_separator(menu)
        add_entry(menu, "导出 Excel(&E)…", lambda: self.export(".xlsx"), "Ctrl+E")
        add_entry(menu, "导出 PDF(&F)…", lambda: self.export(".pdf"), "Ctrl+Shift+P")
        add_entry(menu, "导出 Word(&W)…", lambda: self.export(".docx"))
        add_entry(menu, "导出交换文件(&J)…", lambda: self.export(".json"))

    def _add_menus(self) -> None:
        window, menus = self._window, self._window.menus
        add_writing_entry(menus.file, "新建(&N)…", self.new_form, QKeySequence.StandardKey.New)
        window.undo_entries.add(
            add_entry(menus.edit, "撤销", window.undo, "Ctrl+Z"), add_entry(menus.edit, "重做", window.redo)
        )
        add_entry(menus.view, "下一处未填", window.go_to_gap, "F8")
        add_entry(menus.view, "审核", window.switch_review, "F9")
        add_entry(menus.view, "下一条审核问题", partial(window.step_review, 1), "F4")
        add_entry(menus.view, "上一条审核问题", partial(window.step_review, -1), "Shift+F4")

    def new_form(self) -> None:
        """Ask for unit, year and template, and open a blank form."""
        from app.ui.panels.form_dialog import FormDialog  # noqa: PLC0415  # not needed for the window to appear

        dialog = FormDialog("新建自评价表", [load_template(code) for code in bundled_codes()], self._window)
        session = self._window.session
        own = self._window.preferences.profile.unit
        dialog.unit.setText(own or (session.outcome.form.cover.unit if session else ""))
        if show_modal(dialog):
            form = new_form(dialog.chosen_template(), dialog.unit.text().strip(), dialog.year.text().strip())
            self._shelf.create(form, sentences.CREATED)

    def copy_form(self, entry: FormEntry) -> None:
        """Ask for unit and year, and open a copy of a stored form."""
        from app.ui.panels.form_dialog import FormDialog  # noqa: PLC0415  # not needed for the window to appear

        dialog = FormDialog("复制为另一年度或单位", (), self._window)
        dialog.unit.setText(entry.unit)
        dialog.year.setText(str(int(entry.year) + 1) if entry.year.isdecimal() else entry.year)
        if show_modal(dialog):
            unit, year = dialog.unit.text().strip(), dialog.year.text().strip()
            note = sentences.COPIED.format(unit=entry.unit, year=entry.year)
            self._try(lambda: self._shelf.create(copy_form(self._keeper.load(entry.id), year, unit), note))

    def delete_form(self, entry: FormEntry) -> None:
        """Ask, then put a stored form aside."""
        question = Question(
            "删除自评价表",
            f"要删除“{name_unit(entry.unit)}”{name_year(entry.year)}的自评价表吗？",
            "删除后它不再出现在列表中。",
            ("删除", "保留"),
            default="保留",
            destroys="删除",
        )
        if ask(self._window, question) == "删除":
            self._try(lambda: self._delete(entry))

    def export(self, suffix: str) -> None:
        """Ask for a file name and export the open form; what happened stands in the status bar, or in a dialog if it failed."""
        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表，再导出")
            return
        suggestion = str(Path.home() / f"{suggested_name(session.outcome, session.edition)}{suffix}")
        name, _ = QFileDialog.getSaveFileName(self._window, "导出", suggestion, KINDS[suffix])
        if name:
            path = Path(name) if name.lower().endswith(suffix) else Path(name + suffix)
            outcome, edition, margins = session.outcome, session.edition, self._window.preferences.margins
            annex = self.annex() if suffix == ".pdf" else None
            self._tasks.start(
                "导出", lambda tell: export_form(outcome, path, edition, tell, margins, annex=annex), self._report
            )

    def may_close(self) -> bool:
        """Whether the window may close: no work runs, and everything is on disk or the user has been asked."""
        if not self._tasks.finish():
            return False
        if self._keeper.flush(3.0):
            return True
        question = Question(
            "还有内容没有保存",
            "最近的修改还没有写到磁盘上。",
            "现在关闭会失去这些修改。",
            ("不保存并关闭", "继续等待"),
            default="继续等待",
            icon=Icon.Warning,
            destroys="不保存并关闭",
        )
        return ask(self._window, question) != "继续等待"

    def _delete(self, entry: FormEntry) -> None:
        session = self._window.session
        self._keeper.back_up(Reason.DELETE)
        self._keeper.delete(entry.id)
        if session is not None and session.workspace.form_id == entry.id:
            self._window.close_form()
        self._shelf.refresh()

    def _report(self, done: Export) -> None:
        self._window.say(f"已导出到 {done.path}")
        more = "\n".join((str(done.path.parent), *done.remarks))
        places = {"打开文件": done.path, "打开所在文件夹": done.path.parent}
        question = Question("导出完成", f"已导出：{done.path.name}", more, (*places, CLOSE), icon=Icon.Information)
        place = places.get(ask(self._window, question))
        if place is not None:
            show_outside(self._window, place)

    def _try(self, act: Callable[[], None]) -> None:
        """Do it; a known failure becomes one polite message."""
        try:
            act()
        except AppError as failure:
            say(self._window, TITLE, str(failure))
