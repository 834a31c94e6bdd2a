"""A Grid as a PDF file.

Decides how pages become PDF objects: one glyph-numbered subset of each face used, with a character map from which text
copies out as it was, beyond the BMP too (reportlab's own subsets give wrong characters there, and take most of the time).
Knows nothing of rows, lines and pages: it draws what `app.sheet.page.pages` puts where. Equal Grids give equal bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
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
from app.sheet.page.pages import Page, Pages, Run, paginate
from app.sheet.page.truetype import cut

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


def paint(grid: Grid) -> PaintedPdf:
    """The PDF of a Grid. It never fails for a text."""
    pages = paginate(grid)
    return PaintedPdf(_document(grid, pages), tuple(_notices(grid)), len(pages.pages))


def _notices(grid: Grid) -> Iterator[Notice]:
    missing = {
        kind: _missing(kind, "".join({c.text for c in grid.cells if STYLES[c.role].kind is kind})) for kind in Type
    }
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
        yield Notice(character, cell.row, cell.column, cell.text[max(0, at - _EXCERPT) : at + _EXCERPT + 1])


@dataclass(slots=True)
class _Font:
    """Remembers which characters of a face the document uses; their order is their code, from 1."""

    name: str
    file: str
    shown: dict[str, Glyph] = field(default_factory=dict)

    def code(self, character: str, glyph: Glyph) -> str:
        """The code of a character as hexadecimal digits."""
        self.shown[character] = glyph
        return f"{len(self.shown):04X}"


class _Codes(dict[str, str]):
    """Remembers the codes of a typeface's characters; those of another face than its first are ``strays``."""

    def __init__(self, kind: Type, fonts: dict[str, _Font]) -> None:
        super().__init__()
        self.glyphs = glyphs(kind)
        self.fonts = fonts
        self.first = kind.value[0]
        self.strays: dict[str, tuple[str, str]] = {}

    def __missing__(self, character: str) -> str:
        """The code in the first face. KeyError for a stray."""
        glyph = self.glyphs[character]
        if glyph.face != self.first:
            raise KeyError(character)
        code = self[character] = self.font(glyph.face).code(character, glyph)
        return code

    def font(self, file: str) -> _Font:
        """The document's font for a face."""
        return self.fonts.setdefault(file, _Font(f"F{len(self.fonts) + 1}", file))

    def code(self, character: str) -> tuple[str, str]:
        """The name of the font that shows a character, and the code in it."""
        try:
            return self.font(self.first).name, self[character]
        except KeyError:
            if character not in self.strays:
                glyph = self.glyphs[character]
                font = self.font(glyph.face)
                self.strays[character] = font.name, font.code(character, glyph)
            return self.strays[character]


def _document(grid: Grid, pages: Pages) -> bytes:
    document = PDFDocument(compression=1, invariant=1, lang="zh-CN")
    document.setTitle(grid.title)
    document.setAuthor(grid.author)
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
    operators = [f"{_STROKE_WIDTH} w 2 J"]
    operators += [
        f"{stroke.left:.2f} {height - stroke.top:.2f} m {stroke.right:.2f} {height - stroke.bottom:.2f} l"
        for stroke in page.strokes
    ]
    operators += ["S", "BT"]
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


def _encoded(run: Run, codes: _Codes) -> list[tuple[str, str]]:
    """Pieces of a run as operators that choose the font and show the text; nearly always one piece."""
    try:
        text = "".join([codes[character] for character in run.text])
    except KeyError:
        shown = map(codes.code, run.text)
        return [
            (f"/{name} {run.size:g} Tf", f"<{''.join(code for _name, code in group)}> Tj")
            for name, group in groupby(shown, key=lambda pair: pair[0])
        ]
    return [(f"/{codes.font(codes.first).name} {run.size:g} Tf", f"<{text}> Tj")]


def _embedded(document: PDFDocument, font: _Font) -> PDFObjectReference:
    """The font objects of one face (ISO 32000-1, 9.7): glyphs addressed by number, and a map back to characters."""
    shown = face(font.file)
    content = cut(shown, [0, *(glyph.number for glyph in font.shown.values())])
    name = f"/{_tag(content)}+{shown.name}"
    scale = 1000 / shown.units
    file = _stream(content)
    file.dictionary["Length1"] = len(content)
    descriptor = PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _FLAGS,
            "FontBBox": f"[{' '.join(f'{edge * scale:g}' for edge in shown.box)}]",
            "ItalicAngle": 0,
            "Ascent": shown.ascent * scale,
            "Descent": shown.descent * scale,
            "CapHeight": shown.cap_height * scale,
            "StemV": shown.weight // 5,
            "FontFile2": _reference(document, file),
        }
    )
    widths = " ".join(f"{glyph.advance * 1000:g}" for glyph in font.shown.values())
    descendant = PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "FontDescriptor": _reference(document, descriptor),
            "DW": 1000,
            "W": f"[1 [{widths}]]",
            "CIDToGIDMap": "/Identity",
        }
    )
    return _reference(
        document,
        PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": PDFArray([_reference(document, descendant)]),
                "ToUnicode": _reference(document, _stream(_character_map(list(font.shown)))),
            }
        ),
    )


def _tag(content: bytes) -> str:
    """Six capitals that mark a subset, other ones for other contents."""
    return "".join(chr(ord("A") + byte % 26) for byte in sha256(content).digest()[:6])


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
