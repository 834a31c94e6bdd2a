"""Exporting the open form: paint, write safely, say what happened. The dialogs ask; `export_form` only does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.editing.workspace import Outcome
from app.review.edition import Draft, Edition

# How far it is: a text and a share (0 to 1). May raise to stop; until the last call an old file stays as it was.
Tell = Callable[[str, float], object]


def tell_nobody(_text: str, _share: float) -> None:
    """For those who just wait."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was written, and what its reader must know, as sentences."""

    path: Path
    remarks: tuple[str, ...] = ()


def export_form(outcome: Outcome, path: Path, edition: Edition | None = None, tell: Tell = tell_nobody) -> Export:
    """Write the form's paper table to ``path`` as PDF or xlsx, by its ending; a draft unless said otherwise.

    The workbook has the findings on a second sheet; a final one keeps the whole form for programs, too. AppError when it
    can't be written; then, and when ``tell`` raises, an old file stays as it was.
    """
    # The painters load libraries that the window does not need to appear.
    from app.form.reading.interchange import write_form  # noqa: PLC0415
    from app.review.report import report_rows  # noqa: PLC0415
    from app.sheet import files, pdf, xlsx  # noqa: PLC0415
    from app.sheet.layout import layout  # noqa: PLC0415

    tell("正在排版…", 0.0)
    grid = layout(outcome.form, outcome.assessment, edition or Draft())
    tell("正在绘制…", 0.1)
    if path.suffix.lower() == ".pdf":
        painted = pdf.paint(grid)
        _write(path, painted.content, files.verify_pdf, tell)
        return Export(
            path,
            tuple(
                f"“{notice.character}”（{notice.code_point}）字体里没有，印成了〓，在“{notice.excerpt}”处"
                for notice in painted.notices
            ),
        )
    record = write_form(outcome.form) if edition and edition != Draft() else ""
    content = xlsx.paint(grid, report_rows(outcome.form, outcome.findings), record)
    _write(path, content, files.verify_xlsx, tell)
    return Export(path)


def _write(path: Path, content: bytes, verify: Callable[[Path], None], tell: Tell) -> None:
    from app.sheet.files import write_file  # noqa: PLC0415  # as above

    def check(written: Path) -> None:
        tell("正在核对…", 0.9)
        verify(written)

    tell("正在写入…", 0.7)
    write_file(path, content, check)


def suggested_name(outcome: Outcome) -> str:
    """The file name without ending that is offered for an export: unit, year, title."""
    from app.sheet.files import safe_filename  # noqa: PLC0415

    form = outcome.form
    return safe_filename(f"{form.cover.unit}-{form.cover.year}-{form.template.title}")
