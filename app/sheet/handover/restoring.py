"""The sheet for programs read back: the form as it was exported, with the template it was made from, and what is known of it.

Decides whether the record still is what was written. Knows no visible cell.
"""

import json
from dataclasses import dataclass

from app import VERSION
from app.form.failure import AppError
from app.form.form import Form
from app.form.reading.interchange import read_form
from app.form.reading.loader import read_template
from app.form.reading.strict import Misfit
from app.review import digest
from app.sheet.handover import sentences
from app.sheet.handover.submission import ALGORITHM, CHECKSUM, EDITION, PROGRAM, checksum
from app.sheet.workbook.annex import RECORD_VERSION, TEMPLATE, Record


class DamagedRecord(AppError):
    """The sheet for programs is there, but was changed so that no form can be read from it."""


@dataclass(frozen=True, slots=True)
class Original:
    """A form as it was exported: version ``number`` (0: a draft), its ``code`` (the whole digest, "" in a draft).

    ``is_intact`` is None where another version of the program computed the code in another way.
    """

    form: Form
    number: int = 0
    code: str = ""
    program: str = VERSION
    is_intact: bool | None = True


def restore(record: Record) -> Original:
    """The form in a record. DamagedRecord when it was changed, AppError when a newer program wrote it."""
    program = record.facts.get(PROGRAM, VERSION)
    if record.version > RECORD_VERSION:
        raise AppError(sentences.NEWER.format(program=program))
    try:
        source = record.facts.get(TEMPLATE)
        form = read_form(record.content, read_template(json.loads(source)) if source else None)
        number = int(record.facts.get(EDITION, "0") or "0")
        is_intact = _is_intact(form, record)
    except (Misfit, AppError, ValueError, TypeError, RecursionError) as error:
        if program != VERSION:
            raise AppError(sentences.NEWER.format(program=program)) from error
        raise DamagedRecord(sentences.RECORD_DAMAGED) from error
    return Original(form, number, record.code, program, is_intact)


def _is_intact(form: Form, record: Record) -> bool | None:
    found = checksum(record.content, record.facts.get(TEMPLATE, ""))
    if record.facts.get(CHECKSUM, found) != found:
        return False
    if int(record.facts.get(ALGORITHM, "0") or "0") > digest.VERSION:
        return None
    return record.code in ("", digest.digest(form))
