"""Office files put together part by part, so that a test can write what no program of Office would."""

import io
import struct
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument"

Parts = Mapping[str, str | bytes]


def pack(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook_parts(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', tail: str = "") -> dict[str, str | bytes]:
    """A workbook with one sheet, its rows and what follows them as given."""
    sheet = f"{TYPE}.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{sheet}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{sheet}.sharedStrings+xml"/></Types>',
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>单位</t></si></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>',
    }


def document_parts(body: str) -> dict[str, str | bytes]:
    """A Word document with this body, and nothing else."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }


def relationships(*links: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="r{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def workbook(rows: str, tail: str = "") -> bytes:
    return pack(workbook_parts(rows, tail))


def document(body: str) -> bytes:
    return pack(document_parts(body))


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE) with these streams, each in sectors of 512 bytes of its own."""
    size, end, table_mark = 512, 0xFFFFFFFE, 0xFFFFFFFD
    contents = [content.ljust(4096, b"\0") for content in streams.values()]
    entries = [_entry("Root Entry", 5, end, 0, 1)]
    at = 1 + (len(streams) + 4) // 4
    table = [table_mark, *range(2, at), end]
    body = b""
    for number, (name, content) in enumerate(zip(streams, contents, strict=True)):
        count = -(-len(content) // size)
        entries.append(_entry(name, 2, at, len(content), number + 2 if number + 1 < len(streams) else 0xFFFFFFFF))
        table += [*range(at + 1, at + count), end]
        body += content.ljust(count * size, b"\0")
        at += count
    directory = b"".join(entries).ljust((len(streams) + 4) // 4 * size, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, end, 0, end, 0, 0)
    header = header.ljust(size, b"\xff")
    return header + struct.pack(f"<{len(table)}I", *table).ljust(size, b"\xff") + directory + body


def _entry(name: str, kind: int, start: int, length: int, link: int) -> bytes:
    raw = name.encode("utf-16-le")
    child, right = (link, 0xFFFFFFFF) if kind == 5 else (0xFFFFFFFF, link)
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return head.ljust(116, b"\0") + struct.pack("<III", start, length, 0)


def biff(cells: bytes, *globals_: bytes) -> bytes:
    """The stream of an .xls workbook with one sheet that has these records of cells."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + b"".join(globals_)
    xfs = b"".join(record(0x00E0, struct.pack("<HHHHHHIIH", 0, number, 0, 0, 0, 0, 0, 0, 0)) for number in (0, 10, 164))
    name = "表".encode("utf-16-le")
    end = record(0x000A, b"")
    length = len(start) + len(xfs) + 4 + 8 + len(name) + len(end)
    sheet = record(0x0085, struct.pack("<IBBBB", length, 0, 0, 1, 1) + name)
    page = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0)) + cells + end
    return start + xfs + sheet + end + page


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))
