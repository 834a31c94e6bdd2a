"""Exporting forms: paint, write safely, say what happened. The dialogs ask; `export_form` and `export_forms` only do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.editing.preferences.preferences import Margins
from app.editing.workspace import Outcome, compute_outcome
from app.form.failure import AppError
from app.form.form import Form
from app.models.state import FormEntry
from app.review.edition import Draft, Edition
from app.review.edition import Final as FinalEdition
from app.ui.keeper import Keeper

if TYPE_CHECKING:
    from app.sheet.grid import Grid, Paper
    from app.sheet.handover.submission import Submission
    from app.sheet.page.pages import Page

# How far it is: a text and a share (0 to 1). May raise to stop; until the last call an old file stays as it was.
Tell = Callable[[str, float], object]

# Makes the pages that come behind the form in a PDF; called by whoever paints it, in any thread.
Annex = Callable[[Outcome, "Paper"], Sequence["Page"]]

PAPERS: Final[Mapping[str, str]] = {
    ".xlsx": "Excel 工作簿 (*.xlsx)",
    ".pdf": "PDF 文件 (*.pdf)",
    ".docx": "Word 文档 (*.docx)",
}
KINDS: Final[Mapping[str, str]] = {**PAPERS, ".json": "交换文件 (*.json)"}

USUAL: Final = Margins()

# What is done with files that are there already.
OVERWRITE: Final = "覆盖"
KEEP_BOTH: Final = "另起名字"
SKIP: Final = "跳过"
CHOICES: Final = (OVERWRITE, KEEP_BOTH, SKIP)


def tell_nobody(_text: str, _share: float) -> None:
    """For those who just wait."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was written, and what its reader must know, as sentences."""

    path: Path
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A form to be written in one file."""

    form: Form
    edition: Edition
    path: Path


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: ``failure`` is a sentence, "" when the file was written."""

    path: Path
    remarks: tuple[str, ...] = ()
    failure: str = ""


def export_form(
    outcome: Outcome,
    path: Path,
    edition: Edition | None = None,
    tell: Tell = tell_nobody,
    margins: Margins = USUAL,
    *,
    annex: Annex | None = None,
) -> Export:
    """Write the form's paper table to ``path`` as PDF, xlsx or docx, or the form itself as JSON, by its ending; a draft unless said otherwise.

    Only a PDF has the pages of ``annex``. The workbook has the findings on a second sheet and keeps the whole form for programs. AppError when it can't be
    written; then, and when ``tell`` raises, an old file stays as it was.
    """
    # The painters load libraries that the window does not need to appear.
    from app.sheet.handover.submission import INTERCHANGE, VERIFIERS, paint_file  # noqa: PLC0415

    tell("正在排版…", 0.0)
    submission = submit(outcome, edition or Draft(), margins)
    grid = submission.grid
    tell("正在绘制…", 0.1)
    suffix = path.suffix.lower()
    pages = annex(outcome, grid.paper) if annex is not None and suffix == ".pdf" else ()
    painted = paint_file(submission, grid, suffix, pages)
    if suffix == INTERCHANGE:
        return _write_form(path, painted.content, outcome.form, tell)
    remarks = _write(path, painted.content, grid, VERIFIERS.get(suffix, VERIFIERS[".xlsx"]), tell)
    return Export(path, (*say_missing(painted.missing), *remarks))


def submit(outcome: Outcome, edition: Edition, margins: Margins = USUAL) -> "Submission":
    """The form as it leaves the program."""
    from app.sheet.handover.submission import Submission  # noqa: PLC0415  # as above

    return Submission(outcome.form, outcome.assessment, outcome.findings, edition, paper_with(margins))


def paper_with(margins: Margins) -> "Paper":
    """The paper that every format is laid out on."""
    from app.sheet.grid import Paper  # noqa: PLC0415  # as above

    return Paper(top=margins.top, right=margins.right, bottom=margins.bottom, left=margins.left)


