"""A form that was written as a file is read back as the equal form: by its paper alone, from every format."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.form import Form
from app.form.rows import TextItem
from app.scoring.assessment import assess
from app.sheet import docx, pdf, xlsx
from app.sheet.grid import Grid
from app.sheet.layout import layout
from app.sheet.page.fonts import Type, find
from app.sheet.reading.process.wire import decode, encode, lay_out
from app.sheet.reading.serving import read
from app.sheet.reading.sniffing import sniff
from tests.sheet.recognising.test_recognition import comparable, papers, recognise
from tests.sheet.test_pdf_roundtrip import LONG, long_papers

Paint = Callable[[Grid], bytes]
SCRATCH = "form"
PAINTERS: dict[str, Paint] = {"xlsx": xlsx.paint, "docx": docx.paint, "pdf": lambda grid: pdf.paint(grid).content}

# Characters of all kinds that the bundled fonts show: a PDF holds no others.
SHOWN = st.characters(min_codepoint=0x20, max_codepoint=0x31FFF, exclude_categories=("C", "Z", "M")).filter(
    lambda character: not find(character, Type.SONG).is_missing
)
WORDS = st.text(SHOWN, min_size=1, max_size=8).map(lambda text: f"字{text}末")


@pytest.fixture(scope="module")
def read_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], tuple[Grid, ...]]:
    """What the child process reads, without the process."""
    path = tmp_path_factory.mktemp("written") / SCRATCH

    def read_bytes(content: bytes) -> tuple[Grid, ...]:
        path.write_bytes(content)
        return tuple(map(lay_out, decode(encode(read(sniff(content), content, path))).tables))

    return read_bytes


@st.composite
def any_papers(draw: st.DrawFn) -> Form:
    """Forms with long texts of many lines, or with texts of any characters that can be printed.

    Cells of the indicator table do not end in blanks: files of others are full of such, and recognising drops them.
    """
    form = draw(papers() | long_papers())
    form = replace(form, indicators=tuple(replace(row, rule=row.rule.strip()) for row in form.indicators))
    if draw(st.booleans()):
        items = draw(st.lists(WORDS | LONG, min_size=1, max_size=6))
        form = replace(form, achievements=tuple(TextItem(str(n), text) for n, text in enumerate(items)))
        form = replace(form, cover=replace(form.cover, unit=draw(WORDS)))
        form = replace(form, staffing=replace(form.staffing, text=draw(WORDS | LONG)))
        form = replace(form, indicators=tuple(replace(row, actual=draw(WORDS)) for row in form.indicators))
    return form


@pytest.mark.parametrize("ending", PAINTERS)
@given(form=any_papers())
def test_a_form_comes_back_equal_from_its_file(
    read_file: Callable[[bytes], tuple[Grid, ...]], ending: str, form: Form
) -> None:
    grids = read_file(PAINTERS[ending](layout(form, assess(form))))
    assert comparable(recognise(*grids).form) == comparable(form)
