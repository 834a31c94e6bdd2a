"""The Grid as a Word document: the same cells and merges as tables that Word and WPS can edit, on A4.

Decides styles, lines and where one table ends and the next begins: Word repeats only a table's first rows on the next
page, so the rows with a heading of their own are a table of their own. Knows no form. Equal Grids give equal bytes.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from app.sheet import captions
from app.sheet.grid import Cell, Grid, Paper, Role
from app.sheet.workbook.text import clean
from app.sheet.xlsx import CREATED

_A4_SHORT: Final = 210
_A4_LONG: Final = 297
_TWIPS_PER_MILLIMETRE: Final = 1440 / 25.4
_SIZES: Final = {"Title": 18.0, "Subtitle": 12.0, "Body": 10.0, "Label": 10.0}
_STYLES: Final = {Role.TITLE: "Title", Role.SUBTITLE: "Subtitle", Role.BODY: "Body"}
_LABEL: Final = "Label"
_PREFIX: Final = "Jixiao"  # so that no style of the user's own document is meant when a table is pasted into it
_UNLINED: Final = (Role.TITLE, Role.SUBTITLE)
# The first moment that a zip archive can tell: what is in it depends on the Grid alone, whatever the clock says.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_RELATIONSHIPS: Final = "application/vnd.openxmlformats-package.relationships+xml"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

_Inside = tuple[Cell, bool]  # a cell and whether it begins in this row


@dataclass(frozen=True, slots=True)
class Part:
    """Grid rows ``first``..``last`` that stand together; the first ``repeated`` of them again on every page."""

    first: int
    last: int
    repeated: int = 0


def paint(grid: Grid) -> bytes:
    """The document file."""
    document = docx.Document()
    _set_up(document, grid)
    body = document.element.body
    for part in split_rows(grid):
        for element in _elements(grid, part):
            body.insert(len(body) - 1, parse_xml(element))  # the last one is the section's
    return _pack(document)


def split_rows(grid: Grid) -> tuple[Part, ...]:
    """Title rows one by one, then tables: a new one where rows with a heading begin and end, unless a merged cell is in the way."""
    titles = {cell.row for cell in grid.cells if cell.role in _UNLINED}
    crossed = {row for cell in grid.cells for row in range(cell.row + 1, cell.row + cell.rows)}
    headed = {each.first: each for each in grid.headers if not {each.first, each.until + 1} & crossed}
    starts = {0, *titles, *(row + 1 for row in titles), *headed, *(each.until + 1 for each in headed.values())}
    firsts = sorted(row for row in starts if row < grid.row_count)
    ends = [*(row - 1 for row in firsts[1:]), grid.row_count - 1]
    return tuple(
        Part(first, last, headed[first].last - first + 1 if first in headed else 0)
        for first, last in zip(firsts, ends, strict=True)
    )


def _elements(grid: Grid, part: Part) -> Iterator[str]:
    cells = [cell for cell in grid.cells if part.first <= cell.row <= part.last]
    if cells[0].role in _UNLINED:
        yield from (_paragraph(cell, nsdecls("w")) for cell in cells)
        return
    yield _table(grid, part, cells)
    # Tables that touch would be one: a paragraph that takes no room parts them (and ends the document).
    yield (
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def _table(grid: Grid, part: Part, cells: list[Cell]) -> str:
    rows: dict[int, list[_Inside]] = {row: [] for row in range(part.first, part.last + 1)}
    for cell in sorted(cells, key=lambda each: each.column):
        for row in range(cell.row, cell.row + cell.rows):
            rows[row].append((cell, row == cell.row))
    widths = _widths(grid)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    body = "".join(_row(inside, widths, is_repeated=row < part.first + part.repeated) for row, inside in rows.items())
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="34" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="34" w:type="dxa"/>'
        f'<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>'
    )


def _row(cells: list[_Inside], widths: list[int], *, is_repeated: bool) -> str:
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if is_repeated else ""
    return f"<w:tr>{properties}{''.join(_cell(cell, widths, is_first=is_first) for cell, is_first in cells)}</w:tr>"


def _cell(cell: Cell, widths: list[int], *, is_first: bool) -> str:
    width = sum(widths[cell.column : cell.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if is_first else "<w:vMerge/>"
    open_sides = [side for side, is_open in (("top", cell.is_open_above), ("bottom", cell.is_open_below)) if is_open]
    lines = "".join(f'<w:{side} w:val="nil"/>' for side in open_sides)
    borders = f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{borders}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(cell) if is_first else '<w:p/>'}</w:tc>"
    )


def _paragraph(cell: Cell, namespace: str = "") -> str:
    style = _PREFIX + _STYLES.get(cell.role, _LABEL)
    lines = clean(cell.text).split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)
    return (
        f'<w:p {namespace}><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{cell.align.value}"/></w:pPr>'
        f"<w:r>{text}</w:r></w:p>"
    )


def _widths(grid: Grid) -> list[int]:
    """Column widths in twips, which together are exactly the paper's inner width."""
    paper = grid.paper
    side = _A4_LONG if paper.is_landscape else _A4_SHORT
    whole = round(float(side - paper.left - paper.right) * _TWIPS_PER_MILLIMETRE)
    widths = [int(whole * width / sum(grid.widths)) for width in grid.widths]
    return [*widths[:-1], whole - sum(widths[:-1])]


