"""The one door through which a file comes in: what it is, its tables as Grids, or one sentence that says why not.

Decides the order: sniff, then the child process, which looks at everything before a reader does. Changes no file.
"""

import json
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.form.reading.interchange import load_form, read_form, write_form
from app.form.reading.loader import read_template
from app.form.reading.strict import Misfit
from app.form.text import excerpt
from app.sheet.grid import Grid
from app.sheet.reading import sentences
from app.sheet.reading.process import child
from app.sheet.reading.process.wire import Reading, decode, encode, lay_out, make_table
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.sniffing import HEAD, Family, sniff
from app.sheet.workbook.annex import TEMPLATE, Record, read_record

MOST_BYTES: Final = 50_000_000
MOST_COPIED: Final = 12_000_000  # characters
_MOST_OF_NAME: Final = 80

prepare = child.prepare
release = child.release


class Kind(Enum):
    """What a source is."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    PDF = "pdf"
    FORM = "form"  # our interchange format
    TEXT = "text"  # from the clipboard


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its tables in order, and ``remarks``, sentences about what stands in it and was not seen.

    ``own`` are the rows of our own sheet, for `app.sheet.workbook.annex`. ``record`` is the interchange text in it or of our own
    file, ``code`` the digest; "" where there is none.
    """

    name: str
    kind: Kind
    grids: tuple[Grid, ...] = ()
    record: str = ""
    code: str = ""
    remarks: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()


def read_source(path: Path) -> Source:
    """What is in a file. AppError with one sentence when it can't or must not be read. Takes 5 s at the most, once started."""
    name = excerpt(path.name, _MOST_OF_NAME)
    try:
        family = sniff(_read_head(path, name))
        if family is Family.JSON:
            return Source(path.name, Kind.FORM, record=write_form(load_form(path), is_alone=True))
        reading = child.read_apart(family.value, path)
    except Refusal as refusal:
        raise AppError(say_refusal(refusal, name)) from refusal
    grids = tuple(map(lay_out, reading.tables))
    own = read_record(reading.own) or Record("")
    record = _standing_alone(own)
    remarks = (*reading.remarks, *[sentences.RECORD_DAMAGED] * (bool(own.content) and not record))
    return Source(path.name, Kind(reading.kind), grids, record, own.code, remarks, reading.own)


def read_copied(markup: str) -> Source:
    """The tables in HTML from the clipboard, merged cells as they are. AppError as for a file; nothing it names is opened."""
    content = markup.encode("utf-8", "replace") if len(markup) <= MOST_COPIED else b""
    if not content:
        raise AppError(sentences.COPY_TOO_MUCH if markup else sentences.NO_TABLE)
    try:
        reading = child.read_copied(Family.HTML.value, content)
    except Refusal as refusal:
        raise AppError(_say_of_copy(refusal)) from refusal
    return Source(sentences.COPY, Kind.TEXT, tuple(map(lay_out, reading.tables)), remarks=reading.remarks)


def read_texts(rows: Sequence[Sequence[str]]) -> Source:
    """The cells of a clipboard, which rows of texts say already. AppError when there are none, or more than a form could have."""
    size = len(rows), max(map(len, rows), default=0)
    texts = {(row, column): text for row, cells in enumerate(rows) for column, text in enumerate(cells)}
    try:
        reading = decode(encode(Reading(Kind.TEXT.value, (make_table("", size, texts),))))
    except Refusal as refusal:
        raise AppError(_say_of_copy(refusal)) from refusal
    return Source(sentences.COPY, Kind.TEXT, tuple(map(lay_out, reading.tables)))


def _say_of_copy(refusal: Refusal) -> str:
    match refusal.reason:
        case Reason.NOTHING:
            return sentences.NO_TABLE
        case Reason.NOT_STARTED:
            return say_refusal(refusal, sentences.COPY)
    return sentences.COPY_TOO_MUCH


def say_refusal(refusal: Refusal, name: str) -> str:
    """The sentence for a file that is not read."""
    place = excerpt(refusal.place, _MOST_OF_NAME) or sentences.PLACELESS
    return sentences.REFUSED.format(name=name, because=sentences.REASONS[refusal.reason].format(place=place))


def _standing_alone(own: Record) -> str:
    """The record with its template in it; "" when no form can be read from it, whoever wrote it."""
    if not own.content:
        return ""
    try:
        source = own.facts.get(TEMPLATE)
        form = read_form(own.content, read_template(json.loads(source)) if source else None)
    except (Misfit, AppError, ValueError, TypeError, RecursionError):
        return ""
    return write_form(form, is_alone=True)


def _read_head(path: Path, name: str) -> bytes:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise AppError(sentences.IS_FOLDER.format(name=name))
        if not stat.S_ISREG(about.st_mode):
            raise Refusal(Reason.UNKNOWN)
        if about.st_size > MOST_BYTES:
            raise Refusal(Reason.TOO_LARGE)
        with path.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError as error:
        raise AppError(sentences.MISSING.format(name=name)) from error
    except OSError as error:
        raise AppError(sentences.NO_ACCESS.format(name=name)) from error
