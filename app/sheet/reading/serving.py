"""The child process: it reads one file, says what it found, and ends.

Decides which reader gets the file. It runs apart from the program because some libraries abort or hang on a file of two
kilobytes; whatever happens here becomes one sentence there.
"""

import io
import os
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

from app.form.failure import AppError
from app.sheet.grid import Grid
from app.sheet.reading.office.beside import say_boxes, say_margins
from app.sheet.reading.preflight.examining import Content, Examined, damage_refused, examine
from app.sheet.reading.process.limits import forbid, limit_self
from app.sheet.reading.process.wire import BEGUN, Reading, Table, encode, encode_failure, encode_refusal
from app.sheet.reading.refusal import Reason, Refusal
from app.sheet.reading.sniffing import Family

_OFFICE: Final = "app.sheet.reading.office"
_PDF: Final = ("app.sheet.reading.pdf", "pypdfium2.raw")
LIBRARIES: Final = (*(f"{_OFFICE}.{name}" for name in ("xlsx", "docx", "xls", "ods", "plain")), *_PDF)
_IN, _OUT, _PRINTED = 0, 1, 2
_DIRECTORY: Final = 100_000  # bytes at the end of an archive, among which its names are


def serve() -> int:
    """Read the file that the pipe names: a family, and a path in hexadecimal digits. A blank line before it: get ready.

    What is no file follows the family itself.
    """
    answers = os.dup(_OUT)
    os.dup2(_PRINTED, _OUT)  # whatever a library prints is no answer
    with os.fdopen(_IN, "rb", closefd=False) as orders:
        order = orders.readline()
        if order == b"\n":
            load(LIBRARIES)
            order = orders.readline()
        family, *path = order.decode().split() or [""]
        copied = orders.read() if family and not path else b""
    if family:
        file = Path(os.fsdecode(bytes.fromhex(path[0]))) if path else None
        said = answer(answers, Family(family), file, copied)
        with suppress(BrokenPipeError), os.fdopen(answers, "wb") as pipe:
            pipe.write(said)
    return 0


def answer(answers: int, family: Family, path: Path | None, copied: bytes = b"") -> bytes:
    """What to say of a file, or of what was ``copied``, whatever happens; that reading begins is said at once. This process can do nothing else afterwards."""
    try:
        content = copied if path is None else path.read_bytes()
        load(_needed(family, content))
        os.write(answers, BEGUN)  # the clock starts only now: a slow disk is not the file's fault
        limit_self()
        forbid(*[path] if path else [])
        return encode(read(family, content, path))
    except Refusal as refusal:
        return encode_refusal(refusal)
    except AppError as error:
        return encode_failure(error)
    except MemoryError:
        return encode_refusal(Refusal(Reason.HUNGRY))
    except BaseException:  # noqa: BLE001  libraries raise anything on a damaged file, and Rust's panics are no Exception
        return encode_refusal(Refusal(Reason.STOPPED))


def read(family: Family, content: bytes, path: Path | None) -> Reading:
    """What the file holds; without any limit on time and memory. Refusal, and whatever the libraries raise."""
    match family:
        case Family.COMPOUND:
            from app.sheet.reading.office.xls import read_xls  # noqa: PLC0415  each library only where it is needed

            return read_xls(content)
        case Family.HTML:
            from app.sheet.reading.office.html import read_html  # noqa: PLC0415  the same

            return read_html(content)
        case Family.PDF if path is not None:
            from app.sheet.reading.pdf import read_pdf  # noqa: PLC0415  the same

            return Reading("pdf", tuple(map(_table, read_pdf(path))))
        case Family.ZIP:
            return _read_archive(content)
    raise Refusal(Reason.UNKNOWN)


def _read_archive(content: bytes) -> Reading:
    examined = examine(io.BytesIO(content))
    reading = _read_examined(content, examined)
    beside = (*say_boxes(examined.boxes), *say_margins(examined.margins))
    return replace(reading, remarks=(*reading.remarks, *beside))


def _read_examined(content: bytes, examined: Examined) -> Reading:
    file = io.BytesIO(content)
    with damage_refused():
        match examined.content:
            case Content.WORKBOOK:
                from app.sheet.reading.office.xlsx import read_xlsx  # noqa: PLC0415  the same

                try:
                    return read_xlsx(file, examined.extents)
                except (
                    TypeError,
                    ValueError,
                    KeyError,
                    AttributeError,
                    IndexError,
                ):  # styles or properties not quite right
                    from app.sheet.reading.office.plain import read_plainly  # noqa: PLC0415  the same

                    return read_plainly(io.BytesIO(content), examined.main, examined.extents)
            case Content.DOCUMENT:
                from app.sheet.reading.office.docx import read_docx  # noqa: PLC0415  the same

                return read_docx(file, examined.main)
        from app.sheet.reading.office.ods import read_ods  # noqa: PLC0415  the same

        return read_ods(file, examined.main)


def _needed(family: Family, content: bytes) -> tuple[str, ...]:
    """The modules that will read it, as far as a glance tells."""
    match family:
        case Family.PDF:
            return _PDF
        case Family.COMPOUND:
            return (f"{_OFFICE}.xls",)
        case Family.HTML:
            return (f"{_OFFICE}.html",)
    names = content[-_DIRECTORY:]
    name = "xlsx" if b"xl/" in names else "docx" if b"word/" in names else "ods"
    return (f"{_OFFICE}.{name}",)


def load(names: tuple[str, ...]) -> None:
    """Import modules, those that there are."""
    for name in names:
        with suppress(ImportError):  # whoever needs it will say so
            import_module(name)


def _table(grid: Grid) -> Table:
    boxes = tuple(
        (cell.row, cell.column, cell.rows, cell.columns, cell.text)
        for cell in grid.cells
        if cell.text or cell.rows * cell.columns > 1
    )
    return Table(grid.title, grid.row_count, len(grid.widths), boxes)
