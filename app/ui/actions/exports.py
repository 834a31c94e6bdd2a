"""Exporting the open form: paint, write safely, say what happened. The dialogs ask; `export_form` only does."""

from dataclasses import dataclass
from pathlib import Path

from app.editing.workspace import Outcome
from app.review.edition import Draft, Edition


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was written, and what its reader must know, as sentences."""

    path: Path
    remarks: tuple[str, ...] = ()


def export_form(outcome: Outcome, path: Path, edition: Edition | None = None) -> Export:
    """Write the form's paper table to ``path`` as PDF or xlsx, by its ending; a draft unless said otherwise.

    The workbook has the findings on a second sheet; a final one keeps the whole form for programs, too. AppError when it
    can't be written.
    """
    # The painters load libraries that the window does not need to appear.
    from app.form.reading.interchange import write_form  # noqa: PLC0415
    from app.review.report import report_rows  # noqa: PLC0415
    from app.sheet import files, pdf, xlsx  # noqa: PLC0415
    from app.sheet.layout import layout  # noqa: PLC0415

    grid = layout(outcome.form, outcome.assessment, edition or Draft())
    if path.suffix.lower() == ".pdf":
        painted = pdf.paint(grid)
        files.write_file(path, painted.content, files.verify_pdf)
        return Export(
            path,
            tuple(
                f"“{notice.character}”（{notice.code_point}）字体里没有，印成了〓，在“{notice.excerpt}”处"
                for notice in painted.notices
            ),
        )
    record = write_form(outcome.form) if edition and edition != Draft() else ""
    content = xlsx.paint(grid, report_rows(outcome.form, outcome.findings), record)
    files.write_file(path, content, files.verify_xlsx)
    return Export(path)


def suggested_name(outcome: Outcome) -> str:
    """The file name without ending that is offered for an export: unit, year, title."""
    from app.sheet.files import safe_filename  # noqa: PLC0415

    form = outcome.form
    return safe_filename(f"{form.cover.unit}-{form.cover.year}-{form.template.title}")
