"""Writes the files of tests/foreign/ from their drawings with openpyxl, XlsxWriter, python-docx, reportlab and LibreOffice.

    .venv/bin/python -m scripts.make_foreign [part of a file's name …]

tests/foreign/corpus.txt names every file, its drawing and how it is made. The files are kept in the repository; this
program is only run when one is added.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import docx
import openpyxl
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from app.form.resources import resource
from tests.foreign.corpus import File, read_corpus
from tests.foreign.drawing import HERE, Part, read_drawing
from tests.offices import convert as save_as

Value = str | float | int
_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?")
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_RATE: Final = re.compile(r"-?\d+(?:\.\d+)?%")
_WIDTH: Final = 14.0  # characters
_LINE: Final = 15.0  # points
_MARGIN: Final = 2.0  # centimetres
_NESTED: Final = 0.7  # of the width, for a table inside another
_FONT: Final = "Serif"
_SIZE: Final = 7.0  # points
_BORDER: Final = 48.0


def read_value(text: str) -> tuple[Value, str]:
    """A shown figure as a number and its format; any other text as it is."""
    decimals = len(text.rstrip("%").partition(".")[2])
    places = "." + "0" * decimals if decimals else ""
    if _RATE.fullmatch(text):
        return float(text[:-1]) / 100, f"0{places}%"
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", "")), f"#,##0{places}"
    if _PLAIN.fullmatch(text):
        return (float(text), f"0{places}") if places else (int(text), "General")
    return text, "General"


def read_heights(part: Part) -> list[float]:
    """The height of each row in points, so that no text is cut: what is merged does not grow by itself."""
    widths = [*part.widths, *[_WIDTH] * (len(part.owners[0]) - len(part.widths))]
    heights = [_LINE] * len(part.owners)
    for box in part.boxes:
        room = sum(widths[box.column : box.column + box.columns]) - 2
        lines = sum(1 + int(2 * len(line) / max(2, room)) for line in box.shown.split("\n"))
        heights[box.row] = max(heights[box.row], lines * _LINE / box.rows)
    return heights


def paint_openpyxl(file: File, parts: Sequence[Part], path: Path) -> None:
    """A workbook by openpyxl: one sheet per part that is a sheet, the others below each other."""
    book = openpyxl.Workbook()
    thin = Side(style="thin")
    sheet: Any = None
    top = 0
    for part in parts:
        if sheet is None or part.kind == "sheet":
            sheet = book.active if sheet is None else book.create_sheet()
            sheet.title = part.title or "Sheet1"
            sheet.page_setup.orientation = "landscape" if "landscape" in file.options else "portrait"
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            sheet.page_setup.fitToHeight = 0
            top = 0
        for column, width in enumerate(part.widths or [_WIDTH] * len(part.owners[0])):
            sheet.column_dimensions[get_column_letter(column + 1)].width = width
        for box in part.boxes:
            cell = sheet.cell(top + box.row + 1, box.column + 1)
            value, form = read_value(box.shown) if "numbers" in file.options else (box.shown, "General")
            if value != "":
                cell.value, cell.number_format = value, form
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            if box.rows > 1 or box.columns > 1:
                last = {"end_row": top + box.row + box.rows, "end_column": box.column + box.columns}
                sheet.merge_cells(start_row=top + box.row + 1, start_column=box.column + 1, **last)
        for row, height in enumerate(read_heights(part), 1):
            sheet.row_dimensions[top + row].height = height
        for line in sheet.iter_rows(min_row=top + 1, max_row=top + len(part.owners), max_col=len(part.owners[0])):
            for cell in line:
                cell.border = Border(thin, thin, thin, thin)
                cell.font = Font(name="SimSun", size=10)
        top += len(part.owners) + ("gap" in file.options)
    book.save(path)


def paint_xlsxwriter(file: File, parts: Sequence[Part], path: Path) -> None:
    """A workbook by XlsxWriter."""
    book = xlsxwriter.Workbook(path)
    sheet: Any = None
    top = 0
    for part in parts:
        if sheet is None or part.kind == "sheet":
            sheet = book.add_worksheet(part.title or None)
            sheet.fit_to_pages(1, 0)
            if "landscape" in file.options:
                sheet.set_landscape()
            top = 0
        for column, width in enumerate(part.widths):
            sheet.set_column(column, column, width)
        for row, height in enumerate(read_heights(part)):
            sheet.set_row(top + row, height)
        for box in part.boxes:
            value, form = read_value(box.shown) if "numbers" in file.options else (box.shown, "General")
            style = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": form})
            row, column = top + box.row, box.column
            if box.rows > 1 or box.columns > 1:
                sheet.merge_range(row, column, row + box.rows - 1, column + box.columns - 1, value, style)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, style)
            else:
                sheet.write_number(row, column, value, style)
        top += len(part.owners) + ("gap" in file.options)
    book.close()


def paint_docx(file: File, parts: Sequence[Part], path: Path) -> None:
    """A document by python-docx: tables, paragraphs, and tables inside the last cell of the table before."""
    document = docx.Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(_MARGIN)
    if "landscape" in file.options:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    space = (section.page_width or Cm(21)) / Cm(1) - 2 * _MARGIN
    table: Any = None
    for part in parts:
        if part.kind == "paragraphs":
            for box in part.boxes:
                document.add_paragraph(box.shown)
        elif part.kind == "nested":
            holder = table.rows[-1].cells[-1]
            _fill_table(holder.add_table(len(part.owners), len(part.owners[0])), part, _NESTED * space)
        else:
            table = document.add_table(len(part.owners), len(part.owners[0]))
            _fill_table(table, part, space)
    document.save(str(path))


def _fill_table(table: Any, part: Part, space: float) -> None:  # noqa: ANN401  python-docx has no types
    """The cells of a table that is ``space`` centimetres wide."""
    table.style = "Table Grid"
    for box in part.boxes:
        cell = table.cell(box.row, box.column)
        if box.rows > 1 or box.columns > 1:
            cell = cell.merge(table.cell(box.row + box.rows - 1, box.column + box.columns - 1))
        first, *rest = box.shown.split("\n")
        cell.paragraphs[0].text = first
        for line in rest:
            cell.add_paragraph(line)
    widths = part.widths or [1.0] * len(part.owners[0])
    for column, width in enumerate(widths):
        share = Cm(space * width / sum(widths))
        table.columns[column].width = share
        for box in part.boxes:
            if box.column == column and box.columns == 1:
                table.cell(box.row, column).width = share
    _repeat_first(table, part)


def _repeat_first(table: Any, part: Part) -> None:  # noqa: ANN401  the same
    """The first row stands again on every page, as Word calls it; only where it is a heading."""
    if len({box.row for box in part.boxes if box.rows > 1} & {0}) or not part.title:
        return
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no other way to it
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def paint_reportlab(file: File, parts: Sequence[Part], path: Path) -> None:
    """A PDF by reportlab's own tables, whose first rows stand again on every page; "unruled" draws no lines."""
    pdfmetrics.registerFont(TTFont(_FONT, str(resource("fonts/NotoSerifSC-Regular.ttf"))))
    style = ParagraphStyle("", fontName=_FONT, fontSize=_SIZE, leading=1.35 * _SIZE, wordWrap="CJK")
    paper = landscape(A4) if "landscape" in file.options else A4
    flow: list[Any] = []
    for part in parts:
        texts: list[list[Any]] = [[""] * len(part.owners[0]) for _ in part.owners]
        looks: list[tuple[Any, ...]] = [] if "unruled" in file.options else [("GRID", (0, 0), (-1, -1), 0.5, black)]
        for box in part.boxes:
            texts[box.row][box.column] = Paragraph(escape(box.shown).replace("\n", "<br/>"), style)
            last = (box.column + box.columns - 1, box.row + box.rows - 1)
            looks.append(("SPAN", (box.column, box.row), last))
        if part.kind == "paragraphs":
            flow += [text for row in texts for text in row]
            continue
        widths = part.widths or [1.0] * len(part.owners[0])
        room = (paper[0] - 2 * _BORDER) / sum(widths)
        flow.append(Table(texts, [room * width for width in widths], style=TableStyle(looks), repeatRows=1))
    SimpleDocTemplate(str(path), pagesize=paper, leftMargin=_BORDER, rightMargin=_BORDER).build(flow)


