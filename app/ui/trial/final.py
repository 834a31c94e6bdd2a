"""The rest of the trial run: the example made final, and everything that leaves the program only then.

Decides what must hold of a final form's files: each has its code, is found unchanged, and can be shown. A built program may lack
a module that nothing but this needs.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from app.editing.workspace import Outcome
from app.form.failure import AppError
from app.review.edition import Final as FinalEdition
from app.ui.actions.exports import KINDS, export_form, submit, tell_nobody
from app.ui.keeper import Keeper
from app.ui.session import Session

WHO: Final = "试运行"
STEM: Final = "定稿"
FAILED: Final = "试运行没有通过：{what}"
DOTS_PER_INCH: Final = 72  # of pages that nobody looks at


def try_final(session: Session, keeper: Keeper, folder: Path) -> Iterator[str]:
    """Everything in turn; files are left in ``folder``. AppError for the first thing that does not work."""
    edition = keeper.finalise(session.workspace.form_id, WHO)
    for suffix in KINDS:
        export_form(session.outcome, folder / f"{STEM}{suffix}", edition)
    yield "已定稿，带校验码和二维码的 Excel、PDF、Word 都能导出"
    _hand_over(session.outcome, edition, folder / f"{STEM}.zip")
    for path in (folder / f"{STEM}.xlsx", folder / f"{STEM}.zip"):
        _verify(path)
    yield "已传出，导出的 Excel 和传出的压缩包校验为一致"
    _look(session.outcome, edition, folder / f"{STEM}-概览.png")
    yield "打印预览能显示，概览图能导出"


def _hand_over(outcome: Outcome, edition: FinalEdition, path: Path) -> None:
    from app.sheet.handover.package import make_package, write_package  # noqa: PLC0415  # only when it is asked for

    write_package(make_package(submit(outcome, edition), tell_nobody), path, tell_nobody)


def _verify(path: Path) -> None:
    from app.sheet.handover.arriving import inspect  # noqa: PLC0415  # the same
    from app.sheet.handover.verifying import Verdict  # noqa: PLC0415  # the same

    found = inspect(path, tell_nobody)
    if found.verdict is not Verdict.SAME:
        raise AppError(FAILED.format(what=f"{path.name} 校验的结果是“{found.verdict.value}”：{found.reason}"))


def _look(outcome: Outcome, edition: FinalEdition, picture: Path) -> None:
    """The pages with the charts behind them, as the preview shows them, and the charts as a picture."""
    from app.sheet.chart.overview import Subject, draw_overview, draw_whole  # noqa: PLC0415  # the same
    from app.sheet.chart.paper import annex_pages, inner_size  # noqa: PLC0415  # the same
    from app.ui.actions.printing import paint_pages  # noqa: PLC0415  # the same
    from app.ui.charts.pictures import save_picture  # noqa: PLC0415  # the same

    subject = Subject(outcome.form, outcome.assessment, outcome.findings)
    with paint_pages(
        outcome,
        edition,
        annex=lambda _outcome, paper: annex_pages(draw_overview(subject, inner_size(paper)[0]), paper),
    ) as pages:
        for number in range(len(pages.sizes)):
            pages.draw(number, DOTS_PER_INCH)
    save_picture(draw_whole(subject), picture, QApplication.font())
