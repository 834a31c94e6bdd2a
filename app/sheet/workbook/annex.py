"""The further sheets of the workbook: what the review found and was told, and the record that programs read.

Decides how they look and where a long record is cut. Knows no finding and no form.
"""

from collections.abc import Iterator
from math import sqrt
from typing import Any, Final

from app.form.text import utf16_length
from app.sheet import captions
from app.sheet.heights import count_lines, split_row, text_height
from app.sheet.workbook.text import clean, header_text, shield, too_long

Notes = tuple[tuple[str, ...], ...]

RECORD_FORMAT: Final = "jixiao-record"
RECORD_VERSION: Final = 1
PIECE: Final = 30_000
_A4_CODE: Final = 9
_SIZE: Final = 10.0
_INNER: Final = 72.0  # A4 across without margins, in em
_SHORT: Final = 14  # characters
_PIXELS: Final = 13.6  # of one em, the gaps of a cell included
_MARGIN: Final = 0.6  # inches


def add_notes(workbook: Any, notes: Notes, marking: str) -> None:
    """A sheet of texts, headings first: wrapped, as wide as A4 lying across, the headings on every page."""
    page = workbook.add_worksheet(captions.XLSX_NOTES)
    page.set_landscape()
    page.set_paper(_A4_CODE)
    page.fit_to_pages(1, 0)
    page.set_margins(_MARGIN, _MARGIN, _MARGIN * 1.4, _MARGIN * 1.4)
    page.set_header(header_text(marking))
    page.set_footer(captions.XLSX_FOOTER)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    look = {"font_size": _SIZE, "text_wrap": True, "border": 1, "valign": "vcenter"}
    heading = workbook.add_format(look | {"font_name": captions.HEI, "align": "center"})
    body = workbook.add_format(look | {"font_name": captions.SONG})
    widths = _column_widths(notes)
    for column, width in enumerate(widths):
        page.set_column_pixels(column, column, round(width * _PIXELS))
    top = 0
    for texts in notes:
        lines = max(count_lines(clean(text), width) for text, width in zip(texts, widths, strict=True))
        heights = split_row(text_height(lines, _SIZE))
        for row, height in enumerate(heights, top):
            page.set_row(row, height)
        for column, text in enumerate(texts):
            _add_text(page, (top, top + len(heights) - 1, column), text, body if top else heading)
        top += len(heights)


def _add_text(page: Any, where: tuple[int, int, int], text: str, face: Any) -> None:
    """A text in the rows from first to last of a column."""
    first, last, column = where
    if first < last:
        page.merge_range(first, column, last, column, "", face)
    if page.write_string(first, column, shield(clean(text)), face):
        raise too_long(text)


def add_record(workbook: Any, record: str, code: str) -> None:
    """A sheet that only programs see: format and version, the code, the record in pieces that a cell can hold."""
    page = workbook.add_worksheet(captions.XLSX_RECORD)
    page.very_hidden()
    rows = [(RECORD_FORMAT, str(RECORD_VERSION)), ("digest", code)]
    rows += [("content", piece) for piece in cut_record(record)]
    for row, (name, value) in enumerate(rows):
        page.write_string(row, 0, name)
        page.write_string(row, 1, shield(value))


def cut_record(record: str) -> Iterator[str]:
    """Pieces of at most 30,000 UTF-16 units, which is what Excel counts."""
    step = PIECE if utf16_length(record) == len(record) else PIECE // 2
    return (record[start : start + step] for start in range(0, len(record), step))


def _column_widths(notes: Notes) -> list[float]:
    """In em: short columns as wide as their texts, the others share the rest; the last one has room to be written into."""
    longest = [max(len(clean(text)) for text in column) for column in zip(*notes, strict=True)]
    longest[-1] = max(longest[-1], _SHORT)
    short = sum(length + 1 for length in longest if length <= _SHORT)
    shares = sum(sqrt(length) for length in longest if length > _SHORT)
    return [
        length + 1 if length <= _SHORT else max(_SHORT, (_INNER - short) * sqrt(length) / shares) for length in longest
    ]
