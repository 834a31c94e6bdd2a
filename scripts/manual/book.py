"""The manual as a PDF on A4: cover with contents, one chapter after the other, page numbers. Set as the reader sets it.

Decides what stands on which page; how a chapter looks, app/ui/manual/typesetting.py decides.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from app import VERSION
from app.bootstrap import UI_FONT, make_application
from app.form.resources import resource
from app.ui.look.palette import make_palette, quiet_color
from app.ui.manual.chapters import Chapter, list_chapters
from app.ui.manual.typesetting import Setting, typeset
from scripts.manual.pictures import MANUAL, ROOT

TARGET: Final = ROOT / "build" / "手册.pdf"
TITLE: Final = "绩效自评 使用手册"
SUBTITLE: Final = "部门整体支出绩效自评价表填报程序，第 {version} 版"
CONTENTS: Final = "目录"
PAGE: Final = "第 {number} 页"
INCH: Final = 96  # units of the layout
A4: Final = (210 / 25.4 * INCH, 297 / 25.4 * INCH)
SIDE, TOP, BOTTOM = 22 / 25.4 * INCH, 18 / 25.4 * INCH, 18 / 25.4 * INCH
TEXT: Final = (A4[0] - 2 * SIDE, A4[1] - TOP - BOTTOM)
POINTS: Final = 10.0
DOTS: Final = 300  # of a printed inch
WHOLE: Final = 0.22  # of a page: sections that are no higher are not cut
SHOWN: Final = 2  # levels of headings in the contents
LINK: Final = re.compile(r"(?<!!)\[([^\]]+)\]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    level: int
    text: str
    page: int


def print_book(target: Path, folder: Path = MANUAL) -> int:
    """Write the PDF; the number of its pages."""
    make_application()
    setting = Setting(_font(), make_palette(is_dark=False), TEXT[0], DOTS / INCH)
    bodies = [_set_chapter(chapter, folder, setting) for chapter in list_chapters(folder)]
    front = _set_contents(bodies, setting, 1)
    front = _set_contents(bodies, setting, front.pageCount())
    target.parent.mkdir(parents=True, exist_ok=True)
    writer = _writer(target)
    painter = QPainter(writer)
    pages = [(document, number) for document in (front, *bodies) for number in range(document.pageCount())]
    for number, (document, page) in enumerate(pages, 1):
        if number > 1:
            writer.newPage()
        _paint(painter, document, page, number)
    painter.end()
    return len(pages)


def _writer(target: Path) -> QPdfWriter:
    writer = QPdfWriter(str(target))
    writer.setTitle(TITLE)
    writer.setCreator("jixiao")
    writer.setResolution(DOTS)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    return writer


def _font() -> QFont:
    number = QFontDatabase.addApplicationFont(str(resource("fonts", UI_FONT)))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setPointSizeF(POINTS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _set_chapter(chapter: Chapter, folder: Path, setting: Setting) -> QTextDocument:
    """A chapter on pages; on paper a link is its words."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    typeset(document, LINK.sub(r"\1", chapter.text), folder, setting)
    document.setPageSize(QSizeF(*TEXT))
    document.pageCount()  # everything is laid out now
    _keep_headings(document)
    return document


def _keep_headings(document: QTextDocument) -> None:
    """A heading goes to the next page with what it is about; a short section that would be cut goes whole."""
    for block in _blocks(document):
        level = block.blockFormat().headingLevel()
        if not level or not block.next().isValid() or _is_at_top(document, block):
            continue
        section = list(_section(block, level))
        last = section[-1] if _bottom(document, section[-1]) - _top(document, block) < WHOLE * TEXT[1] else section[0]
        if _page_of_last_line(document, last) != _page_of_first_line(document, block):
            shape = QTextBlockFormat(block.blockFormat())
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).setBlockFormat(shape)
            document.pageCount()