def convert(source: Path, kinds: Sequence[str], path: Path) -> None:
    """A file through LibreOffice, from one kind to the next."""
    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder) / f"0{source.suffix}"
        shutil.copyfile(source, current)
        for step, kind in enumerate(kinds, 1):
            out = Path(folder) / str(step)
            save_as(kind, out, [current])
            current = out / f"0.{kind}"
        shutil.copyfile(current, path)


PAINTERS: Final[dict[str, Callable[[File, Sequence[Part], Path], None]]] = {
    "openpyxl": paint_openpyxl,
    "xlsxwriter": paint_xlsxwriter,
    "docx": paint_docx,
    "reportlab": paint_reportlab,
}


def main(wanted: Sequence[str]) -> None:
    """Write the files whose names hold one of the ``wanted`` texts; all without any."""
    folder = HERE / "files"
    for file in read_corpus():
        if wanted and not any(each in file.name for each in wanted):
            continue
        if file.how in PAINTERS:
            parts = read_drawing((HERE / "drawings" / f"{file.drawing}.txt").read_text("utf-8"))
            PAINTERS[file.how](file, parts, folder / file.name)
        else:
            convert(folder / file.how, file.options, folder / file.name)
        print(file.name)


if __name__ == "__main__":
    main(sys.argv[1:])
