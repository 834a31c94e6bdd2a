"""Charts behind the form in its PDF, and as SVG: every text is there, and whoever reads the PDF again passes over them."""

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
import pytest

from app.form.form import Form
from app.review.digest import short_code
from app.review.edition import Draft, Edition, Final
from app.scoring.assessment import assess
from app.sheet import pdf
from app.sheet.chart.drawing import Drawing, Fill
from app.sheet.chart.overview import draw_overview, draw_whole
from app.sheet.chart.paper import annex_pages, inner_size
from app.sheet.chart.svg import write_svg
from app.sheet.chart.years import year_of
from app.sheet.grid import Paper
from app.sheet.layout import layout
from app.sheet.page.pages import Page, paginate
from app.sheet.reading.pdf import read_pdf
from tests.sheet.chart.drawings import many_lines, open_form, subject, unit_year
from tests.tables import real_form

FINAL = Final(3, "张三", "2025-03-01", "0a1b" * 16)


def drawings(form: Form, paper: Paper) -> tuple[Drawing, ...]:
    before = subject(unit_year(open_form(), "2023"))
    return draw_overview(subject(form, year_of(before.form, before.assessment)), inner_size(paper)[0])


def annex(form: Form, paper: Paper = Paper()) -> tuple[Page, ...]:  # noqa: B008  # a frozen value
    return annex_pages(drawings(form, paper), paper)


def painted(form: Form, edition: Edition) -> bytes:
    grid = layout(form, assess(form), edition)
    return pdf.paint(grid, annex(form, grid.paper)).content


def words(content: bytes) -> list[str]:
    """What stands on each page, without blanks."""
    return [bare(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(content)]


def bare(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f]", "", text)


@pytest.mark.parametrize("edition", [Draft(), FINAL], ids=["draft", "final"])
def test_the_pages_behind_the_form_are_marked_and_counted(edition: Edition) -> None:
    *form, last = words(painted(real_form(), edition))
    marking = "草稿" if isinstance(edition, Draft) else f"第3版·校验码{short_code(FINAL.digest)}"
    assert len(form) == 4
    assert last.startswith(f"附图·概览{marking}如皋市社会保险基金管理中心2024年概览")
    assert last.endswith("第5页/共5页")
    assert form[0].endswith("第1页/共5页")
    assert ("校验码全文" in form[-1]) is isinstance(edition, Final)


def test_every_text_of_every_chart_is_on_the_page() -> None:
    last = words(painted(real_form(), Draft()))[-1]
    for drawing in drawings(real_form(), Paper()):
        assert [label.text for label in drawing.labels if bare(label.text) not in last] == []


@pytest.mark.parametrize("edition", [Draft(), FINAL], ids=["draft", "final"])
def test_reading_the_pdf_gives_the_form_as_without_charts(edition: Edition, tmp_path: Path) -> None:
    with_charts, without = tmp_path / "with.pdf", tmp_path / "without.pdf"
    with_charts.write_bytes(painted(real_form(), edition))
    without.write_bytes(pdf.paint(layout(real_form(), assess(real_form()), edition)).content)
    assert read_pdf(with_charts) == read_pdf(without)


@pytest.mark.parametrize("is_landscape", [False, True])
@pytest.mark.parametrize("form", [real_form(), many_lines(100)], ids=["real", "many"])
def test_charts_stay_between_the_margins_and_whole(form: Form, *, is_landscape: bool) -> None:
    paper = Paper(is_landscape=is_landscape)
    width, height = inner_size(paper)
    left, top = float(paper.left) * 72 / 25.4, float(paper.top) * 72 / 25.4
    pages = annex(form, paper)
    for page in pages:
        for run in page.runs[1:]:
            assert left - 0.01 <= run.left
            assert top <= run.baseline <= top + height
        for stroke in page.strokes:
            assert left - 0.01 <= stroke.left <= stroke.right <= left + width + 0.01
            assert top <= stroke.top
            assert stroke.bottom <= top + height
    titles = [run.text for page in pages for run in page.runs if run.size == 11]
    assert titles[1:] == ["各一级指标得分", "预算与支出", "与其他年度比较"]


def test_a_chart_higher_than_the_page_is_made_smaller() -> None:
    paper = Paper()
    tall = Drawing("高", "", 500.0, 3 * inner_size(paper)[1])
    assert len(annex_pages((tall, tall), paper)) == 2
    assert annex_pages((), paper) == ()


def test_bars_are_told_apart_without_colours() -> None:
    (page,) = annex(open_form())
    assert {shade.grey for shade in page.shades} == {0.94, 0.55, 1.0}
    kinds = {bar.fill for drawing in drawings(open_form(), Paper()) for bar in drawing.bars}
    assert kinds == set(Fill)
    slanted = [stroke for stroke in page.strokes if stroke.left != stroke.right and stroke.top != stroke.bottom]
    assert len(slanted) > 20


def test_a_form_without_charts_is_printed_as_before() -> None:
    grid = layout(real_form(), assess(real_form()))
    assert paginate(grid, ()) == paginate(grid)
    assert not any(page.shades for page in paginate(grid).pages)


def test_an_svg_has_every_text_and_bar() -> None:
    whole = draw_whole(subject(open_form()))
    root = ET.fromstring(write_svg(whole))  # noqa: S314  # our own
    space = "{http://www.w3.org/2000/svg}"
    assert [each.text for each in root.iter(f"{space}text")] == [label.text for label in whole.labels]
    assert len(list(root.iter(f"{space}rect"))) == len(whole.bars) + 1
    assert Decimal(str(root.attrib["width"]).removesuffix("pt")) > 510


def test_names_that_look_like_markup_stay_texts() -> None:
    drawn = draw_whole(subject(unit_year(many_lines(1), "<b>&年")))
    assert "<b>&年" in "".join(ET.fromstring(write_svg(drawn)).itertext())  # noqa: S314  # our own
