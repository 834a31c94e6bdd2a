"""Forms on their way out, as files: the real form as a draft and as version 3, and what can be done to a workbook's bytes."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from app.form.form import Form
from app.review.digest import digest
from app.review.edition import Draft, Edition, Final
from app.review.review import review
from app.scoring.assessment import assess
from app.sheet.handover.submission import Submission, paint_file
from tests.tables import real_form

SHEET = "xl/worksheets/sheet1.xml"


def final_of(form: Form) -> Final:
    return Final(3, "王会计", "2025-03-01T08:30:00+00:00", digest(form))


def submission_of(form: Form, edition: Edition | None = None) -> Submission:
    """As version 3 unless said otherwise."""
    assessment = assess(form)
    return Submission(form, assessment, review(form, assessment), edition or final_of(form))


def real_submission() -> Submission:
    return submission_of(real_form())


def draft_submission() -> Submission:
    return submission_of(real_form(), Draft())


def workbook_of(submission: Submission) -> bytes:
    return paint_file(submission, submission.grid, ".xlsx").content


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The archive with one of its parts changed."""
    return with_parts(content, {name: change})


def with_parts(content: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part.decode()).encode() if name in changes else part)
    return target.getvalue()


def with_cell(content: bytes, address: str, value: str | float) -> bytes:
    """The workbook with one cell of its table written over, as a spreadsheet program does it."""
    kind = (
        f"<v>{value!r}</v></c>"
        if isinstance(value, float)
        else f'<is><t xml:space="preserve">{escape(value)}</t></is></c>'
    )
    mark = "" if isinstance(value, float) else ' t="inlineStr"'
    cell = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)

    def change(part: str) -> str:
        changed, count = cell.subn(lambda match: f'<c r="{address}"{match[1] or ""}{mark}>{kind}', part)
        assert count == 1
        return changed

    return with_part(content, SHEET, change)
