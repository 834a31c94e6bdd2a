"""The sheet for programs: losslessly back, whatever stands in the form, and nothing in it that need not be."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.form.form import Form
from app.form.reading.interchange import read_form, write_form
from app.form.reading.loader import read_template
from app.form.text import utf16_length
from app.sheet.handover.cells import read_sheets
from app.sheet.handover.restoring import restore
from app.sheet.workbook.annex import PIECE, Record, harden, read_record
from tests.sheet.handover.papers import final_of, submission_of, workbook_of
from tests.strategies import forms
from tests.tables import real_form


def record_in(content: bytes) -> Record:
    found = read_record(read_sheets(content)[-1].rows())
    assert found is not None
    return found


@given(forms())
def test_hardened_json_says_the_same_in_plain_characters(form: Form) -> None:
    text = harden(write_form(form))
    assert not any(character.isspace() or character in "_<>&'" for character in text)
    assert all(character.isascii() or "一" <= character <= "鿿" for character in text)
    assert read_form(text, form.template) == form
    assert harden(text) == text


@settings(max_examples=25)
@given(forms())
def test_any_form_comes_back_whole(form: Form) -> None:
    original = restore(record_in(workbook_of(submission_of(form))))
    assert (original.form, original.number, original.is_intact) == (form, 3, True)


def test_a_form_comes_back_with_the_template_it_was_made_from() -> None:
    source = (
        real_form().template.source.replace("绩效自评价表", "绩效自评表").replace('code = "rugao-2024"', 'code = "own"')
    )
    form = replace(real_form(), template=read_template(source))
    original = restore(record_in(workbook_of(submission_of(form))))
    assert original.form == form
    assert original.form.template.source == source


def test_nobody_and_no_place_is_named() -> None:
    edition = final_of(real_form())
    record = record_in(workbook_of(submission_of(real_form(), edition)))
    everything = "".join((record.content, record.code, *record.facts.values()))
    assert edition.by not in everything
    assert edition.at not in everything
    assert set(record.facts) == {"edition", "checksum", "algorithm", "program", "template"}


def test_line_ends_that_a_program_puts_in_do_no_harm() -> None:
    rows = read_sheets(workbook_of(submission_of(real_form())))[-1].rows()
    torn = [(name, piece[:3000] + "\n" + piece[3000:] + " " if len(piece) > 3000 else piece) for name, piece in rows]
    assert torn != rows
    assert read_record(torn) == read_record(rows)


def test_pieces_fit_into_cells() -> None:
    values = [piece for _, piece in read_sheets(workbook_of(submission_of(real_form())))[-1].rows()]
    assert max(map(utf16_length, values)) <= PIECE


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=6))
def test_any_other_sheet_is_none_of_ours(rows: list[tuple[str, str]]) -> None:
    assert read_record([each for each in rows if each[0] != "jixiao-record"]) is None
    assert read_record([*rows, ("jixiao-record", "²")]) is None or ("jixiao-record", "²") not in rows
