"""The files that are mutated: ours and those of other writers.

Decides which there are and by which door each comes in. Knows no reader.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import docx as word
from openpyxl import Workbook

from app.editing.workspace import compute_outcome
from app.review.digest import digest
from app.review.edition import Final
from app.sheet.handover.package import make_package
from app.sheet.handover.submission import Submission, paint_file
from benchmarks.forms import real_form
from benchmarks.mutation import pack


@dataclass(frozen=True, slots=True)
class Victim:
    """A file that is mutated: what it is, its bytes, and whether it comes in through 装入 instead of 导入."""

    name: str
    content: bytes
    is_received: bool = False


def victims() -> tuple[Victim, ...]:
    """Files of ours and of other writers."""
    form = real_form()
    outcome = compute_outcome(form)
    edition = Final(3, "", "", digest(form))
    submission = Submission(form, outcome.assessment, outcome.findings, edition)
    grid = submission.grid
    ours = {suffix: paint_file(submission, grid, suffix).content for suffix in (".xlsx", ".docx", ".pdf")}
    book = Workbook()
    for row in range(1, 30):
        for column in range(1, 9):
            book.worksheets[0].cell(row, column, f"{row} {column}" if column % 2 else row / column)
    book.worksheets[0].merge_cells("A1:C2")
    document = word.Document()
    document.add_heading("x", 0)
    table = document.add_table(6, 4)
    table.cell(0, 0).merge(table.cell(2, 1)).text = "x"
    table.cell(3, 3).add_table(2, 2).cell(0, 0).text = "y"
    package = make_package(submission, lambda _text, _share: None)
    return (
        Victim("xlsx", ours[".xlsx"]),
        Victim("docx", ours[".docx"]),
        Victim("pdf", ours[".pdf"]),
        Victim("zip", pack({each.name: bytes(each.content) for each in package.members}), is_received=True),
        Victim("xlsx of openpyxl", save_apart(book.save)),
        Victim("docx of python-docx", save_apart(document.save)),
        Victim("xlsx, verified", ours[".xlsx"], is_received=True),
    )


def save_apart(save: Callable[[IO[bytes]], None]) -> bytes:
    """The bytes that a library would save."""
    file = io.BytesIO()
    save(file)
    return file.getvalue()
