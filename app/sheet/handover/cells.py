"""The cells of a workbook as they stand in the file: values, not appearances, from xlsx, xls and OpenDocument.

Decides which files are opened at all, and that nothing larger than a form could be is read. Knows no form.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import python_calamine

from app.form.failure import AppError
from app.sheet.handover import sentences
from app.sheet.handover.traits import Spot, Traits, read_traits
from app.sheet.reading.preflight.examining import Content, examine
from app.sheet.reading.process.child import read_apart
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.sniffing import HEAD, Family, sniff

Value = str | float

MOST_BYTES: Final = 50_000_000
_MOST_CELLS: Final = 1_000_000
_ROW_WIDTH: Final = 2  # columns of the sheet for programs
_REASONS: Final = {
    Reason.EMPTY: sentences.EMPTY,
    Reason.TOO_LARGE: sentences.TOO_LARGE,
    Reason.BROKEN: sentences.BROKEN,
    Reason.ENCRYPTED: sentences.ENCRYPTED,
    Reason.ARCHIVE: sentences.NO_PACKAGE,
}


class NoWorkbook(Exception):
    """A file that can be read, but is no workbook: what is told of its family."""

    def __init__(self, family: Family) -> None:
        super().__init__(family.value)
        self.family = family


@dataclass(frozen=True, slots=True)
class Seen:
    """One sheet: ``values`` by (row, column) from 0 without blanks, and what is to be known beside them."""

    name: str
    is_visible: bool
    values: Mapping[Spot, Value]
    traits: Traits

    def rows(self) -> list[tuple[str, str]]:
        """The first two columns as texts, blank rows left out."""
        last = max((row for row, _ in self.values), default=-1)
        pairs = ((self.values.get((row, 0), ""), self.values.get((row, 1), "")) for row in range(last + 1))
        return [(str(name), str(piece)) for name, piece in pairs if name != ""]


def read_bytes(path: Path) -> bytes:
    """A whole file of a size that a form may have. AppError otherwise."""
    content = read_head(path, MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise AppError(sentences.TOO_LARGE)
    return content


def read_head(path: Path, count: int = HEAD) -> bytes:
    """The first ``count`` bytes of a file. AppError when it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except FileNotFoundError as error:
        raise AppError(sentences.MISSING) from error
    except OSError as error:
        raise AppError(sentences.NO_ACCESS) from error


def read_sheets(content: bytes, path: Path | None = None) -> tuple[Seen, ...]:
    """All sheets of a workbook. NoWorkbook when it is a file of another kind, AppError when it can't be read.

    ``path`` is where the content was read from; without it an .xls is not opened, since only a process of its own may try.
    """
    try:
        traits = _examine(content, path)
        return _read(content, traits)
    except Refusal as refusal:
        raise AppError(_REASONS.get(refusal.reason, sentences.UNSAFE)) from refusal
    except python_calamine.PasswordError as error:
        raise AppError(sentences.ENCRYPTED) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise AppError(sentences.BROKEN) from error
    except (Exception, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of Rust is no Exception, and its class has no name to import
        raise AppError(sentences.BROKEN) from error


def _read(content: bytes, traits: Mapping[str, Traits]) -> tuple[Seen, ...]:
    with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
        return tuple(
            Seen(
                each.name,
                each.visible == python_calamine.SheetVisibleEnum.Visible,
                _values(workbook.get_sheet_by_name(each.name)),
                traits.get(each.name, Traits(is_known=False)),
            )
            for each in workbook.sheets_metadata
            if each.typ == python_calamine.SheetTypeEnum.WorkSheet
        )


def _examine(content: bytes, path: Path | None) -> Mapping[str, Traits]:
    family = sniff(content[:HEAD])
    if family is Family.COMPOUND:
        if path is None:
            raise Refusal(Reason.UNSAFE)
        read_apart(
            family.value, path
        )  # the library aborts or panics on damaged ones; what it survived there it survives here
        return {}
    if family is not Family.ZIP:
        raise NoWorkbook(family)
    examined = examine(io.BytesIO(content))
    if examined.content is Content.DOCUMENT:
        raise NoWorkbook(family)
    return read_traits(io.BytesIO(content), examined)


def _values(sheet: python_calamine.CalamineSheet) -> Mapping[Spot, Value]:
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise AppError(sentences.UNSAFE)
    rows = sheet.to_python(skip_empty_area=False)
    return {
        (number, column): _value(value)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if value != ""
    }


def _value(value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return float(value)
