"""A Grid as a PDF file.

Decides how pages become PDF objects: one glyph-numbered subset of each face used, with a character map from which text
copies out as it was, beyond the BMP too (reportlab's own subsets give wrong characters there, and take most of the time).
Knows nothing of rows, lines and pages: it draws what `app.sheet.page.pages` puts where. Equal Grids give equal bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFStream,
    PDFZCompress,
)

from app.form.text import sanitise
from app.sheet.grid import Cell, Grid
from app.sheet.page.fonts import Glyph, Type, face, glyphs
from app.sheet.page.measure import STYLES
from app.sheet.page.pages import Page, Pages, paginate
from app.sheet.page.seal import Box, Run
from app.sheet.page.subset import Subset, subset
from app.sheet.page.truetype import TrueType

_STROKE_WIDTH: Final = 0.5
_EXCERPT: Final = 6
# A character map lists at most 100 characters at a time (Adobe Technical Note 5014).
_MAP_SIZE: Final = 100
_FLAGS: Final = 4
_CREATOR: Final = "jixiao"


@dataclass(frozen=True, slots=True)
class Notice:
    """A character that no face has, printed as 〓: which, in which cell (from 0), and the words around it."""

    character: str
    row: int
    column: int
    excerpt: str

    @property
    def code_point(self) -> str:
        """As Unicode writes it: U+20BB7."""
        return f"U+{ord(self.character):04X}"


@dataclass(frozen=True, slots=True)
class PaintedPdf:
    """The file, what could not be shown as typed, and the number of pages."""

    content: bytes
    notices: tuple[Notice, ...]
    page_count: int


def paint(grid: Grid, annex: Sequence[Page] = ()) -> PaintedPdf:
    """The PDF of a Grid, with pages that are not of it behind it. It never fails for a text."""
    pages = paginate(grid, annex)
    return PaintedPdf(_document(grid, pages), tuple(_notices(grid)), len(pages.pages))


def _notices(grid: Grid) -> Iterator[Notice]:
    texts: dict[Type, set[str]] = {kind: set() for kind in Type}
    for cell in grid.cells:
        texts[STYLES[cell.role].kind].add(cell.text)
    missing = {kind: _missing(kind, "".join(texts[kind])) for kind in Type}
    if not any(missing.values()):
        return
    for cell in grid.cells:
        yield from _notices_of(cell, missing[STYLES[cell.role].kind])


def _missing(kind: Type, text: str) -> set[str]:
    shown = glyphs(kind)
    return {character for character in set(sanitise(text).text) if shown[character].is_missing}


def _notices_of(cell: Cell, missing: set[str]) -> Iterator[Notice]:
    for character in dict.fromkeys(filter(missing.__contains__, cell.text)):
        at = cell.text.index(character)
        yield Notice(
            character, cell.row, cell.column, cell.text[max(0, at - _EXCERPT) : at + _EXCERPT + 1].replace("\n", " ")
        )


@dataclass(slots=True)
class _Font:
    """Remembers which characters of a face the document uses, with their codes, counted from 1."""

    name: str
    file: str
    codes: dict[str, str] = field(default_factory=dict)
    glyphs: list[Glyph] = field(default_factory=list)

    def code(self, character: str, glyph: Glyph) -> str:
        """The code of a character as hexadecimal digits."""
        if character not in self.codes:
            self.glyphs.append(glyph)
            self.codes[character] = f"{len(self.glyphs):04X}"
        return self.codes[character]


class _Codes(dict[str, str]):
    """Remembers the codes of a typeface's characters, of those that its first face shows."""

    def __init__(self, kind: Type, fonts: dict[str, _Font]) -> None:
        super().__init__()
        self.glyphs = glyphs(kind)
        self.fonts = fonts
        self.first = kind.value[0]

    def __missing__(self, character: str) -> str:
        """KeyError for a character that another face shows."""
        glyph = self.glyphs[character]
        if glyph.face != self.first:
            raise KeyError(character)
        code = self[character] = self.font(glyph.face).code(character, glyph)
        return code

    def font(self, file: str) -> _Font:
        """The document's font for a face."""
        if file not in self.fonts:
            self.fonts[file] = _Font(f"F{len(self.fonts) + 1}", file)
        return self.fonts[file]

    def anywhere(self, character: str) -> tuple[str, str]:
        """The name of the font that shows a character, and the code in it."""
        glyph = self.glyphs[character]
        font = self.font(glyph.face)
        return font.name, font.code(character, glyph)


def _document(grid: Grid, pages: Pages) -> bytes:
    document = PDFDocument(compression=1, invariant=1, lang="zh-CN")
    document.setTitle(sanitise(grid.title, is_multiline=False).text)
    document.setAuthor(sanitise(grid.author, is_multiline=False).text)
    document.setCreator(_CREATOR)
    document.setSubject("")
    fonts: dict[str, _Font] = {}
    codes = {kind: _Codes(kind, fonts) for kind in Type}
    resources = PDFDictionary()
    for each in pages.pages:
        content = _content(each, pages.height, codes)
        document.updateSignature(content)
        document.addPage(_page(document, pages, resources, content))
    named = {font.name: _embedded(document, font) for font in fonts.values()}
    resources["Font"] = PDFDictionary(named)
    return document.GetPDFData(None)


