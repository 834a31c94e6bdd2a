"""Pages of a PDF as pictures: what the preview shows and the printer prints is the very file that would be exported.

Decides how a page becomes pixels. Knows no screen and no printer. PDFium works in one thread at a time.
"""

import ctypes
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
from pypdfium2 import raw

_POINTS_PER_INCH: Final = 72.0
_WHITE: Final = 0xFFFFFFFF
# The library may not be called from two threads at once: https://pdfium.googlesource.com/pdfium/+/main/public/fpdfview.h
_LOCK: Final = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a page: ``content`` holds rows of ``stride`` bytes, blue, green, red and an unused byte for each pixel."""

    width: int
    height: int
    stride: int
    content: bytes


class PageFile:
    """An opened PDF. Remembers the document; every page is drawn afresh."""

    def __init__(self, content: bytes) -> None:
        """Open the bytes of one of our own PDFs."""
        with _LOCK:
            self._document: Any = pypdfium2.PdfDocument(content)
            self.sizes: Final[tuple[tuple[float, float], ...]] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )
        """Width and height of every page, in points."""

    def draw(self, page: int, dots_per_inch: float, *, is_for_printer: bool = False) -> Picture:
        """The ``page``-th page (from 0) at a resolution; for printers without the smoothing that screens need."""
        with _LOCK:
            found = self._document[page]
            width, height = (max(1, round(side * dots_per_inch / _POINTS_PER_INCH)) for side in self.sizes[page])
            bitmap = raw.FPDFBitmap_Create(width, height, 0)
            try:
                raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
                flags = raw.FPDF_PRINTING | raw.FPDF_ANNOT if is_for_printer else raw.FPDF_ANNOT | raw.FPDF_LCD_TEXT
                raw.FPDF_RenderPageBitmap(bitmap, found.raw, 0, 0, width, height, 0, flags)
                stride = raw.FPDFBitmap_GetStride(bitmap)
                content = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
            finally:
                raw.FPDFBitmap_Destroy(bitmap)
                found.close()
            return Picture(width, height, stride, content)

    def close(self) -> None:
        """Let the document go."""
        with _LOCK:
            self._document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
