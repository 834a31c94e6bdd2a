"""校验: whether a file still says what it said when it was exported. From the visible cells and the sheet for programs.

Decides the verdict and what stands beside it (reliability.md §4). It is no signature: whoever exports anew gets a new
record that agrees with itself; only the code on the sealed paper tells the two apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app import VERSION
from app.form.failure import AppError
from app.form.reading.interchange import read_form
from app.form.reading.strict import Misfit
from app.review.digest import digest, short_code
from app.review.edition import Draft, Final
from app.review.report import report_rows
from app.review.review import review
from app.scoring.assessment import assess
from app.sheet import captions
from app.sheet.handover import sentences
from app.sheet.handover.cells import NoWorkbook, Seen, read_bytes, read_sheets
from app.sheet.handover.comparison.comparing import CellChange, compare_rows, compare_table, find_table
from app.sheet.handover.restoring import DamagedRecord, Original, restore
from app.sheet.handover.submission import Submission
from app.sheet.handover.traits import name_columns, name_rows
from app.sheet.reading.sniffing import Family
from app.sheet.workbook.annex import read_record


class Verdict(Enum):
    """What can be said of a file."""

    SAME = "same"
    CHANGED = "changed"
    BARE = "bare"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on the file ``name``, why, every changed cell, and what else its reader should know, as sentences."""

    name: str
    verdict: Verdict
    reason: str
    original: Original | None = None
    changes: tuple[CellChange, ...] = ()
    notices: tuple[str, ...] = ()


def verify(path: Path) -> Verification:
    """The verdict on a file. Never fails: what can't be opened is a verdict, too."""
    try:
        return verify_content(read_bytes(path), path.name, path)
    except AppError as failure:
        return Verification(path.name, Verdict.UNREADABLE, str(failure))


def verify_content(content: bytes, name: str, path: Path | None = None) -> Verification:
    """The verdict on the bytes of a file; ``path`` is where they were read from, if not out of a package."""
    try:
        sheets = read_sheets(content, path)
    except NoWorkbook as other:
        return Verification(name, Verdict.BARE, _tell_other(content, other.family))
    except AppError as failure:
        return Verification(name, Verdict.UNREADABLE, str(failure))
    sheet = next((each for each in sheets if each.name == captions.XLSX_RECORD), None)
    record = read_record(sheet.rows()) if sheet else None
    if record is None:
        return Verification(name, Verdict.BARE, sentences.BARE)
    try:
        original = restore(record)
    except DamagedRecord as failure:
        return Verification(name, Verdict.CHANGED, str(failure))
    except AppError as failure:
        return Verification(name, Verdict.UNREADABLE, str(failure))
    return _compare(name, original, sheets)


def describe(verification: Verification) -> Iterator[str]:
    """The verdict in words, a line each, changed cells not among them."""
    yield sentences.HEADLINES[verification.verdict.value]
    yield verification.reason
    original = verification.original
    if original is not None:
        yield from describe_code(original)
    yield from verification.notices
    if original is not None:
        yield sentences.HONESTY


def describe_code(original: Original) -> Iterator[str]:
    """The code, computed anew from what was read, and what to do with it."""
    if not original.code:
        yield sentences.DRAFT_CODE
        return
    code = digest(original.form) if original.is_intact is not None else original.code
    version = sentences.VERSION.format(number=original.number) if original.number else ""
    yield version + sentences.CODE.format(code=short_code(code))
    yield sentences.FULL_CODE.format(code=code)
    yield sentences.COMPARE


def describe_change(change: CellChange) -> str:
    """A changed cell as one line."""
    before, after = (" ".join(text.split()) or sentences.BLANK for text in (change.before, change.after))
    return sentences.CHANGE.format(address=change.address, name=change.name, before=before, after=after)


def _tell_other(content: bytes, family: Family) -> str:
    if family is not Family.JSON:
        return sentences.BARE_OTHER
    try:
        return sentences.BARE_FORM.format(code=short_code(digest(read_form(content.decode("utf-8-sig")))))
    except (AppError, Misfit, UnicodeDecodeError):
        return sentences.BARE


def _compare(name: str, original: Original, sheets: tuple[Seen, ...]) -> Verification:
    form = original.form
    assessment = assess(form)
    edition = Final(original.number, "", "", original.code) if original.code else Draft()
    submission = Submission(form, assessment, review(form, assessment), edition)
    grid = submission.grid
    table = find_table(sheets)
    if table is None:
        return Verification(name, Verdict.CHANGED, sentences.TABLE_GONE, original, (), tuple(_note_sheets(sheets, "")))
    changes = compare_table(form, grid, table)
    notes, remarks = _compare_notes(submission, original, sheets)
    changes += notes
    # The first records did not say which version they were.
    marking = grid.marking if original.number or not original.code else short_code(original.code)
    notices = (*_note_table(table, marking), *remarks, *_note_sheets(sheets, table.name))
    if changes and original.program != VERSION:
        notices = (sentences.OTHER_PROGRAM.format(program=original.program, own=VERSION), *notices)
    if original.is_intact is None:
        notices = (sentences.OTHER_ALGORITHM, *notices)
    if original.is_intact is False:
        return Verification(name, Verdict.CHANGED, sentences.RECORD_ALTERED, original, changes, notices)
    if changes:
        reason = sentences.CHANGED.format(count=len(changes))
        return Verification(name, Verdict.CHANGED, reason, original, changes, notices)
    return Verification(name, Verdict.SAME, sentences.SAME, original, (), notices)


def _compare_notes(
    submission: Submission, original: Original, sheets: tuple[Seen, ...]
) -> tuple[tuple[CellChange, ...], tuple[str, ...]]:
    """What differs on the review's sheet; another version of the program may have said it in other words."""
    seen = next((each for each in sheets if each.name == captions.XLSX_NOTES), None)
    if seen is None:
        return (), (sentences.NOTES_GONE,)
    changes = compare_rows(report_rows(submission.form, submission.findings), seen)
    if changes and original.program != VERSION:
        return (), (sentences.NOTES_OTHER,)
    return changes, ()


def _note_table(table: Seen, marking: str) -> Iterator[str]:
    """What can't be seen on the sheet of the table, and whether its pages still say which version they are."""
    traits = table.traits
    if not traits.is_known:
        yield sentences.NO_HIDDEN_CHECK
    if not table.is_visible:
        yield sentences.TABLE_HIDDEN.format(sheet=table.name)
    last_row = max((row for row, _ in table.values), default=-1)
    last_column = max((column for _, column in table.values), default=-1)
    rows = {row for row in traits.hidden_rows if row <= last_row}
    columns = {column for column in traits.hidden_columns if column <= last_column}
    if rows:
        yield sentences.HIDDEN_ROWS.format(sheet=table.name, rows=name_rows(rows))
    if columns:
        yield sentences.HIDDEN_COLUMNS.format(sheet=table.name, columns=name_columns(columns))
    if traits.header is not None and marking.replace("&", "&&") not in traits.header:
        yield sentences.HEADER


def _note_sheets(sheets: tuple[Seen, ...], table: str) -> Iterator[str]:
    for each in sheets:
        if each.name in (table, captions.XLSX_NOTES, captions.XLSX_RECORD, captions.XLSX_SHEET):
            continue
        sentence = sentences.EXTRA_SHEET if each.is_visible else sentences.EXTRA_HIDDEN_SHEET
        yield sentence.format(sheet=each.name)
