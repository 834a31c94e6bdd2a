"""The further sheets of the workbook: what the review found and was told, and the record that programs read.

Decides how they look and where a long record is cut. Knows no finding and no form.
"""

from collections.abc import Iterator
from typing import Any, Final

from app.form.text import utf16_length
from app.sheet import captions
from app.sheet.heights import MOST_HEIGHT, count_lines, text_height
from app.sheet.workbook.text import clean, header_text, shield, too_long

Notes = tuple[tuple[str, ...], ...]

RECORD_FORMAT: Final = "jixiao-record"
RECORD_VERSION: Final = 1
PIECE: Final = 30_000
_A4_CODE: Final = 9
_SIZE: Final = 10.0
# A4 across without margins, and what a column gets at least and counts at most, all in em.
_INNER: Final = 72.0
_LEAST, _MOST = 3.0, 30.0
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
    for row, texts in enumerate(notes):
        lines = max(count_lines(clean(text), width) for text, width in zip(texts, widths, strict=True))
        page.set_row(row, min(MOST_HEIGHT, text_height(lines, _SIZE)))
        for column, text in enumerate(texts):
            if page.write_string(row, column, shield(clean(text)), body if row else heading):
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
    """In em: shared out by the longest text of each column, so that a long one takes nothing from short ones."""
    longest = [max(len(clean(text)) for text in column) for column in zip(*notes, strict=True)]
    wished = [min(_MOST, max(_LEAST, length + 1)) for length in longest]
    short = sum(width for width in wished if width < _MOST)
    share = (_INNER - short) / max(1, sum(width == _MOST for width in wished))
    return [max(share, _LEAST) if width == _MOST else width for width in wished]
