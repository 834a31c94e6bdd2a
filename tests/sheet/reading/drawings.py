"""PDFs as other programs draw them: lines and texts at chosen places, in every way that lines are drawn."""

import io
from collections.abc import Callable, Iterable
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.form.resources import resource

PORTRAIT = (595, 842)
Draw = Callable[[Canvas], None]
Place = tuple[float, float, str]


@cache
def font() -> str:
    """A Chinese font that is embedded, so that the file reads the same everywhere."""
    pdfmetrics.registerFont(TTFont("Song", str(resource("fonts", "NotoSerifSC-Regular.ttf"))))
    return "Song"


def draw_pages(*pages: Draw, size: tuple[float, float] = PORTRAIT) -> bytes:
    """A file whose pages are drawn one after the other."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for page in pages:
        canvas.setFont(font(), 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, places: Iterable[Place], size: float = 10) -> None:
    """Texts, each from its left end; heights count from the lower edge."""
    canvas.setFont(font(), size)
    for x, y, text in places:
        canvas.drawString(x, y, text)


def stroke(canvas: Canvas, line: tuple[float, float, float, float]) -> None:
    """One stroke."""
    canvas.line(*line)


def rectangle(canvas: Canvas, line: tuple[float, float, float, float]) -> None:
    """A filled rectangle, as Excel writes borders."""
    x0, y0, x1, y1 = line
    canvas.rect(min(x0, x1) - 0.3, min(y0, y1) - 0.3, abs(x1 - x0) + 0.6, abs(y1 - y0) + 0.6, stroke=0, fill=1)


def doubled(canvas: Canvas, line: tuple[float, float, float, float]) -> None:
    """Two strokes beside each other."""
    x0, y0, x1, y1 = line
    across, down = (0.0, 0.8) if y0 == y1 else (0.8, 0.0)
    canvas.line(x0 - across, y0 - down, x1 - across, y1 - down)
    canvas.line(x0 + across, y0 + down, x1 + across, y1 + down)


def pieces(canvas: Canvas, line: tuple[float, float, float, float]) -> None:
    """A dashed line whose dashes are strokes of their own."""
    x0, y0, x1, y1 = line
    count = max(1, int(max(abs(x1 - x0), abs(y1 - y0)) // 5))
    for number in range(count):
        start, end = number / count, (number + 0.55) / count
        canvas.line(x0 + (x1 - x0) * start, y0 + (y1 - y0) * start, x0 + (x1 - x0) * end, y0 + (y1 - y0) * end)


def dashed(canvas: Canvas, line: tuple[float, float, float, float]) -> None:
    """One stroke with a pattern of dashes."""
    canvas.setDash(3, 2)
    canvas.line(*line)
    canvas.setDash()
