"""A form as it leaves the program: everything that its files are painted from, and the painting by ending.

Decides which file format gets what: the workbook alone has the review's sheet and the record for programs. Writes nothing.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from app import VERSION
from app.form.form import Form, format_of
from app.form.reading.interchange import write_form
from app.review.edition import Draft, Edition
from app.review.finding import Finding
from app.review.report import report_rows
from app.scoring.assessment import Assessment
from app.sheet import files
from app.sheet.grid import Grid, Paper
from app.sheet.layout import layout
from app.sheet.page.pages import Page
from app.sheet.workbook.annex import TEMPLATE, Facts, harden

EDITION: Final = "edition"
CHECKSUM: Final = "checksum"
ALGORITHM: Final = "algorithm"
PROGRAM: Final = "program"

INTERCHANGE: Final = ".json"

VERIFIERS: Final[dict[str, Callable[[Path], None]]] = {
    ".xlsx": files.verify_xlsx,
    ".pdf": files.verify_pdf,
    ".docx": files.verify_docx,
}


@dataclass(frozen=True, slots=True)
class Submission:
    """A form, everything computed from it, whether it is a draft, and the paper it goes on."""

    form: Form
    assessment: Assessment
    findings: tuple[Finding, ...]
    edition: Edition
    paper: Paper = field(default_factory=Paper)

    @property
    def grid(self) -> Grid:
        """The paper table."""
        return layout(self.form, self.assessment, self.edition, self.paper)


@dataclass(frozen=True, slots=True)
class Painted:
    """A file's bytes, and the characters that no font has: each with its code point and the text around it."""

    content: bytes
    missing: tuple[tuple[str, str, str], ...] = ()


def paint_file(submission: Submission, grid: Grid, suffix: str, annex: Sequence[Page] = ()) -> Painted:
    """The file with the ending ``suffix``, one of VERIFIERS or INTERCHANGE; a PDF with ``annex`` behind the form. AppError when the format can't hold what is in the form."""
    # Each of these loads a library of its own.
    match suffix:
        case ".pdf":
            from app.sheet import pdf  # noqa: PLC0415

            painted = pdf.paint(grid, annex)
            return Painted(
                painted.content, tuple((each.character, each.code_point, each.excerpt) for each in painted.notices)
            )
        case ".json":
            return Painted(write_form(submission.form, is_alone=True).encode())
        case ".docx":
            from app.sheet import docx  # noqa: PLC0415

            return Painted(docx.paint(grid))
        case _:
            from app.sheet import xlsx  # noqa: PLC0415

            notes = report_rows(submission.form, submission.findings)
            return Painted(xlsx.paint(grid, notes, write_form(submission.form), facts_of(submission)))


def facts_of(submission: Submission) -> Facts:
    """What stands beside the record: nothing but what reading it back needs. No names, no paths, no times."""
    form, edition = submission.form, submission.edition
    template = harden(json.dumps(form.template.source))
    return (
        (EDITION, "0" if isinstance(edition, Draft) else str(edition.number)),
        (CHECKSUM, checksum(harden(write_form(form)), template)),
        (ALGORITHM, str(format_of(form))),
        (PROGRAM, VERSION),
        (TEMPLATE, template),
    )


def checksum(content: str, template: str) -> str:
    """SHA-256 of the record's texts as they are stored: tells damage whichever version computed the code."""
    return sha256(f"{content}\n{template}".encode()).hexdigest()
