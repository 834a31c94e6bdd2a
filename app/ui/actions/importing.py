"""文件 → 导入 and 从剪贴板导入: a file, or a copied table, is read beside the window, its plan is shown, and what is accepted becomes a form or one edit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog

from app.form.failure import AppError
from app.form.form import Form
from app.ui.asking import say, show_modal
from app.ui.faces.naming import name_form
from app.ui.menus import add_writing_entry
from app.ui.tasks import Tasks, Tell
from app.ui.window import TITLE, MainWindow

if TYPE_CHECKING:
    from app.editing.planning.importing import ImportPlan
    from app.sheet.reading.source import Source
    from app.sheet.recognising.fitting import Recognition
    from app.ui.dialogs.import_dialog import ImportDialog

KINDS: Final = (
    "表格文件 (*.xlsx *.xls *.et *.ods *.docx *.pdf *.json)",
    "Excel、WPS 表格 (*.xlsx *.xls *.et *.ods)",
    "Word、WPS 文字 (*.docx)",
    "PDF (*.pdf)",
    "自评价表 (*.json)",
    "所有文件 (*)",
)
NOTHING: Final = "“{name}”里没有找到自评价表：没有指标表，也没有主要职能等栏目。请确认选对了文件，或另存为 Excel 后重试"

NOTHING_COPIED: Final = "剪贴板里没有找到自评价表：没有指标表，也没有主要职能等栏目。请连同表头选中整张表，复制以后再试"

CHANGED: Final = (
    "这个文件由本程序导出，后来在别的程序里改过，下面是改过的内容；原来的内容和表上没有的审核说明，可以用“装入”取回"
)


def as_it_stands(source: "Source", path: Path) -> "Source":
    """A workbook of ours that was changed since is what its cells say now, not what was exported."""
    from app.sheet.captions import XLSX_NOTES  # noqa: PLC0415  # not needed for the window to appear
    from app.sheet.handover.verifying import Verdict, verify  # noqa: PLC0415  # the same
    from app.sheet.reading.source import Kind  # noqa: PLC0415  # the same

    if source.record and source.kind is not Kind.FORM and verify(path).verdict is Verdict.CHANGED:
        tables = tuple(grid for grid in source.grids if grid.title != XLSX_NOTES)  # what the review said then
        return replace(source, grids=tables, record="", remarks=(*source.remarks, CHANGED))
    return source


class Importing(QObject):
    """Remembers window, tasks, and the way a new form comes into being.

    ``create`` is called with a form and the note for its history, ``keep`` before anything is changed (a backup is made).
    """

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        create: Callable[[Form, str], object],
        keep: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._create = create
        self._keep = keep
        self._place = Path.home()
        add_writing_entry(window.menus.file, "导入(&O)…", self.choose, QKeySequence.StandardKey.Open)
        add_writing_entry(window.menus.file, "从剪贴板导入(&C)", self.take_copied)

    def choose(self) -> None:
        """Ask for a file and read it."""
        from app.sheet.reading.source import prepare  # noqa: PLC0415  # not needed for the window to appear

        prepare()  # the reader's process starts while the user looks for the file
        name, _ = QFileDialog.getOpenFileName(self._window, "导入", str(self._place), ";;".join(KINDS))
        if name:
            self._place = Path(name).parent
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file beside the window, then show what is in it."""
        from app.sheet.reading.source import read_source  # noqa: PLC0415  # not needed for the window to appear

        def work(tell: Tell) -> "Source":
            tell(f"正在读取“{path.name}”…", 0.1)
            return as_it_stands(read_source(path), path)

        self._tasks.start("读取文件", work, self._show)

    def take_copied(self) -> None:
        """Read the table that was copied in another program, then show what is in it."""
        from app.ui.table.copied import read_copy  # noqa: PLC0415  # not needed for the window to appear

        content = QApplication.clipboard().mimeData()
        text, markup = content.text(), content.html()

        def work(tell: Tell) -> "Source":
            tell("正在读取剪贴板…", 0.1)
            return read_copy(text, markup)

        self._tasks.start("读取剪贴板", work, self._show)

    def _show(self, source: "Source") -> None:
        try:
            if source.record:
                self._take_record(source)
            else:
                self._plan(source)
        except AppError as failure:
            say(self._window, TITLE, str(failure))

    def _take_record(self, source: "Source") -> None:
        """A file of our own holds the whole form, with what no paper shows."""
        from app.editing.sentences import IMPORTED  # noqa: PLC0415  # not needed for the window to appear
        from app.form.reading.interchange import read_form  # noqa: PLC0415  # the same

        form = read_form(source.record)
        self._keep()
        self._create(form, IMPORTED.format(name=source.name))
        self._window.say(f"已装入“{source.name}”：{name_form(form.cover.unit, form.cover.year)}")

    def _plan(self, source: "Source") -> None:
        from app.editing.planning.importing import recognise_forms  # noqa: PLC0415  # not needed for the window to appear
        from app.form.reading.loader import bundled_codes, load_template  # noqa: PLC0415  # the same

        current = self._open_form()
        templates = [load_template(code) for code in bundled_codes()]
        found = recognise_forms(source.grids, templates, current.template if current else None)
        if not found:
            from app.sheet.reading.source import Kind  # noqa: PLC0415  # not needed for the window to appear

            raise AppError(NOTHING_COPIED if source.kind is Kind.TEXT else NOTHING.format(name=source.name))
        dialog = self._make_dialog(source, found)
        if show_modal(dialog):
            self._accept(dialog.plan, source.name, into_open=dialog.merges)

    def _make_dialog(self, source: "Source", found: "tuple[Recognition, ...]") -> "ImportDialog":
        from app.editing.planning.importing import plan_import  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.dialogs.import_dialog import ImportDialog  # noqa: PLC0415  # the same

        names = [name_form(each.form.cover.unit, each.form.cover.year) for each in found]
        return ImportDialog(
            source.grids,
            names,
            lambda number, into_open: plan_import(
                found[number], source.grids, source.name, self._open_form() if into_open else None
            ),
            can_merge=lambda number: self._can_merge(found[number]),
            remarks=source.remarks,
            parent=self._window,
        )

    def _accept(self, plan: "ImportPlan", name: str, *, into_open: bool) -> None:
        from app.editing.sentences import IMPORTED  # noqa: PLC0415  # not needed for the window to appear

        self._keep()
        session = self._window.session
        if not into_open:
            self._create(plan.form, IMPORTED.format(name=name))
        elif plan.change is not None and session is not None:
            session.edit(plan.change)
        self._window.say(f"已导入“{name}”")

    def _open_form(self) -> Form | None:
        session = self._window.session
        return None if session is None or session.is_locked else session.outcome.form

    def _can_merge(self, found: "Recognition") -> bool:
        """Whether a form of the file may go into the open one: same template, same year where the file says one."""
        form = self._open_form()
        return (
            form is not None
            and form.template == found.form.template
            and found.form.cover.year in ("", form.cover.year)
            and found.form.cover.unit in ("", form.cover.unit)
        )
