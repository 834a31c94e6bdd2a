"""Files that are made to break whoever reads them (reliability.md §2.5), and what must be said of each."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from app.sheet.reading.refusal import Reason
from tests.sheet.reading.packages import (
    MAIN,
    biff,
    compound,
    document,
    document_parts,
    number,
    pack,
    record,
    workbook,
    workbook_parts,
)

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
QUADRATIC = f"<!DOCTYPE x [<!ENTITY i '{'a' * 50_000}'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY i SYSTEM '{}'>]>"
ENTITY_ROW = '<row><c t="inlineStr"><is><t>&i;</t></is></c></row>'
MERGED = "<mergeCells>" + '<mergeCell ref="A1:CV500"/>' * 15_000 + "</mergeCells>"
CELL = "<w:tc><w:p/></w:tc>"


@dataclass(frozen=True)
class Hostile:
    """How the file is made, and the reasons that may be given for not reading it."""

    make: Callable[[], bytes]
    reasons: frozenset[Reason]


def _with(part: str, content: str | bytes) -> bytes:
    return pack(workbook_parts() | {part: content})


def _declared(declaration: str, row: str = ENTITY_ROW) -> bytes:
    parts = workbook_parts(row)
    sheet = parts["xl/worksheets/sheet1.xml"]
    return pack(parts | {"xl/worksheets/sheet1.xml": f"{declaration}{sheet!s}"})


def _spaces() -> bytes:
    """A quarter of a gigabyte in a part that says so."""
    parts = workbook_parts()
    return pack(parts | {"xl/worksheets/sheet1.xml": b" " * 250_000_000})


def _lying_spaces() -> bytes:
    """The same, in a part that claims a hundred bytes: both lengths are patched."""
    content = bytearray(_spaces())
    honest = struct.pack("<I", 250_000_000)
    return bytes(content.replace(honest, struct.pack("<I", 100)))


def _twice(name: str) -> bytes:
    file = io.BytesIO(pack(workbook_parts()))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, "<x/>")
    return file.getvalue()


def _overlapping() -> bytes:
    """Two entries of the directory share one member's bytes."""
    content = pack(workbook_parts() | {"xl/a.xml": "<x/>" * 100, "xl/b.xml": "<x/>" * 100})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first, second = (archive.getinfo(name).header_offset for name in ("xl/a.xml", "xl/b.xml"))
    start = content.rindex(b"xl/b.xml") - 46
    return (
        content[: start + 42]
        + struct.pack("<I", first)
        + content[start + 46 :].replace(struct.pack("<I", second), struct.pack("<I", first))
    )


def _flipped() -> bytes:
    """A bit of a stored part."""
    content = bytearray(pack(workbook_parts(), zipfile.ZIP_STORED))
    content[content.index(b"<v>1</v>") + 3] ^= 2
    return bytes(content)


