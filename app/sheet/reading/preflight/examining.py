"""The whole look before reading: the directory, then every XML part once; what kind of document it is, and its bounds.

Decides which reader gets the file, and what it may read. Parts are known by their root elements, not by their names.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import IO, Final

from app.sheet.reading.preflight.archive import check_directory, is_markup
from app.sheet.reading.preflight.documents import DocumentVisitor, TextVisitor
from app.sheet.reading.preflight.extents import Extent
from app.sheet.reading.preflight.markup import Silent, Visitor, Walk
from app.sheet.reading.preflight.spreadsheets import SpreadsheetVisitor
from app.sheet.reading.preflight.workbooks import (
    MOST_SHEETS,
    MOST_STYLES,
    SHEETS,
    STYLES,
    CountVisitor,
    SheetVisitor,
    StringsVisitor,
)
from app.sheet.reading.refusal import Reason, Refusal

_TYPES: Final = "[Content_Types].xml"
_KIND: Final = "mimetype"
_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_SPREADSHEET: Final = re.compile(rb"application/vnd\.oasis\.opendocument\.spreadsheet(?:-template)?")
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)


class Content(Enum):
    """What a zip archive that may be read holds."""

    WORKBOOK = "workbook"
    DOCUMENT = "document"
    SPREADSHEET = "spreadsheet"  # of OpenDocument


# What the type of the main part says, and the part's name where only a default type is declared.
_MAINS: Final = (
    (re.compile(r".*\.(?:spreadsheetml|ms-excel)\.(?:sheet|template).*\.main\+xml"), Content.WORKBOOK),
    (re.compile(r".*\.(?:wordprocessingml|ms-word)\.(?:document|template).*\.main\+xml"), Content.DOCUMENT),
    (re.compile(r".*\.ms-excel\.sheet\.binary\..*"), Reason.BINARY_WORKBOOK),
    (re.compile(r".*\.(?:presentationml|ms-powerpoint)\..*\.main\+xml"), Reason.PRESENTATION),
)
_USUAL: Final = {Content.WORKBOOK: "xl/workbook.xml", Content.DOCUMENT: "word/document.xml"}


@dataclass(frozen=True, slots=True)
class Examined:
    """What the archive holds, the name of its main part, and the extent of every sheet by the name of its part.

    ``boxes`` are the paragraphs in text boxes of a workbook, ``margins`` those in headers and footers of a document.
    """

    content: Content
    main: str
    extents: dict[str, Extent] = field(default_factory=dict)
    boxes: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()


def examine(file: IO[bytes]) -> Examined:
    """Look at all of an archive. Refusal when it is none that may be read."""
    with damage_refused(), zipfile.ZipFile(file) as archive:
        check_directory(archive)
        walk = Walk()
        content, main = _recognise(archive, walk)
        extents: dict[str, Extent] = {}
        boxes, margins = TextVisitor(), TextVisitor()
        beside = {"wsDr": boxes, "hdr": margins, "ftr": margins}
        for name in archive.namelist():
            if is_markup(name) and name != _TYPES:
                extent = _walk_through(archive, name, walk, beside)
                if extent is not None:
                    extents[name] = extent
        return Examined(content, main, extents, tuple(boxes.paragraphs), tuple(margins.paragraphs))


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever an archive raises while it is unpacked says that it is damaged."""
    try:
        yield
    except _DAMAGE as error:
        raise Refusal(Reason.BROKEN) from error


def _recognise(archive: zipfile.ZipFile, walk: Walk) -> tuple[Content, str]:
    names = set(archive.namelist())
    if _TYPES not in names:
        if _KIND in names and _CONTENT in names:
            if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
                raise Refusal(Reason.ENCRYPTED)
            if _SPREADSHEET.fullmatch(archive.read(_KIND).strip()):
                return Content.SPREADSHEET, _CONTENT
            raise Refusal(Reason.OPEN_DOCUMENT)
        raise Refusal(Reason.OFD if "OFD.xml" in names else Reason.ARCHIVE)
    visitor = _TypesVisitor()
    with archive.open(_TYPES) as stream:
        walk.through(stream, lambda _namespace, _name: visitor)
    if visitor.content is None:
        raise Refusal(Reason.OTHER_OFFICE)
    if visitor.main not in names:
        raise Refusal(Reason.BROKEN)
    return visitor.content, visitor.main


def _walk_through(archive: zipfile.ZipFile, name: str, walk: Walk, beside: Mapping[str, TextVisitor]) -> Extent | None:
    """Check one part; the extent if it is a sheet. ``beside`` are the visitors of parts that no reader looks at, by their root."""
    sheet = SheetVisitor()
    is_sheet = False

    def choose(namespace: str, root: str) -> Visitor:
        nonlocal is_sheet
        if namespace.startswith(_STRICT) and root in ("workbook", "worksheet", "document"):
            raise Refusal(Reason.STRICT)
        is_sheet = root == "worksheet"
        match root:
            case "worksheet":
                return sheet
            case "sst":
                return StringsVisitor()
            case "styleSheet":
                return CountVisitor(STYLES, MOST_STYLES)
            case "workbook":
                return CountVisitor(SHEETS, MOST_SHEETS)
            case "document":
                return DocumentVisitor()
            case "document-content":
                return SpreadsheetVisitor()
        return beside.get(root) or Silent()

    with archive.open(name) as stream:
        walk.through(stream, choose)
    if not is_sheet:
        return None
    sheet.extent.settle()
    return sheet.extent


class _TypesVisitor(Silent):
    """Remembers the first type that says what the whole is."""

    def __init__(self) -> None:
        self.content: Content | None = None
        self.main = ""

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        """A part with a type of its own, or a type for all parts of one ending."""
        declared = attributes.get("ContentType", "")
        for pattern, meaning in _MAINS:
            if self.content is None and pattern.fullmatch(declared):
                if isinstance(meaning, Reason):
                    raise Refusal(meaning)
                self.content = meaning
                self.main = attributes.get("PartName", "").lstrip("/") or _USUAL[meaning]
