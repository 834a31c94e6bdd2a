"""A PDF as Grids, by the characters and lines on its pages.

Decides the order of things and what is refused: files without text, and more than any form has. `pages` holds the
single steps. Runs in the child process only; the library is asked for nothing but characters and paths.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from app.sheet.grid import Grid
from app.sheet.reading.pages.bands import read_bands
from app.sheet.reading.pages.columns import frame_columns
from app.sheet.reading.pages.drawing import Meter
from app.sheet.reading.pages.joining import join_pages
from app.sheet.reading.pages.margins import is_annex, without_margins
from app.sheet.reading.pages.page import Page, read_page
from app.sheet.reading.pages.ruling import complete, find_frames
from app.sheet.reading.pages.runs import runs_of
from app.sheet.reading.refusal import Reason, Refusal

# What our own files say they were made with; only they mark the ends of lines.
_OWN: Final = "jixiao"
_MOST_PAGES: Final = 1_000
_UNNAMED: Final = 0.3


def read_pdf(path: Path) -> tuple[Grid, ...]:
    """The tables of a PDF, those that go on over a page as one; texts outside of tables are rows over the whole width."""
    import pypdfium2.raw as raw  # type: ignore[import-untyped]  # noqa: PLC0415, PLR0402  # no annotations; slow to load

    content = path.read_bytes()
    raw.FPDF_InitLibrary()
    document = raw.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        is_locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise Refusal(Reason.ENCRYPTED if is_locked else Reason.BROKEN)
    try:
        is_own = _creator(raw, document) == _OWN
        pages = tuple(page for page in _pages(raw, document) if not (is_own and is_annex(page)))
    finally:
        raw.FPDF_CloseDocument(document)
    _refuse_pictures(pages)
    frames = complete([find_frames(page.across, page.down) for page in pages])
    runs = without_margins(pages, [list(runs_of(page.glyphs)) for page in pages])
    if not any(frames):
        frames = [frame_columns(each) for each in runs]
    return join_pages([read_bands(*each, is_own=is_own) for each in zip(frames, runs, strict=True)])


def _creator(raw: Any, document: Any) -> str:
    """The program that the file says it was made with."""
    import ctypes  # noqa: PLC0415  # only here

    size = raw.FPDF_GetMetaText(document, b"Creator", None, 0)
    buffer = ctypes.create_string_buffer(max(2, min(size, 1_000)))
    raw.FPDF_GetMetaText(document, b"Creator", buffer, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _pages(raw: Any, document: Any) -> Iterator[Page]:
    count = raw.FPDF_GetPageCount(document)
    if count > _MOST_PAGES:
        raise Refusal(Reason.TOO_MUCH)
    meter = Meter()
    for number in range(count):
        page = raw.FPDF_LoadPage(document, number)
        if not page:
            raise Refusal(Reason.BROKEN)
        try:
            yield read_page(raw, page, meter)
        finally:
            raw.FPDF_ClosePage(page)


def _refuse_pictures(pages: Sequence[Page]) -> None:
    """A scan has no characters; some programs embed fonts in which none has a name."""
    shown = sum(not glyph.text.isspace() for page in pages for glyph in page.glyphs)
    if not shown or sum(page.unnamed for page in pages) > _UNNAMED * shown:
        raise Refusal(Reason.SCANNED)
