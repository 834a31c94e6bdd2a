"""A chapter set for reading: Markdown to a QTextDocument with the program's colours, spaces and pictures that fit.

The window and the PDF (scripts/manual) show the same. Decides looks only; where a link leads is the window's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from app.ui.look.palette import mix

# Without HTML: what looks like a tag is text.
FEATURES: Final = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
SIZES: Final = {1: 1.7, 2: 1.3, 3: 1.1}  # heading sizes as multiples of the text's
SMALLEST: Final = 1.0
LINE: Final = 140.0  # percent
PLAIN: Final = 100.0
TABLE_LINE: Final = 125.0
PROPORTIONAL: Final = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
HALF: Final = 0.55  # of a character's width has a Latin letter
FAINT: Final = 0.06
LINES: Final = 0.22
QUIET: Final = 0.12


@dataclass(frozen=True, slots=True)
class Setting:
    """What is set for: letters, colours, the widest a picture may be, and how many dots a unit of that has."""

    font: QFont
    palette: QPalette
    width: float
    dots: float = 1.0


def typeset(document: QTextDocument, text: str, folder: Path, setting: Setting) -> None:
    """Fill a document with a chapter whose pictures lie below ``folder``."""
    document.setDefaultFont(setting.font)
    document.setMarkdown(text, FEATURES)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in _blocks(document):
        _set_block(block, setting)
        _set_words(block, setting)
    for table in _tables(document.rootFrame()):
        _set_table(table, setting)
    cursor.endEditBlock()
    fit_pictures(document, folder, setting)
    document.clearUndoRedoStacks()


def fit_pictures(document: QTextDocument, folder: Path, setting: Setting) -> None:
    """Scale the pictures to the width there is; smaller ones keep their size."""
    for block in _blocks(document):
        for start, length, style in _pieces(block):
            if style.isImageFormat():
                _fit(document, style.toImageFormat(), (start, length), folder, setting)


def _fit(
    document: QTextDocument, style: QTextImageFormat, span: tuple[int, int], folder: Path, setting: Setting
) -> None:
    picture = QImage(str(folder / style.name()))
    if picture.isNull():
        return
    own = picture.width() / max(picture.devicePixelRatio(), 1.0)
    # Pictures are taken at a dot ratio that their file keeps as dots per metre; 96 dots an inch are one to one.
    ratio = max(picture.dotsPerMeterX() * 0.0254 / 96, 1.0)
    width = min(own / ratio, setting.width)
    dots = round(width * setting.dots)
    smooth = picture.scaledToWidth(dots, Qt.TransformationMode.SmoothTransformation) if dots < own else picture
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(style.name()), smooth)
    style.setWidth(width)
    style.setHeight(width * picture.height() / picture.width())
    cursor = QTextCursor(document)
    cursor.setPosition(span[0])
    cursor.setPosition(span[0] + span[1], QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(style)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _pieces(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Stretches of one format: position, length, format."""
    found = []
    place = block.begin()
    while not place.atEnd():
        piece = place.fragment()
        found.append((piece.position(), piece.length(), piece.charFormat()))
        place += 1
    return found


def _tables(frame: QTextFrame) -> Iterator[QTextTable]:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            yield child
        yield from _tables(child)


def _set_block(block: QTextBlock, setting: Setting) -> None:
    em = QFontMetrics(setting.font).height()
    shape = QTextBlockFormat(block.blockFormat())
    level, is_in_table = shape.headingLevel(), QTextCursor(block).currentTable() is not None
    has_picture = any(style.isImageFormat() for _start, _length, style in _pieces(block))
    shape.setLineHeight(PLAIN if has_picture else TABLE_LINE if is_in_table or level else LINE, PROPORTIONAL)
    if level:
        shape.setTopMargin(em * (0.2 if level == 1 else 1.2))
        shape.setBottomMargin(em * (0.8 if level == 1 else 0.4))
    elif is_in_table:
        shape.setTopMargin(0)
        shape.setBottomMargin(0)
    elif block.textList() is not None:
        shape.setTopMargin(0)
        shape.setBottomMargin(em * 0.3)
    else:
        shape.setTopMargin(0)
        shape.setBottomMargin(em * 0.6)
    if not is_in_table and QTextCursor(block.previous()).currentTable() is not None:
        shape.setTopMargin(max(shape.topMargin(), em * 0.8))
    if shape.intProperty(QTextFormat.Property.BlockQuoteLevel):
        shape.setBackground(QBrush(_shade(setting, FAINT)))
        shape.setLeftMargin(em * 0.8)
        shape.setRightMargin(0)
    if shape.hasProperty(QTextFormat.Property.BlockCodeFence):
        shape.setBackground(QBrush(_shade(setting, FAINT)))
        shape.setBottomMargin(0 if _is_code(block.next()) else em * 0.6)
        shape.setNonBreakableLines(False)
    QTextCursor(block).setBlockFormat(shape)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _set_words(block: QTextBlock, setting: Setting) -> None:
    level = block.blockFormat().headingLevel()
    for start, length, style in _pieces(block):
        if style.isImageFormat():
            continue
        if level:
            style.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            style.setFontPointSize(setting.font.pointSizeF() * SIZES.get(level, SMALLEST))
            style.setFontWeight(QFont.Weight.Bold)
        if style.fontFixedPitch():
            style.setFontFamilies(setting.font.families() or [setting.font.family()])
            style.setFontFixedPitch(False)
            style.setBackground(QBrush(_shade(setting, FAINT if _is_code(block) else QUIET)))
        if style.isAnchor():
            style.setForeground(setting.palette.brush(QPalette.ColorRole.Link))
            style.setFontUnderline(False)
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(style)


def _set_table(table: QTextTable, setting: Setting) -> None:
    shape = QTextTableFormat(table.format())
    em = QFontMetrics(setting.font).height()
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(_shade(setting, LINES)))
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setCellPadding(em * 0.3)
    shape.setCellSpacing(0)
    shape.setHeaderRowCount(1)
    shape.setTopMargin(0)
    shape.setBottomMargin(0)  # a margin that reaches over the end of a page has the header repeated for nothing
    shape.setColumnWidthConstraints(_columns(table))
    table.setFormat(shape)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        style = QTextCharFormat(cell.format())
        style.setBackground(QBrush(_shade(setting, FAINT)))
        cell.setFormat(style)


def _columns(table: QTextTable) -> list[QTextLength]:
    """Columns as wide as their longest text asks, within reason."""
    longest = [max(_units(table, row, column) for row in range(table.rows())) for column in range(table.columns())]
    shares = [min(max(each, 7), 34) for each in longest]
    kind = QTextLength.Type.PercentageLength
    return [QTextLength(kind, 100 * share / sum(shares)) for share in shares]


def _units(table: QTextTable, row: int, column: int) -> float:
    cell = table.cellAt(row, column)
    first, last = cell.firstCursorPosition().position(), cell.lastCursorPosition().position()
    cursor = cell.firstCursorPosition()
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    text = cursor.selectedText() if last > first else ""
    return sum(HALF if each.isascii() else 1.0 for each in text)


def _shade(setting: Setting, share: float) -> QColor:
    palette = setting.palette
    return mix(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text), share)
