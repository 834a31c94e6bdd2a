"""The margins of the settings are the paper's in every format, and nothing else of the table changes."""

import io
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pytest

from app.form.form import Form
from app.form.reading.interchange import load_form
from app.form.resources import resource
from app.review.edition import Draft
from app.scoring.assessment import assess
from app.sheet import docx as word
from app.sheet import xlsx
from app.sheet.grid import Paper
from app.sheet.layout import layout
from app.sheet.page.measure import points
from app.sheet.page.pages import paginate

PAPER = Paper(top=Decimal(25), right=Decimal("12.5"), bottom=Decimal(15), left=Decimal(30))
WIDEST = Paper(top=Decimal(50), right=Decimal(50), bottom=Decimal(50), left=Decimal(50))
NARROWEST = Paper(top=Decimal(8), right=Decimal(8), bottom=Decimal(8), left=Decimal(8))


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(resource("samples", "rugao-2024.json"))


def test_margins_change_the_paper_and_nothing_on_it(form: Form) -> None:
    plain = layout(form, assess(form))
    assert layout(form, assess(form), Draft(), PAPER) == replace(plain, paper=PAPER)


def test_a_workbook_is_printed_with_them(form: Form) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx.paint(layout(form, assess(form), Draft(), PAPER))))
    margins = workbook.worksheets[0].page_margins
    found = [round(edge * 25.4, 3) for edge in (margins.top, margins.right, margins.bottom, margins.left)]
    assert found == [25, 12.5, 15, 30]


def test_a_document_has_them(form: Form) -> None:
    (section, *_) = docx.Document(io.BytesIO(word.paint(layout(form, assess(form), Draft(), PAPER)))).sections
    edges = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(edge.mm, 1) for edge in edges if edge is not None] == [25, 12.5, 15, 30]


@pytest.mark.parametrize("paper", [PAPER, WIDEST, NARROWEST], ids=["ours", "widest", "narrowest"])
def test_pages_keep_to_them_and_print_all_of_their_lines(form: Form, paper: Paper) -> None:
    pages = paginate(layout(form, assess(form), Draft(), paper))
    edges = [(stroke.left, stroke.right, stroke.top, stroke.bottom) for page in pages.pages for stroke in page.strokes]
    assert min(edge[0] for edge in edges) == pytest.approx(points(paper.left), abs=0.01)
    assert max(edge[1] for edge in edges) == pytest.approx(pages.width - points(paper.right), abs=0.01)
    assert min(edge[2] for edge in edges) >= points(paper.top) - 0.01
    assert max(edge[3] for edge in edges) <= pages.height - points(paper.bottom) + 0.01
    for page in pages.pages:
        assert all(run.baseline - run.size > 0 and run.baseline < pages.height for run in page.runs)