def _section(heading: QTextBlock, level: int) -> Iterator[QTextBlock]:
    """What stands below a heading up to the next one of its level: at least one block that is no heading."""
    block, is_first = heading.next(), True
    while block.isValid() and (is_first or not 0 < block.blockFormat().headingLevel() <= level):
        yield block
        is_first = is_first and bool(block.blockFormat().headingLevel())
        block = block.next()


def _top(document: QTextDocument, block: QTextBlock) -> float:
    return document.documentLayout().blockBoundingRect(block).top()


def _bottom(document: QTextDocument, block: QTextBlock) -> float:
    return document.documentLayout().blockBoundingRect(block).bottom()


def _page_of_last_line(document: QTextDocument, block: QTextBlock) -> int:
    lines = block.layout().lineCount()
    if not lines:
        return int(_top(document, block) // TEXT[1])
    line = block.layout().lineAt(lines - 1)
    return int((_top(document, block) + line.y() + line.height() - 1) // TEXT[1])


def _is_at_top(document: QTextDocument, block: QTextBlock) -> bool:
    return _top(document, block) % TEXT[1] < 1


def _page_of_first_line(document: QTextDocument, block: QTextBlock) -> int:
    top = _top(document, block)
    if not block.layout().lineCount():
        return int(top // TEXT[1])
    line = block.layout().lineAt(0)
    return int((top + line.y() + line.height() - 1) // TEXT[1])


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _list_entries(bodies: list[QTextDocument], first: int) -> Iterator[Entry]:
    """The headings with the pages they stand on, when the first chapter begins on page ``first``."""
    for document in bodies:
        for block in _blocks(document):
            level = block.blockFormat().headingLevel()
            if 0 < level <= SHOWN:
                yield Entry(level, block.text(), first + _page_of_first_line(document, block))
        first += document.pageCount()


def _set_contents(bodies: list[QTextDocument], setting: Setting, pages: int) -> QTextDocument:
    """The first pages: title and contents, when they themselves take so many pages."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    typeset(document, f"# {TITLE}\n\n{SUBTITLE.format(version=VERSION)}\n\n## {CONTENTS}\n", MANUAL, setting)
    document.setPageSize(QSizeF(*TEXT))
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    for entry in _list_entries(bodies, pages + 1):
        _add_entry(cursor, entry, setting)
    return document


def _add_entry(cursor: QTextCursor, entry: Entry, setting: Setting) -> None:
    shape = QTextBlockFormat()
    left = 0 if entry.level == 1 else POINTS * 2
    shape.setTabPositions([QTextOption.Tab(TEXT[0] - left - 1, QTextOption.TabType.RightTab)])
    shape.setLeftMargin(left)
    shape.setTopMargin(POINTS * 0.7 if entry.level == 1 else 0)
    letters = QTextCharFormat()
    letters.setFont(setting.font)
    letters.setFontPointSize(POINTS if entry.level == 1 else POINTS * 0.9)
    if entry.level == 1:
        letters.setFontWeight(QFont.Weight.DemiBold)
    cursor.insertBlock(shape, letters)
    cursor.insertText(f"{entry.text}\t{entry.page}")


def _paint(painter: QPainter, document: QTextDocument, page: int, number: int) -> None:
    painter.save()
    painter.scale(DOTS / INCH, DOTS / INCH)
    painter.save()
    painter.translate(SIDE, TOP - page * TEXT[1])
    document.drawContents(painter, QRectF(0, page * TEXT[1], TEXT[0], TEXT[1] - 1))  # not the next page's first line
    painter.restore()
    if number > 1:
        font = QFont(document.defaultFont())
        font.setPixelSize(round(POINTS * 1.1))  # of the scaled painter; points are those of the device
        painter.setFont(font)
        painter.setPen(quiet_color(make_palette(is_dark=False)))
        foot = QRectF(SIDE, A4[1] - BOTTOM, TEXT[0], BOTTOM * 0.7)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, PAGE.format(number=number))
    painter.restore()
