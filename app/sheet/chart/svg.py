"""A drawing as an SVG picture: the same lines and texts, in the colours of printed paper.

Decides only how a shape is written. Texts stay texts, with a list of common Chinese faces; ``textLength`` keeps every one in
its room whichever face shows it.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.sheet.chart.drawing import Drawing, Fill, Ink, Label, Rule, hatch, in_order
from app.sheet.grid import Align

MARGIN: Final = 12.0
FACES: Final = "Noto Sans SC,Microsoft YaHei,PingFang SC,SimHei,sans-serif"
GROUNDS: Final[Mapping[Fill, str]] = {
    Fill.WHOLE: "#eef1f5",
    Fill.DONE: "#1f68a6",
    Fill.PARTIAL: "#ffffff",
    Fill.OVER: "#ffffff",
}
LINES: Final[Mapping[Fill, str]] = {
    Fill.WHOLE: "#8a94a0",
    Fill.DONE: "#1f68a6",
    Fill.PARTIAL: "#1f68a6",
    Fill.OVER: "#a51d16",
}
INKS: Final[Mapping[Ink, str]] = {Ink.TEXT: "#1a1a1a", Ink.QUIET: "#5c6670", Ink.WRONG: "#a51d16"}
ANCHORS: Final[Mapping[Align, str]] = {Align.LEFT: "start", Align.CENTER: "middle", Align.RIGHT: "end"}
AXIS: Final = "#8a94a0"


def write_svg(drawing: Drawing) -> bytes:
    """The picture as a file, with a margin around it."""
    width, height = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt"'
        f' viewBox="{-MARGIN:g} {-MARGIN:g} {width:g} {height:g}" font-family={quoteattr(FACES)}>'
    )
    lines = (
        head,
        f"<title>{escape(drawing.title)}</title>",
        f'<rect x="{-MARGIN:g}" y="{-MARGIN:g}" width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        *_bars(drawing),
        *(_line(rule, AXIS) for rule in drawing.rules),
        *map(_text, drawing.labels),
        "</svg>\n",
    )
    return "\n".join(lines).encode()


def _bars(drawing: Drawing) -> Iterator[str]:
    for bar in in_order(drawing):
        yield (
            f'<rect x="{bar.left:.2f}" y="{bar.top:.2f}" width="{bar.right - bar.left:.2f}"'
            f' height="{bar.bottom - bar.top:.2f}" fill="{GROUNDS[bar.fill]}" stroke="{LINES[bar.fill]}"'
            f' stroke-width="0.75"/>'
        )
        yield from (_line(rule, LINES[bar.fill]) for rule in hatch(bar))


def _line(rule: Rule, color: str) -> str:
    return (
        f'<line x1="{rule.left:.2f}" y1="{rule.top:.2f}" x2="{rule.right:.2f}" y2="{rule.bottom:.2f}"'
        f' stroke="{color}" stroke-width="0.75"/>'
    )


def _text(label: Label) -> str:
    width = label.right - label.left
    at = {Align.LEFT: label.left, Align.CENTER: label.left + width / 2, Align.RIGHT: label.right}[label.align]
    return (
        f'<text x="{at:.2f}" y="{label.baseline:.2f}" text-anchor="{ANCHORS[label.align]}" font-size="{label.size:.2f}"'
        f' fill="{INKS[label.ink]}" textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs"'
        f' xml:space="preserve">{escape(label.text)}</text>'
    )
