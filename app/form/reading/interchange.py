"""A form as a JSON text: the documented interchange format, written completely and read strictly.

Decides format and version (docs/interchange.md). Knows no storage and no screen; reading repairs nothing, except that
texts are sanitised as at every input edge.
"""

import json
import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Final

from app.form import sentences
from app.form.failure import AppError
from app.form.form import Form, format_of, rows_of
from app.form.reading.loader import bundled_codes, count_levels, load_template, read_template
from app.form.reading.strict import Keys, Misfit, check_belongs, check_keys, check_tree
from app.form.rows import (
    LATER,
    RECORD_TYPES,
    RECORDS,
    ROW_TYPES,
    TABLES,
    CellValue,
    Evidence,
    Record,
    RecordName,
    Row,
    TableName,
    field_names,
)
from app.form.template import Template
from app.form.text import excerpt

FORMAT: Final = "jixiao-form"
VERSION: Final = 3  # the newest; a form is written in the oldest that can say all of it (`format_of`)
WITH_TEMPLATE: Final = 3  # the oldest that can hold a template
SOURCE: Final = "template_source"
MOST_BYTES: Final = 20_000_000
MOST_OF_SOURCE: Final = 500_000  # characters
MOST_OF_NAME: Final = 80
_PATTERNS: Final = {"sha256": re.compile("[0-9a-f]{64}"), "size": re.compile("[0-9]{1,12}")}  # of `Evidence`


def write_form(form: Form, remarks: tuple[str, ...] = (), *, is_alone: bool = False) -> str:
    """The form as JSON; fields at their default are left out. ``remarks`` are notes about the file, not part of the form.

    ``is_alone``: nobody keeps the template beside it, so one that no program brings along goes into it.
    """
    holds_template = is_alone and form.template.code not in bundled_codes()
    version = WITH_TEMPLATE if holds_template else format_of(form)
    document: dict[str, object] = {"format": FORMAT, "version": version, "template": form.template.code}
    if holds_template:
        document[SOURCE] = form.template.source
    if remarks:
        document["remarks"] = list(remarks)
    for record in RECORDS:
        document[record] = _filled(getattr(form, record))
    for table in TABLES:
        if table not in LATER or rows_of(form, table):
            document[table] = [{"key": row.key, **_filled(row)} for row in rows_of(form, table)]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def load_form(path: Path) -> Form:
    """The form in a file. AppError with one plain sentence when there is no form to be read from it."""
    name = excerpt(path.name, MOST_OF_NAME)
    try:
        return read_form(_read_bytes(path).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise AppError(sentences.FILE_MISSING.format(name=name)) from error
    except OSError as error:
        reason = sentences.FILE_NO_ACCESS
        raise AppError(sentences.FILE_UNREADABLE.format(name=name, reason=reason)) from error
    except UnicodeDecodeError as error:
        reason = sentences.FILE_NOT_TEXT
        raise AppError(sentences.FILE_UNREADABLE.format(name=name, reason=reason)) from error
    except Misfit as misfit:
        raise AppError(sentences.FILE_UNREADABLE.format(name=name, reason=misfit)) from misfit


def read_form(text: str, template: Template | None = None) -> Form:
    """The form in a JSON text. Misfit naming place and key when it is not exactly one; AppError for an unknown template.

    ``template``: the form's own copy of it, where there is one; otherwise it is the bundled one of that code.
    """
    keys = Keys(sentences.ROOT, _parse(text))
    if keys.text("format", "") != FORMAT:
        raise Misfit(sentences.FILE_NOT_OURS)
    version = keys.take("version", int)
    if version > VERSION:
        raise Misfit(sentences.FILE_NEWER.format(found=excerpt(str(version)), known=VERSION))
    if version < 1:
        raise keys.refusal("version", version)
    for remark in keys.take("remarks", list, []):
        if not isinstance(remark, str):
            wanted = sentences.TYPE_NAMES["str"]
            raise Misfit(sentences.WRONG_TYPE.format(where=sentences.ROOT, key="remarks", wanted=wanted))
    template = _template(keys, template)
    records = {record: _read_record(keys, record) for record in RECORDS}
    tables = {table: _read_table(keys, table) for table in TABLES}
    keys.finish()
    form = Form(template, **records, **tables)  # type: ignore[arg-type]  # names and types both come from ROW_TYPES and RECORD_TYPES
    _check_trees(form)
    return form


def _template(keys: Keys, own: Template | None) -> Template:
    code, source = keys.text("template"), keys.text(SOURCE, "")
    if own is None and len(source) > MOST_OF_SOURCE:
        raise keys.refusal(SOURCE, source)
    if own is None:
        own = read_template(source, excerpt(code, MOST_OF_NAME)) if source else load_template(code)
    if own.code != code:
        raise keys.refusal("template", code)
    return own


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise Misfit(sentences.FILE_IS_FOLDER)
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Misfit(sentences.FILE_TOO_LARGE.format(most=MOST_BYTES // 1_000_000))
    return content


def _parse(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_read_pairs)
    except Misfit:
        raise
    except json.JSONDecodeError as error:
        raise Misfit(sentences.FILE_NOT_JSON.format(line=error.lineno)) from error
    except RecursionError as error:
        raise Misfit(sentences.FILE_TOO_DEEP) from error
    except ValueError as error:  # an integer of more digits than Python converts
        raise Misfit(sentences.FILE_NOT_OURS) from error


def _read_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise Misfit(sentences.DUPLICATE_KEY.format(where=sentences.FILE, key=excerpt(twice)))
    return mapping


def _filled(holder: Record | Row) -> dict[str, CellValue]:
    default = type(holder)("") if hasattr(holder, "key") else type(holder)()
    defaults = asdict(default)
    return {name: value for name, value in asdict(holder).items() if name != "key" and value != defaults[name]}


def _read_record(keys: Keys, record: RecordName) -> Record:
    kind = RECORD_TYPES[record]
    if not keys.has(record):
        return kind()
    inner = keys.inner(record)
    values = {name: inner.text(name, "") for name in field_names(kind)}
    inner.finish()
    return kind(**values)


def _read_table(keys: Keys, table: TableName) -> tuple[Row, ...]:
    rows = keys.each(table, lambda each: _read_row(each, ROW_TYPES[table]), is_optional=True)
    check_keys(table, (row.key for row in rows))
    return rows


def _read_row(keys: Keys, kind: type[Row]) -> Row:
    values: dict[str, CellValue] = {}
    for name in field_names(kind):
        if name == "applies":
            values[name] = keys.take(name, bool, default=True)
        else:
            values[name] = keys.text(name, "")
        if kind is Evidence and name in _PATTERNS and not _PATTERNS[name].fullmatch(str(values[name])):
            raise keys.refusal(name, values[name])
    return kind(keys.text("key"), **values)  # type: ignore[arg-type]  # the names are the row type's own


def _check_trees(form: Form) -> None:
    levels = count_levels(form.template.indicator_table.columns)
    check_tree("budget", {line.key: line.part_of for line in form.budget})
    check_tree("groups", {group.key: group.part_of for group in form.groups}, levels)
    check_belongs("indicators", (row.group for row in form.indicators), {group.key for group in form.groups})
    check_belongs("evidence", (row.indicator for row in form.evidence), {row.key for row in form.indicators})