def _encrypted_member() -> bytes:
    content = bytearray(pack(workbook_parts()))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def _strict() -> bytes:
    parts = workbook_parts()
    return pack(
        {name: str(text).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main") for name, text in parts.items()}
    )


def _slow() -> bytes:
    """A quarter of a million rules, each of which takes the library long, and none like the other."""
    chance = Random(5)  # noqa: S311  no secret
    rules = "".join(
        f'<conditionalFormatting sqref="A1"><cfRule type="expression" priority="{chance.getrandbits(60)}"/>'
        "</conditionalFormatting>"
        for _ in range(280_000)
    )
    return workbook("<row><c><v>1</v></c></row>", rules)


def _repeated_text() -> bytes:
    """A text of Excel's greatest length in ten thousand cells: 330 MB of text from 30 kB."""
    rows = '<row><c t="s"><v>0</v></c></row>' * 10_000
    text = f'<sst xmlns="{MAIN}"><si><t>{"长" * 32_000}</t></si></sst>'
    return pack(workbook_parts(rows) | {"xl/sharedStrings.xml": text})


def spreadsheet(what: str, count: str) -> bytes:
    """An OpenDocument spreadsheet with a text that is repeated."""
    repeated = {each: f'table:number-{each}-repeated="{count if each == what else 1}"' for each in ("rows", "columns")}
    content = (
        '<o:document-content xmlns:o="o" xmlns:table="t" xmlns:text="x"><o:body><o:spreadsheet><table:table>'
        f"<table:table-row {repeated['rows']}><table:table-cell {repeated['columns']}><text:p>甲</text:p></table:table-cell>"
        "</table:table-row></table:table></o:spreadsheet></o:body></o:document-content>"
    )
    return pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _of(*reasons: Reason) -> frozenset[Reason]:
    return frozenset(reasons)


HOSTILE: dict[str, Hostile] = {
    # one name, the file, the reasons
    "billion laughs": Hostile(lambda: _declared(LAUGHS, ENTITY_ROW), _of(Reason.DOCTYPE)),
    "quadratic entities": Hostile(lambda: _declared(QUADRATIC, ENTITY_ROW * 1000), _of(Reason.DOCTYPE)),
    "entity from a file": Hostile(lambda: _declared(OUTSIDE.format("file:///etc/hostname")), _of(Reason.DOCTYPE)),
    "entity from the net": Hostile(lambda: _declared(OUTSIDE.format("http://127.0.0.1:9/x")), _of(Reason.DOCTYPE)),
    "entity in another part": Hostile(lambda: _with("docProps/core.xml", f"{LAUGHS}<x>&i;</x>"), _of(Reason.DOCTYPE)),
    "a quarter of a gigabyte of spaces": Hostile(_spaces, _of(Reason.BLOATED)),
    "spaces that claim to be few": Hostile(_lying_spaces, _of(Reason.BROKEN)),
    "half a million rows": Hostile(lambda: workbook("<row/>" * 500_000), _of(Reason.NOTHING, Reason.SLOW)),
    "half a million strings": Hostile(
        lambda: _with("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"<si/>" * 500_000}</sst>'), _of(Reason.TOO_MUCH)
    ),
    "half a million paragraphs": Hostile(lambda: document("<w:p/>" * 500_000), _of(Reason.TOO_MUCH)),
    "three million rows": Hostile(lambda: workbook("<row/>" * 3_000_000), _of(Reason.TOO_MUCH, Reason.BLOATED)),
    "five million strings": Hostile(
        lambda: _with("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"<si/>" * 5_000_000}</sst>'),
        _of(Reason.TOO_MUCH, Reason.BLOATED),
    ),
    "a string of thirty megabytes": Hostile(
        lambda: _with("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{"a" * 30_000_000}</t></si></sst>'),
        _of(Reason.TOO_MUCH, Reason.BLOATED),
    ),
    "a long text in ten thousand cells": Hostile(_repeated_text, _of(Reason.TOO_MUCH)),
    "a cell at the far corner": Hostile(
        lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), _of(Reason.FAR)
    ),
    "a cell at ZZ100000": Hostile(
        lambda: workbook('<row r="100000"><c r="ZZ100000"><v>1</v></c></row>'), _of(Reason.FAR)
    ),
    "a row that does not exist": Hostile(
        lambda: workbook('<row r="9999999999"><c><v>1</v></c></row>'), _of(Reason.MISPLACED)
    ),
    "a row of a thousand digits": Hostile(
        lambda: workbook(f'<row r="{"9" * 1000}"><c><v>1</v></c></row>'), _of(Reason.MISPLACED)
    ),
    "a column that does not exist": Hostile(
        lambda: workbook('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), _of(Reason.MISPLACED)
    ),
    "a cell twice": Hostile(
        lambda: workbook('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), _of(Reason.MISPLACED)
    ),
    "rows out of order": Hostile(
        lambda: workbook('<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'), _of(Reason.MISPLACED)
    ),
    "everything merged": Hostile(
        lambda: workbook("<row><c><v>1</v></c></row>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        _of(Reason.MISPLACED),
    ),
    "merged again and again": Hostile(
        lambda: workbook(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="500"><c r="CV500"><v>1</v></c></row>',
            MERGED,
        ),
        _of(Reason.MISPLACED),
    ),
    "three hundred thousand styles": Hostile(
        lambda: _with(
            "xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 300_000}</cellXfs></styleSheet>'
        ),
        _of(Reason.TOO_MUCH),
    ),
    "three thousand sheets": Hostile(
        lambda: pack(
            (parts := workbook_parts())
            | {"xl/workbook.xml": re.sub("<sheet .*?/>", lambda sheet: sheet[0] * 3_000, str(parts["xl/workbook.xml"]))}
        ),
        _of(Reason.TOO_MUCH),
    ),
    "rules that take long": Hostile(_slow, _of(Reason.SLOW, Reason.HUNGRY)),
    "a member twice": Hostile(lambda: _twice("xl/worksheets/sheet1.xml"), _of(Reason.UNSAFE)),
    "a member twice but for case": Hostile(lambda: _twice("xl/worksheets/Sheet1.xml"), _of(Reason.UNSAFE)),
    "a member above its folder": Hostile(lambda: _with("../../evil.xml", "<x/>"), _of(Reason.UNSAFE)),
    "a member of the whole disk": Hostile(lambda: _with("/etc/evil.xml", "<x/>"), _of(Reason.UNSAFE)),
    "members that overlap": Hostile(_overlapping, _of(Reason.UNSAFE, Reason.BROKEN)),
    "five thousand members": Hostile(
        lambda: pack(workbook_parts() | {f"xl/{number}.bin": "" for number in range(5_000)}), _of(Reason.TOO_MUCH)
    ),
    "an encrypted member": Hostile(_encrypted_member, _of(Reason.ENCRYPTED)),
    "a flipped bit": Hostile(_flipped, _of(Reason.BROKEN)),
    "the first half": Hostile(lambda: (whole := pack(workbook_parts()))[: len(whole) // 2], _of(Reason.BROKEN)),
    "an element that does not end": Hostile(lambda: workbook("<row>"), _of(Reason.BROKEN)),
    "ten thousand levels": Hostile(lambda: workbook("<x>" * 10_000 + "</x>" * 10_000), _of(Reason.UNSAFE)),
    "strict": Hostile(_strict, _of(Reason.STRICT)),
    "nothing in it": Hostile(lambda: workbook(""), _of(Reason.NOTHING)),
    # Word
    "three million paragraphs": Hostile(lambda: document("<w:p/>" * 3_000_000), _of(Reason.TOO_MUCH, Reason.BLOATED)),
    "a hundred million columns": Hostile(
        lambda: document(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
        _of(Reason.UNSAFE),
    ),
    "columns beyond columns": Hostile(
        lambda: document(f"<w:tbl>{f'<w:tr>{CELL * 2_000}</w:tr>' * 40}</w:tbl>"), _of(Reason.TOO_MUCH)
    ),
    "an entity in a text": Hostile(
        lambda: pack(
            (parts := document_parts("<w:p><w:r><w:t>a&i;b</w:t></w:r></w:p>"))
            | {"word/document.xml": f"{QUADRATIC}{parts['word/document.xml']!s}"}
        ),
        _of(Reason.DOCTYPE),
    ),
    "tables in tables in tables": Hostile(
        lambda: document("<w:tbl><w:tr><w:tc>" * 20 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 20), _of(Reason.UNSAFE)
    ),
    "a picture of a quarter of a gigabyte": Hostile(
        lambda: pack(document_parts("<w:p/>") | {"word/media/image1.png": bytes(250_000_000)}), _of(Reason.BLOATED)
    ),
    # compound files
    "an old Word document": Hostile(lambda: compound({"WordDocument": b"x"}), _of(Reason.OLD_WORD)),
    "an encrypted workbook": Hostile(
        lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), _of(Reason.ENCRYPTED)
    ),
    "an encrypted old workbook": Hostile(
        lambda: compound({"Workbook": biff(b"", record(0x002F, bytes(6)))}), _of(Reason.ENCRYPTED)
    ),
    "Excel 95": Hostile(lambda: compound({"Book": b"x"}), _of(Reason.OLD_WORKBOOK)),
    "a presentation": Hostile(lambda: compound({"PowerPoint Document": b"x"}), _of(Reason.PRESENTATION)),
    "an installer": Hostile(lambda: compound({"Property": b"x"}), _of(Reason.OTHER_OFFICE)),
    "an old workbook with a far cell": Hostile(
        lambda: compound({"Workbook": biff(number(65_535, 255, 1.0))}), _of(Reason.FAR)
    ),
    "an old workbook that ends early": Hostile(
        lambda: compound({"Workbook": biff(number(0, 0, 1.0))[:60]}), _of(Reason.BROKEN, Reason.STOPPED, Reason.NOTHING)
    ),
    "a chain in a circle": Hostile(
        lambda: (whole := compound({"Workbook": b"x"}))[:512] + struct.pack("<I", 0) * 128 + whole[1024:],
        _of(Reason.BROKEN),
    ),
    # something else
    "nothing": Hostile(lambda: b"", _of(Reason.EMPTY)),
    "blanks": Hostile(lambda: b" \r\n" * 10, _of(Reason.EMPTY)),
    "a page of the web": Hostile(lambda: "<html><table><tr><td>单位".encode("gbk"), _of(Reason.PAGE_OF_WEB)),
    "a workbook of XML": Hostile(lambda: b'<?xml version="1.0"?><Workbook/>', _of(Reason.PAGE_OF_WEB)),
    "commas": Hostile(lambda: "单位,分值\n甲,1\n".encode("gbk"), _of(Reason.TEXT)),
    "tabs in UTF-16": Hostile(lambda: "单位\t分值\n".encode("utf-16"), _of(Reason.TEXT)),
    "rich text": Hostile(lambda: b"{\\rtf1 x}", _of(Reason.OLD_WORD)),
    "a RAR archive": Hostile(lambda: b"Rar!\x1a\x07\x01\x00", _of(Reason.RAR)),
    "a 7z archive": Hostile(lambda: b"7z\xbc\xaf\x27\x1c\x00\x04", _of(Reason.SEVEN_ZIP)),
    "a zip archive": Hostile(lambda: pack({"a.xlsx": "x"}), _of(Reason.ARCHIVE)),
    "an empty zip archive": Hostile(lambda: pack({}), _of(Reason.ARCHIVE)),
    "a gz archive": Hostile(lambda: b"\x1f\x8b" + zlib.compress(b"x"), _of(Reason.ARCHIVE)),
    "a picture": Hostile(lambda: b"\x89PNG\r\n\x1a\n", _of(Reason.PICTURE)),
    "OFD": Hostile(lambda: pack({"OFD.xml": "<x/>"}), _of(Reason.OFD)),
    "a text document": Hostile(
        lambda: pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        _of(Reason.OPEN_DOCUMENT),
    ),
    "a billion columns": Hostile(lambda: spreadsheet("columns", "999999999"), _of(Reason.MISPLACED)),
    "a text in all columns": Hostile(lambda: spreadsheet("columns", "16384"), _of(Reason.FAR)),
    "a text in all rows": Hostile(lambda: spreadsheet("rows", "1048576"), _of(Reason.FAR)),
    "noise": Hostile(lambda: bytes(range(256)) * 20, _of(Reason.UNKNOWN)),
}