def _page(document: PDFDocument, pages: Pages, resources: PDFDictionary, content: str) -> PDFPage:
    """A page without what reportlab would add: an encoding for Helvetica, which is not embedded."""
    page = PDFPage()
    page.Override_default_compilation = 1
    page.MediaBox = f"[0 0 {pages.width:.2f} {pages.height:.2f}]"
    page.Parent = _reference(document, document.Pages)  # type: ignore[attr-defined]  # the stubs forget it
    page.Resources = _reference(document, resources)
    page.Contents = _stream(content.encode("ascii"))
    return page


def _reference(document: PDFDocument, content: PDFObject) -> PDFObjectReference:
    """Adds an object to the document."""
    reference: PDFObjectReference = document.Reference(content)  # type: ignore[no-untyped-call]  # half a stub
    return reference


def _stream(content: bytes) -> PDFStream:
    return PDFStream(content=content, filters=[PDFZCompress])


def _content(page: Page, height: float, codes: dict[Type, _Codes]) -> str:
    """The drawing operators of a page; PDF counts upwards from the lower edge."""
    operators = [f"{shade.grey:g} g {_rectangle(shade.box, height)} f" for shade in page.shades]
    operators += ["0 g"] if page.shades else []
    operators.append(f"{_STROKE_WIDTH} w 2 J")
    operators += [
        f"{stroke.left:.2f} {height - stroke.top:.2f} m {stroke.right:.2f} {height - stroke.bottom:.2f} l"
        for stroke in page.strokes
    ]
    operators.append("S")
    if page.boxes:
        operators += [_rectangle(box, height) for box in page.boxes]
        operators.append("f")
    operators.append("BT")
    font, stretch = "", 0.0
    for run in page.runs:
        if run.stretch != stretch:
            stretch = run.stretch
            operators.append(f"{stretch:.3f} Tc")
        operators.append(f"1 0 0 1 {run.left:.2f} {height - run.baseline:.2f} Tm")
        for wanted, text in _encoded(run, codes[run.kind]):
            if wanted != font:
                font = wanted
                operators.append(font)
            operators.append(text)
    operators.append("ET")
    return "\n".join(operators)


def _rectangle(box: Box, height: float) -> str:
    return f"{box.left:.2f} {height - box.bottom:.2f} {box.right - box.left:.2f} {box.bottom - box.top:.2f} re"


def _encoded(run: Run, codes: _Codes) -> list[tuple[str, str]]:
    """Pieces of a run as operators that choose the font and show the text; nearly always one piece."""
    whole = run.text + run.end
    try:
        text = "".join([codes[character] for character in whole])
    except KeyError:
        shown = map(codes.anywhere, whole)
        return [
            (f"/{name} {run.size:g} Tf", f"<{''.join(code for _name, code in group)}> Tj")
            for name, group in groupby(shown, key=lambda pair: pair[0])
        ]
    return [(f"/{codes.font(codes.first).name} {run.size:g} Tf", f"<{text}> Tj")]


def _embedded(document: PDFDocument, font: _Font) -> PDFObjectReference:
    """The font objects of one face (ISO 32000-1, 9.7): glyphs addressed by number, and a map back to characters."""
    cut = subset(font.file, tuple([glyph.number for glyph in font.glyphs]))
    name = f"/{cut.tag}+{face(font.file).name}"
    widths = " ".join(f"{glyph.advance * 1000:g}" for glyph in font.glyphs)
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
        "FontDescriptor": _reference(document, PDFDictionary(_descriptor(document, face(font.file), name, cut))),
        "DW": 1000,
        "W": f"[1 [{widths}]]",
        "CIDToGIDMap": "/Identity",
    }
    whole = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": PDFArray([_reference(document, PDFDictionary(descendant))]),
        "ToUnicode": _reference(document, _stream(_character_map(list(font.codes)))),
    }
    return _reference(document, PDFDictionary(whole))


def _descriptor(document: PDFDocument, shown: TrueType, name: str, cut: Subset) -> dict[str, object]:
    """What a reader needs to know of a face, and the file with its outlines."""
    scale = 1000 / shown.units
    file = _stream(cut.packed)
    file.dictionary["Length1"] = cut.size
    file.dictionary["Filter"] = f"/{PDFZCompress.pdfname}"  # so that it is not packed again
    return {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": _FLAGS,
        "FontBBox": f"[{' '.join(f'{edge * scale:g}' for edge in shown.box)}]",
        "ItalicAngle": 0,
        "Ascent": f"{shown.ascent * scale:g}",
        "Descent": f"{shown.descent * scale:g}",
        "CapHeight": f"{shown.cap_height * scale:g}",
        "StemV": shown.weight // 5,
        "FontFile2": _reference(document, file),
    }


def _character_map(characters: list[str]) -> bytes:
    """Which character each code stands for, in UTF-16 with surrogates (Adobe Technical Note 5014)."""
    entries = [
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for code, character in enumerate(characters, 1)
    ]
    pieces = [entries[start : start + _MAP_SIZE] for start in range(0, len(entries), _MAP_SIZE)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *("\n".join([f"{len(piece)} beginbfchar", *piece, "endbfchar"]) for piece in pieces),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode("ascii")