def say_missing(missing: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    """Characters that no font has, each with its code point and the words around it, as sentences."""
    return tuple(
        f"“{character}”（{code_point}）字体里没有，印成了〓，在“{excerpt}”处"
        for character, code_point, excerpt in missing
    )


def export_forms(jobs: Sequence[Job], tell: Tell = tell_nobody, margins: Margins = USUAL) -> tuple[Result, ...]:
    """Write many files, each whole or not at all; one that fails never stops the others."""
    return tuple(_export_each(jobs, tell, margins))


def _export_each(jobs: Sequence[Job], tell: Tell, margins: Margins) -> Iterator[Result]:
    for number, job in enumerate(jobs):
        share = number / len(jobs)
        tell(f"正在导出 {job.path.name}", share)
        try:
            outcome = compute_outcome(job.form)
            done = export_form(outcome, job.path, job.edition, lambda text, _part: tell(text, share), margins)  # noqa: B023  # called before the next one
        except AppError as failure:
            yield Result(job.path, failure=str(failure))
        else:
            yield Result(done.path, done.remarks)


def plan_names(forms: Sequence[tuple[Form, Edition]], kinds: Sequence[str]) -> list[tuple[Form, Edition, str]]:
    """Every file to be written with its name; forms that would be called the same are numbered."""
    from app.sheet.handover.naming import file_stem, free_name  # noqa: PLC0415  # not needed for the window to appear

    taken: set[str] = set()
    wanted: list[tuple[Form, Edition, str]] = []
    for form, edition in forms:
        for suffix in kinds:
            name = free_name(file_stem(form, edition), suffix, taken.__contains__)
            taken.add(name)
            wanted.append((form, edition, name))
    return wanted


def plan_jobs(wanted: Sequence[tuple[Form, Edition, str]], folder: Path, choice: str) -> list[Job]:
    """Where each file goes, ``choice`` being one of CHOICES for those whose name is taken in the folder."""
    from app.sheet.handover.naming import free_name  # noqa: PLC0415  # not needed for the window to appear

    taken = {name for _, _, name in wanted}
    jobs: list[Job] = []
    for form, edition, name in wanted:
        path = folder / name
        if path.exists():
            if choice == SKIP:
                continue
            if choice == KEEP_BOTH:
                other = free_name(path.stem, path.suffix, lambda each: each in taken or (folder / each).exists())
                taken.add(other)
                path = folder / other
        jobs.append(Job(form, edition, path))
    return jobs


def edition_of(keeper: Keeper, entry: FormEntry) -> Edition:
    """Whether a stored form is a draft, and if not, which version it is."""
    if entry.final is None:
        return Draft()
    version = next(each for each in keeper.versions(entry.id) if each.number == entry.final)
    return FinalEdition(version.number, version.by, version.at.isoformat(), version.digest)


def suggested_name(outcome: Outcome, edition: Edition | None = None) -> str:
    """The file name without ending that is offered for an export: unit, year, title, version."""
    from app.sheet.handover.naming import file_stem  # noqa: PLC0415  # as above

    return file_stem(outcome.form, edition or Draft())


def _write_form(path: Path, content: bytes, form: Form, tell: Tell) -> Export:
    """Put the file at its place once it was opened again and is the form."""
    from app.form.reading.interchange import load_form  # noqa: PLC0415  # as above
    from app.sheet.files import DamagedError, write_file  # noqa: PLC0415  # as above

    def check(written: Path) -> None:
        tell("正在核对…", 0.8)
        if load_form(written) != form:
            raise DamagedError
        tell("正在核对…", 0.9)

    tell("正在写入…", 0.7)
    write_file(path, content, check)
    return Export(path)


def _write(path: Path, content: bytes, grid: "Grid", verify: Callable[[Path], None], tell: Tell) -> tuple[str, ...]:
    """Put the file at its place once it was opened again and says the table's numbers; what is to be known of that."""
    from app.sheet.files import write_file  # noqa: PLC0415  # as above
    from app.sheet.handover.comparison.rereading import check_file  # noqa: PLC0415  # as above

    remarks: list[str] = []

    def check(written: Path) -> None:
        tell("正在核对…", 0.8)
        verify(written)
        remarks.extend(check_file(grid, written))
        tell("正在核对…", 0.9)

    tell("正在写入…", 0.7)
    write_file(path, content, check)
    return tuple(remarks)