def _set_up(document: Document, grid: Grid) -> None:
    _set_paper(document, grid.paper)
    for name, size in _SIZES.items():
        style: Any = document.styles.add_style(_PREFIX + name, WD_STYLE_TYPE.PARAGRAPH)
        face = captions.HEI if name in ("Title", _LABEL) else captions.SONG
        style.font.size = Pt(size)
        style.font.name = face
        style.element.rPr.rFonts.set(qn("w:eastAsia"), face)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    _fill(header, clean(grid.marking), WD_ALIGN_PARAGRAPH.RIGHT)
    _fill(footer, captions.PAGE_FOOTER, WD_ALIGN_PARAGRAPH.CENTER)
    about = document.core_properties
    about.title, about.author = clean(grid.title)[:255], clean(grid.author)[:255]
    about.last_modified_by = about.comments = ""
    about.created = about.modified = CREATED


def _set_paper(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    short, long = Mm(_A4_SHORT), Mm(_A4_LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if paper.is_landscape else (short, long)
    section.top_margin, section.bottom_margin = Mm(float(paper.top)), Mm(float(paper.bottom))
    section.left_margin, section.right_margin = Mm(float(paper.left)), Mm(float(paper.right))
    section.header_distance = section.footer_distance = Mm(float(min(paper.top, paper.bottom)) / 2)


def _fill(paragraph: Paragraph, text: str, align: WD_ALIGN_PARAGRAPH) -> None:
    """Write a line at the edge of the page, with the numbers of pages as fields."""
    paragraph.style = _PREFIX + "Body"
    paragraph.alignment = align
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    while text:
        start, mark = (
            min((text.find(mark), mark) for mark in fields if mark in text) if "{" in text else (len(text), "")
        )
        if text[:start]:
            paragraph.add_run(text[:start])
        if mark:
            field = f'<w:fldSimple {nsdecls("w")} w:instr="{fields[mark]}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            paragraph._p.append(parse_xml(field))  # noqa: SLF001  # the library has no call for fields
        text = text[start + len(mark) :]


def _pack(document: Document) -> bytes:
    """The parts as a zip archive of our own: the library's refuses to write while the clock stands before 1980."""
    package = document.part.package
    blobs: dict[str, bytes] = {"_rels/.rels": package.rels.xml}
    kinds = [f'<Default Extension="rels" ContentType="{_RELATIONSHIPS}"/>']
    for part in package.iter_parts():
        name = part.partname.membername
        blobs[name] = part.blob
        kinds.append(f'<Override PartName="/{name}" ContentType="{part.content_type}"/>')
        if part.rels:
            blobs[part.partname.rels_uri.membername] = part.rels.xml
    types = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{_TYPES}">{"".join(kinds)}</Types>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in ({"[Content_Types].xml": types.encode()} | blobs).items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), blob, zipfile.ZIP_DEFLATED)
    return file.getvalue()
