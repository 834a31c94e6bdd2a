"""文件 → 批量导出, 传出, 装入: whole forms on their way out and in. Asks with dialogs; the work runs beside the window."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from app.editing import sentences
from app.editing.preferences.preferences import Profile
from app.form.failure import AppError
from app.form.form import Form
from app.models.state import FormEntry
from app.review.digest import digest, short_code
from app.review.edition import Draft, Edition
from app.ui.actions.exports import (
    CHOICES,
    KEEP_BOTH,
    KINDS,
    Result,
    edition_of,
    export_forms,
    plan_jobs,
    plan_names,
    say_missing,
    submit,
)
from app.ui.asking import CLOSE, Icon, Question, ask, say, shorten, show_modal, show_outside
from app.ui.faces.naming import name_unit, name_year
from app.ui.keeper import Keeper
from app.ui.menus import add_entry, add_separator, add_writing_entry
from app.ui.tasks import Tasks, Tell
from app.ui.window import TITLE, MainWindow

if TYPE_CHECKING:
    from app.sheet.handover.arriving import Arrival
    from app.sheet.handover.package import Member

SHOW: Final = "打开所在文件夹"
MOST_NAMED: Final = 5


class Handover(QObject):
    """Remembers window, store and the long work that runs."""

    def __init__(self, window: MainWindow, keeper: Keeper, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._tasks = tasks
        self._place = Path.home()
        # The files of 佐证材料: those of a form on their way out, and in, where sentences tell what is missing.
        self.attach: Callable[[Form], tuple[Member, ...]] = lambda _form: ()
        self.keep_files: Callable[[Path, Form, Tell], tuple[str, ...]] = lambda _path, _form, _tell: ()
        self.remember_sent: Callable[[Edition], object] = lambda _edition: None
        add_entry(window.menus.file, "批量导出(&A)…", self.export_many)
        add_separator(window.menus.file)
        add_entry(window.menus.file, "传出(&T)…", self.hand_over)
        add_writing_entry(window.menus.file, "装入(&I)…", self.receive)

    def export_many(self) -> None:
        """Ask which forms, formats and folder, and write them all."""
        from app.ui.dialogs.batch_dialog import BatchDialog  # noqa: PLC0415  # not needed for the window to appear

        entries = self._keeper.list_forms()
        if not entries:
            self._window.say("还没有自评价表可以导出")
            return
        dialog = BatchDialog(entries, KINDS, self._place, self._window)
        if show_modal(dialog):
            self._place = dialog.folder()
            self._export(dialog.chosen_entries(), dialog.chosen_kinds(), dialog.folder())

    def _export(self, entries: Sequence[FormEntry], kinds: Sequence[str], folder: Path) -> None:
        forms, failed = self._load(entries)
        wanted = plan_names(forms, kinds)
        taken = [name for _, _, name in wanted if (folder / name).exists()]
        choice = self._ask_about(taken) if taken else KEEP_BOTH
        if choice is None:
            return
        jobs = plan_jobs(wanted, folder, choice)
        skipped, margins = len(wanted) - len(jobs), self._window.preferences.margins
        self._tasks.start(
            "批量导出",
            lambda tell: (*failed, *export_forms(jobs, tell, margins)),
            lambda results: self._show_results(results, skipped, folder),
        )

    def _load(self, entries: Sequence[FormEntry]) -> tuple[list[tuple[Form, Edition]], list[Result]]:
        """The forms, and what is said of those that can't be read."""
        forms: list[tuple[Form, Edition]] = []
        failed: list[Result] = []
        for entry in entries:
            try:
                forms.append((self._keeper.load(entry.id), edition_of(self._keeper, entry)))
            except AppError as failure:
                failed.append(Result(Path(f"{entry.unit} {entry.year}"), failure=str(failure)))
        return forms, failed

    def _ask_about(self, taken: Sequence[str]) -> str | None:
        """What is done with files that are there already; None to do nothing at all."""
        question = Question(
            "批量导出",
            f"这个文件夹里已经有 {len(taken)} 个同名文件。",
            shorten(taken, MOST_NAMED),
            (*CHOICES, "取消"),
            default=KEEP_BOTH,
        )
        chosen = ask(self._window, question)
        return chosen if chosen in CHOICES else None

    def _show_results(self, results: Sequence[Result], skipped: int, folder: Path) -> None:
        from app.ui.dialogs.batch_dialog import ResultsDialog  # noqa: PLC0415  # not needed for the window to appear

        failed = [each for each in results if each.failure]
        parts = [f"已导出 {len(results) - len(failed)} 个文件"]
        parts += [f"{len(failed)} 个没有导出"] if failed else []
        parts += [f"{skipped} 个同名文件已跳过"] if skipped else []
        rows = [(each.path.name, each.failure) for each in failed]
        rows += [(each.path.name, "；".join(("已导出", *each.remarks))) for each in results if not each.failure]
        self._window.say("，".join(parts))
        dialog = ResultsDialog("，".join(parts), rows, is_wrong=bool(failed), parent=self._window)
        dialog.folder_asked.connect(partial(show_outside, dialog, folder))
        show_modal(dialog)

    def hand_over(self) -> None:
        """Ask how and where, and write the package of the open form."""
        from app.sheet.handover.naming import file_stem  # noqa: PLC0415  # not needed for the window to appear
        from app.ui.dialogs.handover_dialog import HandoverDialog  # noqa: PLC0415  # the same

        session = self._window.session
        if session is None:
            self._window.say("请先打开一份自评价表，再传出")
            return
        outcome, edition = session.outcome, session.edition
        state, files = describe_edition(edition), len(outcome.form.evidence)
        dialog = HandoverDialog(file_stem(outcome.form, edition), state, self._place, files, self._window)
        if show_modal(dialog):
            target = dialog.target()
            self._place, preferences = target.parent, self._window.preferences

            def work(tell: Tell) -> tuple[str, ...]:
                from app.sheet.handover.package import make_package, write_package  # noqa: PLC0415  # the same

                package = make_package(
                    submit(outcome, edition, preferences.margins),
                    tell,
                    self.attach(outcome.form),
                    describe_contact(preferences.profile),
                )
                remarks = write_package(package, target, tell)
                return (*say_missing(package.missing), *remarks)

            self._tasks.start("传出", work, lambda remarks: self._report(target, remarks, edition))

    def _report(self, target: Path, remarks: tuple[str, ...], edition: Edition) -> None:
        self.remember_sent(edition)
        self._window.say(f"已传出到 {target}")
        more = "\n".join((str(target.parent), *remarks))
        question = Question("传出完成", f"已传出：{target.name}", more, (SHOW, CLOSE), icon=Icon.Information)
        if ask(self._window, question) == SHOW:
            show_outside(self._window, target.parent)

    def receive(self) -> None:
        """Ask for a file or folder and take the form in it in, once its facts were shown."""
        from app.ui.dialogs.handover_dialog import ReceiveDialog  # noqa: PLC0415  # not needed for the window to appear

        dialog = ReceiveDialog(self._window)
        if show_modal(dialog):
            self.receive_file(dialog.path)

    def receive_file(self, path: Path) -> None:
        """Read a package or a single file of ours, and ask before the form comes into the list."""

        def work(tell: Tell) -> "Arrival":
            from app.sheet.handover.arriving import receive  # noqa: PLC0415  # not needed for the window to appear

            return receive(path, tell)

        self._tasks.start("装入", work, partial(self._offer, path))

    def _offer(self, path: Path, arrival: "Arrival") -> None:
        form = arrival.original.form
        question = Question(
            "装入",
            f"要装入“{name_unit(form.cover.unit)}”{name_year(form.cover.year)}的自评价表吗？",
            "\n".join((*describe_arrival(arrival), "", "装入后是一份新的草稿，列表中原有的表都不会改动。")),
            ("装入", "不装入"),
            default="不装入" if arrival.remarks else "装入",
            icon=Icon.Warning if arrival.remarks else Icon.Question,
        )
        if ask(self._window, question) == "装入":
            self._tasks.start(
                "装入",
                lambda tell: self.keep_files(path, form, tell),
                lambda missing: self._try(lambda: self._take_in(form, arrival.name, missing)),
            )

    def _take_in(self, form: Form, name: str, missing: tuple[str, ...]) -> None:
        entry = self._keeper.create(form, sentences.IMPORTED.format(name=name))
        self._window.forms.open_asked.emit(entry.id)
        self._window.say(f"已装入 {name}")
        if missing:
            say(self._window, TITLE, "\n".join(missing))

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except AppError as failure:
            say(self._window, TITLE, str(failure))


def describe_contact(profile: Profile) -> str:
    """Whom the bureau may ask, "" when nobody is named."""
    return " ".join(filter(None, (profile.person, profile.phone)))


def describe_edition(edition: Edition) -> str:
    """What is handed over, in a sentence."""
    if isinstance(edition, Draft):
        return "这份表还是草稿，没有校验码。正式报送前请先定稿。"
    return f"定稿第 {edition.number} 版 · 校验码 {short_code(edition.digest)}"


def describe_arrival(arrival: "Arrival") -> tuple[str, ...]:
    """What is known of a form that came in, a line each."""
    original = arrival.original
    if not original.code:
        return ("草稿，没有校验码。", *arrival.remarks)
    code, version = short_code(original.code), f"第 {original.number} 版" if original.number else ""
    match original.is_intact:
        case True:
            checked = "重新计算的校验码与文件中的一致"
        case None:
            checked = "由另一版本的程序算出，没有重新计算"
        case _:
            checked = f"按内容重新计算是 {short_code(digest(original.form))}，不一致"
    return (
        f"定稿{version} · 校验码 {code}（{checked}）。",
        "请与盖章纸质件上的校验码核对。",
        *arrival.remarks,
    )
